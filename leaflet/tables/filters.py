"""Which schools of a list are wanted, and in which order; a filter that no school passes is a fault.

Filters never change what is checked: faults of rows that are left out are told all the same, but for rows of
another state than those asked for (`leaflet.tables.schools`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from leaflet.confidential import normalise
from leaflet.faults import Place, Report
from leaflet.tables.asked import Asked, is_askable
from leaflet.tables.names import SCHOOLS
from leaflet.tables.school import School
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
    }
)
_NUMBERS: Mapping[str, Callable[[School], int | None]] = MappingProxyType(
    {"copies": lambda school: school.copies, "staff": lambda school: school.staff}
)
FIELDS: tuple[str, ...] = (*_TEXTS, *_NUMBERS)
_FRENCH = {field: SCHOOLS.aliases["address_1" if field == "address" else field][0] for field in FIELDS}
_WHERE = re.compile(r"(?P<field>[^=!~]*)(?P<operator>!=|=|~)(?P<value>.*)", re.DOTALL)
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})?")
_LINES = re.compile(r"(?P<first>[0-9]{1,7})?(?P<to>-)?(?P<last>[0-9]{1,7})?")
_EXAMPLES = 20  # values that a message lists


def fold(text: str) -> str:
    """`text` as it is compared: without regard to capitals, accents, kinds of apostrophe and numbers of spaces."""
    return " ".join(unaccented(text.casefold()).split())


def value_of(school: School, field: str) -> str:
    """What the list says of a school in one of `FIELDS` or in a column that was asked for, as text."""
    if field in _TEXTS:
        return _TEXTS[field](school)
    if field in _NUMBERS:
        number = _NUMBERS[field](school)
        return "" if number is None else str(number)
    return dict(school.asked)[field]


class Where(Struct, frozen=True, kw_only=True):
    """One condition: ``commune=Tours``, ``commune!=Tours``, ``name~college``; `text` is how it was typed."""

    column: Asked
    operator: str
    value: str
    text: str

    @property
    def field(self) -> str:
        """One of `FIELDS`, or the normalised name of a column of the list."""
        return self.column.name

    def passes(self, school: School) -> bool:
        found, wanted = fold(value_of(school, self.field)), fold(self.value)
        if self.operator == "~":
            return wanted in found
        return (found == wanted) == (self.operator == "=")


class Lines(Struct, frozen=True, kw_only=True):
    """Lines of the list, both ends counted; None is its end."""

    first: int = 1
    last: int | None = None
    text: str

    def passes(self, school: School) -> bool:
        return self.first <= school.line and (self.last is None or school.line <= self.last)


class Choice(Struct, frozen=True, kw_only=True):
    """The schools wanted: all of `where`, one of `rows` and one of `states` must hold; empty ones let all pass.

    Args:
        states: what the column « etat » says, as typed.
        sort: fields of `FIELDS`, or columns of the list; empty keeps its order.
    """

    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()
    states: tuple[str, ...] = ()
    sort: tuple[Asked, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The columns that are no field, to be read for this choice."""
        columns = (*(where.column for where in self.where), *self.sort)
        return tuple({column.name: column for column in columns if column.name not in FIELDS}.values())

    @property
    def is_all(self) -> bool:
        """Whether every school is wanted."""
        return not (self.where or self.rows or self.states)


EVERYTHING = Choice()


def parse_choice(
    *,
    where: Iterable[str] = (),
    rows: str | None = None,
    states: Iterable[str] = (),
    sort: str | None = None,
    of: str = "--",
) -> Choice:
    """A choice from what was typed.

    Args:
        of: what stands before the names of the options in messages.

    Raises:
        UsageError: with everything that cannot be understood (U010, U012, U018).
    """
    report = Report()
    conditions = [_parse_where(text, f"{of}where", report) for text in where]
    lines = [_parse_lines(text, f"{of}rows", report) for text in rows.split(",")] if rows is not None else []
    keys = [_parse_column(text, f"{of}sort", report) for text in sort.split(",")] if sort is not None else []
    report.raise_errors()
    return Choice(
        where=tuple(condition for condition in conditions if condition is not None),
        rows=tuple(some for some in lines if some is not None),
        states=tuple(states),
        sort=tuple(keys),
    )


