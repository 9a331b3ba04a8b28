"""XLSX: one sheet, streamed row by row.

openpyxl brings what it knows of number formats and dates. The sheet itself is parsed here, because openpyxl's
read-only mode tells nothing of hidden rows, merged cells and formulas without result, and holds a cell of any size.
The sheet's own word on its dimension is not asked.

Source: ECMA-376 part 1, §18.3 (worksheets).
"""

import re
from collections.abc import Iterator
from datetime import date

from leaflet.faults import Report, fail
from leaflet.tables.archive import Archive
from leaflet.tables.number_format import GENERAL, NumberFormat, show_day, show_number
from leaflet.tables.options import ReadOptions
from leaflet.tables.sheet import MOST_MERGES, Doubt, Merge, RawRow, Sheet
from leaflet.tables.sheets import SheetEntry, choose_sheet
from leaflet.tables.xlsx_book import FALSE, TAGS, Workbook, load_workbook, unescape
from leaflet.tables.xml_stream import MarkupStream

_COLUMNS = 16_384
_ROWS = 1_048_576
_DEPTH = 50
_REFERENCE = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']" + _REFERENCE + rb":" + _REFERENCE + rb"[\"']"
)
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|t|f)[\s>]")
_GENERAL: tuple[NumberFormat, ...] = (GENERAL,)


def open_xlsx(archive: Archive, options: ReadOptions, report: Report) -> Sheet:
    """The sheet to be read, its rows streaming.

    Raises:
        DataError: T104, T127, T130 to T138, T158.
    """
    book = load_workbook(archive)

    def has_contents(entry: SheetEntry) -> bool:
        return next(_SheetParser(archive, entry.key, book, Sheet(name="", rows=iter(()))).rows(), None) is not None

    entry = choose_sheet(book.entries, has_contents, options, archive.place, report)
    sheet = Sheet(name=entry.name, rows=iter(()), merges=_find_merges(archive, entry))
    sheet.rows = _SheetParser(archive, entry.key, book, sheet).rows()
    return sheet


def _find_merges(archive: Archive, entry: SheetEntry) -> list[Merge]:
    """The merged cells, which stand behind all rows.

    Raises:
        DataError: T142 so many that the sheet is no list.
    """
    merges: set[Merge] = set()
    tail = b""
    for chunk in archive.chunks(entry.key):
        for match in _MERGE.finditer(tail + chunk):
            left, top, right, bottom = (part.decode() for part in match.groups())
            merges.add(Merge(int(top), _column(left), int(bottom), _column(right)))
            if len(merges) > MOST_MERGES:
                raise fail("T158", archive.place, count=MOST_MERGES, range=min(merges).range)
        tail = chunk[-300:]
    return sorted(merges)


