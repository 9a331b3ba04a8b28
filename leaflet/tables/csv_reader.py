"""Read CSV files as people really have them: comma, semicolon or tab, a title above the header, any French encoding.

Rows stream; only the file's bytes are in memory (20 MB at most). A row that does not fit the header is a fault and is
left out, never padded or cut. The parser is the standard library's `csv` in its strict mode.
"""

import csv
import io
from collections.abc import Iterator
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.tables.cells import check_secrets
from leaflet.tables.encodings import asked_encoding, find_encoding
from leaflet.tables.rows import HEADER_ROWS, NOTHING_EXPECTED, Expected, NonDataRows, RowFitter
from leaflet.tables.table import Limits, ReadOptions, Row, SourceFile, Table, trimmed

_DELIMITERS: tuple[str, ...] = (";", ",", "\t")
_TITLES = {"\t": "Tab"}
_SAMPLE_ROWS = 50


class _TextFile(Struct, frozen=True, kw_only=True):
    """The bytes of a file, and all that is needed to read them; see `Table` and `Expected`."""

    source: SourceFile
    encoding: str
    options: ReadOptions
    expected: Expected
    report: Report

    def place(self, line: int, _column: int = 0) -> Place:
        """Return the place of a line, for a cell above the header, too: columns have no names there."""
        return Place(file=self.source.name, line=line)

    def lines(self) -> Iterator[str]:
        """Return the decoded lines, with their line breaks."""
        return io.TextIOWrapper(io.BytesIO(self.source.data), encoding=self.encoding, newline="")


class _Dialect(Struct, frozen=True, kw_only=True):
    """One possible way to read a file."""

    delimiter: str
    line: int  # of the header
    above: int  # rows above it
    counts: list[int]  # cells of the header and of each row after it
    is_named: bool  # whether the header has names of columns
    is_alone: bool  # whether the header is the one column that a whole list may have

    def rank(self) -> tuple[bool, float, int]:
        """Return a key for choosing: names of columns first, then how many rows have as many cells as the header."""
        same = sum(count == self.counts[0] for count in self.counts) / len(self.counts)
        return self.is_named, same, self.counts[0]


class _Broken(Struct, frozen=True, kw_only=True):
    """A record that could not be read."""

    line: int  # on which it begins
    code: str  # T114 a quote is never closed, T115 there is text after a closing quote, T119 a cell is far too long

    def fault(self, name: str) -> Fault:
        """Return the fault, in a file of this name."""
        place = Place(file=name, line=self.line)
        return Fault(self.code, place, {"count": f"> {csv.field_size_limit()}", "limit": Limits().cell_chars})


def read_text(
    source: SourceFile,
    *,
    report: Report,
    options: ReadOptions,
    known: frozenset[str] | None = None,
    expected: Expected = NOTHING_EXPECTED,
) -> Table:
    """Read a text file as a `Table`; `report` takes the faults of its rows while they are iterated."""
    if options.encoding is None:
        encoding = find_encoding(source.data, source.place, report)
    else:
        encoding = asked_encoding(source.data, options.encoding, source.place)
    text = _TextFile(source=source, encoding=encoding, options=options, expected=expected, report=report)
    dialect = _find_dialect(text)
    records = _records(text, dialect.delimiter)
    header = _read_header(text, dialect, records)
    bare = Table(name=source.name, header=header.cells, header_line=header.line, rows=iter(()), known=known)
    return replace(bare, rows=_read_rows(text, bare, records))


def _find_dialect(text: _TextFile) -> _Dialect:
    """Return the best way to read a file: its delimiter, and where the header is.

    A delimiter is possible if it divides the header into two cells or more; none is needed if a list of this one
    column is a list.
    """
    declared = _declared_delimiter(text)
    tried = (_try_delimiter(text, delimiter) for delimiter in ([declared] if declared else _DELIMITERS))
    dialects = [dialect for dialect in tried if dialect is not None]
    possible = [dialect for dialect in dialects if declared or dialect.counts[0] > 1]
    possible = possible or [dialect for dialect in dialects if dialect.is_alone][:1]
    if not possible:
        raise _without_delimiter(text)
    best = max(possible, key=_Dialect.rank)
    if len(possible) > 1 and not best.is_named:
        text.report.add("T156", text.place(best.line), delimiter=_TITLES.get(best.delimiter, best.delimiter))
    if best.above and text.options.header_row is None:
        text.report.add("T153", text.place(best.line), row=best.line, count=best.above)
    return best


