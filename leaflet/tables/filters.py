"""The schools of a list that are wanted, and their order; a filter that no school matches is a fault.

Filters of people (`PeopleChoice`) are parsed here too, because one option may mean either list; they are applied in
`people_filter`.

A filter may name a column that no leaflet prints: it is found in the header and read like any field (an *extra
column*). Columns with personal data cannot be named, whatever list they are in.

Filters never change the checks: faults of rows that are left out are reported all the same, except for rows of
another state than those wanted (see `schools`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Place, Report
from leaflet.tables.headers import ListColumns
from leaflet.tables.names import PERSONAL, SCHOOLS, STAFF
from leaflet.tables.school import School, Sector
from leaflet.tables.table import Table
from leaflet.text import unaccented

_TEXTS: Mapping[str, Callable[[School], str]] = MappingProxyType(
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
FIELDS: tuple[str, ...] = (*_TEXTS, *_NUMBERS)
_FRENCH = {field: SCHOOLS.aliases["address_1" if field == "address" else field][0] for field in FIELDS}
_WHERE = re.compile(r"(?P<field>[^=!~]*)(?P<operator>!=|=|~)(?P<value>.*)", re.DOTALL)
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})?")
_LINES = re.compile(r"(?P<first>[0-9]{1,7})?(?P<to>-)?(?P<last>[0-9]{1,7})?")
_LISTS = ("schools", "staff")
_EXAMPLES = 20  # values that a message lists


def normalised(text: str) -> str:
    """Return a text for comparing, without capitals, accents, kinds of apostrophe and numbers of spaces."""
    return " ".join(unaccented(text.casefold()).split())


def value_of(school: School, field: str) -> str:
    """Return the value of a school in one of `FIELDS` or in an extra column, as text."""
    if field in _TEXTS:
        return _TEXTS[field](school)
    if field in _NUMBERS:
        number = _NUMBERS[field](school)
        return "" if number is None else str(number)
    return dict(school.extra)[field]


class FilterColumn(Struct, frozen=True, kw_only=True):
    """A column that a filter or the sorting names.

    Attributes:
        name: One of `FIELDS`, or the normalised name of a column of the list.
        text: The name as typed.
        option: The option in which it was typed.
        list: The list that has the column, ``schools`` or ``staff``; empty if the user does not say.
    """

    name: str
    text: str
    option: str
    list: Literal["schools", "staff", ""] = ""


class Where(Struct, frozen=True, kw_only=True):
    """One condition: ``commune=Tours``, ``commune!=Tours``, ``name~college``.

    Attributes:
        column: The column that is compared.
        operator: ``=`` the same, ``!=`` another, ``~`` containing; see `normalised`.
        value: The value that it is compared with.
        text: The condition as typed.
    """

    column: FilterColumn
    operator: str
    value: str
    text: str

    @property
    def field(self) -> str:
        """The column: one of `FIELDS`, or its normalised name."""
        return self.column.name

    def matches(self, school: School) -> bool:
        """Check whether a school fulfils the condition."""
        return self.accepts(value_of(school, self.field))

    def accepts(self, text: str) -> bool:
        """Check whether a value fulfils the condition."""
        found, wanted = normalised(text), normalised(self.value)
        if self.operator == "~":
            return wanted in found
        return (found == wanted) == (self.operator == "=")


class Lines(Struct, frozen=True, kw_only=True):
    """A range of lines of the list.

    Attributes:
        first: The first line.
        last: The last line, included; None for the end of the list.
        text: The range as typed.
    """

    first: int = 1
    last: int | None = None
    text: str

    def matches(self, school: School) -> bool:
        """Check whether a school is in the range."""
        return self.includes(school.line)

    def includes(self, line: int) -> bool:
        """Check whether a line is in the range."""
        return self.first <= line and (self.last is None or line <= self.last)


class PeopleChoice(Struct, frozen=True, kw_only=True):
    """The people wanted: those that fulfil all of `where`, one of `names` and one of `rows`.

    An empty value is fulfilled by everybody.

    Attributes:
        names: Names or parts of names, as typed.
        where: Conditions on columns of the staff list.
        rows: Ranges of its lines.
    """

    names: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()

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

    Attributes:
        where: Conditions on fields and columns.
        rows: Ranges of lines.
        states: Values of the column « etat », as typed.
        sort: The columns to sort by; if empty, schools stay in the order of the list.
        people: Which people of the staff list are wanted.
    """

    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()
    states: tuple[str, ...] = ()
    sort: tuple[FilterColumn, ...] = ()
    people: PeopleChoice = EVERYBODY

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


