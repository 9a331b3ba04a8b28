"""Hold what all readers share: the options (`ReadOptions`), a file (`SourceFile`), its rows as a `Table`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import lru_cache

from msgspec import Struct, field

from leaflet.confidential import HIDDEN, find_cell_secret, normalise
from leaflet.faults import DataError, Fault, Place, fail, visible
from leaflet.tables.cells import NO_CLEANING, Cleaning
from leaflet.tables.keys import UAI, KeyKind

_UNKNOWN = 10**9  # after every line there may be
RowProgress = Callable[[str, int], None]
"""A function that is called every 1,000 rows, with the name of the list and the number of rows so far."""


class Limits(Struct, frozen=True, kw_only=True):
    """The most that a list may hold. A file that holds more is refused, never cut."""

    file_bytes: int = 20_000_000  # on disk; the whole directory of French schools has about 60,000 rows
    rows: int = 100_000  # under the header
    columns: int = 200  # that have a title
    width: int = 1_000  # cells of one row
    cell_chars: int = 10_000  # characters of one cell
    parts: int = 200  # files in the ZIP that a spreadsheet is
    unzipped_bytes: int = 200_000_000  # all these files together, unzipped
    ratio: int = 100  # how many times smaller than its contents a file in the ZIP may be, if it has a megabyte
    text_bytes: int = 100_000_000  # memory for the texts that a spreadsheet stores once for all cells
    blank_rows: int = 1_000  # in a sequence after which a sheet is over
    errors: int = 50_000  # in rows after which reading a list of schools stops

    def check_columns(self, header: tuple[str, ...], width: int, place: Place) -> None:
        """Check that a header has not too many columns (T118); those without a title are no columns but gaps."""
        titled = sum(bool(title.strip()) for title in header)
        if titled > self.columns:
            raise fail("T118", place, count=titled, limit=self.columns)
        if width > self.width:
            raise fail("T118", place, count=width, limit=self.width)


class ReadOptions(Struct, frozen=True, kw_only=True):
    """The options for reading a list; a value of None is found from the file."""

    encoding: str | None = None  # of a text file, one of `leaflet.tables.ENCODINGS`
    sheets: tuple[str, ...] = ()  # of a spreadsheet, by their names; without any, those that have the columns
    header_row: int | None = None  # the row with the column names, as the spreadsheet or an editor counts it
    limits: Limits = field(default_factory=Limits)
    progress: RowProgress | None = None  # called every 1,000 rows of a list of schools or of staff
    key: KeyKind = UAI  # the kind of code that tells schools apart
    given: Mapping[str, str] = field(default_factory=dict)  # the campaign's own mapping, from field to header
    cleaning: Cleaning = NO_CLEANING  # changes to the values of the list, made on request


class SourceFile(Struct, frozen=True, kw_only=True):
    """The bytes of a file, and its name as messages show it."""

    name: str
    data: bytes

    @property
    def place(self) -> Place:
        """The place of faults that concern the whole file."""
        return Place(file=self.name)


class Row(Struct, frozen=True, kw_only=True):
    """The cells of one row."""

    line: int  # the line on which the row begins in the file, or its number in the sheet; the first is 1
    cells: tuple[str, ...]

    def is_blank(self) -> bool:
        """Check whether all cells are empty or hold nothing but spaces."""
        return not any(cell.strip() for cell in self.cells)


class JoinedSheet(Struct):
    """A sheet whose rows are some of those of a table."""

    name: str
    header_line: int
    columns: tuple[int | None, ...]  # where it has each column of the table; None for one that it does not have
    after: int = _UNKNOWN  # the lines of the table before its first one; known once the sheets before it are read


class Table(Struct, frozen=True, kw_only=True):
    """A header and a stream of rows, each as long as the header.

    The rows can be iterated once; faults found on the way go to the report that the reader was given. `known` are the
    normalised names that messages may show of a private list, whose header may turn out to be a row of data.
    """

    name: str  # of the file as messages show it
    header: tuple[str, ...]  # cells as written, without empty ones at the end
    header_line: int  # in the file
    rows: Iterator[Row]
    known: frozenset[str] | None = None  # None for a list that is not private
    sheet: str | None = None  # in a spreadsheet; None for a CSV file
    sheets: tuple[JoinedSheet, ...] = ()  # those that a table of several is joined from, its rows numbered through
    refused: MutableMapping[int, tuple[str, ...]] = field(default_factory=dict)  # cells of faulty rows, by line

    def place(self, row: Row | None = None, column: int | None = None) -> Place:
        """Return the place of a cell: ``ecoles.xlsx · Feuil1!D17``; of the header without a row, else of the row."""
        line = self.header_line if row is None else row.line
        field = None if column is None else self.title(column)
        if self.sheet is None:
            return Place(file=self.name, line=line, field=field)
        sheet, at = self.sheet, column or 0
        if self.sheets:
            where = self._sheet_of(line) if row is not None else self._sheet_with(at)
            sheet, at = where.name, where.columns[at] or 0
            line = line - where.after if row is not None else where.header_line
        return cell_place(self.name, sheet, line, at, field=field)

    def titles(self) -> list[str]:
        """Return the titles of the columns that have one; ``#3`` for one that may not be shown."""
        return [self.title(column) for column, title in enumerate(self.header) if title.strip()]

    def find(self, line: int) -> tuple[str, int]:
        """Return the sheet and the line there of a row; no sheet if the table is not joined from several."""
        if not self.sheets:
            return "", line
        where = self._sheet_of(line)
        return where.name, line - where.after

    def line_of(self, place: Place) -> int | None:
        """Return the line of the row that a place is in; None for one without a row."""
        line = place.list_row
        if line is None or not self.sheets:
            return line
        return next((line + sheet.after for sheet in self.sheets if sheet_name(sheet.name) == place.sheet), line)

    def _sheet_of(self, line: int) -> JoinedSheet:
        return next(sheet for sheet in reversed(self.sheets) if sheet.after < line)

    def _sheet_with(self, column: int) -> JoinedSheet:
        return next(sheet for sheet in self.sheets if sheet.columns[column] is not None)

    def numbers(self, *columns: int) -> list[int]:
        """Return the numbers of columns, counted from 1 as on the sheet that the last of them is on."""
        places = self._sheet_with(columns[-1]).columns if self.sheets else range(len(self.header))
        return [(places[at] or 0) + 1 for at in columns]

    def title(self, column: int) -> str:
        """Return the name of a column for messages, or ``#3`` if it has no name or none that may be shown."""
        title = self.header[column].strip() if column < len(self.header) else ""
        return title if title and _may_be_shown(title, self.known) else f"#{column + 1}"


