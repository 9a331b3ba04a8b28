"""Choose the sheet of a spreadsheet that is read, and yield its rows as an XLSX or ODS parser finds them.

`SheetParser` is the base of the parsers in `xlsx` and `ods`; `sheet_table` makes a `Table` of the rows.
"""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from msgspec import Struct, field

from leaflet.faults import Place, Report, fail
from leaflet.files.words import NO_HINT
from leaflet.tables.sheet_archive import Archive
from leaflet.tables.sheet_xml import MarkupStream
from leaflet.tables.table import ReadOptions, SeveralSheetsError, column_letters, format_names

MAX_MERGES = 1_000


class Doubt(NamedTuple):
    """The reason why the text of a cell is not used as it is.

    T119 too long, T143 a formula without result, T144 an error, T145 a date, T146 a format that shows something else
    than the value, T163 a truth value, T164 hidden text.
    """

    code: str
    value: str  # that the fault names
    limit: int = 0  # that the fault names, for T119


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
    """A row of a sheet that is not blank."""

    number: int  # as the spreadsheet shows it, counted from 1
    texts: list[str]  # of the cells as shown, up to the last cell that is filled
    doubts: dict[int, Doubt] = field(default_factory=dict)  # about cells, by column
    hidden: bool = False  # whether the user does not see the row
    beyond: int | None = None  # the first filled column that a list may not have
    stray: bool = False  # whether it comes after more blank rows than a list has; then none of its cells may be used


class Sheet(Struct, kw_only=True):
    """A sheet that is being read."""

    name: str
    rows: Iterator[RawRow]
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last; whole with the first row
    merges: list[Merge] = field(default_factory=list)  # there before the row that they begin in is yielded


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
    """Return the sheet to read: the one named, else the only one with contents that is not hidden (T136 to T139)."""
    if options.sheets:
        wanted = options.sheets[0]
        exact = [entry for entry in entries if entry.name == wanted]
        alike = [entry for entry in entries if entry.name.strip().casefold() == wanted.strip().casefold()]
        if not (exact or alike):
            known = format_names(entry.name for entry in entries if not entry.is_hidden)
            raise fail("T136", place, sheet=wanted, known=known)
        return (exact or alike)[0]
    filled = [entry for entry in entries if has_contents(entry)]
    visible = [entry for entry in filled if not entry.is_hidden]
    hidden = format_names(entry.name for entry in filled if entry.is_hidden)
    if not visible:
        raise fail("T138", place, known=hidden) if hidden else fail("T104", place)
    if len(visible) > 1:
        names = [entry.name for entry in visible]
        raise SeveralSheetsError(fail("T137", place, known=format_names(names), **NO_HINT).faults, names)
    if hidden:
        report.add("T139", place, known=hidden, count=len(filled) - len(visible))
    return visible[0]


class StopParsing(Exception):  # noqa: N818 - no error: the sheet is over, or has been blank for too long
    """Nothing more of the sheet needs parsing."""


class SheetParser:
    """Base of the parsers of one sheet.

    The handlers `start` and `end`, which the XML parser calls, gather whole rows in `ready`; `rows` yields them.
    A handler begins a row with `start_row`, gives its filled cells to `add_cell` and ends it with `end_row`.
    """

    # XML of cells with contents; where other sheets follow in the same file, also the end tag of a sheet
    content: ClassVar[re.Pattern[bytes]]

    def __init__(self, archive: Archive, part: str, sheet: Sheet) -> None:
        self.archive, self.part, self.sheet = archive, part, sheet
        self.limits = archive.limits
        self.max_chars, self.max_columns = self.limits.cell_chars, self.limits.width
        self.ready: list[tuple[RawRow, int]] = []  # read and not yielded yet, each with how often it repeats
        self.row_number = self.last_filled = 0  # counted from 1
        self.texts: list[str] = []
        self.doubts: dict[int, Doubt] = {}
        self.beyond: int | None = None
        self.length = 0  # characters of the current cell, of which `start` and `end` may have dropped some
        self.is_over = False  # the end of the sheet has been read
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
        """Add a cell to the current row, with its text as the user sees it; it may repeat in further columns."""
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
        """End a row, which may repeat; a blank one is dropped. Stop when the sheet has been blank for too long."""
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
