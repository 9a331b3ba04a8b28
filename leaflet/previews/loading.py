"""Load campaign and lists for a preview: read only what has changed, and let a faulty row stop only its school."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from msgspec.structs import replace

from leaflet.campaign import Campaign
from leaflet.faults import Fault, Place, Report, error_class, fail
from leaflet.fonts import FontBook
from leaflet.previews.options import FIRST, PreviewOptions, find_longest, find_shortest, select_records
from leaflet.previews.sources import SourceDigests
from leaflet.production.inputs import Loader, choose_documents, choose_schools, load_inputs, unknown_school
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.outcome import find_row
from leaflet.tables import Person, School
from leaflet.tables.table import row_number

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)  # without slots, which cached properties cannot have
class LoadedCampaign:
    """A campaign and its lists, ready to be shown.

    Args:
        materials: what documents are made from.
        schools: the schools that passed the filters, at least one.
        selected: the records asked for, some of these schools.
        report: the faults found in the lists, and those found while laying out.
    """

    materials: Materials
    schools: Sequence[School]
    selected: Sequence[School]
    report: Report

    @property
    def browsed(self) -> Sequence[School]:
        """The schools that one pages through: the selected ones if there are several, else all."""
        return self.selected if len(self.selected) > 1 else self.schools

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The index of each school among those that one pages through, by its UAI."""
        return {school.uai: number for number, school in enumerate(self.browsed)}

    @cached_property
    def longest(self) -> School:
        """The school with the longest text among those that one pages through."""
        return find_longest(self.browsed)

    @cached_property
    def shortest(self) -> School:
        """The school with the shortest text among those that one pages through."""
        return find_shortest(self.browsed)

    def find(self, record: str) -> School:
        """Return a school by its UAI or by its line of the list; the first selected one for an empty text.

        Raises:
            UsageError: there is no such school.
        """
        if not record:
            return self.selected[0]
        wanted = record.strip().upper()
        for school in self.schools:
            if wanted in (school.uai, school.row.upper()):
                return school
        place = Place(file=self.materials.campaign.schools.name)
        raise fail("U002", place, **unknown_school(record, self.schools, place))

    def split_faults(self, school: School) -> tuple[list[Fault], int]:
        """Return the faults to show beside a school's page, and the number of faults in other rows; no notes."""
        campaign = self.materials.campaign
        lists = {path.name for path in (campaign.schools, campaign.staff) if path is not None}
        shown: list[Fault] = []
        others = 0
        for fault in self.report:
            if fault.severity == "note":
                continue
            row = find_row(fault) if fault.place.file in lists else None
            if row is None or (fault.place.file == campaign.schools.name and school.is_at(fault.place)):
                shown.append(fault)
            else:
                others += 1
        return shown, others


@dataclass(slots=True)
class CampaignLoader:
    """A loader that can load its campaign again and again.

    Args:
        options: the campaign, and what is shown of it.
        digests: the digests of files, by which it knows what has changed.
    """

    options: PreviewOptions
    digests: SourceDigests
    _loader: Loader = field(init=False)

    def __post_init__(self) -> None:
        self._loader = CachingLoader(self.digests)

    def load(self) -> LoadedCampaign:
        """Load the campaign as it is now.

        Raises:
            LeafletError: nothing can be shown; with every fault known.
        """
        report, found = Report(), Report()
        materials = load_inputs(replace(self.options, keep_going=True), report, self._loader)
        choose_documents(materials.campaign, self.options.document)
        self._check_row(materials.campaign, report)
        if not materials.schools:
            report.raise_errors()
            raise fail("U005", Place(file=materials.campaign.schools.name))
        schools = choose_schools(self.options, materials, found)
        selected = self._select(schools, materials)
        return LoadedCampaign(materials=materials, schools=schools, selected=selected, report=report)

    def _select(self, schools: Sequence[School], materials: Materials) -> Sequence[School]:
        """Return the selected records; if schools are named one by one with ``--only``, that is all of them."""
        if self.options.only and self.options.selection == FIRST:
            return schools
        return select_records(schools, self.options.selection, Place(file=materials.campaign.schools.name))

    def _check_row(self, campaign: Campaign, report: Report) -> None:
        """Raise the errors of the row asked for, which was left out because of them."""
        row = self.options.selection.row
        errors = [f for f in report.errors if f.place.file == campaign.schools.name and row_number(f.place) == row]
        if row is not None and errors:
            raise error_class(errors[0].code)(errors)


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
