"""A record's file: the master's bytes, the chunks of its pieces, a few objects of the file itself, xref, trailer.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

from collections.abc import Sequence

from msgspec import Struct

from leaflet.layout.face import Layout
from leaflet.pdf.assembly import AssembledFile, assemble
from leaflet.pdf.chunks import Chunk, ChunkMaker, ChunkReferences
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import ENTRY, INDIRECT, stream, table_head, trailer


class PdfFile(Struct, frozen=True):
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


class Writer:
    """A writer of the files of one build; draws the outline of each piece's box, too, for debugging layouts."""

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master, self._metadata = master, metadata
        self._chunks = ChunkMaker(master.painter, outline=outline)

    def write(self, layout: Layout) -> PdfFile:
        """Write the file of a laid-out record."""
        assembled = assemble(self._master, self._chunks.make, layout)
        chunks = (*assembled.chunks, *self._title_chunks(layout.title))
        return PdfFile(*_join(self._master, assembled, chunks), len(layout.faces))

    def _title_chunks(self, title: str) -> tuple[Chunk, Chunk]:
        """Write the metadata and the document information."""
        metadata, information = title_objects(self._master, self._metadata, title)
        return Chunk(INDIRECT % metadata, (0,), _LONE), Chunk(INDIRECT % information, (0,), _LONE)


def title_objects(
    master: Master, metadata: Metadata, title: str, identity: str = ""
) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Return the numbers and bodies of the objects that hold the title: metadata, document information."""
    xmp = stream(metadata.xmp(title, identity), b"/Type /Metadata /Subtype /XML ", compress=False)
    return (master.numbers.metadata, xmp), (master.numbers.information, metadata.information(title))


def _join(master: Master, file: AssembledFile, chunks: Sequence[Chunk]) -> tuple[bytes, str]:
    """Return the parts of a file behind each other, with table and trailer, and their SHA-256 in hexadecimal.

    The file's identity is the hash of all before the table.
    """
    out, digest = bytearray(master.prefix), master.hash.copy()
    starts: list[int] = []
    for part in file.parts:
        starts.append(len(out))
        out += part if isinstance(part, bytes) else chunks[part].data
    digest.update(out[len(master.prefix) :])
    offsets = [master.offsets[number] for number in range(1, master.numbers.pages)]
    for index in file.order:
        part = file.parts[index]
        within = (0,) if isinstance(part, bytes) else chunks[part].offsets
        offsets += [starts[index] + offset for offset in within]
    identity, size = digest.hexdigest()[:32].upper().encode(), len(offsets) + 1
    entries = b"".join(ENTRY % offset for offset in offsets)
    end = table_head(size) + entries + trailer(size, master.catalog, master.numbers.information, identity, len(out))
    digest.update(end)
    return bytes(out) + end, digest.hexdigest()


_LONE = ChunkReferences(1, 0, b"", b"", b"", b"", 0, 0)