def parse_choice(
    *,
    where: Iterable[str] = (),
    rows: str | None = None,
    states: Iterable[str] = (),
    sort: str | None = None,
    persons: Iterable[str] = (),
    of: str = "--",
) -> Choice:
    """Parse the options of a command.

    Args:
        where: Conditions.
        rows: Ranges of lines, with commas between them; those after ``staff:`` are of the staff list.
        states: Values of the column « etat ».
        sort: Names of columns, with commas between them.
        persons: Names or parts of names of people.
        of: The text before the names of the options in messages.

    Raises:
        UsageError: Something cannot be understood (U010, U012, U018, U112); it holds all faults.
    """
    report = Report()
    found = [_parse_where(text, f"{of}where", report) for text in where]
    conditions = [condition for condition in found if condition is not None]
    lines = _parse_rows(rows, f"{of}rows", report) if rows is not None else {}
    keys = [_parse_column(text, f"{of}sort", report) for text in sort.split(",")] if sort is not None else []
    names = tuple(name for name in map(str.strip, persons) if name)
    if len(names) < len(tuple(persons)):
        report.add("U112", Place(field=f"{of}person"))
    report.raise_errors()
    return Choice(
        where=tuple(condition for condition in conditions if condition.column.list != "staff"),
        rows=tuple(lines.get("schools", ())),
        states=tuple(states),
        sort=tuple(keys),
        people=PeopleChoice(
            names=names,
            where=tuple(condition for condition in conditions if condition.column.list == "staff"),
            rows=tuple(lines.get("staff", ())),
        ),
    )


def _parse_rows(text: str, option: str, report: Report) -> dict[str, list[Lines]]:
    """Return ranges of lines by list; a prefix holds until the next one: ``10-20,staff:3,7``."""
    found: dict[str, list[Lines]] = {}
    name = "schools"
    for part in text.split(","):
        prefix, colon, rest = part.partition(":")
        if colon and prefix.strip() in _LISTS:
            name, part = prefix.strip(), rest
        lines = _parse_lines(part, option, report)
        if lines is not None:
            found.setdefault(name, []).append(lines)
    return found


def assign_filters(choice: Choice, schools: Collection[str], staff: Collection[str], report: Report) -> Choice:
    """Return a choice whose conditions on columns that only the staff list has are conditions of people.

    Args:
        choice: As parsed; conditions of the command line only are assigned.
        schools: The normalised names of the columns of the list of schools.
        staff: Those of the staff list that a filter may name.
        report: Takes a fault for each column that both lists have (U110).
    """
    of_schools: list[Where] = []
    of_staff = list(choice.people.where)
    for where in choice.where:
        column, name = where.column, normalise(where.column.text)
        if column.option != "--where" or column.list or name not in staff:
            of_schools.append(where)
        elif name in schools:
            report.add("U110", Place(field=column.option), value=column.text, text=where.text)
        else:
            of_staff.append(replace(where, column=replace(column, name=name, list="staff")))
    return replace(choice, where=tuple(of_schools), people=replace(choice.people, where=tuple(of_staff)))


def filterable_people_columns(titles: Iterable[str]) -> frozenset[str]:
    """Return the normalised names of the columns of a staff list that a filter may name: none of personal data."""
    names = {normalise(title): title for title in titles}
    return frozenset(name for name, title in names.items() if _may_filter_people(title)) - {"uai"}


def _may_filter_people(title: str) -> bool:
    name = normalise(title)
    private = STAFF.unneeded | STAFF.pupils | frozenset(STAFF.refused)
    return bool(name) and not is_secret_name(title) and name not in private and STAFF.meaning(name) is None


def _parse_where(text: str, option: str, report: Report) -> Where | None:
    match = _WHERE.fullmatch(text)
    if match is None or not match["field"].strip():
        report.add("U010", Place(field=option), value=text)
        return None
    prefix, colon, name = match["field"].partition(":")
    name_of_list = prefix.strip() if colon else ""
    if name_of_list == "staff":
        column = _parse_people_column(name, option, report)
    elif name_of_list == "schools":
        column = replace(_parse_column(name, option, report), list="schools")
    else:
        column = _parse_column(match["field"], option, report)
    return Where(column=column, operator=match["operator"], value=match["value"].strip(), text=text)


def _parse_lines(text: str, option: str, report: Report) -> Lines | None:
    match = _LINES.fullmatch("".join(text.split()))
    if match is None or not (match["first"] or match["last"]):
        why = {"why_en": "does not name lines of the list", "why_fr": "ne désigne pas de lignes de la liste"}
        report.add("U012", Place(field=option), value=text, option=option, example="10-20", **why)
        return None
    first = int(match["first"] or 1)
    last = None if match["to"] and not match["last"] else int(match["last"] or match["first"])
    if last is not None and last < first:
        why = {
            "why_en": "is the wrong way round: the smaller line number comes first",
            "why_fr": "est à l’envers\u00a0: le plus petit numéro de ligne vient en premier",
        }
        report.add("U012", Place(field=option), value=text, option=option, example=f"{last}-{first}", **why)
        return None
    return Lines(first=first, last=last, text=text.strip())


