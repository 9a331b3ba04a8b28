"""Hold all cells of a list as it was given, and write its mended copy.

The copy is a CSV whose rows have the lines of the list, so that the command line names the same lines.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import LeafletError, Report
from leaflet.spreadsheet import BOM, csv_line
from leaflet.studio.state import ListState
from leaflet.tables import ReadOptions
from leaflet.tables.names import SCHOOLS
from leaflet.tables.reading import read_table
from leaflet.tables.spreadsheet.sheet_names import SeveralSheetsError

# The settings of the campaign that belong to one list of schools, and go with it.
LIST_SETTINGS = ("data.sheet", "data.header_row", "data.encoding", "data.key", "columns.schools")


class RawList(Struct, frozen=True):
    """All cells of a list as they were given.

    Args:
        header: the names of the columns.
        header_line: the line they stand on.
        rows: the cells of each row by its line, blank rows left out.
        sheets: of a workbook with several; empty for other lists.
        sheet: the one that is read.
    """

    header: tuple[str, ...]
    header_line: int
    rows: Mapping[int, tuple[str, ...]]
    sheets: tuple[str, ...] = ()
    sheet: str = ""


def read_raw(path: Path, reading: ReadOptions, given: Mapping[str, str]) -> RawList:
    """Read all cells of a list; of a workbook with several sheets the first one, if none is named.

    Args:
        path: the list.
        reading: how it is read.
        given: columns that the campaign names, field to header, by which the header is found under titles.

    Raises:
        DataError: it cannot be read.
    """
    sheets: tuple[str, ...] = ()
    try:
        table = read_table(path, report=Report(), options=reading, vocabulary=SCHOOLS, given=given)
    except SeveralSheetsError as error:
        sheets = tuple(error.sheets)
        first = replace(reading, sheet=sheets[0])
        table = read_table(path, report=Report(), options=first, vocabulary=SCHOOLS, given=given)
    # Towns, states and numbers repeat: one text for all of them halves the memory of a long list.
    rows = {row.line: tuple(map(sys.intern, row.cells)) for row in table.rows if not row.is_blank()}
    return RawList(table.header, table.header_line, rows, sheets, table.sheet or "")


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook with several, of which one is to be chosen; empty for any other list."""
    try:
        read_table(path, report=Report(), options=ReadOptions(), vocabulary=SCHOOLS, given={})
    except SeveralSheetsError as error:
        return tuple(error.sheets)
    except LeafletError:
        return ()
    return ()


def copy_lines(raw: RawList, state: ListState) -> Iterator[bytes]:
    """Yield a list with its mends, line by line; a row that is left out is blank."""
    changed: dict[int, dict[int, str]] = {}
    for mend in state.mends:
        changed.setdefault(mend.line, {})[mend.column] = mend.after
    left = frozenset(state.left)
    yield BOM.encode()
    line = 1
    rows = {raw.header_line: raw.header, **raw.rows}
    for number in sorted(rows):
        yield b"\r\n" * (number - line)
        cells = rows[number]
        if number in changed:
            cells = tuple(changed[number].get(at, cell) for at, cell in enumerate(cells))
        yield b"\r\n" if number in left else csv_line((" ".join(cell.splitlines()) for cell in cells), guard=str)
        line = number + 1
