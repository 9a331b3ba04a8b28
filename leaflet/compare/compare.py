"""Compare two builds or two files: by hash first, then only what differs is opened, page by page.

Nothing is written but the pictures asked for. A file that cannot be read is a fault and a record of its own status;
the others are compared all the same.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.compare.album import Album
from leaflet.compare.builds import Listed, Pair, pair, read_sides
from leaflet.compare.content import Reader
from leaflet.compare.pages import Partners, compare_pages, find_partners
from leaflet.compare.pdf_file import DAMAGED, PdfFile, open_pdf, unreadable
from leaflet.compare.values import Comparison, PageChange, PropertyChange, RecordChange, Status
from leaflet.faults import Fault, Place, Report, fail
from leaflet.production.staging import Staging

Progress = Callable[[int, int, str], None]
"""Called after each record: records done, records in all, name of the last file."""


def compare(
    old: Path,
    new: Path,
    *,
    pictures: Path | None = None,
    show_personal: bool = False,
    progress: Progress = lambda _done, _total, _name: None,
) -> Comparison:
    """What differs between two folders with a ``manifest.json``, or between two PDF files.

    Args:
        old: the baseline.
        new: what is held against it.
        pictures: a folder to write pictures of changed pages into: old, new, and both on one another.
        show_personal: give words, links and titles of files that hold names of people; else only how many differ.
        progress: told about every record.

    Raises:
        UsageError: a side is missing, unreadable or empty, or both are the same.
        RenderError: the pictures cannot be written.
    """
    report = Report()
    sides = read_sides(old, new, report)
    if pictures is not None:
        _check_is_elsewhere(pictures, old, new)
    pairs = list(pair(*sides))
    records = []
    with Staging(pictures) if pictures is not None else nullcontext() as staging:
        album = Album(pictures, staging) if pictures is not None and staging is not None else None
        comparer = _Comparer(report, album, show_personal)
        for number, one in enumerate(pairs, 1):
            records.append(comparer.compare(one))
            progress(number, len(pairs), one.either.name)
        if album is not None:
            album.close()
    return Comparison(old=old, new=new, records=tuple(records), faults=tuple(report))


def _check_is_elsewhere(pictures: Path, *sides: Path) -> None:
    """Pictures never end up in a build."""
    for side in sides:
        if side.is_dir() and pictures.resolve().is_relative_to(side.resolve()):
            raise fail("U069", Place(field="--pictures"), value=pictures)


class _Contents(Struct, frozen=True):
    """The bytes of a file and their SHA-256 in hexadecimal."""

    data: bytes
    sha256: str


class _Comparer:
    """Compares the pairs of one comparison."""

    def __init__(self, report: Report, album: Album | None, show_personal: bool) -> None:
        self._report = report
        self._album = album
        self._show_personal = show_personal
        self._reader = Reader()

    def compare(self, one: Pair) -> RecordChange:
        """A record before and after."""
        contents = [self._read(listed) if listed is not None else None for listed in one]
        if any(listed is not None and found is None for listed, found in zip(one, contents, strict=True)):
            return _record(one, "unreadable")
        before, after = contents
        if before is None or after is None:
            return _record(one, "added" if before is None else "removed")
        if before.sha256 == after.sha256:
            return _record(one, "unchanged")
        return self._open(one, before.data, after.data)

    def _read(self, listed: Listed) -> _Contents | None:
        """A file's bytes; None after saying why there are none. That they are not those listed is told."""
        if not listed.path.is_file():  # a pipe, from which one could wait for ever, is none
            self._report.add("D101", _place(listed))
            return None
        try:
            data = listed.path.read_bytes()
        except OSError as error:
            self._report.add("D103", _place(listed), problem=error.strerror or str(error))
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        if listed.sha256 not in (None, sha256):
            self._report.add("D105", _place(listed))
        return _Contents(data, sha256)

    def _open(self, one: Pair, before: bytes, after: bytes) -> RecordChange:
        """Open both files; both are opened even if the first is damaged, so that all is told at once."""
        assert one.old is not None and one.new is not None
        with ExitStack() as stack:
            files = []
            for listed, data in ((one.old, before), (one.new, after)):
                if file := open_pdf(data, self._reader, _place(listed), self._report):
                    files.append(stack.enter_context(file))
            if len(files) < 2:
                return _record(one, "unreadable")
            try:
                found = self._compare_files(one, *files)
                if found.status == "same-content":  # by chance, if a stream is spoilt
                    for file in files:
                        file.check_streams()
                self._tell_repairs(one, files)
                return found
            except DAMAGED as error:
                self._report.extend([_damaged(one, files, error)])
                return _record(one, "unreadable")

    def _tell_repairs(self, one: Pair, files: list[PdfFile]) -> None:
        """Say of files that are damaged and could be read all the same: a printer may refuse them."""
        for listed, file in zip(one, files, strict=True):
            if listed is not None and file.repairs:
                self._report.add("D107", _place(listed), problem=file.repairs[0])

    def _compare_files(self, one: Pair, old: PdfFile, new: PdfFile) -> RecordChange:
        pages = [page for partners in find_partners(old, new) if (page := self._page(old, new, partners))]
        if self._album is not None:
            pages = self._album.add(one, old, new, pages)
        record = replace(_record(one, "changed"), pages=tuple(pages), properties=tuple(_compare_properties(old, new)))
        if not record.pages and not record.properties:
            return replace(record, status="same-content")
        return record if self._show_personal or not record.personal else _discreet(record)

    def _page(self, old: PdfFile, new: PdfFile, partners: Partners) -> PageChange | None:
        if partners.new is None:
            assert partners.old is not None
            return PageChange(status="removed", old_number=partners.old + 1, new_number=None)
        if partners.old is None:
            return PageChange(status="added", old_number=None, new_number=partners.new + 1)
        return compare_pages(old, new, partners.old, partners.new)


def _record(one: Pair, status: Status) -> RecordChange:
    return RecordChange(
        document=one.either.document,
        record=one.either.record,
        status=status,
        old_file=one.old.name if one.old else None,
        new_file=one.new.name if one.new else None,
        personal=one.is_personal,
    )


def _compare_properties(old: PdfFile, new: PdfFile) -> Iterator[PropertyChange]:
    """What the files say of themselves; of lists, the lines that differ."""
    after = new.properties()
    for name, value in old.properties().items():
        if value != after[name]:
            lines = value.split("\n"), after[name].split("\n")
            matcher = SequenceMatcher(None, *lines, autojunk=False)
            for kind, i, i_end, j, j_end in matcher.get_opcodes():
                if kind != "equal":
                    before, now = " ".join(lines[0][i:i_end]), " ".join(lines[1][j:j_end])
                    yield PropertyChange(name=name, old=before, new=now)


def _discreet(record: RecordChange) -> RecordChange:
    """A record of a personal file without anything that could spell a name: messages end up in logs."""
    pages = tuple(
        replace(page, words=(), links=(), hidden=len(page.words) + len(page.links)) for page in record.pages
    )
    return replace(record, pages=pages, properties=(), hidden=len(record.properties))


def _damaged(one: Pair, files: list[PdfFile], error: Exception) -> Fault:
    """The fault for a file that broke while it was compared; the one that cannot be read through by itself."""
    for listed, file in zip(one, files, strict=True):
        assert listed is not None
        try:
            file.read_through()
        except DAMAGED as found:
            return unreadable(_place(listed), found)
    return unreadable(_place(one.either), error)


def _place(listed: Listed) -> Place:
    return Place(file=str(listed.path), record=listed.record if listed.document else None)
