"""CSV files, as people really have them: comma, semicolon or tab, a title above the header, any French encoding.

Rows stream; only the file's bytes are held (20 MB at most). A row that does not fit the header is a fault
and is left out, never padded or cut. Read with the standard library's `csv` in its strict mode.
"""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.tables.encodings import ENCODINGS, asked_encoding, find_encoding
from leaflet.tables.fit import RowFitter
from leaflet.tables.furniture import Furniture
from leaflet.tables.headline import NOTHING_EXPECTED, SEARCHED, Expected
from leaflet.tables.kinds import find_kind
from leaflet.tables.options import ReadOptions
from leaflet.tables.source import Source, load_source
from leaflet.tables.table import Limits, Row, Table

__all__ = ["ENCODINGS", "read_csv", "read_text"]

DELIMITERS: tuple[str, ...] = (";", ",", "\t")
_TITLES = {"\t": "Tab"}
_SAMPLE_ROWS = 50
_DEFAULT_LIMITS = Limits()


class _Text(Struct, frozen=True, kw_only=True):
    """A file's bytes and how to read them; see `Table` and `Expected`."""

    source: Source
    encoding: str
    options: ReadOptions
    expected: Expected
    report: Report
    known: frozenset[str] | None

    def place(self, line: int) -> Place:
        return Place(file=self.source.name, line=line)

    def lines(self) -> Iterator[str]:
        return io.TextIOWrapper(io.BytesIO(self.source.data), encoding=self.encoding, newline="")


class _Layout(Struct, frozen=True, kw_only=True):
    """One way to cut a file: delimiter, line of the header and rows above it, cells of the rows from there on."""

    delimiter: str
    line: int
    above: int
    counts: list[int]
    is_named: bool

    def rank(self) -> tuple[bool, float, int]:
        """Names of columns tell; else the delimiter that later rows agree with most."""
        same = sum(count == self.counts[0] for count in self.counts) / len(self.counts)
        return self.is_named, same, self.counts[0]


class _Broken(Struct, frozen=True, kw_only=True):
    """A record that could not be read.

    `code` is T114, a quote never closed; T115, text after a closing quote; T119, a cell past every measure.
    """

    line: int
    code: str

    def fault(self, name: str) -> Fault:
        place = Place(file=name, line=self.line)
        return Fault(self.code, place, {"count": f"> {csv.field_size_limit()}", "limit": Limits().cell_chars})


def read_csv(
    path: Path,
    *,
    report: Report,
    encoding: str | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    known: frozenset[str] | None = None,
) -> Table:
    """Open a CSV file as a `Table`.

    Args:
        report: takes what is wrong in rows, while `Table.rows` is run through.
        encoding: one of `ENCODINGS`; None finds it.
        known: see `Table`.

    Raises:
        DataError: the file cannot be read as a table at all (T101 to T129, T154, T155).
    """
    source = load_source(path, limits)
    if find_kind(source, limits, report) != "text":
        raise fail("T127", source.place)
    return read_text(source, report=report, options=ReadOptions(encoding=encoding, limits=limits), known=known)


def read_text(
    source: Source,
    *,
    report: Report,
    options: ReadOptions,
    known: frozenset[str] | None = None,
    expected: Expected = NOTHING_EXPECTED,
) -> Table:
    """The same for a file that was loaded already and is known to be text."""
    asked = options.encoding
    encoding = (
        find_encoding(source.data, source.place, report)
        if asked is None
        else asked_encoding(source.data, asked, source.place)
    )
    text = _Text(source=source, encoding=encoding, options=options, expected=expected, report=report, known=known)
    layout = _find_layout(text)
    records = _records(text, layout.delimiter)
    header = _header(text, layout, records)
    bare = Table(
        name=source.name,
        header=header.cells,
        header_line=header.line,
        rows=iter(()),
        known=known,
        encoding=encoding,
        delimiter=layout.delimiter,
    )
    return replace(bare, rows=_rows(text, bare, records))


def _find_layout(text: _Text) -> _Layout:
    """The delimiter that cuts the header in two or more, and where the header is."""
    told = _told_delimiter(text)
    layouts = [layout for delimiter in ([told] if told else DELIMITERS) if (layout := _lay_out(text, delimiter))]
    possible = [layout for layout in layouts if told or layout.counts[0] > 1]
    if not possible:
        raise _without_delimiter(text)
    best = max(possible, key=_Layout.rank)
    if len(possible) > 1 and not best.is_named:
        text.report.add("T156", text.place(best.line), delimiter=_TITLES.get(best.delimiter, best.delimiter))
    if best.above and text.options.header_row is None:
        text.report.add("T153", text.place(best.line), row=best.line, count=best.above)
    return best


