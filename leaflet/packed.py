"""Long sequences that are gone through from end to end: packed in blocks, of which one at a time is unpacked.

A school as a value takes half a kilobyte, packed a tenth of it: memory hardly grows with the length of a list.
"""

import heapq
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from types import GenericAlias
from typing import Any, TypeVar, overload

from msgspec.msgpack import Decoder, Encoder

T = TypeVar("T")

_BLOCK = 64  # items: so many are unpacked for each sequence that is gone through
_RUN = 2_048  # items sorted at a time
_LEVEL = 1  # of compression: what repeats is names of fields, which the quickest finds as well as the best

_encode = Encoder().encode


class Packed(Sequence[T]):
    """A sequence of structs, or of texts; it equals any list of the same items.

    Args:
        kind: of its items, all of whose fields msgspec knows.
    """

    def __init__(self, kind: type[T], items: Iterable[T] = ()) -> None:
        self._kind = kind
        self._decoder = Decoder(GenericAlias(list, kind))
        self._blocks: deque[bytes] = deque()
        self._last: list[T] = []
        self.extend(items)

    def append(self, item: T) -> None:
        """Put an item at the end."""
        self._last.append(item)
        if len(self._last) == _BLOCK:
            self._pack()

    def extend(self, items: Iterable[T]) -> None:
        """Put items at the end."""
        items = iter(items)
        while more := list(islice(items, _BLOCK - len(self._last))):
            self._last += more
            if len(self._last) == _BLOCK:
                self._pack()

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from self._unpack(block)
        yield from self._last

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Packed | list):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """An item, or the items of a slice, for which all are unpacked."""
        if isinstance(at, slice):
            return list(self)[at]
        number, place = divmod(range(len(self))[at], _BLOCK)
        block = self._unpack(self._blocks[number]) if number < len(self._blocks) else self._last
        return block[place]

    def drain(self) -> Iterator[T]:
        """The items, forgotten block by block as they are handed out."""
        while self._blocks:
            yield from self._unpack(self._blocks.popleft())
        last, self._last = self._last, []
        yield from last

    def sort(self, key: Callable[[T], Any]) -> None:
        """Sort in place; equal ones stay in their order. Of a long sequence a part is unpacked at a time."""
        if all(one <= next_one for one, next_one in pairwise(map(key, self))):
            return
        items = self.drain()
        runs = []
        while run := sorted(islice(items, _RUN), key=key):
            runs.append(Packed(self._kind, run))
        self.extend(heapq.merge(*(run.drain() for run in runs), key=key))

    def _pack(self) -> None:
        self._blocks.append(zlib.compress(_encode(self._last), _LEVEL))
        self._last = []

    def _unpack(self, block: bytes) -> list[T]:
        items: list[T] = self._decoder.decode(zlib.decompress(block))
        return items
