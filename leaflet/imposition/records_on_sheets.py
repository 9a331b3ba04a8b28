"""Records onto sheets: which place each takes, and where its back goes so that both meet through the paper.

Geometry of backs (own; consistent with the HP universal driver's text on long and short edge binding): a sheet
turned about a vertical axis shows x as W − x; turned about a horizontal axis it shows y as H − y, and each card
stands on its head, as if the first back were rotated by 180° as a whole.
"""

from typing import Literal

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.geometry import Box, Um
from leaflet.imposition.stock import Stock

Flip = Literal["long-edge", "short-edge"]  # the edge about which the printer turns the sheet
Order = Literal["rows", "stack"]  # row by row, or so that cut piles laid on each other are in order (cut and stack)


class Imposed(Struct, frozen=True, kw_only=True):
    """A face of a record on a side of a sheet: its box in µm, `turned` by 180° in it or not."""

    record: int
    face: int
    box: Box
    turned: bool = False


class SheetSide(Struct, frozen=True, kw_only=True):
    """One side of a sheet, as it is looked at.

    Args:
        sheet: number of the sheet, from 0.
        width, height: of the sheet, in µm.
    """

    sheet: int
    back: bool
    width: Um
    height: Um
    items: tuple[Imposed, ...]  # in reading order
    folds: tuple[Um, ...] = ()  # x of its vertical folds, in µm, from left to right
    places: tuple[Box, ...] = ()  # all places of the stock as they lie on this side, taken or not: what is cut out


def plan_sheets(
    stock: Stock, records: int, *, faces: int = 2, start: int = 1, flip: Flip = "long-edge", order: Order = "rows"
) -> tuple[SheetSide, ...]:
    """Return the sides of all sheets in printing order: front, back, front, back …; fronts only with one face.

    `start` is the first free place of the first sheet, from 1, row by row; `check_start` reports a wrong one before.
    Without `records` there is no sheet.
    """
    if not 1 <= start <= stock.count:
        raise ValueError(f"start is {start}; stock {stock.key} has the places 1 to {stock.count}")
    if faces not in (1, 2):
        raise ValueError(f"a place has one face or two, not {faces}")
    sides: list[SheetSide] = []
    places, width, height = stock.places, stock.sheet_width, stock.sheet_height
    ways = [(places, False)]  # of each face: its places, and whether it stands on its head
    if faces > 1 and has_vertical_axis(width, height, flip):
        ways.append((tuple(box._replace(x=width - box.right) for box in places), False))
    elif faces > 1:
        ways.append((tuple(box._replace(y=height - box.bottom) for box in places), True))
    for sheet, taken in enumerate(_allot(stock.count, records, start, order)):
        for face, (boxes, is_turned) in enumerate(ways):
            items = [
                Imposed(record=record, face=face, box=boxes[place], turned=is_turned)
                for record, place in sorted(taken.items())
            ]
            side = SheetSide(sheet=sheet, back=face > 0, width=width, height=height, items=tuple(items), places=boxes)
            sides.append(side)
    return tuple(sides)


def check_start(stock: Stock, start: int, place: Place, report: Report) -> None:
    """Check that the stock has a place numbered `start`."""
    if not 1 <= start <= stock.count:
        report.add("P110", place, value=start, count=stock.count, name=stock.name)


def duplex_name(flip: Flip) -> Literal["DuplexFlipLongEdge", "DuplexFlipShortEdge"]:
    """Return the name that the PDF's viewer preferences have for `flip` (ISO 32000-1, table 150, ``/Duplex``)."""
    return "DuplexFlipLongEdge" if flip == "long-edge" else "DuplexFlipShortEdge"


def has_vertical_axis(width: Um, height: Um, flip: Flip) -> bool:
    """Check whether the sheet turns like a page: upright about its long edge, landscape about its short one."""
    return (flip == "long-edge") == (height >= width)


def _allot(count: int, records: int, start: int, order: Order) -> list[dict[int, int]]:
    """Return for each sheet the place (from 0) of each record on it.

    Stacked, records go down each pile, the first sheet on top. The piles of places used up before (`start` > 1) are
    one sheet lower and come last; so every sheet is used.
    """
    used = start - 1
    sheets: list[dict[int, int]] = [{} for _ in range(-(-(records + used) // count) if records else 0)]
    slots = (divmod(number, count) for number in range(used, used + records))
    if order == "stack":
        piles = (*range(used, count), *range(used))
        slots = ((sheet, place) for place in piles for sheet in range(int(place < used), len(sheets)))
    for record, (sheet, place) in zip(range(records), slots, strict=False):
        sheets[sheet][record] = place
    return sheets
