"""ODS: one sheet of content.xml, streamed row by row; repeated rows and cells are counted, not copied.

Source: OpenDocument 1.3 part 3, §9 (tables), §19.385 (office:value-type), §6.1 (white space in text).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from leaflet.faults import Report, fail
from leaflet.tables.archive import Archive
from leaflet.tables.number_format import GENERAL, show_number
from leaflet.tables.options import ReadOptions
from leaflet.tables.sheet import MOST_MERGES, Doubt, Merge, RawRow, Sheet
from leaflet.tables.sheets import SheetEntry, choose_sheet
from leaflet.tables.xml_stream import MarkupStream, elements

_CONTENT = "content.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_ODF}{name}:1.0}}" for name in ("table", "office", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_VALUE_TYPE, _FORMULA = f"{_OFFICE}value-type", f"{_TABLE}formula"
_VALUE, _STRING = f"{_OFFICE}value", f"{_OFFICE}string-value"
_COLUMNS, _ROWS = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_WIDE, _HIGH = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_CALC_TYPE = f"{_CALC}value-type"
_MOST = 10_000_000
_DEPTH = 100
# What stands in a cell and is no text of it: notes, drawings, ruby.
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note")
_DRAW = f"{_ODF}drawing:1.0}}"
_TAGS = {
    **{f"{_TABLE}{tag}": tag for tag in ("table", "table-row", "table-column", "table-row-group")},
    f"{_TABLE}table-cell": "cell",
    f"{_TABLE}covered-table-cell": "covered",
    **{f"{_TEXT}{tag}": tag for tag in ("p", "s", "tab", "line-break")},
    **dict.fromkeys(_ASIDE, "aside"),
    f"{_STYLE}style": "style",
    f"{_STYLE}table-properties": "table-properties",
}
_ERRORS = re.compile(r"#(?:N/A|REF|VALUE|VALEUR|DIV/0|NAME|NOM|NUM|NOMBRE|NULL|NUL)[!?]?|Err ?: ?\d{3}")
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"  # as elements; no XML holds these characters
_SPACES = re.compile(r"[ \t\r\n]+")
_REST = re.compile(rb"<(?:\w+:)?p[\s>/]|</(?:\w+:)?table>")


class _Cell(NamedTuple):
    """The start of a cell."""

    is_covered: bool
    values: dict[str, str]


def open_ods(archive: Archive, options: ReadOptions, report: Report) -> Sheet:
    """The sheet to be read, its rows streaming.

    Raises:
        DataError: T104, T126, T130 to T138.
    """
    _check_locked(archive)
    survey = _Survey(archive)
    entries = survey.entries()
    entry = choose_sheet(entries, lambda entry: int(entry.key) in survey.filled, options, archive.place, report)
    sheet = Sheet(name=entry.name, rows=iter(()))
    sheet.rows = _SheetParser(archive, int(entry.key), sheet).rows()
    return sheet


def _check_locked(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if archive.has(manifest):
        for element in elements(archive, manifest):
            if element.name == "encryption-data":
                raise fail("T126", archive.place)


class _Survey:
    """Looks all sheets through: names, which are hidden, in which something stands (`filled`, by number)."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.filled: set[int] = set()
        self.tables: list[dict[str, str]] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = self.aside = self.cells = 0
        self.stream = MarkupStream(archive, _CONTENT, start=self.start, end=self.end)

    def entries(self) -> list[SheetEntry]:
        for _ in self.stream.feed():
            pass
        return [
            SheetEntry(
                values.get(f"{_TABLE}name", ""), str(at), values.get(f"{_TABLE}style-name") in self.hidden_styles
            )
            for at, values in enumerate(self.tables)
        ]

    def start(self, name: str, attributes: list[str]) -> None:
        tag = _tag(name)
        self.depth += 1
        if self.depth > _DEPTH or len(self.tables) > 10_000:
            raise self.archive.damaged(_CONTENT)
        if tag == "aside":
            self.aside += 1
        elif tag == "cell":
            self.cells += 1
            if _VALUE_TYPE in attributes or _FORMULA in attributes:
                self.filled.add(len(self.tables) - 1)
        elif tag == "p" and self.cells and not self.aside:
            self.filled.add(len(self.tables) - 1)
        elif tag == "table" and not self.cells:
            self.tables.append(_pairs(attributes))
        elif tag == "style":
            self.style = _pairs(attributes).get(f"{_STYLE}name", "")
        elif tag == "table-properties" and _pairs(attributes).get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self.style)

    def end(self, name: str) -> None:
        tag = _tag(name)
        self.depth -= 1
        if tag == "aside":
            self.aside -= 1
        elif tag == "cell":
            self.cells -= 1


