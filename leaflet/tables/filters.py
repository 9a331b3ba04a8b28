"""Which schools of a list are wanted, and in which order; a filter that no school passes is a fault.

Filters never change what is checked: faults of rows that are left out are told all the same, but for rows of
another state than those asked for (`leaflet.tables.schools`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from leaflet.confidential import normalise
from leaflet.confidential.text import unaccented
from leaflet.faults import Place, Report
from leaflet.tables.names import SCHOOLS
from leaflet.tables.school import School

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
_LINES = re.compile(r"(?P<first>[0-9]{1,7})?(?P<to>-)?(?P<last>[0-9]{1,7})?")
_EXAMPLES = 20  # values that a message lists


def fold(text: str) -> str:
    """`text` as it is compared: without regard to capitals, accents, kinds of apostrophe and numbers of spaces."""
    return " ".join(unaccented(text.casefold()).split())


def value_of(school: School, field: str) -> str:
    """What the list says of a school in one of `FIELDS`, as text."""
    if field in _TEXTS:
        return _TEXTS[field](school)
    number = _NUMBERS[field](school)
    return "" if number is None else str(number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """One condition: ``commune=Tours``, ``commune!=Tours``, ``name~college``; `text` is how it was typed."""

    field: str
    operator: str
    value: str
    text: str

    def passes(self, school: School) -> bool:
        found, wanted = fold(value_of(school, self.field)), fold(self.value)
        if self.operator == "~":
            return wanted in found
        return (found == wanted) == (self.operator == "=")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """Lines of the list, both ends counted; None is its end."""

    first: int = 1
    last: int | None = None
    text: str

    def passes(self, school: School) -> bool:
        return self.first <= school.line and (self.last is None or school.line <= self.last)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The schools wanted: all of `where`, one of `rows` and one of `states` must hold; empty ones let all pass.

    Args:
        states: what the column « etat » says, as typed.
        sort: fields of `FIELDS`; empty keeps the order of the list.
    """

    where: tuple[Where, ...] = ()
    rows: tuple[Lines, ...] = ()
    states: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether every school is wanted."""
        return not (self.where or self.rows or self.states)


EVERYTHING = Choice()


def parse_choice(
    *, where: Iterable[str] = (), rows: str | None = None, states: Iterable[str] = (), sort: str | None = None
) -> Choice:
    """A choice from what was typed.

    Raises:
        UsageError: with everything that cannot be understood (U010 to U012).
    """
    report = Report()
    conditions = [_parse_where(text, report) for text in where]
    lines = [_parse_lines(text, report) for text in rows.split(",")] if rows is not None else []
    keys = [_parse_field(text, "--sort", report) for text in sort.split(",")] if sort is not None else []
    report.raise_errors()
    return Choice(
        where=tuple(condition for condition in conditions if condition is not None),
        rows=tuple(some for some in lines if some is not None),
        states=tuple(states),
        sort=tuple(key for key in keys if key is not None),
    )


def _parse_where(text: str, report: Report) -> Where | None:
    match = _WHERE.fullmatch(text)
    if match is None or not match["field"].strip():
        report.add("U010", Place(field="--where"), value=text)
        return None
    field = _parse_field(match["field"], "--where", report)
    if field is None:
        return None
    return Where(field=field, operator=match["operator"], value=match["value"].strip(), text=text)


def _parse_lines(text: str, report: Report) -> Lines | None:
    match = _LINES.fullmatch("".join(text.split()))
    if match is None or not (match["first"] or match["last"]):
        report.add("U012", Place(field="--rows"), value=text)
        return None
    first = int(match["first"] or 1)
    last = None if match["to"] and not match["last"] else int(match["last"] or match["first"])
    if last is not None and last < first:
        report.add("U012", Place(field="--rows"), value=text)
        return None
    return Lines(first=first, last=last, text=text.strip())


def _parse_field(text: str, option: str, report: Report) -> str | None:
    """The field that a name means: one of `FIELDS`, or one of the names that columns have."""
    name = normalise(text)
    field = name if name in FIELDS else SCHOOLS.meaning(name)
    if field is not None and field.startswith("address_"):
        field = "address"
    if field not in FIELDS:
        known = ", ".join(f"{field} ({_FRENCH[field]})" if field != _FRENCH[field] else field for field in FIELDS)
        report.add("U011", Place(field=option), value=text.strip(), known=known)
        return None
    return field


def choose(schools: Sequence[School], choice: Choice, place: Place, report: Report) -> list[School]:
    """The schools that pass, in the order asked for; what matches nothing goes to the report (U013 to U016).

    Args:
        place: the list.
    """
    chosen = list(schools)
    if schools and not choice.is_all:
        chooser = _Chooser(schools=schools, choice=choice, place=place, report=report)
        chosen = chooser.choose() if chooser.is_possible() else []
    return sorted(chosen, key=lambda school: [_sort_key(school, field) for field in choice.sort])


def _sort_key(school: School, field: str) -> tuple[bool, int, str]:
    """Numbers by their size, texts without accents and capitals; what the list does not say comes last."""
    number = _NUMBERS[field](school) if field in _NUMBERS else None
    text = fold(value_of(school, field))
    return not text, number or 0, text if field in _TEXTS else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chooser:
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
        found = {fold(text): text for school in reversed(self.schools) if (text := value_of(school, field))}
        values = [found[key] for key in sorted(found)]
        if not values:
            self.report.add("U015", self.place, value=value, column=_FRENCH[field])
            return
        more = ", …" if len(values) > _EXAMPLES else ""
        known = ", ".join(values[:_EXAMPLES]) + more
        self.report.add("U013", self.place, value=value, column=_FRENCH[field], known=known)
