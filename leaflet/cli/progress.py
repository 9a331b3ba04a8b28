"""Show how far a command is: a bar for people at a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from collections import deque
from collections.abc import Callable

from leaflet.cli.language import format_count, message
from leaflet.faults import Lang, visible
from leaflet.production.outcome import Outcome

_LINE_SECONDS = 10.0  # before the first plain line; each wait is twice as long as the one before it
_MOST_SECONDS = 300.0  # between two plain lines: jobs that say nothing for ten minutes are ended
_BAR_SECONDS = 0.1  # between two drawings of the bar, which has no thread: a process with threads cannot be forked
_BAR_SIGNS = 40
_RATE_WINDOW = 10.0  # seconds that the rate is taken over, so that one wait for the disk does not count for ever
_FEW = 16  # files, made first, that take longer than those like them: how long all take is not known before
_RATE_LEAST = 0.2  # seconds after which there is a rate, and between two points kept for it


class ProgressDisplay:
    """The progress of reading lists and making files, called for every file; warnings are those of the outcome."""

    def __init__(self, lang: Lang, outcome: Outcome | None = None, *, quiet: bool) -> None:
        self._lang = lang
        self._outcome = outcome
        self._rate = FileRate()
        self._quiet = quiet
        self._is_bar = sys.stderr.isatty()
        self._wait, self._most = (_BAR_SECONDS, _BAR_SECONDS) if self._is_bar else (_LINE_SECONDS, _MOST_SECONDS)
        self._next = time.monotonic() + self._wait

    def __enter__(self) -> ProgressDisplay:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_bar and not self._quiet:
            self._show("")

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that one more file is done."""
        self._rate.add(done)
        if not self._is_due():
            return
        rate, full = self._format_rate(done, total), _BAR_SIGNS * done // max(total, done, 1)
        line = message("progress", self._lang, done=done, total=total, pace=rate, name=name)
        bar = f"{'━' * full}{'╌' * (_BAR_SIGNS - full)} {done}/{total}{rate} {name}"
        self._show(bar if self._is_bar else line)

    def show_rows(self, name: str, rows: int) -> None:
        """Show how many rows of a list have been read; how many there are is not known."""
        if self._is_due():
            number = f"{rows:,}".replace(",", "\u00a0" if self._lang == "fr" else ",")
            self._show(message("reading", self._lang, name=visible(name), rows=number))

    def _show(self, text: str) -> None:
        """Print a text as a line; on a terminal, draw it over the last one. Nothing leaves that line empty."""
        width = shutil.get_terminal_size().columns - 1
        over = f"\r{text[:width]:{width}}" if text else f"\r{'':{width}}\r"
        print(over if self._is_bar else text, end="" if self._is_bar else "\n", file=sys.stderr, flush=True)

    def _format_rate(self, done: int, total: int) -> str:
        """Format files a second, time left and warnings so far, as far as they are known."""
        rate, left = self._rate.files_per_second, self._rate.seconds_left(done, total)
        count = len(self._outcome.report.warnings) if self._outcome is not None else 0
        warnings = f", {format_count(count, 'warning', self._lang)}" if count else ""
        if rate is None or left is None:
            return warnings
        text = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        return message("pace", self._lang, rate=text, left=format_duration(left)) + warnings

    def _is_due(self) -> bool:
        """Check whether it is time to draw the bar or a plain line; the next line is due after a longer wait."""
        if self._quiet or time.monotonic() < self._next:
            return False
        self._wait = min(2 * self._wait, self._most)
        self._next = time.monotonic() + self._wait
        return True


class FileRate:
    """The rate at which files are made, over the last seconds; the clock returns seconds since any start."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._points: deque[tuple[float, int]] = deque([(clock(), 0)])

    def add(self, done: int) -> None:
        """Add how many files are done now."""
        now = self._clock()
        if len(self._points) > 2 and self._points[-1][0] - self._points[-2][0] < _RATE_LEAST:
            self._points.pop()
        self._points.append((now, done))
        while len(self._points) > 2 and now - self._points[0][0] > _RATE_WINDOW:
            self._points.popleft()

    @property
    def files_per_second(self) -> float | None:
        """The rate; None while it is not known."""
        (start, before), (now, done) = self._points[0], self._points[-1]
        return (done - before) / (now - start) if now - start >= _RATE_LEAST and done > before else None

    def seconds_left(self, done: int, total: int) -> float | None:
        """Return the seconds until all files are done at this rate; None while it is not known."""
        rate = self.files_per_second
        return None if rate is None or done < min(_FEW, total / 2) else (total - done) / rate


def format_duration(seconds: float) -> str:
    """Format a time as « 8 s », « 1 min 20 s » or « 2 h 05 min », which both languages write alike."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