def _parse_people_column(text: str, option: str, report: Report) -> FilterColumn:
    """Return a column of the staff list; none of personal data (U018), and on the command line only (U111)."""
    if option != "--where":
        report.add("U111", Place(field=option), value=text.strip())
    elif not _may_filter_people(text):
        report.add("U018", Place(field=option), value=text.strip())
    return FilterColumn(name=normalise(text), text=text.strip(), option=option, list="staff")


def _parse_column(text: str, option: str, report: Report) -> FilterColumn:
    """Return the column of a name: one of `FIELDS` by its own name or one of its aliases, else one of the list."""
    name = normalise(text)
    field = name if name in FIELDS or name in SCHOOLS.aliases else SCHOOLS.meaning(name)
    if field is not None and (field.startswith("address_") or field == "full_address"):
        field = "address"
    if field is None and name and not is_filterable(text):
        report.add("U018", Place(field=option), value=text.strip())
    return FilterColumn(name=field or name, text=text.strip(), option=option)


def choose(schools: Sequence[School], choice: Choice, place: Place, report: Report) -> Sequence[School]:
    """Return the schools wanted, in the order wanted.

    Args:
        schools: All schools of the list.
        choice: The schools wanted, and their order.
        place: The list.
        report: Takes a note of how many were chosen, and a fault for each filter that nothing matches (U013 to U016).
    """
    chosen = schools
    if schools and not choice.is_all:
        chooser = _Chooser(schools=schools, choice=choice, place=place, report=report)
        chosen = chooser.choose() if chooser.is_possible() else []
    if not choice.sort:
        return chosen
    keys = [(key.name, _is_counted(chosen, key.name)) for key in choice.sort]
    return sorted(chosen, key=lambda school: [_sort_key(school, field, is_counted) for field, is_counted in keys])


def _is_counted(schools: Sequence[School], field: str) -> bool:
    """Check whether a field holds whole numbers only; « 01 » is a code."""
    return field not in _TEXTS and all(_WHOLE.fullmatch(value_of(school, field)) for school in schools)


def _sort_key(school: School, field: str, is_counted: bool) -> tuple[bool, int, str]:
    """Return a key that sorts numbers by size, texts without accents and capitals, and empty values last."""
    text = normalised(value_of(school, field))
    return not text, int(text or 0) if is_counted else 0, "" if is_counted else text


class _Chooser(Struct, frozen=True, kw_only=True):
    """Chooses among the schools of one list."""

    schools: Sequence[School]
    choice: Choice
    place: Place
    report: Report

    def choose(self) -> list[School]:
        """Return the schools that match all filters."""
        chosen = [school for school in self.schools if self._matches(school)]
        if chosen:
            self.report.add("U017", self.place, count=len(chosen), total=len(self.schools))
        else:
            self.report.add("U016", self.place)
        return chosen

    def is_possible(self) -> bool:
        """Check that each filter alone matches some school."""
        before = len(self.report.errors)
        for where in self.choice.where:
            if not any(map(where.matches, self.schools)):
                self._add_nothing(where.field, where.text)
        for state in self.choice.states:
            if all(normalised(school.state) != normalised(state) for school in self.schools):
                self._add_nothing("state", state)
        for lines in self.choice.rows:
            if not any(map(lines.matches, self.schools)):
                place = replace(self.place, field="--rows")
                self.report.add("U014", place, **no_school_there(lines.text, self.schools))
        return len(self.report.errors) == before

    def _matches(self, school: School) -> bool:
        choice = self.choice
        return (
            all(where.matches(school) for where in choice.where)
            and (not choice.rows or any(lines.matches(school) for lines in choice.rows))
            and (not choice.states or normalised(school.state) in map(normalised, choice.states))
        )

    def _add_nothing(self, field: str, value: str) -> None:
        """Report a filter that nothing matches, with the values that the list has instead."""
        found: dict[str, str] = {}
        for school in self.schools:
            if text := value_of(school, field):
                found.setdefault(normalised(text), text)
        values = [found[key] for key in sorted(found)]
        if not values:
            self.report.add("U015", self.place, value=value, column=_FRENCH.get(field, field))
            return
        more = ", …" if len(values) > _EXAMPLES else ""
        known = ", ".join(values[:_EXAMPLES]) + more
        self.report.add("U013", self.place, value=value, column=_FRENCH.get(field, field), known=known)


def no_school_there(lines: str, schools: Sequence[School]) -> dict[str, object]:
    """Return the values of the fault of lines of the list without a school (U014)."""
    first, last = (pick(school.line for school in schools) for pick in (min, max))
    is_one = lines.isdecimal()
    return {
        "lines_en": f"line {lines}" if is_one else f"lines {lines}",
        "lines_fr": f"à la ligne {lines}" if is_one else f"aux lignes {lines}",
        "schools_en": f"line {first}" if first == last else f"lines {first} to {last}",
        "schools_fr": f"à la ligne {first}" if first == last else f"aux lignes {first} à {last}",
    }


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
    return None if missing else replace(columns, index={**columns.index, **found}, extra=tuple(found))
