"""Write a copy of the user's XLSX list, its bad cells filled and commented, with a first sheet of all faults.

The list itself is never changed; cells of the copy that look like a secret are emptied.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from msgspec import Struct
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from leaflet.confidential import HIDDEN, find_cell_secret, hide_secrets, is_secret_file, is_secret_name
from leaflet.faults import Fault, Lang, Place, Severity, fail
from leaflet.production.fault_lists import (
    HEADER,
    SHEET,
    FaultFiles,
    check_is_free,
    check_place,
    fault_cells,
    write_private,
)
from leaflet.production.outcome import Outcome
from leaflet.tables.cells import as_text
from leaflet.tables.table import sheet_name

_MOST_BYTES = 5_000_000  # of a list to be copied: openpyxl holds all of it, at fifty times its size
_HEADER_ROWS = 20  # where a list may have its header
_WIDTHS = (8, 14, 24, 8, 16, 22, 14, 26, 60, 60)  # of the sheet's columns, in characters
_FILLS: dict[Severity, str] = {"note": "DDEBF7", "warning": "FFEB9C", "error": "FFC7CE"}
_RANKS: tuple[Severity, ...] = ("note", "warning", "error")
_UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, NotImplementedError),
    *(BadZipFile, InvalidFileException, ParseError, MemoryError, RecursionError, OverflowError),
)  # fmt: skip


class Annotator(Struct, frozen=True):
    """A writer of the XLSX files of one command."""

    path: Path
    outcome: Outcome
    faults: tuple[Fault, ...]
    lang: Lang
    replace_others: bool = False

    def write(self) -> FaultFiles:
        """Write a copy of each list that has faults; the first file is always written."""
        names = [self.path, *(self.path.with_stem(f"{self.path.stem}-{p.stem}") for p in self.outcome.lists[1:])]
        for name in names:
            check_is_free(name, self.outcome)
            check_place(name, replace_others=self.replace_others)
        files, copies, troubles = [], [], []
        for number, name in enumerate(names):
            source = self.outcome.lists[number] if number < len(self.outcome.lists) else None
            book, is_copy = None, False
            if source is not None and self._can_be_copied(source):
                book = self._copy(source)
                is_copy = book is not None
                if book is None:
                    troubles.append(fail("W111", Place(file=source.name)).faults[0])
            if book is None and number == 0:
                book = Workbook()
                book.remove(book.active)
            if book is None:
                continue
            self._list(book)
            write_private(name, partial(_saved, book))
            files.append(name)
            copies += [name] if is_copy else []
        return FaultFiles(files=tuple(files), copies=tuple(copies), faults=tuple(troubles))

    def _can_be_copied(self, source: Path) -> bool:
        """Check whether a list is XLSX, has no secret name, and has faults to mark."""
        if source.suffix.lower() != ".xlsx" or is_secret_file(source.stem):
            return False
        own = any(fault.place.sheet and fault.place.file == source.name for fault in self.faults)
        records = source == self.outcome.lists[0] and any(fault.place.uai for fault in self.faults)
        return own or records

    def _copy(self, source: Path) -> Any:
        """Return a list as an openpyxl workbook, marked and without secrets; None if openpyxl cannot load it."""
        try:
            if source.stat().st_size > _MOST_BYTES:
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about what openpyxl does not keep: drawings, some formats
                book = load_workbook(source, keep_links=False)
            for sheet in book.worksheets:
                _empty_secrets(sheet)
            for (title, spot), faults in self._marks(book, source).items():
                _mark(book[title], spot, faults, self.lang)
        except _UNREADABLE:
            return None
        return book

    def _marks(self, book: Any, source: Path) -> dict[tuple[str, str], list[Fault]]:
        """Return the faults of each cell, by sheet and coordinate. The faults of a record are marked at its UAI."""
        titles: dict[str, str] = {}
        for sheet in book.worksheets:
            titles.setdefault(sheet_name(sheet.title), sheet.title)
        spots = _find_records(book, self.faults) if source == self.outcome.lists[0] else {}
        marks: dict[tuple[str, str], list[Fault]] = {}
        for fault in self.faults:
            place = fault.place
            is_here = place.file == source.name and place.sheet in titles
            at = (titles[place.sheet or ""], f"{place.column}{place.row}") if is_here else None
            if at is None and place.uai and place.sheet is None:
                at = spots.get(place.uai)
            if at is not None:
                marks.setdefault(at, []).append(fault)
        return marks

    def _list(self, book: Any) -> None:
        """Add the first sheet, with all faults."""
        for other in book.worksheets:
            other.sheet_view.tabSelected = False
        sheet = book.create_sheet(SHEET[self.lang], 0)
        book.active = 0
        for number, cells in enumerate((HEADER[self.lang], *(fault_cells(f, self.lang) for f in self.faults)), 1):
            for column, value in enumerate(cells, 1):
                cell = sheet.cell(number, column)
                cell.value = value if isinstance(value, int) else as_text(value)
                if not isinstance(value, int):
                    cell.data_type = "s"  # never a formula, nor an error value
                cell.alignment = Alignment(wrap_text=column > len(cells) - 2, vertical="top")
                cell.font = Font(bold=number == 1)
        for number, fault in enumerate(self.faults, 2):
            sheet.cell(number, 1).fill = _fill(fault.severity)
        for letter, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:J{len(self.faults) + 1}"


def _find_records(book: Any, faults: Iterable[Fault]) -> dict[str, tuple[str, str]]:
    """Find the first cell of the UAI of each record with faults."""
    wanted = {fault.place.uai for fault in faults if fault.place.uai}
    found: dict[str, tuple[str, str]] = {}
    for sheet in book.worksheets:
        for cell in _cells_of(sheet):
            text = str(cell.value).strip().upper() if isinstance(cell.value, str) else ""
            if text in wanted:
                found.setdefault(text, (sheet.title, cell.coordinate))
    return found


def _cells_of(sheet: Any) -> Iterator[Any]:
    """Yield the cells with a value, row by row: a sheet may claim a million rows, most of them empty."""
    return (sheet._cells[spot] for spot in sorted(sheet._cells) if sheet._cells[spot].value is not None)


def _empty_secrets(sheet: Any) -> None:
    """Put « … » into cells that look like a secret, and into all cells below the name of one."""
    secret: set[int] = set()
    for cell in list(_cells_of(sheet)):
        is_whole = isinstance(cell.value, float) and cell.value.is_integer()  # a reader sees no decimals
        text = str(int(cell.value) if is_whole else cell.value)
        if cell.column in secret or find_cell_secret(text):
            cell.value = HIDDEN
        elif cell.row <= _HEADER_ROWS and isinstance(cell.value, str) and is_secret_name(text):
            secret.add(cell.column)
    for cell in sheet._cells.values():
        if cell.comment is not None and find_cell_secret(cell.comment.text):
            cell.comment = None
        if cell.hyperlink is not None and find_cell_secret(str(cell.hyperlink.target or "")):
            cell.hyperlink = None


def _mark(sheet: Any, spot: str, faults: Sequence[Fault], lang: Lang) -> None:
    """Fill a cell and write its faults into its comment; of merged cells, the first."""
    merged = next((area for area in sheet.merged_cells.ranges if spot in area), None)
    cell = sheet[spot if merged is None else merged.start_cell.coordinate]
    shown = [hide_secrets(fault) for fault in faults]
    texts = [f"{fault.code} {fault.reason(lang)}\n→ {fault.way_out(lang)}" for fault in shown]
    before = [cell.comment.text] if cell.comment is not None else []
    cell.comment = Comment("\n\n".join([*before, *texts]), "leaflet", height=60 + 60 * len(texts), width=360)
    cell.fill = _fill(max((fault.severity for fault in faults), key=_RANKS.index))


def _fill(severity: Severity) -> Any:
    return PatternFill("solid", start_color=_FILLS[severity])


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
