"""The fields of one row: clean texts and checked numbers, or faults that name their cells."""

import re

from msgspec import Struct

from leaflet.faults import Report
from leaflet.tables.cells import Cell, clean_text, is_clean
from leaflet.tables.cleaning import AS_IT_IS, Cleaning
from leaflet.tables.headers import Columns
from leaflet.tables.table import Row, Table
from leaflet.tables.uai import UaiError, is_uai, parse_uai

NAME_CHARS = 200  # the longest real name of a school has 110
FIELD_CHARS = 120
CELL_CHARS = 10_000  # of a cell that is compared and never printed
MOST = 9999  # leaflets or people of one school
_NUMBER = re.compile(r"[0-9]{1,4}")


class FieldReader(Struct, frozen=True, kw_only=True):
    """Reads the fields of one row; what it returns counts only while `report` has no error."""

    table: Table
    columns: Columns
    row: Row
    report: Report
    cleaning: Cleaning = AS_IT_IS

    def cell(self, field: str) -> Cell:
        """The cell of a field that the list has."""
        column = self.columns.index[field]
        place = self.table.place(self.row, column)
        return Cell(text=self.row.cells[column], place=place, report=self.report)

    def text(self, field: str, limit: int = FIELD_CHARS) -> str:
        """The clean text of a cell; empty when there is no such column, or when it is refused (a fault)."""
        column = self.columns.index.get(field)
        if column is None:
            return ""
        text = self.row.cells[column]
        return text if is_clean(text, limit) else clean_text(self.cell(field), limit, self.cleaning) or ""

    def required(self, field: str, limit: int = FIELD_CHARS) -> str:
        """The same of a cell that may not be empty (T301)."""
        column = self.columns.index.get(field)
        if column is not None and (text := self.row.cells[column]) and is_clean(text, limit):
            return text
        refused = len(self.report.errors)
        text = self.text(field, limit)
        if not text.strip() and len(self.report.errors) == refused:
            self.cell(field).fault("T301")
        return text

    def uai(self) -> str:
        """The UAI, or as much of the cell as names the row when it is none."""
        text = self.required("uai")
        if not text or is_uai(text):
            return text
        try:
            return parse_uai(text)
        except UaiError as error:
            if error.code == "T303" and self.cleaning.fix_codes:
                return self.fixed("uai", str(error.values["proposal"]))
            self.report.add(error.code, self.cell("uai").place, **error.values)
            return text

    def fixed(self, field: str, code: str) -> str:
        """The code that stands in for what the cell says, which is told."""
        self.cell(field).fault("T414", after=code)
        return code

    def number(self, field: str) -> int | None:
        """A whole number from 0 to `MOST`; None for an empty cell or a fault (T315)."""
        text = self.text(field)
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            self.cell(field).fault("T315", most=MOST)
            return None
        return int(text)
