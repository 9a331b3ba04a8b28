"""Opening a list of schools or of staff: its name, its bytes, its header; what is wrong there goes to the report."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from leaflet.confidential import hide_secrets, is_secret_file, normalise
from leaflet.faults import DataError, Place, Report
from leaflet.tables.headers import Columns, match_headers
from leaflet.tables.mapping import NOTHING
from leaflet.tables.names import Vocabulary
from leaflet.tables.options import RowProgress
from leaflet.tables.reading import ReadOptions, read_table
from leaflet.tables.table import Row, Table

_TOLD_ROWS = 1_000  # between two calls of a progress


def open_list(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    encoding: str | None,
    given: Mapping[str, str] = NOTHING,
    options: ReadOptions | None = None,
) -> tuple[Table, Columns] | None:
    """The table of a list and where its fields stand; None when the file is refused.

    A file whose name announces secrets is not even opened. No fault repeats a secret that the name of the file or
    of a column holds.

    Args:
        given: the campaign's own mapping, field to header as written.
        encoding: goes before that of `options`.
    """
    found = Report()
    options = options or ReadOptions()
    if encoding is not None:
        options = replace(options, encoding=encoding)
    opened = _open(path, vocabulary, found, report, options, given)
    report.extend(map(hide_secrets, found))
    return opened


def _open(
    path: Path, vocabulary: Vocabulary, found: Report, rows: Report, options: ReadOptions, given: Mapping[str, str]
) -> tuple[Table, Columns] | None:
    if is_secret_file(path.stem):
        found.add("T122", Place(file=path.name))
        return None
    known = vocabulary.known | frozenset(map(normalise, given.values())) if vocabulary.is_private else None
    try:
        table = read_table(path, report=rows, options=options, known=known, vocabulary=vocabulary, given=given)
    except DataError as error:
        found.extend(error.faults)
        return None
    columns = match_headers(table, vocabulary, found, given, path=path)
    if columns is None:
        return None
    if options.progress is not None:
        table = replace(table, rows=_told(table.rows, table.name, options.progress))
    return table, columns


def _told(rows: Iterator[Row], name: str, progress: RowProgress) -> Iterator[Row]:
    """The same rows, told about on their way."""
    for count, row in enumerate(rows, 1):
        if not count % _TOLD_ROWS:
            progress(name, count)
        yield row
