"""Find the columns that a filter or the sorting names: which may be named, in which list, and where they are.

A filter may name a column that no leaflet prints: it is found in the header and read like any field (an *extra
column*). Columns with personal data cannot be named, whatever list they are in; of a staff list, only those that are
known to hold none.
"""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Place, Report
from leaflet.tables.choice import FIELDS, Choice, FilterColumn, Where
from leaflet.tables.headers import ListColumns
from leaflet.tables.names import PERSONAL, SCHOOLS, STAFF
from leaflet.tables.table import Table

_OF_PEOPLE = STAFF.unused - {"signature", "remarque", "remarques", "observations"}


def assign_filters(choice: Choice, schools: Collection[str], staff: Collection[str], report: Report) -> Choice:
    """Return a choice whose conditions on columns that only the staff list has are conditions of people.

    Args:
        choice: As parsed; conditions of the command line only are assigned.
        schools: The normalised names of the columns of the list of schools, and the fields that the campaign
            gives to some.
        staff: Those of the staff list that a filter may name.
        report: Takes a fault for each column that both lists have (U110), whatever the schools' list calls it.
    """
    columns = {school_field(name) or name for name in schools}
    of_schools: list[Where] = []
    of_staff = list(choice.people.where)
    for where in choice.where:
        column, name = where.column, normalise(where.column.text)
        if column.option != "--where" or column.list or name not in staff:
            of_schools.append(where)
        elif column.name in columns:
            report.add("U110", Place(field=column.option), value=column.text, text=where.text)
        else:
            of_staff.append(replace(where, column=replace(column, name=name, list="staff")))
    return replace(choice, where=tuple(of_schools), people=replace(choice.people, where=tuple(of_staff)))


def school_field(name: str) -> str | None:
    """Return the field that a normalised name means in filters of schools: its own or one of its columns' names.

    All parts of a postal address are one field.
    """
    field = name if name in FIELDS or name in SCHOOLS.aliases else SCHOOLS.meaning(name)
    is_address = field is not None and (field.startswith("address_") or field == "full_address")
    return "address" if is_address else field


def filterable_people_columns(titles: Iterable[str]) -> frozenset[str]:
    """Return the normalised names of the columns of a staff list that a filter may name: none of personal data."""
    return frozenset(map(normalise, filter(may_filter_people, titles)))


def may_filter_people(title: str) -> bool:
    """Tell whether a filter of people may name a column: only those known to say nothing private are allowed."""
    return normalise(title) in _OF_PEOPLE


def is_filterable(title: str) -> bool:
    """Check whether a filter may name a column: the column has a name, of no secret and of no personal data."""
    name = normalise(title)
    return bool(name) and not is_secret_name(title) and name not in PERSONAL | SCHOOLS.pupils


def find_extra_columns(
    table: Table, columns: ListColumns, extra: Iterable[FilterColumn], report: Report
) -> ListColumns | None:
    """Add extra columns to the columns of a list; return None when the list lacks one of them (U011)."""
    names = [normalise(title) for title in table.header]
    missing = [column for column in extra if not column.name or column.name not in names]
    known = ", ".join(table.title(at) for at, title in enumerate(table.header) if is_filterable(title))
    for column in missing:
        report.add("U011", Place(file=table.name, field=column.option), value=column.text, known=known)
    found = {column.name: names.index(column.name) for column in extra if column not in missing}
    return None if missing else replace(columns, extra=found)
