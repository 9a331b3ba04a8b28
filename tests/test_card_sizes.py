"""Cards and labels arrange themselves for the place they have, up to 105 mm wide and 74 mm high."""

from functools import cache
from itertools import pairwise

import pytest

from leaflet.faults import DataError, Place, RenderError
from leaflet.geometry import Um, mm
from leaflet.imposition.impose import fit_theme, fits, name_nearest
from leaflet.imposition.stock import Stock, load_stock
from leaflet.layout.face import Layout
from leaflet.layout.page import Layouter
from leaflet.layout.theme import Theme
from leaflet.markup.flow import Container, parse_flow
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from leaflet.preflight.pdf.page_reader import read_pages
from leaflet.production.no_room import find_least_size
from tests.one_template import contexts_of, person, renderer_of, theme_of
from tests.support import LETTERS, fontbook, school, tables_of

TEMPLATES = ("memo-card", "memo-label")
TABLES = tables_of(__file__)
PEOPLE, PORTALS = {**TABLES["people"], "nobody": None}, TABLES["portals"]
WIDTHS = [*range(mm(60), mm(105) + 1, mm(15))]
HEIGHTS = [*range(mm(35), mm(74) + 1, mm(13))]
LEAST_LINE, USUAL_LINE = mm(48), mm(55)
LEAST_FREE = mm(8)
CLEAR = mm(0.7)  # between a line and the room over it, as finished files are read
LEAST_MODULE = mm(0.5)
LOOKED_AT = [(63.5, 38.1), (70, 37), (99.1, 38.1), (88.9, 50.8), (90, 54), (85, 54), (105, 74), (105, 48)]


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Container]:
    found = {}
    for portal, (election, facts) in PORTALS.items():
        seen = contexts_of(tmp_path_factory.mktemp(portal), election, facts)
        for who, fields in PEOPLE.items():
            values = seen.context(school()) | ({"person": person(fields)} if fields else {})
            for template in TEMPLATES:
                found[template, portal, who] = parse_flow(renderer_of(template).render(values))
    return found


@cache
def layouter(template: str, theme: str, width: Um, height: Um) -> Layouter:
    return Layouter(fontbook(), theme_of(template, theme).resized(width, height), {})


def card(flow: Container, template: str, theme: str, width: Um, height: Um) -> Layout | None:
    """The layout of a card of a size; None if it is too small."""
    try:
        return layouter(template, theme, width, height).lay_out(flow)
    except RenderError as error:
        assert {fault.code for fault in error.faults} <= {"F101", "F102", "F103"}
        return None


