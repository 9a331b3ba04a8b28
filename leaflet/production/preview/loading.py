"""Load campaign and lists to be shown again and again: read only files whose content, by its digest, has changed."""

import hashlib
import stat
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from msgspec import Struct, field

from leaflet.campaign import Campaign, Document
from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.faults import Fault, Place, Report, fail
from leaflet.files.resources import DRAWN, Resources, TableFile, find_resources
from leaflet.layout.fonts import FontBook
from leaflet.markup.page_words import word_files
from leaflet.markup.render import template_files
from leaflet.markup.template_info import NAME as ABOUT
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import PRINTER_FILE, Loader, unknown_school
from leaflet.production.materials import Materials
from leaflet.tables import Person, School

_MAX_BYTES = 200_000_000  # a larger file is no list; its date stands for its content
_ABSENT = "-"


class _FileState(Struct, frozen=True, kw_only=True):
    """A file as it was when it was read last."""

    status: tuple[int, ...]  # the times, size and inode number that the system gives
    digest: str  # the digest of the content
    # it was read twice with the same result: a file written twice within one tick of the clock keeps its status
    is_confirmed: bool


class SourceDigests:
    """The digests of files, and the content of TOML files; a file is read again only if it may have changed."""

    def __init__(self) -> None:
        self._states: dict[Path, _FileState] = {}
        self._trees: dict[Path, tuple[str, dict[str, Any]]] = {}

    def digest(self, path: Path) -> str:
        """Return the digest of a file's content; a constant if it cannot be read."""
        try:
            found = path.stat()
            status = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
            known = self._states.get(path)
            if known is not None and known.status == status and known.is_confirmed:
                return known.digest
            if not stat.S_ISREG(found.st_mode) or found.st_size > _MAX_BYTES:
                return repr(status)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except (OSError, ValueError):  # ValueError: NUL in the name
            self._states.pop(path, None)
            return _ABSENT
        is_confirmed = known is not None and (known.status, known.digest) == (status, digest)
        self._states[path] = _FileState(status=status, digest=digest, is_confirmed=is_confirmed)
        return digest

    def read_toml(self, path: Path) -> dict[str, Any] | None:
        """Return the content of a TOML file; None if it cannot be read as one."""
        digest = self.digest(path)
        if digest == _ABSENT:
            return None
        if self._trees.get(path, ("",))[0] != digest:
            try:
                tree = tomllib.loads(path.read_text("utf-8-sig"))
            except (OSError, ValueError, RecursionError):
                return None
            self._trees[path] = digest, tree
        return self._trees[path][1]


