"""The options of a preview, and which records they select.

The same records are selected each time for the same list: nothing is left to chance.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.production.options import InputOptions
from leaflet.tables import School
from leaflet.tables.filters import no_school_there

Pick = Literal["first", "longest", "shortest"]


class RecordSelection(Struct, frozen=True, kw_only=True):
    """The records to show, selected in one of three ways.

    Args:
        row: the school on this line of the list, as the user sees it.
        pick: one school by its place in the list, or by how much text is printed of it.
        sample: this many schools: the first, the longest, then some evenly spread.
    """

    row: int | None = None
    pick: Pick = "first"
    sample: int | None = None


FIRST = RecordSelection()


class PreviewOptions(InputOptions, frozen=True, kw_only=True):
    """The inputs of a preview, and what is shown of them.

    Args:
        selection: the records.
        dpi: the resolution of the pictures.
    """

    selection: RecordSelection = FIRST
    dpi: int = 110


def parse_selection(*, row: int | None, longest: bool, shortest: bool, sample: int | None) -> RecordSelection:
    """Return the selection that the options of the command line make.

    Raises:
        UsageError: more than one of them is given.
    """
    given = {"--row": row is not None, "--longest": longest, "--shortest": shortest, "--sample": sample is not None}
    names = [name for name, is_given in given.items() if is_given]
    if len(names) > 1:
        raise fail("U050", Place(), value=", ".join(names))
    return RecordSelection(row=row, pick="longest" if longest else "shortest" if shortest else "first", sample=sample)


def select_records(schools: Sequence[School], selection: RecordSelection, place: Place) -> list[School]:
    """Return the selected schools of a list that has at least one.

    Raises:
        UsageError: there is no school on the line asked for.
    """
    if selection.row is not None:
        return [find_by_line(schools, selection.row, place)]
    if selection.sample is not None:
        return sample_schools(schools, selection.sample)
    if selection.pick == "longest":
        return [find_longest(schools)]
    return [find_shortest(schools) if selection.pick == "shortest" else schools[0]]


def find_by_line(schools: Sequence[School], line: int, place: Place) -> School:
    """Return the school on a line of the list.

    Raises:
        UsageError: there is none.
    """
    for school in schools:
        if school.line == line:
            return school
    raise fail("U014", place, **no_school_there(str(line), schools, "--row"))


def text_length(school: School) -> int:
    """Return how much text is printed of a school: the characters of name, address, postcode and town."""
    return sum(map(len, (school.name, *school.address, school.postcode, school.town)))


def find_longest(schools: Sequence[School]) -> School:
    """Return the school with the longest text, the first one of several."""
    return max(schools, key=text_length)


def find_shortest(schools: Sequence[School]) -> School:
    """Return the school with the shortest text, the first one of several."""
    return min(schools, key=text_length)


def sample_schools(schools: Sequence[School], count: int) -> list[School]:
    """Return the first school, the longest one, then some spread evenly over the others; `count` if there are."""
    chosen = list({school.uai: school for school in (schools[0], find_longest(schools))}.values())[:count]
    known = {school.uai for school in chosen}
    others = [school for school in schools if school.uai not in known]
    rest = min(count - len(chosen), len(others))
    return chosen + [others[(2 * number + 1) * len(others) // (2 * rest)] for number in range(rest)]
