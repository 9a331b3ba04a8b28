"""Reading a list, whatever kind of file it is: CSV, XLSX and ODS all become a `Table`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from leaflet.faults import Report
from leaflet.tables.archive import open_archive
from leaflet.tables.csv_reader import read_text
from leaflet.tables.headline import NOTHING_EXPECTED, expect
from leaflet.tables.kinds import find_kind
from leaflet.tables.names import Vocabulary
from leaflet.tables.options import ReadOptions
from leaflet.tables.sheet import SheetReader
from leaflet.tables.source import load_source
from leaflet.tables.table import Table

__all__ = ["ReadOptions", "read_table"]

_DEFAULTS = ReadOptions()


def read_table(
    path: Path,
    *,
    report: Report,
    options: ReadOptions = _DEFAULTS,
    known: frozenset[str] | None = None,
    vocabulary: Vocabulary | None = None,
    given: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Open a list as a `Table`.

    Args:
        report: takes what is wrong in rows, while `Table.rows` is run through.
        known: see `Table`.
        vocabulary: what columns may be called; by their names the header is found under titles.
        given: the campaign's own mapping, field to header as written.

    Raises:
        DataError: the file cannot be read as a table at all (T101 to T138, T148, T154, T155).
    """
    limits = options.limits
    source = load_source(path, limits)
    expected = NOTHING_EXPECTED if vocabulary is None else expect(vocabulary, given)
    kind = find_kind(source, limits, report)
    if kind == "text":
        return read_text(source, report=report, options=options, known=known, expected=expected)
    archive = open_archive(source, limits)
    archive.check()
    if kind == "xlsx":
        # Only who has a spreadsheet waits for its library.
        from leaflet.tables.xlsx_reader import open_xlsx as open_sheet
    else:
        from leaflet.tables.ods_reader import open_ods as open_sheet
    sheet = open_sheet(archive, options, report)
    reader = SheetReader(
        name=source.name,
        sheet=sheet,
        report=report,
        limits=limits,
        header_row=options.header_row,
        known=known,
        expected=expected,
    )
    return reader.table()
