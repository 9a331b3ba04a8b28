"""The faults of a run as a file: CSV for spreadsheets, JSON for programs, or a copy of the user's own XLSX list.

The copy has its bad cells filled, each with a comment, and a first sheet that lists all faults; the list itself is
never touched. All these files can be read by their owner alone, for values and copies may hold names. No secret
stands in any of them: values are hidden as in every message, and cells of a copy that look like one are emptied.

What is not here: a copy of an ODS list, or of a CSV one, which has no room for marks. Their XLSX lists the faults.
"""

import io
import json
import os
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from leaflet.build.noticed import Noticed, RowCounts, row_of
from leaflet.build.staging import PARTIAL
from leaflet.confidential import HIDDEN, find_cell_secret, hide_secrets, is_secret_file, is_secret_name
from leaflet.faults import Fault, Lang, Place, Severity, fail, visible
from leaflet.spreadsheet import BOM, as_text, csv_line
from leaflet.tables.table import sheet_name

KINDS = (".csv", ".json", ".xlsx")
SHEET: dict[Lang, str] = {"en": "Faults", "fr": "Défauts"}
_MOST_BYTES = 5_000_000  # of a list to be copied: openpyxl holds all of it, at fifty times its size
_HEADER_ROWS = 20  # where a list may have its header
_SEVERITIES: dict[Lang, dict[Severity, str]] = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "fr": {"error": "erreur", "warning": "avertissement", "note": "note"},
}
_HEADER: dict[Lang, tuple[str, ...]] = {
    "en": ("code", "severity", "file", "line", "cell", "column", "record", "value", "reason", "way out"),
    "fr": ("code", "gravité", "fichier", "ligne", "cellule", "colonne", "fiche", "valeur", "raison", "que faire"),
}
_WIDTHS = (8, 14, 24, 8, 16, 22, 14, 26, 60, 60)  # of the sheet's columns, in characters
_FILLS: dict[Severity, str] = {"note": "DDEBF7", "warning": "FFEB9C", "error": "FFC7CE"}
_RANKS: tuple[Severity, ...] = ("note", "warning", "error")
_UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, NotImplementedError),
    *(BadZipFile, InvalidFileException, ParseError, MemoryError, RecursionError, OverflowError),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class FaultFiles:
    """What was written.

    Args:
        files: all of them.
        copies: those that repeat a whole list of the user's.
        faults: what could not be done and was done otherwise.
    """

    files: tuple[Path, ...]
    copies: tuple[Path, ...] = ()
    faults: tuple[Fault, ...] = ()


def check_name(path: Path) -> None:
    """Refuse a name whose ending says no kind of file, before anything is done.

    Raises:
        UsageError: U020.
    """
    if path.suffix.lower() not in KINDS:
        raise fail("U020", Place(field="--faults"), value=path.name, allowed=", ".join(KINDS))


def write_faults(path: Path, noticed: Noticed, lang: Lang) -> FaultFiles:
    """Write the faults of a run; an earlier file of this name is replaced at once, or not at all.

    For an XLSX list that has faults, a file ``.xlsx`` is its copy; a staff list gets a second file of its own.

    Raises:
        UsageError: the name is of no known kind, or the run reads the file of this name.
        RenderError: the file cannot be written.
    """
    check_name(path)
    _check_is_free(path, noticed)
    faults = tuple(noticed.report)
    kind = path.suffix.lower()
    if kind == ".csv":
        _write(path, lambda: faults_csv(faults, lang))
        return FaultFiles(files=(path,))
    if kind == ".json":
        _write(path, lambda: faults_json(faults, lang, noticed.counts()).encode())
        return FaultFiles(files=(path,))
    return _Annotator(path, noticed, faults, lang).write()


# --- one fault ------------------------------------------------------------------------------------------------


def fault_record(fault: Fault, lang: Lang) -> dict[str, Any]:
    """A fault as programs read it; the keys are always there and never change, the texts are safe to show."""
    fault = hide_secrets(fault)
    place = fault.place
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": _safe(place.file),
        "line": row_of(place),
        "cell": _safe(place.cell),
        "field": _safe(place.field),
        "record": _safe(place.record),
        "reason": fault.reason(lang),
        "way_out": fault.way_out(lang),
        "lang": lang,
        "values": {name: _safe(value) for name, value in fault.values.items()},
    }


