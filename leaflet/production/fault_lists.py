"""Write the faults of a command as a file: CSV for spreadsheets, JSON for programs, or a copy of the XLSX list.

The copy has its bad cells filled, each with a comment, and a first sheet that lists all faults; the list itself is
never changed. All these files can be read by their owner alone, for values and copies may hold names. None contains a
secret: values are hidden as in every message, and cells of a copy that look like a secret are emptied.
"""

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, to_builtins

from leaflet.confidential import hide_secrets
from leaflet.faults import LANGUAGES, Fault, Lang, Place, Severity, fail, visible
from leaflet.production.outcome import Outcome, RowCounts
from leaflet.production.own_files import check_replaceable, is_own
from leaflet.production.staging import disk_faults, write_whole
from leaflet.tables.cells import BOM, csv_line

SafeValue = str | int | float | bool | None
"""A value that a message names, as programs get it."""

KINDS = (".csv", ".json", ".xlsx")
_SEVERITIES: dict[Lang, dict[Severity, str]] = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "fr": {"error": "erreur", "warning": "avertissement", "note": "remarque"},
}
HEADER: dict[Lang, tuple[str, ...]] = {
    "en": ("code", "severity", "file", "line", "cell", "column", "record", "page", "value", "reason", "way out"),
    "fr": ("code", "gravité", "fichier", "ligne", "cellule", "colonne", "établissement", "page", "valeur", "raison",
           "que faire"),
}  # fmt: skip
SHEET: dict[Lang, str] = {"en": "Faults", "fr": "Défauts"}  # the first one of a marked copy
_HEADS = (*(csv_line(HEADER[lang], BOM) for lang in LANGUAGES), b'{\n "rows": ')
_FIRST_SHEET = re.compile(r'<(?:\w+:)?sheet [^>]*?name="([^"]*)"')
_HEAD_BYTES = 1 << 16


class FaultFiles(Struct, frozen=True, kw_only=True):
    """The files written."""

    files: tuple[Path, ...]  # all of them
    copies: tuple[Path, ...] = ()  # those that are copies of a list of the user's
    faults: tuple[Fault, ...] = ()  # of lists that could not be copied


def check_name(path: Path) -> None:
    """Refuse a name without a known ending."""
    if path.suffix.lower() not in KINDS:
        raise fail("U020", Place(field="--faults"), value=path.name, allowed=", ".join(KINDS))


def check_place(path: Path, *, replace_others: bool = False) -> None:
    """Refuse a name of something that is there and is no earlier file of faults."""
    if os.path.lexists(path):
        check_replaceable(path, is_ours=replace_others or is_own(path, _HEADS) or _is_own_book(path))


def _is_own_book(path: Path) -> bool:
    """Check whether a file is a workbook whose first sheet is that of faults."""
    if path.suffix.lower() != ".xlsx" or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            first = _FIRST_SHEET.search(file.read(_HEAD_BYTES).decode("utf-8", "replace"))
    except Exception:  # whatever a strange file makes `zipfile` raise, it is none of ours
        return False
    return first is not None and first[1] in SHEET.values()


def write_faults(path: Path, outcome: Outcome, lang: Lang, *, replace_others: bool = False) -> FaultFiles:
    """Write the faults of a command; an earlier file of this name is replaced as a whole, or not at all.

    For an XLSX list that has faults, a file ``.xlsx`` is its copy; a staff list gets a second file of its own.
    """
    check_name(path)
    check_is_free(path, outcome)
    check_place(path, replace_others=replace_others)
    faults = tuple(outcome.report)
    kind = path.suffix.lower()
    if kind == ".xlsx":
        from leaflet.production.marked_copy import Annotator

        return Annotator(path, outcome, faults, lang, replace_others).write()
    if kind == ".csv":
        write_private(path, lambda: faults_csv(faults, lang))
    else:
        write_private(path, lambda: faults_json(faults, lang, outcome.count_rows()).encode())
    return FaultFiles(files=(path,))


class FaultRecord(Struct, frozen=True, kw_only=True):
    """A fault as programs read it: the keys are always there and never change, the texts are safe to show.

    Args:
        code, severity: as the catalogue has them, or as severe as the user says.
        file, line, cell, field, record, page: its place, as far as it is known.
        reason, way_out: its message in the language `lang`.
        values: what the message names.
    """

    code: str
    severity: Severity
    file: str | None
    line: int | None
    cell: str | None
    field: str | None
    record: str | None
    page: int | None
    reason: str
    way_out: str
    lang: Lang
    values: Mapping[str, SafeValue]


def fault_record(fault: Fault, lang: Lang) -> FaultRecord:
    """Return a fault as programs read it."""
    fault = hide_secrets(fault)
    place = fault.place
    return FaultRecord(
        code=fault.code,
        severity=fault.severity,
        file=_safe_text(place.file),
        line=place.list_row,
        cell=_safe_text(place.cell),
        field=_safe_text(place.field),
        record=_safe_text(place.record),
        page=place.page,
        reason=fault.reason(lang),
        way_out=fault.way_out(lang),
        lang=lang,
        values={  # numbers stay numbers
            name: value if value is None or isinstance(value, bool | int | float) else visible(str(value))
            for name, value in fault.values.items()
        },
    )


def faults_json(faults: Iterable[Fault], lang: Lang, counts: RowCounts | None) -> str:
    """Return all faults and the rows counted (null if the list was not read) as JSON."""
    content = {"rows": counts, "faults": [fault_record(fault, lang) for fault in faults]}
    return json.dumps(to_builtins(content), ensure_ascii=False, indent=1) + "\n"


def faults_csv(faults: Iterable[Fault], lang: Lang) -> bytes:
    """Return all faults as CSV that French spreadsheets open; no cell is ever a formula."""
    return csv_line(HEADER[lang], BOM) + b"".join(csv_line(fault_cells(fault, lang)) for fault in faults)


def fault_cells(fault: Fault, lang: Lang) -> tuple[object, ...]:
    """Return the cells of a fault, in the order of `HEADER`."""
    record = fault_record(fault, lang)
    severity = _SEVERITIES[lang][fault.severity]
    where = (record.file, record.line, record.cell, record.field, record.record, record.page)
    cells = ("" if part is None else part for part in where)
    return fault.code, severity, *cells, record.values.get("value", ""), record.reason, record.way_out


def _safe_text(text: str | None) -> str | None:
    """Return a text as messages show it; None stays None."""
    return None if text is None else visible(text)


def check_is_free(path: Path, outcome: Outcome) -> None:
    """Refuse a name of a file that the command reads."""
    for read in outcome.files:
        with suppress(OSError):
            if path.resolve() == read.resolve() or path.samefile(read):
                raise fail("U021", Place(field="--faults"), value=path.name)


def write_private(path: Path, content: Callable[[], bytes]) -> None:
    """Write a file that its owner alone may read, and give it its name when it is complete."""
    with disk_faults(path, "W110"):
        write_whole(path, content())
