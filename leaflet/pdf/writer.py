"""A record's file: the master's bytes, the chunks of its pieces, its own few objects, xref, trailer.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

from dataclasses import dataclass, field
from itertools import chain

from leaflet.layout.marks import Box
from leaflet.layout.page import Layout
from leaflet.pdf.assembly import Assembly
from leaflet.pdf.chunks import Chunk, ChunkMaker, Frame, Slot
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import indirect, ref, stream
from leaflet.pdf.plan import FilePlan
from leaflet.units import Um

_ENTRY = b"%010d 00000 n \n"  # of the cross-reference table: 20 bytes (ISO 32000-1 §7.5.4)
_PLANS = 256  # plans of files kept: a build has a few for each variant of its template


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


@dataclass(slots=True)
class _Station:
    """On the way through a file: where its next piece goes, or the plan of the file, if that was the last."""

    slot: Slot | None = None
    plan: FilePlan | None = None
    next: dict[Frame, "_Station"] = field(default_factory=dict)


_Shape = tuple[tuple[Um, Um, Box | None, tuple[int | None, ...], tuple[str, ...]], ...]


class Writer:
    """Writes the files of one build.

    Two files whose pieces have the same frames have the same plan: only chunks, offsets and titles differ.
    """

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master = master
        self._metadata = metadata
        self._make = ChunkMaker(master.painter, outline=outline).make
        self._starts: dict[_Shape, _Station] = {}
        self._count = 0
        shared = [master.offsets[number] for number in range(1, master.own.pages)]
        self._entries = _ENTRY * len(shared) % tuple(shared)

    def write(self, layout: Layout) -> PdfFile:
        """The file of a laid-out record."""
        plan, chunks = self._known(layout) or self._assemble(layout)
        own, title = self._master.own, layout.title
        xmp = stream(self._metadata.xmp(title), b"/Type /Metadata /Subtype /XML ", compress=False)
        chunks.append(_lone(indirect(own.metadata, xmp)))
        chunks.append(_lone(indirect(own.information, self._metadata.information(title))))
        return self._finish(plan, chunks, len(layout.faces))

    def _known(self, layout: Layout) -> tuple[FilePlan, list[Chunk]] | None:
        """The plan of a file that has been written before, with the chunks of this one."""
        station = self._starts.get(_shape(layout))
        chunks: list[Chunk] = []
        for placed in chain.from_iterable([face.placed for face in layout.faces]):
            if station is None or station.slot is None:
                return None
            chunk = self._make(placed, station.slot)
            chunks.append(chunk)
            station = station.next.get(chunk.frame)
        return None if station is None or station.plan is None else (station.plan, chunks)

    def _assemble(self, layout: Layout) -> tuple[FilePlan, list[Chunk]]:
        """Number everything of a file, and remember the way and the plan at its end."""
        assembly = Assembly(self._master, self._make)
        plan = assembly.assemble(layout)
        if self._count == _PLANS:
            self._starts.clear()
            self._count = 0
        station = self._starts.setdefault(_shape(layout), _Station())
        for slot, chunk in zip(assembly.slots, assembly.chunks, strict=True):
            station.slot = slot
            station = station.next.setdefault(chunk.frame, _Station())
        station.plan = plan
        self._count += 1
        return plan, assembly.chunks

    def _finish(self, plan: FilePlan, chunks: list[Chunk], pages: int) -> PdfFile:
        master = self._master
        body, offsets, end = plan.fill(chunks, len(master.prefix))
        digest = master.hash.copy()
        for part in body:
            digest.update(part)
        identity = digest.hexdigest()[:32].upper().encode()
        size = master.own.pages + len(offsets)
        trailer = (
            b"xref\n0 %d\n0000000000 65535 f \n%b%btrailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\n"
            b"startxref\n%d\n%%%%EOF\n"
        ) % (
            size,
            self._entries,
            _ENTRY * len(offsets) % tuple(offsets),
            size,
            ref(master.catalog),
            ref(master.own.information),
            identity,
            identity,
            end,
        )
        digest.update(trailer)
        return PdfFile(b"".join((master.prefix, *body, trailer)), digest.hexdigest(), pages)


def _shape(layout: Layout) -> _Shape:
    """All that the plan of a file depends on, but for the frames of its chunks."""
    return tuple(
        [
            (face.width, face.height, face.trim, face.sections, tuple([placed.list_at for placed in face.placed]))
            for face in layout.faces
        ]
    )


def _lone(data: bytes) -> Chunk:
    """An object as a chunk of its own."""
    return Chunk(data, (0,), _LONE)


_LONE = Frame(1, 0, b"", b"", b"", b"", 0, 0)
