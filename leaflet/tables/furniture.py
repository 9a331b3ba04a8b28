"""Rows that are no school and no person: totals, column names once more. They are left out, and told.

Only rows without anything like a UAI are looked at.
"""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from leaflet.confidential import normalise
from leaflet.faults import Report
from leaflet.tables.headline import ENOUGH, Expected
from leaflet.tables.table import Row, Table

_UAI = re.compile(r"\d{6}[A-Za-z]")
_TOTAL = re.compile(r"(?:sous_|grand_)?tota(?:l|ux)(?:_.*)?")


class Furniture(Struct, frozen=True, kw_only=True):
    """Finds such rows of one table; `repeated` and `totals` are the lines left out."""

    table: Table
    expected: Expected
    report: Report
    repeated: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Whether a row is left out."""
        if not self.expected.names or _UAI.search("\n".join(row.cells)):
            return False
        names = [normalise(cell) if len(cell) < 100 else "" for cell in row.cells]
        if any(map(_TOTAL.fullmatch, names)):
            self.totals.append(row.line)
            return True
        return self._is_header(row, names)

    def _is_header(self, row: Row, names: Sequence[str]) -> bool:
        filled = [(name, title) for name, title in zip(names, self.table.header, strict=True) if name]
        if len(filled) < ENOUGH:
            return False
        if all(name == normalise(title) for name, title in filled):
            self.repeated.append(row.line)
            return True
        known = sum(name in self.expected.names for name, _ in filled)
        if known < ENOUGH or known * 2 < len(filled):
            return False
        self.report.add("T151", self.table.place(row), line=row.line)
        return True

    def tell(self) -> None:
        """Warn of the rows left out, once for each kind."""
        for code, lines in (("T150", self.repeated), ("T152", self.totals)):
            if lines:
                place = self.table.place(Row(line=lines[0], cells=()))
                self.report.add(code, place, rows=spans(lines), count=len(lines))


def spans(numbers: Sequence[int]) -> str:
    """``3, 5–9, 12`` of rising numbers."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in parts[:20])
