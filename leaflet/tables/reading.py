"""Opening a list: a file becomes a `Table`, whatever kind of file it is, and its header becomes `ListColumns`.

The first bytes of a file decide its kind; the extension is only compared with it. A kind that cannot be read is
refused by its name, each with its own way out.
"""

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

from msgspec.structs import replace

from leaflet.confidential import hide_secrets, is_secret_file, normalise
from leaflet.faults import DataError, Place, Report, fail
from leaflet.file_kinds import MARKUP, OFFICE, PDF, is_zip, recognise
from leaflet.meant_file import LISTS, meant_file
from leaflet.plain_files import read_plain_file
from leaflet.tables.csv_reader import read_text
from leaflet.tables.headers import NO_MAPPING, ListColumns, match_headers
from leaflet.tables.names import Vocabulary
from leaflet.tables.rows import NOTHING_EXPECTED, expect_columns
from leaflet.tables.spreadsheet.archive import open_archive
from leaflet.tables.spreadsheet.sheet_names import SeveralSheetsError, format_names
from leaflet.tables.table import Limits, ReadOptions, Row, RowProgress, SourceFile, Table

if TYPE_CHECKING:
    from leaflet.tables.spreadsheet.sheet import Sheet

ListKind = Literal["text", "xlsx", "ods"]

_DEFAULTS = ReadOptions()
_PROGRESS_ROWS = 1_000  # between two calls of a progress function
_TITLES: dict[ListKind, str] = {"text": "CSV", "xlsx": "XLSX", "ods": "ODS"}
_SUFFIXES: dict[str, ListKind] = {".csv": "text", ".tsv": "text", ".txt": "text", ".xlsx": "xlsx", ".ods": "ods"}
_REFUSED = {".xls": "T105", ".xlt": "T105", ".xlsm": "T123", ".xltm": "T123", ".xlsb": "T124", ".numbers": "T125"}
_REFUSED |= {".pdf": "T106"}
_PUPILS = frozenset({"eleve", "eleves", "responsables", "parents", "familles"})  # in names of sheets
HEADER_REFUSALS = frozenset({"T205", "T206", "T207", "T209", "T317", "T318", "T319", "T320"})  # of a header
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def open_list(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions | None = None,
) -> tuple[Table, ListColumns] | None:
    """Open a list of schools or of staff, and find its columns.

    A file whose name announces secrets is not even opened. No fault repeats a secret that the name of the file or
    of a column holds.

    Args:
        path: The file.
        vocabulary: The names of columns that the list may have.
        report: Takes all faults: of the file now, of its rows while they are read.
        given: The campaign's own mapping, from field to header as written.
        options: How to read the file.

    Returns:
        The table and where its fields are; None when the file is refused.
    """
    found = Report()
    try:
        opened = _open_list(path, vocabulary, found, report, options or _DEFAULTS, given)
    except SeveralSheetsError as error:
        found.extend(error.faults)
        opened = None
    report.extend(map(hide_secrets, found))
    return opened


def open_sheets(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions | None = None,
) -> list[tuple[Table, ListColumns]]:
    """Open a list as `open_list` does; of a workbook with several sheets, each sheet that has the columns.

    A warning names the sheets that are read and those that are passed over (T162). A sheet with secrets or about
    pupils has the whole list refused; one whose name says « élèves » is passed over.
    """
    found, options = Report(), options or _DEFAULTS
    try:
        opened = _open_list(path, vocabulary, found, report, options, given)
    except SeveralSheetsError as error:
        return _open_each(path, vocabulary, error.sheets, report, options, given)
    report.extend(map(hide_secrets, found))
    return [] if opened is None else [opened]


