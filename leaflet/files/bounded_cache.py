"""The one cache of the program whose size is bounded; functions use `functools.lru_cache`."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(dict[K, V]):
    """A dict of at most so many entries, which forgets its oldest one for a new one."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._most and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of a key, made and stored if there is none."""
        if key not in self:
            self[key] = make()
        return self[key]
