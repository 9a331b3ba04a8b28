"""The drawing of a sheet of stock, as data: print it on plain paper and hold it, with the sheet, against the light.

A page for the front with the outline of every place, its number, and the measures in mm; one for the back, if the
stock has two sides; and a page that says what to do, with a ruler. Texts are in French, as on the calibration sheet.
"""

from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm
from leaflet.imposition.calibration_sheet import (
    LINE,
    CalibrationSide,
    Label,
    Note,
    french_notes,
    french_text,
    name_edge,
    place_ruler,
)
from leaflet.imposition.printer_marks import INK
from leaflet.imposition.records_on_sheets import Flip, SheetSide, plan_sheets
from leaflet.imposition.stock import Stock
from leaflet.imposition.toml_lengths import both_mm
from leaflet.layout.marks import Rule

_FIGURE = mm(22), mm(4)  # the box of a measure in 8 pt
_AIR = mm(1)
_ROOM = mm(50), mm(28)  # the least place that has room for measures; those of smaller ones stand on the last page
# Of stock, that its drawing says.
_LENGTHS = ("width", "height", "pitch_x", "pitch_y", "left", "right", "top", "bottom", "sheet_width", "sheet_height")


def stock_drawing(stock: Stock, flip: Flip = "long-edge") -> tuple[CalibrationSide, ...]:
    """Return the pages: front, back if the stock has two sides, what to do."""
    sides = plan_sheets(stock, stock.count, faces=stock.sides, flip=flip)
    rules, numbers = place_ruler()
    guide = CalibrationSide(marks=tuple(rules), labels=tuple(numbers), notes=_notes(stock, flip))
    return (*(_draw_side(side, stock) for side in sides), guide)


def _draw_side(side: SheetSide, stock: Stock) -> CalibrationSide:
    boxes = tuple(item.box for item in side.items)  # in the order of their numbers, on the back as well
    has_room = stock.width >= _ROOM[0] and stock.height >= _ROOM[1]
    high = _FIGURE[1]
    labels: list[Label] = []
    marks: list[Rule] = []
    for number, box in enumerate(boxes, 1):  # above the middle of each place
        labels.append(
            Label(Box(box.x, max(box.y, box.y + box.height // 2 - high - _AIR), box.width, high), str(number))
        )
    if has_room:
        about = (  # under the number of the first place
            f"{_mm(stock.width)} × {_mm(stock.height)} mm",
            f"pas {_mm(stock.pitch_x)} × {_mm(stock.pitch_y)} mm",
            f"{stock.key}, {'verso' if side.back else 'recto'}",
        )
        first = boxes[0]
        for number, line in enumerate(about):
            y = first.y + first.height // 2 + number * high
            labels.append(Label(Box(first.x + _AIR, y, first.width - 2 * _AIR, high), french_text(line)))
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
    across = Rule(0, level, first.x, level, LINE, INK), Rule(right.right, level, stock.sheet_width, level, LINE, INK)
    down = (
        Rule(upright, 0, upright, first.y, LINE, INK),
        Rule(upright, bottom.bottom, upright, stock.sheet_height, LINE, INK),
    )
    figures = (
        (stock.left, Box(first.x + _AIR, level - high // 2, wide, high)),
        (stock.right, Box(right.right - _AIR - wide, level - high // 2, wide, high)),
        (stock.top, Box(upright + wide // 2, first.y + _AIR, wide, high)),
        (stock.bottom, Box(upright + wide // 2, bottom.bottom - _AIR - high, wide, high)),
    )
    rules = [rule for rule in (*across, *down) if (rule.x1, rule.y1) != (rule.x2, rule.y2)]
    return rules, [Label(box, french_text(f"{_mm(length)} mm")) for length, box in figures]


def _notes(stock: Stock, flip: Flip) -> tuple[Note, ...]:
    sides = f", recto verso ({name_edge(flip)})," if stock.sides > 1 else ""
    said = {name: getattr(stock, name) for name in ("name", "columns", "rows", "source")}
    return french_notes("drawing", sides=sides, **said, **{name: _mm(getattr(stock, name)) for name in _LENGTHS})


def _mm(length: Um) -> str:
    """Return a length in French, without its unit."""
    return str(both_mm(it=length)["it_fr"])
