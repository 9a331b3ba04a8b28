"""Parse filters as they are typed in options of a command, or in a campaign: ``commune=Tours``, ``10-20,staff:7``.

Filters of people are parsed here too, because one option may mean either list.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from leaflet.confidential import normalise
from leaflet.faults import Place, Report
from leaflet.tables.choice import FIELDS, Choice, FilterColumn, Lines, PeopleChoice, Where
from leaflet.tables.filter_columns import is_filterable, may_filter_people, school_field

_WHERE = re.compile(r"(?P<field>[^=!~]*)(?P<operator>!=|=|~)(?P<value>.*)", re.DOTALL)
_LINES = re.compile(r"(?P<first>[0-9]{1,7})?(?P<to>[-–])?(?P<last>[0-9]{1,7})?")
_SHEET = re.compile(r"\s*(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^!]+))!(?P<lines>.*)", re.DOTALL)
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*\Z)")  # in no name of a sheet
_LISTS = ("schools", "staff")


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
    names = tuple(map(str.strip, persons))
    if not all(names):
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
    """Return ranges of lines by list; a prefix holds until the next one: ``10-20,staff:3,7,Maths!2``.

    Names of sheets are written as messages show them: between apostrophes if they are more than a word.
    """
    found: dict[str, list[Lines]] = {}
    name, sheet = "schools", ""
    for part in _COMMA.split(text):
        prefix, colon, rest = part.partition(":")
        if colon and prefix.strip() in _LISTS:
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
