"""Read a drawing from SVG, strictly: what is outside the subset is a fault with its line, never left out in silence.

Files may come from anybody: document types, and so entities, are refused; sizes and numbers of parts have bounds.
"""

import math
import re
from collections.abc import Collection, Mapping
from typing import NoReturn
from xml.parsers import expat

from fontTools.misc.transform import Transform

from leaflet.faults import LeafletError, Place, fail
from leaflet.layout.drawings.drawing import FACES, TOKENS, WORDS, Drawing, DrawnPath, DrawnText
from leaflet.layout.drawings.look import COLORED, INHERITED, Look
from leaflet.layout.drawings.steps import path_steps
from leaflet.layout.drawings.subset import (
    GEOMETRY,
    NAMESPACE,
    UNREAD,
    Attributes,
    BadValueError,
    parse_token,
    path_data,
)
from leaflet.units import UM_PER_MM, Um

_MOST_ELEMENTS = 500  # the largest scene of the program has some sixty
_MOST_STEPS = 5000
_MOST_LEVELS = 12
_MOST_SIDE = 1000  # units of a viewBox
_PART = "part-"  # what the id of a point begins with that callouts lead to
_WORD = re.compile(r"\{([^{}]*)\}")
_WHITE = re.compile(r"[ \t\r\n]+")
_IGNORED = frozenset({"id", "font-family", "space", "lang"})  # attributes without an effect


def read_drawing(source: str, file: str) -> Drawing:
    """Read an icon or a scene; one unit of its viewBox is a millimetre.

    Args:
        source: the text of the file.
        file: its name, as messages have it.

    Raises:
        TemplateError: it is not SVG, outside the subset, or too large (M413, M416 to M422).
    """
    return _Reader(file).read(source)


