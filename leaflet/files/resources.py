"""Finds templates, themes, drawings, formats, stock, elections and académies: one's own first, then the program's."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from leaflet.files.extensions import RESOURCES, Added, find_added
from leaflet.files.words import in_both
from leaflet.program import assets, templates

Kind = Literal["templates", "themes", "formats", "elections", "icons", "scenes", "mails", "words"]
TableFile = Literal["academies.toml", "departements.toml", "national.toml", "stock.toml"]
CAMPAIGN, USER, PROGRAM = "campaign", "user", "program"  # origins; any other is a package
MAIN = "leaflet.xml"  # the file that makes a folder a template
ABOUT = "template.toml"  # its description of itself, beside that
DRAWN: frozenset[Kind] = frozenset({"icons", "scenes"})  # kinds whose files are SVG
SHARED = "_shared"  # beside templates: files that several of them include
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")  # of a resource; no dot and no slash lead out of its folder


class Folder(NamedTuple):
    """A folder that ``templates/``, ``themes/``, … are in."""

    origin: str  # whose it is: ``campaign``, ``user``, ``program``, else name and release of a package
    path: Path


class Resource(NamedTuple):
    """A file of resources, or the folder of a template; and the folder that it must not lead out of."""

    folder: Folder
    path: Path


class Resources(NamedTuple):
    """The folders in which resources are looked for, the first one first. Plain data, which workers get too."""

    folders: tuple[Folder, ...]

    def find(self, kind: Kind, name: str) -> Resource | None:
        """Return the resource of this name in the first folder that has it; None if none has."""
        places = self.candidates(kind, name) if _NAME.fullmatch(name) else ()
        return next((at for at in places if (at.path / MAIN).is_file() or at.path.is_file()), None)

    def candidates(self, kind: Kind, name: str) -> Iterator[Resource]:
        """Yield where a resource of this name would be, folder by folder."""
        return (Resource(folder, folder.path / kind / file_name(kind, name)) for folder in self.folders)

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
    return name + {"templates": "", "mails": ".txt"}.get(kind, ".svg" if kind in DRAWN else ".toml")


def program_resources() -> Resources:
    """Return the resources that come with the program alone."""
    return Resources((Folder(PROGRAM, templates().parent), Folder(PROGRAM, assets())))


def find_resources(campaign: Path) -> Resources:
    """Return the resources of a campaign in a folder: beside it, the user's, those of packages, the program's.

    Raises:
        UsageError: a package adds a folder that is not there (U141).
    """
    beside = () if campaign.resolve() == templates().parent else (Folder(CAMPAIGN, campaign),)
    of_packages = _package_folders(tuple(find_added(RESOURCES)))
    return Resources((*beside, Folder(USER, user_folder()), *of_packages, *program_resources().folders))


def user_folder() -> Path:
    """Return where a user keeps resources for all campaigns (on Linux ``~/.local/share/leaflet``)."""
    from platformdirs import user_data_path  # commands that have no campaign do not need it

    return user_data_path("leaflet", appauthor=False)


@lru_cache(maxsize=1)
def _package_folders(named: Sequence[Added]) -> tuple[Folder, ...]:
    """Return the folders that packages name, in their order; none of their code runs."""
    from importlib.util import find_spec

    folders: list[Folder] = []
    for added in named:
        package, *inside = added.value.split(".")
        try:
            spec = find_spec(package)
        except ValueError:  # an empty name, or that of a script
            spec = None
        places = [Path(place, *inside) for place in (spec and spec.submodule_search_locations) or ()]
        found = [Folder(added.package, place) for place in places if place.is_dir()]
        if not found:
            raise added.refused("U141", **in_both("why", "no_folder", folder=added.value))
        folders += found
    return tuple(folders)
