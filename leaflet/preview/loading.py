"""Campaign and lists for a preview: what has not changed is not read again, and faulty rows stop only themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from msgspec.structs import replace

from leaflet.campaign import Campaign
from leaflet.faults import Fault, Place, Report, error_class, fail
from leaflet.fonts import FontBook
from leaflet.preview.choose import FIRST, Wanted, choose_records, longest, shortest
from leaflet.preview.sources import Files
from leaflet.production.build import choose_documents
from leaflet.production.inputs import Loader, choose_schools, load_inputs
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.outcome import row_number
from leaflet.tables import Person, School

T = TypeVar("T")


class PreviewOptions(InputOptions, frozen=True, kw_only=True):
    """What to show.

    Args:
        wanted: which records.
        dpi: of the pictures.
    """

    wanted: Wanted = FIRST
    dpi: int = 110


@dataclass(frozen=True, kw_only=True)  # without slots, for what is worked out once
class Loaded:
    """A campaign as it is shown.

    Args:
        schools: those that passed the filters; one at least.
        wanted: the records asked for, of these.
        walk: those that one leafs through: the records asked for if they are several, else all.
        report: what was found in the lists and what is found while laying out.
    """

    materials: Materials
    schools: Sequence[School]
    wanted: Sequence[School]
    report: Report

    @property
    def walk(self) -> Sequence[School]:
        return self.wanted if len(self.wanted) > 1 else self.schools

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each school stands in the walk, by its UAI."""
        return {school.uai: number for number, school in enumerate(self.walk)}

    @cached_property
    def longest(self) -> School:
        return longest(self.walk)

    @cached_property
    def shortest(self) -> School:
        return shortest(self.walk)

    def find(self, record: str) -> School:
        """A school by its UAI or by its line of the list; the first one wanted if nothing is said.

        Raises:
            UsageError: there is none.
        """
        if not record:
            return self.wanted[0]
        wanted = record.strip().upper()
        for school in self.schools:
            if wanted in (school.uai, str(school.line)):
                return school
        raise fail("U002", self.list_place, value=record, example=self.schools[0].uai)

    @property
    def list_place(self) -> Place:
        return Place(file=self.materials.campaign.schools.name)

    def faults_of(self, school: School) -> tuple[list[Fault], int]:
        """What is worth saying beside a school's page, and how many faults of other rows there are."""
        campaign = self.materials.campaign
        lists = {path.name for path in (campaign.schools, campaign.staff) if path is not None}
        said: list[Fault] = []
        others = 0
        for fault in self.report:
            if fault.severity == "note":
                continue
            row = row_number(fault.place) if fault.place.file in lists else None
            if row is None or (fault.place.file == campaign.schools.name and row == school.line):
                said.append(fault)
            else:
                others += 1
        return said, others


@dataclass(slots=True)
class CampaignLoader:
    """Loads a campaign again and again."""

    options: PreviewOptions
    files: Files
    _loader: Loader = field(init=False)

    def __post_init__(self) -> None:
        self._loader = _Remembering(self.files)

    def load(self) -> Loaded:
        """The campaign as it is now.

        Raises:
            LeafletError: with every fault known, if there is nothing to show.
        """
        report, found = Report(), Report()
        materials = load_inputs(replace(self.options, keep_going=True), report, self._loader)
        choose_documents(materials.campaign, self.options.document)
        self._check_row(materials.campaign, report)
        if not materials.schools:
            report.raise_errors()
            raise fail("U005", Place(file=materials.campaign.schools.name))
        schools = choose_schools(self.options, materials, found)
        wanted = self._wanted(schools, materials)
        return Loaded(materials=materials, schools=schools, wanted=wanted, report=report)

    def _wanted(self, schools: Sequence[School], materials: Materials) -> Sequence[School]:
        """The records asked for; schools named one by one are all of them wanted."""
        if self.options.only and self.options.wanted == FIRST:
            return schools
        return choose_records(schools, self.options.wanted, Place(file=materials.campaign.schools.name))

    def _check_row(self, campaign: Campaign, report: Report) -> None:
        """A row asked for that was left out says why."""
        row = self.options.wanted.row
        errors = [f for f in report.errors if f.place.file == campaign.schools.name and row_number(f.place) == row]
        if row is not None and errors:
            raise error_class(errors[0].code)(errors)


class _Kept(Generic[T]):
    """The last thing read, with the faults found in it."""

    def __init__(self) -> None:
        self._last: tuple[object, T, tuple[Fault, ...]] | None = None

    def recall(self, key: object, report: Report, read: Callable[[Report], T]) -> T:
        """What was read under this key; read now if it was another. Its faults are reported either way."""
        if self._last is None or self._last[0] != key:
            found = Report()
            self._last = key, read(found), tuple(found)
        _, value, faults = self._last
        report.extend(faults)
        return value


class _Remembering(Loader):
    """Reads a list again only if its content, or what is said of how to read it, has changed; fonts never."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._schools: _Kept[Sequence[School]] = _Kept()
        self._people: _Kept[Mapping[str, Sequence[Person]]] = _Kept()
        self._fonts: FontBook | None = None

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        read = super().schools
        key = self._key(campaign, campaign.schools)
        return self._schools.recall(key, report, lambda found: read(campaign, options, found))

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        if campaign.staff is None:
            return {}
        read = super().people
        key = (self._key(campaign, campaign.staff), tuple(school.uai for school in schools))
        return self._people.recall(key, report, lambda found: read(campaign, schools, options, found))

    def fonts(self) -> FontBook:
        if self._fonts is None:
            self._fonts = super().fonts()
        return self._fonts

    def _key(self, campaign: Campaign, path: Path) -> object:
        return path, self._files.digest(path), campaign.data, {name: dict(c) for name, c in campaign.columns.items()}
