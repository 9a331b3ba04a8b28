"""Compare two builds or two files: by hash first; only files that differ are opened, page by page.

Only the pictures asked for are written. A file that cannot be read is a fault and a record of its own status; the
others are compared all the same.
"""

import hashlib
from collections.abc import Callable, Collection
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from leaflet.faults import Fault, Place, Report, fail, fault_of
from leaflet.preflight.compare.builds import BuiltFile, Pair, pair_files, read_sides
from leaflet.preflight.compare.differences import Comparison, PageChange, PropertyChange, RecordChange, Status
from leaflet.preflight.compare.pages_drawn import find_changed_pages
from leaflet.preflight.compare.pdf_file import DAMAGED, ComparedFile, compare_properties, open_pdf, unreadable
from leaflet.preflight.compare.pictures_of_changes import PictureFolder
from leaflet.preflight.compare.piecewise import PiecewiseComparer
from leaflet.production.build_options import Progress
from leaflet.production.staging import Staging


def compare_paths(
    old: Path,
    new: Path,
    *,
    records: Collection[tuple[str, str]] | None = None,
    pictures: Path | None = None,
    show_personal: bool = False,
    replace_others: bool = False,
    progress: Progress = lambda _done, _total, _name: None,
) -> Comparison:
    """Compare two folders with a ``manifest.json``, or two PDF files.

    Args:
        old: the baseline.
        new: what is compared with it.
        records: documents and records to compare, such as ("leaflet-a4", "0370001A"); None for all.
        pictures: a folder to write pictures of changed pages into; None for none.
        show_personal: give words, links and titles of files that hold names of people, not only their numbers.
        replace_others: replace what has the names of the pictures, whoever made it.
        progress: called after every record, and for every page in it that differs.

    Raises:
        LeafletError: a side is missing, unreadable or empty, both are the same, or pictures cannot be written.
    """
    report = Report()
    sides = read_sides(old, new, report)
    folders = [side.resolve() for side in (old, new) if side.is_dir()]
    if pictures is not None and any(map(pictures.resolve().is_relative_to, folders)):
        raise fail("U069", Place(field="--pictures"), value=pictures)
    found = ((pair, (pair.either.document, pair.either.record)) for pair in pair_files(*sides))
    pairs = [pair for pair, key in found if records is None or key in records]
    compared = []
    with Staging(pictures, replace_others=replace_others) if pictures is not None else nullcontext() as staging:
        drawn = PictureFolder(pictures, staging) if pictures is not None and staging is not None else None
        comparer = _Comparer(report, drawn, show_personal)
        for number, pair in enumerate(pairs, 1):
            comparer.tell = partial(progress, number - 1, len(pairs))
            compared.append(comparer.compare(pair))
            progress(number, len(pairs), pair.either.name)
        if drawn is not None:
            drawn.commit()
    return Comparison(old=old, new=new, records=tuple(compared), faults=tuple(report))


class _Comparer:
    """The state that the records of one comparison share; told are the pages that differ, of a file of many."""

    tell: Callable[[str], None]

    def __init__(self, report: Report, pictures: PictureFolder | None, show_personal: bool) -> None:
        self._report = report
        self._pictures = pictures
        self._show_personal = show_personal
        self._pieces = PiecewiseComparer()

    def compare(self, pair: Pair) -> RecordChange:
        """Compare the files of one record."""
        contents = [self._read(listed) if listed is not None else None for listed in pair]
        if any(listed is not None and found is None for listed, found in zip(pair, contents, strict=True)):
            return _record(pair, "unreadable")
        before, after = contents
        if before is None or after is None:
            return _record(pair, "added" if before is None else "removed")
        if before == after:
            return _record(pair, "unchanged")
        found = None
        with suppress(*DAMAGED):
            found = self._pieces.compare(before, after) if self._pictures is None else None
        if found is None:
            return self._open(pair, before, after)
        for page in found[0]:
            self.tell(f"{pair.either.name} · {page.number}")
        return self._changed(pair, *found)

    def _read(self, listed: BuiltFile) -> bytes | None:
        """Read a file; None if it cannot be read, which is reported, as are bytes that are not those listed."""
        if not listed.path.is_file():  # a pipe is never read: it may block for ever
            self._report.add("D101", listed.place)
            return None
        try:
            data = listed.path.read_bytes()
        except OSError as error:
            self._report.extend(fault_of(error, "D103", listed.place).faults)
            return None
        if listed.sha256 not in (None, hashlib.sha256(data).hexdigest()):
            self._report.add("D105", listed.place)
        return data

    def _open(self, pair: Pair, before: bytes, after: bytes) -> RecordChange:
        """Open and compare both files; the second is opened even if the first is damaged, to report all faults."""
        assert pair.old is not None and pair.new is not None
        with ExitStack() as stack:
            files = []
            for listed, data in ((pair.old, before), (pair.new, after)):
                if file := open_pdf(data, listed.place, self._report):
                    files.append(stack.enter_context(file))
            if len(files) < 2:
                return _record(pair, "unreadable")
            try:
                found = self._compare_files(pair, *files)
                if found.status == "same-content":  # perhaps by chance, if a stream is damaged
                    for file in files:
                        file.check_streams()
                for listed, file in zip((pair.old, pair.new), files, strict=True):
                    if file.repairs:  # damaged, and read all the same: a printer may refuse it
                        self._report.add("D107", listed.place, problem=file.repairs[0])
                return found
            except DAMAGED as error:
                self._report.extend([_damaged(pair, files, error)])
                return _record(pair, "unreadable")

    def _compare_files(self, pair: Pair, old: ComparedFile, new: ComparedFile) -> RecordChange:
        """Compare two open files page by page, then their properties."""
        pages = []
        for page in find_changed_pages(old, new):
            self.tell(f"{pair.either.name} · {page.number}")
            pages.append(self._pictures.draw_page(pair, old, new, page) if self._pictures is not None else page)
        return self._changed(pair, tuple(pages), compare_properties(old.properties(), new.properties()))

    def _changed(
        self, pair: Pair, pages: tuple[PageChange, ...], properties: tuple[PropertyChange, ...]
    ) -> RecordChange:
        """Return a record with all that differs, or that may be told of it."""
        record = replace(_record(pair, "changed"), pages=pages, properties=properties)
        if not record.pages and not record.properties:
            return replace(record, status="same-content")
        if self._show_personal or not record.personal:
            return record
        # without any text that could hold a name: messages end up in logs
        bare = tuple(replace(page, words=(), links=(), hidden=len(page.words) + len(page.links)) for page in pages)
        return replace(record, pages=bare, properties=(), hidden=len(record.properties))


def _record(pair: Pair, status: Status) -> RecordChange:
    """Return a record with its status and without any page."""
    return RecordChange(
        document=pair.either.document,
        record=pair.either.record,
        status=status,
        old_file=pair.old.name if pair.old else None,
        new_file=pair.new.name if pair.new else None,
        personal=pair.is_personal,
    )


def _damaged(pair: Pair, files: list[ComparedFile], error: Exception) -> Fault:
    """Return the fault for the file that broke while two were compared: the one that cannot be read by itself."""
    for listed, file in zip(pair, files, strict=True):
        assert listed is not None
        try:
            file.read_through()
        except DAMAGED as found:
            return unreadable(listed.place, found)
    return unreadable(pair.either.place, error)
