"""Opening a list of schools or of staff: its name, its bytes, its header; what is wrong there goes to the report."""

from pathlib import Path

from leaflet.confidential import hide_secrets, is_secret_file
from leaflet.faults import DataError, Place, Report
from leaflet.tables.csv_reader import read_csv
from leaflet.tables.headers import Columns, match_headers
from leaflet.tables.names import Vocabulary
from leaflet.tables.table import Table


def open_list(
    path: Path, vocabulary: Vocabulary, *, report: Report, encoding: str | None
) -> tuple[Table, Columns] | None:
    """The table of a list and where its fields stand; None when the file is refused.

    A file whose name announces secrets is not even opened. No fault repeats a secret that the name of the file or
    of a column holds.
    """
    found = Report()
    opened = _open(path, vocabulary, found, report, encoding)
    report.extend(map(hide_secrets, found))
    return opened


def _open(
    path: Path, vocabulary: Vocabulary, found: Report, rows: Report, encoding: str | None
) -> tuple[Table, Columns] | None:
    if is_secret_file(path.stem):
        found.add("T122", Place(file=path.name))
        return None
    known = vocabulary.known if vocabulary.is_private else None
    try:
        table = read_csv(path, report=rows, encoding=encoding, known=known)
    except DataError as error:
        found.extend(error.faults)
        return None
    columns = match_headers(table, vocabulary, found)
    return None if columns is None else (table, columns)
