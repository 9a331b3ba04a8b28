"""Sheets turned about either edge: where cards and marks meet."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from leaflet.geometry import mm
from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.duplex import Cards, find_flip, find_leaves, find_mark_shift, find_turn
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rules import check_duplex
from tests.preflight.cases_duplex import (
    BACK,
    COLUMNS,
    FRONT,
    FULL,
    HEIGHT,
    LEFT,
    ROWS,
    cards,
    head_down,
    marks,
    sheets,
    text,
)
from tests.preflight.cases_file import text as plain_text
from tests.preflight.samples import CONTEXT, drawn

Places = list[tuple[float, float]]


def opened(data: bytes) -> FinishedFile:
    return FinishedFile("essai.pdf", data, Memory())


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in Judge(CONTEXT, rules=check_duplex.rules).judge_bytes(data, "essai.pdf").faults}


def test_a_file_says_how_it_is_turned_or_nothing() -> None:
    """Nothing is asked of a file that leaves it to its printer."""
    assert find_flip(opened(sheets(text, text))) == "long-edge"
    assert find_flip(opened(sheets(text, text, edge="Short"))) == "short-edge"
    silent = opened(drawn(plain_text, pages=3))
    assert find_flip(silent) is None and list(find_leaves(silent)) == []


def test_sides_and_marks_are_compared_through_the_paper() -> None:
    """Upright sheets: the long edge mirrors x, the short one y."""
    (leaf,) = find_leaves(opened(sheets(marks(20, 180), marks(30, 190))))
    assert leaf.turns_like_a_page and leaf.mirror((mm(30), mm(5))) == (mm(180), mm(5))
    assert find_mark_shift(leaf) == pytest.approx(0, abs=mm(0.1)) and find_turn(leaf) == 0
    (leaf,) = find_leaves(opened(sheets(text, head_down, edge="Short")))
    assert not leaf.turns_like_a_page and leaf.mirror((mm(30), mm(5))) == (mm(30), mm(HEIGHT - 5))
    assert (find_turn(leaf), find_mark_shift(leaf)) == (180, None)


def test_a_side_that_stands_both_ways_has_no_direction() -> None:
    """The outside of a folded card: one half is head down, so that both are upright once it is folded."""

    def both(canvas: Canvas) -> None:
        text(canvas)
        head_down(canvas)

    (leaf,) = find_leaves(opened(sheets(text, both)))
    assert find_turn(leaf) is None


def test_cards_are_known_by_what_each_of_them_says() -> None:
    """As often on the front as on the back."""
    (leaf,) = find_leaves(opened(sheets(cards(FRONT, FULL), cards(BACK, FULL))))
    found = Cards(leaf)
    assert (found.front_line, found.back_line) == (FRONT, BACK)
    assert len(found.fronts(leaf)) == len(found.backs(leaf)) == len(FULL)
    (leaf,) = find_leaves(opened(sheets(text, text)))
    assert not Cards(leaf).is_known


def lost_back(places: Places) -> Places:
    return places[1:]


def moved_back(places: Places) -> Places:
    return [(places[0][0] + 10, places[0][1]), *places[1:]]


@pytest.mark.parametrize("change", [lost_back, moved_back])
def test_a_card_without_its_back_is_reported(change: Callable[[Places], Places]) -> None:
    """One is missing, or one is elsewhere, on a sheet after a sound one."""
    sound = cards(FRONT, FULL), cards(BACK, FULL)
    assert codes(sheets(*sound, *sound)) == set()
    assert codes(sheets(*sound, cards(FRONT, FULL), cards(BACK, change(FULL)))) == {"K955"}


def test_a_single_sheet_that_is_not_mirrored_is_reported() -> None:
    """Its backs are a whole column off."""
    column = [*LEFT, (COLUMNS[1], ROWS[0])]
    mirrored = [*((COLUMNS[1], y) for y in ROWS), (COLUMNS[0], ROWS[0])]
    assert codes(sheets(cards(FRONT, column), cards(BACK, mirrored))) == set()
    assert codes(sheets(cards(FRONT, column), cards(BACK, column))) == {"K955"}
