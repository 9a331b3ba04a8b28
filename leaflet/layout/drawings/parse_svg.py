"""Read a drawing from SVG, strictly: what is outside the subset is a fault with its line, never left out in silence.

A drawing is plain values: paths and texts in painting order, in µm from its top left corner, y downwards.

Files may come from anybody: document types, and so entities, are refused; sizes and numbers of parts have bounds.
Elements are rewritten as path data, which fontTools reads; all curves become cubic ones, points are placed in µm.
What is not named here is refused: a drawing that a browser shows in another way than the leaflet would mislead
whoever draws it. A value that cannot be read is a `BadValueError`.
"""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, NoReturn
from xml.parsers import expat

from fontTools.misc.transform import Transform
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.faults import LeafletError, Place, fail
from leaflet.geometry import UM_PER_MM, Um
from leaflet.layout.fonts import Weight
from leaflet.layout.marks import LineEnd, LineJoin, Path, Step, StepKind
from leaflet.program import own_table

# Colours a drawing may name. The place where an icon stands chooses the last two. `grey` are lines in place of text;
# `mark-line` goes around the highlighter, which has no colour where a theme saves ink.
TOKENS = frozenset({"ink", "mute", "paper", "line", "tint", "tint-strong", "mark", "mark-line", "brand-text", "grey"})
TOKENS |= {"button", "on-button", "button-line", "good", "bad", "icon-line", "icon-fill"}
WORDS = frozenset({"address", "sender", "login", "name", "code", "first", "last"})  # that a template hands in
# The face of each weight of SVG, in hundreds.
FACES: Mapping[int, Weight] = {4: "regular", 5: "medium", 6: "bold", 7: "bold", 8: "extrabold"}


class DrawnText(Struct, frozen=True):
    """A line of text: `x` is where it begins, ends or has its middle, as `anchor` says, `y` its baseline."""

    x: Um
    y: Um
    text: str  # with ``{words}`` that the template hands in
    weight: Weight
    size: Um  # of its type
    fill: str
    anchor: str = "start"
    room: Um = 0  # its greatest width; 0 for none


class Drawing(Struct, frozen=True):
    """An icon, a scene or a logo."""

    name: str  # of its file
    width: Um
    height: Um
    shapes: tuple[Path | DrawnText, ...]  # in painting order; colours of paths are tokens, or #rrggbb in a logo
    anchors: dict[str, tuple[Um, Um]] = field(default_factory=dict)  # points that callouts lead to, by name


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
    element: frozenset(names.split()) for element, names in own_table("drawings.toml")["attributes"].items()
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
            transform = transform.transform(_TRANSFORMATIONS[call[1]](*parse_numbers(call[2], "transform")))
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


_PATH_DATA_OF: Mapping[str, Callable[[Attributes], str]] = {  # of what draws a shape; empty if it has no extent
    "path": _own,
    "line": lambda a: f"M{a.number('x1')} {a.number('y1')}L{a.number('x2')} {a.number('y2')}",
    "polyline": _points,
    "polygon": lambda a: _points(a) and _points(a) + "z",
    "rect": _rectangle,
    "circle": lambda a: _round(a.number("cx"), a.number("cy"), a.length("r"), a.length("r")),
    "ellipse": lambda a: _round(a.number("cx"), a.number("cy"), a.length("rx"), a.length("ry")),
}

_WEIGHTS = {"normal": 4, "bold": 7}
ColorParser = Callable[[str, str], str]
"""Returns the name of a colour, empty for none; arguments: the text and the name of an attribute."""


