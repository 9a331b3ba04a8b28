"""Files written once, then filled with the variable chunks of the next record; chunks, with its texts.

Most chunks of a file are those of the file before. All that stands before the first of the others is one string for
many files, hashed once; what stands between the others is joined once.
"""

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.files.bounded_cache import BoundedCache
from leaflet.layout.face import Layout, Placed
from leaflet.layout.marks import Text
from leaflet.layout.piece import Piece, PieceStencil
from leaflet.pdf.chunks import Chunk, ChunkMaker, ObjectNumbers, StructureWriter
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import INDIRECT, reference, stream
from leaflet.pdf.paint import Painter
from leaflet.pdf.writer import AssembledFile, PdfFile, Writer, assemble, end_file, known_references
from leaflet.reuse.decisions import DecisionTree

_CHUNKS = 1024  # chunks kept: the shared ones of a build are a few dozen a variant


class _ContentStencil(NamedTuple):
    """A content stream with holes for the variable texts of its piece."""

    between: tuple[bytes, ...]  # the content, cut at the holes
    variable: tuple[int, ...]  # the numbers of the piece's groups that fill them

    def fill(self, piece: Piece, painter: Painter) -> bytes:
        """Return the body of the stream with a piece's texts in its holes."""
        parts = [self.between[0]]
        for number, after in zip(self.variable, self.between[1:], strict=True):
            parts += painter.paint_marks(piece.groups[number].marks), after
        return stream(b"".join(parts))


class StencilChunks(ChunkMaker):
    """A chunk maker that writes a piece once for equal numbers, and once for all pieces of one stencil."""

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        super().__init__(painter, outline=outline)
        self._shared = lru_cache(maxsize=_CHUNKS)(super().make)
        self._stencils: BoundedCache[Hashable, tuple[_ContentStencil, Chunk]] = BoundedCache(_CHUNKS)

    def make(self, placed: Placed, numbers: ObjectNumbers) -> Chunk:
        """Write a piece, as `ChunkMaker.make` does."""
        piece = placed.piece
        if piece.stencil is None:
            made: Chunk = self._shared(placed, numbers)
            return made
        key = piece.stencil, *placed[1:], numbers
        if (known := self._stencils.get(key)) is None:
            content = _ContentStencil(
                tuple(self._content(placed, numbers, piece.stencil.variable)), piece.stencil.variable
            )
            known = self._stencils[key] = content, StructureWriter(placed, numbers).write(b"")
        content, structure = known
        return structure._replace(data=INDIRECT % (numbers.first, content.fill(piece, self._painter)))


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
        stencil = placed.piece.stencil
        key = stencil or placed.piece, *placed[1:], numbers.page_height, numbers.content
        if stencil is None:
            body = self._bodies.get_or_make(key, lambda: stream(*self._content(placed, numbers)))
        else:
            variable = stencil.variable
            found = self._stencils.get_or_make(
                key, lambda: _ContentStencil(tuple(self._content(placed, numbers, variable)), variable)
            )
            body = found.fill(placed.piece, self._painter)
        return StructureWriter(placed, numbers).write(body)


class Likeness:
    """Tells which files of a document differ in nothing but the letters of some texts."""

    def __init__(self) -> None:
        self._digests: BoundedCache[Piece | PieceStencil, bytes] = BoundedCache(_CHUNKS)

    def of(self, layout: Layout) -> tuple[bytes, list[list[Sequence[Text]]]]:
        """Return a digest of all that does not differ, with the type of texts that do, and these texts by face."""
        same, texts = list[object](), list[list[Sequence[Text]]]()
        for face in layout.faces:
            texts.append([])
            same.append(replace(face, placed=(), stencil=None))
            for piece, *where in face.placed:
                variable = piece.stencil.variable if piece.stencil else ()
                own = [[mark for mark in piece.groups[n].marks if isinstance(mark, Text)] for n in variable]
                digest = self._digests.get_or_make(piece.stencil or piece, partial(_digest, piece, variable))
                same.append((digest, *where, [[(mark.y, *mark[3:]) for mark in marks] for marks in own]))
                texts[-1] += own
        return sha256(repr(same).encode()).digest(), texts


def _digest(piece: Piece, variable: Sequence[int]) -> bytes:
    groups = [group._replace(marks=()) if n in variable else group for n, group in enumerate(piece.groups)]
    return sha256(repr(replace(piece, groups=tuple(groups), stencil=None)).encode()).digest()


_SHAPES = 256  # combinations of faces kept: a build has a few for each variant of its template
_FILES = 256  # file stencils kept of each


class _ChunkQuestion(NamedTuple):
    """A question about a variable chunk: its number in the file, and the numbers of its objects."""

    chunk: int
    numbers: ObjectNumbers


