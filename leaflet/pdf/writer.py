"""A record's file: the master's bytes, the chunks of its pieces, a few objects of the file itself, cross-references.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from leaflet.layout.face import Layout
from leaflet.pdf.assembly import AssembledFile, assemble
from leaflet.pdf.chunks import Chunk, ChunkMaker, ChunkReferences
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import FREE, INDIRECT, end_of_file, reference, stream


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
        return PdfFile(*join_file(self._master, assembled, chunks), len(layout.faces))

    def _title_chunks(self, title: str) -> tuple[Chunk, Chunk]:
        """Write the metadata and the document information."""
        metadata, information = title_objects(self._master, self._metadata, title)
        return Chunk(INDIRECT % metadata, (), _LONE), Chunk(INDIRECT % information, (), _LONE)


def title_objects(
    master: Master, metadata: Metadata, title: str, identity: str = ""
) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Return the numbers and bodies of the objects that hold the title: metadata, document information."""
    xmp = stream(metadata.xmp(title, identity), b"/Type /Metadata /Subtype /XML ", compress=False)
    return (master.numbers.metadata, xmp), (master.numbers.information, metadata.information(title))


def join_file(master: Master, file: AssembledFile, chunks: Sequence[Chunk]) -> tuple[bytes, str]:
    """Return a file as bytes, and their SHA-256 in hexadecimal."""
    out, references, digest = bytearray(master.prefix), known_references(master, file), master.hash.copy()
    for number, part in file.parts:
        references[number] = reference(len(out))
        out += part if isinstance(part, bytes) else chunks[part].data
    digest.update(out[len(master.prefix) :])
    out += end_file(master, len(out), references, digest)
    return bytes(out), digest.hexdigest()


def known_references(master: Master, file: AssembledFile) -> list[int]:
    """Return the cross-references of all objects; of those whose place is not known yet, as if they were free."""
    known = {**{number: reference(offset) for number, offset in master.offsets.items()}, **file.held}
    return [known.get(number, FREE) for number in range(file.free + 1)]


def end_file(master: Master, start: int, references: list[int], digest: "hashlib._Hash") -> bytes:
    """Return the end of a file, which begins at `start`, and add it to the digest of what is before.

    The file's identity is the hash of all before the end.
    """
    references[-1] = reference(start)
    identity, roots = digest.hexdigest()[:32].upper().encode(), (master.catalog, master.numbers.information)
    end = end_of_file(references, roots, identity, start)
    digest.update(end)
    return end


_LONE = ChunkReferences(b"", b"", b"", b"", 0, 0)
