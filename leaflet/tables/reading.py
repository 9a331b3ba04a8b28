"""Read a file as a `Table`, whatever kind of file it is; which sheets and columns make a list: see `opening`.

The first bytes of a file decide its kind; the extension is only compared with it. A kind that cannot be read is
refused by its name, each with its own way out.
"""

import re
import stat
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from leaflet.confidential import normalise
from leaflet.faults import Place, Report, fail, fault_of
from leaflet.files.plain_files import LISTS, is_zip, meant_file, read_plain_file, recognise
from leaflet.tables.column_names import Vocabulary
from leaflet.tables.csv_reader import read_text
from leaflet.tables.headers import NO_MAPPING
from leaflet.tables.rows import NOTHING_EXPECTED, expect_columns
from leaflet.tables.sheet_archive import open_archive
from leaflet.tables.table import Limits, ReadOptions, SourceFile, Table, format_names

if TYPE_CHECKING:
    from leaflet.tables.sheet import Sheet

ListKind = Literal["text", "xlsx", "ods"]

DEFAULTS = ReadOptions()
_TITLES: dict[ListKind, str] = {"text": "CSV", "xlsx": "XLSX", "ods": "ODS"}
_SUFFIXES: dict[str, ListKind | None] = {".csv": "text", ".tsv": "text", ".txt": "text", ".xlsx": "xlsx"}
_SUFFIXES |= {".ods": "ods", ".xls": None, ".xlsb": None, ".numbers": None, ".pdf": None}  # those are not read
_NO_TEXT = re.compile(rb"(?!\xff\xfe|\xfe\xff)[^\x01-\x08\x0e-\x19]*[\x01-\x08\x0e-\x19]")  # nor UTF-16
_CONTROL = {*range(0x01, 0x09), *range(0x0E, 0x1A)}
# What is no list; "T127" for any other kind.
_REFUSED = {"pdf": "T106", "page": "T129", "document": "T167", "old": "T167"}
_MANY = 16  # different ones of them are in no text; a stray one is told in its row
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read_table(
    path: Path,
    *,
    report: Report,
    options: ReadOptions = DEFAULTS,
    vocabulary: Vocabulary | None = None,
    given: Mapping[str, str] = NO_MAPPING,
) -> Table:
    """Open a file as a `Table`; `report` takes the faults of its rows while they are iterated.

    By the names of the vocabulary and of the campaign's own mapping (`given`) the header is found under titles. Of a
    private list messages may show no others; see `Table`.
    """
    limits = options.limits
    source = load_source(path, limits)
    expected = NOTHING_EXPECTED if vocabulary is None else expect_columns(vocabulary, given)
    known = vocabulary.known.union(map(normalise, given.values())) if vocabulary and vocabulary.is_private else None
    kind = find_kind(source, limits, report)
    if kind == "text":
        if options.sheets:
            report.add("T166", Place(file=source.name), sheet=format_names(options.sheets))
        return read_text(source, report=report, options=options, known=known, expected=expected)
    sheet = _open_sheet(source, kind, options, report)
    # This module loads openpyxl and defusedxml, which take long to import and which CSV files do not need.
    from leaflet.tables.sheet_table import SheetReader

    reader = SheetReader(
        name=source.name, sheet=sheet, report=report, options=options, known=known, expected=expected
    )
    return reader.table()


def read_first_rows(path: Path, sheet: str, first: int, count: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return some rows of a sheet as they stand there, blank ones too, each with its number; none if it has fewer."""
    options = ReadOptions(sheets=(sheet,))
    source, report = load_source(path, options.limits), Report()
    kind = find_kind(source, options.limits, report)
    if kind == "text":
        return ()
    found: dict[int, tuple[str, ...]] = {}
    for row in _open_sheet(source, kind, options, report).rows:
        if row.number >= first + count:
            break
        found[row.number] = tuple(row.texts)
    last = max(found, default=0)
    return tuple((number, found.get(number, ())) for number in range(first, last + 1))


def _open_sheet(source: SourceFile, kind: ListKind, options: ReadOptions, report: Report) -> "Sheet":
    archive = open_archive(source, options.limits)
    archive.check()
    if kind == "xlsx":
        from leaflet.tables.xlsx import open_xlsx

        return open_xlsx(archive, options, report)
    from leaflet.tables.ods import open_ods

    return open_ods(archive, options, report)


def load_source(path: Path, limits: Limits) -> SourceFile:
    """Read a whole file into memory."""
    name = path.name or str(path)
    place = Place(file=name)
    try:
        status = path.stat()  # before opening, because opening a named pipe would wait for ever
        if not stat.S_ISREG(status.st_mode):
            raise fail("T102", place)
        if status.st_size > limits.file_bytes:
            raise fail("T107", place, size=f"{status.st_size / 1e6:.1f}", limit=f"{limits.file_bytes / 1e6:.0f}")
        data = read_plain_file(path, limits.file_bytes)
    except FileNotFoundError:
        raise fail("T101", place, proposal=meant_file(str(path), LISTS)) from None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        raise fault_of(error, "T103", place) from None
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise fail("T104", place)
    return SourceFile(name=name, data=data)


def find_kind(source: SourceFile, limits: Limits, report: Report) -> ListKind:
    """Return the kind of a file; an extension of another kind gets a warning (T128)."""
    suffix = PurePath(source.name).suffix.lower()
    kind = _kind_of_contents(source, suffix, limits)
    if _SUFFIXES.get(suffix, kind) != kind:
        report.add("T128", source.place, suffix=suffix, kind=_TITLES[kind])
    return kind


def _kind_of_contents(source: SourceFile, suffix: str, limits: Limits) -> ListKind:
    data = source.data
    kind = recognise(data)
    if kind == "old" and suffix not in (".doc", ".dot"):
        raise fail("T126" if _LOCKED in data else "T105", source.place)
    if is_zip(data):
        return _kind_of_archive(source, limits)
    if kind is not None:
        raise fail(_REFUSED.get(kind, "T127"), source.place)
    if _SUFFIXES.get(suffix, "text") != "text" and _NO_TEXT.match(data):
        raise fail("T130", source.place, part=source.name)
    head = data[:4096]
    is_mixed = len(_CONTROL.intersection(head)) >= _MANY
    if _NO_TEXT.match(head) and (is_mixed or not re.search(rb"[^\0-\x1f\x7f]", head)):
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
    if "mimetype" in names:
        with archive.zip.open("mimetype") as part:
            if part.read(200).strip() == _ODS:
                return "ods"
    if "_rels/.rels" in names and "[Content_Types].xml" in names and "word/document.xml" not in names:
        return "xlsx"
    raise fail(_REFUSED["document"] if "word/document.xml" in names else "T127", source.place)
