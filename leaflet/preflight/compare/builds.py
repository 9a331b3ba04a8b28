"""The two sides of a comparison: their files, and the pairs that belong together.

A side is a folder with a ``manifest.json`` or a single PDF. A baseline that is missing, unreadable or empty is an
error: it must never read as « nothing changed ».
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import Place, Report, fault_of
from leaflet.files.plain_files import FINISHED, meant_file
from leaflet.preflight.targets import is_personal
from leaflet.production.manifest import NAME, Entry, read_manifest
from leaflet.text import grouped

_HEAD = 1024  # bytes within which a PDF says that it is one (ISO 32000-1, annex H.3)


class BuiltFile(Struct, frozen=True, kw_only=True):
    """A PDF file of a folder, or one that was named itself."""

    path: Path  # where it is
    name: str  # its path in the folder, with ``/``
    document: str = ""  # its name in the campaign; empty for a file that was named itself
    record: str = ""  # a UAI, or the name of the new file
    sha256: str | None = None  # as the manifest lists it; None for a file that it does not list
    is_personal: bool = False  # it holds names of people, or may hold some

    @property
    def place(self) -> Place:
        """The place that faults of the file name."""
        return Place(file=str(self.path), uai=self.record if self.document else None)


def listed_file(folder: Path, entry: Entry) -> BuiltFile:
    """Return the file of an entry in the manifest of a folder."""
    return BuiltFile(
        path=folder / entry.file, name=entry.file, document=entry.document, record=entry.record,
        sha256=entry.sha256, is_personal=entry.personal,
    )  # fmt: skip


class Pair(NamedTuple):
    """The files of a record before and after; at least one of them is there."""

    old: BuiltFile | None
    new: BuiltFile | None

    @property
    def either(self) -> BuiltFile:
        """The new file, or the old one if there is no new one."""
        found = self.new or self.old
        assert found is not None, "a pair has one side at least"
        return found

    @property
    def is_personal(self) -> bool:
        """Return whether one of the files holds names of people."""
        return any(side is not None and side.is_personal for side in self)


def read_sides(old: Path, new: Path, report: Report) -> tuple[tuple[BuiltFile, ...], tuple[BuiltFile, ...]]:
    """Read the files of both sides, the old one first, and check that they can be compared; notes are reported."""
    found = Report()
    for path in (old, new):
        if not path.exists():
            found.add("U060", Place(file=str(path)), value=path.name, proposal=meant_file(str(path), FINISHED))
    found.raise_errors()
    if old.is_dir() != new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        found.add("U064", Place(file=str(file)), folder=folder)
    elif old.samefile(new):
        found.add("U065", Place(file=str(new)))
    found.raise_errors()
    read = _read_folder if old.is_dir() else _read_file
    sides = read(old, new.name, found), read(new, new.name, found)
    found.raise_errors()
    report.extend(found)
    return sides


def _read_file(path: Path, record: str, report: Report) -> tuple[BuiltFile, ...]:
    """Return the side of a single file."""
    try:
        if not _is_pdf(path):
            report.add("U066", Place(file=str(path)))
    except OSError as error:
        report.extend(fault_of(error, "U067", path).faults)
    return (BuiltFile(path=path, name=path.name, record=record, is_personal=is_personal(path.resolve())),)


def _is_pdf(path: Path) -> bool:
    """Check whether a file begins as a PDF does; a pipe is never read, because it may block for ever."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def _read_folder(path: Path, _record: str, report: Report) -> tuple[BuiltFile, ...]:
    """Return the side of a folder: the files that its manifest lists; others are not compared, which is reported."""
    manifest = read_manifest(path)
    if manifest is None:
        report.add("U062" if (path / NAME).exists() else "U061", Place(file=str(path)))
        return ()
    if not manifest.entries:
        report.add("U063", Place(file=str(path)))
    files = []
    for entry in manifest.entries:
        if entry.is_inside(path):
            files.append(listed_file(path, entry))
        else:
            report.add("U068", Place(file=str(path / NAME), uai=entry.record), value=entry.file)
    unlisted = {found.relative_to(path).as_posix() for found in path.rglob("*.pdf")} - {file.name for file in files}
    if unlisted:
        report.add("D106", Place(file=str(path)), count=len(unlisted), example=min(unlisted))
    return tuple(files)


def pair_files(old: tuple[BuiltFile, ...], new: tuple[BuiltFile, ...]) -> Iterator[Pair]:
    """Yield the files of each document and record in pairs: by name, the others in the order they are listed."""
    before, after = (grouped(((listed.document, listed.record), listed) for listed in side) for side in (old, new))
    for key in sorted(before.keys() | after.keys()):
        names = {listed.name: listed for listed in before.get(key, ())}
        left = []
        for listed in after.get(key, ()):
            if partner := names.pop(listed.name, None):
                yield Pair(partner, listed)
            else:
                left.append(listed)
        yield from (Pair(*pair) for pair in zip_longest(names.values(), left))
