"""Read one sheet of an ODS file, streamed row by row; repeated rows and cells are counted, not copied.

Source: OpenDocument 1.3 part 3, §9 (tables), §19.385 (office:value-type), §6.1 (white space in text).
"""

import re
from typing import NamedTuple

from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from leaflet.faults import Report, fail
from leaflet.tables.number_format import GENERAL, show_number
from leaflet.tables.sheet import MAX_MERGES, Doubt, Merge, Sheet, SheetEntry, SheetParser, StopParsing, choose_sheet
from leaflet.tables.sheet_archive import Archive
from leaflet.tables.sheet_xml import MarkupStream, elements, pair_attributes
from leaflet.tables.table import ReadOptions

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_ODF}{name}:1.0}}" for name in ("table", "office", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_VALUE_TYPE, _FORMULA = f"{_OFFICE}value-type", f"{_TABLE}formula"
_VALUE, _STRING = f"{_OFFICE}value", f"{_OFFICE}string-value"
_COLUMNS, _ROWS = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_WIDE, _HIGH = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_CALC_TYPE = f"{_CALC}value-type"
_MAX_COUNT = 10_000_000
_DEPTH = 100
# Elements in a cell that are not its text: notes and ruby; drawings have a namespace of their own.
_ASIDE = (f"{_OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note")
_DRAW = f"{_ODF}drawing:1.0}}"
_TAGS = {
    **{f"{_TABLE}{tag}": tag for tag in ("table", "table-row", "table-column", "table-row-group")},
    f"{_TABLE}table-cell": "cell",
    f"{_TABLE}covered-table-cell": "covered",
    **{f"{_TEXT}{tag}": tag for tag in ("p", "s", "tab", "line-break")},
    **dict.fromkeys(_ASIDE, "aside"),
    **dict.fromkeys((f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"), "hidden"),
    f"{_STYLE}style": "style",
    f"{_STYLE}table-properties": "table-properties",
}
_ERRORS = re.compile(r"#(?:N/A|REF|VALUE|VALEUR|DIV/0|NAME|NOM|NUM|NOMBRE|NULL|NUL)[!?]?|Err ?: ?\d{3}")
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"  # stand for elements of these names; XML cannot hold the characters
_SPACES = re.compile(r"[ \t\r\n]+")


class _CellStart(NamedTuple):
    """The start of a cell."""

    is_covered: bool
    values: dict[str, str]


def open_ods(archive: Archive, options: ReadOptions, report: Report) -> Sheet:
    """Open the sheet to be read; its rows stream, with faults of their own (T117, T130, T158)."""
    if archive.has(_MANIFEST) and any(one.name == "encryption-data" for one in elements(archive, _MANIFEST)):
        raise fail("T126", archive.place)
    survey = _Survey(archive)
    entries = survey.entries()
    entry = choose_sheet(entries, lambda entry: int(entry.key) in survey.filled, options, archive.place, report)
    sheet = Sheet(name=entry.name, rows=iter(()))
    sheet.rows = _OdsParser(archive, int(entry.key), sheet).rows()
    return sheet


class _Survey:
    """Reads all sheets for their names, which of them are hidden, and which have contents."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.filled: set[int] = set()  # numbers of the sheets that have contents
        self.tables: list[dict[str, str]] = []  # attributes of each sheet
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = self.aside = self.cells = 0
        self.stream = MarkupStream(archive, _CONTENT, start=self.start, end=self.end)

    def entries(self) -> list[SheetEntry]:
        """Parse the file, and return its sheets."""
        for _ in self.stream.feed():
            pass
        return [
            SheetEntry(
                values.get(f"{_TABLE}name", ""), str(at), values.get(f"{_TABLE}style-name") in self.hidden_styles
            )
            for at, values in enumerate(self.tables)
        ]

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element."""
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
            self.tables.append(pair_attributes(attributes))
        elif tag == "style":
            self.style = pair_attributes(attributes).get(f"{_STYLE}name", "")
        elif tag == "table-properties" and pair_attributes(attributes).get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self.style)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        tag = _tag(name)
        self.depth -= 1
        if tag == "aside":
            self.aside -= 1
        elif tag == "cell":
            self.cells -= 1


class _OdsParser(SheetParser):
    """Parses the sheet of a number, among all sheets of the file."""

    content = re.compile(rb"<(?:\w+:)?p[\s>/]|</(?:\w+:)?table>")

    def __init__(self, archive: Archive, number: int, sheet: Sheet) -> None:
        super().__init__(archive, _CONTENT, sheet)
        self.number = number
        self.tables = -1
        self.inside = False
        self.depth = self.aside = self.column_count = 0
        self.hidden_groups: list[bool] = []
        self.row_number = 1
        self.row: dict[str, str] = {}
        self.column = 0
        self.cell: _CellStart | None = None
        self.paragraphs: list[str] = []
        self.parts: list[str] = []
        self.has_hidden_text = False

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element."""
        tag = _tag(name)
        self.depth += 1
        if self.depth > _DEPTH:
            raise self.archive.damaged(_CONTENT)
        if not self.inside:
            if tag == "table":
                self.tables += 1
                self.inside = self.tables == self.number
        elif self.cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag == "cell" or tag == "covered":
            self.cell = _CellStart(tag == "covered", pair_attributes(attributes))
            self.paragraphs, self.length, self.has_hidden_text = [], 0, False
        elif tag == "table-row":
            self.row, self.column = pair_attributes(attributes), 0
            self.start_row()
        elif tag == "table-column":
            self._hide_columns(pair_attributes(attributes))
        elif tag == "table-row-group":
            self.hidden_groups.append(pair_attributes(attributes).get(f"{_TABLE}display") == "false")
        elif tag == "table":
            raise self.archive.damaged(_CONTENT)

    def _start_in_cell(self, tag: str | None, attributes: list[str]) -> None:
        """Handle the start of an element in a cell."""
        if tag == "aside":
            self.aside += 1
        elif self.aside:
            return
        elif tag == "p":
            self.parts = []
            self.stream.expat.CharacterDataHandler = self._add_text
        elif tag == "s":
            count = _count(pair_attributes(attributes), f"{_TEXT}c")
            self._add_text(_SPACE * min(count, self.max_chars + 1))
        elif tag == "hidden":
            self.has_hidden_text = True
        elif tag == "tab":
            self._add_text(_TAB)
        elif tag == "line-break":
            self._add_text(_BREAK)
        elif tag == "table":
            raise self.archive.damaged(_CONTENT)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        tag = _tag(name)
        self.depth -= 1
        if not self.inside:
            return
        if self.cell is not None:
            if tag == "aside":
                self.aside -= 1
            elif tag == "p" and not self.aside:
                self.stream.expat.CharacterDataHandler = None
                self.paragraphs.append(_collapse_spaces("".join(self.parts)))
            elif tag == "cell" or tag == "covered":
                self._end_cell(self.cell)
                self.cell = None
        elif tag == "table-row":
            times = _count(self.row, _ROWS)
            self.end_row(_is_collapsed(self.row) or any(self.hidden_groups), times)
            self.row_number = min(self.row_number + times, _MAX_COUNT)
        elif tag == "table-row-group":
            self.hidden_groups.pop()
        elif tag == "table":
            self.is_over = True
            raise StopParsing

    def _add_text(self, data: str) -> None:
        if not self.aside:
            if self.length <= self.max_chars:
                self.parts.append(data)
            self.length += len(data)

    def _hide_columns(self, values: dict[str, str]) -> None:
        count = _count(values, _COLUMNS)
        if _is_collapsed(values):
            last = min(self.column_count + count, self.limits.width) - 1
            self.sheet.hidden_columns.append((self.column_count, last))
        self.column_count = min(self.column_count + count, _MAX_COUNT)

    def _end_cell(self, cell: _CellStart) -> None:
        times = _count(cell.values, _COLUMNS)
        column = self.column
        self.column = min(column + times, _MAX_COUNT)
        if cell.is_covered:
            return
        if _WIDE in cell.values or _HIGH in cell.values:
            self._add_merge(cell, column)
        text, doubt = self._show(cell)
        if text or doubt is not None:
            self.add_cell(column, text[: self.max_chars + 1], doubt, times)

    def _add_merge(self, cell: _CellStart, column: int) -> None:
        wide, high, top = _count(cell.values, _WIDE), _count(cell.values, _HIGH), self.row_number
        if wide > 1 or high > 1:
            self.sheet.merges.append(Merge(top, column, top + high - 1, column + wide - 1))
            if len(self.sheet.merges) > MAX_MERGES:
                raise fail("T158", self.archive.place, count=MAX_MERGES, range=self.sheet.merges[0].range)

    def _show(self, cell: _CellStart) -> tuple[str, Doubt | None]:
        """Return a cell as the user sees it."""
        values, text = cell.values, "\n".join(self.paragraphs)
        kind = values.get(_VALUE_TYPE, "")
        formula = _FORMULA in values
        if self.has_hidden_text:
            return text, Doubt("T164", text)
        if values.get(_CALC_TYPE) == "error" or (formula and _ERRORS.fullmatch(text)):
            return text, Doubt("T144", text)
        if kind in ("float", "currency", "percentage"):
            return _show_number(text, values.get(_VALUE, ""))
        if kind in ("date", "time"):
            shown = text or values.get(f"{_OFFICE}{kind}-value", "")
            return shown, Doubt("T145", shown)
        if kind == "boolean":
            shown = text or ("VRAI" if values.get(f"{_OFFICE}boolean-value") == "true" else "FAUX")
            return shown, Doubt("T163", shown)
        if formula and not kind and not text:
            return "", Doubt("T143", "")
        return text or values.get(_STRING, ""), None


def _show_number(text: str, value: str) -> tuple[str, Doubt | None]:
    """Return a number as displayed, without the spaces between groups of digits."""
    plain, deviation = show_number(value, (GENERAL,), epoch=CALENDAR_WINDOWS_1900)
    together = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d)", "", text)
    if not text.strip("#"):  # the column is too narrow for the number
        together = plain
    if re.search(r"\d[eE][+-]?\d", text):
        deviation = "format"
    return together, Doubt("T146", together) if deviation else None


def _collapse_spaces(text: str) -> str:
    """Return the text of a paragraph with white space as ODF has it: one space for many, and those of elements."""
    text = _SPACES.sub(" ", text).strip(" ")
    return text if text.isprintable() else text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n")


def _tag(name: str) -> str | None:
    """Return our name of an element; None for an element without meaning here."""
    tag = _TAGS.get(name)
    return "aside" if tag is None and name.startswith(_DRAW) else tag


def _is_collapsed(values: dict[str, str]) -> bool:
    return values.get(f"{_TABLE}visibility", "visible") != "visible"


def _count(values: dict[str, str], key: str) -> int:
    """Return how often something repeats or how far it extends, at least 1."""
    text = values.get(key, "")
    return max(1, min(int(text[:9]), _MAX_COUNT)) if text.isdecimal() else 1