def _try_delimiter(text: _TextFile, delimiter: str) -> _Dialect | None:
    """Read the first rows with a delimiter; return None when there is no header."""
    rows: list[Row] = []
    reader, line = csv.reader(text.lines(), delimiter=delimiter), 1
    try:
        for cells in islice(reader, _SAMPLE_ROWS + (text.options.header_row or 0)):
            if any(cells) and not (line == 1 and _declared_delimiter(text)):
                rows.append(Row(line=line, cells=tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:  # reported with its line when the file is read
        pass
    first = _find_header(text, rows)
    if first is None:
        return None
    header = rows[first].cells
    return _Dialect(
        delimiter=delimiter,
        line=rows[first].line,
        above=first,
        counts=[len(trimmed(header)), *(len(row.cells) for row in rows[first + 1 :])],
        is_named=text.expected.is_header(header),
        is_alone=text.expected.is_alone(header),
    )


def _find_header(text: _TextFile, rows: list[Row]) -> int | None:
    """Return the index of the header among the first rows; None if it is not there."""
    header_row = text.options.header_row
    if header_row is not None:
        return next((at for at, row in enumerate(rows) if row.line == header_row), None)
    named = (at for at, row in enumerate(rows) if row.line <= HEADER_ROWS and text.expected.is_header(row.cells))
    return next(named, next((at for at, row in enumerate(rows) if not row.is_blank()), None))


def _without_delimiter(text: _TextFile) -> Exception:
    header_row = text.options.header_row
    if header_row is not None:
        return fail("T154", text.place(header_row), row=header_row)
    first = next(_records(text, _DELIMITERS[0]), None)
    if isinstance(first, _Broken):
        return DataError([first.fault(text.source.name)])
    return fail("T112", text.place(1), sample=next(text.lines(), "").strip("\r\n\ufeff"))


def _declared_delimiter(text: _TextFile) -> str | None:
    """Return the delimiter of a first line ``sep=;``, which spreadsheets write and obey; None without such a line."""
    first = next(text.lines(), "").strip("\r\n\ufeff").strip('"')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in _DELIMITERS else None


def _records(text: _TextFile, delimiter: str) -> Iterator[Row | _Broken]:
    """Yield every record with the line on which it begins."""
    reader = csv.reader(text.lines(), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Row(line=line, cells=tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error as error:
            # The csv module has one error class; its texts have been the same since Python 2. Text after a closing
            # quote spoils one record only; an open quote takes in the rest of the file.
            if "expected after" in str(error):
                yield _Broken(line=line, code="T115")
                continue
            yield _Broken(line=line, code="T119" if "field larger" in str(error) else "T114")
            return


def _read_header(text: _TextFile, dialect: _Dialect, records: Iterator[Row | _Broken]) -> Row:
    """Return the header, which is on the line that was found."""
    for row in records:
        if isinstance(row, _Broken):
            raise DataError([row.fault(text.source.name)])
        if row.line < dialect.line or row.is_blank():
            check_secrets(row.cells, partial(text.place, row.line), text.report)
            continue
        cells = trimmed(row.cells)
        _check_header(text, row.line, cells)
        return Row(line=row.line, cells=cells)
    raise fail("T104", text.source.place)


def _check_header(text: _TextFile, line: int, cells: tuple[str, ...]) -> None:
    place, limits = text.place(line), text.options.limits
    if any("\0" in cell for cell in cells):
        raise fail("T113", place)
    limits.check_columns(cells, len(cells), place)
    longest = max(map(len, cells))
    if longest > limits.cell_chars:
        raise fail("T119", place, count=longest, limit=limits.cell_chars)


def _read_rows(text: _TextFile, table: Table, records: Iterator[Row | _Broken]) -> Iterator[Row]:
    report, limits = text.report, text.options.limits
    fitter = RowFitter(table=table, report=report, limits=limits)
    non_data = NonDataRows(table=table, expected=text.expected, report=report)
    count = 0
    for row in records:
        if isinstance(row, Row) and not row.cells:  # a blank line
            continue
        count += 1
        if count > limits.rows:
            report.add("T117", text.place(row.line), limit=limits.rows)
            break
        if isinstance(row, _Broken):
            report.extend([row.fault(text.source.name)])
        elif not non_data.matches(row) and (fitted := fitter.fit(row)) is not None:
            yield fitted
    if not count:
        report.add("T116", text.source.place)
    non_data.report_lines()
