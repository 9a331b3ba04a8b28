"""Make the `Table` of a sheet, whatever spreadsheet it is in: header, hidden and merged cells, doubtful cells.

A cell is read as the user sees it. If that is no text (a formula without result, an error) or not the text that was
typed (a date), the cell is a fault and its row is left out.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import HIDDEN, find_cell_secret, hide_secrets, normalise
from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.tables.cells import UNKNOWN, check_secrets
from leaflet.tables.rows import HEADER_ROWS, Expected, NonDataRows, RowFitter, format_spans
from leaflet.tables.sheet import RawRow, Sheet
from leaflet.tables.table import ReadOptions, Row, Table, cell_place, column_letters, trimmed

_MAX_FAULTS = 100  # of one kind in one column; the others are counted
_WITHOUT_RESULT = ("T143", "T144")
_OF_FORMATS = ("T145", "T146", "T163")  # doubts about values that are not text: fine in a column that nobody reads


class SheetReader(Struct, frozen=True, kw_only=True):
    """Makes a `Table` of one sheet."""

    name: str  # of the file as messages show it
    sheet: Sheet
    report: Report  # takes the faults of rows, while the table's rows are iterated
    options: ReadOptions
    known: frozenset[str] | None  # the names that messages may show of a private list; see `Table`
    expected: Expected

    def table(self) -> Table:
        """Return the sheet as a table (T104, T118, T119, T148, T154)."""
        header, rest = self._header()
        cells, place = trimmed(header.texts), self._place(header.number)
        self.options.limits.check_columns(cells, len(cells) if header.beyond is None else header.beyond + 1, place)
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
        return replace(bare, rows=_RowsReader(reader=self, table=bare).read(rest))

    def _place(self, row: int, column: int = 0) -> Place:
        return cell_place(self.name, self.sheet.name, row, column)

    def _header(self) -> tuple[RawRow, Iterator[RawRow]]:
        """Return the header, and the rows under it."""
        if (number := self.options.header_row) is not None:
            row = next((row for row in self.sheet.rows if row.number >= number), None)
            if row is None or row.number > number or row.stray:
                raise fail("T154", self._place(number), row=number)
            return row, self.sheet.rows
        above: list[RawRow] = []
        for row in self.sheet.rows:
            if row.stray:
                raise fail("T148", self._place(row.number), count=self.options.limits.blank_rows)
            above.append(row)
            if row.number > HEADER_ROWS:
                break
            if not row.hidden and self.expected.is_header(row.texts):
                if above[:-1]:
                    self.report.add("T153", self._place(row.number), row=row.number, count=len(above) - 1)
                for one in above[:-1]:
                    check_secrets(tuple(one.texts), partial(self._place, one.number), self.report)
                return row, self.sheet.rows
        header = next((row for row in above if not row.hidden), None)
        if header is None:
            raise fail("T104", Place(file=self.name))
        return header, chain(above[above.index(header) + 1 :], self.sheet.rows)


class _RowsReader(Struct, kw_only=True):
    """Reads the rows under a header. Rows that are left out are reported, once for each kind."""

    reader: SheetReader
    table: Table  # without its rows
    hidden: list[int] = field(default_factory=list)  # numbers of the hidden rows
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)  # of the faults of each kind in each column
    merges_seen: int = 0  # how many merges begin above the current row, or in it
    merged_until: int = 0  # the last row of these merges

    def read(self, rows: Iterator[RawRow]) -> Iterator[Row]:
        """Yield the rows that are sound, each as long as the header."""
        report, limits = self.reader.report, self.reader.options.limits
        fitter = RowFitter(table=self.table, report=report, limits=limits)
        non_data = NonDataRows(table=self.table, expected=self.reader.expected, report=report)
        self._report_hidden_columns()
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
                row = self._row(raw, non_data)
                if row is not None and (fitted := fitter.fit(row)) is not None:
                    yield fitted
        except DataError as error:  # the file is damaged further down
            report.extend(error.faults)
        if not count:
            report.add("T116", self.table.place())
        non_data.report_lines()
        self._report_end()

    def _row(self, raw: RawRow, non_data: NonDataRows) -> Row | None:
        """Return the row, as long as the header; None when it is left out, as totals are whatever their cells are."""
        if raw.hidden:
            self.hidden.append(raw.number)
            check_secrets(tuple(raw.texts), partial(self._place, raw.number), self.reader.report)
            return None
        width = len(self.table.header)
        row = Row(line=raw.number, cells=tuple(raw.texts[:width] + [""] * (width - len(raw.texts))))
        if non_data.matches(row):
            return None
        is_sound = self._check_merges(raw)
        if raw.doubts and not self._check_doubts(raw):
            is_sound = False
        if len(raw.texts) > width or raw.beyond is not None:
            beyond = next((at for at, text in enumerate(raw.texts) if at >= width and text.strip()), raw.beyond)
            if beyond is not None:
                self._add("T149", raw.number, beyond)
                is_sound = False
        if is_sound:
            return row
        unknown = {at for at, doubt in raw.doubts.items() if doubt.code in _WITHOUT_RESULT}
        self.table.refused[row.line] = tuple(UNKNOWN if at in unknown else text for at, text in enumerate(row.cells))
        return None

    def _check_merges(self, raw: RawRow) -> bool:
        """Check that no cell of the row is merged with another one; each merge is reported once."""
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
        """Check whether the row can be read in spite of its doubts: a date is fine in a column that nobody reads."""
        is_sound = True
        for column, doubt in raw.doubts.items():
            if column >= len(self.table.header):
                continue
            name, value = normalise(self.table.header[column]), doubt.value
            values: dict[str, Any] = {"value": HIDDEN if find_cell_secret(value) else value}
            if doubt.code in _OF_FORMATS and name not in self.reader.expected.fields:
                if name not in self.reader.expected.unread:
                    self._add_once("T147", raw.number, column, **values)
                continue
            is_sound = False
            if doubt.code == "T119":
                values |= {"count": value, "limit": doubt.limit}
            self._add_once(doubt.code, raw.number, column, _MAX_FAULTS, **values)
        return is_sound

    def _add_once(self, code: str, row: int, column: int, most: int = 1, **values: object) -> None:
        """Report a fault, unless the column has had as many of its kind already."""
        self.counts[code, column] += 1
        if self.counts[code, column] <= most:
            self._add(code, row, column, **values)

    def _add(self, code: str, row: int, column: int | None = None, **values: object) -> None:
        self.reader.report.extend([hide_secrets(Fault(code, self._place(row, column), values))])

    def _place(self, row: int, column: int | None) -> Place:
        if column is not None and column >= len(self.table.header):
            return cell_place(self.table.name, self.reader.sheet.name, row, column)
        return self.table.place(Row(line=row, cells=()), column)

    def _report_hidden_columns(self) -> None:
        """Report the hidden columns, which are read: lists often hide the very columns that are needed."""
        width = len(self.table.header)
        columns = [
            at for first, last in self.reader.sheet.hidden_columns for at in range(first, min(last + 1, width))
        ]
        if columns:
            letters = ", ".join(map(column_letters, columns))
            self._add("T141", self.table.header_line, columns[0], columns=letters, count=len(columns))

    def _report_end(self) -> None:
        if self.hidden:
            self._add("T140", self.hidden[0], rows=format_spans(self.hidden), count=len(self.hidden))
        for (code, column), count in self.counts.items():
            if count > _MAX_FAULTS and code != "T147":
                self.reader.report.add("T157", self.table.place(column=column), count=count - _MAX_FAULTS, same=code)
