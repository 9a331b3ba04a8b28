"""Finds templates, themes, drawings, formats, stock, elections and académies: one's own first, then the program's.

The program's own files are beside the package in a checkout, inside it in a wheel. Not here: what files mean, and
whether they can be used (`leaflet.resource_files`).
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

Kind = Literal["templates", "themes", "formats", "elections", "icons", "scenes", "mails"]
TableFile = Literal["academies.toml", "departements.toml", "national.toml", "stock.toml"]
ENTRY_POINTS = "leaflet.resources"  # the group in which packages name folders
CAMPAIGN, USER, PROGRAM = "campaign", "user", "program"  # origins; any other is the name of a package
MAIN = "leaflet.xml"  # the file that makes a folder a template
DRAWN: frozenset[Kind] = frozenset({"icons", "scenes"})  # kinds whose files are SVG
SHARED = "_shared"  # beside templates: files that several of them include
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")  # of a resource; no dot and no slash lead out of its folder


def assets() -> Path:
    """Return the program's folder of themes, election profiles, académies and fault messages."""
    return _ROOT / "assets"


def templates() -> Path:
    """Return the folder of templates that come with the program, one folder each."""
    return _ROOT / "templates"


class Folder(NamedTuple):
    """A folder of resources.

    Attributes:
        origin: whose it is: ``campaign``, ``user``, ``program``, else the name of a package.
        path: the folder that ``templates/``, ``themes/``, … are in.
    """

    origin: str
    path: Path


class Resource(NamedTuple):
    """A file of resources, or the folder of a template; and the folder that it must not lead out of."""

    folder: Folder
    path: Path

    def beside(self, path: Path) -> "Resource":
        """Return another file of the same folder of resources."""
        return Resource(self.folder, path)


class Resources(NamedTuple):
    """The folders in which resources are looked for, the first one first. Plain data, which workers get too."""

    folders: tuple[Folder, ...]

    def find(self, kind: Kind, name: str) -> Resource | None:
        """Return the resource of this name in the first folder that has it; None if none has."""
        if not _NAME.fullmatch(name):
            return None
        return next((found for found in self.candidates(kind, name) if _is_there(found.path)), None)

    def candidates(self, kind: Kind, name: str) -> Iterator[Resource]:
        """Yield where a resource of this name would be, folder by folder."""
        for folder in self.folders:
            yield Resource(folder, folder.path / kind / file_name(kind, name))

    def names(self, kind: Kind) -> list[str]:
        """Return the names of all resources of a kind, sorted."""
        pattern = f"*/{MAIN}" if kind == "templates" else file_name(kind, "*")
        found = (path for folder in self.folders for path in (folder.path / kind).glob(pattern))
        names = {path.parent.name if kind == "templates" else path.stem for path in found}
        return sorted(name for name in names if _NAME.fullmatch(name))

    def tables(self, file: TableFile) -> list[Resource]:
        """Return the files of tables of this name, the program's first: what comes later is laid over it."""
        found = (Resource(folder, folder.path / file) for folder in reversed(self.folders))
        return [resource for resource in found if resource.path.is_file()]


def file_name(kind: Kind, name: str) -> str:
    """Return the name of a resource's file, or of a template's folder."""
    if kind == "templates":
        return name
    if kind == "mails":
        return f"{name}.txt"
    return f"{name}.svg" if kind in DRAWN else f"{name}.toml"


def program_resources() -> Resources:
    """Return the resources that come with the program alone."""
    return Resources((Folder(PROGRAM, _ROOT), Folder(PROGRAM, assets())))


def find_resources(campaign: Path) -> Resources:
    """Return the resources of a campaign in a folder: beside it, the user's, those of packages, the program's."""
    beside = () if campaign.resolve() == _ROOT else (Folder(CAMPAIGN, campaign),)
    return Resources(
        (*beside, Folder(USER, user_folder()), *_package_folders(tuple(sys.path)), *program_resources().folders)
    )


def user_folder() -> Path:
    """Return where a user keeps resources for all campaigns (on Linux ``~/.local/share/leaflet``)."""
    from platformdirs import user_data_path  # commands that have no campaign do not need it

    return user_data_path("leaflet", appauthor=False)


@lru_cache(maxsize=1)  # all packages are looked through, and a window asks at every change
def _package_folders(path: tuple[str, ...]) -> tuple[Folder, ...]:
    """Return the folders that installed packages name, by name of the package; none of them is imported.

    Args:
        path: where Python finds packages.
    """
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    folders: list[Folder] = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        package, *inside = point.value.split(".")
        spec = find_spec(package)
        folders += [
            Folder(package, Path(place, *inside)) for place in (spec and spec.submodule_search_locations) or ()
        ]
    return tuple(folders)


def _is_there(path: Path) -> bool:
    return (path / MAIN).is_file() or path.is_file()
