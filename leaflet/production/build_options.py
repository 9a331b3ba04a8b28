"""Define the options and results of builds and print runs."""

import re
from collections.abc import Callable, Mapping
from os import PathLike
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from leaflet.faults import Fault, Place, fail
from leaflet.production.manifest import Reason
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.row_selection import EVERYTHING, Choice

Press = Literal["x4"]
Progress = Callable[[int, int, str], None]
"""A function called after each file, with the number of files done, the number of all, and the last one's name."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/", re.IGNORECASE)  # a path has lost one of its slashes; "C:" is a drive


def output_path(out: str | PathLike[str]) -> Path:
    """Return the path to write to; of an address (U145) only the scheme is repeated, for it may hold a password."""
    path = Path(out)
    if address := _ADDRESS.match(path.as_posix()):
        raise fail("U145", Place(field="--out"), scheme=address[1])
    return path


class InputOptions(Struct, frozen=True, kw_only=True):
    """The options of every command that makes documents."""

    campaign: Path  # the campaign file
    out: Path  # the folder to write into; made if missing; of a build also a ZIP archive
    only: frozenset[str] = frozenset()  # UAIs to make; all schools if empty
    choice: Choice = EVERYTHING  # further filters, and the order; else that of the list, or of the delivery
    reading: ReadOptions = field(default_factory=ReadOptions)  # of the list; else as the campaign says, or detected
    document: str | None = None  # the name of the one document to make; all if None
    keep_going: bool = False  # leave faulty rows out; what cannot be made of one record is always left out
    verify: bool = True  # reopen what was written and check it
    draft: bool = False  # make drafts of documents that print what nobody has compared
    outline: bool = False  # draw the outline of every box, for people who write templates
    start: int = 1  # the first free place of a used sheet of cards, from 1
    printer: Path | None = None  # a ``printer.toml``; None takes the one beside the campaign, if there is one
    replace_others: bool = False  # replace what has the names of the files, whoever made it
    epoch: int | None = None  # SOURCE_DATE_EPOCH, seconds since 1970, or None
    progress: Progress = lambda _done, _total, _name: None  # called after every file
    outcome: Outcome = field(default_factory=Outcome)  # gets every fault, also of a command that stops with an error

    @property
    def leaves_out(self) -> bool:
        """Return whether faulty rows stop nothing: also if schools are named, of which they are none."""
        return self.keep_going or bool(self.only)


class BuildOptions(InputOptions, frozen=True, kw_only=True):
    """The options of a build, which makes one file for each school."""

    jobs: int | None = None  # processes; None takes all cores for large builds, and this process for others
    shard: tuple[int, int] | None = None  # (i, n): the i-th of n parts, from 1, for `merge_shards`
    anew: bool = False  # make every file, even if it would come out the same
    prune: bool = False  # remove files of schools and documents that are no longer there


class PrintRunOptions(InputOptions, frozen=True, kw_only=True):
    """The options of a print run, which makes one file of all schools."""

    copies: int = 1  # for schools without a number of copies in the list
    bare: bool = False  # leaflets only, without bundle sheets and without the packing list as a PDF
    once: bool = False  # each school once, with the number of copies on its bundle sheet
    pages: int | None = None  # the most of a volume; None makes one, or for the print shop volumes of 15,000
    press: Press | None = None  # a file for the print shop, PDF/X-4


class BuildResult(Struct, frozen=True, kw_only=True):
    """The result of a build."""

    files: int  # the number of files asked for that are there now
    made: int  # how many of them were made; the others were right as they were
    pages: int  # the pages of all of them
    people: Mapping[str, int]  # how many people they are for, by document that is made for each of them
    sheets: Mapping[str, int]  # on how many sheets of cards or labels they are, by document that has some
    reasons: Mapping[Reason, int]  # how many were made for each reason (`leaflet.production.manifest.Reason`)
    stale: tuple[str, ...]  # files of an earlier build that this one does not make
    removed: tuple[str, ...]  # those of them that were removed
    out: Path  # the place they were written to
    faults: tuple[Fault, ...]  # warnings, notes, and errors of what was left out


class PrintRunResult(Struct, frozen=True, kw_only=True):
    """The result of a print run: its files, their pages, schools and copies, and warnings, notes and errors."""

    files: tuple[str, ...]
    pages: int
    schools: int
    copies: int
    volumes: tuple[tuple[int, int], ...]  # schools and copies of each of the first files
    out: Path
    faults: tuple[Fault, ...]