def _open_each(
    path: Path,
    vocabulary: Vocabulary,
    sheets: Sequence[str],
    report: Report,
    options: ReadOptions,
    given: Mapping[str, str],
) -> list[tuple[Table, ListColumns]]:
    """Open each of several sheets that has the columns; see `open_sheets`."""
    lists: dict[str, tuple[Table, ListColumns]] = {}
    told, found = list(report), Report()
    for sheet in sheets:
        if not _PUPILS.isdisjoint(normalise(sheet).split("_")):
            continue
        header, rows = Report(), Report()
        opened = _open_list(path, vocabulary, header, rows, replace(options, sheet=sheet), given)
        if refused := [fault for fault in header if fault.code in HEADER_REFUSALS]:
            report.extend(map(hide_secrets, refused))
            return []
        if opened is not None:
            table, columns = opened
            lists[sheet] = replace(table, rows=_with_report(table.rows, rows, report)), columns
            # What concerns the whole file was told when it was opened first.
            found.extend(fault for fault in (*header, *rows) if fault not in told)
    place = Place(file=path.name)
    if not lists:
        report.add("T137", place, known=format_names(sheets))
        return []
    passed = format_names(sheet for sheet in sheets if sheet not in lists) or "–"
    report.add("T162", place, sheets=format_names(lists), passed=passed)
    report.extend(map(hide_secrets, found))
    return list(lists.values())


def _open_list(
    path: Path, vocabulary: Vocabulary, found: Report, rows: Report, options: ReadOptions, given: Mapping[str, str]
) -> tuple[Table, ListColumns] | None:
    if is_secret_file(path.stem):
        found.add("T122", Place(file=path.name))
        return None
    known = vocabulary.known | frozenset(map(normalise, given.values())) if vocabulary.is_private else None
    try:
        table = read_table(path, report=rows, options=options, known=known, vocabulary=vocabulary, given=given)
    except SeveralSheetsError:
        raise
    except DataError as error:
        found.extend(error.faults)
        return None
    columns = match_headers(table, vocabulary, found, given, path=path)
    if columns is None:
        return None
    if options.progress is not None:
        table = replace(table, rows=_with_progress(table.rows, table.name, options.progress))
    return table, columns


def list_titles(
    path: Path, vocabulary: Vocabulary, options: ReadOptions, given: Mapping[str, str] = NO_MAPPING
) -> frozenset[str]:
    """Return the titles of all columns of a list, of all its sheets; none of a list that cannot be read."""
    try:
        table = read_table(path, report=Report(), options=options, vocabulary=vocabulary, given=given)
    except SeveralSheetsError as error:
        sheets = (list_titles(path, vocabulary, replace(options, sheet=name), given) for name in error.sheets)
        return frozenset[str]().union(*sheets)
    except DataError:
        return frozenset()
    return frozenset(table.header)


def _with_report(rows: Iterator[Row], found: Report, report: Report) -> Iterator[Row]:
    """Yield the rows; what is found while they are read goes to the report in the end."""
    known = len(found)
    try:
        yield from rows
    finally:
        report.extend(list(found)[known:])


def _with_progress(rows: Iterator[Row], name: str, progress: RowProgress) -> Iterator[Row]:
    """Yield the rows, and report the progress now and then."""
    for count, row in enumerate(rows, 1):
        if not count % _PROGRESS_ROWS:
            progress(name, count)
        yield row


def read_table(
    path: Path,
    *,
    report: Report,
    options: ReadOptions = _DEFAULTS,
    known: frozenset[str] | None = None,
    vocabulary: Vocabulary | None = None,
    given: Mapping[str, str] = NO_MAPPING,
) -> Table:
    """Open a file as a `Table`.

    Args:
        path: The file.
        report: Takes the faults of rows, while `Table.rows` is iterated.
        options: How to read the file.
        known: The names that messages may show of a private list; see `Table`.
        vocabulary: Names of columns, by which the header is found under titles.
        given: The campaign's own mapping, from field to header as written.

    Raises:
        DataError: The file cannot be read as a table at all (T101 to T138, T148, T154, T155).
    """
    limits = options.limits
    source = load_source(path, limits)
    expected = NOTHING_EXPECTED if vocabulary is None else expect_columns(vocabulary, given)
    kind = find_kind(source, limits, report)
    if kind == "text":
        return read_text(source, report=report, options=options, known=known, expected=expected)
    sheet = _open_sheet(source, kind, options, report)
    # This module loads openpyxl and defusedxml, which take long to import and which CSV files do not need.
    from leaflet.tables.spreadsheet.sheet_table import SheetReader

    reader = SheetReader(
        name=source.name,
        sheet=sheet,
        report=report,
        limits=limits,
        header_row=options.header_row,
        known=known,
        expected=expected,
    )
    return reader.table()


