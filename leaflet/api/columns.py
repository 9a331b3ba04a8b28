"""``leaflet.columns``: say which column of a list is which field."""

from collections.abc import Mapping
from pathlib import Path

from leaflet.api.keywords import StrPath, Texts, several
from leaflet.production.columns import ColumnsOptions, ColumnsResult, explain_list
from leaflet.tables.headers import NO_MAPPING


def columns(
    table: StrPath,
    *,
    staff: bool = False,
    campaign: StrPath | None = None,
    write: bool = False,
    given: Mapping[str, str] = NO_MAPPING,
    encoding: str | None = None,
    sheet: Texts = (),
    header_row: int | None = None,
) -> ColumnsResult:
    """Say which column of a list is which field, how sure that is, and what is missing.

    Args:
        table: the list: CSV, XLSX or ODS.
        staff: it is a staff list; one that has first names always is, and shows nothing that its cells say.
        campaign: the campaign file; by default ``campaign.toml`` beside the list, if there is one.
        write: store what is proposed in the campaign file.
        given: columns that you name, field to header; they are stored, too.
        encoding: of a list that is text; found by default.
        sheet: the sheets of a workbook that are read; those with the columns by default.
        header_row: the line with the names of the columns.

    Returns:
        Each column with its field, its certainty and the reason; the required and optional fields without a column.

    Raises:
        DataError: the list or the campaign cannot be read, or the campaign cannot be written.
    """
    return explain_list(
        ColumnsOptions(
            table=Path(table),
            staff=staff,
            campaign=None if campaign is None else Path(campaign),
            write=write,
            given=given,
            encoding=encoding,
            sheets=tuple(several(sheet)),
            header_row=header_row,
        )
    )