class ElementLook(Struct, frozen=True, kw_only=True):
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

    def inside(self, given: Mapping[str, str], parse_color: ColorParser) -> "ElementLook":
        """Return the look of an element with these attributes inside one of this look."""
        found: dict[str, Any] = {}
        for attribute, text in given.items():
            if attribute in COLORED:
                found[COLORED[attribute]] = parse_color(text, attribute)
            elif attribute in INHERITED:
                name, parse = INHERITED[attribute]
                found[name] = parse(text, attribute)
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
    return Attributes({attribute: text}).length(attribute)


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
# Of each attribute: the field of `ElementLook`, how it is read.
INHERITED: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {
    "stroke-width": ("line_width", _length),
    "stroke-dasharray": ("dash", _dash),
    "stroke-linecap": ("end", _one_of("butt", "round", "square")),
    "stroke-linejoin": ("join", _one_of("miter", "round", "bevel")),
    "fill-rule": ("even_odd", lambda text, attribute: _one_of("nonzero", "evenodd")(text, attribute) == "evenodd"),
    "font-size": ("size", _length),
    "font-weight": ("weight", _weight),
    "text-anchor": ("anchor", _one_of("start", "middle", "end")),
}

_Point = tuple[float, float]
_UNREADABLE = (ValueError, IndexError, TypeError, ZeroDivisionError, OverflowError)  # what the parser raises
_FARTHEST = 10**9  # µm: no paper is that large


def path_steps(data: str, transform: Transform) -> Iterator[Step]:
    """Yield the steps of path data in µm, given the transformation from the drawing's units."""
    from fontTools.pens.recordingPen import RecordingPen  # a build without drawings needs none of this
    from fontTools.svgLib.path.parser import parse_path

    pen = RecordingPen()
    try:
        parse_path(data, pen)
        steps = [Step(kind, _placed(transform, *points)) for kind, points in _cubic(pen.value)]
        if any(abs(value) > _FARTHEST for step in steps for value in step.points):
            raise OverflowError
        yield from steps
    except _UNREADABLE:
        raise BadValueError("d", data) from None


def _cubic(recorded: list[tuple[str, Any]]) -> Iterator[tuple[StepKind, tuple[_Point, ...]]]:
    """Yield what a pen recorded in the words of a page: moves, lines, cubic curves, closings."""
    here: _Point = (0, 0)
    for operator, points in recorded:
        match operator:
            case "moveTo":
                yield "m", points
            case "lineTo":
                yield "l", points
            case "curveTo":
                yield "c", points
            case "qCurveTo":
                (x, y), end = points  # the controls of the cubic curve are two thirds of the way to this one
                first, second = ((px + (x - px) * 2 / 3, py + (y - py) * 2 / 3) for px, py in (here, end))
                yield "c", (first, second, end)
            case "closePath":
                yield "z", ()
        here = points[-1] if points else here


def _placed(transform: Transform, *points: _Point) -> tuple[Um, ...]:
    return tuple(round(value) for point in points for value in transform.transformPoint(point))


_DRAWINGS = 256  # kept in a process: a preview makes the same pages again and again
_MOST_ELEMENTS = 500  # the largest scene of the program has some sixty
_MOST_STEPS = 5000
_MOST_LEVELS = 12
_MOST_SIDE = 1000  # units of a viewBox
_PART = "part-"  # what the id of a point begins with that callouts lead to
_WORD = re.compile(r"\{([^{}]*)\}")
_WHITE = re.compile(r"[ \t\r\n]+")
_IGNORED = frozenset({"id", "font-family", "space", "lang"})  # attributes without an effect


@lru_cache(maxsize=_DRAWINGS)
def read_drawing(source: str, file: str) -> Drawing:
    """Read an icon or a scene; one unit of its viewBox is a millimetre.

    It may be no SVG, outside the subset, or too large (M413, M416 to M422); `file` is its name in messages.
    """
    return SvgReader(file).read(source)