class _Reader:
    """A reader of one file, by expat's callbacks."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read_text
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type
        self._parser.buffer_text = True
        self._tags: list[str] = []
        self._looks: list[Look] = []
        self._text: list[str] = []
        self._text_from: tuple[Attributes, Look] | None = None
        self._elements = self._steps = 0
        self._width = self._height = 0
        self._shapes: list[DrawnPath | DrawnText] = []
        self._anchors: dict[str, tuple[Um, Um]] = {}

    def read(self, source: str) -> Drawing:
        """Return the drawing of a source."""
        try:
            self._parser.Parse(source, True)
        except expat.ExpatError as error:
            raise self._fault("M416", problem=expat.ErrorString(error.code)) from None
        finally:
            del self._parser  # it holds our methods: without this each drawing would leave a cycle behind
        name = self._file.rpartition("/")[2].removesuffix(".svg")
        return Drawing(name, self._width, self._height, tuple(self._shapes), self._anchors)

    def _start(self, name: str, given: dict[str, str]) -> None:
        """Read the start of an element, with the attributes it has."""
        tag = self._check_element(name)
        self._tags.append(tag)
        if tag in UNREAD:
            return
        attributes = {key.rpartition(" ")[2]: value.strip() for key, value in given.items()}
        allowed = GEOMETRY[tag] | COLORED.keys() | INHERITED.keys() | _IGNORED
        if unknown := attributes.keys() - allowed:
            self._refuse(f"{min(unknown)}=", allowed - _IGNORED)
        try:
            self._read_element(tag, attributes)
        except BadValueError as error:
            if error.attribute in COLORED:
                raise self._fault("M418", value=error.value, known=", ".join(sorted(TOKENS))) from None
            raise self._fault("M420", attribute=error.attribute, value=error.value) from None

    def _end(self, name: str) -> None:
        """Read the end of an element."""
        tag = self._tags.pop()
        if tag in ("svg", "g"):
            self._looks.pop()
        elif tag == "text":
            self._end_text()

    def _read_text(self, text: str) -> None:
        if self._tags[-1] in ("svg", "g") and text.strip():
            self._refuse(text.strip(), GEOMETRY)
        self._text.append(text)

    def _check_element(self, name: str) -> str:
        """Return the tag of an element that may stand where it does."""
        namespace, _, tag = name.rpartition(" ")
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise self._fault("M419", allowed=_MOST_ELEMENTS)
        if len(self._tags) >= _MOST_LEVELS:
            raise self._fault("M413", allowed=_MOST_LEVELS)
        is_root = not self._tags
        if is_root and (namespace, tag) != (NAMESPACE, "svg"):
            raise self._fault("M416", problem=f'<svg xmlns="{NAMESPACE}">?')
        known = (GEOMETRY.keys() | UNREAD) - (set() if is_root else {"svg"})
        if namespace != NAMESPACE or tag not in known:
            self._refuse(f"<{tag}>", known)
        if not is_root and self._tags[-1] not in ("svg", "g"):
            self._refuse(f"<{self._tags[-1]}> … <{tag}>", known)
        return tag

    def _read_element(self, tag: str, given: Mapping[str, str]) -> None:
        attributes = Attributes(given)
        look = self._read_root(attributes) if tag == "svg" else self._looks[-1]
        look = look.inside(given, parse_token)
        if tag in ("svg", "g"):
            self._looks.append(look)
        elif tag == "text":
            self._text, self._text_from = [], (attributes, look)
        elif attributes.text("id").startswith(_PART):
            self._add_anchor(tag, attributes, look)
        else:
            self._add_path(path_data(tag, attributes), look)

    def _read_root(self, attributes: Attributes) -> Look:
        """Return the look that everything begins with, once the size is known."""
        left, top, width, height = attributes.numbers("viewBox", 4)
        if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE):
            raise BadValueError("viewBox", attributes.text("viewBox"))
        style = attributes.text("style").strip(" ;")  # sample values of colours, for browsers
        if style and not all(part.strip().startswith("--") for part in style.split(";")):
            raise BadValueError("style", style)
        self._width, self._height = round(width * UM_PER_MM), round(height * UM_PER_MM)
        return Look(transform=Transform().scale(UM_PER_MM).translate(-left, -top), fill="ink")

    def _add_path(self, data: str, look: Look) -> None:
        if not data or not (look.fill or look.line):
            return
        steps = tuple(path_steps(data, look.transform))
        self._steps += len(steps)
        if self._steps > _MOST_STEPS:
            raise self._fault("M419", allowed=_MOST_STEPS)
        for step in steps:
            if step.points:
                self._check_inside(*step.points[-2:])
        scale = _scale_of(look.transform)
        width = round(look.line_width * scale) if look.line else 0
        dash = tuple(round(length * scale) for length in look.dash) if look.line else ()
        line = look.line if width else ""
        self._shapes.append(DrawnPath(steps, look.fill, line, width, dash, look.end, look.join, look.even_odd))

    def _add_anchor(self, tag: str, attributes: Attributes, look: Look) -> None:
        if tag != "circle":
            self._refuse(f'<{tag} id="{attributes.text("id")}">', ["circle"])
        x, y = _placed(look.transform, attributes.number("cx"), attributes.number("cy"))
        self._check_inside(x, y)
        self._anchors[attributes.text("id").removeprefix(_PART)] = x, y

    def _end_text(self) -> None:
        assert self._text_from is not None
        attributes, look = self._text_from
        text = _WHITE.sub(" ", "".join(self._text)).strip(" ")
        transform, scale = look.transform, _scale_of(look.transform)
        if not text or not look.fill:
            return
        if transform.xy or transform.yx or transform.xx != transform.yy or transform.xx <= 0:
            raise self._fault("M420", attribute="transform", value=text)
        for word in _WORD.findall(text):
            if word not in WORDS:
                self._refuse(f"{{{word}}}", [f"{{{known}}}" for known in WORDS])
        x, y = _placed(transform, attributes.number("x"), attributes.number("y"))
        self._check_inside(x, y)
        size, room = round(look.size * scale), round(attributes.number("data-room") * scale)
        if size <= 0:
            raise self._fault("M420", attribute="font-size", value=f"{look.size:g}")
        self._shapes.append(DrawnText(x, y, text, FACES[look.weight], size, look.fill, look.anchor, room))

    def _check_inside(self, x: Um, y: Um) -> None:
        if not (-1 <= x <= self._width + 1 and -1 <= y <= self._height + 1):  # a micrometre comes from rounding
            raise self._fault("M422", x=f"{x / UM_PER_MM:g}", y=f"{y / UM_PER_MM:g}")

    def _refuse(self, found: str, known: Collection[str]) -> NoReturn:
        raise self._fault("M417", found=found, known=", ".join(sorted(known)))

    def _refuse_document_type(self, *_: object) -> None:
        self._refuse("<!DOCTYPE>", GEOMETRY.keys())

    def _fault(self, code: str, **values: object) -> LeafletError:
        return fail(code, Place(file=self._file, line=self._parser.CurrentLineNumber), **values)


def _scale_of(transform: Transform) -> float:
    """Return how much a transformation enlarges lines; the mean of both directions."""
    return math.sqrt(abs(transform.xx * transform.yy - transform.xy * transform.yx))


def _placed(transform: Transform, x: float, y: float) -> tuple[Um, Um]:
    placed_x, placed_y = transform.transformPoint((x, y))
    return round(placed_x), round(placed_y)