def faults_json(faults: Iterable[Fault], lang: Lang, counts: RowCounts | None) -> str:
    """All faults and the rows counted (null if the list was not read)."""
    content = {"rows": asdict(counts) if counts else None, "faults": [fault_record(fault, lang) for fault in faults]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def faults_csv(faults: Iterable[Fault], lang: Lang) -> bytes:
    """All faults as French spreadsheets open them; no cell is ever a formula."""
    rows = [csv_line(_HEADER[lang], BOM)]
    rows += [csv_line(_cells(fault, lang)) for fault in faults]
    return b"".join(rows)


def _cells(fault: Fault, lang: Lang) -> tuple[object, ...]:
    record = fault_record(fault, lang)
    severity = _SEVERITIES[lang][fault.severity]
    where = ("" if record[key] is None else record[key] for key in ("file", "line", "cell", "field", "record"))
    return fault.code, severity, *where, record["values"].get("value", ""), record["reason"], record["way_out"]


def _safe(value: object) -> object:
    """A value as messages show it: on one line, clipped; numbers stay numbers."""
    return value if value is None or isinstance(value, bool | int | float) else visible(str(value))


# --- the copy -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Annotator:
    """Writes the XLSX files of one run."""

    path: Path
    noticed: Noticed
    faults: tuple[Fault, ...]
    lang: Lang

    def write(self) -> FaultFiles:
        """The copy of each list that has marks; the first file is there always."""
        names = [self.path, *(self.path.with_stem(f"{self.path.stem}-{p.stem}") for p in self.noticed.lists[1:])]
        for name in names:
            _check_is_free(name, self.noticed)
        files, copies, troubles = [], [], []
        for number, name in enumerate(names):
            source = self.noticed.lists[number] if number < len(self.noticed.lists) else None
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
            _write(name, lambda book=book: _saved(book))  # type: ignore[misc]
            files.append(name)
            copies += [name] if is_copy else []
        return FaultFiles(files=tuple(files), copies=tuple(copies), faults=tuple(troubles))

    def _can_be_copied(self, source: Path) -> bool:
        """Whether a list is XLSX, was read without harm, and has something to mark."""
        if source.suffix.lower() != ".xlsx" or is_secret_file(source.stem):
            return False
        own = any(fault.place.cell and fault.place.file == source.name for fault in self.faults)
        records = source == self.noticed.lists[0] and any(fault.place.record for fault in self.faults)
        return own or records

    def _copy(self, source: Path) -> Any:
        """A list as openpyxl holds it, marked and without secrets; None if it cannot be held."""
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
        """The faults of each cell, by sheet and spot. What is wrong with a record is marked at its UAI."""
        titles: dict[str, str] = {}
        for sheet in book.worksheets:
            titles.setdefault(sheet_name(sheet.title), sheet.title)
        spots = _find_records(book, self.faults) if source == self.noticed.lists[0] else {}
        marks: dict[tuple[str, str], list[Fault]] = {}
        for fault in self.faults:
            sheet, _, spot = (fault.place.cell or "").rpartition("!")
            at = (titles[sheet], spot) if fault.place.file == source.name and sheet in titles else None
            if at is None and fault.place.record and not fault.place.cell:
                at = spots.get(_uai(fault))
            if at is not None:
                marks.setdefault(at, []).append(fault)
        return marks

    def _list(self, book: Any) -> None:
        """The first sheet, with all faults."""
        for other in book.worksheets:
            other.sheet_view.tabSelected = False
        sheet = book.create_sheet(SHEET[self.lang], 0)
        book.active = 0
        for number, cells in enumerate((_HEADER[self.lang], *(_cells(f, self.lang) for f in self.faults)), 1):
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
    """Where the UAI of each record with faults stands first."""
    wanted = {_uai(fault) for fault in faults if fault.place.record}
    found: dict[str, tuple[str, str]] = {}
    for sheet in book.worksheets:
        for cell in _cells_of(sheet):
            text = str(cell.value).strip().upper() if isinstance(cell.value, str) else ""
            if text in wanted:
                found.setdefault(text, (sheet.title, cell.coordinate))
    return found


def _uai(fault: Fault) -> str:
    return (fault.place.record or "").partition(" ")[0]


def _cells_of(sheet: Any) -> Iterator[Any]:
    """The cells that hold something, row by row: a sheet may claim a million rows."""
    return (sheet._cells[spot] for spot in sorted(sheet._cells) if sheet._cells[spot].value is not None)


def _empty_secrets(sheet: Any) -> None:
    """Put « … » for whatever looks like a secret, and for all that stands below the name of one."""
    secret: set[int] = set()
    for cell in list(_cells_of(sheet)):
        text = _plain(cell.value)
        if cell.column in secret or find_cell_secret(text):
            cell.value = HIDDEN
        elif cell.row <= _HEADER_ROWS and isinstance(cell.value, str) and is_secret_name(text):
            secret.add(cell.column)
    for cell in sheet._cells.values():
        if cell.comment is not None and find_cell_secret(cell.comment.text):
            cell.comment = None
        if cell.hyperlink is not None and find_cell_secret(str(cell.hyperlink.target or "")):
            cell.hyperlink = None


def _plain(value: object) -> str:
    """A value as a reader sees it: whole numbers without their decimals."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _mark(sheet: Any, spot: str, faults: Sequence[Fault], lang: Lang) -> None:
    """Fill a cell and say in its comment what is wrong; of merged cells it is the first."""
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


# --- writing --------------------------------------------------------------------------------------------------


def _check_is_free(path: Path, noticed: Noticed) -> None:
    """A file of faults never takes the place of what the run reads."""
    for read in noticed.files:
        with suppress(OSError):
            if path.resolve() == read.resolve() or path.samefile(read):
                raise fail("U021", Place(field="--faults"), value=path.name)


def _write(path: Path, content: Callable[[], bytes]) -> None:
    """Write a file for its owner alone, and give it its name when it is whole."""
    partial = None
    try:
        data = content()
        number, partial = tempfile.mkstemp(prefix=f"{PARTIAL}-", dir=path.parent)  # readable by its owner alone
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.replace(partial, path)  # noqa: PTH105 - one system call, so the file is the old one or the new one
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                Path(partial).unlink()
        raise fail("W110", Place(file=str(path)), problem=error.strerror or str(error)) from None
