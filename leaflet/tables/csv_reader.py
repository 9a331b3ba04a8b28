"""CSV files, as people really have them: comma, semicolon or tab, UTF-8 with or without BOM, cp1252, UTF-16.

Rows stream; only the file's bytes are held (20 MB at most). A row that does not fit the header is a fault
and is left out, never padded or cut. Read with the standard library's `csv` in its strict mode.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.tables.fit import RowFitter
from leaflet.tables.source import ENCODINGS, Source, load_source
from leaflet.tables.table import Limits, Row, Table

__all__ = ["ENCODINGS", "read_csv"]

DELIMITERS: tuple[str, ...] = (";", ",", "\t")
_SAMPLE_ROWS = 50
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """What reading one file needs to know."""

    source: Source
    delimiter: str
    report: Report
    limits: Limits
    known: frozenset[str] | None

    def place(self, line: int) -> Place:
        return Place(file=self.source.name, line=line)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Broken:
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
        DataError: the file cannot be read as a table at all (T101 to T119).
    """
    source = load_source(path, report=report, encoding=encoding, limits=limits)
    reading = _Reading(source=source, delimiter=_delimiter(source), report=report, limits=limits, known=known)
    records = _records(source, reading.delimiter)
    header = _header(reading, records)
    rows = _rows(reading, records, header)
    return Table(name=source.name, header=header.cells, header_line=header.line, rows=rows, known=known)


def _lines(source: Source) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(source.data), encoding=source.encoding, newline="")


def _delimiter(source: Source) -> str:
    """The delimiter that cuts the header in two or more; of several, the one later rows agree with most."""
    told = _told_delimiter(source)
    if told is not None:
        return told
    counts = {delimiter: _column_counts(source, delimiter) for delimiter in DELIMITERS}
    possible = [delimiter for delimiter, count in counts.items() if count and count[0] > 1]
    if not possible:
        raise _without_delimiter(source)
    return max(possible, key=lambda delimiter: _stability(counts[delimiter]))


def _without_delimiter(source: Source) -> Exception:
    first = next(_records(source, DELIMITERS[0]), None)
    if isinstance(first, _Broken):
        return DataError([first.fault(source.name)])
    return fail("T112", Place(file=source.name, line=1), sample=next(_lines(source), "").strip("\r\n\ufeff"))


def _told_delimiter(source: Source) -> str | None:
    """The delimiter of a first line ``sep=;``, which spreadsheets write and obey."""
    first = next(_lines(source), "").strip("\r\n\ufeff").strip('"')
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in DELIMITERS else None


def _column_counts(source: Source, delimiter: str) -> list[int]:
    """Cells of each of the first rows, blank lines left out."""
    counts: list[int] = []
    reader = csv.reader(_lines(source), delimiter=delimiter)
    try:
        for cells in islice(reader, _SAMPLE_ROWS):
            if any(cells):
                counts.append(len(_trimmed(cells)) if not counts else len(cells))
    except csv.Error:  # told with its line when the file is read
        pass
    return counts


def _stability(counts: list[int]) -> tuple[float, int]:
    return sum(count == counts[0] for count in counts) / len(counts), counts[0]


def _records(source: Source, delimiter: str) -> Iterator[Row | _Broken]:
    """Every record with the line it begins on."""
    reader = csv.reader(_lines(source), delimiter=delimiter, strict=True)
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


def _header(reading: _Reading, records: Iterator[Row | _Broken]) -> Row:
    """The first row with something in it."""
    for row in records:
        if isinstance(row, _Broken):
            raise DataError([row.fault(reading.source.name)])
        if row.is_blank() or (row.line == 1 and _told_delimiter(reading.source)):
            continue
        cells = tuple(_trimmed(list(row.cells)))
        _check_header(reading, row.line, cells)
        return Row(line=row.line, cells=cells)
    raise fail("T104", Place(file=reading.source.name))


def _check_header(reading: _Reading, line: int, cells: tuple[str, ...]) -> None:
    place, limits = reading.place(line), reading.limits
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


def _rows(reading: _Reading, records: Iterator[Row | _Broken], header: Row) -> Iterator[Row]:
    fitter = RowFitter(
        table=Table(
            name=reading.source.name,
            header=header.cells,
            header_line=header.line,
            rows=iter(()),
            known=reading.known,
        ),
        report=reading.report,
        limits=reading.limits,
    )
    count = 0
    for row in records:
        if isinstance(row, Row) and not row.cells:  # a blank line
            continue
        count += 1
        if count > reading.limits.rows:
            reading.report.add("T117", reading.place(row.line), limit=reading.limits.rows)
            return
        if isinstance(row, _Broken):
            reading.report.extend([row.fault(reading.source.name)])
        elif (fitted := fitter.fit(row)) is not None:
            yield fitted
    if not count:
        reading.report.add("T116", Place(file=reading.source.name))
