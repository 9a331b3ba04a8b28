"""Write the faults of a command as a file: CSV for spreadsheets, JSON for programs, or a copy of the XLSX list.

The copy has its bad cells filled, each with a comment, and a first sheet that lists all faults; the list itself is
never changed. All these files can be read by their owner alone, for values and copies may hold names. None contains a
secret: values are hidden as in every message, and cells of a copy that look like a secret are emptied.

Not here: a copy of an ODS list, or of a CSV list, which has no cell formats. Their XLSX file lists the faults only.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, Place, Severity, fail, visible
from leaflet.production.outcome import Outcome, RowCounts, row_number
from leaflet.production.staging import PARTIAL
from leaflet.spreadsheet import BOM, csv_line

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


class FaultFiles(Struct, frozen=True, kw_only=True):
    """The files written.

    Args:
        files: all of them.
        copies: those that are copies of a list of the user's.
        faults: of lists that could not be copied.
    """

    files: tuple[Path, ...]
    copies: tuple[Path, ...] = ()
    faults: tuple[Fault, ...] = ()


def check_name(path: Path) -> None:
    """Refuse a name without a known ending.

    Raises:
        UsageError: the ending is not one of `KINDS` (U020).
    """
    if path.suffix.lower() not in KINDS:
        raise fail("U020", Place(field="--faults"), value=path.name, allowed=", ".join(KINDS))


def write_faults(path: Path, outcome: Outcome, lang: Lang) -> FaultFiles:
    """Write the faults of a command; an earlier file of this name is replaced as a whole, or not at all.

    For an XLSX list that has faults, a file ``.xlsx`` is its copy; a staff list gets a second file of its own.

    Raises:
        UsageError: the name is of no known kind, or the command reads the file of this name.
        RenderError: the file cannot be written.
    """
    check_name(path)
    check_is_free(path, outcome)
    faults = tuple(outcome.report)
    kind = path.suffix.lower()
    if kind == ".csv":
        write_private(path, lambda: faults_csv(faults, lang))
        return FaultFiles(files=(path,))
    if kind == ".json":
        write_private(path, lambda: faults_json(faults, lang, outcome.count_rows()).encode())
        return FaultFiles(files=(path,))
    from leaflet.production.marked_copy import Annotator  # openpyxl loads slowly

    return Annotator(path, outcome, faults, lang).write()


# --- one fault ------------------------------------------------------------------------------------------------


def fault_record(fault: Fault, lang: Lang) -> dict[str, Any]:
    """Return a fault as programs read it; the keys are always there and never change, the texts are safe to show."""
    fault = hide_secrets(fault)
    place = fault.place
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": _safe(place.file),
        "line": row_number(place),
        "cell": _safe(place.cell),
        "field": _safe(place.field),
        "record": _safe(place.record),
        "page": place.page,
        "reason": fault.reason(lang),
        "way_out": fault.way_out(lang),
        "lang": lang,
        "values": {name: _safe(value) for name, value in fault.values.items()},
    }


def faults_json(faults: Iterable[Fault], lang: Lang, counts: RowCounts | None) -> str:
    """Return all faults and the rows counted (null if the list was not read) as JSON."""
    content = {"rows": asdict(counts) if counts else None, "faults": [fault_record(fault, lang) for fault in faults]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def faults_csv(faults: Iterable[Fault], lang: Lang) -> bytes:
    """Return all faults as CSV that French spreadsheets open; no cell is ever a formula."""
    rows = [csv_line(HEADER[lang], BOM)]
    rows += [csv_line(fault_cells(fault, lang)) for fault in faults]
    return b"".join(rows)


def fault_cells(fault: Fault, lang: Lang) -> tuple[object, ...]:
    """Return the cells of a fault, in the order of `HEADER`."""
    record = fault_record(fault, lang)
    severity = _SEVERITIES[lang][fault.severity]
    where = (
        "" if record[key] is None else record[key] for key in ("file", "line", "cell", "field", "record", "page")
    )
    return fault.code, severity, *where, record["values"].get("value", ""), record["reason"], record["way_out"]


def _safe(value: object) -> object:
    """Return a value as messages show it: on one line, clipped; numbers stay numbers."""
    return value if value is None or isinstance(value, bool | int | float) else visible(str(value))


def check_is_free(path: Path, outcome: Outcome) -> None:
    """Refuse a name of a file that the command reads.

    Raises:
        UsageError: it reads this file (U021).
    """
    for read in outcome.files:
        with suppress(OSError):
            if path.resolve() == read.resolve() or path.samefile(read):
                raise fail("U021", Place(field="--faults"), value=path.name)


def write_private(path: Path, content: Callable[[], bytes]) -> None:
    """Write a file that its owner alone may read, and give it its name when it is complete."""
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
