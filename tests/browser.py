"""Chromium of the system, driven by Playwright; what it refuses itself is tried by ``tests/previews/chromium.py``."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

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
