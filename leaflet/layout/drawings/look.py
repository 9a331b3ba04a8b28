"""The look that elements of a drawing inherit from those around them: colours, lines, type, where they are."""

from collections.abc import Callable, Mapping
from typing import Any

from fontTools.misc.transform import Transform
from msgspec import Struct
from msgspec.structs import replace

from leaflet.layout.drawings.drawing import FACES
from leaflet.layout.drawings.subset import BadValueError, parse_number, parse_numbers, parse_transform
from leaflet.layout.marks import LineEnd, LineJoin

_WEIGHTS = {"normal": 4, "bold": 7}
ColorParser = Callable[[str, str], str]
"""Returns the name of a colour, empty for none; arguments: the text and the name of an attribute."""


class Look(Struct, frozen=True, kw_only=True):
    """The look of an element; lengths in its own units, `transform` from these to µm."""

    transform: Transform
    fill: str
    line: str = ""
    line_width: float = 1
    dash: tuple[float, ...] = ()
    end: LineEnd = "butt"
    join: LineJoin = "miter"
    even_odd: bool = False
    size: float = 0
    weight: int = 4
    anchor: str = "start"

    def inside(self, given: Mapping[str, str], parse_color: ColorParser) -> "Look":
        """Return the look of an element with these attributes inside one of this look.

        Raises:
            BadValueError: a value cannot be read.
        """
        found: dict[str, Any] = {}
        for attribute, text in given.items():
            if attribute in COLORED:
                found[COLORED[attribute]] = parse_color(text, attribute)
            elif attribute in INHERITED:
                field, parse = INHERITED[attribute]
                found[field] = parse(text, attribute)
        if "transform" in given:
            found["transform"] = self.transform.transform(parse_transform(given["transform"]))
        return replace(self, **found)


def _one_of(*allowed: str) -> Callable[[str, str], str]:
    def parse(text: str, attribute: str) -> str:
        if text not in allowed:
            raise BadValueError(attribute, text)
        return text

    return parse


def _length(text: str, attribute: str) -> float:
    length = parse_number(text.removesuffix("px"), attribute)
    if length < 0:
        raise BadValueError(attribute, text)
    return length


def _dash(text: str, attribute: str) -> tuple[float, ...]:
    lengths = () if text == "none" else parse_numbers(text, attribute)
    if any(length < 0 for length in lengths) or (lengths and not sum(lengths)):
        raise BadValueError(attribute, text)
    return lengths * (1 + len(lengths) % 2)


def _weight(text: str, attribute: str) -> int:
    weight = _WEIGHTS.get(text) or round(parse_number(text, attribute) / 100)
    if weight not in FACES:
        raise BadValueError(attribute, text)
    return weight


COLORED: Mapping[str, str] = {"fill": "fill", "stroke": "line"}
INHERITED: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {  # the field of `Look`, how the attribute is read
    "stroke-width": ("line_width", _length),
    "stroke-dasharray": ("dash", _dash),
    "stroke-linecap": ("end", _one_of("butt", "round", "square")),
    "stroke-linejoin": ("join", _one_of("miter", "round", "bevel")),
    "fill-rule": ("even_odd", lambda text, attribute: _one_of("nonzero", "evenodd")(text, attribute) == "evenodd"),
    "font-size": ("size", _length),
    "font-weight": ("weight", _weight),
    "text-anchor": ("anchor", _one_of("start", "middle", "end")),
}
