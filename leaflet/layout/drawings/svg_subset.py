"""The part of SVG 1.1 that drawings are made of: elements, attributes, numbers, colours, transformations.

Elements are rewritten as path data here, so that one parser reads them all. What is not named here is refused: a
drawing that a browser shows in another way than the leaflet would mislead whoever draws it. A value that cannot be
read is a `BadValueError`.
"""

import math
import re
from collections.abc import Callable, Mapping

from fontTools.misc.transform import Transform

from leaflet.layout.drawings.drawing import TOKENS

NAMESPACE = "http://www.w3.org/2000/svg"
UNREAD = frozenset({"title", "desc"})  # elements that say something and draw nothing
_MOST = 1e6  # the largest number, in units of the drawing
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SEPARATOR = re.compile(r"[\s,]+")
_CALL = re.compile(r"\s*([a-zA-Z]+)\s*\(([^()]*)\)\s*,?")
_TOKEN = re.compile(r"var\(\s*--([a-z-]+)\s*\)")
_PATH_DATA = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9+\-.,\s]*")

# The attributes of each element that say what it draws, or hold others.
GEOMETRY: Mapping[str, frozenset[str]] = {
    "svg": frozenset({"viewBox", "width", "height", "version", "style"}),
    "g": frozenset({"transform"}),
    "path": frozenset({"transform", "d"}),
    "line": frozenset({"transform", "x1", "y1", "x2", "y2"}),
    "polyline": frozenset({"transform", "points"}),
    "polygon": frozenset({"transform", "points"}),
    "rect": frozenset({"transform", "x", "y", "width", "height", "rx", "ry"}),
    "circle": frozenset({"transform", "cx", "cy", "r"}),
    "ellipse": frozenset({"transform", "cx", "cy", "rx", "ry"}),
    "text": frozenset({"transform", "x", "y", "data-room"}),
}


class BadValueError(ValueError):
    """An attribute with a value that cannot be read."""

    def __init__(self, attribute: str, value: str) -> None:
        super().__init__(f"{attribute} = {value!r}")
        self.attribute, self.value = attribute, value


class Attributes:
    """The attributes of one element, read as what is asked for."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self._attributes = attributes

    def text(self, name: str) -> str:
        """Return an attribute as it is; empty if it is absent."""
        return self._attributes.get(name, "")

    def number(self, name: str, default: float = 0) -> float:
        """Return a number; ``px`` behind it is the unit of the drawing."""
        text = self._attributes.get(name)
        return default if text is None else parse_number(text.strip().removesuffix("px"), name)

    def length(self, name: str) -> float:
        """Return a number that is not negative."""
        number = self.number(name)
        if number < 0:
            raise BadValueError(name, self.text(name))
        return number

    def numbers(self, name: str, count: int | None = None) -> tuple[float, ...]:
        """Return a list of numbers, `count` of them if that is given."""
        return parse_numbers(self.text(name), name, count)


def parse_number(text: str, name: str) -> float:
    """Parse a number of the attribute `name`."""
    if not _NUMBER.fullmatch(text) or not abs(number := float(text)) <= _MOST:
        raise BadValueError(name, text)
    return number


def parse_numbers(text: str, name: str, count: int | None = None) -> tuple[float, ...]:
    """Parse numbers between white space and commas."""
    numbers = tuple(parse_number(part, name) for part in _SEPARATOR.split(text.strip()) if part)
    if count is not None and len(numbers) != count:
        raise BadValueError(name, text)
    return numbers


def parse_token(text: str, attribute: str) -> str:
    """Parse a colour that a theme gives: ``var(--ink)``, or ``none`` as an empty name."""
    if text.strip() == "none":
        return ""
    token = _TOKEN.fullmatch(text.strip())
    if token is None or token[1] not in TOKENS:
        raise BadValueError(attribute, text)
    return token[1]


def parse_transform(text: str) -> Transform:
    """Parse a list of transformations, the last of which is applied first."""
    transform, end = Transform(), 0
    while call := _CALL.match(text, end):
        try:
            make = _TRANSFORMATIONS[call[1]]
            transform = transform.transform(make(*parse_numbers(call[2], "transform")))
        except (KeyError, TypeError):  # an unknown name, or another count of numbers
            raise BadValueError("transform", text) from None
        end = call.end()
    if text[end:].strip() or not all(abs(part) <= _MOST for part in transform):
        raise BadValueError("transform", text)
    return transform


_TRANSFORMATIONS: Mapping[str, Callable[..., Transform]] = {
    "matrix": lambda a, b, c, d, e, f: Transform(a, b, c, d, e, f),
    "translate": lambda x, y=0: Transform(1, 0, 0, 1, x, y),
    "scale": lambda x, y=None: Transform(x, 0, 0, x if y is None else y, 0, 0),
    "rotate": lambda angle, x=0, y=0: Transform().translate(x, y).rotate(math.radians(angle)).translate(-x, -y),
    "skewX": lambda degrees: Transform().skew(math.radians(degrees), 0),
    "skewY": lambda degrees: Transform().skew(0, math.radians(degrees)),
}


def path_data(tag: str, attributes: Attributes) -> str:
    """Return the path data of an element that draws a shape; empty if it has no extent."""
    return _PATH_DATA_OF[tag](attributes)


def _own(a: Attributes) -> str:
    data = a.text("d")
    if not _PATH_DATA.fullmatch(data):
        raise BadValueError("d", data)
    return data


def _points(a: Attributes) -> str:
    numbers = a.numbers("points")
    if len(numbers) % 2:
        raise BadValueError("points", a.text("points"))
    return "M" + " ".join(map(str, numbers)) if len(numbers) > 2 else ""


def _rectangle(a: Attributes) -> str:
    x, y, width, height = a.number("x"), a.number("y"), a.length("width"), a.length("height")
    if not width or not height:
        return ""
    rx, ry = a.length("rx") or a.length("ry"), a.length("ry") or a.length("rx")
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not rx or not ry:
        return f"M{x} {y}h{width}v{height}h{-width}z"
    across, down = width - 2 * rx, height - 2 * ry
    corner = f"a{rx} {ry} 0 0 1 "
    return (
        f"M{x + rx} {y}h{across}{corner}{rx} {ry}v{down}{corner}{-rx} {ry}"
        f"h{-across}{corner}{-rx} {-ry}v{-down}{corner}{rx} {-ry}z"
    )


def _round(cx: float, cy: float, rx: float, ry: float) -> str:
    if not rx or not ry:
        return ""
    return f"M{cx - rx} {cy}a{rx} {ry} 0 0 1 {2 * rx} 0a{rx} {ry} 0 0 1 {-2 * rx} 0z"


_PATH_DATA_OF: Mapping[str, Callable[[Attributes], str]] = {
    "path": _own,
    "line": lambda a: f"M{a.number('x1')} {a.number('y1')}L{a.number('x2')} {a.number('y2')}",
    "polyline": _points,
    "polygon": lambda a: _points(a) and _points(a) + "z",
    "rect": _rectangle,
    "circle": lambda a: _round(a.number("cx"), a.number("cy"), a.length("r"), a.length("r")),
    "ellipse": lambda a: _round(a.number("cx"), a.number("cy"), a.length("rx"), a.length("ry")),
}
