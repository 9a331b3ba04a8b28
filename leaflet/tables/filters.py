"""Choose the schools of a list that are wanted, in their order; a filter that no school matches is a fault.

Filters never change the checks: faults of rows that are left out are reported all the same, except for rows of
another state than those wanted (see `schools`).
"""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, Report
from leaflet.tables.choice import FIELDS, TEXT_FIELDS, Choice, comparable, value_of
from leaflet.tables.names import SCHOOLS
from leaflet.tables.school import School

_FRENCH = {field: SCHOOLS.aliases["address_1" if field == "address" else field][0] for field in FIELDS}
_WHOLE = re.compile(r"(?:0|[1-9][0-9]{0,8})?")
_EXAMPLES = 20  # values that a message lists


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
    return field not in TEXT_FIELDS and all(_WHOLE.fullmatch(value_of(school, field)) for school in schools)


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
                self.report.add("U014", place, **no_school_there(str(lines), self.schools))
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
        more = ", …" if len(values) > _EXAMPLES else ""
        known = ", ".join(values[:_EXAMPLES]) + more
        self.report.add("U013", self.place, value=value, column=_FRENCH.get(field, field), known=known)


def no_school_there(lines: str, schools: Sequence[School], option: str = "--rows") -> dict[str, object]:
    """Return the values of the fault of lines of the list without a school (U014), asked for with an option."""
    first, last = (pick(school.line for school in schools) for pick in (min, max))
    is_one = lines.isdecimal()
    return {
        "lines_en": f"line {lines}" if is_one else f"lines {lines}",
        "lines_fr": f"à la ligne {lines}" if is_one else f"aux lignes {lines}",
        "schools_en": f"line {first}" if first == last else f"lines {first} to {last}",
        "schools_fr": f"à la ligne {first}" if first == last else f"aux lignes {first} à {last}",
        "example": f"{option} {first}" if first == last or option == "--row" else f"{option} {first}-{last}",
    }
