"""One row of a school list becomes a `School`, or faults that name its cells."""

import re
from dataclasses import dataclass

from leaflet.faults import Report
from leaflet.tables.cells import Cell, clean_text, is_clean
from leaflet.tables.headers import Columns, normalise
from leaflet.tables.names import Field
from leaflet.tables.table import Row, Table
from leaflet.tables.uai import UaiError, is_abroad, is_uai, parse_uai

NAME_CHARS = 200  # the longest real name has 110
FIELD_CHARS = 120
MOST_COPIES = 9999
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_COPIES = re.compile(r"[0-9]{1,4}")
_CLOSED = re.compile(r"(a_)?ferm(er|e|ee|eture)(_|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """One school of the list.

    Args:
        uai: upper case, check letter verified.
        name: as in the list, to be printed as it is (it is text, never markup).
        address: 0 to 3 lines, without postcode and town.
        postcode: five digits, empty, or as written for a school abroad.
        town: as in the list.
        copies: leaflets to print, 0 to 9999; None when the list does not say.
        academie_label: as in the list, or empty.
        line: line of the list.
    """

    uai: str
    name: str
    address: tuple[str, ...]
    postcode: str
    town: str
    copies: int | None
    academie_label: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RowReader:
    """Reads the fields of one row; what it returns counts only while `report` has no error."""

    table: Table
    columns: Columns
    row: Row
    report: Report

    def school(self) -> School:
        """The school as far as it can be read. Every check runs, so that all faults of a row show at once."""
        uai = self._uai()
        name, town = self._required("name"), self._required("town")
        lines = (self._text("address_1"), self._text("address_2"), self._text("address_3"))
        self._check_state()
        return School(
            uai=uai,
            name=name,
            address=tuple(line for line in lines if line),
            postcode=self._postcode(uai),
            town=town,
            copies=self._copies(),
            academie_label=self._text("academie"),
            line=self.row.line,
        )

    def _cell(self, field: Field) -> Cell:
        column = self.columns.index[field]
        place = self.table.place(self.row, column)
        return Cell(text=self.row.cells[column], place=place, report=self.report)

    def _text(self, field: Field) -> str:
        """The clean text of a cell; empty when there is no such column, or when it is refused (a fault)."""
        column = self.columns.index.get(field)
        if column is None:
            return ""
        text = self.row.cells[column]
        limit = NAME_CHARS if field == "name" else FIELD_CHARS
        return text if is_clean(text, limit) else clean_text(self._cell(field), limit) or ""

    def _required(self, field: Field) -> str:
        refused = len(self.report.errors)
        text = self._text(field)
        if not text.strip() and len(self.report.errors) == refused:
            self._cell(field).fault("T301")
        return text

    def _uai(self) -> str:
        """The UAI, or as much of the cell as names the row when it is none."""
        text = self._required("uai")
        if not text or is_uai(text):
            return text
        try:
            return parse_uai(text)
        except UaiError as error:
            self.report.add(error.code, self._cell("uai").place, **error.values)
            return text

    def _postcode(self, uai: str) -> str:
        text = self._text("postcode")
        if not text or _FIVE_DIGITS.fullmatch(text) or (is_uai(uai) and is_abroad(uai)):
            return text
        if _FOUR_DIGITS.fullmatch(text):
            self._cell("postcode").fault("T313", proposal=f"0{text}")
        else:
            self._cell("postcode").fault("T314")
        return text

    def _copies(self) -> int | None:
        text = self._text("copies")
        if not text:
            return None
        if not _COPIES.fullmatch(text):
            self._cell("copies").fault("T315", most=MOST_COPIES)
            return None
        return int(text)

    def _check_state(self) -> None:
        if _CLOSED.match(normalise(self._text("state"))):
            self._cell("state").fault("T316")
