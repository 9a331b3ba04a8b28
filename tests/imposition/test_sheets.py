"""Sheets as numbers: all records once, nothing overlaps or leaves the paper, fronts and backs meet through it."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.faults import Place, Report
from leaflet.imposition.records_on_sheets import Flip, Order, SheetSide, check_start, duplex_name, plan_sheets
from leaflet.imposition.stock import Stock
from tests.imposition.support import FLIPS, ORDERS, STOCK, any_stock, corners_on_paper, printable, sheet_box

flips = st.sampled_from(FLIPS)
orders = st.sampled_from(ORDERS)

Plan = tuple[Stock, int, int, Flip, Order, tuple[SheetSide, ...]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Stock, records, start, flip, order, and the two-sided plan made of them."""
    stock = draw(any_stock)
    records = draw(st.integers(0, 3 * stock.count + 2))
    start = draw(st.integers(1, stock.count))
    flip, order = draw(flips), draw(orders)
    return stock, records, start, flip, order, plan_sheets(stock, records, start=start, flip=flip, order=order)


@given(plans())
@settings(max_examples=40)
def test_every_face_once_in_a_place_of_its_own(plan: Plan) -> None:
    """All are on the sheet, off its outer 4 mm unless stock is there; a cut card shows its back upright."""
    stock, records, start, *_, sides = plan
    faces = [(item.record, item.face) for side in sides for item in side.items]
    assert sorted(faces) == [(record, face) for record in range(records) for face in (0, 1)]
    assert all(item.face == int(side.back) for side in sides for item in side.items)
    assert [(side.sheet, side.back) for side in sides] == [(n // 2, bool(n % 2)) for n in range(len(sides))]
    assert all(side.items for side in sides)
    assert len(sides) // 2 == (-(-(records + start - 1) // stock.count) if records else 0)
    for side in sides:
        assert [item.record for item in side.items] == sorted(item.record for item in side.items)
        assert (side.width, side.height) == (stock.sheet_width, stock.sheet_height)
        room = sheet_box(side) if stock.edge else printable(side)
        boxes = [item.box for item in side.items]
        assert all(room.contains(box) for box in boxes)
        assert not any(a.overlaps(b) for a, b in combinations(boxes, 2)) and set(boxes) <= set(side.places)
        assert len(set(side.places)) == stock.count
    _, _, _, flip, _, sides = plan
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        for ours, theirs in zip(front.items, back.items, strict=True):
            assert ours.record == theirs.record
            top_left, top_right, bottom_right, bottom_left = corners_on_paper(ours, front, flip)
            assert corners_on_paper(theirs, back, flip) == [top_right, top_left, bottom_left, bottom_right]


@given(plans())
def test_used_places_stay_empty(plan: Plan) -> None:
    """The first record is in the first free place."""
    stock, _, start, *_, sides = plan
    if sides:
        assert not set(stock.places[: start - 1]) & {item.box for item in sides[0].items}
        assert (sides[0].items[0].record, sides[0].items[0].box) == (0, stock.places[start - 1])


@given(any_stock, st.integers(0, 60), flips)
def test_rows_are_read_as_a_page_is(stock: Stock, records: int, flip: Flip) -> None:
    """Without more said, records follow each other from left to right, then down, then onto the next sheet."""
    sides = plan_sheets(stock, records, faces=1, flip=flip)
    assert [side.back for side in sides] == [False] * len(sides)
    places = [(side.sheet, item.box.y, item.box.x) for side in sides for item in side.items]
    assert places == sorted(places)


@given(plans())
@settings(max_examples=40)
def test_cut_piles_laid_on_each_other_are_in_order(plan: Plan) -> None:
    """Cut as a block, piles from the first free place on give the records in order, blank cards at the end."""
    stock, records, start, flip, _, _ = plan
    fronts = [side for side in plan_sheets(stock, records, start=start, flip=flip, order="stack") if not side.back]
    piles: dict[tuple[int, int], list[int | None]] = {}
    for number, sheet in enumerate(fronts):
        cards = {(item.box.y, item.box.x): item.record for item in sheet.items}
        for index, place in enumerate(stock.places):
            if number == 0 and index < start - 1:
                continue  # this card was taken out of the sheet before
            piles.setdefault((place.y, place.x), []).append(cards.get((place.y, place.x)))
    grid = sorted((place.y, place.x) for place in stock.places)
    deck = [card for where in grid[start - 1 :] + grid[: start - 1] for card in piles.get(where, [])]
    assert deck[:records] == list(range(records)) and set(deck[records:]) <= {None}


@pytest.mark.parametrize("key", STOCK)
@pytest.mark.parametrize("flip", FLIPS)
def test_all_stock_all_starts(key: str, flip: Flip) -> None:
    """For what is sold: each start, each order, sheets that are full or not, fronts on backs."""
    stock = STOCK[key]
    for order in ORDERS:
        for start in range(1, stock.count + 1):
            for records in {0, 1, stock.count - 1, stock.count, stock.count + 1, 2 * stock.count + 1}:
                sides = plan_sheets(stock, records, start=start, flip=flip, order=order)
                assert sum(len(side.items) for side in sides) == 2 * records
                for front, back in zip(sides[::2], sides[1::2], strict=True):
                    for ours, theirs in zip(front.items, back.items, strict=True):
                        paper = corners_on_paper(theirs, back, flip)
                        assert sorted(paper) == sorted(corners_on_paper(ours, front, flip))


def test_backs_of_an_upright_sheet_by_hand() -> None:
    """Sigel LP795 is off centre: margins 14 and 16 mm change sides on the back; the first card is at the right."""
    stock = STOCK["sigel-lp795"]
    _, long_edge = plan_sheets(stock, 1)
    _, short_edge = plan_sheets(stock, 1, flip="short-edge")
    assert (*long_edge.items[0].box[:2], long_edge.items[0].turned) == (111_000, 10_500, False)
    assert (*short_edge.items[0].box[:2], short_edge.items[0].turned) == (14_000, 231_500, True)


@pytest.mark.parametrize("start", [-1, 0, 11])
def test_start_out_of_range(start: int) -> None:
    """A place that the stock has not is refused, and told to the user with the places there are."""
    stock, report = STOCK["cards-a4"], Report()
    with pytest.raises(ValueError, match="1 to 10"):
        plan_sheets(stock, 3, start=start)
    check_start(stock, start, Place(field="--start"), report)
    assert "de 1 à 10" in next(iter(report)).way_out("fr")


def test_starts_and_faces_there_are() -> None:
    """The last place is a place; paper has two sides; the PDF's viewer preferences name how it is turned."""
    report = Report()
    assert check_start(STOCK["cards-a4"], 10, Place(), report) is None and not len(report)
    with pytest.raises(ValueError, match="3"):
        plan_sheets(STOCK["cards-a4"], 1, faces=3)
    assert [duplex_name(flip) for flip in FLIPS] == ["DuplexFlipLongEdge", "DuplexFlipShortEdge"]