class SvgReader:
    """A reader of one file, by expat's callbacks; `file` is its name, as messages have it."""

    elements: frozenset[str] = frozenset(GEOMETRY.keys() | UNREAD)
    most_elements, most_steps, most_levels = _MOST_ELEMENTS, _MOST_STEPS, _MOST_LEVELS
    parse_color: ColorParser = staticmethod(parse_token)

    def __init__(self, file: str) -> None:
        self.file = file
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self.read_text
        self._parser.StartDoctypeDeclHandler = self.read_document_type
        self._parser.buffer_text = True
        self._tags: list[str] = []
        self._looks: list[ElementLook] = []
        self._text: list[str] = []
        self._line_of_text: DrawnText | None = None
        self._elements = self._steps = 0
        self.width = self.height = 0
        self._shapes: list[Path | DrawnText] = []
        self._anchors: dict[str, tuple[Um, Um]] = {}

    def read(self, source: str | bytes) -> Drawing:
        """Return the drawing of a source."""
        try:
            self._parser.Parse(source, True)
        except expat.ExpatError as error:
            raise self.fault("M416", problem=expat.ErrorString(error.code)) from None
        except (LookupError, ValueError) as error:  # of an encoding that is not known
            raise self.fault("M416", problem=str(error)) from None
        finally:
            del self._parser  # it holds our methods: without this each drawing would leave a cycle behind
        name = self.file.rpartition("/")[2].removesuffix(".svg")
        return Drawing(name, self.width, self.height, tuple(self._shapes), self._anchors)

    def start(self, name: str, given: dict[str, str]) -> None:
        """Read the start of an element, with the attributes it has."""
        tag = self._check_element(name)
        self._tags.append(tag)
        if tag in UNREAD:
            return
        attributes = {key.rpartition(" ")[2]: value.strip() for key, value in given.items()}
        allowed = GEOMETRY[tag] | COLORED.keys() | INHERITED.keys() | _IGNORED
        if unknown := attributes.keys() - allowed:
            self.refuse(f"{min(unknown)}=", allowed - _IGNORED)
        try:
            self._read_element(tag, attributes)
        except BadValueError as error:
            if error.attribute in COLORED:
                raise self.fault("M418", value=error.value, known=", ".join(sorted(TOKENS))) from None
            raise self.fault("M420", attribute=error.attribute, value=error.value) from None

    def end(self, name: str) -> None:
        """Read the end of an element."""
        tag = self._tags.pop()
        if tag in ("svg", "g"):
            self._looks.pop()
        elif tag == "text":
            self._end_text()

    def read_text(self, text: str) -> None:
        """Read characters, which are drawn in lines of text alone."""
        if self._tags[-1] in ("svg", "g") and text.strip():
            self.refuse(text.strip(), GEOMETRY)
        self._text.append(text)

    def _check_element(self, name: str) -> str:
        """Return the tag of an element that may stand where it does."""
        namespace, _, tag = name.rpartition(" ")
        self._elements += 1
        if self._elements > self.most_elements:
            raise self.fault("M419", allowed=self.most_elements)
        if len(self._tags) >= self.most_levels:
            raise self.fault("M413", allowed=self.most_levels)
        is_root = not self._tags
        if is_root and (namespace, tag) != (NAMESPACE, "svg"):
            raise self.fault("M416", problem=f'<svg xmlns="{NAMESPACE}">?')
        known = self.elements - (set() if is_root else {"svg"})
        if namespace != NAMESPACE or tag not in known:
            self.refuse(f"<{tag}>", known)
        if not is_root and self._tags[-1] not in ("svg", "g"):
            self.refuse(f"<{self._tags[-1]}> … <{tag}>", known)
        return tag

    def _read_element(self, tag: str, given: Mapping[str, str]) -> None:
        attributes = Attributes(given)
        look = self.read_root(attributes) if tag == "svg" else self._looks[-1]
        look = look.inside(given, self.parse_color)
        if tag in ("svg", "g"):
            self._looks.append(look)
        elif tag == "text":
            self._open_text(attributes, look)
        elif attributes.text("id").startswith(_PART):
            self._add_anchor(tag, attributes, look)
        else:
            self._add_path(_PATH_DATA_OF[tag](attributes), look)

    def read_root(self, attributes: Attributes) -> ElementLook:
        """Return the look that everything begins with, once the size is known."""
        left, top, width, height = attributes.numbers("viewBox", 4)
        if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE):
            raise BadValueError("viewBox", attributes.text("viewBox"))
        style = attributes.text("style").strip(" ;")  # sample values of colours, for browsers
        if style and not all(part.strip().startswith("--") for part in style.split(";")):
            raise BadValueError("style", style)
        self.width, self.height = round(width * UM_PER_MM), round(height * UM_PER_MM)
        return ElementLook(transform=Transform().scale(UM_PER_MM).translate(-left, -top), fill="ink")

    def _add_path(self, data: str, look: ElementLook) -> None:
        if not data or not (look.fill or look.line):
            return
        steps = tuple(path_steps(data, look.transform))
        self._steps += len(steps)
        if self._steps > self.most_steps:
            raise self.fault("M419", allowed=self.most_steps)
        for step in steps:
            if step.points:
                self.check_inside(*step.points[-2:])
        scale = _scale_of(look.transform)
        width = round(look.line_width * scale) if look.line else 0
        dash = tuple(round(length * scale) for length in look.dash) if look.line else ()
        line = look.line if width else ""
        self._shapes.append(Path(steps, look.fill, line, width, dash, look.end, look.join, look.even_odd))

    def _add_anchor(self, tag: str, attributes: Attributes, look: ElementLook) -> None:
        if tag != "circle":
            self.refuse(f'<{tag} id="{attributes.text("id")}">', ["circle"])
        x, y = _placed(look.transform, (attributes.number("cx"), attributes.number("cy")))
        self.check_inside(x, y)
        self._anchors[attributes.text("id").removeprefix(_PART)] = x, y

    def _open_text(self, attributes: Attributes, look: ElementLook) -> None:
        """Keep a line of text, whose characters are to come."""
        transform, scale = look.transform, _scale_of(look.transform)
        if transform.xy or transform.yx or transform.xx != transform.yy or transform.xx <= 0:
            raise BadValueError("transform", "text")
        size, room = round(look.size * scale), round(attributes.length("data-room") * scale)
        if size <= 0:
            raise BadValueError("font-size", f"{look.size:g}")
        x, y = _placed(transform, (attributes.number("x"), attributes.number("y")))
        self.check_inside(x, y)
        self._text.clear()
        self._line_of_text = DrawnText(x, y, "", FACES[look.weight], size, look.fill, look.anchor, room)

    def _end_text(self) -> None:
        text, line = _WHITE.sub(" ", "".join(self._text)).strip(" "), self._line_of_text
        assert line is not None
        for word in _WORD.findall(text):
            if word not in WORDS:
                self.refuse(f"{{{word}}}", [f"{{{known}}}" for known in WORDS])
        if text and line.fill:
            self._shapes.append(replace(line, text=text))

    def check_inside(self, x: Um, y: Um) -> None:
        """Check that a point lies in the viewBox, beyond which browsers show nothing."""
        if not (-1 <= x <= self.width + 1 and -1 <= y <= self.height + 1):  # a micrometre comes from rounding
            raise self.fault("M422", x=f"{x / UM_PER_MM:g}", y=f"{y / UM_PER_MM:g}")

    def refuse(self, found: str, known: Collection[str]) -> NoReturn:
        """Refuse what was found in the place of something known."""
        raise self.fault("M417", found=found, known=", ".join(sorted(known)))

    def read_document_type(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        """Refuse a document type, in which entities are declared."""
        self.refuse("<!DOCTYPE>", GEOMETRY.keys())

    def fault(self, code: str, **values: object) -> LeafletError:
        """Return a fault at the line that is being read."""
        return fail(code, Place(file=self.file, line=self.line), **values)

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber


def _scale_of(transform: Transform) -> float:
    """Return how much a transformation enlarges lines; the mean of both directions."""
    return math.sqrt(abs(transform.xx * transform.yy - transform.xy * transform.yx))
