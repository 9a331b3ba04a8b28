"""The calibration sheet, as data: lines to measure from, a ruler to find scaling with, and what to do.

A4 upright, front and back. A line stands 50 mm from the left edge and one 50 mm from the top edge of each side;
crosses in the corners lie at the same place of the paper on both sides, however it is turned. Boxes of the texts have
room for 11 pt (headings 16 pt).
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


def french_note(role: Role, x: Um, y: float, width: Um, height: float, text: str) -> Note:
    """Return a note in a box whose place from the top and height are mm."""
    return Note(Box(x, mm(y), width, mm(height)), role, french_text(text))


COMMAND = "leaflet calibrate --front 50.8 49.6 --back 50.0 51.2 --ruler 150"

_CROSS = mm(10)  # from the paper's edges to the middle of a registration cross
_ARM = mm(4)
_TEXT_X, _TEXT_WIDTH = mm(60), mm(130)
_STEP_X, _STEP_WIDTH = mm(20), mm(170)


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
    notes = tuple(_front_notes(flip))
    front = CalibrationSide(marks=(*marks, *rules), labels=(a, b, *numbers), notes=notes)
    return front, CalibrationSide(back=True, marks=tuple(marks), labels=(c, d), notes=tuple(_back_notes()))


def _front_notes(flip: Flip) -> Iterator[Note]:
    edge = "bord long" if flip == "long-edge" else "bord court"
    yield french_note("h1", _TEXT_X, 20, _TEXT_WIDTH, 18, "Réglage de l’imprimante : recto")
    about = (
        "Les planches de cartes tombent juste quand l’imprimante ne réduit rien et ne décale rien. Cette feuille "
        "le vérifie. Il faut une règle graduée en millimètres et cinq minutes."
    )
    yield french_note("p", _TEXT_X, 60, _TEXT_WIDTH, 32, about)
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
        yield french_note("li", _STEP_X, 112 + number * 24, _STEP_WIDTH, 10.5, step)
    yield Note(Box(_STEP_X, mm(219), _STEP_WIDTH, mm(10.5)), "p", COMMAND)  # on a line of its own
    yield french_note("p", RULER_X, 265, mm(150), 8, "Cette règle doit mesurer 150 mm.")


def _back_notes() -> Iterator[Note]:
    yield french_note("h1", _TEXT_X, 20, _TEXT_WIDTH, 18, "Réglage de l’imprimante : verso")
    lines = "Mesurez du bord gauche du papier au trait C, puis du bord haut du papier au trait D."
    yield french_note("p", _TEXT_X, 60, _TEXT_WIDTH, 20, lines)
    crosses = (
        "Tenez la feuille devant une fenêtre : dans chaque coin, la croix du verso se voit sur celle du recto. Un "
        "écart de 1 mm est normal ; le réglage le réduit."
    )
    yield french_note("p", _STEP_X, 112, _STEP_WIDTH, 20, crosses)
