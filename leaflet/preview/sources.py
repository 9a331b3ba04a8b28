"""The files a preview is made from, known by their content: a file saved without a change has not changed.

What is not here: what the files mean. Where one of them says which others are read (a campaign its lists, a theme the
one it extends), that is picked out even when the rest of it is faulty.
"""

import hashlib
import stat
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from leaflet.markup.about import NAME as ABOUT
from leaflet.markup.render import template_files
from leaflet.production.inputs import PRINTER_FILE
from leaflet.resources import assets, templates

_MOST_BYTES = 200_000_000  # what is larger is no list; it is known by its date alone
_FACTS = ("academies.toml", "departements.toml", "stock.toml")  # of the program, read with every campaign
_ABSENT = "-"


class Known(Struct, frozen=True, kw_only=True):
    """A file as it was looked at last.

    Args:
        sign: what the system says of it: times, size, number.
        digest: of its content.
        is_sure: whether two looks agreed. A file written twice within one tick of the system's clock has the same
            sign before and after, so what has just changed is read once more.
    """

    sign: tuple[int, ...]
    digest: str
    is_sure: bool


class Files:
    """Digests of files, and what is in those that are TOML, read again only when they may have changed."""

    def __init__(self) -> None:
        self._known: dict[Path, Known] = {}
        self._trees: dict[Path, tuple[str, dict[str, Any]]] = {}

    def digest(self, path: Path) -> str:
        """The digest of a file's content; a word of its own for what cannot be read."""
        try:
            status = path.stat()
            sign = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
            known = self._known.get(path)
            if known is not None and known.sign == sign and known.is_sure:
                return known.digest
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
                return repr(sign)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except (OSError, ValueError):  # ValueError: NUL in the name
            self._known.pop(path, None)
            return _ABSENT
        is_sure = known is not None and (known.sign, known.digest) == (sign, digest)
        self._known[path] = Known(sign=sign, digest=digest, is_sure=is_sure)
        return digest

    def tree(self, path: Path) -> dict[str, Any] | None:
        """What a TOML file says; None if it cannot be read as one."""
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


class Mark(Struct, frozen=True, kw_only=True):
    """What one view is made from, by content: campaign and lists, the document's template, its theme and format."""

    inputs: str
    template: str = ""
    theme: str = ""


class Sources(Struct):
    """The files of one campaign.

    Args:
        campaign: the campaign file.
        printer: the ``printer.toml`` asked for; None for the one beside the campaign.
    """

    campaign: Path
    printer: Path | None = None
    files: Files = field(default_factory=Files)
    _named: tuple[Path, ...] = ()

    def inputs(self) -> str:
        """The mark of the campaign, what it names, the printer, and the facts it rests on."""
        tree = self.files.tree(self.campaign)
        if tree is not None:  # while it is being typed in, it names what it named before
            self._named = tuple(_named(tree, self.campaign.parent))
        printer = self.printer or self.campaign.parent / PRINTER_FILE
        facts = [assets() / name for name in _FACTS]
        return self._mark((self.campaign, printer, *self._named, *facts))

    def template(self, name: str) -> str:
        """The mark of a template's files, the shared ones too."""
        try:
            paths = template_files(templates(), name)
        except OSError:  # a folder that has just gone
            paths = []
        return self._mark((templates() / name / ABOUT, *paths))

    def theme(self, name: str, template: str) -> str:
        """The mark of a theme, those it extends, and the format of a template."""
        paths = list(self._extended(name))
        paper = (self.files.tree(templates() / template / ABOUT) or {}).get("format")
        if isinstance(paper, str) and paper:
            paths.append(assets() / "formats" / f"{paper}.toml")
        return self._mark(paths)

    def _extended(self, name: str) -> Iterable[Path]:
        seen: list[str] = []
        while name not in seen:
            seen.append(name)
            path = assets() / "themes" / f"{name}.toml"
            yield path
            parent = (self.files.tree(path) or {}).get("extends")
            name = parent if isinstance(parent, str) else name

    def _mark(self, paths: Iterable[Path]) -> str:
        lines = "\n".join(f"{path} {self.files.digest(path)}" for path in paths)
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _named(tree: Mapping[str, Any], folder: Path) -> Iterable[Path]:
    """The files that a campaign names, and the profile of its election."""
    for table, key in (("data", "schools"), ("data", "staff"), ("publisher", "logo")):
        values = tree.get(table)
        if isinstance(values, dict) and isinstance(name := values.get(key), str) and name:
            yield folder / name
    if isinstance(election := tree.get("election"), str):
        yield assets() / "elections" / f"{election}.toml"
