"""Faces in their places: moved, turned in place, read in the right order; marks are decoration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm
from leaflet.imposition.impose import Imposer, lay_side, plan_booklet, plan_trifold, sheets_for
from leaflet.imposition.printer_marks import marks_piece, rule_area
from leaflet.imposition.records_on_sheets import Flip, Imposed, SheetSide, plan_sheets
from leaflet.imposition.stock import Stock
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Rule
from leaflet.layout.piece import Piece
from tests.imposition.support import FLIPS, STOCK, any_stock, corners_on_paper, on_paper
from tests.support import fault_of, theme_named


def piece(width: Um, height: Um) -> Piece:
    return Piece("p", "t.xml:1", width, height, (), (), 0)


def face(width: Um, height: Um, *boxes: Box) -> Face:
    return Face(width, height, tuple(Placed(piece(box.width, box.height), box.x, box.y) for box in boxes))


def side(*items: Imposed, folds: tuple[Um, ...] = ()) -> SheetSide:
    return SheetSide(sheet=0, back=False, width=mm(210), height=mm(297), items=items, folds=folds)


def at(x: Um, y: Um, *, turned: bool = False, record: int = 0, number: int = 0) -> Imposed:
    return Imposed(record=record, face=number, box=Box(x, y, mm(80), mm(50)), turned=turned)


CARD = face(mm(80), mm(50), Box(mm(5), mm(4), mm(30), mm(10)), Box(mm(60), mm(40), mm(20), mm(10)))


def test_what_stands_on_a_face_moves_with_it() -> None:
    """Pieces keep their distance from the corner of the place; in a turned one top left is bottom right."""
    laid = lay_side(side(at(mm(15), mm(20))), [[CARD]])
    assert (laid.width, laid.height) == (mm(210), mm(297))
    assert [placed.box for placed in laid.placed] == [
        Box(mm(20), mm(24), mm(30), mm(10)),
        Box(mm(75), mm(60), mm(20), mm(10)),
    ]
    assert not any(placed.turned for placed in laid.placed)
    laid = lay_side(side(at(mm(15), mm(20), turned=True)), [[CARD]])
    assert [placed.box for placed in laid.placed] == [
        Box(mm(15 + 80 - 35), mm(20 + 50 - 14), mm(30), mm(10)),
        Box(mm(15), mm(20), mm(20), mm(10)),
    ]
    assert all(placed.turned for placed in laid.placed)


@given(st.integers(0, mm(50)), st.integers(0, mm(40)), st.integers(1, mm(30)), st.integers(1, mm(10)), st.booleans())
def test_turned_twice_is_upright(x: Um, y: Um, width: Um, height: Um, turned: bool) -> None:
    """A piece upside down on its face, in a place upside down, stands upright; boxes inside it go with it."""
    placed = Placed(piece(width, height), x, y, turned=turned)
    inner = Box(width // 3, height // 4, width // 3, height // 4)
    card = Face(mm(80), mm(50), (placed,))
    (once,) = lay_side(side(at(0, 0, turned=True)), [[card]]).placed
    (twice,) = lay_side(side(at(0, 0, turned=True)), [[replace(card, placed=(once,))]]).placed
    assert twice == placed
    there, here = once.locate(inner), placed.locate(inner)
    assert (there.x, there.y) == (mm(80) - here.right, mm(50) - here.bottom)
    assert once.turned is not turned


@given(any_stock, st.sampled_from(FLIPS), st.integers(1, 30))
def test_faces_lie_where_the_plan_puts_them(stock: Stock, flip: Flip, records: int) -> None:
    """The first corner of what stands on a face comes to lie, on the paper, where the plan has the face's own."""
    size = min(stock.width, stock.height) // 3
    card = face(stock.width, stock.height, Box(0, 0, size, size))
    for plan in plan_sheets(stock, records, faces=2, flip=flip):
        for item, placed in zip(plan.items, lay_side(plan, [[card, card]] * records).placed, strict=True):
            box = placed.box
            corner = (box.right, box.bottom) if placed.turned else (box.x, box.y)
            assert on_paper(*corner, plan, flip) == corners_on_paper(item, plan, flip)[0]
            assert item.box.contains(box)


