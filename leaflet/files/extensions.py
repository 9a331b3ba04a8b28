"""Find and load what installed packages add: resources, and rules of ``leaflet check``.

A package names what it adds as entry points, in one group for each kind. All packages are looked through once, when
the first kind is asked for; the code of a package runs only when what it adds is used. What cannot be used is a fault
that names the package: nothing is left out in silence. `leaflet.preflight.extending` has what packages may rely on.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import NamedTuple, TypeVar

from msgspec import Struct

from leaflet.faults import LeafletError, Place, fail, place_of_error
from leaflet.files.words import in_both

API = 1  # the version of what `leaflet.preflight.extending` offers
OFF = "LEAFLET_NO_EXTENSIONS"  # the variable of the environment that switches all of them off
RESOURCES, RULES = "leaflet.resources", "leaflet.rules"


class Extension(Struct, frozen=True, kw_only=True):
    """Something that a package adds, other than resources."""

    api: int  # the version of `leaflet.preflight.extending` that it was made for


_E = TypeVar("_E", bound=Extension)


class Added(NamedTuple):
    """An entry point of a package."""

    package: str  # its name and release, « federation-leaflets 1.2 »
    group: str  # the kind of what it adds
    name: str  # how that is called
    value: str  # where it is: a module, with the name in it after a colon
    site: str  # the folder that the package is installed in

    def refused(self, code: str, **values: object) -> LeafletError:
        """Return the exception that says why this cannot be used."""
        return fail(code, Place(file=self.package, field=self.group), package=self.package, name=self.name, **values)


def find_added(group: str) -> Sequence[Added]:
    """Return what packages add of a kind, by package and name; none of their code runs.

    Raises:
        UsageError: the entry points of a package cannot be read (U140).
    """
    if os.environ.get(OFF, "0") != "0":
        return ()
    return _all_added(tuple(sys.path)).get(group, ())


def load(added: Added, kind: type[_E]) -> _E:
    """Import something that a package adds.

    Raises:
        UsageError: it cannot be imported (U140), is no `kind` (U141), or was made for another version of
            `leaflet.preflight.extending` (U142).
    """
    from importlib.metadata import EntryPoint

    try:
        found = EntryPoint(added.name, added.value, added.group).load()
    except (Exception, SystemExit) as error:  # whatever the package does when it is imported
        raise added.refused("U140", problem=describe(error)) from None
    if not isinstance(found, kind):
        values = {"value": added.value, "wrong": type(found).__name__, "kind": kind.__name__}
        raise added.refused("U141", **in_both("why", "wrong_type", **values))
    if found.api != API:
        raise added.refused("U142", found=found.api, known=API)
    return found


def describe(error: BaseException) -> str:
    """Return what went wrong in the code of a package: type, text, and the line that raised it."""
    text = str(error)
    return f"{type(error).__name__}{f': {text}' if text else ''}{place_of_error(error)}"


@lru_cache(maxsize=1)  # all packages are looked through, and a window asks at every change
def _all_added(path: tuple[str, ...]) -> Mapping[str, Sequence[Added]]:
    """Return what packages on the path of Python add, by its kind."""
    from importlib.metadata import distribution, distributions

    names = {found.name for found in distributions() if "[leaflet." in (found.read_text("entry_points.txt") or "")}
    groups: dict[str, list[Added]] = {}
    for name in sorted(names):
        package = distribution(name)  # the first of its name on the path is the one that is imported
        release, site = f"{name} {package.version}", str(package.locate_file(""))
        try:
            points = sorted((point.group, point.name, point.value) for point in package.entry_points)
        except Exception as error:  # of a reader that takes a file as its installer wrote it
            raise Added(release, "entry_points.txt", name, "", site).refused(
                "U140", problem=describe(error)
            ) from None
        for group, called, value in points:
            groups.setdefault(group, []).append(Added(release, group, called, value, site))
    return groups


# Module and package of the extra ``check``; the last comes with the program itself where there is a wheel of it.
LIBRARIES = {"numpy": "numpy", "page": "page-validation", "pikepdf": "pikepdf", "zxingcpp": "zxing-cpp"}


def missing_libraries() -> list[str]:
    """Return the packages of the extra that are not installed."""
    return [package for module, package in LIBRARIES.items() if find_spec(module) is None]


def require_judging(asked: str) -> None:
    """Refuse what judges finished files, as somebody `asked` for it, where a library is missing for that (U033)."""
    if missing := missing_libraries():
        raise fail("U033", Place(field=asked), value=asked, missing=", ".join(missing))
