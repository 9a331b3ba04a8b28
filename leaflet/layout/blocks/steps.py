"""Numbered steps and plain numbered lines.

A step has a circle at the left edge, a title that begins with a verb, and what the screen or the mail says.
"""

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import place_dialog, place_mail, pt_line
from leaflet.layout.blocks.prose import place_items, role_of
from leaflet.layout.lines import Span
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_TICK_BOX = mm(5)
_OPTICAL_RISE = mm(0.3)  # a digit centred by its metrics looks low in a circle


def place_step(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place one step of the procedure, an item of the list of steps."""
    with builder.node("LI"):
        number = _place_number(setter, builder, element, column)
        with builder.node("LBody"):
            indent = setter.style.space("indent")
            inner = Column(column.x + indent, column.y, column.width - indent)
            height = _place_body(setter, builder, element.elements, inner)
    return max(number, height)


def place_item(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place one line of a list: its number at the left edge, text, at the right edge what is counted or a box."""
    look = setter.look("message")
    bold = look._replace(style=look.style._replace(weight="bold"))
    indent, end = setter.style.space("indent"), element.attributes.get("end", "")
    room = setter.width(end, bold.style) + mm(2) if end else 0
    tick = _TICK_BOX if "tick" in element.attributes else 0
    if tick:
        room = tick + mm(2)
        box = Box(column.x + column.width - tick, column.y, tick, tick)
        builder.artifact(Shape(box, line="ink", line_width=pt_line(setter)))
    with builder.node("LI"):
        number: list[Span | None] = [Span(element.attributes["number"], "regular")]
        setter.place_spans(builder, number, element.at, Column(column.x, column.y, indent), look, "Lbl")
        with builder.node("LBody"):
            inner = Column(column.x + indent, column.y, column.width - indent - room)
            height = setter.place_text(builder, element, inner, look)
            if end:
                edge = Column(column.x + column.width - room, column.y, room)
                spans: list[Span | None] = [Span(end, "bold")]
                setter.place_spans(builder, spans, element.at, edge, bold._replace(align="right"))
    y = column.y + max(height, tick) + mm(0.6)
    rule = setter.style.surface("panel").line or "rule"
    builder.artifact(Rule(column.x, y, column.x + column.width, y, setter.style.space("line"), rule))
    return y - column.y


def _place_number(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    surface = setter.style.surface("number")
    diameter = setter.style.space("number")
    outline = pt_line(setter) if surface.line else 0
    circle = Shape(
        Box(column.x, column.y, diameter, diameter),
        fill=surface.fill,
        line=surface.line,
        line_width=outline,
        radius=diameter // 2,
    )
    builder.artifact(circle)
    look = setter.look("number", surface.text, align="center")
    top = column.y + (diameter + setter.cap_height(look.style)) // 2 - _OPTICAL_RISE
    y = column.y + top - setter.baseline(column.y, look.style)
    label: list[Span | None] = [Span(element.attributes["number"], "bold")]
    setter.place_spans(builder, label, element.at, Column(column.x, y, diameter), look, "Lbl")
    return diameter


def _place_body(setter: Setter, builder: Builder, elements: tuple[Element, ...], column: Column) -> Um:
    y = column.y
    body = setter.look("body")
    for index, element in enumerate(elements):
        inner = Column(column.x, y, column.width)
        if element.tag[0] == "h":
            look = setter.look("step", balance=True)
            if index == 0:  # the title's first line is level with the number
                rise = (setter.style.space("number") - look.style.leading) // 2
                inner = Column(column.x, y + max(rise, 0) // 2, column.width)
                y = inner.y
            y += setter.place_text(builder, element, inner, look, role_of(element))
            y += setter.style.space("heading") // 2
            continue
        if element.tag in ("dialog", "mail"):
            gap = setter.style.space("heading")
            place = place_dialog if element.tag == "dialog" else place_mail
            y += gap + place(setter, builder, element, Column(column.x, y + gap, column.width))
        elif element.tag == "ul":
            y += place_items(setter, builder, element, inner, body)
        else:
            y += setter.place_text(builder, element, inner, body)
        if index < len(elements) - 1:
            y += setter.style.space("paragraph") // 2
    return y - column.y
