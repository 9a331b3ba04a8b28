"""Files too long for memory: objects are written as they are made, and only where each begins is kept, in 8 bytes.

A tagged file of thousands of pages, written page by page; its bytes are those that `Writer` gives all at once.
"""

import hashlib
from array import array
from collections.abc import Sequence
from typing import BinaryIO

from msgspec import Struct

from leaflet.pdf.assembly import Assembly
from leaflet.pdf.chunks import Chunk, ChunkMaker, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import ENTRY, FREE, INDIRECT, table_head, trailer
from leaflet.pdf.writer import title_objects

_BUFFER = 1 << 18  # bytes gathered before they go to the disk
_ENTRIES = 4096  # cross-reference entries written at a time


class StreamedFile(Struct, frozen=True):
    """A finished file that nobody holds in memory."""

    sha256: str  # in hexadecimal
    size: int  # in bytes
    pages: Sequence[int]  # the object number of each page
    root: int  # the object number of the page tree's root
    offsets: Sequence[int]  # where each object begins, 0 where there is none
    first: int  # objects below it are shared by all pages


class ObjectWriter:
    """A writer of numbered objects into a binary file opened for writing, behind the master's."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        self._file, self._master = file, master
        self._offsets = array("Q", bytes(8 * master.first))
        for number, offset in master.offsets.items():
            self._offsets[number] = offset
        self._position = 0
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._write(master.prefix)

    def take(self) -> int:
        """Return the next free object number."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def add(self, number: int, body: bytes) -> None:
        """Write an object."""
        self.add_all(number, INDIRECT % (number, body), (0,))

    def add_all(self, first: int, data: bytes, offsets: Sequence[int]) -> None:
        """Write objects with consecutive numbers from `first` on, which begin in `data` at `offsets`."""
        missing = first + len(offsets) - len(self._offsets)
        if missing > 0:
            self._offsets.frombytes(bytes(8 * missing))
        start = self._position
        for number, offset in enumerate(offsets, first):
            self._offsets[number] = start + offset
        self._write(data)

    def identity(self) -> str:
        """Return the digest of all that is written so far, 32 hexadecimal digits."""
        self._flush()
        return self._digest.hexdigest()[:32]

    def finish(self, identity: str, pages: Sequence[int]) -> StreamedFile:
        """Write cross-reference table and trailer; `pages` are the object numbers of the pages."""
        numbers, size, start = self._master.numbers, len(self._offsets), self._position
        self._write(table_head(size))
        for first in range(1, size, _ENTRIES):
            block = self._offsets[first : first + _ENTRIES]
            self._write(b"".join([ENTRY % offset if offset else FREE for offset in block]))
        self._write(trailer(size, self._master.catalog, numbers.information, identity.upper().encode(), start))
        self._flush()
        digest = self._digest.hexdigest()
        return StreamedFile(digest, self._position, pages, numbers.pages, self._offsets, self._master.first)

    def _write(self, data: bytes) -> None:
        self._buffer += data
        self._position += len(data)
        if len(self._buffer) > _BUFFER:
            self._flush()

    def _flush(self) -> None:
        self._file.write(self._buffer)
        self._digest.update(self._buffer)
        self._buffer.clear()


class LongFileWriter:
    """A writer of one long file of so many pages into a binary file open for writing; `add` writes the next page."""

    def __init__(self, file: BinaryIO, master: Master, metadata: Metadata, chunks: ChunkMaker, pages: int) -> None:
        self._master, self._metadata = master, metadata
        self._parts = _WrittenParts(file, master)
        self._assembly = Assembly(master, chunks.make, self._parts, pages)
        self.add = self._assembly.add

    def close(self, title: str) -> StreamedFile:
        """Write what all pages have in common, metadata, cross-reference table and trailer."""
        self._assembly.end()
        for first, chunk in self._parts.late:
            self._parts.add_all(first, chunk.data, chunk.offsets)
        for number, body in title_objects(self._master, self._metadata, title):
            self._parts.add(number, body)
        return self._parts.finish(self._parts.identity(), self._assembly.pages)


class _WrittenParts(ObjectWriter):
    """The parts of a file, written as they come; those that stand last are kept until then."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        super().__init__(file, master)
        self.late: list[tuple[int, Chunk]] = []

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk, *, is_last: bool) -> None:
        if is_last:
            self.late.append((numbers.first, chunk))
        else:
            self.add_all(numbers.first, chunk.data, chunk.offsets)