class SourceFiles(Struct):
    """The files that the views of one campaign are made from."""

    campaign: Path  # the campaign file
    digests: SourceDigests = field(default_factory=SourceDigests)  # the digests of the files
    resources: Resources = Resources(())  # where templates, themes and other resources are looked for
    _named: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        self.resources = find_resources(self.campaign.parent)

    def digest_inputs(self, without: Collection[str] = ()) -> str:
        """Return one digest of the campaign, the files it names or that stand beside it, and its facts.

        Settings `without` which it is taken, such as ``data.schools``, do not count, nor the files that they name.
        """
        tree = self.digests.read_toml(self.campaign)
        if tree is not None:  # a campaign that is being edited and cannot be read names the same files as before
            tree = _without(tree, without)
            self._named = tuple(_named_files(tree, self.campaign.parent, self.resources))
        folder = self.campaign.parent
        beside = (folder / PRINTER_FILE, folder / ADDRESSES_FILE)
        facts = [folder.path / name for folder in self.resources.folders for name in get_args(TableFile)]
        settings = repr(tree) if tree is not None and without else self.digests.digest(self.campaign)
        return hashlib.sha256(f"{settings}\n{self._digest((*beside, *self._named, *facts))}".encode()).hexdigest()

    def digest_design(self, document: Document) -> tuple[str, str]:
        """Return the digests of a document's template and of its theme."""
        return self.digest_template(document.template), self.digest_theme(document.theme, document.template)

    def digest_template(self, name: str) -> str:
        """Return one digest of a template's files, the shared ones included, and of the drawings it may show."""
        template = self.resources.find("templates", name)
        if template is None:
            return self._digest(())
        try:
            paths = [file.path for file in template_files(self.resources, template).values()]
        except OSError:  # the folder was removed just now
            paths = []
        named = ((kind, drawing) for kind in sorted(DRAWN) for drawing in self.resources.names(kind))
        drawings = (self.resources.find(kind, drawing) for kind, drawing in named)
        used = (file.path for file in (*word_files(self.resources), *drawings) if file is not None)
        return self._digest((template.path / ABOUT, *paths, *used))

    def digest_theme(self, name: str, template: str) -> str:
        """Return one digest of a theme, those it extends, and the format of a template."""
        paths = list(self._theme_files(name))
        found = self.resources.find("templates", template)
        about = self.digests.read_toml(found.path / ABOUT) if found else None
        paper = (about or {}).get("format")
        if isinstance(paper, str) and (paper_file := self.resources.find("formats", paper)):
            paths.append(paper_file.path)
        return self._digest(paths)

    def _theme_files(self, name: str) -> Iterable[Path]:
        seen: list[str] = []
        while name not in seen:
            seen.append(name)
            found = self.resources.find("themes", name)
            if found is None:
                return
            yield found.path
            parent = (self.digests.read_toml(found.path) or {}).get("extends")
            name = parent if isinstance(parent, str) else name

    def _digest(self, paths: Iterable[Path]) -> str:
        lines = "\n".join(f"{path} {self.digests.digest(path)}" for path in paths)
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _without(tree: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the settings of a campaign without some of them, each in a table."""
    left = {**tree}
    for name in names:
        table, _, key = name.partition(".")
        if isinstance(settings := left.get(table), dict):
            left[table] = {other: value for other, value in settings.items() if other != key}
    return left


def _named_files(tree: Mapping[str, Any], folder: Path, resources: Resources) -> Iterable[Path]:
    """Yield the files that a campaign names, and the profile of its election."""
    for table, key in (("data", "schools"), ("data", "staff"), ("publisher", "logo")):
        values = tree.get(table)
        if isinstance(values, dict) and isinstance(name := values.get(key), str) and name:
            yield folder / name
    if isinstance(election := tree.get("election"), str):
        yield from (found.path for found in resources.candidates("elections", election))


class PreviewOptions(InputOptions, frozen=True, kw_only=True):
    """The inputs of a preview, and what is shown of them: the first school, or those of one of three options."""

    longest: bool = False  # the school with most text
    shortest: bool = False  # the school with least
    sample: int | None = None  # this many schools: the first, the longest, then some evenly spread
    dpi: int = 110  # the resolution of the pictures

    def ways(self) -> list[str]:
        """Return the options that say which schools are shown: none or one; U050 for more, which contradict."""
        given = {"--longest": self.longest, "--shortest": self.shortest, "--sample": self.sample is not None}
        names = [name for name, is_given in given.items() if is_given]
        if len(names) > 1:
            raise fail("U050", Place(), value=", ".join(names))
        return names


def select_records(schools: Sequence[School], options: PreviewOptions) -> list[School]:
    """Return the selected schools of a list that has at least one."""
    if options.sample is not None:
        return sample_schools(schools, options.sample)
    if options.longest:
        return [max(schools, key=text_length)]
    return [min(schools, key=text_length) if options.shortest else schools[0]]


def text_length(school: School) -> int:
    """Return how much text is printed of a school: the characters of name, address, postcode and town."""
    return sum(map(len, (school.name, *school.address, school.postcode, school.town)))


def sample_schools(schools: Sequence[School], count: int) -> list[School]:
    """Return the first school, the longest one, then some spread evenly over the others; `count` if there are."""
    chosen = list({school.uai: school for school in (schools[0], max(schools, key=text_length))}.values())[:count]
    known = {school.uai for school in chosen}
    others = [school for school in schools if school.uai not in known]
    rest = min(count - len(chosen), len(others))
    return chosen + [others[(2 * number + 1) * len(others) // (2 * rest)] for number in range(rest)]


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)  # without slots, which cached properties cannot have
class LoadedCampaign:
    """A campaign and its lists, ready to be shown."""

    materials: Materials  # what documents are made from
    schools: Sequence[School]  # the schools that passed the filters, at least one

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The index of each school, by its UAI."""
        return {school.uai: number for number, school in enumerate(self.schools)}

    @cached_property
    def longest(self) -> School:
        """The school with the longest text."""
        return max(self.schools, key=text_length)

    @cached_property
    def shortest(self) -> School:
        """The school with the shortest text."""
        return min(self.schools, key=text_length)

    def find(self, record: str) -> School:
        """Return a school by its UAI or by its line of the list; the first one for an empty text."""
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
    """A loader that reads a list again only if its content or the way to read it has changed, and fonts only once."""

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
