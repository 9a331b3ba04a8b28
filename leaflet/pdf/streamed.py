"""Files too long for memory: objects are written as they are made, and only where each begins is kept, in 8 bytes."""

import hashlib
from array import array
from collections.abc import Sequence
from typing import BinaryIO

from msgspec import Struct

from leaflet.pdf.master import Master
from leaflet.pdf.objects import indirect
from leaflet.pdf.xref import ENTRY, FREE, table_head, trailer

_BUFFER = 1 << 18  # bytes gathered before they go to the disk
_ENTRIES = 4096  # cross-reference entries written at a time


class StreamedFile(Struct, frozen=True):
    """A finished file that nobody holds in memory.

    Attributes:
        sha256: in hexadecimal; `size` in bytes.
        pages: the object number of each page.
        root: the object number of the page tree's root.
        offsets: where each object begins, 0 where there is none; those below `first` are shared by all pages.
    """

    sha256: str
    size: int
    pages: Sequence[int]
    root: int
    offsets: Sequence[int]
    first: int


class ObjectWriter:
    """A writer of numbered objects into a binary file opened for writing, behind the master's.

    Args:
        file: gets the bytes.
        master: the shared part of the file, which is written first.
    """

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
        self.add_all(number, indirect(number, body), (0,))

    def add_all(self, first: int, data: bytes, offsets: Sequence[int]) -> None:
        """Write objects with consecutive numbers from `first` on.

        Args:
            first: their first number.
            data: the objects, one after the other.
            offsets: where each begins in `data`.
        """
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
        """Write cross-reference table and trailer.

        Args:
            identity: of the file, 32 hexadecimal digits.
            pages: the object number of each page.
        """
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
