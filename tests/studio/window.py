"""The window of an engine in Chromium, through the server: opened for tests, and judged."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, expect

from leaflet.faults import Lang
from leaflet.studio.engine import Engine
from leaflet.studio.server import StudioServer
from tests.browser import AXE_TAGS

DESK: ViewportSize = {"width": 1280, "height": 800}
LIST = """UAI;Nom;Commune;Code postal;Nb ex.
0370036N;Collège d’exemple des Trois-Tilleuls;Tours;37000;45
0370037P;École d’exemple Jules-Ferry;Amboise;3740;12
0370038R;Lycée d’exemple des Deux-Rives;Tours;37000;60
"""
Opens = Callable[..., Page]
_AXE = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
_COLOURS = {**_AXE, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_REFUSED = ("(Forbidden)", "(Not Found)", "ERR_FAILED")  # what a test keeps from the page on purpose

expect.set_options(timeout=20_000)  # on a machine that others use, too


@pytest.fixture(scope="module", name="tab")
def one_tab(browser: Browser) -> Page:
    """One page for the tests of a file: a new one costs as much time as a test."""
    tab = browser.new_page(viewport=DESK, reduced_motion="reduce", locale="fr-FR")
    tab.set_default_timeout(20_000)
    return tab


@pytest.fixture(name="opened")
def opened_windows(tab: Page) -> Iterator[Opens]:
    """Opens the window of an engine; what the page complains of is kept, and must be nothing."""
    heard: list[str] = []

    def hear(word: ConsoleMessage) -> None:
        if not any(refused in word.text for refused in _REFUSED):
            heard.append(word.text)

    def fail(error: Error) -> None:
        heard.append(str(error))

    with ExitStack() as stack:

        def open_page(engine: Engine, address: str = "", lang: Lang = "fr") -> Page:
            server = stack.enter_context(StudioServer(lambda: engine, lang))
            stack.callback(tab.goto, "about:blank")
            stack.callback(tab.unroute_all)
            tab.goto(f"{server.url}{address}")
            tab.wait_for_selector("h1")
            return tab

        tab.set_viewport_size(DESK)
        tab.emulate_media(color_scheme="light")
        tab.on("console", hear)
        tab.on("pageerror", fail)
        yield open_page
    tab.context.clear_cookies()  # a port may be that of an earlier window
    tab.remove_listener("console", hear)
    tab.remove_listener("pageerror", fail)
    assert heard == [], heard


def judge(page: Page, where: str = "", *, is_recoloured: bool = False) -> None:
    """Judge a state by axe-core, its width and 14 px of type; one judged in other colours by its colours alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    width = (page.viewport_size or DESK)["width"]  # as tall as its content: nothing lies under a bar that sticks
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    broken = page.evaluate(
        "how => axe.run(document, how).then(found => found.violations.map(rule =>"
        " [rule.id, rule.nodes.map(node => [node.html, node.failureSummary])]))",
        _COLOURS if is_recoloured else _AXE,
    )
    assert not broken, (where, broken)
    beside = page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 99))"
    )
    assert not beside, (where, beside)
    small = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.offsetParent && !e.closest('svg')"
        " && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())"
        " && parseFloat(getComputedStyle(e).fontSize) < 14).map(e => e.outerHTML.slice(0, 99))"
    )
    assert not small, (where, small)


def wait_until(page: Page, script: str, value: object = None) -> None:
    for _ in range(200):
        if page.evaluate(script, value):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never became true: {script}")
