"""A tagged file of thousands of pages, written page by page; its bytes are those that `Writer` gives all at once.

In memory are numbers alone: where each object begins, and which structure elements own the contents of each page.
"""

from typing import BinaryIO

from leaflet.layout.face import Face
from leaflet.pdf.assembly import Assembly
from leaflet.pdf.chunks import Chunk, ChunkMaker, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.streamed import ObjectWriter, StreamedFile
from leaflet.pdf.writer import title_objects


class LongFileWriter:
    """A writer of one long file into a binary file opened for writing.

    Args:
        file: gets the bytes.
        master: the shared part of the build's files.
        metadata: of the build's files.
        chunks: serialises pieces.
        pages: the number of all pages.
    """

    def __init__(self, file: BinaryIO, master: Master, metadata: Metadata, chunks: ChunkMaker, pages: int) -> None:
        self._master, self._metadata = master, metadata
        self._parts = _WrittenParts(ObjectWriter(file, master))
        self._assembly = Assembly(master, chunks.make, self._parts, pages)

    def add(self, face: Face) -> None:
        """Write the next page."""
        self._assembly.add(face)

    def close(self, title: str) -> StreamedFile:
        """Write what all pages have in common, metadata, cross-reference table and trailer."""
        self._assembly.end()
        objects = self._parts.end()
        for number, body in title_objects(self._master, self._metadata, title):
            objects.add(number, body)
        return objects.finish(objects.identity(), self._assembly.pages)


class _WrittenParts:
    """The parts of a file, written as they come; those that stand last are kept until then."""

    def __init__(self, objects: ObjectWriter) -> None:
        self._objects = objects
        self._late: list[tuple[int, Chunk]] = []

    def add_object(self, number: int, body: bytes) -> None:
        """Write an object."""
        self._objects.add(number, body)

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Write a chunk."""
        self._objects.add_all(numbers.first, chunk.data, chunk.offsets)

    def add_late_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Keep a chunk that stands last."""
        self._late.append((numbers.first, chunk))

    def end(self) -> ObjectWriter:
        """Write the chunks that were kept; return the writer, for what follows."""
        for first, chunk in self._late:
            self._objects.add_all(first, chunk.data, chunk.offsets)
        self._late = []
        return self._objects
