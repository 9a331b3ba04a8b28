"""What happens in a build as lines of JSON (``--json``), for programs that watch it.

Every line is an object with ``event``: ``reading``, ``progress``, then ``fault`` for each, and last ``done`` or
``stopped``.
"""

import json
import time
from collections.abc import Iterable

import click

from leaflet.cli.pace import Pace
from leaflet.faults import Fault, Lang
from leaflet.production.options import BuildResult
from leaflet.production.outcome import Outcome

_SECONDS = 0.5  # between two lines of progress


class Events:
    """Writes them; called for every file."""

    def __init__(self, outcome: Outcome, lang: Lang) -> None:
        self._outcome, self._lang = outcome, lang
        self._pace = Pace()
        self._start = time.monotonic()
        self._next = 0.0

    def __call__(self, done: int, total: int, name: str) -> None:
        """One more file is done; not every one is worth a line."""
        self._pace.note(done)
        if done != total and not self._is_time():
            return
        rate, left = self._pace.rate, self._pace.left(done, total)
        self._write(
            "progress",
            done=done,
            total=total,
            file=name,
            files_per_second=None if rate is None else round(rate, 1),
            seconds_left=None if left is None else round(left, 1),
            warnings=len(self._outcome.report.warnings),
        )

    def read(self, name: str, rows: int) -> None:
        """So many rows of a list have been read."""
        if self._is_time():
            self._write("reading", file=name, rows=rows)

    def done(self, result: BuildResult) -> None:
        """The build went well, some faulty rows perhaps left out."""
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

    def stopped(self, faults: Iterable[Fault], exit_code: int) -> None:
        """The build ended early."""
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

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _SECONDS
        return True
