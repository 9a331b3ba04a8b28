"""What a build is asked for, and what it did."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from leaflet.faults import Fault
from leaflet.production.manifest import Reason
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.cells import NO_CLEANING, Cleaning
from leaflet.tables.filters import EVERYTHING, Choice, parse_choice

__all__ = [
    "EVERYTHING",
    "NO_CLEANING",
    "BuildOptions",
    "BuildResult",
    "Choice",
    "Cleaning",
    "InputOptions",
    "Press",
    "Progress",
    "ReadOptions",
    "RunOptions",
    "RunResult",
    "parse_choice",
]

Press = Literal["x4", "vt1"]
Progress = Callable[[int, int, str], None]
"""Called after each file: files done, files in all, name of the last one."""


class InputOptions(Struct, frozen=True, kw_only=True):
    """What every command that makes documents is told.

    Args:
        campaign: the campaign file.
        out: the folder to write into; made if missing.
        only: UAIs to make; all schools if empty.
        choice: further filters of schools, and their order; the list's order by default, a print run's own in one.
        cleaning: what is changed of the lists on request.
        reading: how the list of schools is read; what it leaves open the campaign says, or is found.
        document: the name of the one document to make; all if None.
        keep_going: leave faulty rows and records out instead of stopping.
        verify: reopen what was written and check it.
        outline: draw the outline of every box, for people who write templates.
        start: the first free place of a used sheet of cards, from 1.
        printer: a ``printer.toml``; None takes the one beside the campaign, if there is one.
        epoch: SOURCE_DATE_EPOCH, seconds since 1970, or None.
        progress: told about every file.
        outcome: gets every fault, and is there when the run stops.
    """

    campaign: Path
    out: Path
    only: frozenset[str] = frozenset()
    choice: Choice = EVERYTHING
    cleaning: Cleaning = NO_CLEANING
    reading: ReadOptions = field(default_factory=ReadOptions)
    document: str | None = None
    keep_going: bool = False
    verify: bool = True
    outline: bool = False
    start: int = 1
    printer: Path | None = None
    epoch: int | None = None
    progress: Progress = lambda _done, _total, _name: None
    outcome: Outcome = field(default_factory=Outcome)


class BuildOptions(InputOptions, frozen=True, kw_only=True):
    """What to build: one file for each school.

    Args:
        address: where to write instead of a folder: a ZIP archive, or storage that fsspec knows.
        jobs: processes; None takes all cores for large builds, and this process for others.
        scheduler: address of a Dask scheduler whose workers make the files.
        shard: (i, n) makes the i-th of n parts, counted from 1, for `leaflet.production.shards.merge_shards`.
        anew: make every file, also those that are right as they are.
        prune: remove files of schools and documents that are no longer there.
    """

    address: str | None = None
    jobs: int | None = None
    scheduler: str | None = None
    shard: tuple[int, int] | None = None
    anew: bool = False
    prune: bool = False

    @property
    def place(self) -> Path | str:
        """Where files go, as it was given."""
        return self.address if self.address is not None else self.out


class RunOptions(InputOptions, frozen=True, kw_only=True):
    """What to print: one file for all schools.

    Args:
        copies: for schools whose list does not say how many they want.
        bare: leaflets only, without bundle sheets and without the packing list as a PDF.
        once: each school once, with the number of copies on its bundle sheet.
        pages: the most a volume may have; None makes one volume, or volumes of 15,000 for the print shop.
        press: a file for the print shop, PDF/X-4 or PDF/VT-1.
    """

    copies: int = 1
    bare: bool = False
    once: bool = False
    pages: int | None = None
    press: Press | None = None


class BuildResult(Struct, frozen=True, kw_only=True):
    """What was written, and all that was noticed on the way (warnings, notes, faults of what was left out).

    Args:
        files: what was asked for and is there; `made` of them now, the others were right as they were.
        reasons: how many were made for each reason (`leaflet.production.origins.Reason`).
        stale: files of schools and documents that are no longer there; `removed` those that were taken away.
    """

    files: int
    made: int
    pages: int
    reasons: Mapping[Reason, int]
    stale: tuple[str, ...]
    removed: tuple[str, ...]
    out: Path | str
    faults: tuple[Fault, ...]


class RunResult(Struct, frozen=True, kw_only=True):
    """A print run: its files, all their pages, schools and copies in it, and what was noticed on the way."""

    files: tuple[str, ...]
    pages: int
    schools: int
    copies: int
    out: Path
    faults: tuple[Fault, ...]
