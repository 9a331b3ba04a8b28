"""What the user may say about how a list is to be read."""

from collections.abc import Callable

from msgspec import Struct, field

from leaflet.tables.table import Limits

RowProgress = Callable[[str, int], None]
"""Called now and then while a list is read: its name, rows so far."""


class ReadOptions(Struct, frozen=True, kw_only=True):
    """How to read a list; whatever is None is found.

    Args:
        encoding: of a text, one of `leaflet.tables.ENCODINGS`.
        sheet: name of the sheet of a spreadsheet; needed when several have contents.
        header_row: the row with the column names, as the spreadsheet or an editor counts it.
        limits: caps on what is read.
        progress: told about every 1,000 rows of a list of schools or of staff.
    """

    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    limits: Limits = field(default_factory=Limits)
    progress: RowProgress | None = None
