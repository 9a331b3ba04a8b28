"""Find pages whose pieces paint over each other: what such a page shows is seen in a picture of all of it only.

Pieces are read one by one, each in its own picture. In a page as leaflet makes it they stand side by side, or a later
one writes on the ground that an earlier one has painted.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.preflight.evidence import Evidence
from leaflet.preflight.text.writing_lines import find_labelled_lines
from leaflet.units import mm

_LINE = mm(1)  # below an area to write in, where its line is


class _Areas(Struct, frozen=True):
    """Some boxes, and the one around all of them; None if there are none."""

    boxes: tuple[Box, ...]
    around: Box | None

    def meet(self, others: "_Areas") -> bool:
        """Check whether any box overlaps any of the others; most pairs of pieces stand apart as a whole."""
        if self.around is None or others.around is None or not self.around.overlaps(others.around):
            return False
        near = [box for box in self.boxes if box.overlaps(others.around)]
        return any(one.overlaps(other) for one in near for other in others.boxes)


class Footprint(Struct, frozen=True):
    """The areas of a piece.

    Attributes:
        shown: words and codes.
        painted: all else that is painted.
        rooms: areas to write in that have a label, with their lines.
    """

    shown: _Areas
    painted: _Areas
    rooms: _Areas


def footprint(piece: Evidence) -> Footprint:
    """Return the areas of a piece."""
    words = [word.box for word in piece.words if not word.is_hidden]
    rooms = [line.room for line in find_labelled_lines(piece)]
    return Footprint(
        shown=_areas([*words, *(code.box for code in piece.codes)]),
        painted=_areas(piece.painted),
        rooms=_areas(Box(room.x, room.y, room.width, room.height + _LINE) for room in rooms),
    )


def is_painted_over(pieces: Sequence[Footprint]) -> bool:
    """Check whether a piece paints over words or codes of an earlier one, or stands where one writes on another."""
    for number, piece in enumerate(pieces):
        later = pieces[number + 1 :]
        if any(piece.shown.meet(other.painted) for other in later):
            return True
        others = (*pieces[:number], *later)
        if any(piece.rooms.meet(areas) for other in others for areas in (other.shown, other.painted)):
            return True
    return False


def _areas(boxes: Iterable[Box]) -> _Areas:
    found = tuple(boxes)
    if not found:
        return _Areas((), None)
    left, top = min(box.x for box in found), min(box.y for box in found)
    right, bottom = max(box.right for box in found), max(box.bottom for box in found)
    return _Areas(found, Box(left, top, right - left, bottom - top))
