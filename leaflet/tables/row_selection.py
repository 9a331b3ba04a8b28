"""Say which schools and people are wanted, in values: conditions on columns, ranges of lines, an order.

How they are typed is in `filters`, which applies them to schools; `staff` applies them to people.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from leaflet.tables.school import School, Sector
from leaflet.text import unaccented

TEXT_FIELDS: Mapping[str, Callable[[School], str]] = MappingProxyType(
    {
        "uai": lambda school: school.uai,
        "name": lambda school: school.name,
        "address": lambda school: " ".join(school.address),
        "postcode": lambda school: school.postcode,
        "town": lambda school: school.town,
        "academie": lambda school: school.academie_label,
        "state": lambda school: school.state,
        "ministry": lambda school: school.ministry,
        "sector": lambda school: _SECTORS[school.sector],
    }
)
_SECTORS: Mapping[Sector, str] = MappingProxyType({"public": "Public", "private": "Privé", "": ""})
_NUMBERS: Mapping[str, Callable[[School], int | None]] = MappingProxyType(
    {"copies": lambda school: school.copies, "staff": lambda school: school.staff}
)
FIELDS: tuple[str, ...] = (*TEXT_FIELDS, *_NUMBERS)


@lru_cache(maxsize=1024)  # a filter compares each value of a long list with one, and values of a column repeat
def comparable(text: str) -> str:
    """Return a text for comparing, without capitals, accents, kinds of apostrophe and numbers of spaces."""
    return " ".join(unaccented(text.casefold()).split())


def value_of(school: School, field: str) -> str:
    """Return the value of a school in one of `FIELDS` or in an extra column, as text."""
    if field in TEXT_FIELDS:
        return TEXT_FIELDS[field](school)
    if field in _NUMBERS:
        number = _NUMBERS[field](school)
        return "" if number is None else str(number)
    return dict(school.extra)[field]


class FilterColumn(Struct, frozen=True, kw_only=True):
    """A column that a filter or the sorting names.

    Attributes:
        list: The list that has the column, ``schools`` or ``staff``; empty if the user does not say.
    """

    name: str  # One of `FIELDS`, or the normalised name of a column of the list
    text: str  # The name as typed
    option: str  # The option in which it was typed
    list: Literal["schools", "staff", ""] = ""


class Where(Struct, frozen=True, kw_only=True):
    """One condition: ``commune=Tours``, ``commune!=Tours``, ``name~college``."""

    column: FilterColumn  # The column that is compared
    operator: str  # ``=`` the same, ``!=`` another, ``~`` containing; see `comparable`
    value: str  # The value that it is compared with
    text: str  # The condition as typed

    @property
    def field(self) -> str:
        """The column: one of `FIELDS`, or its normalised name."""
        return self.column.name

    def matches(self, school: School) -> bool:
        """Check whether a school fulfils the condition."""
        return self.accepts(value_of(school, self.field))

    def accepts(self, text: str) -> bool:
        """Check whether a value fulfils the condition."""
        found, wanted = comparable(text), comparable(self.value)
        if self.operator == "~":
            return wanted in found
        return (found == wanted) == (self.operator == "=")


class Lines(Struct, frozen=True, kw_only=True):
    """A range of lines of the list."""

    first: int = 1  # The first line
    last: int | None = None  # The last line, included; None for the end of the list
    text: str  # The range as typed
    sheet: str = ""  # The sheet whose lines these are, of a list on several; empty for every sheet

    def __str__(self) -> str:
        return f"{self.sheet}!{self.text}" if self.sheet else self.text

    def matches(self, school: School) -> bool:
        """Check whether a school is in the range."""
        return self.includes(school.line, school.sheet)

    def includes(self, line: int, sheet: str = "") -> bool:
        """Check whether a line, or the one of a sheet, is in the range."""
        is_there = not self.sheet or comparable(self.sheet) == comparable(sheet)
        return is_there and self.first <= line and (self.last is None or line <= self.last)


class PeopleChoice(Struct, frozen=True, kw_only=True):
    """The people wanted: those that fulfil all of `where`, one of `names` and one of `rows`.

    An empty value is fulfilled by everybody.
    """

    names: tuple[str, ...] = ()  # Names or parts of names, as typed
    where: tuple[Where, ...] = ()  # Conditions on columns of the staff list
    rows: tuple[Lines, ...] = ()  # Ranges of its lines

    @property
    def extra_columns(self) -> tuple[FilterColumn, ...]:
        """The columns that are read for this choice only."""
        return tuple({where.field: where.column for where in self.where}.values())

    @property
    def is_all(self) -> bool:
        """Return whether everybody is wanted."""
        return not (self.names or self.where or self.rows)


EVERYBODY = PeopleChoice()


class Choice(Struct, frozen=True, kw_only=True):
    """The schools wanted: those that fulfil all of `where`, one of `rows` and one of `states`.

    An empty value is fulfilled by all schools.
    """

    where: tuple[Where, ...] = ()  # Conditions on fields and columns
    rows: tuple[Lines, ...] = ()  # Ranges of lines
    states: tuple[str, ...] = ()  # Values of the column « etat », as typed
    sort: tuple[FilterColumn, ...] = ()  # The columns to sort by; if empty, schools stay in the order of the list
    people: PeopleChoice = EVERYBODY  # Which people of the staff list are wanted

    @property
    def extra_columns(self) -> tuple[FilterColumn, ...]:
        """The columns that are no field and that are read for this choice only."""
        columns = (*(where.column for where in self.where), *self.sort)
        return tuple({column.name: column for column in columns if column.name not in FIELDS}.values())

    @property
    def is_all(self) -> bool:
        """Return whether every school is wanted."""
        return not (self.where or self.rows or self.states)


EVERYTHING = Choice()
