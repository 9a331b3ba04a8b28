"""Read one sheet of an XLSX file, streamed row by row, with what the workbook shares: texts, formats of numbers.

openpyxl brings its knowledge of number formats and dates. The sheet itself is parsed here, because openpyxl's
read-only mode gives no hidden rows, no merged cells and no formulas without result, and loads a cell of any size. The
dimension that the sheet gives of itself is not used.

Source: ECMA-376 part 1, §18.3 (worksheets).
"""

import posixpath
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from msgspec import Struct
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from leaflet.faults import Report, fail
from leaflet.tables.number_format import GENERAL, NumberFormat, format_day, parse_format, show_number
from leaflet.tables.sheet import MAX_MERGES, Doubt, Merge, Sheet, SheetEntry, SheetParser, choose_sheet
from leaflet.tables.sheet_archive import Archive
from leaflet.tables.sheet_xml import MarkupStream, elements, local_name, pair_attributes, place_number
from leaflet.tables.table import ReadOptions

_ROOTS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "http://purl.oclc.org/ooxml/spreadsheetml/main}",  # « strict »
)
TAGS = {
    root + tag: tag
    for root in _ROOTS
    for tag in ("sheetData", "row", "c", "v", "f", "is", "t", "rPh", "si", "r", "col")
}
FALSE = frozenset({"0", "false"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Workbook(Struct, frozen=True, kw_only=True):
    """The parts of a workbook that its sheets refer to."""

    entries: Sequence[SheetEntry]  # the sheets, without charts and macros
    texts: Sequence[str]  # that cells refer to by number
    formats: Sequence[tuple[NumberFormat, ...]]  # the number format of each style
    epoch: datetime  # day 0 of the workbook's dates


def load_workbook(archive: Archive) -> Workbook:
    """Load everything but the sheets themselves (T127, T130, T131, T135)."""
    roots = (element.attributes for element in elements(archive, "_rels/.rels"))
    root = next((values for values in roots if values.get("Type", "").endswith("/officeDocument")), None)
    if root is None:
        raise fail("T127", archive.place)
    workbook = _join("", root.get("Target", ""))
    related = _relations(archive, workbook)
    entries, epoch = _list_sheets(archive, workbook, related)
    part = next((part for kind, part in related.values() if kind.endswith("/sharedStrings")), None)
    texts = _TextParser(archive, part).texts() if part is not None and archive.has(part) else []
    return Workbook(entries=entries, texts=texts, formats=_load_formats(archive, related), epoch=epoch)


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return type and name of each part that a part refers to, by identifier."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}
    for element in elements(archive, f"{folder}/_rels/{name}.rels".lstrip("/")):
        values = element.attributes
        if element.name == "Relationship" and values.get("TargetMode") != "External":
            found[values.get("Id", "")] = (values.get("Type", ""), _join(folder, values.get("Target", "")))
    return found


def _join(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _list_sheets(
    archive: Archive, workbook: str, related: dict[str, tuple[str, str]]
) -> tuple[list[SheetEntry], datetime]:
    entries: list[SheetEntry] = []
    epoch = CALENDAR_WINDOWS_1900
    for name, _, values in elements(archive, workbook):
        if name == "workbookPr" and values.get("date1904", "0") not in FALSE:
            epoch = CALENDAR_MAC_1904
        elif name == "sheet":
            kind, part = related.get(values.get("id", ""), ("", ""))
            if kind.endswith("/worksheet"):
                is_hidden = values.get("state", "visible") != "visible"
                entries.append(SheetEntry(values.get("name", ""), part, is_hidden))
    return entries, epoch


def _load_formats(archive: Archive, related: dict[str, tuple[str, str]]) -> list[tuple[NumberFormat, ...]]:
    part = next((part for kind, part in related.values() if kind.endswith("/styles")), None)
    custom: dict[str, str] = {}
    formats: list[tuple[NumberFormat, ...]] = []
    for name, parent, values in elements(archive, part) if part and archive.has(part) else ():
        if name == "numFmt" and parent == "numFmts":
            custom[values.get("numFmtId", "")] = values.get("formatCode", "")[:255]
        elif name == "xf" and parent == "cellXfs":
            number = values.get("numFmtId", "0")
            code = custom.get(number) or str(BUILTIN_FORMATS.get(place_number(number) or 0, "General"))
            formats.append(parse_format(code))
            if len(formats) > 65_500:  # more than Excel writes
                raise archive.damaged(part or "")
    return formats


def unescape(text: str) -> str:
    """Replace ``_x000D_`` and the like, which Excel writes for characters that XML cannot hold."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    with suppress(UnicodeError):  # half a surrogate pair stays, to be refused with its cell
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16")
    return plain


class _TextParser:
    """Parses the texts that cells share, each cut one character past the limit; phonetic guides are left out."""

    def __init__(self, archive: Archive, part: str) -> None:
        self.archive = archive
        self.limit = archive.limits.cell_chars + 1
        self.size = self.length = self.phonetic = self.depth = 0
        self.found: list[str] = []
        self.parts: list[str] = []
        self.stream = MarkupStream(archive, part, start=self.start, end=self.end)

    def texts(self) -> list[str]:
        """Parse the part, and return its texts."""
        for _ in self.stream.feed():
            if self.size > self.archive.limits.text_bytes:
                raise fail("T131", self.archive.place, limit=self.archive.limits.unzipped_bytes // 1_000_000)
        return self.found

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element."""
        self.depth += 1
        tag = TAGS.get(name)
        if tag == "t":
            if not self.phonetic:
                self.stream.expat.CharacterDataHandler = self._add_text
        elif tag == "si":
            self.parts, self.length = [], 0
        elif tag == "rPh":
            self.phonetic += 1
        elif self.depth > 50:
            raise self.archive.damaged(local_name(name))

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        self.depth -= 1
        tag = TAGS.get(name)
        if tag == "t":
            self.stream.expat.CharacterDataHandler = None
        elif tag == "si":
            text = unescape("".join(self.parts))[: self.limit]
            self.found.append(text)
            self.size += len(text) + 60
        elif tag == "rPh":
            self.phonetic -= 1

    def _add_text(self, data: str) -> None:
        if self.length < self.limit:
            self.parts.append(data[: self.limit - self.length])
            self.length += len(data)


_COLUMNS = 16_384
_ROWS = 1_048_576
_DEPTH = 50
_REFERENCE = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']" + _REFERENCE + rb":" + _REFERENCE + rb"[\"']"
)
_GENERAL: tuple[NumberFormat, ...] = (GENERAL,)


def open_xlsx(archive: Archive, options: ReadOptions, report: Report) -> Sheet:
    """Open the sheet to be read; its rows stream."""
    book = load_workbook(archive)

    def has_contents(entry: SheetEntry) -> bool:
        parser = _XlsxParser(archive, entry.key, Sheet(name="", rows=iter(())), book)
        return next(parser.rows(), None) is not None

    entry = choose_sheet(book.entries, has_contents, options, archive.place, report)
    sheet = Sheet(name=entry.name, rows=iter(()), merges=_find_merges(archive, entry))
    sheet.rows = _XlsxParser(archive, entry.key, sheet, book).rows()
    return sheet


def _find_merges(archive: Archive, entry: SheetEntry) -> list[Merge]:
    """Return the merged cells, which the file lists after all rows."""
    merges: set[Merge] = set()
    tail = b""
    for chunk in archive.chunks(entry.key):
        for match in _MERGE.finditer(tail + chunk):
            left, top, right, bottom = (part.decode() for part in match.groups())
            first, last = column_index_from_string(left) - 1, column_index_from_string(right) - 1
            merges.add(Merge(int(top), first, int(bottom), last))
            if len(merges) > MAX_MERGES:
                raise fail("T158", archive.place, count=MAX_MERGES, range=min(merges).range)
        tail = chunk[-300:]
    return sorted(merges)


class _XlsxParser(SheetParser):
    """Parses one worksheet."""

    content = re.compile(rb"<(?:\w+:)?(?:v|t|f)[\s>]")

    def __init__(self, archive: Archive, part: str, sheet: Sheet, book: Workbook) -> None:
        super().__init__(archive, part, sheet)
        self.book = book
        self.column_numbers: dict[str, int] = {}  # by their letters
        self.row_text = self.kind = self.style = ""
        self.letters_end = self.depth = 0  # the end of the letters of the row's references to cells, from their end
        self.column = -1
        self.hidden = self.has_formula = self.has_data = self.phonetic = False
        self.value: list[str] = []

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element."""
        self.depth += 1
        tag = TAGS.get(name)
        if tag == "c":
            self._start_cell(attributes)
        elif (tag == "v" and self.kind != "inlineStr") or (tag == "t" and not self.phonetic):
            self.stream.expat.CharacterDataHandler = self._add_text
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "col":
            self._hide_columns(attributes)
        elif tag == "sheetData":
            if self.has_data:  # programs disagree on which of two is the sheet
                raise self.archive.damaged(self.part)
            self.has_data = True
        elif self.depth > _DEPTH:
            raise self.archive.damaged(self.part)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        self.depth -= 1
        tag = TAGS.get(name)
        if tag == "v" or tag == "t":
            self.stream.expat.CharacterDataHandler = None
        elif tag == "c":
            value = "".join(self.value)
            if value or self.has_formula:
                text, doubt = self._show(value)
                if text or doubt is not None:
                    self.add_cell(self.column, text, doubt)
        elif tag == "row":
            self.end_row(self.hidden)
        elif tag == "rPh":
            self.phonetic = False

    def _add_text(self, data: str) -> None:
        if self.length <= self.max_chars:
            self.value.append(data)
        self.length += len(data)

    def _hide_columns(self, attributes: list[str]) -> None:
        values = pair_attributes(attributes)
        is_hidden = values.get("hidden", "0") not in FALSE or values.get("width") == "0"
        first, last = (place_number(values.get(key, "")) for key in ("min", "max"))
        if is_hidden and first is not None and last is not None and len(self.sheet.hidden_columns) < _COLUMNS:
            self.sheet.hidden_columns.append((first - 1, last - 1))

    def _start_row(self, attributes: list[str]) -> None:
        values = pair_attributes(attributes)
        number = place_number(values["r"]) if "r" in values else self.row_number + 1
        if number is not None and self.row_number < number <= _ROWS:
            self.row_number = number
        else:
            raise self.archive.damaged(self.part)
        self.row_text = str(self.row_number)
        self.letters_end = -len(self.row_text)
        self.hidden = values.get("hidden", "0") not in FALSE or values.get("ht") == "0"
        self.column = -1
        self.start_row()

    def _start_cell(self, attributes: list[str]) -> None:
        self.kind = self.style = ""
        self.has_formula = False
        self.value, self.length = [], 0
        column = self.column + 1
        alternating = iter(attributes)
        for key in alternating:  # faster than zip, for the most frequent element of all
            value = next(alternating)
            if key == "r":
                column = self._column_in_row(value)
            elif key == "s":
                self.style = value
            elif key == "t":
                self.kind = value
        if column <= self.column or column >= _COLUMNS:
            raise self.archive.damaged(self.part)
        self.column = column

    def _column_in_row(self, reference: str) -> int:
        """Return the column of a reference, which must be in this row."""
        letters = reference[: self.letters_end]
        number = self.column_numbers.get(letters)
        if number is None:
            if not re.fullmatch("[A-Z]{1,3}", letters):
                raise self.archive.damaged(self.part)
            number = self.column_numbers[letters] = column_index_from_string(letters) - 1
        if not reference.endswith(self.row_text):
            raise self.archive.damaged(self.part)
        return number

    def _show(self, value: str) -> tuple[str, Doubt | None]:
        """Return a cell as the user sees it."""
        kind = self.kind
        if kind == "s":
            at = place_number(value)
            if at is None or at >= len(self.book.texts):
                raise self.archive.damaged(self.part)
            return self.book.texts[at], None
        if kind == "inlineStr" or kind == "str":
            return unescape(value), None
        if not value:
            return "", Doubt("T143", "")
        if kind == "e":
            return value, Doubt("T144", value)
        if kind == "b":
            shown = "FAUX" if value in FALSE else "VRAI"
            return shown, Doubt("T163", shown)
        if kind == "d":
            with suppress(ValueError):
                value = format_day(date.fromisoformat(value[:10]))
            return value, Doubt("T145", value)
        if kind not in ("", "n"):
            raise self.archive.damaged(self.part)
        return self._show_number(value)

    def _show_number(self, value: str) -> tuple[str, Doubt | None]:
        formats = _GENERAL
        if (self.style and self.style != "0") or self.book.formats:
            try:
                formats = self.book.formats[int(self.style or 0)]
            except (ValueError, IndexError):
                formats = _GENERAL
        if formats[0] is GENERAL and value.isdecimal() and value[0] != "0":
            return value, None
        text, deviation = show_number(value, formats, epoch=self.book.epoch)
        return text, Doubt("T145" if deviation == "date" else "T146", text) if deviation else None