@lru_cache(maxsize=512)
def _may_be_shown(title: str, known: frozenset[str] | None) -> bool:
    """Check whether a message may name a column. Cached, because each faulty cell of the column needs it."""
    return not find_cell_secret(title) and (known is None or normalise(title) in known)


def cell_place(
    file: str, sheet: str, row: int, column: int, field: str | None = None, key: str | None = None
) -> Place:
    """Return the place of a cell of a spreadsheet, whose row is counted from 1 and whose column from 0."""
    return Place(file=file, sheet=sheet_name(sheet), row=row, column=column_letters(column), field=field, key=key)


def row_name(sheet: str, line: int) -> str | int:
    """Return how messages name a row: by its line, with the sheet if several are read."""
    return f"{sheet_name(sheet)}!{line}" if sheet else line


@lru_cache(maxsize=512)
def sheet_name(sheet: str) -> str:
    """Return the name of a sheet as it may be shown, between apostrophes where spreadsheets write them."""
    if find_cell_secret(sheet):
        return HIDDEN
    shown = visible(sheet, 40)
    return shown if re.fullmatch(r"[^\W\d]\w*", shown) else "'" + shown.replace("'", "''") + "'"


def column_letters(column: int) -> str:
    """Return the letters of a column that is counted from 0: 0 → A, 25 → Z, 26 → AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class SeveralSheetsError(DataError):
    """Several sheets have contents, and none is named (T137)."""

    def __init__(self, faults: Iterable[Fault], sheets: Sequence[str] = ()) -> None:
        super().__init__(faults)
        self.sheets = tuple(sheets)


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of a row up to the last one that is filled."""
    return tuple(cells[: max((at for at, cell in enumerate(cells) if cell.strip()), default=-1) + 1])


def format_names(sheets: Iterable[str]) -> str:
    """Return the names of sheets as messages show them."""
    return ", ".join(HIDDEN if find_cell_secret(name) else name for name in sheets)
