"""Files too long for memory: objects are written as they are made, and 8 bytes of each are kept: its cross-reference.

A tagged file of thousands of pages, written page by page; its bytes are those that `Writer` gives all at once.
"""

import hashlib
from array import array
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from msgspec import Struct

from leaflet.pdf.chunks import Chunk, ChunkMaker, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import FREE, INDIRECT, end_of_file, reference
from leaflet.pdf.writer import Assembly, title_objects

_BUFFER = 1 << 18  # bytes gathered before they go to the disk


class StreamedFile(Struct, frozen=True):
    """A finished file that nobody holds in memory."""

    sha256: str  # in hexadecimal
    size: int  # in bytes
    pages: Sequence[int]  # the object number of each page
    roots: tuple[int, int]  # the object numbers of the catalogue and of the information
    tree: int  # the object number of the page tree's root
    references: Sequence[int]  # the cross-reference of each object, 0 where there is none
    first: int  # objects below it are shared by all pages


class ObjectWriter:
    """A writer of numbered objects into a binary file opened for writing, behind the master's."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        self._file, self._master = file, master
        self._references = array("Q", bytes(8 * master.first))
        for number, offset in master.offsets.items():
            self._references[number] = reference(offset)
        self._position = 0
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._append(master.prefix)

    def take(self) -> int:
        """Return the next free object number."""
        self._references.append(0)
        return len(self._references) - 1

    def add(self, number: int, body: bytes) -> None:
        """Write an object."""
        self.write(number, INDIRECT % (number, body))

    def write(self, number: int, data: bytes) -> None:
        """Write an object that is ready to stand in a file."""
        self.hold({number: reference(self._position)})
        self._append(data)

    def hold(self, references: Mapping[int, int]) -> None:
        """Note the cross-references of some objects."""
        if (missing := max(references) + 1 - len(self._references)) > 0:
            self._references.frombytes(bytes(8 * missing))
        for number, one in references.items():
            self._references[number] = one

    def identity(self) -> str:
        """Return the digest of all that is written so far, 32 hexadecimal digits."""
        self._flush()
        return self._digest.hexdigest()[:32]

    def finish(self, identity: str, pages: Sequence[int]) -> StreamedFile:
        """Write the cross-references; `pages` are the object numbers of the pages."""
        numbers, start = self._master.numbers, self._position
        roots = self._master.catalog, numbers.information
        self._references.append(reference(start))
        references = [one or FREE for one in self._references]
        self._append(end_of_file(references, roots, identity.upper().encode(), start))
        self._flush()
        digest = self._digest.hexdigest()
        return StreamedFile(digest, self._position, pages, roots, numbers.pages, self._references, self._master.first)

    def _append(self, data: bytes) -> None:
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
        """Write what all pages have in common, metadata, cross-references."""
        self._assembly.end()
        for number, data in self._parts.late:
            self._parts.write(number, data)
        for number, body in title_objects(self._master, self._metadata, title):
            self._parts.add(number, body)
        return self._parts.finish(self._parts.identity(), self._assembly.pages)


class _WrittenParts(ObjectWriter):
    """The parts of a file, written as they come; those that stand last are kept until then."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        super().__init__(file, master)
        self.late: list[tuple[int, bytes]] = []

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk, *, is_last: bool) -> None:
        if is_last:
            self.late.append((numbers.first, chunk.data))
        else:
            self.write(numbers.first, chunk.data)
