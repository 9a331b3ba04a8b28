"""A sheet becomes a `Table`, whatever spreadsheet it stands in: header, hidden and merged cells, what cells hold.

A cell is taken as the user sees it. Where that is no text (a formula without result, an error) or another one than
what was typed (a date), the cell is a fault and its row is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import HIDDEN, find_cell_secret, hide_secrets, normalise
from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.tables.fit import RowFitter
from leaflet.tables.furniture import Furniture, spans
from leaflet.tables.headline import SEARCHED, Expected
from leaflet.tables.table import Limits, Row, Table, cell_name, column_letters

MOST_MERGES = 1_000
_MOST_FAULTS = 100  # of one kind in one column; the rest is counted


class Doubt(NamedTuple):
    """Why the text of a cell is not taken as it is: a fault's code and what it names.

    T143 a formula without result, T144 an error, T145 a date, T146 a format that shows another thing, T119 too long.
    """

    code: str
    value: str
    limit: int = 0


class Merge(NamedTuple):
    """Cells merged into one; rows from 1, columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def range(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


class RawRow(Struct):
    """One row of a sheet in which something stands.

    Args:
        number: as the spreadsheet shows it, from 1.
        texts: cells as shown, up to the last one that is filled, at most one more than may be.
        doubts: by column.
        beyond: the first filled column that a list may not have, or None.
        stray: it stands after more blank rows than a list has, and nothing of it was read.
    """

    number: int
    texts: list[str]
    doubts: dict[int, Doubt] = field(default_factory=dict)
    hidden: bool = False
    beyond: int | None = None
    stray: bool = False


class Sheet(Struct, kw_only=True):
    """A sheet being read; its other values are whole when the row they concern is handed out."""

    name: str
    rows: Iterator[RawRow]
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


class SheetReader(Struct, frozen=True, kw_only=True):
    """What reading one sheet needs to know; see `leaflet.tables.reading.read_table`."""

    name: str
    sheet: Sheet
    report: Report
    limits: Limits
    header_row: int | None
    known: frozenset[str] | None
    expected: Expected

    def table(self) -> Table:
        """The sheet as a table.

        Raises:
            DataError: T104 nothing stands there, T118 or T119 its header is too large, T154 the header row is empty.
        """
        header, rest = self._header()
        cells = _trimmed(header.texts)
        place = self._place(header.number)
        if header.beyond is not None or len(cells) > self.limits.columns:
            count = (header.beyond or len(cells) - 1) + 1
            raise fail("T118", place, count=count, limit=self.limits.columns)
        if longest := next((doubt for doubt in header.doubts.values() if doubt.code == "T119"), None):
            raise fail("T119", place, count=longest.value, limit=longest.limit)
        bare = Table(
            name=self.name,
            header=cells,
            header_line=header.number,
            rows=iter(()),
            known=self.known,
            sheet=self.sheet.name,
        )
        return replace(bare, rows=Rows(reader=self, table=bare).run(rest))

    def _place(self, row: int, column: int = 0) -> Place:
        return Place(file=self.name, cell=cell_name(self.sheet.name, row, column))

    def _header(self) -> tuple[RawRow, Iterator[RawRow]]:
        """The header, and the rows under it."""
        if self.header_row is not None:
            return self._asked_header(self.header_row)
        above: list[RawRow] = []
        for row in self.sheet.rows:
            if row.stray:
                raise fail("T148", self._place(row.number), count=self.limits.blank_rows)
            above.append(row)
            if row.number > SEARCHED:
                break
            if not row.hidden and self.expected.is_header(row.texts):
                self._tell_above(row, len(above) - 1)
                return row, self.sheet.rows
        header = next((row for row in above if not row.hidden), None)
        if header is None:
            raise fail("T104", Place(file=self.name))
        under = above[above.index(header) + 1 :]
        return header, chain(under, self.sheet.rows)

    def _asked_header(self, number: int) -> tuple[RawRow, Iterator[RawRow]]:
        row = next((row for row in self.sheet.rows if row.number >= number), None)
        if row is None or row.number > number or row.stray:
            raise fail("T154", self._place(number), row=number)
        return row, self.sheet.rows

    def _tell_above(self, header: RawRow, count: int) -> None:
        if count:
            self.report.add("T153", self._place(header.number), row=header.number, count=count)


class Rows(Struct, kw_only=True):
    """The rows under a header on their way out; what is left out is told, once for each kind."""

    reader: SheetReader
    table: Table
    hidden: list[int] = field(default_factory=list)
    told: Counter[tuple[str, int]] = field(default_factory=Counter)
    merges_seen: int = 0
    merged_until: int = 0

    def run(self, rows: Iterator[RawRow]) -> Iterator[Row]:
        report, limits = self.reader.report, self.reader.limits
        fitter = RowFitter(table=self.table, report=report, limits=limits)
        furniture = Furniture(table=self.table, expected=self.reader.expected, report=report)
        self._tell_columns()
        count = 0
        try:
            for raw in rows:
                if raw.stray:
                    self._add("T148", raw.number, count=limits.blank_rows)
                    break
                count += 1
                if count > limits.rows:
                    self._add("T117", raw.number, limit=limits.rows)
                    break
                row = self._row(raw)
                if row is not None and not furniture.takes(row) and (fitted := fitter.fit(row)) is not None:
                    yield fitted
        except DataError as error:  # the file is damaged further down
            report.extend(error.faults)
        if not count:
            report.add("T116", self.table.place())
        furniture.tell()
        self._tell_end()

    def _row(self, raw: RawRow) -> Row | None:
        """The row, as long as the header; None when it is left out."""
        if raw.hidden:
            self.hidden.append(raw.number)
            return None
        is_sound = self._check_merges(raw)
        if raw.doubts and not self._check_doubts(raw):
            is_sound = False
        width = len(self.table.header)
        if len(raw.texts) > width or raw.beyond is not None:
            beyond = next((at for at, text in enumerate(raw.texts) if at >= width and text.strip()), raw.beyond)
            if beyond is not None:
                self._add("T149", raw.number, beyond)
                is_sound = False
        if not is_sound:
            return None
        cells = raw.texts[:width] + [""] * (width - len(raw.texts))
        return Row(line=raw.number, cells=tuple(cells))

    def _check_merges(self, raw: RawRow) -> bool:
        """Whether no cell of the row is merged with another one; each merge is told once."""
        merges = self.reader.sheet.merges
        while self.merges_seen < len(merges) and merges[self.merges_seen].top <= raw.number:
            merge = merges[self.merges_seen]
            self.merges_seen += 1
            if merge.bottom < raw.number or merge.left >= len(self.table.header):
                continue  # above, or around cells that are empty
            self.merged_until = max(self.merged_until, merge.bottom)
            self._add("T142", merge.top, merge.left, range=merge.range)
        return raw.number > self.merged_until

    def _check_doubts(self, raw: RawRow) -> bool:
        """Whether the row can be read all the same: a date is fine in a column that nobody reads."""
        is_sound = True
        for column, doubt in raw.doubts.items():
            if column >= len(self.table.header):
                continue
            name = normalise(self.table.header[column])
            if doubt.code in ("T145", "T146") and name not in self.reader.expected.fields:
                if name not in self.reader.expected.unread:
                    self._tell_once("T147", raw.number, column, value=_harmless(doubt.value))
                continue
            is_sound = False
            self._tell_once(
                doubt.code, raw.number, column, _MOST_FAULTS, value=_harmless(doubt.value), **_measure(doubt)
            )
        return is_sound

    def _tell_once(self, code: str, row: int, column: int, most: int = 1, **values: object) -> None:
        """A fault, unless as many of its kind were told of the column already."""
        self.told[code, column] += 1
        if self.told[code, column] <= most:
            self._add(code, row, column, **values)

    def _add(self, code: str, row: int, column: int | None = None, **values: object) -> None:
        place = self.table.place(Row(line=row, cells=()), column)
        if column is not None and column >= len(self.table.header):
            place = Place(file=self.table.name, cell=cell_name(self.reader.sheet.name, row, column))
        self.reader.report.extend([hide_secrets(Fault(code, place, values))])

    def _tell_columns(self) -> None:
        """Hidden columns are read, for lists hide just what is needed; the user is told."""
        width = len(self.table.header)
        columns = [
            at for first, last in self.reader.sheet.hidden_columns for at in range(first, min(last + 1, width))
        ]
        if columns:
            letters = ", ".join(map(column_letters, columns))
            self._add("T141", self.table.header_line, columns[0], columns=letters, count=len(columns))

    def _tell_end(self) -> None:
        if self.hidden:
            self._add("T140", self.hidden[0], rows=spans(self.hidden), count=len(self.hidden))
        for (code, column), count in self.told.items():
            if count > _MOST_FAULTS and code != "T147":
                place = self.table.place(column=column)
                self.reader.report.add("T157", place, count=count - _MOST_FAULTS, same=code)


def _measure(doubt: Doubt) -> Mapping[str, object]:
    return {"count": doubt.value, "limit": doubt.limit} if doubt.code == "T119" else {}


def _harmless(value: str) -> str:
    return HIDDEN if find_cell_secret(value) else value


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(cells) if cell.strip()), default=-1)
    return tuple(cells[: last + 1])
