"""What a page is as paper: its size by name, whether it is cut, where it is folded."""

import pytest

from leaflet.files.resources import program_resources
from leaflet.geometry import Box, mm
from leaflet.imposition.stock import load_stock
from leaflet.layout.theme import load_theme
from leaflet.preflight.pdf.evidence import Evidence
from leaflet.preflight.pdf.paper_sheets import find_folds, find_size_name, is_cut, is_letter, is_office
from tests.preflight import cases_page
from tests.preflight.samples import opened

SHEET = Box(0, 0, mm(297), mm(210))


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [(210, 297, "A4"), (297, 210, "A4"), (211, 296, "A4"), (148.5, 210, "A5"), (105, 148.5, "A6"), (97, 210, "DL"),
     (100, 210, "DL"), (85, 54, "85 × 54 mm"), (86, 54, "85 × 54 mm"), (215.9, 279.4, None), (200, 200, None)],
)  # fmt: skip
def test_sizes_have_names(width: float, height: float, name: str | None) -> None:
    assert find_size_name(mm(width), mm(height)) == name
    assert is_letter(mm(width), mm(height)) == (width == 215.9)


def test_every_sheet_of_stock_has_a_usual_size() -> None:
    """Places of any size lie on sheets that office printers know; cards on pages of their own are a template's."""
    stocks = load_stock().values()
    pages = [load_theme(program_resources(), "default", paper).page for paper in ("card", "label", "a6")]
    assert None not in [find_size_name(page.width, page.height) for page in pages]
    assert {find_size_name(stock.sheet_width, stock.sheet_height) for stock in stocks} == {"A4"}


def test_a_press_page_is_cut_and_an_office_page_is_not() -> None:
    made = (cases_page.press(), cases_page.page(), cases_page.page(size=(85, 54)))
    pages = [opened(data).pages[0] for data in made]
    assert [(is_cut(page), is_office(page)) for page in pages] == [(True, False), (False, True), (False, False)]


def ticks(*places: tuple[float, float, float, float]) -> Evidence:
    return Evidence(rules=tuple(Box(mm(x), mm(y), mm(width), mm(height)) for x, y, width, height in places))


def test_a_fold_is_marked_at_both_ends() -> None:
    """Ticks inside or dashes outside. Cards are cut in both directions; a trimmed page has marks at its corners."""
    inside = ticks((97, 4, 0.1, 3), (97, 203, 0.1, 3), (200, 4, 0.1, 3))
    assert find_folds(inside, SHEET) == (mm(97.05),)
    outside = ticks((97, -8, 0.1, 1), (97, -6, 0.1, 1), (97, 213, 0.1, 1))
    assert find_folds(outside, SHEET) == (mm(97.05),)
    cards = ticks((97, 4, 0.1, 3), (97, 203, 0.1, 3), (4, 100, 3, 0.1), (290, 100, 3, 0.1))
    assert find_folds(cards, SHEET) == ()
    corners = ticks((0, -8, 0.1, 5), (0, 213, 0.1, 5), (-8, 0, 5, 0.1))
    assert find_folds(corners, SHEET) == ()
