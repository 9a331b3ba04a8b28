"""Hold all cells of a list as it was given, and write its mended copy.

The copy is a CSV whose rows have the lines of the list, so that the command line names the same lines. Rows are kept
as the copy has them: a long list takes few bytes a row, and is copied as a whole but for what is mended.
"""

import csv
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.studio.campaign_state import ListState
from leaflet.tables.cells import BOM, check_secrets, csv_line
from leaflet.tables.table import Row, Table
from leaflet.text import fold

# The settings of the campaign that belong to one list of schools, and go with it.
LIST_SETTINGS = ("data.sheet", "data.header_row", "data.encoding", "data.key", "columns.schools")
STAFF_SETTINGS = ("data.staff", "data.staff_sheet", "data.staff_header_row", "columns.staff")  # of one list of people
_MOST_TEXTS = 20_000
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


def refuse_secrets(*texts: str) -> None:
    """Check that nothing that was typed for a list is a secret, before it is kept (T317 to T320)."""
    check_secrets(texts, lambda _: Place(), report := Report())
    report.raise_errors()


class Edits(Struct, frozen=True):
    """The edits by which the copy of a list differs from the list."""

    is_copied: bool = False  # whether there is a copy, in which each cell is one line
    mended: Mapping[int, Mapping[int, str]] = {}  # the cells that were mended, by line and column
    left: frozenset[int] = frozenset()  # the lines that are left out

    @classmethod
    def of(cls, state: ListState) -> "Edits":
        """Return what is remembered of a list as it is now."""
        mended: dict[int, dict[int, str]] = {}
        for mend in state.mends:
            mended.setdefault(mend.line, {})[mend.column] = mend.after
        return cls(bool(state.copy), mended, frozenset(state.left))

    def cells(self, row: Row) -> tuple[str, ...]:
        """Return the cells of a row that is not left out, as they are read now."""
        if not self.is_copied:
            return row.cells
        mended = self.mended.get(row.line, {})
        return as_copied(tuple(mended.get(at, cell) for at, cell in enumerate(row.cells)) if mended else row.cells)


class RawList:
    """All cells of a list as they were given; the rows that are read come through `keep`."""

    def __init__(self, table: Table) -> None:
        self.header, self.header_line = table.header, table.header_line
        self.sheets = tuple(sheet.name for sheet in table.sheets) or ((table.sheet,) if table.sheet else ())
        self.lines = array("I")  # of all rows, blank ones left out
        self.unread = table.refused  # cells of faulty rows, by line
        self._rows = bytearray(_blank_lines(table.header_line - 1) + csv_line(as_copied(table.header), guard=str))
        self._starts = array("I")  # of each row in `_rows`
        self._next = table.header_line + 1  # the line after what is in `_rows`
        self._texts, self._text_starts = bytearray(), array("I")  # what is searched, a line for each row
        self._others: dict[int, tuple[str, ...]] = {}  # rows that a copy cannot have as they are

    def keep(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows, and keep their cells."""
        texts: dict[str, str] = {}  # towns, postcodes and numbers repeat: schools share one text of each
        for row in rows:
            if not row.is_blank():
                self._keep(row)
            if len(texts) > _MOST_TEXTS:
                texts = {}
            yield Row(line=row.line, cells=tuple([texts.setdefault(cell, cell) for cell in row.cells]))

    def _keep(self, row: Row) -> None:
        cells = as_copied(row.cells)
        if cells != row.cells:
            self._others[row.line] = row.cells
        self._rows += _blank_lines(row.line - self._next)
        self.lines.append(row.line)
        self._starts.append(len(self._rows))
        self._rows += csv_line(cells, guard=str)
        self._next = row.line + 1
        self._text_starts.append(len(self._texts))
        self._texts += searchable(cells).encode() + b"\n"

    def __contains__(self, line: int) -> bool:
        at = bisect_left(self.lines, line)
        return at < len(self.lines) and self.lines[at] == line

    def cells(self, line: int) -> tuple[str, ...]:
        """Return the cells of a row; none if there is no row on this line."""
        if line not in self:
            return ()
        if line in self._others:
            return self._others[line]
        start, end = self._span(line)
        return tuple(next(csv.reader([self._rows[start:end].decode()], delimiter=";")))

    def rows(self, lines: Iterable[int]) -> Iterator[Row]:
        """Yield the rows that there are on some lines, in the order of the list."""
        return (Row(line=line, cells=self.cells(line)) for line in sorted(lines) if line in self)

    def find(self, text: str) -> Iterator[int]:
        """Yield the lines of rows that hold a `searchable` text."""
        wanted = text.encode(errors="replace")
        at = self._texts.find(wanted)
        while at >= 0:
            row = bisect_right(self._text_starts, at)
            yield self.lines[row - 1]
            at = self._texts.find(wanted, self._text_starts[row]) if row < len(self.lines) else -1

    def differing(self, one: Edits, other: Edits) -> set[int]:
        """Return the lines that are read otherwise with other edits."""
        lines = one.mended.keys() | other.mended.keys()
        found = {line for line in lines if one.mended.get(line) != other.mended.get(line)} | (one.left ^ other.left)
        return found if one.is_copied == other.is_copied else found | self._others.keys()

    def copy(self, edits: Edits, lost: Mapping[int, str]) -> bytes:
        """Return the copy with its edits; a row that is left out is blank.

        In place of a row whose cells are not known, `lost` has one cell, an error for whoever reads the copy.
        """
        return b"".join(self._parts(edits, lost))

    def _parts(self, edits: Edits, lost: Mapping[int, str]) -> Iterator[bytes | memoryview]:
        yield BOM.encode()
        rows, at, after = memoryview(self._rows), 0, self._next
        for line in sorted({*edits.mended, *edits.left, *lost}):
            if line not in self and line not in lost:
                continue
            start, end = self._span(line)
            yield rows[at:start]
            at = end
            if line >= after:
                yield _blank_lines(line - after)
                after = line + 1
            if line in self:
                cells = edits.cells(Row(line=line, cells=self.cells(line)))
                yield _blank_lines(1) if line in edits.left else csv_line(cells, guard=str)
            else:
                yield csv_line([lost[line]])
        yield rows[at:]

    def _span(self, line: int) -> tuple[int, int]:
        """Return where a row begins and ends among all rows, or the blank line in its place."""
        at = bisect_left(self.lines, line)
        if line not in self:
            start = len(self._rows) if at == len(self.lines) else self._starts[at]
            start -= len(_blank_lines((self.lines[at] if at < len(self.lines) else line) - line))
            return start, start + (len(_blank_lines(1)) if at < len(self.lines) else 0)
        after = at + 1
        if after == len(self.lines):
            return self._starts[at], len(self._rows)
        return self._starts[at], self._starts[after] - len(_blank_lines(self.lines[after] - line - 1))


def as_copied(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells of a row as a copy has them: on one line each, and in characters that a file can hold."""
    if "".join(cells).isprintable():
        return cells
    return tuple(as_shown(" ".join(cell.splitlines())) for cell in cells)


def as_shown(cell: str) -> str:
    """Return a cell in characters that a file can hold, and a page: half a character is none."""
    return _HALF.sub("\ufffd", cell)


def searchable(cells: Iterable[str]) -> str:
    """Return the cells of a row as they are searched: without accents and capitals."""
    return fold("\t".join(cells))


def _blank_lines(number: int) -> bytes:
    return b"\r\n" * number
