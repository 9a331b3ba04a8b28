"""Find pages whose pieces paint over each other: what such a page shows is seen in a picture of all of it only.

Pieces are read one by one, each in its own picture. In a page as leaflet makes it they stand side by side, or a later
one writes on the ground that an earlier one has painted.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.preflight.evidence import Evidence
from leaflet.preflight.text.writing_lines import find_labelled_lines
from leaflet.units import mm

_LINE = mm(1)  # below an area to write in, where its line is


class Footprint(Struct, frozen=True):
    """The areas of a piece, and the one around those of each kind; None if it has none.

    Attributes:
        shown: words and codes.
        painted: all else that is painted.
        rooms: areas to write in that have a label, with their lines.
    """

    shown: tuple[Box, ...]
    painted: tuple[Box, ...]
    rooms: tuple[Box, ...]
    around_shown: Box | None
    around_painted: Box | None


def footprint(piece: Evidence) -> Footprint:
    """Return the areas of a piece."""
    shown = (*(word.box for word in piece.words if not word.is_hidden), *(code.box for code in piece.codes))
    rooms = tuple(
        Box(line.room.x, line.room.y, line.room.width, line.room.height + _LINE)
        for line in find_labelled_lines(piece)
    )
    return Footprint(shown, piece.painted, tuple(rooms), _around(shown), _around(piece.painted))


def is_painted_over(pieces: Sequence[Footprint]) -> bool:
    """Check whether a piece paints over words or codes of an earlier one, or another one stands where one writes."""
    for number, piece in enumerate(pieces):
        later = pieces[number + 1 :]
        if any(_meet(piece.shown, piece.around_shown, one.painted, one.around_painted) for one in later):
            return True
        others = chain(pieces[:number], later)
        if piece.rooms and any(_stands_in(piece.rooms, other) for other in others):
            return True
    return False


def _stands_in(rooms: Sequence[Box], piece: Footprint) -> bool:
    around = _around(rooms)
    return _meet(rooms, around, piece.painted, piece.around_painted) or _meet(
        rooms, around, piece.shown, piece.around_shown
    )


def _meet(ones: Sequence[Box], around: Box | None, others: Sequence[Box], around_others: Box | None) -> bool:
    """Check whether any of some boxes overlaps any of others; `around` are the boxes around them."""
    if around is None or around_others is None or not around.overlaps(around_others):
        return False
    near = [other for other in others if other.overlaps(around)]
    return any(one.overlaps(other) for one in _near(ones, around_others) for other in near)


def _near(boxes: Iterable[Box], around: Box) -> Iterator[Box]:
    return (box for box in boxes if box.overlaps(around))


def _around(boxes: Sequence[Box]) -> Box | None:
    """Return the box around boxes."""
    if not boxes:
        return None
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, bottom - top)
