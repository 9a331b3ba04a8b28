"""The block that closes a page: who publishes the leaflet, for which school, in which version."""

from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm


def place_footer(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place legal lines at the left, the paragraph of class « end » at the right."""
    surface = setter.style.surface("page")
    starts, ends = _starts_and_ends(element)
    legal = setter.look("legal", surface.quiet)
    end_width = setter.room_for(ends, legal.style, mm(1), 0, column.width // 2)
    heights = [0, 0]
    for child in starts:
        inner = Column(column.x, column.y + heights[0], column.width - end_width - mm(4))
        heights[0] += setter.place_text(builder, child, inner, legal)
    for child in ends:
        inner = Column(column.x + column.width - end_width, column.y + heights[1], end_width)
        heights[1] += setter.place_text(builder, child, inner, legal._replace(align="right"))
    return max(heights)


def _starts_and_ends(element: Element) -> tuple[list[Element], list[Element]]:
    """Split paragraphs into those at the left and those at the right."""
    starts = [child for child in element.elements if child.attributes.get("class") != "end"]
    return starts, [child for child in element.elements if child.attributes.get("class") == "end"]
