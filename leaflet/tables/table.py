"""The one value every reader returns: a `Table` of `Row`, with coordinates as the user sees them.

What is not here: reading files (`csv_reader`) and the meaning of columns (`headers`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from leaflet.confidential import HIDDEN, find_cell_secret, normalise
from leaflet.faults import Place, visible


class Limits(Struct, frozen=True, kw_only=True):
    """What a list may hold at most; past it the file is refused, never cut.

    Args:
        file_bytes: size on disk. The whole directory of French schools is about 60,000 rows.
        rows: rows under the header.
        columns: cells of one row.
        cell_chars: characters of one cell.
        parts: files in the ZIP that a spreadsheet is.
        unzipped_bytes: all of them together, unzipped.
        ratio: how many times smaller a part may be zipped; parts of less than a megabyte are not asked.
        text_bytes: memory for the texts that a spreadsheet keeps once for all cells.
        blank_rows: empty rows after which a sheet is taken to be over.
        errors: of rows, after which a list of schools is not read any further.
    """

    file_bytes: int = 20_000_000
    rows: int = 100_000
    columns: int = 200
    cell_chars: int = 10_000
    parts: int = 200
    unzipped_bytes: int = 200_000_000
    ratio: int = 100
    text_bytes: int = 100_000_000
    blank_rows: int = 1_000
    errors: int = 50_000


class Row(Struct, frozen=True, kw_only=True):
    """The cells of one row; `line` is where it begins in the file (first line = 1)."""

    line: int
    cells: tuple[str, ...]

    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


class Table(Struct, frozen=True, kw_only=True):
    """A header and a stream of rows, each as long as the header.

    Args:
        name: file name as the messages show it.
        header: header cells as written, without trailing empty ones.
        header_line: line of the header in the file.
        rows: can be run through once; faults of the file met on the way go to the reader's report.
        known: the normalised names that messages may show of a private list, whose header may turn out to be a row
            of data; None for a list that is not private.
        sheet: name of the sheet in a spreadsheet; None for a CSV file.
        encoding, delimiter: how a CSV file was read; None for a spreadsheet.
    """

    name: str
    header: tuple[str, ...]
    header_line: int
    rows: Iterator[Row]
    known: frozenset[str] | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def place(self, row: Row | None = None, column: int | None = None) -> Place:
        """The place of a cell: ``ecoles.csv · ligne 17 · « code_postal »``, ``ecoles.xlsx · Feuil1!D17 · …``.

        Without a row it is the header line; without a column the whole line, in a spreadsheet its first cell.
        `column` counts from 0; see `title`.
        """
        line = self.header_line if row is None else row.line
        field = None if column is None else self.title(column)
        if self.sheet is None:
            return Place(file=self.name, line=line, field=field)
        return Place(file=self.name, cell=cell_name(self.sheet, line, column or 0), field=field)

    def title(self, column: int) -> str:
        """The name of a column in messages; its number as ``#3`` if it has none, or none that may be shown."""
        title = self.header[column].strip() if column < len(self.header) else ""
        return title if title and _may_be_shown(title, self.known) else f"#{column + 1}"


@lru_cache(maxsize=512)
def _may_be_shown(title: str, known: frozenset[str] | None) -> bool:
    """Whether a message may name a column; asked for every faulty cell of it."""
    return not find_cell_secret(title) and (known is None or normalise(title) in known)


def cell_name(sheet: str, row: int, column: int) -> str:
    """``Feuil1!C17``; the name of the sheet between apostrophes where spreadsheets write them. `column` is from 0."""
    return f"{sheet_name(sheet)}!{column_letters(column)}{row}"


@lru_cache(maxsize=512)
def sheet_name(sheet: str) -> str:
    """The name of a sheet as it may be shown."""
    if find_cell_secret(sheet):
        return HIDDEN
    shown = visible(sheet, 40)
    return shown if re.fullmatch(r"[^\W\d]\w*", shown) else "'" + shown.replace("'", "''") + "'"


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
