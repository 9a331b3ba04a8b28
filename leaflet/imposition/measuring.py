"""Pages to measure by, as data: lines, labels and notes in their boxes, and a ruler to find scaling with.

A4 upright. Whoever draws them sets the texts in French.
"""

import re
from typing import Literal

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.imposition.marks import INK
from leaflet.imposition.printer import RULER
from leaflet.layout.marks import Rule
from leaflet.units import Um, mm, pt

WIDTH, HEIGHT = mm(210), mm(297)
LINE = pt(0.5)
RULER_X = mm(30)

Role = Literal["h1", "p", "li"]

_RULER_Y = mm(255)
_TICKS = ((10, mm(6)), (5, mm(4)), (1, mm(2.5)))  # every so many mm, so high; the first that divides counts
_NO_BREAK = re.compile(r" (?=[:;!?»%])|(?<=«) |(?<=\d) (?=mm)")


class Note(Struct, frozen=True, kw_only=True):
    """A text for the reader: its box, its role in the structure, its words."""

    box: Box
    role: Role
    text: str


class Label(Struct, frozen=True, kw_only=True):
    """A letter or number beside a line, centred in its box; decoration."""

    box: Box
    text: str


class CalibrationSide(Struct, frozen=True, kw_only=True):
    """One side of the sheet: outlines, marks and labels are decoration, notes are in reading order."""

    back: bool
    width: Um
    height: Um
    marks: tuple[Rule, ...]
    labels: tuple[Label, ...]
    notes: tuple[Note, ...]
    outlines: tuple[Box, ...] = ()


def place_ruler() -> tuple[list[Rule], list[Label]]:
    """Return 150 mm with a tick each millimetre, numbers each centimetre."""
    rules = [Rule(RULER_X, _RULER_Y, RULER_X + RULER, _RULER_Y, LINE, INK)]
    labels = []
    for number in range(RULER // mm(1) + 1):
        x = RULER_X + mm(number)
        height = next(height for every, height in _TICKS if number % every == 0)
        rules.append(Rule(x, _RULER_Y - height, x, _RULER_Y, LINE, INK))
        if number % 10 == 0:
            labels.append(Label(box=Box(x - mm(5), _RULER_Y + mm(1), mm(10), mm(5)), text=str(number)))
    return rules, labels


def french_text(text: str) -> str:
    """Return `text` with no-break spaces where French wants them."""
    return _NO_BREAK.sub("\u00a0", text)