@pytest.mark.parametrize("theme", ["default", "large-print"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_larger_card_holds_what_a_smaller_one_does(
    flows: dict[tuple[str, str, str], Container], template: str, theme: str
) -> None:
    """In width and in height; the least sizes hold a usual name and portal."""
    for (name, portal, who), flow in flows.items():
        if name != template or "usual" in portal or who == "typical":
            continue
        holds = {(w, h): card(flow, template, theme, w, h) is not None for w in WIDTHS for h in HEIGHTS}
        for w in WIDTHS:
            for low, high in pairwise(HEIGHTS):
                assert holds[w, high] >= holds[w, low], (portal, who, w, high)
        for h in HEIGHTS:
            for narrow, wide in pairwise(WIDTHS):
                assert holds[wide, h] >= holds[narrow, h], (portal, who, wide, h)
        assert holds[WIDTHS[-1], HEIGHTS[-1]]
    for width, height in theme_of(template, theme).page.least:
        assert card(flows[template, "usual", "typical"], template, theme, width, height)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_line_can_be_written_on(flows: dict[tuple[str, str, str], Container], template: str) -> None:
    """On a card of any size the line is long and free, and the code can be scanned from paper."""
    for (name, _, _), flow in flows.items():
        for width in WIDTHS:
            for height in HEIGHTS:
                layout = card(flow, template, "default", width, height) if name == template else None
                if layout is None:
                    continue
                placed = [one for face in layout.faces for one in face.placed]
                lines = [blank for one in placed for blank in one.piece.blanks]
                assert any("passe" in line.label for line in lines)
                for line in lines:
                    assert line.box.width >= (LEAST_LINE if width < mm(67) else USUAL_LINE), (width, height)
                modules = [code.module for one in placed for code in one.piece.codes]
                assert modules and min(modules) >= LEAST_MODULE


@pytest.mark.parametrize("size", LOOKED_AT)
@pytest.mark.parametrize("template", TEMPLATES)
def test_finished_files_have_room_above_their_lines(
    flows: dict[tuple[str, str, str], Container], template: str, size: tuple[float, float]
) -> None:
    """Read back from its file, each line of a card has 8 mm of blank paper above it."""
    width, height = map(mm, size)
    if (layout := card(flows[template, "usual", "typical"], template, "default", width, height)) is None:
        assert (template, size) == ("memo-card", (63.5, 38.1))
        return
    master = Master(fontbook(), LETTERS, ScreenInks(theme_of(template, "default").colors), {})
    pages = read_pages(Writer(master, Metadata("Section", None)).write(layout).data)
    assert all(page.writing_lines for page in pages)
    for page in pages:
        for line in page.writing_lines:
            assert line.is_free and line.room.width >= (LEAST_LINE if width < mm(67) else USUAL_LINE)
            above = [word.box for word in page.words if word.box.bottom <= line.room.bottom]
            near = [box.bottom for box in above if box.x < line.room.right and line.room.x < box.right]
            assert line.room.bottom + CLEAR - max(near, default=0) >= LEAST_FREE


@pytest.mark.parametrize(("template", "theme", "width", "height"), [
    *(("memo-card", "default", 60, 35), ("memo-card", "large-print", 99.1, 38.1)),
    *(("memo-label", "default", 99.1, 38.1), ("memo-label", "large-print", 60, 35)),
])  # fmt: skip
def test_a_card_that_is_too_small_says_how_large_it_must_be(
    flows: dict[tuple[str, str, str], Container], template: str, theme: str, width: float, height: float
) -> None:
    """The least size is one that holds the record, and a card a little lower does not."""
    tokens = theme_of(template, theme).resized(mm(width), mm(height))
    for (name, _, _), flow in flows.items():
        if name != template or card(flow, template, theme, mm(width), mm(height)):
            continue
        found = find_least_size(tokens, lambda other, flow=flow: _holds(flow, template, theme, other))
        assert found is not None and card(flow, template, theme, *found)
        if found[1] > mm(height):
            assert card(flow, template, theme, found[0], found[1] - mm(1)) is None


def test_a_card_that_no_size_holds_is_refused_at_once() -> None:
    """The largest is asked first; only if it holds the record are smaller ones tried, the higher before the wider."""
    tokens = theme_of("memo-card", "default").resized(mm(70), mm(40))
    most = tokens.page.most
    assert most is not None
    asked: list[tuple[Um, Um]] = []

    def holds(theme: Theme, width: Um, height: Um) -> bool:
        asked.append((theme.page.width, theme.page.height))
        return theme.page.width >= width and theme.page.height >= height

    assert find_least_size(tokens, lambda theme: holds(theme, most[0], most[1] + 1)) is None
    assert len(asked) == 1
    for least in ((mm(70), mm(61)), (mm(82), mm(40)), (mm(91), mm(53))):
        asked.clear()
        assert find_least_size(tokens, lambda theme, least=least: holds(theme, *least)) == least
        assert len(asked) < 16


def _holds(flow: Container, template: str, theme: str, tokens: Theme) -> bool:
    return card(flow, template, theme, tokens.page.width, tokens.page.height) is not None


def stock_of(width: Um, height: Um) -> Stock:
    return Stock(
        key="one",
        name="One",
        source="a test",
        sheet_width=mm(210),
        sheet_height=mm(297),
        columns=1,
        rows=1,
        width=width,
        height=height,
        left=mm(10),
        top=mm(10),
        pitch_x=width,
        pitch_y=height,
    )


def test_a_stock_that_does_not_suit_names_those_that_do() -> None:
    """A place that is too small is refused, and three sheets that suit are named."""
    theme = theme_of("memo-label", "default")
    small = stock_of(mm(50), mm(30))
    assert not fits(theme, small)
    with pytest.raises(DataError) as error:
        fit_theme(
            theme, small, Place(file="x"), lambda: {"template": "x", **name_nearest(load_stock().values(), theme, 1)}
        )
    (fault,) = error.value.faults
    assert fault.code == "P112"
    named = str(fault.values["fitting_en"]).split(", ")
    assert len(named) == 3 and all(fits(theme, load_stock()[key]) for key in named)


@pytest.mark.parametrize(
    ("template", "size", "suits"),
    [
        *(("memo-card", (85, 54), True), ("memo-card", (105, 74), True), ("memo-card", (106, 74), False)),
        *(("memo-card", (60, 40), False), ("memo-label", (63.5, 38.1), True)),
        *(("memo-card-two-codes", (70, 50), False), ("memo-a6", (85, 54), False)),
    ],
)
def test_what_suits(template: str, size: tuple[float, float], suits: bool) -> None:
    """Cards and labels suit any place of their range; a folded card its own size alone."""
    assert fits(theme_of(template, "default"), stock_of(*map(mm, size))) is suits
