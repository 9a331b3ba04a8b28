"""The drawing of a sheet: every place with its number, the margins measured, what to do; for all stock there is."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.geometry import Box, mm, pt
from leaflet.imposition.calibration_sheet import stock_drawing
from leaflet.imposition.records_on_sheets import Flip
from leaflet.imposition.stock import Stock
from leaflet.layout.fonts import FontBook
from leaflet.layout.lines import to_um
from tests.imposition.support import FLIPS, STOCK, any_stock, on_paper

each_stock = pytest.mark.parametrize("stock", STOCK.values(), ids=lambda stock: stock.key)


@given(any_stock, st.sampled_from(FLIPS))
def test_outlines_are_the_places(stock: Stock, flip: Flip) -> None:
    """Each outline of the front is a place, in order; on the back, the same place through the paper."""
    front, *rest = stock_drawing(stock, flip)
    assert front.outlines == stock.places and len(rest) == stock.sides
    for back in rest[:-1]:
        assert back.back
        side = type("Side", (), {"back": True, "width": back.width, "height": back.height})()
        for here, there in zip(back.outlines, front.outlines, strict=True):
            corners = [on_paper(x, y, side, flip) for x in (here.x, here.right) for y in (here.y, here.bottom)]
            assert {x for x, _ in corners} == {there.x, there.right}
            assert {y for _, y in corners} == {there.y, there.bottom}


@each_stock
def test_numbers_and_margins_of_places(stock: Stock) -> None:
    """A number a place, front and back, measures in the first; a line across each margin, as long as it says."""
    for side in stock_drawing(stock)[:-1]:
        numbers = {label.text: label.box for label in side.labels if label.text.isdigit()}
        assert list(numbers) == [str(number) for number in range(1, stock.count + 1)]
        for place, box in zip(side.outlines, numbers.values(), strict=True):
            assert place.contains(box)
        inside = [label.box for label in side.labels if not label.text.isdigit()]
        assert all(any(place.contains(box) for place in side.outlines) for box in inside)
        assert not any(a.overlaps(b) for a, b in combinations([narrow(label.box) for label in side.labels], 2))
    front, *_ = stock_drawing(stock)
    found = sorted(abs(rule.x2 - rule.x1) + abs(rule.y2 - rule.y1) for rule in front.marks)
    assert found == sorted(margin for margin in (stock.left, stock.right, stock.top, stock.bottom) if margin)
    shown = {label.text.replace("\u00a0", " ") for label in front.labels}
    for length in (stock.left, stock.right, stock.top, stock.bottom):
        assert f"{length / 1000:g} mm".replace(".", ",") in shown


def narrow(box: Box) -> Box:
    """The middle of a label's box, as wide as its text may be."""
    width = min(box.width, mm(48))
    return Box(box.x + (box.width - width) // 2, box.y, width, box.height) if width > mm(22) else box


@each_stock
def test_what_it_says(stock: Stock, book: FontBook) -> None:
    """The name, five steps, all measures and the source; French spacing; texts fit their boxes."""
    guide = stock_drawing(stock)[-1]
    said = " ".join(note.text for note in guide.notes).replace("\u00a0", " ")
    assert stock.name in said and stock.source in said
    for length in (stock.width, stock.height, stock.pitch_x, stock.left, stock.right, stock.top, stock.bottom):
        assert f"{length / 1000:g}".replace(".", ",") in said
    assert ("recto verso (bord long)" in said) == (stock.sides == 2)
    assert [note.role for note in guide.notes] == ["h1", *["li"] * 5, *["p"] * 5]
    assert {label.text for label in guide.labels} == {str(number) for number in range(0, 151, 10)}
    for note in guide.notes:
        assert not any(wrong in note.text for wrong in (" :", " ;", " »", "« ", " %", "'"))
        size, leading = (16, 1.2) if note.role == "h1" else (11.5, 1.2)
        assert not book.missing(note.text)
        width = to_um(book.face("bold" if note.role == "h1" else "regular").width(note.text), size)
        lines = -(-width * 8 // (7 * note.box.width))
        assert lines * pt(size * leading) <= note.box.height, note.text
    boxes = [note.box for note in guide.notes] + [label.box for label in guide.labels]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
