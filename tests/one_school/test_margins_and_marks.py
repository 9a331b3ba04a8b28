"""Marks show where to cut and whether the scale is right; margins of cards and of printers stay white."""

from collections.abc import Iterator

import pytest

from tests.one_school.boxes import Box, union
from tests.one_school.letters import letters, places_of, text_in
from tests.one_school.painting import Painted, painted
from tests.one_school.pictures import DPI, picture
from tests.one_school.stock import TOLERANCE, Cards

UNPRINTABLE = 4
BEFORE_CUT = 3  # nothing is printed nearer to a card's edge
SENTENCE = "Imprimerà100%"


def printed(cards: Cards, page: int) -> Iterator[Box]:
    """Yield the box of every letter and of everything else that is painted on a page."""
    yield from (item.box for item in painted(cards.path)[page] if item.kind != "text")
    yield from (letter.box for letter in letters(cards.path)[page])


def test_nothing_is_printed_near_a_cut(cards: Cards) -> None:
    """Everything on a card is 3 mm inside it; on a folded card that goes to the paper's edge, all but its band."""
    for page, places in cards.pages():
        for place in places:
            inner = place.grown(-BEFORE_CUT + 0.001)
            for box in printed(cards, page):
                if box.overlaps(place):
                    is_band = cards.grid.edge and abs(box.width - place.width) <= TOLERANCE
                    assert inner.contains(box) or is_band, box


def marks_of(cards: Cards, page: int) -> list[Painted]:
    places = cards.places(back=page % 2 == 1)
    outside = [item for item in painted(cards.path)[page] if not any(item.box.overlaps(place) for place in places)]
    assert all(item.kind in ("stroke", "text") and item.content is None for item in outside)
    return [item for item in outside if item.kind == "stroke"]


def control_of(cards: Cards, page: int) -> list[Painted]:
    """Return the control line and its two ticks."""
    marks = marks_of(cards, page)
    (line,) = [mark for mark in marks if mark.box.width > 40]
    ticks = [mark for mark in marks if mark.box.height > mark.box.width and mark.box.overlaps(line.box.grown(0.5))]
    return [line, *ticks]


def test_the_control_line_is_50_mm(cards: Cards) -> None:
    """Every sheet with a margin has a line of exactly 50 mm between its ticks, and beside it why."""
    for page, places in cards.pages():
        if cards.grid.edge:
            assert marks_of(cards, page) == []
            continue
        line, left, right = sorted(control_of(cards, page), key=lambda item: (item.box.height, item.box.left))
        assert line.box.width == pytest.approx(50, abs=0.02)
        assert right.box.middle[0] - left.box.middle[0] == pytest.approx(50, abs=0.02)
        assert left.box.middle[0] == pytest.approx(line.box.left, abs=0.02)
        (sentence,) = places_of(letters(cards.path)[page], SENTENCE)
        words = union(sentence)
        assert not any(words.overlaps(place) for place in places)
        assert abs(words.middle[1] - line.box.middle[1]) < 3
        assert 0 < words.left - line.box.right < 75
        assert "50mm" in text_in(letters(cards.path)[page], words.grown(60, 5))


def test_crop_marks_show_every_cut(cards: Cards) -> None:
    """Both ends of each cut of plain sheets are marked, clear of cards and of what printers leave white."""
    for page, places in cards.pages():
        control = [] if cards.grid.edge else control_of(cards, page)
        marks = [mark for mark in marks_of(cards, page) if mark not in control]
        if not cards.grid.cut or cards.grid.edge:
            assert marks == []
            continue
        paper = Box(0, 0, 210, 297).grown(-UNPRINTABLE + 0.01)
        assert all(paper.contains(mark.box) for mark in marks)
        assert all(mark.box.distance(place) >= BEFORE_CUT - 0.01 for mark in marks for place in places)
        boxes = [mark.box for mark in marks]
        upright = sorted((box.middle[0], box.top > 150) for box in boxes if box.height > box.width)
        level = sorted((box.middle[1], box.left > 100) for box in boxes if box.width > box.height)
        xs = sorted({round(x, 3) for place in places for x in (place.left, place.right)})
        ys = sorted({round(y, 3) for place in places for y in (place.top, place.bottom)})
        assert len(upright) + len(level) == len(marks)
        for found, cuts in ((upright, xs), (level, ys)):
            assert [end for _, end in found] == [False, True] * len(cuts)
            assert [at for at, _ in found] == pytest.approx([cut for cut in cuts for _ in "ab"], abs=0.02)


def test_the_margin_of_printers_stays_white(cards: Cards) -> None:
    """Nothing is printed in the outer 4 mm, except by cards that go to the paper's edge, and there no text."""
    band = int(UNPRINTABLE * DPI / 25.4)
    for page, _ in cards.pages():
        if cards.grid.edge:
            paper = Box(0, 0, 210, 297).grown(-UNPRINTABLE)
            assert all(paper.contains(letter.box) for letter in letters(cards.path)[page])
            continue
        pixels = picture(cards.path, page)
        for edge in (pixels[:band], pixels[-band:], pixels[:, :band], pixels[:, -band:]):
            assert edge.min() == 255
