"""The calibration sheet, and the drawing of a sheet of stock, as data: what is measured, and what is to be done.

The calibration sheet is A4 upright, front and back. A line stands 50 mm from the left edge and one 50 mm from the top
edge of each side; crosses in the corners lie at the same place of the paper on both sides, however it is turned.

A drawing is printed on plain paper and held, with the sheet of stock, against the light: a page for the front with
the outline of every place, its number, and the measures in mm; one for the back, if the stock has two sides; and a
page that says what to do. Boxes of the texts have room for 11 pt (headings 16 pt), and both have a ruler.
"""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.printer import NOMINAL, RULER
from leaflet.imposition.printer_marks import INK
from leaflet.imposition.records_on_sheets import Flip, SheetSide, plan_sheets
from leaflet.imposition.stock import Stock, both_mm
from leaflet.layout.marks import Rule
from leaflet.program import own_table

Role = Literal["h1", "p", "li"]

_WIDTH, _HEIGHT = mm(210), mm(297)
_LINE = pt(0.5)
_RULER_X, _RULER_Y = mm(30), mm(255)
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
    width: Um = _WIDTH
    height: Um = _HEIGHT
    outlines: tuple[Box, ...] = ()  # these, marks and labels are decoration
    marks: tuple[Rule, ...]
    labels: tuple[Label, ...]
    notes: tuple[Note, ...] = ()  # in reading order


