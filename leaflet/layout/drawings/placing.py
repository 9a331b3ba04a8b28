"""Drawings become marks: scaled into a box, in the colours that the theme and the place give them."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from leaflet.faults import Place, fail
from leaflet.geometry import Box, Um, to_pt
from leaflet.layout.drawings.parse_svg import WORDS, Drawing, DrawnText
from leaflet.layout.fonts import FontFace
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Mark, Path, Step, Text
from leaflet.layout.piece import Builder, Node
from leaflet.layout.setter import Setter
from leaflet.markup.parse import Element

_ICON = {"icon-line": "ink", "icon-fill": ""}  # of an icon whose place chooses nothing
_SMALLEST = 0.6  # how small a text may be set that has too little room, as a share of its size
_WORD = re.compile(rf"{{({'|'.join(sorted(WORDS))})}}")
_ELLIPSIS = "…"
_LEAST_WITH_WORDS = 0.72  # scale of a scene; in a smaller one words would be under 4 points
_BAR_HEIGHT, _BAR_WIDTH = 0.45, 0.86  # of a line in the place of a text, as shares of the text


class _Scale(NamedTuple):
    """The scale of a drawing and where its corner is."""

    factor: float
    x: Um
    y: Um

    def point(self, x: Um, y: Um) -> tuple[Um, Um]:
        """Return where a point of the drawing is."""
        return self.x + round(x * self.factor), self.y + round(y * self.factor)

    def step(self, step: Step) -> Step:
        """Return a step of a path where it is."""
        factor, left, top = self
        across = [left + round(x * factor) for x in step.points[::2]]
        down = [top + round(y * factor) for y in step.points[1::2]]
        return Step(step.kind, tuple(chain.from_iterable(zip(across, down, strict=True))))


def draw(
    setter: Setter,
    drawing: Drawing,
    box: Box,
    *,
    colors: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    line_width: Um | None = None,
    least: float = 0,
) -> tuple[Mark, ...]:
    """Return the marks of a drawing, as large as the box allows, in its middle; `line_width` is that of all lines.

    `colors` are the theme's names for colours that the drawing names, empty for none; others have the theme's name.
    `words` are what the template hands in for ``{words}``: what is missing is left out. Under the scale `least` words
    are too small to be read, and lines stand in their place.
    """
    scale = _fit(drawing, box)
    names = {**_ICON, **(colors or {})}

    def color(token: str) -> str:
        """Return the theme's name for a colour; empty if it has none, as the highlighter's outline."""
        name = names.get(token, token)
        return name if setter.style.theme.colors.get(name) != "" else ""

    marks: list[Mark] = []
    is_greeked = setter.style.theme.page.pages == "flow" or scale.factor < least
    for shape in drawing.shapes:
        if isinstance(shape, DrawnText):
            text = _WORD.sub(lambda word: (words or {}).get(word[1], ""), shape.text).strip()
            if text and (name := color(shape.fill)):
                place = _bar if is_greeked else _set  # large print has no small words
                marks.append(place(setter, drawing, shape, text, name, scale))
            continue
        fill, line = color(shape.fill), color(shape.line)
        if fill or line:
            width = round(shape.line_width * scale.factor) if line_width is None else line_width
            dash = tuple(round(length * scale.factor) for length in shape.dash) if line else ()
            steps = tuple(map(scale.step, shape.steps))
            marks.append(Path(steps, fill, line, width if line else 0, dash, shape.end, shape.join, shape.even_odd))
    return tuple(marks)


def draw_scene(
    setter: Setter, element: Element, box: Box, colors: Mapping[str, str] | None = None
) -> tuple[Mark, ...]:
    """Return the marks of the scene that an element names, with the words it hands in; arguments as of `draw`."""
    words = {word: element.attributes[word] for word in WORDS if word in element.attributes}
    if "address" in words:
        words["address"] = words["address"].split("/")[0]  # the name of the site, which readers look at
    scene = setter.scene(element.attributes["scene"], element.at)
    return draw(setter, scene, box, colors=colors, words=words, least=_LEAST_WITH_WORDS)


def anchors(drawing: Drawing, box: Box) -> dict[str, tuple[Um, Um]]:
    """Return where the parts are that callouts lead to, in a drawing that `draw` puts into a box."""
    scale = _fit(drawing, box)
    return {name: scale.point(x, y) for name, (x, y) in drawing.anchors.items()}


def figure(builder: Builder, marks: tuple[Mark, ...], alt: str, box: Box) -> None:
    """Add marks as a picture with an alternative text; without meaning they are `Builder.artifact`."""
    builder.add_node(Node("Figure", (builder.leaf(marks, "Figure"),), alt=alt, box=box))


def _fit(drawing: Drawing, box: Box) -> _Scale:
    factor = min(box.width / drawing.width, box.height / drawing.height)
    width, height = round(drawing.width * factor), round(drawing.height * factor)
    return _Scale(factor, box.x + (box.width - width) // 2, box.y + (box.height - height) // 2)


def _set(setter: Setter, drawing: Drawing, shape: DrawnText, text: str, color: str, scale: _Scale) -> Text:
    if missing := setter.book.missing(text):
        raise fail("G101", Place(file=f"{drawing.name}.svg"), characters=missing, text=text, font=setter.book.family)
    face = setter.book.face(shape.weight)
    size = round(to_pt(round(shape.size * scale.factor)), 2)
    if shape.room:
        text, size = _shorten(face, text, size, round(shape.room * scale.factor))
    x, y = scale.point(shape.x, shape.y)
    if shape.anchor != "start":
        width = to_um(face.width(text), size)
        x -= width if shape.anchor == "end" else width // 2
    return Text(x, y, text + " ", shape.weight, size, color)  # the space keeps words apart in extracted text


def _bar(setter: Setter, drawing: Drawing, shape: DrawnText, text: str, color: str, scale: _Scale) -> Path:
    """Return a thick line in the place of a text, as long as the text would be."""
    mark = _set(setter, drawing, shape, text, color, scale)
    height = round(shape.size * _BAR_HEIGHT * scale.factor)
    width = max(height, round(to_um(setter.book.face(shape.weight).width(text), mark.size) * _BAR_WIDTH))
    if shape.room:
        width = min(width, round(shape.room * _BAR_WIDTH * scale.factor))
    x, y = mark.x, mark.y - height // 2
    if shape.anchor != "start":
        x += round(width * (1 / _BAR_WIDTH - 1)) // 2
    steps = (Step("m", (x + height // 2, y)), Step("l", (x + width - height // 2, y)))
    return Path(steps, line=color if color.startswith("on-") else "grey", line_width=height)


def _shorten(face: FontFace, text: str, size: float, room: Um) -> tuple[str, float]:
    """Return a text that fits its room and the size it has there: smaller first, then cut."""
    least = round(size * _SMALLEST, 2)
    while size > least and to_um(face.width(text), size) > room:
        size = max(least, round(size - 0.05, 2))
    shown = text
    while text and to_um(face.width(shown), size) > room:
        text = text[:-1]
        shown = text.rstrip() + _ELLIPSIS
    return shown, size


def place_icon(setter: Setter, builder: Builder, name: str, at: str, box: Box, color: str = "brand-text") -> None:
    """Draw an icon that says nothing which the text beside it does not say."""
    fill = "tint-strong" if color == "brand-text" else "paper"
    builder.artifact(*draw(setter, setter.icon(name, at), box, colors={"icon-line": color, "icon-fill": fill}))