def _column(letters: str) -> int:
    """``A`` → 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Stop(Exception):  # noqa: N818 - no error: the rest is looked through without parsing
    """Enough blank rows."""


class _SheetParser:
    """Reads one sheet; handlers gather whole rows in `ready`."""

    def __init__(self, archive: Archive, part: str, book: Workbook, sheet: Sheet) -> None:
        self.archive, self.part, self.book, self.sheet = archive, part, book, sheet
        self.limits = archive.limits
        self.ready: list[RawRow] = []
        self.widths: dict[str, int] = {}
        self.row_number = self.last_filled = 0
        self.row_text = ""
        self.hidden = False
        self.texts: list[str] = []
        self.doubts: dict[int, Doubt] = {}
        self.beyond: int | None = None
        self.column = -1
        self.kind = self.style = ""
        self.has_formula = False
        self.inside = self.phonetic = False
        self.value: list[str] = []
        self.length = 0
        self.depth = 0
        self.stream = MarkupStream(archive, part, start=self.start, end=self.end)

    def rows(self) -> Iterator[RawRow]:
        """Every row in which something stands; after too many blank ones a stray one, if anything follows."""
        feed = self.stream.feed()
        try:
            for _ in feed:
                yield from self.ready
                self.ready.clear()
        except _Stop:
            yield from self.ready
            if self._has_more():
                yield RawRow(self.row_number, [], stray=True)

    def _has_more(self) -> bool:
        """Whether anything stands in what was not parsed."""
        position = max(self.stream.expat.CurrentByteIndex, 0) - self.stream.fed
        tail = self.stream.unparsed[max(position, 0) :]
        if _CONTENT.search(tail):
            return True
        for chunk in self.stream.chunks:
            if _CONTENT.search(tail[-40:] + chunk):
                return True
            tail = chunk
        return False

    def start(self, name: str, attributes: list[str]) -> None:
        self.depth += 1
        tag = TAGS.get(name)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self.phonetic):
            self.stream.expat.CharacterDataHandler = self.text
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "col":
            self._hide(attributes)
        elif self.depth > _DEPTH:
            raise self.archive.damaged(self.part)

    def end(self, name: str) -> None:
        self.depth -= 1
        tag = TAGS.get(name)
        if tag == "v" or tag == "t":
            self.stream.expat.CharacterDataHandler = None
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self.phonetic = False

    def text(self, data: str) -> None:
        if self.length <= self.limits.cell_chars:
            self.value.append(data)
        self.length += len(data)

    def _hide(self, attributes: list[str]) -> None:
        values = _pairs(attributes)
        is_hidden = values.get("hidden", "0") not in FALSE or values.get("width") == "0"
        first, last = values.get("min", ""), values.get("max", "")
        if is_hidden and first.isdecimal() and last.isdecimal() and len(self.sheet.hidden_columns) < _COLUMNS:
            self.sheet.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _start_row(self, attributes: list[str]) -> None:
        values = _pairs(attributes)
        number = values.get("r")
        if number is None:
            self.row_number += 1
        elif number.isdecimal() and self.row_number < int(number[:8]) <= _ROWS:
            self.row_number = int(number[:8])
        else:
            raise self.archive.damaged(self.part)
        self.row_text = str(self.row_number)
        self.hidden = values.get("hidden", "0") not in FALSE or values.get("ht") == "0"
        self.texts, self.doubts, self.beyond, self.column = [], {}, None, -1

    def _end_row(self) -> None:
        is_blank = self.beyond is None and not self.doubts and not any(map(str.strip, self.texts))
        is_over = self.row_number - self.last_filled > self.limits.blank_rows
        if not is_blank:
            self.ready.append(
                RawRow(self.row_number, self.texts, self.doubts, self.hidden, self.beyond, stray=is_over)
            )
            self.last_filled = self.row_number
        elif is_over:
            raise _Stop

    def _start_cell(self, attributes: list[str]) -> None:
        self.kind = self.style = ""
        self.has_formula = False
        self.value, self.length = [], 0
        column = self.column + 1
        for at in range(0, len(attributes), 2):
            key = attributes[at]
            if key == "r":
                column = self._place(attributes[at + 1])
            elif key == "s":
                self.style = attributes[at + 1]
            elif key == "t":
                self.kind = attributes[at + 1]
        if column <= self.column or column >= _COLUMNS:
            raise self.archive.damaged(self.part)
        self.column = column

    def _place(self, reference: str) -> int:
        """The column of a reference, which must be in this row."""
        letters = reference[: -len(self.row_text)]
        width = self.widths.get(letters)
        if width is None:
            if not re.fullmatch("[A-Z]{1,3}", letters):
                raise self.archive.damaged(self.part)
            width = self.widths[letters] = _column(letters)
        if not reference.endswith(self.row_text):
            raise self.archive.damaged(self.part)
        return width

    def _end_cell(self) -> None:
        value = "".join(self.value)
        if not value and not self.has_formula:
            return
        text, doubt = self._show(value)
        if not text and doubt is None:
            return
        column = self.column
        if column >= self.limits.columns:
            if self.beyond is None and text.strip():
                self.beyond = column
            return
        missing = column - len(self.texts)
        if missing:
            self.texts += [""] * missing
        self.texts.append(text)
        limit = self.limits.cell_chars
        if len(text) > limit or self.length > limit:
            doubt = Doubt("T119", f"> {limit}", limit)
        if doubt is not None:
            self.doubts[column] = doubt

    def _show(self, value: str) -> tuple[str, Doubt | None]:
        """What the user sees in a cell."""
        kind = self.kind
        if kind == "s":
            try:
                return self.book.texts[int(value)], None
            except (ValueError, IndexError):
                raise self.archive.damaged(self.part) from None
        if kind == "inlineStr" or kind == "str":
            return unescape(value), None
        if not value:
            return "", Doubt("T143", "")
        if kind == "e":
            return value, Doubt("T144", value)
        if kind == "b":
            return ("FAUX" if value in FALSE else "VRAI"), None
        if kind == "d":
            return self._show_iso(value)
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
        text, doubt = show_number(value, formats, epoch=self.book.epoch)
        if doubt is None:
            return text, None
        return text, Doubt("T145" if doubt == "date" else "T146", text)

    def _show_iso(self, value: str) -> tuple[str, Doubt | None]:
        try:
            shown = show_day(date.fromisoformat(value[:10]))
        except ValueError:
            shown = value
        return shown, Doubt("T145", shown)


def _pairs(attributes: list[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))
