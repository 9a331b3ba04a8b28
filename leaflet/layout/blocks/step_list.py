"""Lines of a list, one under the other: a box to tick, a number, a title, text, what is counted."""

from typing import NamedTuple

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import pt_line
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.spans import Span, read_spans
from leaflet.layout.text_marks import Column, Look
from leaflet.markup.parse import Element

_TICK_BOX, _TICK_RADIUS = mm(5.6), mm(0.8)
_CELL_GAP = mm(3)  # between the texts of a line
_TITLE_SHARE = 0.22  # of the width, for titles in a column
_LEAST_END = mm(14)  # so that what is counted in lines one under the other begins in one place


class _Cell(NamedTuple):
    """A text of a line with its place: where it begins, how wide and how high it is."""

    x: Um
    width: Um
    height: Um
    spans: list[Span | None]
    look: Look


def place_item(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place one line of a list: a box to tick, a number, a title in a column of its own, text, what is counted.

    Small words stand at the right, before what is counted.
    """
    tick = _TICK_BOX if "tick" in element.attributes else 0
    number, texts = _cells(setter, element, column, tick + _CELL_GAP if tick else 0)
    height = max([tick, *(cell.height for cell in [*number, *texts])]) + 2 * setter.style.space("item")
    middle = column.y + height // 2
    if tick:
        box = Box(column.x, middle - tick // 2, tick, tick)
        builder.artifact(Shape(box, line="ink", line_width=pt_line(setter), radius=_TICK_RADIUS))

    def place(cell: _Cell, role: str) -> None:
        """Place a text in the middle of the line."""
        column = Column(cell.x, middle - cell.height // 2, cell.width)
        setter.place_spans(builder, cell.spans, element.at, column, cell.look, role)

    with builder.node("LI"):
        for cell in number:
            place(cell, "Lbl")
        with builder.node("LBody"):
            for cell in texts:
                place(cell, "P")
    bottom, line = column.y + height, setter.style.surface("page").line
    builder.artifact(Rule(column.x, bottom, column.x + column.width, bottom, setter.style.space("line"), line))
    return height


def _cells(setter: Setter, element: Element, column: Column, left: Um) -> tuple[list[_Cell], list[_Cell]]:
    """Return the number of a line, if it has one, and its texts in reading order; `left` is taken already."""
    attributes = element.attributes
    text, quiet = setter.look("message"), setter.look("hint", "mute")
    strong = setter.look("step")
    x, right = column.x + left, column.x + column.width
    number: list[_Cell] = []
    starts: list[_Cell] = []
    ends: list[_Cell] = []

    def cell(x: Um, width: Um, spans: list[Span | None], look: Look) -> _Cell:
        """Return a text in its place."""
        return _Cell(x, width, setter.height(spans, width, look), spans, look)

    if "number" in attributes:
        indent = setter.style.space("indent")
        digits: list[Span | None] = [Span(attributes["number"], text.style.weight)]
        number.append(cell(x, indent - _CELL_GAP, digits, text._replace(color="mute")))
        x += indent
    if "title" in attributes:
        width = round(column.width * _TITLE_SHARE)
        title: list[Span | None] = [Span(attributes["title"], strong.style.weight)]
        starts.append(cell(x, width, title, setter.fitted(title, width, strong)))
        x += width + _CELL_GAP
    if "end" in attributes:
        end: list[Span | None] = [Span(attributes["end"], strong.style.weight)]
        width = max(setter.spans_width(end, strong.style) + setter.style.space("line"), _LEAST_END)
        right -= width
        ends.append(cell(right, width, end, strong._replace(align="right")))
        right -= _CELL_GAP
    smalls = [child for child in element.elements if child.tag == "small"]
    for small in smalls:
        spans = read_spans(small, quiet.style.weight)
        width = setter.spans_width(spans, quiet.style) + _CELL_GAP // 2
        right -= width
        ends.insert(0, cell(right, width, spans, quiet))
        right -= _CELL_GAP
    words = element._replace(children=tuple(child for child in element.children if child not in smalls))
    if words.children:
        starts.append(cell(x, right - x, read_spans(words, text.style.weight), text))
    return number, [*starts, *ends]
