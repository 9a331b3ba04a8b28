"""A record's file: the master's bytes, the chunks of its pieces, its own few objects, xref, trailer.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

from collections.abc import Hashable, Iterator
from itertools import accumulate

from msgspec import Struct, field

from leaflet.layout.face import Face, Layout
from leaflet.pdf.assembly import Assembly
from leaflet.pdf.chunks import Chunk, ChunkMaker, Frame, Slot
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import indirect, stream
from leaflet.pdf.plan import FilePlan

_PLANS = 256  # plans of files kept: a build has a few for each variant of its template


class PdfFile(Struct, frozen=True):
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


class _Station(Struct):
    """On the way through a file: where its next own piece goes, or the plan of the file, if that was the last.

    `number` is that of the piece’s chunk; `like` keeps faces alive, so that their identity stays their own.
    """

    slot: Slot | None = None
    number: int = 0
    plan: FilePlan | None = None
    like: tuple[Face | None, ...] = ()
    next: dict[Frame, "_Station"] = field(default_factory=dict)


class Writer:
    """Writes the files of one build.

    Two files have the same plan if what they share is alike and their own pieces have the same frames: only chunks,
    offsets and titles differ.
    """

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master = master
        self._metadata = metadata
        self._chunks = ChunkMaker(master.painter, outline=outline)
        self._starts: dict[Hashable, _Station] = {}
        self._count = 0

    def write(self, layout: Layout) -> PdfFile:
        """The file of a laid-out record."""
        plan, chunks = self._known(layout) or self._assemble(layout)
        count = plan.chunks - 2
        chunks[count], chunks[count + 1] = self._titles(layout.title)
        return PdfFile(*plan.fill(chunks), len(layout.faces))

    def _known(self, layout: Layout) -> tuple[FilePlan, dict[int, Chunk]] | None:
        """The plan of a file that has been written before, with the chunks of this one."""
        station = self._starts.get(_shape(layout))
        chunks: dict[int, Chunk] = {}
        for face, index in _places(layout):
            if station is None or station.slot is None:
                return None
            chunk = self._chunks.make(layout.faces[face].placed[index], station.slot)
            chunks[station.number] = chunk
            station = station.next.get(chunk.frame)
        return None if station is None or station.plan is None else (station.plan, chunks)

    def _assemble(self, layout: Layout) -> tuple[FilePlan, dict[int, Chunk]]:
        """Number everything of a file, and remember the way and the plan at its end."""
        assembly = Assembly(self._master, self._chunks.make)
        parts, order = assembly.assemble(layout)
        if self._count == _PLANS:
            self._starts.clear()
            self._count = 0
        station = self._starts.setdefault(_shape(layout), _Station(like=tuple([face.like for face in layout.faces])))
        starts = [0, *accumulate(len(face.placed) for face in layout.faces)]
        numbers = [starts[face] + index for face, index in _places(layout)]
        chunks = {number: assembly.chunks[number] for number in numbers}
        for number, chunk in chunks.items():
            station.slot, station.number = assembly.slots[number], number
            station = station.next.setdefault(chunk.frame, _Station())
        plan = station.plan = FilePlan(self._master, parts, order, (*assembly.chunks, *self._titles(layout.title)))
        self._count += 1
        return plan, chunks

    def _titles(self, title: str) -> tuple[Chunk, Chunk]:
        """The metadata and the document information."""
        xmp = stream(self._metadata.xmp(title), b"/Type /Metadata /Subtype /XML ", compress=False)
        own = self._master.own
        return _lone(indirect(own.metadata, xmp)), _lone(indirect(own.information, self._metadata.information(title)))


def _places(layout: Layout) -> Iterator[tuple[int, int]]:
    """Face and index there of what a record does not share with others: all of it, if nothing is known of them."""
    for number, face in enumerate(layout.faces):
        for index in range(len(face.placed)) if face.like is None else face.own:
            yield number, index


def _shape(layout: Layout) -> Hashable:
    """All that the plan of a file depends on, but for the frames of its own chunks."""
    return tuple([_shape_of(face) if face.like is None else id(face.like) for face in layout.faces])


def _shape_of(face: Face) -> Hashable:
    return face.width, face.height, face.trim, face.sections, tuple([placed.list_at for placed in face.placed])


def _lone(data: bytes) -> Chunk:
    """An object as a chunk of its own."""
    return Chunk(data, (0,), _LONE)


_LONE = Frame(1, 0, b"", b"", b"", b"", 0, 0)
