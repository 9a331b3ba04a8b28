"""Write the faults of a command as a file: CSV for spreadsheets, JSON for programs.

These files can be read by their owner alone, for values may be names. None contains a secret: values are hidden as in
every message.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from leaflet.confidential import hide_secrets
from leaflet.faults import LANGUAGES, Fault, Lang, Place, Severity, fail, visible
from leaflet.production.outcome import Outcome, RowCounts
from leaflet.production.staging import check_replaceable, disk_faults, is_own, write_whole
from leaflet.program import own_table
from leaflet.tables.cells import BOM, csv_line

SafeValue = str | int | float | bool | None
"""A value that a message names, as programs get it."""

KINDS = (".csv", ".json")
_WORDS: dict[Lang, dict[str, Any]] = own_table("fault_lists.toml")
_HEADS = (*(csv_line(_WORDS[lang]["header"], BOM) for lang in LANGUAGES), b'{\n "rows": ')


def check_name(path: Path) -> None:
    """Refuse a name without a known ending."""
    if path.suffix.lower() not in KINDS:
        raise fail("U020", Place(field="--faults"), value=path.name, allowed=", ".join(KINDS))


def check_place(path: Path, *, replace_others: bool = False) -> None:
    """Refuse a name of something that is there and is no earlier file of faults."""
    if os.path.lexists(path):
        check_replaceable(path, is_ours=replace_others or is_own(path, _HEADS))


def write_faults(path: Path, outcome: Outcome, lang: Lang, *, replace_others: bool = False) -> None:
    """Write the faults of a command; an earlier file of this name is replaced as a whole, or not at all."""
    check_name(path)
    for read in outcome.files:
        with suppress(OSError):
            if path.resolve() == read.resolve() or path.samefile(read):
                raise fail("U021", Place(field="--faults"), value=path.name)
    check_place(path, replace_others=replace_others)
    faults = tuple(outcome.report)
    with disk_faults(path, "W110"):
        is_table = path.suffix.lower() == ".csv"
        write_whole(
            path, faults_csv(faults, lang) if is_table else faults_json(faults, lang, outcome.count_rows()).encode()
        )


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
    return csv_line(_WORDS[lang]["header"], BOM) + b"".join(csv_line(fault_cells(fault, lang)) for fault in faults)


def fault_cells(fault: Fault, lang: Lang) -> tuple[object, ...]:
    """Return the cells of a fault, in the order of the titles of columns."""
    record, severity = fault_record(fault, lang), _WORDS[lang]["severity"][fault.severity]
    where = (record.file, record.line, record.cell, record.field, record.record, record.page)
    cells = ("" if part is None else part for part in where)
    return fault.code, severity, *cells, record.values.get("value", ""), record.reason, record.way_out


def _safe_text(text: str | None) -> str | None:
    """Return a text as messages show it; None stays None."""
    return None if text is None else visible(text)
