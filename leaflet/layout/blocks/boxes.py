"""Boxes with text in them: panels, notices, message boxes, mails."""

from msgspec.structs import replace

from leaflet.geometry import Box
from leaflet.layout.blocks.prose import place_items, role_of
from leaflet.layout.lines import Span
from leaflet.layout.marks import Mark, Shape
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, Setter
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_BUTTON_PAD = mm(2.6)  # left and right of a button's label
_BUTTON_RISE = mm(0.7)  # above and below it


def frame(setter: Setter, surface: Surface, box: Box, radius: str = "radius") -> Mark:
    """Return the outline and filling of a surface."""
    return Shape(
        box,
        fill=surface.fill,
        line=surface.line,
        line_width=setter.style.space("line") if surface.line else 0,
        radius=setter.style.space(radius),
    )


def place_stack(
    setter: Setter, builder: Builder, elements: tuple[Element, ...], column: Column, surface: Surface
) -> Um:
    """Place headings, paragraphs and lists of a box, one under the other."""
    y = column.y
    message = setter.look("message", surface.text)
    for index, element in enumerate(elements):
        inner = Column(column.x, y, column.width)
        if element.tag[0] == "h":
            look = setter.look("card", surface.text, balance=True)
            y += setter.place_text(builder, element, inner, look, role_of(element))
            y += setter.style.space("heading") + setter.style.space("item") // 2
            continue
        if element.tag in ("ul", "ol"):
            y += place_items(setter, builder, element, inner, message)
        else:
            y += setter.place_text(builder, element, inner, message)
        if index < len(elements) - 1:
            y += setter.style.space("paragraph")
    return y - column.y


def place_panel(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a framed box with a heading, paragraphs and lists."""
    surface, pad = setter.style.surface("panel"), setter.style.space("pad")
    behind = builder.reserve()
    inner = Column(column.x + pad, column.y + pad, column.width - 2 * pad)
    height = place_stack(setter, builder, element.elements, inner, surface) + 2 * pad
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def stretch_frame(piece: Piece, height: Um) -> Piece:
    """Return a panel as high as its neighbour: its frame, which is its first mark, grows; nothing moves."""
    first = piece.groups[0]
    marks = tuple(replace(m, box=m.box._replace(height=height)) if isinstance(m, Shape) else m for m in first.marks)
    return replace(piece, height=height, groups=(first._replace(marks=marks), *piece.groups[1:]), stencil=None)


def place_notice(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a warning that must be seen: tinted, with a bar at its left edge."""
    surface = setter.style.surface("notice")
    pad = setter.style.space("pad")
    bar = setter.style.space("bar")
    behind = builder.reserve()
    inner = Column(column.x + bar + pad, column.y + pad, column.width - bar - 2 * pad)
    height = place_stack(setter, builder, element.elements, inner, surface) + 2 * pad
    builder.fill(behind, *bar_box(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def bar_box(setter: Setter, surface: Surface, box: Box) -> list[Mark]:
    """Return a box with a thick left edge, or a thin outline where the theme has no bar."""
    if not surface.bar:
        return [frame(setter, surface, box, "radius-small")]
    radius, bar = setter.style.space("radius-small"), setter.style.space("bar")
    marks: list[Mark] = []
    if surface.fill:
        marks.append(Shape(box, fill=surface.fill, radius=radius))
    marks.append(Shape(Box(box.x, box.y, bar, box.height), fill=surface.bar))
    return marks


def place_dialog(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what a screen says, with the button it shows."""
    surface = setter.style.surface("message")
    return _place_message(setter, builder, element, column, surface, button=element.attributes.get("button"))


def place_mail(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what a mail says, under the name of its sender."""
    surface = setter.style.surface("message")
    return _place_message(setter, builder, element, column, surface, sender=element.attributes["from"])


def _place_message(
    setter: Setter,
    builder: Builder,
    element: Element,
    column: Column,
    surface: Surface,
    *,
    button: str | None = None,
    sender: str | None = None,
) -> Um:
    pad, bar = setter.style.space("pad-message"), setter.style.space("bar")
    behind = builder.reserve()
    x, width = column.x + bar + pad, column.width - bar - 2 * pad
    y = column.y + pad
    if sender:
        look = setter.look("small", surface.quiet)
        spans: list[Span | None] = [Span(f"De\u00a0: {sender}", look.style.weight)]
        y += setter.place_spans(builder, spans, element.at, Column(x, y, width), look)
        y += setter.style.space("heading")
    y += place_stack(setter, builder, element.elements, Column(x, y, width), surface)
    if button:
        y += setter.style.space("paragraph")
        y += _place_button(setter, builder, button, element.at, Column(x, y, width))
    height = y + pad - column.y
    builder.fill(behind, *bar_box(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def _place_button(setter: Setter, builder: Builder, label: str, at: str, column: Column) -> Um:
    surface = setter.style.surface("button")
    small = setter.style.text("small")
    look = setter.look("small", surface.text)
    look = look._replace(style=small._replace(weight="bold"))
    width = min(setter.width(label, look.style) + 2 * _BUTTON_PAD, column.width)
    behind = builder.reserve()
    inner = Column(column.x + _BUTTON_PAD, column.y + _BUTTON_RISE, column.width - 2 * _BUTTON_PAD)
    height = setter.place_spans(builder, [Span(label, "bold")], at, inner, look) + 2 * _BUTTON_RISE
    outline = frame(setter, surface, Box(column.x, column.y, width, height), "radius-small")
    assert isinstance(outline, Shape)
    builder.fill(behind, replace(outline, line_width=pt_line(setter)))
    return height


def pt_line(setter: Setter) -> Um:
    """Return the line of outlined controls: twice a hairline."""
    return 2 * setter.style.space("line")
