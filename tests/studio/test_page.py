"""The window as people meet it: in Chromium, by keyboard, on a phone, in the dark, with the engine behind it.

No server is needed: what the page asks for is answered by the engine in this process, with the strict content policy
of the server.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from leaflet.faults import LeafletError
from leaflet.page_template import render_html
from leaflet.resources import assets
from leaflet.studio.engine import Engine
from tests.browser import AXE_TAGS, needs_chromium, shared_browser  # noqa: F401 - a fixture
from tests.studio.support import HERE, started

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 320, "height": 640}
HOME = "http://window.example/token/"
POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
LIST = """UAI;Nom;Commune;Code postal;Nb ex.
0370036N;Collège d’exemple des Trois-Tilleuls;Tours;37000;45
0370037P;École d’exemple Jules-Ferry;Amboise;3740;12
0370038R;Lycée d’exemple des Deux-Rives;Tours;37000;60
"""

expect.set_options(timeout=20_000)  # on a machine that others use, too
pytestmark = needs_chromium
Opens = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opens]:
    """Opens the window of an engine; what the page complains of is kept, and must be nothing."""
    contexts = []
    heard: list[str] = []

    def open_page(engine: Engine, address: str = "", lang: str = "fr", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: heard.append(message.text) if "(Forbidden)" not in message.text else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.route("**/*", lambda route: answer(route, engine, lang))
        page.goto(f"{HOME}{address}")
        page.wait_for_selector("h1")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def answer(route: Route, engine: Engine, lang: str) -> None:
    """Answer what the page asks for, as the server does."""
    asked = urlsplit(route.request.url)
    path, pages = asked.path.removeprefix("/token/"), assets() / "studio"
    kind, _, name = path.partition("/")
    if kind == "call":
        answer_call(route, engine, lambda: engine.call(name, route.request.post_data_json or {}))
    elif kind == "upload":
        file = parse_qs(asked.query)["name"][0]
        answer_call(route, engine, lambda: engine.upload(name, file, route.request.post_data_buffer or b""))
    elif kind == "picture":
        route.fulfill(body=engine.picture_bytes(name.removesuffix(".png")), content_type="image/png")
    elif kind == "events":
        route.fulfill(status=204)
    elif not path:
        page = render_html(pages / "index.html", {}, {"lang": lang, "title": "leaflet"})
        route.fulfill(body=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})
    else:
        found = assets() / "fonts" / name if kind == "font" else pages / path
        route.fulfill(path=found, content_type=TYPES[found.suffix])


def answer_call(route: Route, engine: Engine, work: Callable[[], Any]) -> None:
    """Answer with the result of a call, or with its fault."""
    try:
        said: dict[str, Any] = {"result": work()}
    except LeafletError as error:
        said = engine.fault_answer(error)
    route.fulfill(body=json.dumps(said), content_type="application/json")


def judge(page: Page) -> None:
    """Check that a state breaks no rule of axe-core, does not scroll sideways, and has no text under 14 px."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.offsetParent && !e.closest('svg')"
        " && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())"
        " && parseFloat(getComputedStyle(e).fontSize) < 14).map(e => e.outerHTML.slice(0, 99))"
    )
    assert small == []


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine with a campaign just begun, and a list with one wrong cell."""
    engine = started(tmp_path / "campagne", election="2026")
    engine.upload("list", "liste.csv", LIST.encode())
    return engine


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["desk", "phone"])
def test_the_doors_can_be_read_by_everybody(opened: Opens, tmp_path: Path, scheme: str, viewport: Any) -> None:
    """On a first visit, where there is no campaign yet."""
    page = opened(Engine(tmp_path / "neu", "fr", HERE), viewport=viewport, color_scheme=scheme)
    assert page.locator(".door").count() == 3
    judge(page)


@pytest.mark.parametrize(
    "address",
    [
        "election",
        "liste/fichier",
        "liste/colonnes",
        "liste/cases",
        "liste/adresses",
        "pages",
        "verifier",
        "fabriquer",
    ],
)
def test_every_station_can_be_read_by_everybody(opened: Opens, engine: Engine, address: str) -> None:
    """At its own address, wide and on a phone."""
    page = opened(engine, f"#/{address}")
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        expect(page.locator("[aria-current=step]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        judge(page)


def test_a_cell_is_mended_with_the_keyboard(opened: Opens, engine: Engine) -> None:
    """Enter opens the cell, Enter keeps what is typed; the row stays in place until the filter changes."""
    page = opened(engine, "#/liste/cases")
    cell = page.locator("button.cell")
    cell.focus()
    page.keyboard.press("Enter")
    field = page.locator(".mend input")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    field.fill("37400")
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_contain_text("3740 → 37400")
    expect(page.locator(".lead")).to_be_focused()
    assert engine.call("rows", {"show": "mend"})["total"] == 0


def test_what_was_done_is_undone_and_done_again(opened: Opens, engine: Engine) -> None:
    """By the shortcuts, from anywhere but a field that was typed in."""
    page = opened(engine, "#/liste/cases")
    page.locator(".ways button").last.click()
    expect(page.locator("tbody tr")).to_contain_text("Reprendre la ligne")
    page.keyboard.press("Control+z")
    expect(page.locator("button.cell")).to_be_visible()
    page.keyboard.press("Control+y")
    expect(page.locator(".summary .bad")).to_have_count(0)


def test_an_answer_is_sent_before_the_station_is_left(opened: Opens, engine: Engine) -> None:
    """However short ago it was typed; the back button leads to it again."""
    page = opened(engine, "#/election")
    page.fill("[data-field='publisher.name']", "Section d’essai")
    page.keyboard.press("Alt+2")
    expect(page.locator("h1")).to_have_text("La liste")
    page.go_back()
    expect(page.locator("[data-field='publisher.name']")).to_have_value("Section d’essai")
    assert engine.call("open", {})["campaign"]["publisher"] == "Section d’essai"


def test_a_refused_file_says_why(opened: Opens, engine: Engine) -> None:
    """The list that was there stays."""
    page = opened(engine, "#/liste/fichier")
    page.set_input_files("#list-file", {"name": "liste.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    expect(page.get_by_role("alert")).to_contain_text("PDF")
    judge(page)
    assert engine.call("list", {})["list"]["file"] == "liste.csv"


def test_the_page_waits_for_a_program_that_is_gone(opened: Opens, engine: Engine) -> None:
    """It says so, keeps what was typed, and goes on by itself."""
    page = opened(engine, "#/election")
    page.route("**/call/answer", lambda route: route.fulfill(status=403))
    page.fill("[data-field='publisher.name']", "Section d’essai")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    page.unroute("**/call/answer")
    expect(dialog).to_have_count(0)
    expect(page.locator(".did")).to_contain_text("Annuler")
    assert engine.call("open", {})["campaign"]["publisher"] == "Section d’essai"


def test_a_place_of_the_page_leads_to_its_question(opened: Opens, engine: Engine) -> None:
    """And a question in use is framed on the page."""
    page = opened(engine, "#/election")
    page.locator(".zone[title*=portail]").first.click()
    expect(page.locator("[data-field='links.portal']")).to_be_focused()
    expect(page.locator(".zone.now").first).to_be_visible()


def test_the_window_speaks_english(opened: Opens, tmp_path: Path) -> None:
    """The language is that of the page, which the server writes."""
    engine = started(tmp_path / "campagne", election="2026", lang="en")
    page = opened(engine, "#/liste/fichier", lang="en")
    expect(page.locator("h1")).to_have_text("The list")
    judge(page)


def test_code_from_elsewhere_is_what_it_is_said_to_be() -> None:
    """Its hash stands beside it."""
    folder = assets() / "studio" / "vendor"
    found = hashlib.sha256((folder / "htm-preact.js").read_bytes()).hexdigest()
    assert found in (folder / "README.md").read_text("utf-8")
