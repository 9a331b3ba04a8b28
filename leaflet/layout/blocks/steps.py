"""Numbered steps: a circle at the left edge, a title that begins with a verb, what the screen or the mail says."""

from leaflet.layout.blocks.boxes import place_dialog, place_mail, pt_line
from leaflet.layout.blocks.prose import place_items, role_of
from leaflet.layout.lines import Span
from leaflet.layout.marks import Box, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_OPTICAL_RISE = mm(0.3)  # a digit centred by its metrics looks low in a circle


def place_step(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """One step of the procedure, an item of the list of steps."""
    with builder.node("LI"):
        number = _place_number(setter, builder, element, column)
        with builder.node("LBody"):
            indent = setter.style.space("indent")
            inner = Column(column.x + indent, column.y, column.width - indent)
            height = _place_body(setter, builder, element.elements, inner)
    return max(number, height)


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
