"""The calibration sheet: lines at 50 mm, a true ruler, crosses that meet through the paper, texts that fit."""

from itertools import combinations

import pytest

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.calibration_sheet import CalibrationSide, calibration_sheet
from leaflet.imposition.records_on_sheets import Flip, SheetSide
from leaflet.layout.fonts import FontBook
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Rule
from tests.imposition.support import FLIPS, area, on_paper

PAGE = Box(0, 0, mm(210), mm(297))
SIDES = [side for flip in FLIPS for side in calibration_sheet(flip)]


def crosses(side: CalibrationSide, flip: Flip) -> set[frozenset[tuple[Um, Um]]]:
    arms = [mark for mark in side.marks if mark.x2 - mark.x1 + mark.y2 - mark.y1 == mm(8)]
    here = SheetSide(sheet=0, back=side.back, width=side.width, height=side.height, items=())
    return {frozenset((on_paper(arm.x1, arm.y1, here, flip), on_paper(arm.x2, arm.y2, here, flip))) for arm in arms}


@pytest.mark.parametrize("flip", FLIPS)
def test_crosses_meet_through_the_paper(flip: Flip) -> None:
    """Four crosses, at the same place of the paper on both sides, whichever way it is turned."""
    front, back = calibration_sheet(flip)
    assert len(crosses(front, flip)) == 8 and crosses(front, flip) == crosses(back, flip)


@pytest.mark.parametrize("side", SIDES)
def test_lines_at_50_mm_keep_apart_from_all_else(side: CalibrationSide) -> None:
    """One upright, one level, as long as a ruler needs; texts, letters and lines keep apart, 5 mm inside."""
    upright, level = side.marks[:2]
    assert (upright.x1, upright.x2) == (50_000, 50_000)
    assert (level.y1, level.y2) == (50_000, 50_000)
    assert upright.y2 - upright.y1 >= mm(50)
    assert level.x2 - level.x1 >= mm(50)
    room = PAGE.grown(-mm(5))
    boxes = [*(note.box for note in side.notes), *(label.box for label in side.labels)]
    assert all(room.contains(box) for box in boxes) and all(room.contains(area(mark)) for mark in side.marks)
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert not any(area(mark).overlaps(box) for mark in side.marks for box in boxes)
    assert all(isinstance(mark, Rule) for mark in side.marks)


def test_ruler() -> None:
    """150 mm, a tick each millimetre, taller at 5 and 10, numbered at 10."""
    front, back = calibration_sheet()
    (base,) = [mark for mark in front.marks if mark.x2 - mark.x1 == mm(150)]
    ticks = [mark for mark in front.marks if mark.x1 == mark.x2 and mark.y2 == base.y1]
    assert [tick.x1 - base.x1 for tick in ticks] == [mm(n) for n in range(151)]
    heights = [tick.y2 - tick.y1 for tick in ticks[:11]]
    assert len(set(heights)) == 3 and heights[0] == heights[10] > heights[5] > heights[1]
    numbers = {
        label.text: label.box.x + label.box.width // 2 - base.x1 for label in front.labels if label.text.isdigit()
    }
    assert numbers == {str(n): mm(n) for n in range(0, 151, 10)}
    assert not any(label.text.isdigit() for label in back.labels)


@pytest.mark.parametrize("side", SIDES)
def test_texts_fit_their_boxes(side: CalibrationSide, book: FontBook) -> None:
    """At 11 pt on 1.3, headings at 16 pt on 1.2, with a quarter of each line lost to its end."""
    for note in side.notes:
        size, leading, face = (16, 1.2, "bold") if note.role == "h1" else (11, 1.3, "regular")
        assert not book.missing(note.text)
        width = to_um(book.face("bold" if face == "bold" else "regular").width(note.text), size)
        lines = -(-width * 4 // (3 * note.box.width))
        assert lines * pt(size * leading) <= note.box.height, note.text


def test_what_it_says() -> None:
    """Steps in order, the command to type, the edge to choose, French spacing."""
    front, back = calibration_sheet("short-edge")
    assert [note.role for note in front.notes] == ["h1", "p", "li", "li", "li", "li", "li", "p", "p"]
    steps = [note.text for note in front.notes if note.role == "li"]
    assert "bord court" in steps[0]
    assert "bord long" in calibration_sheet()[0].notes[2].text
    command = "leaflet calibrate --front 50.8 49.6 --back 50.0 51.2 --ruler 150"
    assert [note.text for note in front.notes if note.role == "p"][1] == command
    assert {label.text for label in front.labels if not label.text.isdigit()} == {"A", "B"}
    assert {label.text for label in back.labels} == {"C", "D"}
    for note in (*front.notes, *back.notes):
        assert not any(wrong in note.text for wrong in (" :", " ;", " »", "« ", " %", "'"))
    assert [note.box.y for note in front.notes] == sorted(note.box.y for note in front.notes)
