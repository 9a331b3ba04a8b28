"""Rows against their header: as many cells, none of them monstrous.

A line break inside a cell is U+000A, whatever the file has. Empty cells past the header are what spreadsheets leave
behind and are dropped; anything else that does not fit is a fault and the row is left out, since nobody can tell
which cell is the missing one.
"""

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Report
from leaflet.tables.table import Limits, Row, Table


class RowFitter(Struct, frozen=True, kw_only=True):
    """Fits rows to one table's header; the faults go to the report."""

    table: Table
    report: Report
    limits: Limits

    def fit(self, row: Row) -> Row | None:
        """The row with exactly as many cells as the header, or None with a fault."""
        joined = "".join(row.cells)
        if not self._is_sound(row, joined):
            return None
        if "\r" in joined:
            row = replace(row, cells=tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row.cells))
        width = len(self.table.header)
        extra = row.cells[width:]
        if extra and any(cell.strip() for cell in extra):
            self._add("T120", row, count=len(row.cells), expected=width)
            return None
        if len(row.cells) < width:
            self._add("T121", row, count=len(row.cells), expected=width)
            return None
        return Row(line=row.line, cells=row.cells[:width]) if extra else row

    def _is_sound(self, row: Row, joined: str) -> bool:
        """No NUL, no cell past the limit."""
        limit = self.limits.cell_chars
        if "\0" not in joined and len(joined) <= limit:
            return True
        for column, cell in enumerate(row.cells):
            if len(cell) > limit:
                self._add("T119", row, column, count=len(cell), limit=limit)
                return False
            if "\0" in cell:
                self._add("T113", row, column)
                return False
        return True

    def _add(self, code: str, row: Row, column: int | None = None, **values: object) -> None:
        self.report.add(code, self.table.place(row, column), **values)
