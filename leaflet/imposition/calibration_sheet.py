"""The calibration sheet, as data: lines to measure from, a ruler to find scaling with, and what to do.

A4 upright, front and back. A line stands 50 mm from the left edge and one 50 mm from the top edge of each side;
crosses in the corners lie at the same place of the paper on both sides, however it is turned. Whoever draws it
sets the texts in French; boxes have room for 11 pt (headings 16 pt).

Pages to measure by, as data: lines, labels and notes in their boxes, and a ruler to find scaling with.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.printer import NOMINAL, RULER
from leaflet.imposition.printer_marks import INK
from leaflet.imposition.records_on_sheets import Flip
from leaflet.layout.marks import Rule

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


COMMAND = "leaflet calibrate --front 50.8 49.6 --back 50.0 51.2 --ruler 150"

_CROSS = mm(10)  # from the paper's edges to the middle of a registration cross
_ARM = mm(4)
_TEXT_X, _TEXT_WIDTH = mm(60), mm(130)
_STEP_X, _STEP_WIDTH = mm(20), mm(170)


def calibration_sheet(flip: Flip = "long-edge") -> tuple[CalibrationSide, CalibrationSide]:
    """Return front and back, to be printed as the cards will be: turned about their long or short edge."""
    rules, numbers = place_ruler()
    front = CalibrationSide(
        back=False,
        width=WIDTH,
        height=HEIGHT,
        marks=(*_lines(), *_crosses(), *rules),
        labels=(*_letters("A", "B"), *numbers),
        notes=tuple(_front_notes(flip)),
    )
    back = CalibrationSide(
        back=True,
        width=WIDTH,
        height=HEIGHT,
        marks=(*_lines(), *_crosses()),
        labels=_letters("C", "D"),
        notes=tuple(_back_notes()),
    )
    return front, back


def _lines() -> tuple[Rule, Rule]:
    """Return the vertical and the horizontal line that are measured from."""
    upright = Rule(NOMINAL, mm(20), NOMINAL, mm(100), LINE, INK)
    return upright, Rule(mm(20), NOMINAL, mm(190), NOMINAL, LINE, INK)


def _letters(upright: str, level: str) -> tuple[Label, Label]:
    side = mm(6)
    return (
        Label(box=Box(NOMINAL + mm(1), mm(94), side, side), text=upright),
        Label(box=Box(mm(184), NOMINAL + mm(1), side, side), text=level),
    )


def _crosses() -> Iterator[Rule]:
    for x in (_CROSS, WIDTH - _CROSS):
        for y in (_CROSS, HEIGHT - _CROSS):
            yield Rule(x - _ARM, y, x + _ARM, y, LINE, INK)
            yield Rule(x, y - _ARM, x, y + _ARM, LINE, INK)


def _front_notes(flip: Flip) -> Iterator[Note]:
    edge = "bord long" if flip == "long-edge" else "bord court"
    yield Note(
        box=Box(_TEXT_X, mm(20), _TEXT_WIDTH, mm(18)), role="h1", text=french_text("Réglage de l’imprimante : recto")
    )
    about = (
        "Les planches de cartes tombent juste quand l’imprimante ne réduit rien et ne décale rien. Cette feuille "
        "le vérifie. Il faut une règle graduée en millimètres et cinq minutes."
    )
    yield Note(box=Box(_TEXT_X, mm(60), _TEXT_WIDTH, mm(32)), role="p", text=french_text(about))
    steps = (
        f"Imprimez cette feuille recto verso ({edge}), à 100 % ou « taille réelle », sans « ajuster à la page ».",
        "Mesurez la règle du bas, de 0 à 150. Si elle ne fait pas 150 mm à un demi-millimètre près, l’imprimante "
        "change la taille : reprenez à l’étape 1.",
        "Recto : mesurez du bord gauche du papier au trait A, puis du bord haut du papier au trait B. "
        "Notez les dixièmes de millimètre.",
        "Retournez la feuille, le texte du verso à l’endroit, et mesurez de même jusqu’aux traits C et D.",
        "Tapez, avec vos mesures à la place de celles-ci (A B, puis C D, puis la règle) :",
    )
    for number, step in enumerate(steps):
        box = Box(_STEP_X, mm(112) + number * mm(24), _STEP_WIDTH, mm(10.5))
        yield Note(box=box, role="li", text=french_text(step))
    yield Note(box=Box(_STEP_X, mm(219), _STEP_WIDTH, mm(10.5)), role="p", text=COMMAND)  # on a line of its own
    scale = "Cette règle doit mesurer 150 mm."
    yield Note(box=Box(RULER_X, mm(265), mm(150), mm(8)), role="p", text=french_text(scale))


def _back_notes() -> Iterator[Note]:
    yield Note(
        box=Box(_TEXT_X, mm(20), _TEXT_WIDTH, mm(18)), role="h1", text=french_text("Réglage de l’imprimante : verso")
    )
    lines = "Mesurez du bord gauche du papier au trait C, puis du bord haut du papier au trait D."
    yield Note(box=Box(_TEXT_X, mm(60), _TEXT_WIDTH, mm(20)), role="p", text=french_text(lines))
    crosses = (
        "Tenez la feuille devant une fenêtre : dans chaque coin, la croix du verso se voit sur celle du recto. Un "
        "écart de 1 mm est normal ; le réglage le réduit."
    )
    yield Note(box=Box(_STEP_X, mm(112), _STEP_WIDTH, mm(20)), role="p", text=french_text(crosses))
