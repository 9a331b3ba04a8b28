"""Read the fields of one row: clean texts and checked numbers, or faults that name their cells."""

import re
from collections.abc import Callable

from msgspec import Struct

from leaflet.faults import Report
from leaflet.tables.cells import Cell, clean_text, is_clean
from leaflet.tables.headers import ListColumns
from leaflet.tables.keys import UAI, UaiError, is_uai, parse_key
from leaflet.tables.table import ReadOptions, Row, Table

NAME_CHARS = 200  # the longest real name of a school has 110
FIELD_CHARS = 120
EXTRA_CHARS = 10_000  # of a cell that a filter compares and that is never printed
_MOST = 9999  # leaflets or people of one school
_NUMBER = re.compile(r"[0-9]{1,4}")


class RowReader(Struct, frozen=True, kw_only=True):
    """Reads the fields of one row.

    Its methods return a value in any case, so that all faults of a row are found at once. The values count only
    while `report` has no error.
    """

    table: Table
    columns: ListColumns
    row: Row
    report: Report  # takes the faults of the row
    options: ReadOptions

    def cell(self, field: str) -> Cell:
        """Return the cell of a field that the list has."""
        return self._cell_at(self.columns.index[field])

    def _cell_at(self, column: int) -> Cell:
        place = self.table.place(self.row, column)
        return Cell(text=self.row.cells[column], place=place, report=self.report)

    def text(self, field: str, limit: int = FIELD_CHARS) -> str:
        """Return the clean text of a field; empty when there is no such column, or when the text is refused."""
        column = self.columns.index.get(field)
        if column is None:
            return ""
        text = self.row.cells[column]
        return text if is_clean(text, limit) else self._clean(column, limit)

    def doubted(self, field: str, code: str, is_doubtful: Callable[[str], bool], limit: int = FIELD_CHARS) -> str:
        """Return the clean text of a field, with a fault of this code if it is doubtful, and not just empty."""
        if (text := self.text(field, limit)) and is_doubtful(text):
            self.cell(field).add_fault(code)
        return text

    def extra(self) -> tuple[tuple[str, str], ...]:
        """Return name and text of each extra column that the list has."""
        return tuple((name, self._clean(column, EXTRA_CHARS)) for name, column in self.columns.extra.items())

    def printed(self) -> tuple[tuple[str, str], ...]:
        """Return name and text of each column that is printed; an empty cell is doubted (T337)."""
        found: list[tuple[str, str]] = []
        for name, column in self.columns.printed.items():
            found.append((name, "" if column is None else self._clean(column, FIELD_CHARS)))
            if column is None or not self.row.cells[column].strip():
                self.report.add("T337", self.table.place(self.row, column))
        return tuple(found)

    def _clean(self, column: int, limit: int) -> str:
        return clean_text(self._cell_at(column), limit, self.options.cleaning) or ""

    def required(self, field: str, limit: int = FIELD_CHARS) -> str:
        """Return the clean text of a field that may not be empty (T301)."""
        column = self.columns.index.get(field)
        if column is not None and (text := self.row.cells[column]) and is_clean(text, limit):
            return text
        refused, text = len(self.report.errors), self.text(field, limit)
        if not text.strip() and len(self.report.errors) == refused:
            self.cell(field).add_fault("T301")
        return text

    def uai(self) -> str:
        """Return the key, a UAI or another code; if the cell holds none (T302 to T304, T322 to T326), its text."""
        text = self.required("uai")
        if not text or (self.options.key == UAI and is_uai(text)):
            return text
        try:
            return parse_key(self.options.key, text)
        except UaiError as error:
            if error.code == "T303" and self.options.cleaning.fix_codes:
                return self.fixed_code("uai", str(error.values["proposal"]))
            column = self.columns.index.get("postcode")  # of noughts in the Annuaire for schools abroad
            is_abroad = error.code == "T302" and column is not None and {*self.row.cells[column]} == {"0"}
            self.report.add("T326" if is_abroad else error.code, self.cell("uai").place, **error.values)
            return text

    def fixed_code(self, field: str, code: str) -> str:
        """Report that a code replaces the text of its cell (T414), and return the code."""
        self.cell(field).add_fault("T414", after=code)
        return code

    def number(self, field: str) -> int | None:
        """Return a whole number from 0 to 9999; None for an empty cell or a fault (T315)."""
        text = self.text(field)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            self.cell(field).add_fault("T315", most=_MOST)
            return None
        return int(text)
