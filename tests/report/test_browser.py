"""The report as people meet it: in a browser, without scripts, on a phone, in the dark, by keyboard, on paper.

Chromium comes from the system; axe-core, which judges accessibility, is put into the page from outside of it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import AXE_TAGS, needs_chromium, watched_pages
from tests.groups import with_drills
from tests.report.support import LATER, built, report, with_cards

DESK, HALF, PHONE = ({"width": width, "height": 800} for width in (1280, 640, 320))  # 640 is 1280 at 200 %

pytestmark = [pytest.mark.drill, needs_chromium]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report with all there can be: errors, warnings, files with names, changed pages."""
    folder = tmp_path_factory.mktemp("report")
    path = built(folder, with_cards())
    file = next((folder / "out" / "leaflet-a4").glob("0370036N*"))
    file.write_bytes(file.read_bytes() + b"\n%%EOF\n")
    report(folder / "out", campaign=path, baseline=folder / "absent")
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("compared")
    built(folder / "old")
    path = built(folder / "new", LATER)
    report(folder / "new" / "out", campaign=path, baseline=folder / "old" / "out")
    return (folder / "new" / "report.html").as_uri()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Any]:
    """Opens the report."""
    with watched_pages(browser, is_ours, viewport=DESK) as open_page:
        yield lambda fragment="", address=address, **options: open_page(address + fragment, **options)


def is_ours(asked: str, url: str) -> bool:
    return asked.startswith("data:image/png") or asked.partition("#")[0] == url.partition("#")[0]


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(list => list.open = true)")


@pytest.mark.parametrize(("scheme", "viewport"), with_drills([("dark", DESK), ("light", PHONE)], [("light", HALF)]))
def test_axe_finds_nothing(opened: Any, scheme: str, viewport: dict[str, int]) -> None:
    page = opened("#gallery-2-1-1", bypass_csp=True, color_scheme=scheme, viewport=viewport)
    passed = judged(page)
    assert {"color-contrast", "image-alt", "heading-order", "region"} <= passed
    assert "scrollable-region-focusable" in passed or viewport is DESK  # where every table has room


@pytest.mark.parametrize(("scheme", "viewport"), with_drills([("dark", PHONE)], [("light", DESK)]))
def test_axe_finds_nothing_in_what_changed(opened: Any, compared: str, scheme: str, viewport: dict[str, int]) -> None:
    page = opened("#change-1-overlay", compared, bypass_csp=True, color_scheme=scheme, viewport=viewport)
    assert page.locator("#change-1-overlay img").is_visible()
    assert {"color-contrast", "image-alt", "list"} <= judged(page)


def judged(page: Page) -> set[str]:
    """The rules of axe-core that a page keeps, all lists unfolded; it breaks none."""
    open_all(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
    return {rule["id"] for rule in found.response["passes"]}


@pytest.mark.parametrize("viewport", [HALF, PHONE], ids=["200 %", "phone"])
def test_only_tables_scroll_sideways(opened: Any, viewport: dict[str, int]) -> None:
    page = opened(viewport=viewport)
    open_all(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).overflowX !== 'visible').map(e => [e.className, e.tabIndex, e.role])"
    )
    assert wide and {tuple(found) for found in wide} == {("scroll", 0, "region")}


def test_it_is_the_same_without_scripts(opened: Any) -> None:
    with_scripts, without = opened(), opened(java_script_enabled=False)
    assert with_scripts.inner_text("body") == without.inner_text("body")
    assert with_scripts.screenshot(full_page=True) == without.screenshot(full_page=True)


def test_the_keyboard_goes_from_top_to_bottom(opened: Any) -> None:
    """First the way past the head, then the parts in their order; what has the focus is seen to have it."""
    page = opened(java_script_enabled=False)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Aller au contenu" and skip.bounding_box()["x"] >= 0
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.locator(":focus").inner_text())
        assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert names == [
        *("Les pages", "Défauts trouvés", "Ce qui change", "Fichiers fabriqués", "Destinataires"),
        "Fichiers et empreintes",
    ]
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "enlarge"


def test_a_page_is_enlarged_and_reduced_by_keyboard(opened: Any) -> None:
    """Enter on a picture makes it large, and a link that appears then makes it small again."""
    page = opened(java_script_enabled=False)
    figure = page.locator("figure.page").first
    link = figure.locator("a.enlarge")
    before = link.bounding_box()["width"]
    assert not figure.locator("a.reduce").is_visible()
    link.focus()
    page.keyboard.press("Enter")
    assert link.bounding_box()["width"] > 2 * before
    page.keyboard.press("Tab")  # the picture again: the focus begins anew at the place that was led to
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Réduire"
    page.keyboard.press("Enter")
    assert link.bounding_box()["width"] == before


def test_severity_is_seen_without_colour(opened: Any) -> None:
    """By a word and a shape of its own, also where a reader has set the colours."""
    page = opened(java_script_enabled=False, forced_colors="active")
    faults = page.locator("article.fault").all()
    told = {fault.inner_text().split()[0]: fault.locator("use").get_attribute("href") for fault in faults}
    assert told == {"Erreur": "#icon-error", "Avertissement": "#icon-warning", "Remarque": "#icon-note"}
    assert all(fault.locator("svg").bounding_box()["width"] > 10 for fault in faults)


def test_pages_begin_on_the_first_screen(opened: Any) -> None:
    """However much was found, and on a phone within the second."""
    assert opened().locator("img").first.bounding_box()["y"] < DESK["height"]
    assert opened(viewport=PHONE).locator("img").first.bounding_box()["y"] < 2 * PHONE["height"]


def test_a_missing_baseline_is_seen_first(opened: Any) -> None:
    """It is said in the list of parts and in a box of its own, never as « no change »."""
    page = opened(java_script_enabled=False)
    assert "La comparaison demandée n’a pas pu être faite" in page.locator("nav").inner_text()
    assert "n’indique donc pas si quelque chose a changé" in page.locator(".box.error").inner_text()


def test_it_prints_on_a4(opened: Any, tmp_path: Path) -> None:
    page = opened(java_script_enabled=False, color_scheme="dark")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    try:
        texts = [found.get_textpage().get_text_range() for found in document]
        size = document[0].get_size()
        pixels = document[0].render(scale=1).to_numpy()
    finally:
        document.close()
    assert (round(size[0]), round(size[1])) in ((595, 842), (596, 842)) and "Rapport de fabrication" in texts[0]
    assert "Aller au contenu" not in " ".join(texts) and "Réduire" not in " ".join(texts)
    assert pixels[5, 5].tolist()[:3] == [255, 255, 255]
