"""How fast files are made, and how long the rest will take."""

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 10.0  # seconds that count: a build that waited for its disk is not slow for ever
_LEAST = 0.2  # seconds after which a rate says something


class Pace:
    """Files a second over the last seconds.

    Args:
        clock: seconds, from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._notes: deque[tuple[float, int]] = deque([(clock(), 0)])

    def note(self, done: int) -> None:
        """So many files are done now."""
        now = self._clock()
        if len(self._notes) > 2 and self._notes[-1][0] - self._notes[-2][0] < _LEAST:
            self._notes.pop()  # a note for each fifth of a second is enough
        self._notes.append((now, done))
        while len(self._notes) > 2 and now - self._notes[0][0] > _WINDOW:
            self._notes.popleft()

    @property
    def rate(self) -> float | None:
        """Files a second; None while nobody can tell."""
        (start, before), (now, done) = self._notes[0], self._notes[-1]
        return (done - before) / (now - start) if now - start >= _LEAST and done > before else None

    def left(self, done: int, total: int) -> float | None:
        """Seconds until all are done, at this rate."""
        rate = self.rate
        return None if rate is None else (total - done) / rate


def duration(seconds: float) -> str:
    """« 8 s », « 1 min 20 s », « 2 h 05 min »: the same in both languages."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
