"""Know the files that pages are drawn from by digests of their content; read again only what may have changed."""

import hashlib
import stat
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct, field

from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.files.resources import ABOUT, DRAWN, Resources, TableFile, find_resources
from leaflet.markup.page_words import word_files
from leaflet.markup.render import template_files
from leaflet.production.inputs import PRINTER_FILE
from leaflet.text import value_at

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

    def __post_init__(self) -> None:
        self.resources = find_resources(self.campaign.parent)

    def digest_inputs(self, without: Collection[str] = ()) -> str:
        """Return one digest of the campaign, the files it names or that stand beside it, and its facts.

        Settings `without` which it is taken, such as ``data.schools``, do not count, nor the files that they name.
        """
        read, folder = self.digests.read_toml(self.campaign), self.campaign.parent
        tree = _without(read or {}, without)
        named = _named_files(tree, folder, self.resources)
        beside = (folder / PRINTER_FILE, folder / ADDRESSES_FILE)
        facts = [folder.path / name for folder in self.resources.folders for name in get_args(TableFile)]
        settings = repr(tree) if read is not None and without else self.digests.digest(self.campaign)
        return hashlib.sha256(f"{settings}\n{self._digest((*beside, *named, *facts))}".encode()).hexdigest()

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
    for setting in ("data.schools", "data.staff", "publisher.logo"):
        if isinstance(name := value_at(tree, setting), str) and name:
            yield folder / name
    if isinstance(election := tree.get("election"), str):
        yield from (found.path for found in resources.candidates("elections", election))
