"""The block that closes a page: who publishes the leaflet, for which school, in which version."""

from leaflet.layout.marks import Rule
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.text_marks import Column, Look
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_WIDEST_FOLIO = "00\u00a0sur\u00a000"
_UNDER_RULE = mm(1.5)


def place_footer(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place legal lines at the left; at the right, level with the last of them, the paragraph of class « end ».

    Where pages flow their number is at the right, and a hairline closes the text, which may end at any height.
    """
    surface = setter.style.surface("page")
    starts, ends = _starts_and_ends(element)
    legal = setter.look("legal", surface.quiet)
    if setter.style.theme.page.pages == "flow":
        return _place_running_foot(setter, builder, [*starts, *ends], column, legal)
    end_width = setter.room_for(ends, legal.style, mm(1), 0, column.width // 2)
    y = column.y
    for child in starts[:-1]:
        y += setter.place_text(builder, child, column._replace(y=y), legal)
    bottom = y
    for child in starts[-1:]:
        inner = Column(column.x, y, column.width - end_width - mm(4))
        bottom += setter.place_text(builder, child, inner, legal)
    for child in ends:
        inner = Column(column.x + column.width - end_width, y, end_width)
        y += setter.place_text(builder, child, inner, legal._replace(align="right"))
    return max(y, bottom) - column.y


def _place_running_foot(setter: Setter, builder: Builder, elements: list[Element], column: Column, legal: Look) -> Um:
    surface = setter.style.surface("page")
    builder.artifact(
        Rule(column.x, column.y, column.x + column.width, column.y, setter.style.space("line"), surface.line)
    )
    room = column.width - setter.width(_WIDEST_FOLIO, legal.style) - mm(4)
    y = column.y + _UNDER_RULE
    for child in elements:
        y += setter.place_text(builder, child, Column(column.x, y, room), legal)
    return y - column.y


def _starts_and_ends(element: Element) -> tuple[list[Element], list[Element]]:
    """Split paragraphs into those at the left and those at the right."""
    starts = [child for child in element.elements if child.attributes.get("class") != "end"]
    return starts, [child for child in element.elements if child.attributes.get("class") == "end"]
