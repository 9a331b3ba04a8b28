"""Faults and progress on the terminal: colours and a bar for people, plain lines elsewhere."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from leaflet.build.noticed import Noticed
from leaflet.cli.messages import counted, grouped, say
from leaflet.cli.pace import Pace, duration
from leaflet.faults import Fault, Lang, visible

_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
MOST = 20  # faults of one code that a terminal shows
_PLAIN_SECONDS = 5.0  # between two lines of progress where there is no terminal


def print_faults(faults: Iterable[Fault], lang: Lang, console: Console, *, most: int | None = MOST) -> None:
    """Faults with place, reason and way out, the code in the colour of its severity.

    Args:
        most: of one code; the others are counted, for a list with one wrong column has as many faults as rows.
    """
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.code] += 1
        if most is None or seen[fault.code] <= most:
            print_lines(fault.lines(lang), fault, console)
    for code, count in seen.items():
        if most is not None and count > most:
            console.print(Text(say("more", lang, code=code, more=count - most)), soft_wrap=True)


def print_lines(lines: Sequence[str], fault: Fault, console: Console) -> None:
    """Lines about a fault; the first begins with its code."""
    head = Text(lines[0])
    head.stylize(_STYLES[fault.severity], 0, len(fault.code))
    console.print(head, soft_wrap=True)
    for line in lines[1:]:
        console.print(Text(line), soft_wrap=True)


def print_noticed(faults: Sequence[Fault], lang: Lang, *, verbose: bool, quiet: bool) -> None:
    """Everything noticed on the way; of notes a count, unless they are asked for."""
    shown = [fault for fault in faults if verbose or fault.severity != "note"]
    print_faults(shown, lang, Console(stderr=True), most=None if verbose else MOST)
    if quiet:
        return
    tight = sum(fault.code == "F201" for fault in faults)
    if tight and not verbose:
        click.echo(say("notes", lang, files=counted(tight, "file", lang)), err=True)
    if errors := sum(fault.severity == "error" for fault in faults):
        click.echo(say("left_out", lang, errors=counted(errors, "fault", lang)), err=True)


class ProgressLine:
    """Tells how far reading and making are; a context manager that can be called for every file.

    Args:
        noticed: whose warnings are counted, if there are any.
    """

    def __init__(self, lang: Lang, noticed: Noticed | None = None, *, quiet: bool) -> None:
        self._lang = lang
        self._noticed = noticed
        self._pace = Pace()
        self._quiet = quiet
        self._console = Console(stderr=True)
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.fields[count]}", markup=False),
            TextColumn("{task.fields[name]}", markup=False),
            console=self._console,
            disable=quiet or not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, count="", name="")
        self._next = time.monotonic() + _PLAIN_SECONDS

    def __enter__(self) -> "ProgressLine":
        self._bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        """One more file is done."""
        self._pace.note(done)
        if not self._bar.disable:
            count = f"{done}/{total}{self._said_pace(done, total)}"
            self._bar.update(self._task, completed=done, total=total, count=count, name=name)
        elif self._is_time():
            pace = self._said_pace(done, total)
            print(say("progress", self._lang, done=done, total=total, pace=pace, name=name), file=sys.stderr)

    def read(self, name: str, rows: int) -> None:
        """So many rows of a list have been read; nobody knows how many there are."""
        if not self._bar.disable:
            self._bar.update(self._task, name=self._reading(name, rows))
        elif self._is_time():
            print(self._reading(name, rows), file=sys.stderr)

    def _reading(self, name: str, rows: int) -> str:
        return say("reading", self._lang, name=visible(name), rows=grouped(rows, self._lang))

    def _said_pace(self, done: int, total: int) -> str:
        """Files a second, time left, warnings so far; as far as they are known."""
        rate, left = self._pace.rate, self._pace.left(done, total)
        warnings = len(self._noticed.report.warnings) if self._noticed is not None else 0
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
