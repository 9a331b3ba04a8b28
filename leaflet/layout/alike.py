"""Layouts that differ in the letters of some texts alone: laid out once, then filled for each record."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leaflet.layout.arrange import Spot
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.moulds import Mould
from leaflet.layout.piece import Kind, Piece

_KNOWN = 512  # layouts kept a form: one for each way that its own texts are wide or high
Place = Callable[[Piece, Spot], Placed]
"""Puts a piece in its spot."""


class FaceForm(NamedTuple):
    """A face with nothing where records have their own pieces.

    Attributes:
        own: where they are among what is placed.
        spots: number of the piece on its page, and its spot, for each of them.
    """

    face: Face
    own: tuple[int, ...]
    spots: tuple[tuple[int, Spot], ...]

    def fill(self, pieces: Sequence[Piece], place: Place) -> Face:
        """The face of a record; `pieces` are its own of the page."""
        common = self.face
        placed = [*common.placed]
        for index, (number, spot) in zip(self.own, self.spots, strict=True):
            placed[index] = place(pieces[number], spot)
        return Face(common.width, common.height, tuple(placed), like=common, own=self.own)


class Alike:
    """What layouts have in common that differ in the letters of some texts alone; compared by identity.

    Args:
        pages: faces, with the number of own pieces, for each page.
    """

    def __init__(self, step: int, pages: Sequence[tuple[int, Sequence[FaceForm]]], place: Place) -> None:
        self._step, self._pages, self._place = step, tuple(pages), place

    def fill(self, title: str, pieces: Sequence[Piece]) -> Layout:
        """The layout of a record; `pieces` are its own of all pages."""
        faces: list[Face] = []
        start = 0
        for count, forms in self._pages:
            own = pieces[start : start + count]
            faces += [form.fill(own, self._place) for form in forms]
            start += count
        return Layout(title, tuple(faces), self._step, like=self)


class Trail:
    """The shortest way from the gaps of a flow's form to a layout: its moulds, and what their kinds lead to.

    Args:
        moulds: of its own pieces, each with the numbers of its gaps.
    """

    def __init__(self, moulds: Sequence[tuple[Mould, Sequence[int]]]) -> None:
        self._moulds = tuple(moulds)
        self._known: dict[tuple[Kind, ...], Alike] = {}

    def follow(self, title: str, gaps: Sequence[str]) -> Layout | None:
        """The layout of a record whose like has been laid out before; all its characters have glyphs."""
        pieces: list[Piece] = []
        kinds: list[Kind] = []
        for mould, numbers in self._moulds:
            piece = mould.lay([gaps[number] for number in numbers])
            if piece is None or piece.kind is None:
                return None
            pieces.append(piece)
            kinds.append(piece.kind)
        alike = self._known.get(tuple(kinds))
        return None if alike is None else alike.fill(title, pieces)

    def remember(self, kinds: tuple[Kind, ...], alike: Alike) -> None:
        """What a record's own pieces of these kinds lead to."""
        if len(self._known) == _KNOWN:
            self._known.clear()
        self._known[kinds] = alike