def _place_ruler() -> tuple[list[Rule], list[Label]]:
    """Return 150 mm with a tick each millimetre, numbers each centimetre."""
    rules = [Rule(_RULER_X, _RULER_Y, _RULER_X + RULER, _RULER_Y, _LINE, INK)]
    labels = []
    for number in range(RULER // mm(1) + 1):
        x = _RULER_X + mm(number)
        height = next(height for every, height in _TICKS if number % every == 0)
        rules.append(Rule(x, _RULER_Y - height, x, _RULER_Y, _LINE, INK))
        if number % 10 == 0:
            labels.append(Label(Box(x - mm(5), _RULER_Y + mm(1), mm(10), mm(5)), str(number)))
    return rules, labels


def _french_text(text: str) -> str:
    """Return `text` with no-break spaces where French wants them."""
    return _NO_BREAK.sub("\u00a0", text)


def _french_notes(page: str, **values: object) -> tuple[Note, ...]:
    """Return the notes of a page as ``assets/test_sheets.toml`` has them, with these values in their texts."""
    written = own_table("test_sheets.toml")[page]  # their boxes are in mm
    return tuple(
        Note(Box(*map(mm, one["box"])), one["role"], _french_text(one["text"].format(**values))) for one in written
    )


def _name_edge(flip: Flip) -> str:
    """Return the edge that sheets are turned about, as printers call it in French."""
    return "bord long" if flip == "long-edge" else "bord court"


_CROSS = mm(10)  # from the paper's edges to the middle of a registration cross
_ARM = mm(4)


def calibration_sheet(flip: Flip = "long-edge") -> tuple[CalibrationSide, CalibrationSide]:
    """Return front and back, to be printed as the cards will be: turned about their long or short edge."""
    rules, numbers = _place_ruler()
    upright = Rule(NOMINAL, mm(20), NOMINAL, mm(100), _LINE, INK)
    marks = [upright, Rule(mm(20), NOMINAL, mm(190), NOMINAL, _LINE, INK)]  # what is measured from
    for x in (_CROSS, _WIDTH - _CROSS):
        for y in (_CROSS, _HEIGHT - _CROSS):
            marks += Rule(x - _ARM, y, x + _ARM, y, _LINE, INK), Rule(x, y - _ARM, x, y + _ARM, _LINE, INK)
    boxes = Box(NOMINAL + mm(1), mm(94), mm(6), mm(6)), Box(mm(184), NOMINAL + mm(1), mm(6), mm(6))
    (a, b), (c, d) = (tuple(map(Label, boxes, letters)) for letters in ("AB", "CD"))
    notes = _french_notes("front", edge=_name_edge(flip))
    front = CalibrationSide(marks=(*marks, *rules), labels=(a, b, *numbers), notes=notes)
    return front, CalibrationSide(back=True, marks=tuple(marks), labels=(c, d), notes=_french_notes("back"))


_FIGURE = mm(22), mm(4)  # the box of a measure in 8 pt
_AIR = mm(1)
_ROOM = mm(50), mm(28)  # the least place that has room for measures; those of smaller ones stand on the last page
# Of stock, that its drawing says.
_LENGTHS = ("width", "height", "pitch_x", "pitch_y", "left", "right", "top", "bottom", "sheet_width", "sheet_height")


def stock_drawing(stock: Stock, flip: Flip = "long-edge") -> tuple[CalibrationSide, ...]:
    """Return the pages: front, back if the stock has two sides, what to do."""
    sides = plan_sheets(stock, stock.count, faces=stock.sides, flip=flip)
    rules, numbers = _place_ruler()
    guide = CalibrationSide(marks=tuple(rules), labels=tuple(numbers), notes=_notes(stock, flip))
    return (*(_draw_side(side, stock) for side in sides), guide)


def _draw_side(side: SheetSide, stock: Stock) -> CalibrationSide:
    boxes = tuple(item.box for item in side.items)  # in the order of their numbers, on the back as well
    has_room = stock.width >= _ROOM[0] and stock.height >= _ROOM[1]
    high, marks = _FIGURE[1], list[Rule]()
    labels = [  # above the middle of each place
        Label(Box(box.x, max(box.y, box.y + box.height // 2 - high - _AIR), box.width, high), str(number))
        for number, box in enumerate(boxes, 1)
    ]
    if has_room:
        about = (  # under the number of the first place
            f"{_mm(stock.width)} × {_mm(stock.height)} mm",
            f"pas {_mm(stock.pitch_x)} × {_mm(stock.pitch_y)} mm",
            f"{stock.key}, {'verso' if side.back else 'recto'}",
        )
        first = boxes[0]
        for number, line in enumerate(about):
            y = first.y + first.height // 2 + number * high
            labels.append(Label(Box(first.x + _AIR, y, first.width - 2 * _AIR, high), _french_text(line)))
        if not side.back:
            marks, figures = _margins(stock, boxes)
            labels += figures
    page = CalibrationSide(back=side.back, outlines=boxes, marks=tuple(marks), labels=tuple(labels))
    return replace(page, width=side.width, height=side.height)


def _margins(stock: Stock, boxes: tuple[Box, ...]) -> tuple[list[Rule], list[Label]]:
    """Return lines across the four margins, and their lengths inside the places beside them."""
    first, right, bottom = boxes[0], boxes[stock.columns - 1], boxes[-stock.columns]
    wide, high = _FIGURE
    level, upright = first.y + first.height // 4, first.x + first.width // 6
    across = (
        Rule(0, level, first.x, level, _LINE, INK),
        Rule(right.right, level, stock.sheet_width, level, _LINE, INK),
    )
    down = (
        Rule(upright, 0, upright, first.y, _LINE, INK),
        Rule(upright, bottom.bottom, upright, stock.sheet_height, _LINE, INK),
    )
    figures = (
        (stock.left, Box(first.x + _AIR, level - high // 2, wide, high)),
        (stock.right, Box(right.right - _AIR - wide, level - high // 2, wide, high)),
        (stock.top, Box(upright + wide // 2, first.y + _AIR, wide, high)),
        (stock.bottom, Box(upright + wide // 2, bottom.bottom - _AIR - high, wide, high)),
    )
    rules = [rule for rule in (*across, *down) if (rule.x1, rule.y1) != (rule.x2, rule.y2)]
    return rules, [Label(box, _french_text(f"{_mm(length)} mm")) for length, box in figures]


def _notes(stock: Stock, flip: Flip) -> tuple[Note, ...]:
    sides = f", recto verso ({_name_edge(flip)})," if stock.sides > 1 else ""
    said = {name: getattr(stock, name) for name in ("name", "columns", "rows", "source")}
    return _french_notes("drawing", sides=sides, **said, **{name: _mm(getattr(stock, name)) for name in _LENGTHS})


def _mm(length: Um) -> str:
    """Return a length in French, without its unit."""
    return str(both_mm(it=length)["it_fr"])