def _open_sheet(source: SourceFile, kind: ListKind, options: ReadOptions, report: Report) -> "Sheet":
    archive = open_archive(source, options.limits)
    archive.check()
    if kind == "xlsx":
        from leaflet.tables.spreadsheet.xlsx import open_xlsx

        return open_xlsx(archive, options, report)
    from leaflet.tables.spreadsheet.ods import open_ods

    return open_ods(archive, options, report)


def load_source(path: Path, limits: Limits) -> SourceFile:
    """Read a whole file into memory.

    Raises:
        DataError: T101 to T103 there is no such file, T104 it is empty, T107 it is too large.
    """
    name = path.name or str(path)
    place = Place(file=name)
    data = _load_bytes(path, place, limits)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise fail("T104", place)
    return SourceFile(name=name, data=data)


def _load_bytes(path: Path, place: Place, limits: Limits) -> bytes:
    try:
        _check_stat(path, place, limits)
        return read_plain_file(path, limits.file_bytes)
    except FileNotFoundError:
        raise fail("T101", place, proposal=meant_file(str(path), LISTS)) from None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise fail("T103", place, reason=reason or type(error).__name__) from None


def _check_stat(path: Path, place: Place, limits: Limits) -> None:
    # Before opening, because opening a named pipe would wait for ever.
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise fail("T102", place)
    if status.st_size > limits.file_bytes:
        raise _too_large(place, status.st_size, limits)


def _too_large(place: Place, size: int, limits: Limits) -> Exception:
    megabytes = f"{size / 1_000_000:.1f}"
    return fail("T107", place, size=megabytes, limit=f"{limits.file_bytes / 1_000_000:.0f}")


def find_kind(source: SourceFile, limits: Limits, report: Report) -> ListKind:
    """Return the kind of a file; an extension of another kind gets a warning (T128).

    Raises:
        DataError: T105, T106, T123 to T129 it is of no kind that can be read, T130 to T134 it is no sound ZIP.
    """
    suffix = PurePath(source.name).suffix.lower()
    kind = _kind_of_contents(source, suffix, limits)
    if _SUFFIXES.get(suffix, kind) != kind:
        report.add("T128", source.place, suffix=suffix, kind=_TITLES[kind])
    return kind


def _kind_of_contents(source: SourceFile, suffix: str, limits: Limits) -> ListKind:
    data = source.data
    kind = recognise(data)
    if kind is PDF:
        raise fail("T106", source.place)
    if kind is OFFICE:
        raise fail("T126" if _LOCKED in data else "T105", source.place)
    if kind is MARKUP:
        raise fail("T129", source.place)
    if suffix in _REFUSED:
        raise fail(_REFUSED[suffix], source.place)
    if is_zip(data):
        return _kind_of_archive(source, limits)
    if kind is not None:
        raise fail("T127", source.place)
    return "text"


def _kind_of_archive(source: SourceFile, limits: Limits) -> ListKind:
    archive = open_archive(source, limits)
    names = archive.zip.NameToInfo
    if "xl/vbaProject.bin" in names:
        raise fail("T123", source.place)
    if "xl/workbook.bin" in names:
        raise fail("T124", source.place)
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise fail("T125", source.place)
    if "mimetype" in names and _mimetype(archive.zip) == _ODS:
        return "ods"
    if "_rels/.rels" in names and "[Content_Types].xml" in names and "word/document.xml" not in names:
        return "xlsx"
    raise fail("T127", source.place)


def _mimetype(archive: ZipFile) -> bytes:
    with archive.open("mimetype") as part:
        return part.read(200).strip()
