"""Write what happens in a build as lines of JSON (``--json``), for programs that watch it.

Every line is an `Event`: `Reading` and `Progress`, then a `Found` for each fault, and last `Done` or `Stopped`.
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence

import click
from msgspec import Struct, to_builtins

from leaflet.cli.progress import FileRate
from leaflet.faults import Fault, Lang, Severity
from leaflet.production.build_options import BuildResult
from leaflet.production.manifest import Reason
from leaflet.production.outcome import Outcome

_SECONDS = 0.5  # between two lines of progress


class Reading(Struct, frozen=True, kw_only=True, tag_field="event", tag="reading"):
    """A list is being read.

    Args:
        file: name of the list.
        rows: how many of its rows have been read.
    """

    file: str
    rows: int


class Progress(Struct, frozen=True, kw_only=True, tag_field="event", tag="progress"):
    """One more file is done.

    Args:
        done, total: files that are done, and all that are to be made.
        file: name of the one that was done last.
        files_per_second: how many are made in a second at present; None until that is known.
        seconds_left: how long the rest will take at that rate; None until that is known.
        warnings: so far.
    """

    done: int
    total: int
    file: str
    files_per_second: float | None
    seconds_left: float | None
    warnings: int


class Found(Struct, frozen=True, kw_only=True, tag_field="event", tag="fault"):
    """A fault that was found.

    Args:
        code: see docs/faults.md.
        severity: as the campaign may have changed it.
        place: in words.
        record: code of the school that it is about; None without.
        reason: what is wrong, and why.
        way_out: what to do about it.
    """

    code: str
    severity: Severity
    place: str
    record: str | None
    reason: str
    way_out: str


class Done(Struct, frozen=True, kw_only=True, tag_field="event", tag="done"):
    """The build ended well, perhaps with faulty rows left out; the last line.

    Args:
        files: how many of the files asked for are there now.
        made: how many of them were made; the others were right as they were.
        pages: of all of them.
        reasons: how many were made for each reason: new, missing, altered, asked, or what had changed.
        stale: files of schools and documents that are no longer there.
        removed: those of them that were removed (``--prune``).
        out: the output folder.
        seconds: how long the build took.
    """

    files: int
    made: int
    pages: int
    reasons: Mapping[Reason, int]
    stale: Sequence[str]
    removed: Sequence[str]
    out: str
    seconds: float


class Stopped(Struct, frozen=True, kw_only=True, tag_field="event", tag="stopped"):
    """The build stopped early; the last line.

    Args:
        exit_code: of the program.
        seconds: how long it took.
    """

    exit_code: int
    seconds: float


Event = Reading | Progress | Found | Done | Stopped


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
            Progress(
                done=done,
                total=total,
                file=name,
                files_per_second=None if rate is None else round(rate, 1),
                seconds_left=None if left is None else round(left, 1),
                warnings=len(self._outcome.report.warnings),
            )
        )

    def show_rows(self, name: str, rows: int) -> None:
        """Write how many rows of a list have been read; only if the last such line is a while ago."""
        if self._is_due():
            self._write(Reading(file=name, rows=rows))

    def write_done(self, result: BuildResult) -> None:
        """Write the result of a build that ended well, perhaps with faulty rows left out."""
        self._write_faults(result.faults)
        counted = ("files", "made", "pages", "reasons", "stale", "removed")
        values = {name: getattr(result, name) for name in counted}
        self._write(Done(**values, out=str(result.out), seconds=self._seconds()))

    def write_stopped(self, faults: Iterable[Fault], exit_code: int) -> None:
        """Write that the build stopped early, with its faults and the exit code of the program."""
        self._write_faults(faults)
        self._write(Stopped(exit_code=exit_code, seconds=self._seconds()))

    def _write_faults(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self._write(
                Found(
                    code=fault.code,
                    severity=fault.severity,
                    place=fault.place.text(self._lang),
                    record=fault.place.record,
                    reason=fault.reason(self._lang),
                    way_out=fault.way_out(self._lang),
                )
            )

    def _write(self, event: Event) -> None:
        click.echo(json.dumps(to_builtins(event), ensure_ascii=False))

    def _seconds(self) -> float:
        return round(time.monotonic() - self._start, 3)

    def _is_due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _SECONDS
        return True
