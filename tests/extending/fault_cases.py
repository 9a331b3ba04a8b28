"""For each fault code of what packages add, one way to cause it."""

from collections.abc import Callable
from pathlib import Path

from leaflet.extensions import RULES, Extension, find_added, find_named, load
from leaflet.faults import Fault
from leaflet.resources import find_resources
from tests.extending.packages import installed, write_package
from tests.support import caught

Case = Callable[[Path], list[Fault]]
MADE = "from leaflet.extensions import Extension\nIT = Extension(api={})\n"


def loaded(code: str) -> Case:
    """A case from loading what a package of this code adds."""

    def case(folder: Path) -> list[Fault]:
        write_package(folder, "broken", code, {RULES: {"ours": "broken:IT"}})
        with installed(folder):
            (added,) = find_added(RULES)
            return caught(lambda: load(added, Extension))

    return case


def no_folder(folder: Path) -> list[Fault]:
    """A package without the folder of resources that it names."""
    write_package(folder, "broken", "", {"leaflet.resources": {"broken": "broken.resources"}})
    with installed(folder):
        return caught(lambda: find_resources(folder))


def twice(folder: Path) -> list[Fault]:
    """Two packages that add something under one name."""
    for name in ("one", "other"):
        write_package(folder, name, "", {RULES: {"ours": f"{name}:IT"}})
    with installed(folder):
        return caught(lambda: find_named(RULES, "ours", ()))


CASES: dict[str, Case] = {
    "U140": loaded("1 / 0"),
    "U141": no_folder,
    "U142": loaded(MADE.format(2)),
    "U143": twice,
}
