"""The whole address of the portal on a strip of its own, to be compared with the one that a reader opens."""

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame
from leaflet.layout.drawings.place import place_icon
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter, site_names
from leaflet.layout.spans import Span, read_spans, split_lines
from leaflet.layout.text_marks import Column, Look
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_BESIDE_LABEL = mm(2)  # between the label of an address and the address on its line
_LEAST_ON_ONE_LINE = 0.75  # of its size: an address that would be smaller stands on two lines
_LINE_SHIELD = 1.4  # side of the shield of a strip of one line, as a share of that line


def place_address(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a whole address on a strip of its own, to be compared with the one a reader opens.

    It stands beside a shield; under it, where the name of its site would be broken beside it.
    """
    surface, space = setter.style.surface("tile"), setter.style.space
    pad, side = space("pad-plate"), space("icon")
    behind = builder.reserve()
    x = column.x + pad + side + pad
    width = column.x + column.width - pad - x
    title = setter.look("small", surface.text)
    title = title._replace(style=title.style._replace(weight="bold"))
    label: list[Span | None] = [Span(element.attributes["title"], "bold")]
    look = setter.look("address", surface.text)
    if height := _place_address_on_line(setter, builder, element, column, title):
        builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
        return height
    text = Column(x, column.y + pad, width)
    is_under = _is_too_wide(setter, element, width, look)
    if is_under:
        side = min(side, setter.height(label, width, title))  # as high as its words: the address needs the room
        top = text._replace(x=column.x + pad + side + pad)
        setter.place_spans(builder, label, element.at, top, title)
        y = column.y + pad + side + space("paragraph")
        y += _place_whole_address(setter, builder, element, Column(column.x + pad, y, column.width - 2 * pad), look)
    else:
        y = text.y + setter.place_spans(builder, label, element.at, text, title)
        y += _place_whole_address(setter, builder, element, text._replace(y=y), look)
    height = y + pad - column.y
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    rise = pad if is_under else (height - side) // 2
    place_icon(setter, builder, "shield", element.at, Box(column.x + pad, column.y + rise, side, side))
    return height


def _place_address_on_line(setter: Setter, builder: Builder, element: Element, column: Column, title: Look) -> Um:
    """Place shield, title in short and address of a strip on one line; return its height, 0 if there is no room."""
    label: list[Span | None] = [Span(element.attributes.get("short", element.attributes["title"]), "bold")]
    look = setter.look("address", setter.style.surface("tile").text)
    side, pad = round(look.style.leading * _LINE_SHIELD), setter.style.space("pad-plate")
    spans = read_spans(element, look.style.weight)
    start = column.x + pad + side + pad
    at = start + setter.spans_width(label, title.style) + _BESIDE_LABEL
    room = column.x + column.width - pad - at
    look = setter.fitted(spans, room, look)
    least = _LEAST_ON_ONE_LINE * setter.style.text("address").size
    if look.style.size < least or setter.spans_width(spans, look.style) > room:
        return 0
    height = side + pad
    y = column.y + (height - look.style.leading) // 2
    drop = setter.baseline(0, look.style) - setter.baseline(0, title.style)
    setter.place_spans(builder, label, element.at, Column(start, y + drop, at - start), title)
    setter.place_text(builder, element, Column(at, y, room), look)
    shield = Box(column.x + pad, column.y + (height - side) // 2, side, side)
    place_icon(setter, builder, "shield", element.at, shield)
    return height


def _place_whole_address(setter: Setter, builder: Builder, element: Element, column: Column, look: Look) -> Um:
    """Place an address on one line, or on several if it would be much smaller there; the name of its site on one."""
    limit = _LEAST_ON_ONE_LINE * look.style.size
    spans = read_spans(element, look.style.weight)
    if setter.fitted(spans, column.width, look).style.size >= limit:
        return setter.place_fitted(builder, element, column, look)
    look = setter.fitted(site_names(spans), column.width, look)._replace(balance=True)
    return setter.place_text(builder, element, column, look)


def _is_too_wide(setter: Setter, element: Element, room: Um, look: Look) -> bool:
    """Tell whether the name of a site would be broken in some room, however small its type."""
    names = site_names(read_spans(element, look.style.weight))
    smallest = setter.smallest(look)
    return any(setter.spans_width(line, smallest.style) > room for line in split_lines(names))
