"""How far a run is: a bar for people at a terminal, plain lines now and then elsewhere."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from leaflet.cli.messages import counted, grouped, say
from leaflet.cli.pace import Pace, duration
from leaflet.faults import Lang, visible
from leaflet.production.outcome import Outcome

if TYPE_CHECKING:
    from leaflet.cli.bar import Bar

_PLAIN_SECONDS = 5.0  # between two lines of progress where there is no terminal


class ProgressLine:
    """Tells how far reading and making are; a context manager that can be called for every file.

    Args:
        outcome: whose warnings are counted, if there are any.
    """

    def __init__(self, lang: Lang, outcome: Outcome | None = None, *, quiet: bool) -> None:
        self._lang = lang
        self._outcome = outcome
        self._pace = Pace()
        self._quiet = quiet
        self._bar = None if quiet else _make_bar()
        self._next = time.monotonic() + _PLAIN_SECONDS

    def __enter__(self) -> ProgressLine:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        """One more file is done."""
        self._pace.note(done)
        if self._bar is not None:
            self._bar.count(done, total, f"{done}/{total}{self._said_pace(done, total)}", name)
        elif self._is_time():
            pace = self._said_pace(done, total)
            print(say("progress", self._lang, done=done, total=total, pace=pace, name=name), file=sys.stderr)

    def read(self, name: str, rows: int) -> None:
        """So many rows of a list have been read; nobody knows how many there are."""
        if self._bar is not None:
            self._bar.name(self._reading(name, rows))
        elif self._is_time():
            print(self._reading(name, rows), file=sys.stderr)

    def _reading(self, name: str, rows: int) -> str:
        return say("reading", self._lang, name=visible(name), rows=grouped(rows, self._lang))

    def _said_pace(self, done: int, total: int) -> str:
        """Files a second, time left, warnings so far; as far as they are known."""
        rate, left = self._pace.rate, self._pace.left(done, total)
        warnings = len(self._outcome.report.warnings) if self._outcome is not None else 0
        said = f", {counted(warnings, 'warning', self._lang)}" if warnings else ""
        if rate is None or left is None:
            return said
        return (
            say("pace", self._lang, rate=f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}", left=duration(left)) + said
        )

    def _is_time(self) -> bool:
        """Whether a plain line is due; if so, the next one is not for a while."""
        if self._quiet or time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _PLAIN_SECONDS
        return True


def _make_bar() -> Bar | None:
    """A bar if standard error is a terminal, or is said to be one as `rich` understands it."""
    if not sys.stderr.isatty() and not os.environ.keys() & {"FORCE_COLOR", "TTY_COMPATIBLE"}:
        return None
    from leaflet.cli.bar import Bar, is_terminal  # its library is for terminals

    return Bar() if is_terminal() else None
