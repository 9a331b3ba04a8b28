"""Bleed: what touches the edge of a page is printed beyond it, so that a cut a little off leaves no white edge."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.printer_marks import INK, MARK_LENGTH, MARK_OFFSET, marks_piece
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Mark, Rule, Shape
from leaflet.layout.piece import Group, Piece

PRESS_ZONE = mm(10)  # around the bleed
PRESS_MARK_WIDTH = pt(0.25)
FOLD_DASH = mm(1)  # on and off
_PIECES = 1024  # widened pieces remembered: those of a build number in the dozens
_SHEETS = 16  # sizes of sheets


def press_box(width: Um, height: Um, bleed: Um, folds: Iterable[Um] = ()) -> tuple[Box, Box, list[Rule]]:
    """Return the page of a face for a print shop: media and trim, centred in it, crop and fold marks.

    Crop marks start at the bleed's edge (3 mm from the trim without bleed), 5 mm long, 0.25 pt; folds, as x from
    the trim's left, are dashed there.
    """
    outer, border = bleed or MARK_OFFSET, bleed + PRESS_ZONE
    trim = Box(border, border, width, height)
    inner = outer + MARK_LENGTH
    rows = ((trim.y - inner, trim.y - outer), (trim.bottom + outer, trim.bottom + inner))
    columns = ((trim.x - inner, trim.x - outer), (trim.right + outer, trim.right + inner))
    marks = [Rule(x, a, x, b, PRESS_MARK_WIDTH, INK) for x in (trim.x, trim.right) for a, b in rows]
    marks += [Rule(a, y, b, y, PRESS_MARK_WIDTH, INK) for y in (trim.y, trim.bottom) for a, b in columns]
    for fold in folds:
        for start, end in rows:
            dashes = range(start, end, 2 * FOLD_DASH)
            marks += [Rule(trim.x + fold, y, trim.x + fold, y + FOLD_DASH, PRESS_MARK_WIDTH, INK) for y in dashes]
    return Box(0, 0, width + 2 * border, height + 2 * border), trim, marks


_Reach = tuple[Um, Um, Um, Um]
"""Distances of a piece from the left, top, right and bottom edges of its face, in its own directions, from 0."""


class Bleeder:
    """A maker of pages for a print shop: bleed (µm on every side), boxes, marks in a colour."""

    def __init__(self, bleed: Um, color: str) -> None:
        self.bleed, self._color = bleed, color
        self._widened = lru_cache(maxsize=_PIECES)(self._widen)
        self._marks = lru_cache(maxsize=_SHEETS)(self._make_marks)

    def page(self, face: Face) -> Face:
        """Return the press page of a face: larger by bleed and marks, its fills widened to the bleed's edge."""
        marks, media, trim = self._marks(face.width, face.height, face.folds)
        placed = [self._place(item, face, trim) for item in face.placed]
        return Face(media.width, media.height, (*placed, Placed(marks, 0, 0, artifact=True)), (), trim, self.bleed)

    def _make_marks(self, width: Um, height: Um, folds: tuple[Um, ...]) -> tuple[Piece, Box, Box]:
        media, trim, marks = press_box(width, height, self.bleed, folds)
        marks = [replace(mark, color=self._color) for mark in marks]
        return marks_piece(marks, media.width, media.height), media, trim

    def _place(self, placed: Placed, face: Face, trim: Box) -> Placed:
        box = placed.box
        reach = box.x, box.y, face.width - box.right, face.height - box.bottom
        if placed.turned:
            reach = *reach[2:], *reach[:2]
        piece = self._widened(placed.piece, reach) if min(reach) <= 0 else placed.piece
        return placed._replace(piece=piece, x=placed.x + trim.x, y=placed.y + trim.y)

    def _widen(self, piece: Piece, reach: _Reach) -> Piece:
        """Return a piece whose fills go on beyond the edges they touch."""

        def widen(mark: Mark) -> Mark:
            if not isinstance(mark, Shape) or not mark.fill:
                return mark
            box = mark.box
            inside = box.x, box.y, piece.width - box.right, piece.height - box.bottom
            left, top, right, bottom = (
                self.bleed if own + rest <= 0 else 0 for own, rest in zip(inside, reach, strict=True)
            )
            wide = Box(box.x - left, box.y - top, box.width + left + right, box.height + top + bottom)
            return replace(mark, box=wide)

        groups = tuple(Group(tuple(map(widen, group.marks)), group.leaf, group.role) for group in piece.groups)
        return replace(piece, groups=groups, stencil=None)
