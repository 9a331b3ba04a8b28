"""Load campaign and lists to be shown again and again: read only what has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from leaflet.campaign import Campaign
from leaflet.faults import Fault, Place, Report, fail
from leaflet.fonts import FontBook
from leaflet.previews.options import find_longest, find_shortest
from leaflet.previews.sources import SourceDigests
from leaflet.production.inputs import Loader, unknown_school
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.tables import Person, School

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)  # without slots, which cached properties cannot have
class LoadedCampaign:
    """A campaign and its lists, ready to be shown.

    Args:
        materials: what documents are made from.
        schools: the schools that passed the filters, at least one.
    """

    materials: Materials
    schools: Sequence[School]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The index of each school, by its UAI."""
        return {school.uai: number for number, school in enumerate(self.schools)}

    @cached_property
    def longest(self) -> School:
        """The school with the longest text."""
        return find_longest(self.schools)

    @cached_property
    def shortest(self) -> School:
        """The school with the shortest text."""
        return find_shortest(self.schools)

    def find(self, record: str) -> School:
        """Return a school by its UAI or by its line of the list; the first one for an empty text.

        Raises:
            UsageError: there is no such school.
        """
        if not record:
            return self.schools[0]
        wanted = record.strip().upper()
        for school in self.schools:
            if wanted in (school.uai, school.row.upper()):
                return school
        place = Place(file=self.materials.campaign.schools.name)
        raise fail("U002", place, **unknown_school(record, self.schools, place))


class _LastRead(Generic[T]):
    """The last value read, with the faults found in it."""

    def __init__(self) -> None:
        self._last: tuple[object, T, tuple[Fault, ...]] | None = None

    def get(self, key: object, report: Report, read: Callable[[Report], T]) -> T:
        """Return the value of this key, read now if the last one had another key; report its faults either way."""
        if self._last is None or self._last[0] != key:
            found = Report()
            self._last = key, read(found), tuple(found)
        _, value, faults = self._last
        report.extend(faults)
        return value


class CachingLoader(Loader):
    """A loader that reads a list again only if its content or the way to read it has changed, and fonts only once.

    Args:
        digests: the digests of files.
    """

    def __init__(self, digests: SourceDigests) -> None:
        self._digests = digests
        self._schools: _LastRead[Sequence[School]] = _LastRead()
        self._people: _LastRead[Mapping[str, Sequence[Person]]] = _LastRead()
        self._fonts: FontBook | None = None

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        """Return the list of schools."""
        read = super().schools
        key = self._key(campaign, campaign.schools)
        return self._schools.get(key, report, lambda found: read(campaign, options, found))

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        """Return the staff of each school, by its UAI."""
        if campaign.staff is None:
            return {}
        read = super().people
        key = (self._key(campaign, campaign.staff), tuple(school.uai for school in schools))
        return self._people.get(key, report, lambda found: read(campaign, schools, options, found))

    def fonts(self) -> FontBook:
        """Return the fonts."""
        if self._fonts is None:
            self._fonts = super().fonts()
        return self._fonts

    def _key(self, campaign: Campaign, path: Path) -> object:
        columns = {name: dict(c) for name, c in campaign.columns.items()}
        return path, self._digests.digest(path), campaign.data, columns
