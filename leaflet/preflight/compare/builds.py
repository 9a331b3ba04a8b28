"""The two sides of a comparison: their files, and the pairs that belong together.

A side is a folder with a ``manifest.json`` or a single PDF. A baseline that is missing, unreadable or empty is an
error: it must never read as « nothing changed ». Not here: the contents of the files.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import Place, Report, fault_of
from leaflet.files.plain_files import FINISHED, meant_file
from leaflet.production.manifest import NAME, read_manifest

_HEAD = 1024  # bytes within which a PDF says that it is one (ISO 32000-1, annex H.3)


class ListedFile(Struct, frozen=True, kw_only=True):
    """A file of a side."""

    document: str  # its name in the campaign; empty for a file that was named itself
    record: str  # a UAI, or the name of the new file
    name: str  # as listed in the manifest
    path: Path  # where the file is
    sha256: str | None  # as listed; None for a file that was named itself
    personal: bool  # whether it holds names of people


class ComparedSide(Struct, frozen=True, kw_only=True):
    """One side of a comparison and its files."""

    path: Path
    files: tuple[ListedFile, ...]


class Pair(NamedTuple):
    """The files of a record before and after; at least one of them is there."""

    old: ListedFile | None
    new: ListedFile | None

    @property
    def either(self) -> ListedFile:
        """The new file, or the old one if there is no new one."""
        found = self.new or self.old
        assert found is not None, "a pair has one side at least"
        return found

    @property
    def key(self) -> tuple[str, str]:
        """The document and the record that its files belong to."""
        return self.either.document, self.either.record

    @property
    def is_personal(self) -> bool:
        """Return whether one of the files holds names of people."""
        return any(side is not None and side.personal for side in self)


def read_sides(old: Path, new: Path, report: Report) -> tuple[ComparedSide, ComparedSide]:
    """Read both sides and check that they can be compared.

    Args:
        old: the baseline.
        new: what is compared with it.
        report: receives the notes on both.

    Raises:
        UsageError: with all faults of both.
    """
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


def _read_file(path: Path, record: str, report: Report) -> ComparedSide:
    """Return the side of a single file."""
    try:
        if not _is_pdf(path):
            report.add("U066", Place(file=str(path)))
    except OSError as error:
        report.extend(fault_of(error, "U067", path).faults)
    personal = _is_listed_as_personal(path)
    listed = ListedFile(document="", record=record, name=path.name, path=path, sha256=None, personal=personal)
    return ComparedSide(path=path, files=(listed,))


def _is_pdf(path: Path) -> bool:
    """Check whether a file begins as a PDF does; a pipe is never read, because it may block for ever."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def _is_listed_as_personal(path: Path) -> bool:
    """Check whether the manifest of the file's build lists it as one with names."""
    path = path.resolve()
    for folder in list(path.parents)[:2]:  # files lie in a folder of their document
        manifest = read_manifest(folder)
        name = path.relative_to(folder).as_posix()
        if manifest is not None and any(entry.personal and entry.file == name for entry in manifest.entries):
            return True
    return False


def _read_folder(path: Path, _record: str, report: Report) -> ComparedSide:
    """Return the side of a folder: the files that its manifest lists."""
    manifest = read_manifest(path)
    if manifest is None:
        report.add("U062" if (path / NAME).exists() else "U061", Place(file=str(path)))
        return ComparedSide(path=path, files=())
    if not manifest.entries:
        report.add("U063", Place(file=str(path)))
    files = []
    for entry in manifest.entries:
        if not _is_inside(path, entry.file):
            report.add("U068", Place(file=str(path / NAME), uai=entry.record), value=entry.file)
            continue
        files.append(
            ListedFile(
                document=entry.document,
                record=entry.record,
                name=entry.file,
                path=path / entry.file,
                sha256=entry.sha256,
                personal=entry.personal,
            )
        )
    _report_unlisted(path, {listed.name for listed in files}, report)
    return ComparedSide(path=path, files=tuple(files))


def _is_inside(folder: Path, name: str) -> bool:
    """Check that a listed name does not lead out of the folder."""
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _report_unlisted(folder: Path, listed: set[str], report: Report) -> None:
    """Report files of the folder that the manifest does not list: they are not compared."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))
    beside = sorted(name for name in names if name not in listed)
    if beside:
        report.add("D106", Place(file=str(folder)), count=len(beside), example=beside[0])


def pair_files(old: ComparedSide, new: ComparedSide) -> Iterator[Pair]:
    """Yield the files of each document and record in pairs, in that order; those of the same name first."""
    before, after = _by_record(old), _by_record(new)
    for key in sorted(before.keys() | after.keys()):
        yield from _pair_of_record(before.get(key, []), after.get(key, []))


def _by_record(side: ComparedSide) -> dict[tuple[str, str], list[ListedFile]]:
    """Return the files by document and record."""
    found: dict[tuple[str, str], list[ListedFile]] = defaultdict(list)
    for listed in side.files:
        found[listed.document, listed.record].append(listed)
    return found


def _pair_of_record(before: list[ListedFile], after: list[ListedFile]) -> Iterator[Pair]:
    """Pair the files of one record: by name, the others in the order they are listed."""
    names = {listed.name: listed for listed in before}
    left = []
    for listed in after:
        if partner := names.pop(listed.name, None):
            yield Pair(partner, listed)
        else:
            left.append(listed)
    others = list(names.values())
    for number in range(max(len(others), len(left))):
        yield Pair(others[number] if number < len(others) else None, left[number] if number < len(left) else None)
