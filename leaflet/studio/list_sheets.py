"""Try the sheets of a workbook of schools: which of them are lists, what they have, and what the others lack."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import LeafletError, Report
from leaflet.tables import ReadOptions
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.opening import try_sheets
from leaflet.tables.reading import read_first_rows, read_table
from leaflet.tables.table import SeveralSheetsError

_SHOWN = 6  # rows, so that one sees where the names of columns stand
_ABOVE = 3  # of them, above these names


class FoundSheet(Struct, frozen=True, kw_only=True):
    """A sheet of a workbook."""

    name: str  # its name
    is_list: bool = False  # it has all columns that are needed
    header_row: int = 0  # where the names of its columns stand; 0 if it has no table
    lines: int = 0  # how many rows it has below
    fields: tuple[str, ...] = ()  # what its columns are, in the order of the columns
    missing: tuple[str, ...] = ()  # the fields that are needed and that it lacks
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()  # some rows around these names, each with its line


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook with several; empty for any other list."""
    try:
        read_table(path, report=Report(), options=ReadOptions(), vocabulary=SCHOOLS, given={})
    except LeafletError as error:
        return tuple(error.sheets) if isinstance(error, SeveralSheetsError) else ()
    return ()


def find_sheets(
    path: Path, names: Sequence[str], given: Mapping[str, str], header_rows: Mapping[str, int]
) -> list[FoundSheet]:
    """Return the sheets of a workbook, each with what there is on it; what the campaign names of it is given."""
    found = []
    for name in names:
        options = ReadOptions(header_row=header_rows.get(name))
        sheet = next(iter(try_sheets(path, SCHOOLS, [name], given=given, options=options)), None)
        row = sheet.table.header_line if sheet is not None else 0
        one = FoundSheet(name=name, first=read_first_rows(path, name, max(1, row - _ABOVE), _SHOWN))
        if sheet is not None:
            one = replace(
                one,
                is_list=not sheet.missing and not sheet.refusals,
                header_row=row,
                lines=sum(not listed.is_blank() for listed in sheet.table.rows) + len(sheet.table.refused),
                fields=tuple(field for field in sheet.fields if field is not None),
                missing=sheet.missing,
            )
        found.append(one)
    return found