class _Stop(Exception):  # noqa: N818 - no error: the sheet is over, or long blank
    """Nothing more to parse."""


class _SheetParser:
    """Reads the sheet of a number; handlers gather whole rows, with how often they repeat, in `ready`."""

    def __init__(self, archive: Archive, number: int, sheet: Sheet) -> None:
        self.archive, self.number, self.sheet = archive, number, sheet
        self.limits = archive.limits
        self.ready: list[tuple[RawRow, int]] = []
        self.tables = -1
        self.inside = False
        self.is_over = False
        self.depth = self.aside = self.column_count = 0
        self.hidden_groups: list[bool] = []
        self.row_number = 1
        self.last_filled = 0
        self.row: dict[str, str] = {}
        self.texts: list[str] = []
        self.doubts: dict[int, Doubt] = {}
        self.beyond: int | None = None
        self.column = 0
        self.cell: _Cell | None = None
        self.paragraphs: list[str] = []
        self.parts: list[str] = []
        self.length = 0
        self.stream = MarkupStream(archive, _CONTENT, start=self.start, end=self.end)

    def rows(self) -> Iterator[RawRow]:
        """Every row in which something stands; after too many blank ones a stray one, if anything follows."""
        try:
            for _ in self.stream.feed():
                yield from self._ready()
        except _Stop:
            yield from self._ready()
            if not self.is_over and self._has_more():
                yield RawRow(self.row_number, [], stray=True)

    def _ready(self) -> Iterator[RawRow]:
        for row, times in self.ready:
            for number in range(row.number, row.number + times):
                yield RawRow(number, row.texts, row.doubts, row.hidden, row.beyond, row.stray)
        self.ready.clear()

    def _has_more(self) -> bool:
        """Whether anything stands in the part of the sheet that was not parsed."""
        position = max(self.stream.expat.CurrentByteIndex, 0) - self.stream.fed
        tail = self.stream.unparsed[max(position, 0) :]
        found = _REST.search(tail)
        for chunk in self.stream.chunks if found is None else ():
            if found := _REST.search(tail[-40:] + chunk):
                break
            tail = chunk
        return found is not None and not found.group().startswith(b"</")

    def start(self, name: str, attributes: list[str]) -> None:
        tag = _tag(name)
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.archive.damaged(_CONTENT)
        if not self.inside:
            if tag == "table":
                self.tables += 1
                self.inside = self.tables == self.number
        elif self.cell is not None:
            self._start_inside(tag, attributes)
        elif tag == "cell" or tag == "covered":
            self.cell = _Cell(tag == "covered", _pairs(attributes))
            self.paragraphs, self.length = [], 0
        elif tag == "table-row":
            self.row = _pairs(attributes)
            self.texts, self.doubts, self.beyond, self.column = [], {}, None, 0
        elif tag == "table-column":
            self._hide(_pairs(attributes))
        elif tag == "table-row-group":
            self.hidden_groups.append(_pairs(attributes).get(f"{_TABLE}display") == "false")
        elif tag == "table":
            raise self.archive.damaged(_CONTENT)

    def _start_inside(self, tag: str | None, attributes: list[str]) -> None:
        """An element in a cell."""
        if tag == "aside":
            self.aside += 1
        elif self.aside:
            return
        elif tag == "p":
            self.parts = []
            self.stream.expat.CharacterDataHandler = self.text
        elif tag == "s":
            count = _count(_pairs(attributes), f"{_TEXT}c")
            self.text(_SPACE * min(count, self.limits.cell_chars + 1))
        elif tag == "tab":
            self.text(_TAB)
        elif tag == "line-break":
            self.text(_BREAK)
        elif tag == "table":
            raise self.archive.damaged(_CONTENT)

    def end(self, name: str) -> None:
        tag = _tag(name)
        self.depth -= 1
        if not self.inside:
            return
        if self.cell is not None:
            if tag == "aside":
                self.aside -= 1
            elif tag == "p" and not self.aside:
                self.stream.expat.CharacterDataHandler = None
                self.paragraphs.append(_plain("".join(self.parts)))
            elif tag == "cell" or tag == "covered":
                self._end_cell(self.cell)
                self.cell = None
        elif tag == "table-row":
            self._end_row()
        elif tag == "table-row-group":
            self.hidden_groups.pop()
        elif tag == "table":
            self.is_over = True
            raise _Stop

    def text(self, data: str) -> None:
        if not self.aside:
            if self.length <= self.limits.cell_chars:
                self.parts.append(data)
            self.length += len(data)

    def _hide(self, values: dict[str, str]) -> None:
        count = _count(values, _COLUMNS)
        if _is_collapsed(values):
            last = min(self.column_count + count, self.limits.columns) - 1
            self.sheet.hidden_columns.append((self.column_count, last))
        self.column_count = min(self.column_count + count, _MOST)

    def _end_row(self) -> None:
        times = _count(self.row, _ROWS)
        number = self.row_number
        is_blank = self.beyond is None and not self.doubts and not any(map(str.strip, self.texts))
        is_stray = number - self.last_filled > self.limits.blank_rows
        if not is_blank:
            if times > self.limits.rows:
                raise fail("T117", self.archive.place, limit=self.limits.rows)
            hidden = _is_collapsed(self.row) or any(self.hidden_groups)
            row = RawRow(number, self.texts, self.doubts, hidden, self.beyond, is_stray)
            self.ready.append((row, times))
            self.last_filled = number + times - 1
        elif is_stray:
            raise _Stop
        self.row_number = min(number + times, _MOST)

    def _end_cell(self, cell: _Cell) -> None:
        times = _count(cell.values, _COLUMNS)
        column = self.column
        self.column = min(column + times, _MOST)
        if cell.is_covered:
            return
        if _WIDE in cell.values or _HIGH in cell.values:
            self._merge(cell, column)
        text, doubt = self._show(cell)
        if not text and doubt is None:
            return
        limit = self.limits.cell_chars
        if len(text) > limit or self.length > limit:
            text, doubt = text[: limit + 1], Doubt("T119", f"> {limit}", limit)
        if column + times > self.limits.columns and self.beyond is None and text.strip():
            self.beyond = max(column, self.limits.columns)
        if column < self.limits.columns:
            last = min(column + times, self.limits.columns)
            self.texts += [""] * (column - len(self.texts)) + [text] * (last - column)
            if doubt is not None:
                self.doubts |= dict.fromkeys(range(column, last), doubt)

    def _merge(self, cell: _Cell, column: int) -> None:
        wide = _count(cell.values, _WIDE)
        high = _count(cell.values, _HIGH)
        if wide > 1 or high > 1:
            top = self.row_number
            merge = Merge(top, column, top + high - 1, column + wide - 1)
            self.sheet.merges.append(merge)
            if len(self.sheet.merges) > MOST_MERGES:
                raise fail("T158", self.archive.place, count=MOST_MERGES, range=self.sheet.merges[0].range)

    def _show(self, cell: _Cell) -> tuple[str, Doubt | None]:
        """What the user sees in a cell."""
        values, text = cell.values, "\n".join(self.paragraphs)
        kind = values.get(_VALUE_TYPE, "")
        formula = _FORMULA in values
        if values.get(_CALC_TYPE) == "error" or (formula and _ERRORS.fullmatch(text)):
            return text, Doubt("T144", text)
        if kind in ("float", "currency", "percentage"):
            return _show_number(text, values.get(_VALUE, ""))
        if kind in ("date", "time"):
            shown = text or values.get(f"{_OFFICE}{kind}-value", "")
            return shown, Doubt("T145", shown)
        if kind == "boolean" and not text:
            return ("VRAI" if values.get(f"{_OFFICE}boolean-value") == "true" else "FAUX"), None
        if formula and not kind and not text:
            return "", Doubt("T143", "")
        return text or values.get(_STRING, ""), None


