"""PDF objects of a block, written once, then filled with the texts of the next record."""

from collections.abc import Hashable
from functools import lru_cache
from typing import NamedTuple

from leaflet.bounded import BoundedCache
from leaflet.layout.face import Placed
from leaflet.layout.piece import Piece
from leaflet.pdf.chunks import Chunk, ChunkMaker, ChunkReferences, ObjectNumbers, Structure, join_chunk
from leaflet.pdf.objects import stream
from leaflet.pdf.paint import Painter

_CHUNKS = 1024  # chunks kept: the shared ones of a build are a few dozen a variant


class _ContentStencil(NamedTuple):
    """A content stream with holes for the variable texts of its piece.

    Attributes:
        between: the content, cut at the holes.
        variable: the numbers of the piece's groups that fill them.
    """

    between: tuple[bytes, ...]
    variable: tuple[int, ...]

    def fill(self, piece: Piece, painter: Painter) -> bytes:
        """Return the body of the stream with a piece's texts in its holes."""
        parts = [self.between[0]]
        for number, after in zip(self.variable, self.between[1:], strict=True):
            parts += painter.paint_marks(piece.groups[number].marks), after
        return stream(b"".join(parts))


class StencilChunks(ChunkMaker):
    """A chunk maker that writes a piece once for equal numbers, and once for all pieces of one stencil.

    Chunks whose structure elements are the same have the very same `ChunkReferences`.
    """

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        super().__init__(painter, outline=outline)
        self._shared = lru_cache(maxsize=_CHUNKS)(super().make)
        self._references = lru_cache(maxsize=_CHUNKS)(ChunkReferences)
        self._structures: BoundedCache[Hashable, Structure] = BoundedCache(_CHUNKS)
        self._stencils: BoundedCache[Hashable, tuple[_ContentStencil, Structure]] = BoundedCache(_CHUNKS)

    def make(self, placed: Placed, numbers: ObjectNumbers) -> Chunk:
        """Write a piece, as `ChunkMaker.make` does."""
        piece = placed.piece
        if piece.stencil is None:
            made: Chunk = self._shared(placed, numbers)
            return made
        key = piece.stencil, *placed[1:], numbers
        known = self._stencils.get(key)
        if known is None:
            content = _ContentStencil(
                tuple(self._content(placed, numbers, piece.stencil.variable)), piece.stencil.variable
            )
            known = self._stencils[key] = content, self._structure(placed, numbers)
        content, structure = known
        return join_chunk(numbers.first, content.fill(piece, self._painter), structure)

    def _structure(self, placed: Placed, numbers: ObjectNumbers) -> Structure:
        """Write structure elements; they depend on nodes, size and numbers, not on the text."""
        piece = placed.piece
        key = piece.nodes, piece.width, piece.height, *placed[1:], numbers
        found = self._structures.get(key)
        if found is None:
            found = self._structures[key] = self._write_structure(placed, numbers, self._references)
        return found


class SheetChunks(ChunkMaker):
    """A chunk maker for a long file of cards, which paints what stands in one place of its sheets once.

    There only names differ in the content; the numbers of all other objects do.
    """

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        super().__init__(painter, outline=outline)
        self._bodies: BoundedCache[Hashable, bytes] = BoundedCache(_CHUNKS)
        self._stencils: BoundedCache[Hashable, _ContentStencil] = BoundedCache(_CHUNKS)

    def make(self, placed: Placed, numbers: ObjectNumbers) -> Chunk:
        """Write a piece, as `ChunkMaker.make` does."""
        return join_chunk(numbers.first, self._body(placed, numbers), self._structure(placed, numbers))

    def _body(self, placed: Placed, numbers: ObjectNumbers) -> bytes:
        """Return the body of the content stream of a piece."""
        stencil = placed.piece.stencil
        key = stencil or placed.piece, *placed[1:], numbers.page_height, numbers.content
        if stencil is None:
            return self._bodies.get_or_make(key, lambda: stream(*self._content(placed, numbers)))
        variable = stencil.variable
        found = self._stencils.get_or_make(
            key, lambda: _ContentStencil(tuple(self._content(placed, numbers, variable)), variable)
        )
        return found.fill(placed.piece, self._painter)
