"""Read the campaign that pictures are drawn from, and read again only what has changed.

What documents print besides the cells of a school is the same for all schools of an area. So all but the list is read
for the first school of each area (`KnownSchools.samples`), and holds as long as only other schools change.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, Place, Report, fail
from leaflet.markup.record_values import group_of, groups_elsewhere
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import load_inputs
from leaflet.production.materials import Materials
from leaflet.production.outcome import NONE_LEFT
from leaflet.production.preview.loading import CachingLoader, LoadedCampaign, SourceDigests, SourceFiles
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.row_states import KnownSchools
from leaflet.studio.school_list import SchoolList
from leaflet.tables import Person, School
from leaflet.tables.filters import choose
from leaflet.tables.row_selection import EVERYTHING

# The settings of the campaign that decide how the list is read, and nothing of what is printed besides.
_OF_LIST = ("data.schools", "data.sheet", "data.header_row", "data.encoding", "columns.schools")


class CampaignReader:
    """A reader of the campaign of a folder, whose list is read once for all stations."""

    def __init__(self, folder: CampaignFolder, schools: SchoolList) -> None:
        self._folder, self._schools = folder, schools
        self._sources = SourceFiles(campaign=folder.campaign)
        self._loader = _SampleLoader(self._sources.digests)
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
            given = _Given(known, [*judged.all_faults()]) if judged is not None else None
            report = Report()
            materials, known = self._loader.read(options, report, given)
            self._last = _Read((digest, start), known, materials, report)
        if known not in self._loaded:
            materials, report = self._last.materials, self._last.report
            _check_schools(known, materials, report)
            elsewhere = groups_elsewhere(materials.campaign)  # whose pages are looked at only if there are no others
            here = [school for school in known.chosen if group_of(school) not in elsewhere] or known.chosen
            materials = replace(materials, schools=known.schools)
            self._loaded[known] = LoadedCampaign(materials=materials, schools=here)
        return self._loaded[known], known

    def design_of(self, document: Document) -> tuple[str, str]:
        """Return what tells whether template or theme of a document have changed: they may stand beside it."""
        return self._sources.digest_design(document)


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


class _Given(NamedTuple):
    """The schools of a list that was judged, with its faults."""

    known: KnownSchools
    faults: Sequence[Fault]


class _SampleLoader(CachingLoader):
    """A loader that hands out samples of the schools."""

    def __init__(self, digests: SourceDigests) -> None:
        super().__init__(digests)
        self.known = KnownSchools((), EVERYTHING)  # of a list that it has read itself: the short one of the start
        self._given: _Given | None = None

    def read(self, options: InputOptions, report: Report, given: _Given | None) -> tuple[Materials, KnownSchools]:
        """Return what is made from samples of the schools given, or of the list of the campaign; and its schools."""
        self._given = given
        try:
            return load_inputs(options, report, self), self._all()
        finally:
            self._given = None

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        """Return samples of the list."""
        if self._given is not None:
            report.extend(self._given.faults)
        else:
            self.known = KnownSchools(super().schools(campaign, options, report), options.choice)
        return self._all().samples

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        """Return the staff of each school of the whole list."""
        return super().people(campaign, self._all().schools, options, report)

    def _all(self) -> KnownSchools:
        return self._given.known if self._given is not None else self.known


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
    return [school.uai for school in known.schools]
