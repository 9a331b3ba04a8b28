"""Know the schools of a list, and find once what documents have to know of all of them."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice
from operator import attrgetter

from leaflet.faults import Place, Report
from leaflet.production.alphabet import alphabet
from leaflet.records import area_of
from leaflet.tables import School
from leaflet.tables.choice import Choice
from leaflet.tables.filters import choose

_line = attrgetter("line")


class KnownSchools:
    """The schools of a list; nothing of them changes.

    Args:
        schools: those that have no error, in the order of the list.
        choice: the filters of the campaign.
    """

    def __init__(self, schools: Sequence[School], choice: Choice) -> None:
        self.schools, self._choice = schools, choice

    def with_rows(self, lines: Collection[int], schools: Sequence[School]) -> "KnownSchools":
        """Return the schools with these in the place of those on some lines."""
        changed = [*self.schools]
        for line in lines:
            at = bisect_left(changed, line, key=_line)
            if at < len(changed) and changed[at].line == line:
                del changed[at]
        for school in schools:
            insort(changed, school, key=_line)
        known = KnownSchools(changed, self._choice)
        if "samples" in self.__dict__:  # they are known, and are not looked for again
            known.samples = known._sample_again(self.samples, lines, schools)
        return known

    def _sample_again(
        self, samples: Sequence[School], lines: Collection[int], schools: Iterable[School]
    ) -> Sequence[School]:
        """Return the samples, given those before there were these schools on some lines."""
        first = {_area(sample): sample for sample in samples}
        for area, sample in [*first.items()]:
            if sample.line in lines:
                after = islice(self.schools, bisect_left(self.schools, sample.line, key=_line), None)
                found = next((school for school in after if _area(school) == area), None)
                if found is None:
                    del first[area]
                else:
                    first[area] = found
        for school in schools:
            known = first.setdefault(_area(school), school)
            if school.line < known.line:
                first[_area(school)] = school
        return sorted(first.values(), key=_line)

    @cached_property
    def chosen(self) -> Sequence[School]:
        """The schools that pass the filters of the campaign."""
        return choose(self.schools, self._choice, Place(), Report())

    @cached_property
    def samples(self) -> Sequence[School]:
        """The first school of each area and sector: for the others, documents print nothing else but themselves."""
        return _samples(self.schools)

    @cached_property
    def chosen_samples(self) -> Sequence[School]:
        """The samples of those that are chosen."""
        return self.samples if self.chosen is self.schools else _samples(self.chosen)

    @cached_property
    def areas(self) -> frozenset[object]:
        """Return what decides which campaign, académie and département the schools see."""
        return frozenset(map(area_of, self.samples))

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of all of them, as a document may print them."""
        return frozenset(alphabet((), (), self.schools))


def _samples(schools: Sequence[School]) -> Sequence[School]:
    found: dict[object, School] = {}
    for school in schools:
        found.setdefault(_area(school), school)
    return [*found.values()]


def _area(school: School) -> object:
    return area_of(school), school.sector
