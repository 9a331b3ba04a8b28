"""One sheet of a spreadsheet: which one is read, and its rows as an XLSX or ODS parser yields them.

`choose_sheet` returns the only sheet with contents, or the one that the user names. `SheetParser` is the base of the
parsers in `xlsx` and `ods`. Not here: how rows become a `Table`, which is in `sheet_table`.
"""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from msgspec import Struct, field

from leaflet.faults import Place, Report, fail
from leaflet.tables.sheet_archive import Archive
from leaflet.tables.sheet_xml import MarkupStream
from leaflet.tables.table import ReadOptions, SeveralSheetsError, column_letters, format_names

MAX_MERGES = 1_000


class Doubt(NamedTuple):
    """The reason why the text of a cell is not used as it is.

    Attributes:
        code: T119 too long, T143 a formula without result, T144 an error, T145 a date, T146 a format that shows
            something else than the value.
    """

    code: str
    value: str  # The value that the fault names
    limit: int = 0  # The limit that the fault names, for T119


class Merge(NamedTuple):
    """Cells merged into one; rows count from 1, columns from 0, and the ends are included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def range(self) -> str:
        """The cells as spreadsheets write them: ``A1:B2``."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


class RawRow(Struct):
    """A row of a sheet that is not blank.

    Attributes:
        stray: Whether the row comes after more blank rows than a list has; then none of its cells may be used.
    """

    number: int  # Number of the row as the spreadsheet shows it, counted from 1
    texts: list[str]  # Texts of the cells as shown, up to the last cell that is filled
    doubts: dict[int, Doubt] = field(default_factory=dict)  # The doubts about cells, by column
    hidden: bool = False  # Whether the user does not see the row
    beyond: int | None = None  # The first filled column that a list may not have, or None
    stray: bool = False


class Sheet(Struct, kw_only=True):
    """A sheet that is being read.

    Attributes:
        hidden_columns: First and last column of each hidden range. It is complete with the first row.
        merges: The merged cells. Those that begin above a row, or in it, are there when the row is yielded.
    """

    name: str  # Its name
    rows: Iterator[RawRow]  # Its rows
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)


class SheetEntry(NamedTuple):
    """A sheet in the list of sheets of a spreadsheet; its reader finds it by `key`."""

    name: str
    key: str
    is_hidden: bool


def choose_sheet(
    entries: Sequence[SheetEntry],
    has_contents: Callable[[SheetEntry], bool],
    options: ReadOptions,
    place: Place,
    report: Report,
) -> SheetEntry:
    """Return the sheet to read; a hidden one only when the user names it.

    Args:
        entries: All sheets.
        has_contents: Function that checks whether a sheet has contents; called only if the user names no sheet.
        options: How to read the file.
        place: The file.
        report: Takes a warning of hidden sheets with contents (T139).

    Raises:
        DataError: T104 no sheet has contents, T136 there is no such sheet, T137 several may be meant, T138 only
            hidden sheets have contents.
    """
    if options.sheets:
        return _find_named(entries, options.sheets[0], place)
    filled = [entry for entry in entries if has_contents(entry)]
    visible = [entry for entry in filled if not entry.is_hidden]
    hidden = format_names(entry.name for entry in filled if entry.is_hidden)
    if not visible:
        raise fail("T138", place, known=hidden) if hidden else fail("T104", place)
    if len(visible) > 1:
        names = [entry.name for entry in visible]
        raise SeveralSheetsError(fail("T137", place, known=format_names(names)).faults, names)
    if hidden:
        report.add("T139", place, known=hidden)
    return visible[0]


def _find_named(entries: Sequence[SheetEntry], wanted: str, place: Place) -> SheetEntry:
    exact = [entry for entry in entries if entry.name == wanted]
    alike = [entry for entry in entries if entry.name.strip().casefold() == wanted.strip().casefold()]
    found = exact or alike
    if not found:
        known = format_names(entry.name for entry in entries if not entry.is_hidden)
        raise fail("T136", place, sheet=wanted, known=known)
    return found[0]


class StopParsing(Exception):  # noqa: N818 - no error: the sheet is over, or has been blank for too long
    """Nothing more of the sheet needs parsing."""


