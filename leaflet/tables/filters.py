"""Choose the schools of a list that are wanted, in their order; a filter that no school matches is a fault.

Filters never change the checks: faults of rows that are left out are reported all the same, except for rows of
another state than those wanted (see `schools`). Here, too: which columns a filter or the sorting may name, in which
list, and filters parsed as they are typed in options or in a campaign: ``commune=Tours``, ``10-20,staff:7``.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Place, Report
from leaflet.files.words import in_both
from leaflet.tables.column_names import SCHOOLS, STAFF, is_personal
from leaflet.tables.headers import ListColumns
from leaflet.tables.person_names import split_name, without_courtesy_title
from leaflet.tables.row_selection import (
    FIELDS,
    TEXT_FIELDS,
    Choice,
    FilterColumn,
    Lines,
    PeopleChoice,
    Where,
    comparable,
    value_of,
)
from leaflet.tables.school import School
from leaflet.tables.table import Table
from leaflet.text import nearest

_FRENCH = {field: SCHOOLS.aliases["address_1" if field == "address" else field][0] for field in FIELDS}
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})?")
_EXAMPLES = 20  # values that a message lists


def choose(schools: Sequence[School], choice: Choice, place: Place, report: Report) -> Sequence[School]:
    """Return the schools wanted, in the order wanted; each filter that nothing matches is a fault (U013 to U016)."""
    chosen = schools
    if schools and not choice.is_all:
        chooser = _Chooser(schools=schools, choice=choice, place=place, report=report)
        chosen = chooser.choose() if chooser.is_possible() else []
    if not choice.sort:
        return chosen
    counted = {  # which hold whole numbers only; « 01 » is a code
        key.name: key.name not in TEXT_FIELDS and all(_WHOLE.fullmatch(value_of(one, key.name)) for one in chosen)
        for key in choice.sort
    }
    return sorted(chosen, key=lambda school: [_sort_key(school, *column) for column in counted.items()])


def _sort_key(school: School, field: str, is_counted: bool) -> tuple[bool, int, str]:
    """Return a key that sorts numbers by size, texts without accents and capitals, and empty values last."""
    text = comparable(value_of(school, field))
    return not text, int(text or 0) if is_counted else 0, "" if is_counted else text


class _Chooser(Struct, frozen=True, kw_only=True):
    """Chooses among the schools of one list."""

    schools: Sequence[School]
    choice: Choice
    place: Place
    report: Report

    def choose(self) -> list[School]:
        """Return the schools that match all filters."""
        chosen, choice = [*self.schools], self.choice
        for where in choice.where:
            chosen = [school for school in chosen if where.matches(school)]
        if choice.rows:
            chosen = [school for school in chosen if any(lines.matches(school) for lines in choice.rows)]
        if choice.states:
            states = frozenset(map(comparable, choice.states))
            chosen = [school for school in chosen if comparable(school.state) in states]
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
            if all(comparable(school.state) != comparable(state) for school in self.schools):
                self._add_nothing("state", state)
        for lines in self.choice.rows:
            if not any(map(lines.matches, self.schools)):
                place = replace(self.place, field="--rows")
                self.report.add("U014", place, **_no_school_there(str(lines), self.schools))
        return len(self.report.errors) == before

    def _add_nothing(self, field: str, value: str) -> None:
        """Report a filter that nothing matches, with the values that the list has instead."""
        found: dict[str, str] = {}
        for school in self.schools:
            if text := value_of(school, field):
                found.setdefault(comparable(text), text)
        values = [found[key] for key in sorted(found)]
        if not values:
            self.report.add("U015", self.place, value=value, column=_FRENCH.get(field, field))
            return
        people = (one for one in values if without_courtesy_title(one) != one or split_name(one) is not None)
        has_people = field not in FIELDS and any(people)  # whatever the column is called
        shown = [] if has_people else values[:_EXAMPLES]
        known = ", ".join(shown if len(shown) == len(values) else (*shown, "…"))
        self.report.add("U013", self.place, value=value, column=_FRENCH.get(field, field), known=known)


def _no_school_there(lines: str, schools: Sequence[School]) -> dict[str, object]:
    """Return the values of the fault of lines of the list without a school (U014)."""
    first, last = (str(pick(school.line for school in schools)) for pick in (min, max))
    asked = in_both("lines", "on_line" if lines.isdecimal() else "on_lines", lines=lines)
    there = in_both("schools", "on_line" if first == last else "on_lines_to", lines=first, last=last)
    return {**asked, **there, "example": f"--rows {first}" if first == last else f"--rows {first}-{last}"}


_OF_PEOPLE = STAFF.unused - {"signature", "remarque", "remarques", "observations"}


def assign_filters(choice: Choice, schools: Collection[str], staff: Collection[str], report: Report) -> Choice:
    """Return a choice whose conditions on columns that only the staff list has are conditions of people.

    Conditions of the command line only are assigned; a column that both lists have, whatever the schools' list calls
    it, is a fault (U110). `schools` are the normalised names of its columns and the fields that the campaign gives to
    some, `staff` the names of the staff list that a filter may name.
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
    """Return the field that a normalised name means in filters of schools; all parts of a postal address are one."""
    field = name if name in FIELDS or name in SCHOOLS.aliases else SCHOOLS.meaning(name)
    is_address = field is not None and (field.startswith("address_") or field == "full_address")
    return "address" if is_address else field


def may_filter_people(title: str) -> bool:
    """Tell whether a filter of people may name a column: only those known to say nothing private are allowed."""
    return normalise(title) in _OF_PEOPLE


