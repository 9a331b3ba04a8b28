"""The publisher's own words."""

from leaflet.layout.blocks.boxes import place_stack
from leaflet.layout.blocks.heroes import place_logo
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.text_marks import Column
from leaflet.markup.parse import Element
from leaflet.units import Um


def place_publisher_message(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the publisher's own words beside its logo."""
    surface = setter.style.surface("page")
    logos = [child for child in element.elements if child.tag == "img"]
    texts = tuple(child for child in element.elements if child.tag != "img")
    left = logo_height = 0
    if logos:
        room = Column(column.x, column.y, setter.style.space("logo"))
        logo = place_logo(setter, builder, logos[0], room, surface, align="left")
        logo_height = logo.height
        left = logo.right - column.x + setter.style.theme.page.gutter
    inner = Column(column.x + left, column.y, column.width - left)
    return max(logo_height, place_stack(setter, builder, texts, inner, surface, "brand-text"))
