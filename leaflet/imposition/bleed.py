"""Bleed: what touches the edge of a page is printed beyond it, so that a cut a little off leaves no white edge."""

from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.imposition.assemble import marks_piece
from leaflet.imposition.marks import PRESS_ZONE, press_box
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Box, Mark, Shape
from leaflet.layout.piece import Group, Piece
from leaflet.units import Um

_PIECES = 1024  # widened pieces remembered: those of a build number in the dozens
_SHEETS = 16  # sizes of sheets


class _Reach(NamedTuple):
    """How far a piece is from the edges of its face (µm): 0 where it touches one, in its own directions."""

    left: Um
    top: Um
    right: Um
    bottom: Um


class Bleeder:
    """Makes the pages of a print shop: bleed, boxes, marks.

    Args:
        bleed: µm on every side.
        color: the name of the colour of marks.
    """

    def __init__(self, bleed: Um, color: str, *, zone: Um = PRESS_ZONE) -> None:
        self.bleed, self._color, self._zone = bleed, color, zone
        self._widened = lru_cache(maxsize=_PIECES)(self._widen)
        self._marks = lru_cache(maxsize=_SHEETS)(self._make_marks)

    def page(self, face: Face) -> Face:
        """The press page of a face: larger by bleed and marks, its fills widened to the bleed's edge."""
        marks, media, trim = self._marks(face.width, face.height, face.folds)
        placed = [self._place(item, face, trim) for item in face.placed]
        return Face(media.width, media.height, (*placed, Placed(marks, 0, 0, artifact=True)), (), trim, self.bleed)

    def _make_marks(self, width: Um, height: Um, folds: tuple[Um, ...]) -> tuple[Piece, Box, Box]:
        box = press_box(width, height, bleed=self.bleed, zone=self._zone, folds=folds)
        marks = [replace(mark, color=self._color) for mark in box.marks]
        return marks_piece(marks, box.media.width, box.media.height), box.media, box.trim

    def _place(self, placed: Placed, face: Face, trim: Box) -> Placed:
        box = placed.box
        reach = _Reach(box.x, box.y, face.width - box.right, face.height - box.bottom)
        if placed.turned:
            reach = _Reach(reach.right, reach.bottom, reach.left, reach.top)
        piece = self._widened(placed.piece, reach) if min(reach) <= 0 else placed.piece
        return placed._replace(piece=piece, x=placed.x + trim.x, y=placed.y + trim.y)

    def _widen(self, piece: Piece, reach: _Reach) -> Piece:
        """A piece whose fills go on beyond the edges they touch."""
        groups = tuple(
            Group(tuple(self._widen_mark(mark, piece, reach) for mark in group.marks), group.leaf, group.role)
            for group in piece.groups
        )
        return replace(piece, groups=groups, stencil=None)

    def _widen_mark(self, mark: Mark, piece: Piece, reach: _Reach) -> Mark:
        if not isinstance(mark, Shape) or not mark.fill:
            return mark
        box = mark.box
        left = self.bleed if box.x + reach.left <= 0 else 0
        top = self.bleed if box.y + reach.top <= 0 else 0
        right = self.bleed if piece.width - box.right + reach.right <= 0 else 0
        bottom = self.bleed if piece.height - box.bottom + reach.bottom <= 0 else 0
        wide = Box(box.x - left, box.y - top, box.width + left + right, box.height + top + bottom)
        return replace(mark, box=wide)
