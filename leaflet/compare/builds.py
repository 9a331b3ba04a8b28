"""The two sides of a comparison: which files they have, and which belong together.

A side is a folder with a ``manifest.json`` or a single PDF. A baseline that is missing, unreadable or empty is an
error: it must never read as « nothing changed ». Not here: what is in the files.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.production.manifest import NAME, read_manifest

_HEAD = 1024  # bytes within which a PDF says that it is one (ISO 32000-1, annex H.3)


class Listed(Struct, frozen=True, kw_only=True):
    """A file of a side: `name` as listed, `path` where it is, `sha256` as listed, None if nothing says it."""

    document: str
    record: str
    name: str
    path: Path
    sha256: str | None
    personal: bool


class Side(Struct, frozen=True, kw_only=True):
    """What is compared on one side."""

    path: Path
    files: tuple[Listed, ...]


class Pair(NamedTuple):
    """A record's file before and after; one of them is there."""

    old: Listed | None
    new: Listed | None

    @property
    def either(self) -> Listed:
        found = self.new or self.old
        assert found is not None, "a pair has one side at least"
        return found

    @property
    def is_personal(self) -> bool:
        return any(side is not None and side.personal for side in self)


def read_sides(old: Path, new: Path, report: Report) -> tuple[Side, Side]:
    """Both sides, checked.

    Raises:
        UsageError: with all that is wrong with them.
    """
    found = Report()
    for path in (old, new):
        if not path.exists():
            found.add("U060", Place(file=str(path)))
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


def _read_file(path: Path, record: str, report: Report) -> Side:
    try:
        if not _is_pdf(path):
            report.add("U066", Place(file=str(path)))
    except OSError as error:
        report.add("U067", Place(file=str(path)), problem=error.strerror or str(error))
    personal = _is_listed_as_personal(path)
    listed = Listed(document="", record=record, name=path.name, path=path, sha256=None, personal=personal)
    return Side(path=path, files=(listed,))


def _is_pdf(path: Path) -> bool:
    """Whether a file says that it is a PDF; a pipe, from which one could wait for ever, is none."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def _is_listed_as_personal(path: Path) -> bool:
    """Whether the build a file lies in says that it holds names."""
    path = path.resolve()
    for folder in list(path.parents)[:2]:  # files lie in a folder of their document
        manifest = read_manifest(folder)
        name = path.relative_to(folder).as_posix()
        if manifest is not None and any(entry.personal and entry.file == name for entry in manifest.entries):
            return True
    return False


def _read_folder(path: Path, _record: str, report: Report) -> Side:
    manifest = read_manifest(path)
    if manifest is None:
        report.add("U062" if (path / NAME).exists() else "U061", Place(file=str(path)))
        return Side(path=path, files=())
    if not manifest.entries:
        report.add("U063", Place(file=str(path)))
    files = []
    for entry in manifest.entries:
        if not _is_inside(path, entry.file):
            report.add("U068", Place(file=str(path / NAME), record=entry.record), value=entry.file)
            continue
        files.append(
            Listed(
                document=entry.document,
                record=entry.record,
                name=entry.file,
                path=path / entry.file,
                sha256=entry.sha256,
                personal=entry.personal,
            )
        )
    _note_unlisted(path, {listed.name for listed in files}, report)
    return Side(path=path, files=tuple(files))


def _is_inside(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _note_unlisted(folder: Path, listed: set[str], report: Report) -> None:
    """Say that files lie there which no list names: they are not compared."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))
    beside = sorted(name for name in names if name not in listed)
    if beside:
        report.add("D106", Place(file=str(folder)), count=len(beside), example=beside[0])


def pair(old: Side, new: Side) -> Iterator[Pair]:
    """Files of the same document and record together, in that order; of several, those of the same name first."""
    before, after = _by_record(old), _by_record(new)
    for key in sorted(before.keys() | after.keys()):
        yield from _pair_files(before.get(key, []), after.get(key, []))


def _by_record(side: Side) -> dict[tuple[str, str], list[Listed]]:
    found: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for listed in side.files:
        found[listed.document, listed.record].append(listed)
    return found


def _pair_files(before: list[Listed], after: list[Listed]) -> Iterator[Pair]:
    names = {listed.name: listed for listed in before}
    left = []
    for listed in after:
        if partner := names.pop(listed.name, None):
            yield Pair(partner, listed)
        else:
            left.append(listed)
    others = list(names.values())
    for number in range(max(len(others), len(left))):
        yield Pair(
            others[number] if number < len(others) else None,
            left[number] if number < len(left) else None,
        )
