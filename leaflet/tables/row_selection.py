"""Say which schools and people are wanted, in values: conditions on columns, ranges of lines, an order.

How they are typed is in `filters`, which applies them to schools; `staff` applies them to people.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from leaflet.tables.keys import FIELD
from leaflet.tables.school import School, Sector
from leaflet.text import unaccented

TEXT_FIELDS = ("uai", "name", "address", "postcode", "town", "academie", "state", "ministry", "sector")
FIELDS: tuple[str, ...] = (*TEXT_FIELDS, "copies", "staff")
_SECTORS: Mapping[Sector, str] = {"public": "Public", "private": "Privé", "": ""}
_TEXTS: Mapping[str, Callable[[School], str]] = {  # of the fields that a school does not have under their names
    "address": lambda school: " ".join(school.address),
    "academie": lambda school: school.academie_label,
    "sector": lambda school: _SECTORS[school.sector],
}


@lru_cache(maxsize=1024)  # a filter compares each value of a long list with one, and values of a column repeat
def comparable(text: str) -> str:
    """Return a text for comparing, without capitals, accents, kinds of apostrophe and numbers of spaces."""
    return " ".join(unaccented(text.casefold()).split())


def value_of(school: School, field: str) -> str:
    """Return the value of a school in one of `FIELDS` or in an extra column, as text."""
    if field in _TEXTS:
        return _TEXTS[field](school)
    if field in FIELDS:
        value: str | int | None = getattr(school, "key" if field == FIELD else field)
        return "" if value is None else str(value)
    return dict((*school.extra, *school.columns))[field]


class FilterColumn(Struct, frozen=True, kw_only=True):
    """A column that a filter or the sorting names."""

    name: str  # one of `FIELDS`, or the normalised name of a column of the list
    text: str  # the name as typed
    option: str  # in which it was typed
    list: Literal["schools", "staff", ""] = ""  # that has the column; empty if the user does not say


class Where(Struct, frozen=True, kw_only=True):
    """One condition: ``commune=Tours``, ``commune!=Tours``, ``name~college``."""

    column: FilterColumn
    operator: str  # ``=`` the same, ``!=`` another, ``~`` containing; see `comparable`
    value: str  # that it is compared with
    text: str  # the condition as typed

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
        return wanted in found if self.operator == "~" else (found == wanted) == (self.operator == "=")


class Lines(Struct, frozen=True, kw_only=True):
    """A range of lines of the list."""

    first: int = 1
    last: int | None = None  # included; None for the end of the list
    text: str  # the range as typed
    sheet: str = ""  # the sheet whose lines these are, of a list on several; empty for every sheet

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
    """The people wanted: those that fulfil all of `where`, one of `names` and one of `rows`, as far as given."""

    names: tuple[str, ...] = ()  # names or parts of names, as typed
    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()
    called: str = ""  # what their file is called by; empty for the lines of their rows

    @property
    def extra_columns(self) -> tuple[FilterColumn, ...]:
        """The columns that are read for this choice only."""
        return tuple({where.field: where.column for where in self.where}.values())

    @property
    def is_all(self) -> bool:
        """Return whether everybody is wanted."""
        return not (self.names or self.where or self.rows)


class Choice(Struct, frozen=True, kw_only=True):
    """The schools wanted: those that fulfil all of `where`, one of `rows` and one of `states`, as far as given."""

    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()
    states: tuple[str, ...] = ()  # values of the column « etat », as typed
    sort: tuple[FilterColumn, ...] = ()  # if empty, schools stay in the order of the list
    people: PeopleChoice = PeopleChoice()
    groups: tuple[tuple[int, str, tuple[Where, ...]], ...] = ()  # of a campaign, whose conditions choose nothing
    printed: tuple[str, ...] = ()  # titles of columns of either list; whether one has it is asked when both are read

    @property
    def extra_columns(self) -> tuple[FilterColumn, ...]:
        """The columns that are no field and that are read for this choice only."""
        asked = (*self.where, *(where for *_, conditions in self.groups for where in conditions))
        columns = (*(where.column for where in asked), *self.sort)
        return tuple({column.name: column for column in columns if column.name not in FIELDS}.values())

    @property
    def is_all(self) -> bool:
        """Return whether every school is wanted."""
        return not (self.where or self.rows or self.states)


EVERYTHING = Choice()
