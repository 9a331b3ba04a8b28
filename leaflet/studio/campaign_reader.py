"""Read the campaign that pictures are drawn from, and read again only what has changed.

What documents print besides the cells of a school is the same for all schools of an area. So all but the list is read
for the first school of each area (`KnownSchools.samples`), and holds as long as only other schools change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, Place, Report, fail
from leaflet.layout.fonts import FontBook
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import Loader, load_inputs, unknown_school
from leaflet.production.materials import Materials
from leaflet.production.outcome import NONE_LEFT
from leaflet.production.preview import text_length
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.row_states import KnownSchools
from leaflet.studio.school_list import SchoolList
from leaflet.studio.sources import SourceDigests, SourceFiles
from leaflet.tables import Person, School
from leaflet.tables.filters import choose
from leaflet.tables.row_selection import EVERYTHING

# The settings of the campaign that decide how the list is read, and nothing of what is printed besides.
_OF_LIST = ("data.schools", "data.sheet", "data.header_row", "data.encoding", "columns.schools")


@dataclass(frozen=True, kw_only=True)  # without slots, which cached properties cannot have
class LoadedCampaign:
    """A campaign and its lists, ready to be shown."""

    materials: Materials  # what documents are made from
    schools: Sequence[School]  # the schools that passed the filters, at least one
    usual: Sequence[School]  # those whose staff vote on the portal of the campaign; all if there are none

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The index of each school, by its UAI."""
        return {school.key: number for number, school in enumerate(self.schools)}

    @cached_property
    def by_length(self) -> Mapping[str, School]:
        """The school with the longest text, and the one with the shortest."""
        return {"longest": max(self.usual, key=text_length), "shortest": min(self.usual, key=text_length)}

    def find(self, record: str) -> School:
        """Return a school by its UAI or by its line of the list; the first usual one for an empty text."""
        if not record:
            return self.usual[0]
        wanted = record.strip().upper()
        for school in self.schools:
            if wanted in (school.key, school.row.upper()):
                return school
        place = Place(file=self.materials.campaign.schools.name)
        raise fail("U002", place, **unknown_school(record, self.schools, place))


class CampaignReader:
    """A reader of the campaign of a folder, whose list is read once for all stations."""

    def __init__(self, folder: CampaignFolder, schools: SchoolList) -> None:
        self._folder, self._schools = folder, schools
        self._sources = SourceFiles(campaign=folder.campaign)
        self._loader = SampleLoader(self._sources.digests)
        self._last: _Read | None = None
        # Whoever mends or replaces the list drops its schools: no two long lists are kept.
        self._loaded: WeakKeyDictionary[KnownSchools, LoadedCampaign] = WeakKeyDictionary()
        self.edition = 0  # grows when more has changed than some schools

    def read(self) -> tuple[LoadedCampaign, KnownSchools]:
        """Return the campaign as it is now, and its schools; neither is to be kept."""
        judged = self._schools.current()
        self._sources = SourceFiles(campaign=self._folder.campaign, digests=self._sources.digests)
        digest = self._sources.digest_inputs(without=_OF_LIST if judged is not None else ())
        known = judged.known if judged is not None else self._loader.known
        start = self._folder.state.start
        if self._last is None or not self._last.holds((digest, start), known):
            self._last = None
            self._loaded.clear()
            self.edition += 1
            out = self._folder.outputs.files
            options = InputOptions(campaign=self._folder.campaign, out=out, keep_going=True, start=start)
            given = (known, [*judged.all_faults()]) if judged is not None else None
            report = Report()
            materials, known = self._loader.read(options, report, given)
            self._last = _Read((digest, start), known, materials, report)
        if known not in self._loaded:
            materials, report = self._last.materials, self._last.report
            _check_schools(known, materials, report)
            elsewhere = materials.contexts.groups.elsewhere
            usual = [school for school in known.chosen if not elsewhere(school)] or known.chosen
            materials = replace(materials, schools=known.schools)
            self._loaded[known] = LoadedCampaign(materials=materials, schools=known.chosen, usual=usual)
        return self._loaded[known], known

    def design_of(self, document: Document) -> tuple[str, str]:
        """Return what tells whether template or theme of a document have changed: they may stand beside it."""
        template, sources = document.template, self._sources
        return sources.digest_template(template), sources.digest_theme(document.theme, template)


class _Read:
    """The result of the last reading, made from samples of the schools; the key is of all but the list.

    It holds for other schools too, as long as nothing else changes with them.
    """

    def __init__(self, key: object, known: KnownSchools, materials: Materials, report: Report) -> None:
        self.materials, self.report = materials, report
        self._key, self._areas = key, known.areas
        self._uais = _uais(known) if materials.campaign.staff is not None else None  # whose people are kept

    def holds(self, key: object, known: KnownSchools) -> bool:
        """Tell whether nothing has changed but schools of areas that are known."""
        is_same = bool(known.schools) and (self._key, self._areas) == (key, known.areas)
        return is_same and (self._uais is None or self._uais == _uais(known))


class SampleLoader(Loader):
    """A loader that hands out samples of the schools.

    It reads the staff again only if the file, the way to read it or the schools have changed, and fonts only once.
    """

    def __init__(self, digests: SourceDigests) -> None:
        self.known = KnownSchools((), EVERYTHING)  # of a list that it has read itself: the short one of the start
        self._digests = digests
        self._given: tuple[KnownSchools, Sequence[Fault]] | None = None
        self._people: tuple[object, Mapping[str, Sequence[Person]], Report] | None = None
        self._fonts: FontBook | None = None

    def read(
        self, options: InputOptions, report: Report, given: tuple[KnownSchools, Sequence[Fault]] | None
    ) -> tuple[Materials, KnownSchools]:
        """Return what is made from samples of a list given with its faults, or of the campaign's; and its schools."""
        self._given = given
        try:
            return load_inputs(options, report, self), self._all()
        finally:
            self._given = None

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        """Return samples of the list."""
        if self._given is not None:
            report.extend(self._given[1])
        else:
            self.known = KnownSchools(super().schools(campaign, options, report), options.choice)
        return self._all().samples

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        """Return the staff of each school of the whole list; its faults are reported each time."""
        if campaign.staff is None:
            return {}
        schools = self._all().schools
        columns = {name: dict(given) for name, given in campaign.columns.items()}
        uais = [school.key for school in schools]
        key = campaign.staff, self._digests.digest(campaign.staff), campaign.data, columns, uais
        if self._people is None or self._people[0] != key:
            found = Report()
            self._people = key, super().people(campaign, schools, options, found), found
        report.extend(self._people[2])
        return self._people[1]

    def fonts(self) -> FontBook:
        """Return the fonts."""
        self._fonts = self._fonts or super().fonts()
        return self._fonts

    def _all(self) -> KnownSchools:
        return self._given[0] if self._given is not None else self.known


def _check_schools(known: KnownSchools, materials: Materials, report: Report) -> None:
    """Check that there are schools, and that the filters of the campaign leave some."""
    place, found = Place(file=materials.campaign.schools.name), Report()
    if not known.schools:
        report.raise_errors()
        raise fail(NONE_LEFT, place)
    if not known.chosen:
        choose(known.schools, materials.choice, place, found)
        found.raise_errors()


def _uais(known: KnownSchools) -> list[str]:
    return [school.key for school in known.schools]
