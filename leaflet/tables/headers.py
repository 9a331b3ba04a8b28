"""Columns of a school list: which header is which field, and which columns are refused at sight.

Headers are compared after normalising (case, accents, soft hyphens, zero-width characters, BOM, no-break
spaces, punctuation), then looked up among the aliases. A header that only resembles one is proposed to the
user and not taken: an import that guesses right most of the time prints wrong leaflets the rest of it.
The names themselves stand in `names`.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaflet.faults import Report
from leaflet.tables.names import ALIASES, FIELDS, PUPIL_COLUMNS, REQUIRED, SECRET_WORDS, UNUSED, Field
from leaflet.tables.table import Table

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})
_CLOSE = 0.8  # difflib ratio; « nom etablisement » is 0.97, « nombre » and « nom » are 0.67
_LONGEST = 60  # characters of a header worth comparing


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Where each field stands, counting from 0; a field that the list does not have is missing."""

    index: Mapping[Field, int]


def normalise(header: str) -> str:
    """A header reduced to ``[a-z0-9_]``: « Code postal » and « CODE_POSTAL » are both ``code_postal``."""
    plain = unicodedata.normalize("NFKD", header.casefold().translate(_LIGATURES))
    kept = "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf", "Cc"} or c in "\t\n\r")
    return re.sub(r"[^a-z0-9]+", "_", kept).strip("_")


def match_headers(table: Table, report: Report) -> Columns | None:
    """The columns of a school list; None when the file is refused, with all reasons in the report."""
    names = [normalise(header) for header in table.header]
    if not (_check_pupils(table, names, report) & _check_secrets(table, names, report)):
        return None
    matched = [_field(name) for name in names]
    usable = _check_twice(table, names, matched, report)
    _propose(table, names, matched, report)
    usable &= _check_required(table, matched, report)
    return _columns(matched) if usable else None


def _field(name: str) -> Field | None:
    return next((field for field in FIELDS if name in ALIASES[field]), None)


def _columns(matched: list[Field | None]) -> Columns:
    return Columns(index={field: column for column, field in enumerate(matched) if field is not None})


def _check_pupils(table: Table, names: list[str], report: Report) -> bool:
    found = [column for column, name in enumerate(names) if name in PUPIL_COLUMNS]
    if found:
        listed = ", ".join(table.header[column].strip() for column in found)
        report.add("T205", table.place(), columns=listed)
    return not found


def _check_secrets(table: Table, names: list[str], report: Report) -> bool:
    found = [column for column, name in enumerate(names) if is_secret(name)]
    for column in found:
        report.add("T206", table.place(column=column), header=table.header[column].strip())
    return not found


def is_secret(name: str) -> bool:
    """Whether a normalised header names, as whole words, something that must not be on a leaflet."""
    return any(f"_{words}_" in f"_{name}_" for words in SECRET_WORDS)


def _check_twice(table: Table, names: list[str], matched: list[Field | None], report: Report) -> bool:
    """Same name twice (T201), or two names of the same field (T202)."""
    first: dict[str, int] = {}
    clean = True
    for column, (name, field) in enumerate(zip(names, matched, strict=True)):
        key = field or name
        if not key:
            continue
        earlier = first.setdefault(key, column)
        if earlier != column:
            clean = False
            code = "T201" if names[earlier] == name else "T202"
            report.add(code, table.place(column=column), header=table.header[column].strip(),
                       other=table.header[earlier].strip(), column=column + 1, first=earlier + 1)  # fmt: skip
    return clean


def _propose(table: Table, names: list[str], matched: list[Field | None], report: Report) -> None:
    missing = [field for field in FIELDS if field not in matched]
    known = [alias for field in missing for alias in ALIASES[field]]
    for column, (name, field) in enumerate(zip(names, matched, strict=True)):
        if field is None and (proposal := _closest(name, known)):
            header = table.header[column].strip()
            report.add("T204", table.place(column=column), header=header, proposal=proposal)


def _closest(name: str, known: Iterable[str]) -> str | None:
    if not name or name in UNUSED or len(name) > _LONGEST:
        return None
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=_CLOSE)
    return close[0] if close else None


def _check_required(table: Table, matched: list[Field | None], report: Report) -> bool:
    missing = [field for field in REQUIRED if field not in matched]
    for field in missing:
        names = ", ".join(ALIASES[field][:3])
        found = ", ".join(header.strip() for header in table.header if header.strip())
        report.add("T203", table.place(), names=names, found=found)
    return not missing