class SheetParser:
    """Base of the parsers of one sheet.

    The handlers `start` and `end`, which the XML parser calls, gather whole rows in `ready`; `rows` yields them.
    A handler begins a row with `start_row`, gives its filled cells to `add_cell` and ends it with `end_row`.

    Attributes:
        content: Matches XML of cells with contents; in a format where other sheets follow in the same file, also
            the end tag of a sheet.
        ready: Rows that are read and not yielded yet, each with the number of times that it repeats.
        row_number: Number of the current row, counted from 1.
        length: Characters of the current cell, of which `start` and `end` may have dropped some.
        is_over: Whether the end of the sheet has been read.
    """

    content: ClassVar[re.Pattern[bytes]]

    def __init__(self, archive: Archive, part: str, sheet: Sheet) -> None:
        self.archive, self.part, self.sheet = archive, part, sheet
        self.limits = archive.limits
        self.max_chars, self.max_columns = self.limits.cell_chars, self.limits.width
        self.ready: list[tuple[RawRow, int]] = []
        self.row_number = self.last_filled = 0
        self.texts: list[str] = []
        self.doubts: dict[int, Doubt] = {}
        self.beyond: int | None = None
        self.length = 0
        self.is_over = False
        self.stream = MarkupStream(archive, part, start=self.start, end=self.end)

    @abstractmethod
    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element; names and values of its attributes alternate."""

    @abstractmethod
    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def rows(self) -> Iterator[RawRow]:
        """Yield every row that is not blank; after too many blank ones yield one stray row, if anything follows."""
        try:
            for _ in self.stream.feed():
                yield from self._ready_rows()
        except StopParsing:
            yield from self._ready_rows()
            if not self.is_over and self._has_more():
                yield RawRow(self.row_number, [], stray=True)

    def _ready_rows(self) -> Iterator[RawRow]:
        for row, times in self.ready:
            yield row
            for number in range(row.number + 1, row.number + times):
                yield RawRow(number, row.texts, row.doubts, row.hidden, row.beyond, row.stray)
        self.ready.clear()

    def _has_more(self) -> bool:
        """Check whether the part of the sheet that was not parsed has contents."""
        position = max(self.stream.expat.CurrentByteIndex, 0) - self.stream.fed
        tail = self.stream.unparsed[max(position, 0) :]
        found = self.content.search(tail)
        for chunk in self.stream.chunks if found is None else ():
            if found := self.content.search(tail[-40:] + chunk):
                break
            tail = chunk
        return found is not None and not found.group().startswith(b"</")

    def start_row(self) -> None:
        """Begin a row."""
        self.texts, self.doubts, self.beyond = [], {}, None

    def add_cell(self, column: int, text: str, doubt: Doubt | None, times: int = 1) -> None:
        """Add a cell to the current row.

        Args:
            column: Its column, counted from 0.
            text: Its text as the user sees it.
            doubt: Why this text is not to be used, if it is not.
            times: How often the cell repeats.
        """
        limit = self.max_chars
        if self.length > limit or len(text) > limit:
            doubt = Doubt("T119", f"> {limit}", limit)
        if column + times > self.max_columns:
            if self.beyond is None and text.strip():
                self.beyond = max(column, self.max_columns)
            times = self.max_columns - column
            if times <= 0:
                return
        texts = self.texts
        if column > len(texts):
            texts += [""] * (column - len(texts))
        if times == 1:
            texts.append(text)
        else:
            texts += [text] * times
        if doubt is not None:
            self.doubts |= dict.fromkeys(range(column, column + times), doubt)

    def end_row(self, hidden: bool, times: int = 1) -> None:
        """End a row; a blank one is dropped.

        Args:
            hidden: Whether the user does not see it.
            times: How often the row repeats.

        Raises:
            StopParsing: The sheet has been blank for too long.
            DataError: T117 the row repeats more often than a list may have rows.
        """
        number = self.row_number
        is_blank = self.beyond is None and not self.doubts and not any(map(str.strip, self.texts))
        is_stray = number - self.last_filled > self.limits.blank_rows
        if not is_blank:
            if times > self.limits.rows:
                raise fail("T117", self.archive.place, limit=self.limits.rows)
            self.ready.append((RawRow(number, self.texts, self.doubts, hidden, self.beyond, is_stray), times))
            self.last_filled = number + times - 1
        elif is_stray:
            raise StopParsing