def is_filterable(title: str) -> bool:
    """Check whether a filter may name a column: the column has a name, of no secret and of no personal data."""
    name = normalise(title)
    return bool(name) and not is_secret_name(title) and name not in SCHOOLS.pupils and not is_personal(name)


def add_extra_columns(
    opened: Sequence[tuple[Table, ListColumns]],
    extra: Collection[FilterColumn],
    printed: Iterable[str],
    may_name: Callable[[str], bool],
    report: Report,
) -> list[tuple[Table, ListColumns]]:
    """Add extra columns to those of the sheets of a list; return no sheet if all lack one of a filter (U011).

    Printed are those that some sheet has, and that one may name; a filter on one of them reads it there.
    """
    titles = dict.fromkeys(title.strip() for table, _ in opened for title in table.header)
    names = set(map(normalise, titles))
    known = [*filter(may_name, titles)]
    missing = [column for column in extra if opened and not (column.name and column.name in names)]
    for column in missing:
        values = {"value": column.text, "known": ", ".join(known) or "–", "proposal": nearest(column.text, known)}
        report.add("U011", Place(file=opened[0][0].name, field=column.option), **values)
    to_print = dict.fromkeys(name for name in map(normalise, filter(may_name, printed)) if name in names)
    found: list[tuple[Table, ListColumns]] = []
    for table, columns in opened if not missing else ():
        at = {normalise(title): number for number, title in [*enumerate(table.header)][::-1]}
        read = {one.name: at[one.name] for one in extra if one.name in at and one.name not in to_print}
        found.append((table, replace(columns, extra=read, printed={name: at.get(name) for name in to_print})))
    return found


_WHERE = re.compile(r"(?P<field>[^=!~]*)(?P<operator>!=|=|~)(?P<value>.*)", re.DOTALL)
_LINES = re.compile(r"(?P<first>[0-9]{1,7})?(?P<to>[-–])?(?P<last>[0-9]{1,7})?")
_SHEET = re.compile(r"\s*(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^!]+))!(?P<lines>.*)", re.DOTALL)
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*\Z)")  # in no name of a sheet


def parse_choice(
    *,
    where: Iterable[str] = (),
    rows: str | None = None,
    states: Iterable[str] = (),
    sort: str | None = None,
    persons: Iterable[str] = (),
    called: str = "",
    of: str = "--",
) -> Choice:
    """Parse the options of a command; all that cannot be understood is one UsageError (U010, U012, U018, U112).

    Ranges of lines have commas between them; those after ``staff:`` are of the staff list. `of` stands before the
    names of the options in messages.
    """
    report = Report()
    found = [_parse_where(text, f"{of}where", report) for text in where]
    of_staff = [condition for condition in found if condition and condition.column.list == "staff"]
    lines = _parse_rows(rows, f"{of}rows", report) if rows is not None else {}
    keys = [_parse_column(text, f"{of}sort", report) for text in sort.split(",")] if sort is not None else []
    names = tuple(map(str.strip, persons))
    if not all(names):
        report.add("U112", Place(field=f"{of}person"))
    report.raise_errors()
    return Choice(
        where=tuple(condition for condition in found if condition and condition.column.list != "staff"),
        rows=tuple(lines.get("schools", ())),
        states=tuple(states),
        sort=tuple(keys),
        people=PeopleChoice(names=names, where=tuple(of_staff), rows=tuple(lines.get("staff", ())), called=called),
    )


def _parse_rows(text: str, option: str, report: Report) -> dict[str, list[Lines]]:
    """Return ranges of lines by list; a prefix holds until the next one: ``10-20,staff:3,7,Maths!2``.

    Names of sheets are written as messages show them: between apostrophes if they are more than a word.
    """
    found: dict[str, list[Lines]] = {}
    name, sheet = "schools", ""
    for part in _COMMA.split(text):
        prefix, colon, rest = part.partition(":")
        if colon and prefix.strip() in ("schools", "staff"):
            name, sheet, part = prefix.strip(), "", rest
        if match := _SHEET.fullmatch(part):
            sheet, part = (match["quoted"] or match["plain"].strip()).replace("''", "'"), match["lines"]
        lines = _parse_lines(part, option, report)
        if lines is not None:
            found.setdefault(name, []).append(replace(lines, sheet=sheet))
    return found


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
        why = in_both("why", "no_lines")
        report.add("U012", Place(field=option), value=text, option=option, example="10-20", **why)
        return None
    first = int(match["first"] or 1)
    last = None if match["to"] and not match["last"] else int(match["last"] or match["first"])
    if last is not None and last < first:
        why = in_both("why", "lines_wrong_way_round")
        report.add("U012", Place(field=option), value=text, option=option, example=f"{last}-{first}", **why)
        return None
    return Lines(first=first, last=last, text=text.strip())


def _parse_people_column(text: str, option: str, report: Report) -> FilterColumn:
    """Return a column of the staff list; none of personal data (U018), and on the command line only (U111)."""
    if option != "--where":
        report.add("U111", Place(field=option), value=text.strip())
    elif not may_filter_people(text):
        report.add("U018", Place(field=option), value=text.strip())
    return FilterColumn(name=normalise(text), text=text.strip(), option=option, list="staff")


def _parse_column(text: str, option: str, report: Report) -> FilterColumn:
    """Return the column of a name: one of `FIELDS` by its own name or one of its aliases, else one of the list.

    Secrets, personal data and fields that are none of `FIELDS`, such as the e-mail address, are refused (U018).
    """
    name = normalise(text)
    field = school_field(name)
    if (name and not is_filterable(text)) if field is None else field not in FIELDS:
        report.add("U018", Place(field=option), value=text.strip())
    return FilterColumn(name=field or name, text=text.strip(), option=option)
