"""The plan of a file: where its chunks and its own objects stand, in the file and in its cross-reference table.

Most chunks of a file are those of the file before. What stands between the others is put together once.
"""

from collections.abc import Sequence

from leaflet.pdf.chunks import Chunk


class FilePlan:
    """A file but for its chunks.

    Args:
        parts: in the order of the file: bytes of an object, or the number of a chunk.
        order: the parts in the order of the numbers of their objects: index of the part, and the number of the chunk
            that it is, or None.
    """

    def __init__(self, parts: Sequence[bytes | int], order: Sequence[tuple[int, int | None]]) -> None:
        self._parts, self._order = parts, order
        self._base: Sequence[Chunk] = ()
        self._own: frozenset[int] = frozenset()  # chunks that differ from file to file
        self._stretches: list[bytes | int] = []  # parts with no such chunk among them joined
        self._blocks: list[tuple[int, tuple[int, ...]]] = []  # of objects: a stretch, offsets in it if it is joined

    def fill(self, chunks: Sequence[Chunk], start: int) -> tuple[list[bytes], list[int], int]:
        """A file from the offset `start` on, in parts; where its objects begin; where it ends."""
        if len(chunks) != len(self._base):
            self._join(chunks, frozenset())
        changed = {index for index, pair in enumerate(zip(chunks, self._base, strict=True)) if pair[0] is not pair[1]}
        if not changed <= self._own:
            self._join(chunks, self._own | changed)
        data = [part if isinstance(part, bytes) else chunks[part].data for part in self._stretches]
        starts = []
        for part in data:
            starts.append(start)
            start += len(part)
        offsets: list[int] = []
        for index, within in self._blocks:
            own, at = self._stretches[index], starts[index]
            offsets += [at + offset for offset in (chunks[own].offsets if isinstance(own, int) else within)]
        return data, offsets, start

    def _join(self, chunks: Sequence[Chunk], own: frozenset[int]) -> None:
        self._base, self._own = tuple(chunks), own
        joined: list[bytearray | int] = []
        places: list[tuple[int, int]] = []  # of each part: stretch, and where it begins there
        for part in self._parts:
            if isinstance(part, int) and part in own:
                joined.append(part)
                places.append((len(joined) - 1, 0))
                continue
            stretch = joined[-1] if joined else 0
            if isinstance(stretch, int):
                stretch = bytearray()
                joined.append(stretch)
            places.append((len(joined) - 1, len(stretch)))
            stretch += part if isinstance(part, bytes) else chunks[part].data
        self._stretches = [part if isinstance(part, int) else bytes(part) for part in joined]
        self._blocks = []
        for part, number in self._order:
            index, start = places[part]
            within = (0,) if number is None else () if number in own else chunks[number].offsets
            within = tuple([start + offset for offset in within])
            if within and self._blocks and self._blocks[-1][0] == index:
                within = self._blocks.pop()[1] + within
            self._blocks.append((index, within))
