"""Marks as numbers: outside every place and its bleed, inside what prints, each cut once, the line 50 mm long."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.files.resources import program_resources
from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.impose import FOLD_CLEARANCE, plan_booklet, plan_trifold
from leaflet.imposition.printer import Offset, Printer, shift
from leaflet.imposition.printer_marks import _LABELS, control_line, crop_marks, fold_marks
from leaflet.imposition.records_on_sheets import Flip, SheetSide, plan_sheets
from leaflet.imposition.stock import Stock
from leaflet.layout.fonts import FontBook
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Rule
from leaflet.markup.page_words import load_page_words
from tests.imposition.support import FLIPS, STOCK, any_stock, area, meets, on_paper, printable


def sides_of(stock: Stock, flip: Flip) -> tuple[SheetSide, ...]:
    return plan_sheets(stock, 1, flip=flip)


def length(rule: Rule) -> Um:
    return rule.x2 - rule.x1 + rule.y2 - rule.y1


@given(any_stock, st.sampled_from(FLIPS))
@settings(max_examples=40)
def test_marks_and_control_line_are_clear(stock: Stock, flip: Flip) -> None:
    """They keep 3 mm from all places and are printed whole; the line's ticks are exactly 50,000 µm apart."""
    for side in sides_of(stock, flip):
        marks = crop_marks(side, stock)
        assert stock.cut or marks == ()
        for mark in marks:
            assert printable(side).contains(area(mark))
            # a mark's own width lies beside its cut, so it is compared as the line it is
            line = Box(mark.x1, mark.y1, mark.x2 - mark.x1, mark.y2 - mark.y1)
            assert not any(meets(line, place.grown(mm(3))) for place in side.places)
            assert mm(2) <= length(mark) <= mm(10) and mark.color == "ink"
    for side in sides_of(stock, flip):
        if (found := control_line(side, stock)) is None:
            continue
        assert length(found.line) == 50_000 and found.line.y1 == found.line.y2
        assert [(tick.x1, tick.x2) for tick in found.ticks] == [(found.line.x1,) * 2, (found.line.x2,) * 2]
        assert all(tick.y1 < found.line.y1 < tick.y2 for tick in found.ticks)
        boxes = [area(rule) for rule in (found.line, *found.ticks)]
        assert not any(found.label.overlaps(box) for box in boxes)
        marks = [area(mark) for mark in crop_marks(side, stock)]
        for box in (found.label, *boxes):
            assert printable(side).contains(box)
            assert not any(box.overlaps(place) for place in side.places)
            assert not any(box.overlaps(mark) for mark in marks)
        ends = area(found.line).grown(mm(2.5))
        assert not any(ends.overlaps(mark) for mark in marks), "a crop mark looks like the end of the line"


@given(any_stock, st.sampled_from(FLIPS))
def test_each_mark_lies_on_a_cut_once(stock: Stock, flip: Flip) -> None:
    """Every mark prolongs the edge of places; no two lie on each other; front and back mark the same cuts."""
    both = []
    for side in sides_of(stock, flip):
        marks = crop_marks(side, stock)
        uprights = {edge for place in side.places for edge in (place.x, place.right)}
        levels = {edge for place in side.places for edge in (place.y, place.bottom)}
        assert all(mark.x1 in uprights if mark.x1 == mark.x2 else mark.y1 in levels for mark in marks)
        assert not any(area(a).overlaps(area(b)) for a, b in combinations(marks, 2) if _on_one_line(a, b))
        assert len(set(marks)) == len(marks)
        ends = [sorted((on_paper(m.x1, m.y1, side, flip), on_paper(m.x2, m.y2, side, flip))) for m in marks]
        both.append(sorted(ends))
    assert both[0] == both[1]


def _on_one_line(a: Rule, b: Rule) -> bool:
    return a.x1 == a.x2 == b.x1 == b.x2 or a.y1 == a.y2 == b.y1 == b.y2


@pytest.mark.parametrize("key", ["id1-10", "cards-a4"])
def test_shared_cuts_have_one_mark_each_end(key: str) -> None:
    """Two columns and five rows with shared cuts: three cuts down and six across, marked at both ends."""
    stock = STOCK[key]
    marks = crop_marks(sides_of(stock, "long-edge")[0], stock)
    assert len(marks) == 2 * (3 + 6) and {length(mark) for mark in marks} == {mm(5)}