def _show_number(text: str, value: str) -> tuple[str, Doubt | None]:
    """The number as displayed, without the spaces between groups of digits."""
    plain, doubt = show_number(value, (GENERAL,), epoch=CALENDAR_WINDOWS_1900)
    together = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d)", "", text)
    if not text.strip("#"):  # too narrow a column shows no number
        together = plain
    if not doubt and plain.isdecimal() and together.isdecimal() and int(plain) == int(together):
        return together, None
    if re.search(r"\d[eE][+-]?\d", text):
        doubt = "format"
    return together, Doubt("T146", together) if doubt else None


def _plain(text: str) -> str:
    """A paragraph's text, its white space as ODF reads it: runs are one space, elements are kept."""
    text = _SPACES.sub(" ", text).strip(" ")
    if text.isprintable():
        return text
    return text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n")


def _tag(name: str) -> str | None:
    """What an element is to us; None for nothing."""
    tag = _TAGS.get(name)
    return "aside" if tag is None and name.startswith(_DRAW) else tag


def _is_collapsed(values: dict[str, str]) -> bool:
    return values.get(f"{_TABLE}visibility", "visible") != "visible"


def _count(values: dict[str, str], key: str) -> int:
    """A number of times, at least one."""
    text = values.get(key)
    if text is None:
        return 1
    return max(1, min(int(text[:9]), _MOST)) if text.isdecimal() else 1


def _pairs(attributes: list[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))
