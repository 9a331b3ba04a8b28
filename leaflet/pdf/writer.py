"""A record's file: the master's bytes, the chunks of its pieces, its own few objects, xref, trailer.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

from dataclasses import dataclass, field
from itertools import accumulate, chain

from leaflet.layout.marks import Box
from leaflet.layout.page import Layout
from leaflet.pdf.assembly import Assembly, FileForm
from leaflet.pdf.chunks import Chunk, ChunkMaker, Frame, Slot
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import indirect, ref, stream
from leaflet.units import Um

_ENTRY = b"%010d 00000 n \n"  # of the cross-reference table: 20 bytes (ISO 32000-1 §7.5.4)
_FORMS = 256  # forms of files kept: a build has a few for each variant of its template


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


@dataclass(slots=True)
class _Station:
    """On the way through a file: where its next piece goes, or the form of the file, if that was the last."""

    slot: Slot | None = None
    form: FileForm | None = None
    next: dict[Frame, "_Station"] = field(default_factory=dict)


_Shape = tuple[tuple[Um, Um, Box | None, tuple[int | None, ...], tuple[str, ...]], ...]


class Writer:
    """Writes the files of one build.

    Two files whose pieces have the same frames have the same form: only chunks, offsets and titles differ.
    """

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master = master
        self._metadata = metadata
        self._make = ChunkMaker(master.painter, outline=outline).make
        self._starts: dict[_Shape, _Station] = {}
        self._forms = 0
        shared = [master.offsets[number] for number in range(1, master.own.pages)]
        self._entries = _ENTRY * len(shared) % tuple(shared)

    def write(self, layout: Layout) -> PdfFile:
        """The file of a laid-out record."""
        form, chunks = self._known(layout) or self._assemble(layout)
        own, title = self._master.own, layout.title
        xmp = stream(self._metadata.xmp(title), b"/Type /Metadata /Subtype /XML ", compress=False)
        pieces = [chunk.data for chunk in chunks]
        pieces += indirect(own.metadata, xmp), indirect(own.information, self._metadata.information(title))
        parts = [part if isinstance(part, bytes) else pieces[part] for part in form.parts]
        starts = [*accumulate(map(len, parts), initial=len(self._master.prefix))]
        offsets: list[int] = []
        for part, chunk in form.order:
            start = starts[part]
            offsets += [start] if chunk is None else [start + offset for offset in chunks[chunk].offsets]
        return self._finish(b"".join(parts), offsets, len(layout.faces))

    def _known(self, layout: Layout) -> tuple[FileForm, list[Chunk]] | None:
        """The form of a file that has been written before, with the chunks of this one."""
        station = self._starts.get(_shape(layout))
        chunks: list[Chunk] = []
        for placed in chain.from_iterable([face.placed for face in layout.faces]):
            if station is None or station.slot is None:
                return None
            chunk = self._make(placed, station.slot)
            chunks.append(chunk)
            station = station.next.get(chunk.frame)
        return None if station is None or station.form is None else (station.form, chunks)

    def _assemble(self, layout: Layout) -> tuple[FileForm, list[Chunk]]:
        """Number everything of a file, and remember the way and the form at its end."""
        assembly = Assembly(self._master, self._make)
        form = assembly.assemble(layout)
        if self._forms == _FORMS:
            self._starts.clear()
            self._forms = 0
        station = self._starts.setdefault(_shape(layout), _Station())
        for slot, chunk in zip(assembly.slots, assembly.chunks, strict=True):
            station.slot = slot
            station = station.next.setdefault(chunk.frame, _Station())
        station.form = form
        self._forms += 1
        return form, assembly.chunks

    def _finish(self, body: bytes, offsets: list[int], pages: int) -> PdfFile:
        master, size = self._master, self._master.own.pages + len(offsets)
        digest = master.hash.copy()
        digest.update(body)
        identity = digest.hexdigest()[:32].upper().encode()
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
            len(master.prefix) + len(body),
        )
        digest.update(trailer)
        return PdfFile(b"".join((master.prefix, body, trailer)), digest.hexdigest(), pages)


def _shape(layout: Layout) -> _Shape:
    """All that the form of a file depends on, but for the frames of its chunks."""
    return tuple(
        [
            (face.width, face.height, face.trim, face.sections, tuple([placed.list_at for placed in face.placed]))
            for face in layout.faces
        ]
    )
