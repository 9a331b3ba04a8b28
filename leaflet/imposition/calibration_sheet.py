"""The calibration sheet, as data: lines to measure from, a ruler to find scaling with, and what to do.

A4 upright, front and back. A line stands 50 mm from the left edge and one 50 mm from the top edge of each side;
crosses in the corners lie at the same place of the paper on both sides, however it is turned. Boxes of the texts have
room for 11 pt (headings 16 pt).
"""

import re
from typing import Literal

from msgspec import Struct

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.printer import NOMINAL, RULER
from leaflet.imposition.printer_marks import INK
from leaflet.imposition.records_on_sheets import Flip
from leaflet.layout.marks import Rule
from leaflet.program import own_table

WIDTH, HEIGHT = mm(210), mm(297)
LINE = pt(0.5)
RULER_X = mm(30)

Role = Literal["h1", "p", "li"]

_RULER_Y = mm(255)
_TICKS = ((10, mm(6)), (5, mm(4)), (1, mm(2.5)))  # every so many mm, so high; the first that divides counts
_NO_BREAK = re.compile(r" (?=[:;!?»%])|(?<=«) |(?<=\d) (?=mm)")


class Note(Struct, frozen=True):
    """A text for the reader: its box, its role in the structure, its words."""

    box: Box
    role: Role
    text: str


class Label(Struct, frozen=True):
    """A letter or number beside a line, centred in its box; decoration."""

    box: Box
    text: str


class CalibrationSide(Struct, frozen=True, kw_only=True):
    """One side of a sheet, A4 if nothing else is said."""

    back: bool = False
    width: Um = WIDTH
    height: Um = HEIGHT
    outlines: tuple[Box, ...] = ()  # these, marks and labels are decoration
    marks: tuple[Rule, ...]
    labels: tuple[Label, ...]
    notes: tuple[Note, ...] = ()  # in reading order


def place_ruler() -> tuple[list[Rule], list[Label]]:
    """Return 150 mm with a tick each millimetre, numbers each centimetre."""
    rules = [Rule(RULER_X, _RULER_Y, RULER_X + RULER, _RULER_Y, LINE, INK)]
    labels = []
    for number in range(RULER // mm(1) + 1):
        x = RULER_X + mm(number)
        height = next(height for every, height in _TICKS if number % every == 0)
        rules.append(Rule(x, _RULER_Y - height, x, _RULER_Y, LINE, INK))
        if number % 10 == 0:
            labels.append(Label(Box(x - mm(5), _RULER_Y + mm(1), mm(10), mm(5)), str(number)))
    return rules, labels


def french_text(text: str) -> str:
    """Return `text` with no-break spaces where French wants them."""
    return _NO_BREAK.sub("\u00a0", text)


def french_notes(page: str, **values: object) -> tuple[Note, ...]:
    """Return the notes of a page as ``assets/test_sheets.toml`` has them, with these values in their texts."""
    written = own_table("test_sheets.toml")[page]  # their boxes are in mm
    return tuple(
        Note(Box(*map(mm, one["box"])), one["role"], french_text(one["text"].format(**values))) for one in written
    )


def name_edge(flip: Flip) -> str:
    """Return the edge that sheets are turned about, as printers call it in French."""
    return "bord long" if flip == "long-edge" else "bord court"


_CROSS = mm(10)  # from the paper's edges to the middle of a registration cross
_ARM = mm(4)


def calibration_sheet(flip: Flip = "long-edge") -> tuple[CalibrationSide, CalibrationSide]:
    """Return front and back, to be printed as the cards will be: turned about their long or short edge."""
    rules, numbers = place_ruler()
    upright = Rule(NOMINAL, mm(20), NOMINAL, mm(100), LINE, INK)
    marks = [upright, Rule(mm(20), NOMINAL, mm(190), NOMINAL, LINE, INK)]  # what is measured from
    for x in (_CROSS, WIDTH - _CROSS):
        for y in (_CROSS, HEIGHT - _CROSS):
            marks += Rule(x - _ARM, y, x + _ARM, y, LINE, INK), Rule(x, y - _ARM, x, y + _ARM, LINE, INK)
    boxes = Box(NOMINAL + mm(1), mm(94), mm(6), mm(6)), Box(mm(184), NOMINAL + mm(1), mm(6), mm(6))
    (a, b), (c, d) = (tuple(map(Label, boxes, letters)) for letters in ("AB", "CD"))
    notes = french_notes("front", edge=name_edge(flip))
    front = CalibrationSide(marks=(*marks, *rules), labels=(a, b, *numbers), notes=notes)
    return front, CalibrationSide(back=True, marks=tuple(marks), labels=(c, d), notes=french_notes("back"))