class StencilWriter(Writer):
    """A writer that assembles files of one shape once.

    Two files share a stencil if their faces have the same stencils and their variable chunks differ in nothing but
    content: then offsets and titles are all else that differs.
    """

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        super().__init__(master, metadata, outline=outline)
        self._chunks = StencilChunks(master.painter, outline=outline)
        self._trees: BoundedCache[Hashable, DecisionTree[_ChunkQuestion, FileStencil]] = BoundedCache(_SHAPES)

    def write(self, layout: Layout) -> PdfFile:
        """Write the file of a laid-out record, as `Writer.write` does."""
        stencil, chunks = self._find(layout) or self._learn(layout)
        count = len(stencil.chunks) - 2
        chunks[count], chunks[count + 1] = self._title_chunks(layout.title)
        return PdfFile(*stencil.fill(chunks), len(layout.faces))

    def _find(self, layout: Layout) -> "tuple[FileStencil, dict[int, Chunk]] | None":
        """Return the stencil of a file, and its variable chunks by number; None for a file of a new kind."""
        tree = self._trees.get(_shape(layout))
        if tree is None:
            return None
        varying, chunks = iter(_varying(layout)), dict[int, Chunk]()

        def answer(question: _ChunkQuestion) -> Hashable:
            chunk = chunks[question.chunk] = self._chunks.make(next(varying)[1], question.numbers)
            return chunk[1:]  # all but its content

        stencil = tree.find(answer)
        return None if stencil is None else (stencil, chunks)

    def _learn(self, layout: Layout) -> "tuple[FileStencil, dict[int, Chunk]]":
        """Assemble a file, and keep its stencil."""
        file = assemble(self._master, self._chunks.make, layout)
        stencil = FileStencil(self._master, file, (*file.chunks, *self._title_chunks(layout.title)))
        variable = [number for number, _ in _varying(layout)]
        tree = self._trees.get_or_make(_shape(layout), lambda: DecisionTree(_FILES))
        if tree.has_room:
            tree.learn([(_ChunkQuestion(n, file.numbers[n]), file.chunks[n][1:]) for n in variable], stencil)
        return stencil, {number: file.chunks[number] for number in variable}


class FileStencil:
    """A file with holes for its variable chunks."""

    def __init__(self, master: Master, file: AssembledFile, chunks: Sequence[Chunk]) -> None:
        self._master, self._file, self.chunks = master, file, chunks
        self._variable: frozenset[int] = frozenset()  # numbers of the chunks that have differed so far
        self._join()

    def fill(self, chunks: Mapping[int, Chunk]) -> tuple[bytes, str]:
        """Return a file and its SHA-256 in hexadecimal, given the chunks by number that may differ from its first."""
        base = self.chunks
        changed = {number for number, chunk in chunks.items() if chunk is not base[number]}
        if not changed <= self._variable:
            self._variable |= changed
            self._join()
        tail = [part if isinstance(part, bytes) else chunks.get(part, base[part]).data for part in self._tail]
        starts, references = [*accumulate(map(len, tail), initial=len(self._head))], [*self._references]
        for number, part, within in self._moving:
            references[number] = within + (starts[part] << 16)
        body, digest = b"".join(tail), self._digest.copy()
        digest.update(body)
        end = end_file(self._master, starts[-1], references, digest)
        return b"".join((self._head, body, end)), digest.hexdigest()

    def _join(self) -> None:
        """Join what does not vary: the head up to the first variable chunk, and the stretches between the others."""
        self._references = known_references(self._master, self._file)
        joined: list[bytearray | int] = [bytearray(self._master.prefix)]
        # Objects behind the head: number, part of the tail, cross-reference as if the file began with that part.
        self._moving: list[tuple[int, int, int]] = []
        for number, part in self._file.parts:
            if part in self._variable:
                self._moving.append((number, len(joined) - 1, reference(0)))
                joined.append(part)
                continue
            if isinstance(stretch := joined[-1], int):
                joined.append(stretch := bytearray())
            if len(joined) > 1:
                self._moving.append((number, len(joined) - 2, reference(len(stretch))))
            self._references[number] = reference(len(stretch))  # in the head
            stretch += part if isinstance(part, bytes) else self.chunks[part].data
        head, *tail = [part if isinstance(part, int) else bytes(part) for part in joined]
        assert isinstance(head, bytes)
        self._head, self._tail, self._digest = head, tail, self._master.hash.copy()
        self._digest.update(head[len(self._master.prefix) :])


def _varying(layout: Layout) -> list[tuple[int, Placed]]:
    """Return the variable pieces of a file with their numbers; every piece of a face without a stencil."""
    found: list[tuple[int, Placed]] = []
    first = 0
    for face in layout.faces:
        varies = range(len(face.placed)) if face.stencil is None else face.stencil.variable
        found += [(first + index, face.placed[index]) for index in varies]
        first += len(face.placed)
    return found


def _shape(layout: Layout) -> Hashable:
    """Return all that a file's stencil depends on but the references of its variable chunks."""
    return tuple(
        [
            face.stencil
            or (face.width, face.height, face.trim, face.sections, tuple([placed.list_at for placed in face.placed]))
            for face in layout.faces
        ]
    )
