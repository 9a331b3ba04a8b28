"""Folded sheets: sheets are printed, turned, laid in one another and folded here, and then read as a reader does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.geometry import Um, mm
from leaflet.imposition.impose import TRIFOLD_HEIGHT, TRIFOLD_WIDTHS, plan_booklet, plan_trifold
from leaflet.imposition.records_on_sheets import Flip, SheetSide
from tests.imposition.support import FLIPS, corners_on_paper, on_paper, sheet_box

A5 = {"page_width": mm(148.5), "page_height": mm(210)}
flips = st.sampled_from(FLIPS)


def at(side: SheetSide, flip: Flip, left: Um, right: Um) -> int | None:
    """The face printed on a strip of the paper, given as seen from the front, standing upright; None for blank."""
    for item in side.items:
        corners = corners_on_paper(item, side, flip)
        xs = {x for x, _ in corners}
        if xs == {left, right}:
            top_left = corners[0]
            # seen from the back, left and right are exchanged; the top of the content is the top of the paper
            assert top_left == ((right if side.back else left), 0), "a page stands on its head"
            return item.face
    return None


def read_booklet(sides: tuple[SheetSide, ...], flip: Flip) -> list[int | None]:
    """The pages in the order a reader meets them, cover up, sheet 0 outermost.

    Folding lays the left half of each front under the right half: leafing through shows, from the outside in, the
    right half of each front and the back of the same paper; from the middle on, outwards, the back of the left
    half and its front.
    """
    sheets = [(sides[n], sides[n + 1]) for n in range(0, len(sides), 2)]
    pages: list[int | None] = []
    for front, back in sheets:
        middle = front.width // 2
        pages += [at(front, flip, middle, front.width), at(back, flip, middle, front.width)]
    for front, back in reversed(sheets):
        middle = front.width // 2
        pages += [at(back, flip, 0, middle), at(front, flip, 0, middle)]
    return pages


@given(st.integers(0, 70), flips, st.sampled_from([(mm(148.5), mm(210)), (mm(105), mm(297)), (mm(210), mm(297))]))
@settings(max_examples=40)
def test_a_folded_booklet_reads_in_order(pages: int, flip: Flip, page: tuple[Um, Um]) -> None:
    """Whatever the number of pages, blank ones are the last; also where two pages side by side are a square."""
    sides = plan_booklet(pages, page_width=page[0], page_height=page[1], flip=flip)
    read = read_booklet(sides, flip)
    assert read[:pages] == list(range(pages)) and set(read[pages:]) <= {None}
    assert len(read) == -(-pages // 4) * 4
    assert [side.back for side in sides] == [False, True] * (len(sides) // 2)


def test_a_booklet_by_hand() -> None:
    """8|1, 2|7, 6|3, 4|5, as in every textbook; no page, no sheet."""
    sides = plan_booklet(8, **A5)
    found = [[item.face + 1 for item in sorted(side.items, key=lambda item: item.box.x)] for side in sides]
    assert found == [[8, 1], [2, 7], [6, 3], [4, 5]]
    assert all(side.folds == (148_500,) for side in sides)
    assert (sides[0].width, sides[0].height) == (297_000, 210_000)
    assert [item.face for item in sides[0].items] == [0, 7]
    assert plan_booklet(0, **A5) == ()
    assert plan_trifold(0) == ()


@given(st.integers(1, 20), flips)
def test_tri_folds_fold_on_each_other(faces: int, flip: Flip) -> None:
    """Folds and panels coincide through the paper; faces are each there once, in reading order on their side."""
    sides = plan_trifold(faces, flip=flip)
    assert sorted(item.face for side in sides for item in side.items) == list(range(faces))
    for outside, inside in zip(sides[::2], sides[1::2], strict=True):
        creases = [sorted(on_paper(fold, 0, side, flip)[0] for fold in side.folds) for side in (outside, inside)]
        assert creases == [[mm(97), mm(197)], [mm(97), mm(197)]]
        base = 6 * outside.sheet
        for left, right, front, back in ((0, mm(97), 4, 3), (mm(97), mm(197), 5, 2), (mm(197), mm(297), 0, 1)):
            for side, face in ((outside, base + front), (inside, base + back)):
                assert at(side, flip, left, right) == (face if face < faces else None)


def test_a_tri_fold_by_hand() -> None:
    """Flap 97, back 100, front 100 outside; 100, 100, 97 inside; folds as the house's fact sheet has them."""
    outside, inside = plan_trifold()
    assert [(item.face, item.box.x, item.box.width) for item in outside.items] == [
        (0, 197_000, 100_000), (4, 0, 97_000), (5, 97_000, 100_000),
    ]  # fmt: skip
    assert [(item.face, item.box.x, item.box.width) for item in inside.items] == [
        (1, 0, 100_000), (2, 100_000, 100_000), (3, 200_000, 97_000),
    ]  # fmt: skip
    assert (outside.folds, inside.folds) == ((97_000, 197_000), (100_000, 200_000))
    assert plan_trifold(flip="long-edge")[1].folds == (97_000, 197_000)


@pytest.mark.parametrize("flip", FLIPS)
def test_tri_fold_panels_fill_the_sheet(flip: Flip) -> None:
    """Each side is an A4 without rest, panels as wide as the compositor is told."""
    for side in plan_trifold(12, flip=flip):
        assert (side.width, side.height) == (mm(297), TRIFOLD_HEIGHT)
        assert sum(item.box.width for item in side.items) == side.width
        assert all(item.box.width == TRIFOLD_WIDTHS[item.face % 6] for item in side.items)
        assert all(sheet_box(side).contains(item.box) for item in side.items)
        assert [item.face for item in side.items] == sorted(item.face for item in side.items)