def test_margins_and_gutters_have_the_marks_they_hold() -> None:
    """9.5 mm of margin a mark of 2.5 mm, 8.9 mm none; 10 mm of gutter one of 4 mm, 20 mm two, 7.9 mm none."""
    for top, wanted in ((9_500, mm(2.5)), (8_999, None)):
        stock = _custom(top=top)
        marks = crop_marks(sides_of(stock, "long-edge")[0], stock)
        above = [mark for mark in marks if mark.x1 == mark.x2 and mark.y2 < top]
        assert {length(mark) for mark in above} == ({wanted} if wanted else set())
    for gap, wanted in ((10_000, [4_000]), (20_000, [5_000, 5_000]), (7_900, [])):
        stock = _custom(gap_y=gap)
        marks = crop_marks(sides_of(stock, "long-edge")[0], stock)
        first = stock.places[0]
        inside = [m for m in marks if m.x1 == m.x2 == first.x and first.bottom < m.y1 and m.y2 < first.bottom + gap]
        assert [length(mark) for mark in inside] == wanted


def _custom(top: Um = 20_000, gap_y: Um = 0) -> Stock:
    return Stock(
        key="test", name="test", source="test", sheet_width=mm(210), sheet_height=mm(297), columns=2, rows=2,
        width=mm(85), height=mm(54), left=mm(20), top=top, pitch_x=mm(85), pitch_y=mm(54) + gap_y, cut=True,
    )  # fmt: skip


@pytest.mark.parametrize("key", STOCK)
def test_stock_with_margins_has_a_control_line(key: str) -> None:
    """At the foot of the sheet, or else at its head; only sheets with less than 9 mm there have no room for it."""
    stock = STOCK[key]
    for side in sides_of(stock, "long-edge"):
        found = control_line(side, stock)
        assert (found is None) == (max(stock.top, stock.bottom) < mm(9))
        if found is not None and stock.bottom >= mm(9):
            assert found.line.y1 > max(place.bottom for place in side.places)
        elif found is not None:
            assert found.line.y1 < min(place.y for place in side.places)


def test_control_line_where_there_is_room() -> None:
    """In 133 mm beside marks it does not begin at one of them; without room at the foot it is at the top."""
    stock = replace(
        _custom(top=9_088), sheet_width=mm(297), sheet_height=mm(210), columns=3, rows=1, width=45_722, height=1_000
    )
    stock = replace(stock, left=16_747, pitch_x=45_722, pitch_y=1_000)
    for side in sides_of(stock, "long-edge"):
        found = control_line(side, stock)
        assert found is not None
        assert not any(area(found.line).grown(mm(2.5)).overlaps(area(m)) for m in crop_marks(side, stock))
    stock = _custom(top=mm(297 - 4 - 108))
    found = control_line(sides_of(stock, "long-edge")[0], stock)
    assert found is not None and found.line.y1 < stock.top


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("lines", [1, 2])
def test_control_text_fits_its_box(lines: int, lang: str, book: FontBook) -> None:
    """At 7.5 pt, the size of small print: in one line or, with words to spare, in two."""
    width, height = _LABELS[lines - 1]
    text = load_page_words(program_resources(), lang).texts["sheet.control"]
    assert to_um(book.face("regular").width(text), 7.5) <= lines * width - (lines - 1) * mm(12)
    assert height >= lines * pt(7.5 * 1.3)


@given(st.integers(1, 12), st.sampled_from(FLIPS))
def test_fold_ticks_keep_off_text_and_edge(faces: int, flip: Flip) -> None:
    """3 mm long, 4 mm from the paper's edge, on the fold, so 5 mm from any text; the same on both sides."""
    for sides in (
        plan_trifold(faces, flip=flip),
        plan_booklet(faces, page_width=148_500, page_height=210_000, flip=flip),
    ):
        for side in sides:
            ticks = fold_marks(side)
            assert len(ticks) == 2 * len(side.folds)
            for tick in ticks:
                assert printable(side).contains(area(tick)) and length(tick) == mm(3)
                assert tick.x1 == tick.x2 and min(abs(tick.x1 - fold) for fold in side.folds) == 0
                assert area(tick).width < FOLD_CLEARANCE
        for front, back in zip(sides[::2], sides[1::2], strict=True):
            paper = [
                {on_paper(tick.x1, tick.y1, side, flip)[0] for tick in fold_marks(side)} for side in (front, back)
            ]
            assert paper[0] == paper[1]


@given(any_stock, st.integers(-mm(2), mm(2)), st.integers(-mm(2), mm(2)))
def test_marks_follow_a_moved_side(stock: Stock, dx: Um, dy: Um) -> None:
    """After the correction of a printer marks still touch no place and stay printable."""
    assume(not stock.edge)
    side = shift(sides_of(stock, "long-edge")[0], Printer(front=Offset(dx=dx, dy=dy)))
    for mark in crop_marks(side, stock):
        assert printable(side).contains(area(mark))
        assert not any(area(mark).overlaps(place) for place in side.places)
    if found := control_line(side, stock):
        assert length(found.line) == 50_000 and not any(found.label.overlaps(place) for place in side.places)
