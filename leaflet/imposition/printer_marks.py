"""Marks printed around the faces of a sheet: crop marks, fold marks, the control line.

All of it is decoration (artifacts). Positions are computed from the side they stand on, so a side moved for a
printer (`leaflet.imposition.printer.shift`) is given its marks after the move.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.records_on_sheets import SheetSide
from leaflet.imposition.stock import UNPRINTABLE, Stock
from leaflet.layout.marks import Rule
from leaflet.layout.piece import Group, Piece

INK = "ink"
MARK_OFFSET = mm(3)  # from the trim to a mark, when there is no wider bleed
MARK_LENGTH = mm(5)
SHORTEST_MARK = mm(2)
MARK_WIDTH = pt(0.5)  # what an office printer and a copier keep
FOLD_TICK = mm(3)

CONTROL_LENGTH = mm(50)
_CONTROL_TICK = mm(3)
_CONTROL_GAP = mm(3)  # between line and text
_CLEARANCE = mm(1)  # to crop marks and places
_ASIDE = mm(2)  # further from a crop mark, which must not be taken for the line's end
_LABELS = ((mm(82), mm(4)), (mm(46), mm(7.5)))  # the text at 7.5 pt in one line (77.3 mm) or in two


class ControlLine(Struct, frozen=True, kw_only=True):
    """A line of exactly 50 mm between the middles of its end ticks, and the room for its text."""

    line: Rule
    ticks: tuple[Rule, Rule]
    label: Box


def crop_marks(side: SheetSide, stock: Stock) -> tuple[Rule, ...]:
    """Return crop marks at the margins and in gutters wide enough; none on stock that is cut already.

    Each cut line is marked once, also one that two places share. A mark starts 3 mm from the trim,
    and is 5 mm long; where the paper has less room it is shortened to the printable area, and left out under 2 mm.
    """
    if not stock.cut or not side.places:
        return ()
    columns = sorted({(place.x, place.right) for place in side.places})
    rows = sorted({(place.y, place.bottom) for place in side.places})
    down, across = _mark_spans(rows, side.height), _mark_spans(columns, side.width)
    upright = [Rule(x, a, x, b, MARK_WIDTH, INK) for x in _cuts(columns, side.width) for a, b in down]
    level = [Rule(a, y, b, y, MARK_WIDTH, INK) for y in _cuts(rows, side.height) for a, b in across]
    return (*upright, *level)


def fold_marks(side: SheetSide) -> tuple[Rule, ...]:
    """Return ticks of 3 mm at both ends of each fold, from 4 to 7 mm inside the paper's edge.

    Office folds have no paper outside the trim, so the ticks stand on the face; they meet no text, which keeps
    5 mm from every fold (`leaflet.imposition.impose.FOLD_CLEARANCE`). A press page has dashes outside
    (`leaflet.imposition.bleed`).
    """
    bottom = side.height - UNPRINTABLE
    ends = (UNPRINTABLE, UNPRINTABLE + FOLD_TICK), (bottom - FOLD_TICK, bottom)
    return tuple(Rule(x, start, x, end, MARK_WIDTH, INK) for x in side.folds for start, end in ends)


def control_line(side: SheetSide, stock: Stock) -> ControlLine | None:
    """Return the control line in the bottom margin, else in the top one; None when neither has room for it.

    It stays clear of places, of crop marks, and of the margin that printers leave white.
    """
    marks = [rule_area(mark).grown(_CLEARANCE) for mark in crop_marks(side, stock)]
    for strip in _margins(side):
        spans = _free_spans(strip, [box for box in marks if box.overlaps(strip)])
        for width, height in _LABELS:
            if strip.height >= height and (found := _seat(spans, width)):
                (x, label_x), y = found, strip.y + strip.height // 2
                top, bottom, end = y - _CONTROL_TICK // 2, y + _CONTROL_TICK // 2, x + CONTROL_LENGTH
                ticks = Rule(x, top, x, bottom, MARK_WIDTH, INK), Rule(end, top, end, bottom, MARK_WIDTH, INK)
                label = Box(label_x, y - height // 2, width, height)
                return ControlLine(line=Rule(x, y, end, y, MARK_WIDTH, INK), ticks=ticks, label=label)
    return None


def marks_piece(marks: Sequence[Rule], width: Um, height: Um) -> Piece:
    """Return marks as a piece of the sheet's size: decoration, read by nobody."""
    areas = tuple(map(rule_area, marks))
    return Piece("marks", "", width, height, (Group(tuple(marks), None),), (), 0, areas=areas)


