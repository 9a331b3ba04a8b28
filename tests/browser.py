"""Chromium of the system, driven by Playwright; what it refuses itself is tried by ``tests/previews/chromium.py``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.previews.chromium import PROGRAM

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
_SWITCHES += ["--disable-background-networking", "--disable-component-update"]

needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="chromium is missing; .ci/run installs it")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium with a profile of its own, which is thrown away; tests have the fixture `browser`."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=PROGRAM, args=_SWITCHES)
        yield browser
        browser.close()


@contextmanager
def watched_pages(browser: Browser, is_ours: Callable[[str, str], bool], **usual: Any) -> Iterator[Any]:
    """Open pages without network; what they ask of elsewhere, and what they complain of, must be nothing."""
    contexts, heard = [], list[str]()

    def open_page(url: str, **options: Any) -> Page:
        contexts.append(context := browser.new_context(offline=True, **{**usual, **options}))
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda asked: None if is_ours(asked.url, url) else heard.append(asked.url))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []
