"""XLSX: one sheet, streamed row by row.

openpyxl brings its knowledge of number formats and dates. The sheet itself is parsed here, because openpyxl's
read-only mode gives no hidden rows, no merged cells and no formulas without result, and loads a cell of any size. The
dimension that the sheet gives of itself is not used.

Source: ECMA-376 part 1, §18.3 (worksheets).
"""

import re
from datetime import date

from leaflet.faults import Report, fail
from leaflet.tables.spreadsheet.archive import Archive
from leaflet.tables.spreadsheet.number_format import GENERAL, NumberFormat, format_day, show_number
from leaflet.tables.spreadsheet.sheet import MAX_MERGES, Doubt, Merge, Sheet, SheetEntry, SheetParser, choose_sheet
from leaflet.tables.spreadsheet.xlsx_workbook import FALSE, TAGS, Workbook, load_workbook, unescape
from leaflet.tables.spreadsheet.xml_stream import pair_attributes, place_number
from leaflet.tables.table import ReadOptions

_COLUMNS = 16_384
_ROWS = 1_048_576
_DEPTH = 50
_REFERENCE = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']" + _REFERENCE + rb":" + _REFERENCE + rb"[\"']"
)
_GENERAL: tuple[NumberFormat, ...] = (GENERAL,)


def open_xlsx(archive: Archive, options: ReadOptions, report: Report) -> Sheet:
    """Open the sheet to be read; its rows stream.

    Raises:
        DataError: T104, T127, T130 to T138, T158.
    """
    book = load_workbook(archive)

    def has_contents(entry: SheetEntry) -> bool:
        parser = _XlsxParser(archive, entry.key, Sheet(name="", rows=iter(())), book)
        return next(parser.rows(), None) is not None

    entry = choose_sheet(book.entries, has_contents, options, archive.place, report)
    sheet = Sheet(name=entry.name, rows=iter(()), merges=_find_merges(archive, entry))
    sheet.rows = _XlsxParser(archive, entry.key, sheet, book).rows()
    return sheet


def _find_merges(archive: Archive, entry: SheetEntry) -> list[Merge]:
    """Return the merged cells, which the file lists after all rows.

    Raises:
        DataError: T158 there are so many that the sheet is no list.
    """
    merges: set[Merge] = set()
    tail = b""
    for chunk in archive.chunks(entry.key):
        for match in _MERGE.finditer(tail + chunk):
            left, top, right, bottom = (part.decode() for part in match.groups())
            merges.add(Merge(int(top), _column_of(left), int(bottom), _column_of(right)))
            if len(merges) > MAX_MERGES:
                raise fail("T158", archive.place, count=MAX_MERGES, range=min(merges).range)
        tail = chunk[-300:]
    return sorted(merges)


def _column_of(letters: str) -> int:
    """Return the number of a column, counted from 0: ``A`` → 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _XlsxParser(SheetParser):
    """Parses one worksheet."""

    content = re.compile(rb"<(?:\w+:)?(?:v|t|f)[\s>]")

    def __init__(self, archive: Archive, part: str, sheet: Sheet, book: Workbook) -> None:
        super().__init__(archive, part, sheet)
        self.book = book
        self.column_numbers: dict[str, int] = {}  # by their letters
        self.row_text = ""
        self.letters_end = 0  # of the references to cells of the row, from their end
        self.hidden = False
        self.column = -1
        self.kind = self.style = ""
        self.has_formula = False
        self.has_data = False
        self.phonetic = False
        self.value: list[str] = []
        self.depth = 0

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
            self._end_cell()
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
            number = self.column_numbers[letters] = _column_of(letters)
        if not reference.endswith(self.row_text):
            raise self.archive.damaged(self.part)
        return number

    def _end_cell(self) -> None:
        value = "".join(self.value)
        if not value and not self.has_formula:
            return
        text, doubt = self._show(value)
        if text or doubt is not None:
            self.add_cell(self.column, text, doubt)

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
            return self._show_iso_date(value)
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
        if deviation is None:
            return text, None
        return text, Doubt("T145" if deviation == "date" else "T146", text)

    def _show_iso_date(self, value: str) -> tuple[str, Doubt | None]:
        try:
            shown = format_day(date.fromisoformat(value[:10]))
        except ValueError:
            shown = value
        return shown, Doubt("T145", shown)
