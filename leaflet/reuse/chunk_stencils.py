"""PDF objects of a block, written once, then filled with the texts of the next record."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from leaflet.bounded import BoundedCache
from leaflet.layout.face import Placed
from leaflet.layout.piece import Piece
from leaflet.pdf.chunks import Chunk, ChunkMaker, ChunkReferences, ObjectNumbers, Structure, join_chunk
from leaflet.pdf.paint import Painter

_CHUNKS = 1024  # chunks kept: the shared ones of a build are a few dozen a variant


class _ChunkStencil(NamedTuple):
    """A chunk with holes for the variable texts of its piece.

    Attributes:
        first: its first object number, that of its content stream.
        between: the content stream, cut at the holes.
        variable: the numbers of the piece's groups that fill them.
        structure: the objects behind the content stream.
    """

    first: int
    between: tuple[bytes, ...]
    variable: tuple[int, ...]
    structure: Structure

    def fill(self, painted: Sequence[bytes]) -> Chunk:
        """Return the chunk with these operators in its holes."""
        parts = [self.between[0]]
        for group, after in zip(painted, self.between[1:], strict=True):
            parts += group, after
        return join_chunk(self.first, b"".join(parts), self.structure)


class StencilChunks(ChunkMaker):
    """A chunk maker that writes a piece once for equal numbers, and once for all pieces of one stencil.

    Chunks whose structure elements are the same have the very same `ChunkReferences`.
    """

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        super().__init__(painter, outline=outline)
        self._shared = lru_cache(maxsize=_CHUNKS)(super().make)
        self._references = lru_cache(maxsize=_CHUNKS)(ChunkReferences)
        self._structures: BoundedCache[Hashable, Structure] = BoundedCache(_CHUNKS)
        self._stencils: BoundedCache[Hashable, _ChunkStencil] = BoundedCache(_CHUNKS)

    def make(self, placed: Placed, numbers: ObjectNumbers) -> Chunk:
        """Write a piece, as `ChunkMaker.make` does."""
        piece = placed.piece
        if piece.stencil is None:
            made: Chunk = self._shared(placed, numbers)
            return made
        key = piece.stencil, *placed[1:], numbers
        stencil = self._stencils.get(key)
        if stencil is None:
            stencil = self._stencils[key] = self._make_stencil(placed, numbers, piece.stencil.variable)
        return stencil.fill(self._paint(piece, stencil.variable))

    def _paint(self, piece: Piece, variable: Sequence[int]) -> list[bytes]:
        groups, paint = piece.groups, self._painter.paint_marks
        return [paint(groups[number].marks) for number in variable]

    def _make_stencil(self, placed: Placed, numbers: ObjectNumbers, variable: tuple[int, ...]) -> _ChunkStencil:
        content = tuple(self._content(placed, numbers, variable))
        return _ChunkStencil(numbers.first, content, variable, self._structure(placed, numbers))

    def _structure(self, placed: Placed, numbers: ObjectNumbers) -> Structure:
        """Write structure elements; they depend on nodes, size and numbers, not on the text."""
        piece = placed.piece
        key = piece.nodes, piece.width, piece.height, *placed[1:], numbers
        found = self._structures.get(key)
        if found is None:
            found = self._structures[key] = self._write_structure(placed, numbers, self._references)
        return found
