"""The plan of a file: where its chunks and its own objects stand, in the file and in its cross-reference table.

Most chunks of a file are those of the file before. All that stands before the first of the others is one string for
many files, hashed once; what stands between them is put together once.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leaflet.pdf.chunks import Chunk
from leaflet.pdf.master import Master
from leaflet.pdf.objects import ref

_ENTRY = b"%010d 00000 n \n"  # of the cross-reference table: 20 bytes (ISO 32000-1 §7.5.4)


class _Block(NamedTuple):
    """Objects with consecutive numbers that stand in one part of the tail: offsets in it; of a chunk, None."""

    part: int
    offsets: tuple[int, ...] | None


class FilePlan:
    """A file but for its own chunks.

    Args:
        parts: in the order of the file: bytes of an object, or the number of a chunk.
        order: the parts in the order of the numbers of their objects: index of the part.
        chunks: of the file that is planned.
    """

    def __init__(
        self, master: Master, parts: Sequence[bytes | int], order: Sequence[int], chunks: Sequence[Chunk]
    ) -> None:
        self._master, self._parts, self._order, self._base = master, parts, order, chunks
        self._own: frozenset[int] = frozenset()  # chunks that differ from file to file
        self._join()

    @property
    def chunks(self) -> int:
        """How many chunks a file has."""
        return len(self._base)

    def fill(self, chunks: Mapping[int, Chunk]) -> tuple[bytes, str]:
        """A file and its SHA-256 in hexadecimal; `chunks` are those that it may have for itself, by number."""
        base = self._base
        changed = {number for number, chunk in chunks.items() if chunk is not base[number]}
        if not changed <= self._own:
            self._own |= changed
            self._join()
        tail = [part if isinstance(part, bytes) else chunks.get(part, base[part]).data for part in self._tail]
        starts = []
        start = len(self._head)
        for data in tail:
            starts.append(start)
            start += len(data)
        offsets: list[int] = []
        for part, within in self._blocks:
            at = starts[part]
            if within is None:
                number = self._tail[part]
                assert isinstance(number, int)
                within = chunks.get(number, base[number]).offsets
            offsets += [at + offset for offset in within]
        body = b"".join(tail)
        digest = self._digest.copy()
        digest.update(body)
        identity = digest.hexdigest()[:32].upper().encode()
        end = self._end % (*offsets, identity, identity, start)
        digest.update(end)
        return b"".join((self._head, body, end)), digest.hexdigest()

    def _join(self) -> None:
        """Put together what does not differ: the head up to the first chunk that does, and stretches behind it."""
        master = self._master
        joined: list[bytearray | int] = [bytearray(master.prefix)]
        places: list[tuple[int, int]] = []  # of each part: stretch, and where it begins there
        for part in self._parts:
            if isinstance(part, int) and part in self._own:
                places.append((len(joined), 0))
                joined.append(part)
                continue
            stretch = joined[-1]
            if isinstance(stretch, int):
                stretch = bytearray()
                joined.append(stretch)
            places.append((len(joined) - 1, len(stretch)))
            stretch += part if isinstance(part, bytes) else self._base[part].data
        head, *tail = [part if isinstance(part, int) else bytes(part) for part in joined]
        assert isinstance(head, bytes)
        self._head, self._tail = head, tail
        self._digest = master.hash.copy()
        self._digest.update(head[len(master.prefix) :])
        self._end = self._write_end(places)

    def _write_end(self, places: Sequence[tuple[int, int]]) -> bytes:
        """Cross-reference table and trailer, with what differs left to be filled in."""
        master = self._master
        entries = [_ENTRY % master.offsets[number] for number in range(1, master.own.pages)]
        blocks: list[_Block] = []
        size = master.own.pages
        for index in self._order:
            part, (stretch, start) = self._parts[index], places[index]
            within = self._base[part].offsets if isinstance(part, int) else (0,)
            size += len(within)
            if stretch == 0:
                entries += [_ENTRY % (start + offset) for offset in within]
                continue
            entries.append(_ENTRY * len(within))
            is_own = isinstance(part, int) and part in self._own
            blocks.append(_Block(stretch - 1, None if is_own else tuple([start + offset for offset in within])))
        self._blocks = blocks
        trailer = b"trailer\n<< /Size %d /Root %b /Info %b " % (
            size,
            ref(master.catalog),
            ref(master.own.information),
        )
        return b"xref\n0 %d\n0000000000 65535 f \n%b%b/ID [<%%b> <%%b>] >>\nstartxref\n%%d\n%%%%%%%%EOF\n" % (
            size,
            b"".join(entries),
            trailer,
        )
