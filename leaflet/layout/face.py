"""The values that layout returns: pieces at places on faces, and the faces of a record. Plain values in µm."""

from typing import NamedTuple

from msgspec import Struct

from leaflet.geometry import Box, Um
from leaflet.layout.piece import Piece


class Placed(NamedTuple):  # a tuple, because it is the key under which chunks are found, some twenty times a record
    """A piece at a place on a face (µm from its top left corner)."""

    piece: Piece
    x: Um
    y: Um
    list_at: str = ""  # the place of the ``<steps>`` in the template that the piece is an item of, or ""
    artifact: bool = False  # repeated decoration, such as the footer of a further page
    turned: bool = False  # upside down, in the same place (backs of sheets that are turned head over heels)
    scale: float = 1  # how large it is drawn: smaller on the page of a draft, which has a frame

    @property
    def box(self) -> Box:
        """The box of the piece on the face."""
        box = Box(self.x, self.y, self.piece.width, self.piece.height)
        return box if self.scale == 1 else self.locate(box.moved(-self.x, -self.y))

    @property
    def areas(self) -> tuple[Box, ...]:
        """The boxes on the face that it prints in."""
        return tuple(map(self.locate, self.piece.areas)) or (self.box,)

    def locate(self, box: Box) -> Box:
        """Return where on the face a box of the piece is."""
        if self.scale != 1:
            return self._replace(x=0, y=0, scale=1).locate(box).scaled(self.scale).moved(self.x, self.y)
        if not self.turned:
            return box.moved(self.x, self.y)
        right, bottom = self.x + self.piece.width, self.y + self.piece.height
        return Box(right - box.right, bottom - box.bottom, box.width, box.height)


class Face(Struct, frozen=True):
    """One page: its size and what stands on it, in reading order.

    `sections` has the number of the section of each placed piece, None for none; it is empty if the face has none.
    Sections are read in the order of their numbers, wherever they stand.
    """

    width: Um
    height: Um
    placed: tuple[Placed, ...]
    sections: tuple[int | None, ...] = ()
    trim: Box | None = None  # what is left when the page is cut, None for all of it
    bleed: Um = 0  # how much is printed beyond that
    folds: tuple[Um, ...] = ()  # x of its vertical folds in µm, from left to right
    stencil: "FaceStencil | None" = None  # which it was filled from; None for a face laid out for itself

    @property
    def variable(self) -> tuple[int, ...]:
        """The numbers of the placed pieces that fill holes; empty without a stencil."""
        return self.stencil.variable if self.stencil is not None else ()


class FaceStencil(Struct, frozen=True, eq=False):
    """A face with holes, which faces share that differ in some pieces alone; compared by identity."""

    variable: tuple[int, ...]  # the numbers of the placed pieces that are holes, in their order


class Layout(Struct, frozen=True):
    """The faces of one record, in their order; after imposition those of one file."""

    title: str
    faces: tuple[Face, ...]
    step: int  # how far copy-fit had to go: 0 is the theme as designed