def test_cards_are_read_one_after_the_other() -> None:
    """The section of a piece is its record, on fronts and backs alike; marks belong to none."""
    front, back = plan_sheets(STOCK["avery-c32011"], 3, faces=2)
    card = face(mm(85), mm(54), Box(0, 0, 10, 10), Box(0, 20, 10, 10))
    marks = Placed(marks_piece([], mm(210), mm(297)), 0, 0, artifact=True)
    for plan in (front, back):
        laid = lay_side(plan, [[card, card]] * 3, [marks])
        by_place = {item.record: item for item in plan.items}
        assert sorted(section for section in laid.sections if section is not None) == [0, 0, 1, 1, 2, 2]
        assert laid.sections[-1] is None
        for placed, section in zip(laid.placed[:-1], laid.sections[:-1], strict=True):
            assert section is not None and by_place[section].box.contains(placed.box)
        assert laid.placed[-1] is marks


@pytest.mark.parametrize("flip", FLIPS)
def test_panels_are_read_in_the_order_of_their_faces(flip: Flip) -> None:
    """On a folded sheet the section is the number of the face, wherever the panel lies; folds are told."""
    for plans in (plan_trifold(6, flip=flip), plan_booklet(8, page_width=mm(148.5), page_height=mm(210), flip=flip)):
        for plan in plans:
            faces = {item.face: face(item.box.width, item.box.height, Box(0, 0, 10, 10)) for item in plan.items}
            laid = lay_side(plan, [[faces.get(number, CARD) for number in range(8)]])
            assert (laid.sections, laid.folds) == (tuple(item.face for item in plan.items), plan.folds)


@pytest.mark.parametrize(
    ("key", "pages", "sides"), [("avery-l7163", 2, "d’un seul côté"), ("avery-c32011", 3, "des deux côtés")]
)
def test_a_template_with_more_pages_than_a_sheet_has_sides(key: str, pages: int, sides: str) -> None:
    """M007 says on how many sides the sheet is printed, and what may be printed on one of either kind."""
    imposer = Imposer(sheets_for("carte", theme_named("default"), STOCK[key]), lambda _, width: piece(width, 1), "")
    fault = fault_of(lambda: imposer.plan([[CARD] * pages]))
    assert fault.code == "M007" and f"compte {pages} pages" in fault.reason("fr")
    assert sides in fault.reason("fr")
    assert "Choisissez un modèle d’une page pour une planche imprimée d’un seul côté" in fault.way_out("fr")


@pytest.mark.parametrize("size", [(mm(80), mm(50) + 1), (mm(80) - 1, mm(50)), (mm(50), mm(80))])
def test_a_face_of_another_size_is_refused(size: tuple[Um, Um]) -> None:
    """Nothing is scaled or cut off to fit: a micrometre too much is a mistake of the program."""
    with pytest.raises(ValueError, match="does not belong in a place"):
        lay_side(side(at(0, 0)), [[face(*size)]])


def test_empty_sides_and_marks() -> None:
    """White paper of the sheet's size; marks are a piece as large that says where it prints, read by nobody."""
    laid = lay_side(side(), [])
    assert (laid.width, laid.height, laid.placed, laid.sections) == (mm(210), mm(297), (), ())
    rules = [Rule(0, 10, 100, 10, 2, "ink"), Rule(50, 0, 50, 80, 4, "ink")]
    made = marks_piece(rules, mm(210), mm(297))
    assert (made.width, made.height, made.areas) == (mm(210), mm(297), tuple(map(rule_area, rules)))
    assert [group.leaf for group in made.groups] == [None]
    assert (made.nodes, made.leaves, made.blanks, made.codes) == ((), 0, (), ())


@pytest.mark.parametrize(
    ("rule", "area"),
    [
        (Rule(100, 50, 100, 250, 20, "ink"), Box(90, 40, 20, 220)),
        (Rule(300, 50, 100, 50, 21, "ink"), Box(89, 39, 222, 22)),
        (Rule(7, 7, 7, 7, 0, "ink"), Box(7, 7, 0, 0)),
    ],
)
def test_the_area_of_a_line(rule: Rule, area: Box) -> None:
    """Its thickness on all sides, rounded up, whichever end comes first."""
    assert rule_area(rule) == area
