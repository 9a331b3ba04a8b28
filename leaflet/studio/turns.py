"""Draw one picture after the other, those that somebody looks at before small ones to choose from."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Turns that threads take: only one has its turn, and those that go first wait for no other."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._is_taken = False
        self._first = 0  # threads that wait and go first

    @contextmanager
    def take(self, *, goes_first: bool) -> Iterator[None]:
        """Wait for a turn, and have it within the block."""
        with self._condition:
            self._first += goes_first
            self._condition.wait_for(lambda: not self._is_taken and (goes_first or not self._first))
            self._first -= goes_first
            self._is_taken = True
        try:
            yield
        finally:
            with self._condition:
                self._is_taken = False
                self._condition.notify_all()