def rule_area(rule: Rule) -> Box:
    """Return the rectangle a straight line prints in, µm, ends square."""
    left, top = min(rule.x1, rule.x2), min(rule.y1, rule.y2)
    return Box(left, top, abs(rule.x2 - rule.x1), abs(rule.y2 - rule.y1)).grown(-(-rule.width // 2))


def _cuts(spans: Iterable[tuple[Um, Um]], length: Um) -> list[Um]:
    """Return the edges of all spans, once each, that a printer can print at."""
    edges = sorted({edge for span in spans for edge in span})
    return [edge for edge in edges if UNPRINTABLE + MARK_WIDTH <= edge <= length - UNPRINTABLE - MARK_WIDTH]


def _mark_spans(spans: Sequence[tuple[Um, Um]], length: Um) -> list[tuple[Um, Um]]:
    """Return where along a cut marks stand: before the first span, in each gutter, after the last."""
    first, last = spans[0][0] - MARK_OFFSET, spans[-1][1] + MARK_OFFSET
    found = [(first - MARK_LENGTH, first)]
    for (_, end), (start, _) in pairwise(spans):
        near, far = end + MARK_OFFSET, start - MARK_OFFSET
        is_wide = far - near > 2 * MARK_LENGTH
        found += [(near, near + MARK_LENGTH), (far - MARK_LENGTH, far)] if is_wide else [(near, far)]
    found.append((last, last + MARK_LENGTH))
    inside = [(max(start, UNPRINTABLE), min(end, length - UNPRINTABLE)) for start, end in found]
    return [(start, end) for start, end in inside if end - start >= SHORTEST_MARK]


def _margins(side: SheetSide) -> list[Box]:
    """Return the strips that can be printed below the places and above them; heights may be negative."""
    top = min((place.y for place in side.places), default=0) - _CLEARANCE
    bottom = max((place.bottom for place in side.places), default=side.height) + _CLEARANCE
    width = side.width - 2 * UNPRINTABLE
    below = Box(UNPRINTABLE, bottom, width, side.height - UNPRINTABLE - bottom)
    return [below, Box(UNPRINTABLE, UNPRINTABLE, width, top - UNPRINTABLE)]


def _free_spans(strip: Box, taken: Sequence[Box]) -> list[tuple[Um, Um]]:
    """Return the parts of a strip, from left to right, above and below which nothing stands."""
    spans: list[tuple[Um, Um]] = []
    x = strip.x
    for box in sorted(taken, key=lambda box: box.x):
        if box.x > x:
            spans.append((x, box.x))
        x = max(x, box.right)
    return [*spans, (x, strip.right)] if x < strip.right else spans


def _seat(spans: Sequence[tuple[Um, Um]], label: Um) -> tuple[Um, Um] | None:
    """Return where line and text begin: beside each other in one span, else in two that follow each other."""
    half = MARK_WIDTH  # a tick prints half its width beyond the line's end
    needed = CONTROL_LENGTH + _CONTROL_GAP + label + 2 * half
    for start, end in spans:
        slack = end - start - needed
        if slack >= _ASIDE:
            x = start + half + max(_ASIDE, slack // 2)
            return x, x + CONTROL_LENGTH + _CONTROL_GAP
    for (start, end), (after, last) in pairwise(spans):
        if end - start >= CONTROL_LENGTH + 2 * (half + _ASIDE) and last - after >= label:
            return end - half - _ASIDE - CONTROL_LENGTH, after
    return None
