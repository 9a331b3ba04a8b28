"""Fit the rows of any table: which one is the header, how the others fit it, and which are no data."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice, zip_longest

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Report
from leaflet.tables.cells import check_secrets
from leaflet.tables.column_names import Vocabulary
from leaflet.tables.table import Limits, Row, Table

HEADER_ROWS = 20  # first rows among which the header is searched
_HEADER_NAMES = 2  # known names that make a row a header
_WIDEST = 1000  # cells of a row that are compared: five times as many as a list may have
_LONGEST = 60  # characters of a cell that may be the name of a column
_UAI = re.compile(r"\d{6}[A-Za-z]")
NOT_READ = frozenset({"T150", "T152"})  # say so of rows that are no data, and that nothing is to be done
_TOTAL = re.compile(r"(?:sous_|grand_)?tota(?:l|ux)(?:_.*)?")


class Expected(Struct, frozen=True, kw_only=True):
    """The names of columns, normalised, that a reader may meet, by which the header is found under titles."""

    names: frozenset[str] = frozenset()  # without any, the first row that is not blank is the header
    fields: frozenset[str] = frozenset()  # those that are read
    unread: frozenset[str] = frozenset()  # those that are known and not read
    alone: frozenset[str] = frozenset()  # those that may stand alone, as names do in the list of one school

    def is_alone(self, cells: Sequence[str]) -> bool:
        """Check whether a row is the one column that a whole list may have."""
        filled = [cell for cell in cells if cell.strip()]
        return len(filled) == 1 and len(filled[0]) <= _LONGEST and normalise(filled[0]) in self.alone

    def is_header(self, cells: Sequence[str]) -> bool:
        """Check whether enough cells of a row are names of columns."""
        first = islice(cells, _WIDEST) if self.names else ()
        titles = [cell for cell in first if 0 < len(cell) <= _LONGEST]
        return sum(normalise(one) in self.names or is_secret_name(one) for one in titles) >= _HEADER_NAMES


NOTHING_EXPECTED = Expected()


def expect_columns(vocabulary: Vocabulary, given: Mapping[str, str]) -> Expected:
    """Return the names to expect from a vocabulary and from the campaign's own mapping, of fields to headers."""
    own, second = frozenset(map(normalise, given.values())), vocabulary.second.values()
    fields = frozenset(name for names in vocabulary.aliases.values() for name in names) | own
    return Expected(
        names=vocabulary.known | own,
        fields=fields,
        unread=(vocabulary.unused | vocabulary.unneeded) - own,
        alone=fields.union(*second) if any(not vocabulary.missing([f]) for f in vocabulary.aliases) else frozenset(),
    )


class RowFitter(Struct, frozen=True, kw_only=True):
    """Makes the rows of one table as long as its header; the faults go to the report.

    A line break inside a cell is U+000A, whatever the file has. Empty cells past the header are what spreadsheets
    leave behind; they are dropped. Any other row that does not fit is a fault and is left out, since nobody can tell
    which cell is the missing one.
    """

    table: Table
    report: Report
    limits: Limits

    def fit(self, row: Row) -> Row | None:
        """Return the row with exactly as many cells as the header, or None with a fault."""
        fitted = self._fit(row)
        if fitted is None:
            self.table.refused[row.line] = row.cells
        return fitted

    def _fit(self, row: Row) -> Row | None:
        joined = "".join(row.cells)
        if not self._is_sound(row, joined):
            return None
        if "\r" in joined:
            row = replace(row, cells=tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row.cells))
        width = len(self.table.header)
        extra = row.cells[width:]
        has_more = any(cell.strip() for cell in extra)
        if has_more or len(row.cells) < width:
            # what stands in no column may be a secret all the same
            if check_secrets(row.cells, lambda column: self.table.place(row, column), self.report):
                self._add("T120" if has_more else "T121", row, count=len(row.cells), expected=width)
            return None
        return Row(line=row.line, cells=row.cells[:width]) if extra else row

    def _is_sound(self, row: Row, joined: str) -> bool:
        """Check that no cell holds a NUL or is past the limit."""
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


class NonDataRows(Struct, frozen=True, kw_only=True):
    """The rows of one table that are no school and no person: totals, and column names once more.

    They are left out and reported. A row with anything like a UAI is never one of them.
    """

    table: Table
    expected: Expected
    report: Report
    repeated: list[int] = field(default_factory=list)  # lines of the repeated headers
    totals: list[int] = field(default_factory=list)  # lines of the totals

    def matches(self, row: Row) -> bool:
        """Check whether a row is to be left out, and remember its line."""
        if not self.expected.names or _UAI.search("\n".join(row.cells)):
            return False
        names = [normalise(cell) if len(cell) < 100 else "" for cell in row.cells]
        if any(map(_TOTAL.fullmatch, names)):
            self.totals.append(row.line)
            check_secrets(row.cells, partial(self.table.place, row), self.report)
            return True
        return self._is_header(row, names)

    def _is_header(self, row: Row, names: Sequence[str]) -> bool:
        filled = [(name, title) for name, title in zip_longest(names, self.table.header, fillvalue="") if name]
        if len(filled) < _HEADER_NAMES:
            return False
        if all(name == normalise(title) for name, title in filled):
            self.repeated.append(row.line)
            return True
        known = sum(name in self.expected.names for name, _ in filled)
        if known < _HEADER_NAMES or known * 2 < len(filled):
            return False
        self.report.add("T151", self.table.place(row), line=row.line)
        return True

    def report_lines(self) -> None:
        """Warn of the rows that were left out, once for each kind."""
        for code, lines in (("T150", self.repeated), ("T152", self.totals)):
            if lines:
                place = self.table.place(Row(line=lines[0], cells=()))
                self.report.add(code, place, rows=format_spans(lines), count=len(lines))


def format_spans(numbers: Sequence[int]) -> str:
    """Return rising numbers in short: ``3, 5–9, 12``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in parts[:20])