def _lay_out(text: _Text, delimiter: str) -> _Layout | None:
    """What a delimiter makes of the first rows; None when there is no header."""
    rows: list[Row] = []
    reader = csv.reader(text.lines(), delimiter=delimiter)
    line = 1
    try:
        for cells in islice(reader, _SAMPLE_ROWS + (text.options.header_row or 0)):
            if any(cells) and not (line == 1 and _told_delimiter(text)):
                rows.append(Row(line=line, cells=tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:  # told with its line when the file is read
        pass
    first = _first(text, rows)
    if first is None:
        return None
    counts = [len(_trimmed(list(rows[first].cells))), *(len(row.cells) for row in rows[first + 1 :])]
    named = text.expected.is_header(rows[first].cells)
    return _Layout(delimiter=delimiter, line=rows[first].line, above=first, counts=counts, is_named=named)


def _first(text: _Text, rows: list[Row]) -> int | None:
    """Where the header is among the first rows."""
    asked = text.options.header_row
    if asked is not None:
        return next((at for at, row in enumerate(rows) if row.line == asked), None)
    named = (at for at, row in enumerate(rows) if row.line <= SEARCHED and text.expected.is_header(row.cells))
    return next(named, next((at for at, row in enumerate(rows) if not row.is_blank()), None))


def _without_delimiter(text: _Text) -> Exception:
    asked = text.options.header_row
    if asked is not None:
        return fail("T154", text.place(asked), row=asked)
    first = next(_records(text, DELIMITERS[0]), None)
    if isinstance(first, _Broken):
        return DataError([first.fault(text.source.name)])
    return fail("T112", text.place(1), sample=next(text.lines(), "").strip("\r\n\ufeff"))


def _told_delimiter(text: _Text) -> str | None:
    """The delimiter of a first line ``sep=;``, which spreadsheets write and obey."""
    first = next(text.lines(), "").strip("\r\n\ufeff").strip('"')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in DELIMITERS else None


def _records(text: _Text, delimiter: str) -> Iterator[Row | _Broken]:
    """Every record with the line it begins on."""
    reader = csv.reader(text.lines(), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Row(line=line, cells=tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error as error:
            broken = _Broken(line=line, code=_code_of(error))
            yield broken
            # Text after a closing quote spoils one record; an open quote has swallowed the rest of the file.
            if broken.code != "T115":
                return


def _code_of(error: csv.Error) -> str:
    # The csv module has one error class; its texts have been the same since Python 2.
    if "expected after" in str(error):
        return "T115"
    return "T119" if "field larger" in str(error) else "T114"


def _header(text: _Text, layout: _Layout, records: Iterator[Row | _Broken]) -> Row:
    """The row at the line that was found."""
    for row in records:
        if isinstance(row, _Broken):
            raise DataError([row.fault(text.source.name)])
        if row.line < layout.line or row.is_blank():
            continue
        cells = tuple(_trimmed(list(row.cells)))
        _check_header(text, row.line, cells)
        return Row(line=row.line, cells=cells)
    raise fail("T104", text.source.place)


def _check_header(text: _Text, line: int, cells: tuple[str, ...]) -> None:
    place, limits = text.place(line), text.options.limits
    if any("\0" in cell for cell in cells):
        raise fail("T113", place)
    if len(cells) > limits.columns:
        raise fail("T118", place, count=len(cells), limit=limits.columns)
    longest = max(map(len, cells))
    if longest > limits.cell_chars:
        raise fail("T119", place, count=longest, limit=limits.cell_chars)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _rows(text: _Text, table: Table, records: Iterator[Row | _Broken]) -> Iterator[Row]:
    report, limits = text.report, text.options.limits
    fitter = RowFitter(table=table, report=report, limits=limits)
    furniture = Furniture(table=table, expected=text.expected, report=report)
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
        elif (fitted := fitter.fit(row)) is not None and not furniture.takes(fitted):
            yield fitted
    if not count:
        report.add("T116", text.source.place)
    furniture.tell()
