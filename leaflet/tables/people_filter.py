"""Choose the people of a staff list that are wanted, so that one new colleague is one card.

No fault says a name or the text of a cell: people are told by their lines.
"""

from collections.abc import Iterable, Mapping, Sequence

from leaflet.faults import Place, Report
from leaflet.tables.choice import PeopleChoice, Where, comparable
from leaflet.tables.headers import quote_word
from leaflet.tables.rows import format_spans
from leaflet.tables.staff import Person
from leaflet.tables.table import sheet_name

People = Mapping[str, Sequence[Person]]


def choose_people(people: People, choice: PeopleChoice, place: Place, report: Report) -> dict[str, list[Person]]:
    """Return the people wanted, by the UAI of their school; schools without any are absent.

    Args:
        people: Everybody of the list.
        choice: Who is wanted.
        place: The list.
        report: Takes a note of how many were chosen (U115), a warning for a name that several of them have (U114),
            and an error if nobody of the list is (U113).
    """
    everybody = [person for staff in people.values() for person in staff]
    chosen = {uai: [p for p in staff if _is_wanted(p, choice)] for uai, staff in people.items()}
    chosen = {uai: staff for uai, staff in chosen.items() if staff}
    wanted = [person for staff in chosen.values() for person in staff]
    for name in choice.names:
        found = [person for person in wanted if _has_name(person, name)]
        if len(found) > 1:
            example = quote_word(f"staff:{format_places(found[:1])}")
            report.add("U114", place, count=len(found), lines=format_places(found), example=example)
    if wanted:
        report.add("U115", place, count=len(wanted), total=len(everybody))
    elif everybody:  # a list without people has faults of its own
        report.add("U113", place, total=len(everybody))
    return chosen


def format_places(people: Iterable[Person]) -> str:
    """Return the lines of people as messages name them: ``3, 5–9``, or ``Agents!4`` if there are several sheets."""
    lines: dict[str, list[int]] = {}
    for person in people:
        lines.setdefault(person.sheet, []).append(person.line)
    spans = {sheet: format_spans(sorted(found)) for sheet, found in lines.items()}
    return ", ".join(f"{sheet_name(sheet)}!{found}" if sheet else found for sheet, found in spans.items())


def _is_wanted(person: Person, choice: PeopleChoice) -> bool:
    return (
        (not choice.names or any(_has_name(person, name) for name in choice.names))
        and (not choice.rows or any(lines.includes(person.line, person.sheet) for lines in choice.rows))
        and all(_fulfils(person, where) for where in choice.where)
    )


def _has_name(person: Person, text: str) -> bool:
    """Check whether every word of a text is in the name of a person, in any order."""
    name = comparable(person.name)
    return all(word in name for word in comparable(text).split())


def _fulfils(person: Person, where: Where) -> bool:
    return where.accepts(dict(person.extra).get(where.field, ""))