def _parse_where(text: str, option: str, report: Report) -> Where | None:
    match = _WHERE.fullmatch(text)
    if match is None or not match["field"].strip():
        report.add("U010", Place(field=option), value=text)
        return None
    column = _parse_column(match["field"], option, report)
    return Where(column=column, operator=match["operator"], value=match["value"].strip(), text=text)


def _parse_lines(text: str, option: str, report: Report) -> Lines | None:
    match = _LINES.fullmatch("".join(text.split()))
    if match is None or not (match["first"] or match["last"]):
        report.add("U012", Place(field=option), value=text)
        return None
    first = int(match["first"] or 1)
    last = None if match["to"] and not match["last"] else int(match["last"] or match["first"])
    if last is not None and last < first:
        report.add("U012", Place(field=option), value=text)
        return None
    return Lines(first=first, last=last, text=text.strip())


def _parse_column(text: str, option: str, report: Report) -> Asked:
    """What a name means: one of `FIELDS` by its own name or that of its column, else a column of the list."""
    name = normalise(text)
    field = name if name in FIELDS or name in SCHOOLS.aliases else SCHOOLS.meaning(name)
    if field is not None and field.startswith("address_"):
        field = "address"
    if field is None and name and not is_askable(text):
        report.add("U018", Place(field=option), value=text.strip())
    return Asked(name=field or name, text=text.strip(), option=option)


def choose(schools: Sequence[School], choice: Choice, place: Place, report: Report) -> Sequence[School]:
    """The schools that pass, in the order asked for; what matches nothing goes to the report (U013 to U016).

    Args:
        place: the list.
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
    """Whether a field holds whole numbers only; « 01 » is a code."""
    return field not in _TEXTS and all(_WHOLE.fullmatch(value_of(school, field)) for school in schools)


def _sort_key(school: School, field: str, is_counted: bool) -> tuple[bool, int, str]:
    """Numbers by their size, texts without accents and capitals; what the list does not say comes last."""
    text = fold(value_of(school, field))
    return not text, int(text or 0) if is_counted else 0, "" if is_counted else text


class _Chooser(Struct, frozen=True, kw_only=True):
    """One choice among the schools of one list."""

    schools: Sequence[School]
    choice: Choice
    place: Place
    report: Report

    def choose(self) -> list[School]:
        chosen = [school for school in self.schools if self._passes(school)]
        if chosen:
            self.report.add("U017", self.place, count=len(chosen), total=len(self.schools))
        else:
            self.report.add("U016", self.place)
        return chosen

    def is_possible(self) -> bool:
        """Whether each filter alone lets a school pass."""
        before = len(self.report.errors)
        for where in self.choice.where:
            if not any(map(where.passes, self.schools)):
                self._add_nothing(where.field, where.text)
        for state in self.choice.states:
            if all(fold(school.state) != fold(state) for school in self.schools):
                self._add_nothing("state", state)
        for lines in self.choice.rows:
            if not any(map(lines.passes, self.schools)):
                first, last = (pick(school.line for school in self.schools) for pick in (min, max))
                self.report.add("U014", self.place, value=lines.text, first=first, last=last)
        return len(self.report.errors) == before

    def _passes(self, school: School) -> bool:
        choice = self.choice
        return (
            all(where.passes(school) for where in choice.where)
            and (not choice.rows or any(lines.passes(school) for lines in choice.rows))
            and (not choice.states or fold(school.state) in map(fold, choice.states))
        )

    def _add_nothing(self, field: str, value: str) -> None:
        """The fault of a filter that nothing passes, with what the list has instead."""
        found: dict[str, str] = {}
        for school in self.schools:
            if text := value_of(school, field):
                found.setdefault(fold(text), text)
        values = [found[key] for key in sorted(found)]
        if not values:
            self.report.add("U015", self.place, value=value, column=_FRENCH.get(field, field))
            return
        more = ", …" if len(values) > _EXAMPLES else ""
        known = ", ".join(values[:_EXAMPLES]) + more
        self.report.add("U013", self.place, value=value, column=_FRENCH.get(field, field), known=known)
