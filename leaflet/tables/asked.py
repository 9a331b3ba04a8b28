"""Columns that no leaflet prints and a filter asks for by name: found in the header, read like any field.

What a school list says about persons is not asked for, whatever its columns are called.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Place, Report
from leaflet.tables.headers import Columns
from leaflet.tables.names import PERSONAL, SCHOOLS
from leaflet.tables.table import Table


class Asked(Struct, frozen=True, kw_only=True):
    """A column by its normalised name; `text` is how it was typed, `option` where."""

    name: str
    text: str
    option: str


def is_askable(title: str) -> bool:
    """Whether a column of this name may be asked for: it has one, and that of no secret and of nothing personal."""
    name = normalise(title)
    return bool(name) and not is_secret_name(title) and name not in PERSONAL | SCHOOLS.pupils


def find_asked(table: Table, columns: Columns, asked: Iterable[Asked], report: Report) -> Columns | None:
    """The columns of a list with those asked for; None when the list has one of them not (U011)."""
    names = [normalise(title) for title in table.header]
    missing = [column for column in asked if not column.name or column.name not in names]
    known = ", ".join(table.title(at) for at, title in enumerate(table.header) if is_askable(title))
    for column in missing:
        report.add("U011", Place(file=table.name, field=column.option), value=column.text, known=known)
    found = {column.name: names.index(column.name) for column in asked if column not in missing}
    return None if missing else replace(columns, index={**columns.index, **found}, asked=tuple(found))
