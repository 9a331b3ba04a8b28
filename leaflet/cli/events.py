"""Write what happens in a build as lines of JSON (``--json``), for programs that watch it.

Every line is an object with ``event``: ``reading`` and ``progress``, then a ``fault`` for each fault, and last
``done`` or ``stopped``.
"""

import json
import time
from collections.abc import Iterable

import click

from leaflet.cli.progress import FileRate
from leaflet.faults import Fault, Lang
from leaflet.production.options import BuildResult
from leaflet.production.outcome import Outcome

_SECONDS = 0.5  # between two lines of progress


class EventWriter:
    """A writer of events; called for every file.

    Args:
        outcome: the outcome of the build, whose warnings are counted.
        lang: the language of faults.
    """

    def __init__(self, outcome: Outcome, lang: Lang) -> None:
        self._outcome, self._lang = outcome, lang
        self._rate = FileRate()
        self._start = time.monotonic()
        self._next = 0.0

    def __call__(self, done: int, total: int, name: str) -> None:
        """Write that one more file is done; only if the last such line is a while ago."""
        self._rate.add(done)
        if done != total and not self._is_due():
            return
        rate, left = self._rate.files_per_second, self._rate.seconds_left(done, total)
        self._write(
            "progress",
            done=done,
            total=total,
            file=name,
            files_per_second=None if rate is None else round(rate, 1),
            seconds_left=None if left is None else round(left, 1),
            warnings=len(self._outcome.report.warnings),
        )

    def show_rows(self, name: str, rows: int) -> None:
        """Write how many rows of a list have been read; only if the last such line is a while ago."""
        if self._is_due():
            self._write("reading", file=name, rows=rows)

    def write_done(self, result: BuildResult) -> None:
        """Write the result of a build that ended well, perhaps with faulty rows left out."""
        self._write_faults(result.faults)
        self._write(
            "done",
            files=result.files,
            made=result.made,
            pages=result.pages,
            reasons=dict(result.reasons),
            stale=result.stale,
            removed=result.removed,
            out=str(result.out),
            seconds=self._seconds(),
        )

    def write_stopped(self, faults: Iterable[Fault], exit_code: int) -> None:
        """Write that the build stopped early, with its faults and the exit code of the program."""
        self._write_faults(faults)
        self._write("stopped", exit_code=exit_code, seconds=self._seconds())

    def _write_faults(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._write(
                "fault",
                code=fault.code,
                severity=fault.severity,
                place=fault.place.text(self._lang),
                record=fault.place.record,
                reason=fault.reason(self._lang),
                way_out=fault.way_out(self._lang),
            )

    def _write(self, event: str, **values: object) -> None:
        click.echo(json.dumps({"event": event, **values}, ensure_ascii=False))

    def _seconds(self) -> float:
        return round(time.monotonic() - self._start, 3)

    def _is_due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _SECONDS
        return True
