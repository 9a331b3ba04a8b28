"""Boxes with text in them: panels, notices, messages of a screen, mails."""

from functools import partial

from msgspec.structs import replace

from leaflet.geometry import Box
from leaflet.layout.blocks.prose import place_items, role_of
from leaflet.layout.drawings.place import draw
from leaflet.layout.marks import Mark, Rule, Shape
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Setter
from leaflet.layout.spans import Span
from leaflet.layout.text_marks import Column
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_BUTTON_PAD = mm(2.6)  # left and right of a button's label
_BUTTON_RISE = mm(0.7)  # above and below it
_OVER_BUTTON = mm(2)  # between what a screen says and its button
_POINTER = mm(4.6)  # side of the pointer on the button that is to be pressed
_ENVELOPE = 1.25  # side of the envelope beside a sender, in lines


def frame(setter: Setter, surface: Surface, box: Box, radius: str = "radius") -> Shape:
    """Return the outline and filling of a surface."""
    is_strong = surface in (setter.style.surface("mark"), setter.style.surface("safety"))
    width = "strong-line" if is_strong else "outline" if surface is setter.style.surface("plate") else "line"
    return Shape(
        box,
        fill=surface.fill,
        line=surface.line,
        line_width=setter.style.space(width) if surface.line else 0,
        radius=setter.style.space(radius),
    )


def place_stack(
    setter: Setter,
    builder: Builder,
    elements: tuple[Element, ...],
    column: Column,
    surface: Surface,
    heading: str = "",
    text: str = "body",
) -> Um:
    """Place headings, paragraphs and lists of a box, one under the other.

    Args:
        setter: sets their text.
        builder: gets them.
        elements: what is placed.
        column: where.
        surface: what it stands on.
        heading: the colour of headings; empty for the surface's.
        text: the text style of paragraphs.

    Returns:
        The height.
    """
    y = column.y
    look = setter.look(text, surface.text)
    for index, element in enumerate(elements):
        inner = Column(column.x, y, column.width)
        if element.tag[0] == "h":
            title = setter.look("card", heading or surface.text, balance=True)
            y += setter.place_text(builder, element, inner, title, role_of(element))
            continue
        if element.tag in ("ul", "ol"):
            y += place_items(setter, builder, element, inner, look)
        else:
            y += setter.place_text(builder, element, inner, look)
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
    builder.fill(behind, *_bar_box(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def _bar_box(setter: Setter, surface: Surface, box: Box) -> list[Mark]:
    """Return a box with a thick left edge, or a thin outline where the theme has no bar."""
    if not surface.bar:
        return [frame(setter, surface, box, "radius-small")]
    radius, bar = setter.style.space("radius-small"), setter.style.space("bar")
    marks: list[Mark] = []
    if surface.fill:
        marks.append(Shape(box, fill=surface.fill, radius=radius))
    marks.append(Shape(Box(box.x, box.y, bar, box.height), fill=surface.bar))
    return marks


def place_dialog(setter: Setter, builder: Builder, element: Element, column: Column, min_height: Um = 0) -> Um:
    """Place what a screen says, with the button it shows; in a tile the window is as high as the tile lets it be."""
    return _place_message(setter, builder, element, column, min_height, button=element.attributes.get("button", ""))


def place_mail(setter: Setter, builder: Builder, element: Element, column: Column, min_height: Um = 0) -> Um:
    """Place what a mail says, under the name of its sender; `min_height` is the least height of its window."""
    return _place_message(setter, builder, element, column, min_height, sender=element.attributes["from"])


def _place_message(
    setter: Setter,
    builder: Builder,
    element: Element,
    column: Column,
    min_height: Um,
    *,
    button: str = "",
    sender: str = "",
) -> Um:
    surface = setter.style.surface("dialog")
    style = "tile-text" if min_height else "body"
    pad = setter.style.space("pad-message")
    behind = builder.reserve()
    inner = Column(column.x + pad, column.y + pad, column.width - 2 * pad)
    content = partial(_place_content, setter, element=element, style=style, button=button, sender=sender)
    free = max(0, min_height - content(Builder(), column=inner) - 2 * pad)
    above = free // 2
    bottom = inner.y + above + content(builder, column=inner._replace(y=inner.y + above))
    height = max(min_height, bottom + pad - column.y)
    shape = frame(setter, surface, Box(column.x, column.y, column.width, height), "radius-small")
    builder.fill(behind, replace(shape, line_width=pt_line(setter)))
    return height


def _place_content(
    setter: Setter,
    builder: Builder,
    *,
    column: Column,
    element: Element,
    style: str,
    button: str,
    sender: str,
) -> Um:
    """Place what stands in the window of a message; returns its height."""
    y = column.y
    if sender:
        y += _place_sender(setter, builder, sender, element.at, column, style)
    surface = setter.style.surface("dialog")
    y += place_stack(setter, builder, element.elements, column._replace(y=y), surface, text=style)
    if button:
        y += _OVER_BUTTON
        y += _place_button(setter, builder, button, element.at, column._replace(y=y), style)
    return y - column.y


def _place_sender(setter: Setter, builder: Builder, sender: str, at: str, column: Column, style: str) -> Um:
    """Place an envelope and who sends a mail, with a line under both."""
    surface = setter.style.surface("dialog")
    look = setter.look(style, surface.text)
    look = look._replace(style=look.style._replace(weight="bold"))
    side = round(look.style.leading * _ENVELOPE)
    box = Box(column.x, column.y, side, side)
    builder.artifact(
        *draw(setter, setter.icon("mail", at), box, colors={"icon-line": "brand-text", "icon-fill": "tint-strong"})
    )
    indent = side + setter.style.space("pad-message")
    text = Column(column.x + indent, column.y, column.width - indent)
    height = setter.place_spans(builder, [Span(sender, "bold")], at, text, look)
    y = column.y + max(side, height) + setter.style.space("paragraph") // 2
    builder.artifact(Rule(column.x, y, column.x + column.width, y, setter.style.space("line"), surface.text))
    return y + setter.style.space("paragraph") // 2 - column.y


def _place_button(setter: Setter, builder: Builder, label: str, at: str, column: Column, style: str) -> Um:
    surface = setter.style.surface("button")
    look = setter.look(style, surface.text)
    look = look._replace(style=look.style._replace(weight="bold"))
    width = min(setter.width(label, look.style) + 2 * _BUTTON_PAD, column.width)
    behind = builder.reserve()
    inner = Column(column.x + _BUTTON_PAD, column.y + _BUTTON_RISE, column.width - 2 * _BUTTON_PAD)
    height = setter.place_spans(builder, [Span(label, "bold")], at, inner, look) + 2 * _BUTTON_RISE
    outline = frame(setter, surface, Box(column.x, column.y, width, height))
    builder.fill(behind, replace(outline, line_width=pt_line(setter) if surface.line else 0, radius=height // 2 - 1))
    pointer = Box(column.x + width - _POINTER // 3, column.y + height // 2, _POINTER, _POINTER)
    builder.artifact(*draw(setter, setter.icon("pointer", at), pointer))
    return height


def pt_line(setter: Setter) -> Um:
    """Return the line of outlined controls: twice a hairline."""
    return 2 * setter.style.space("line")
