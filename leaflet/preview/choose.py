"""Which records a preview shows. Always the same ones for the same list: nothing is left to chance."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.tables import School

Pick = Literal["first", "longest", "shortest"]


class Wanted(Struct, frozen=True, kw_only=True):
    """The records asked for, one way only.

    Args:
        row: the school on this line of the list, as the user sees it.
        pick: one school by its place in the list, or by how much there is to print of it.
        sample: this many: the first, the longest, then some evenly spread.
    """

    row: int | None = None
    pick: Pick = "first"
    sample: int | None = None


FIRST = Wanted()


def parse_wanted(*, row: int | None, longest: bool, shortest: bool, sample: int | None) -> Wanted:
    """What the options say.

    Raises:
        UsageError: more than one of them is given.
    """
    given = {"--row": row is not None, "--longest": longest, "--shortest": shortest, "--sample": sample is not None}
    names = [name for name, is_given in given.items() if is_given]
    if len(names) > 1:
        raise fail("U050", Place(), value=", ".join(names))
    return Wanted(row=row, pick="longest" if longest else "shortest" if shortest else "first", sample=sample)


def choose_records(schools: Sequence[School], wanted: Wanted, place: Place) -> list[School]:
    """The schools wanted of a list that has at least one.

    Raises:
        UsageError: none stands on the line.
    """
    if wanted.row is not None:
        return [find_row(schools, wanted.row, place)]
    if wanted.sample is not None:
        return sample(schools, wanted.sample)
    return [{"first": first, "longest": longest, "shortest": shortest}[wanted.pick](schools)]


def find_row(schools: Sequence[School], row: int, place: Place) -> School:
    """The school on a line of the list.

    Raises:
        UsageError: none is.
    """
    for school in schools:
        if school.line == row:
            return school
    lines = [school.line for school in schools]
    raise fail("U014", place, value=row, first=min(lines), last=max(lines))


def length(school: School) -> int:
    """How much there is to print: the characters of name, address, postcode and town."""
    return sum(map(len, (school.name, *school.address, school.postcode, school.town)))


def first(schools: Sequence[School]) -> School:
    return schools[0]


def longest(schools: Sequence[School]) -> School:
    """The first of those with most to print."""
    return max(schools, key=length)


def shortest(schools: Sequence[School]) -> School:
    """The first of those with least to print."""
    return min(schools, key=length)


def sample(schools: Sequence[School], count: int) -> list[School]:
    """The first, the longest, then some evenly spread over the others; all if there are not more."""
    chosen = list({school.uai: school for school in (schools[0], longest(schools))}.values())[:count]
    known = {school.uai for school in chosen}
    others = [school for school in schools if school.uai not in known]
    rest = min(count - len(chosen), len(others))
    return chosen + [others[(2 * number + 1) * len(others) // (2 * rest)] for number in range(rest)]
