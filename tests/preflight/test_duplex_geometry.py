"""Sheets turned about either edge: where cards and marks meet."""

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from leaflet.geometry import mm
from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.duplex import Cards, find_flip, find_leaves, find_mark_shift, find_turn
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
from tests.preflight.samples import CONTEXT, drawn, opened

Places = list[tuple[float, float]]


def codes(data: bytes) -> set[str]:
    return {fault.code for fault in Judge(CONTEXT, rules=check_duplex.rules).judge_bytes(data, "essai.pdf").faults}


def test_a_file_says_how_it_is_turned_or_nothing() -> None:
    assert find_flip(opened(sheets(text, text))) == "long-edge"
    assert find_flip(opened(sheets(text, text, edge="Short"))) == "short-edge"
    silent = opened(drawn(plain_text, pages=3))
    assert find_flip(silent) is None and list(find_leaves(silent)) == []


def test_sides_and_marks_are_compared_through_the_paper() -> None:
    """Upright sheets: the long edge mirrors x, the short one y. One half of a folded card is head down."""
    (leaf,) = find_leaves(opened(sheets(marks(20, 180), marks(30, 190))))
    assert leaf.turns_like_a_page and leaf.mirror((mm(30), mm(5))) == (mm(180), mm(5))
    assert find_mark_shift(leaf) == pytest.approx(0, abs=mm(0.1)) and find_turn(leaf) == 0
    (leaf,) = find_leaves(opened(sheets(text, head_down, edge="Short")))
    assert not leaf.turns_like_a_page and leaf.mirror((mm(30), mm(5))) == (mm(30), mm(HEIGHT - 5))
    assert (find_turn(leaf), find_mark_shift(leaf)) == (180, None)

    def both(canvas: Canvas) -> None:
        text(canvas)
        head_down(canvas)

    (leaf,) = find_leaves(opened(sheets(text, both)))
    assert find_turn(leaf) is None


def test_cards_are_known_by_what_each_of_them_says() -> None:
    (leaf,) = find_leaves(opened(sheets(cards(FRONT, FULL), cards(BACK, FULL))))
    found = Cards(leaf)
    assert (found.front_line, found.back_line) == (FRONT, BACK)
    assert len(found.fronts(leaf)) == len(found.backs(leaf)) == len(FULL)
    (leaf,) = find_leaves(opened(sheets(text, text)))
    assert not Cards(leaf).is_known


@pytest.mark.parametrize(
    "change", [lambda places: places[1:], lambda places: [(places[0][0] + 10, places[0][1]), *places[1:]]]
)
def test_a_card_without_its_back_is_reported(change: Callable[[Places], Places]) -> None:
    """One is missing, or one is elsewhere, on a sheet after a sound one; or backs are a column off."""
    sound = cards(FRONT, FULL), cards(BACK, FULL)
    assert codes(sheets(*sound, *sound)) == set()
    assert codes(sheets(*sound, cards(FRONT, FULL), cards(BACK, change(FULL)))) == {"K955"}
    column = [*LEFT, (COLUMNS[1], ROWS[0])]
    mirrored = [*((COLUMNS[1], y) for y in ROWS), (COLUMNS[0], ROWS[0])]
    assert codes(sheets(cards(FRONT, column), cards(BACK, mirrored))) == set()
    assert codes(sheets(cards(FRONT, column), cards(BACK, column))) == {"K955"}
