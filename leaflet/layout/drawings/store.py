"""The drawings of a build: sources are read from wherever they are, parsed when a block first asks for them."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from leaflet.faults import fail
from leaflet.files.resources import Resources, program_resources
from leaflet.files.toml_files import read_resource
from leaflet.layout.drawings.parse_svg import Drawing, read_drawing
from leaflet.markup.parse import place_of

DrawingKind = Literal["icons", "scenes"]


def load_sources(resources: Resources, kind: DrawingKind) -> dict[str, str]:
    """Return the source of every drawing of a kind by name, each from the nearest folder that has it."""
    found = {name: resources.find(kind, name) for name in resources.names(kind)}
    return {name: read_resource(file, _file(kind, name)) for name, file in found.items() if file is not None}


class Drawings:
    """The icons and scenes of a build, made of their sources by name."""

    def __init__(self, icons: Mapping[str, str], scenes: Mapping[str, str]) -> None:
        self._sources: Mapping[DrawingKind, Mapping[str, str]] = {"icons": icons, "scenes": scenes}
        self._read: dict[tuple[DrawingKind, str], Drawing] = {}

    def find(self, kind: DrawingKind, name: str, at: str) -> Drawing:
        """Return a drawing; `at` is where the template names it, ``file:line``."""
        sources, key = self._sources[kind], (kind, name)
        if name not in sources:
            raise fail("M421", place_of(at), name=name, known=", ".join(sorted(sources)) or "–")
        if key not in self._read:
            self._read[key] = read_drawing(sources[name], _file(kind, name))
        return self._read[key]


@cache
def program_drawings() -> Drawings:
    """Return the drawings that come with the program."""
    resources = program_resources()
    return Drawings(load_sources(resources, "icons"), load_sources(resources, "scenes"))


def _file(kind: DrawingKind, name: str) -> str:
    return f"{kind}/{name}.svg"
