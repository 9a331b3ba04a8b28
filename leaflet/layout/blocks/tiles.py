"""Steps as pictures, and what to do when one of them fails: blocks that stand in rows on the grid of the page."""

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame, place_dialog, place_mail, place_stack, pt_line
from leaflet.layout.blocks.prose import role_of
from leaflet.layout.drawings.place import draw, figure
from leaflet.layout.lines import Span
from leaflet.layout.marks import Mark, Rule, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

SCENE_WORDS = ("address", "sender", "login", "name")  # attributes that are printed in a picture
_MESSAGES = {"dialog": place_dialog, "mail": place_mail}
_MESSAGE_ICON = "mail"  # beside a message that stands with the text
_ICON_SHARE = 0.63  # of the height of a tile, for an icon in the place of a scene
_SCENE_INSET = mm(1.4)  # between a scene and the edges of its tile
_MESSAGE_INSET, _MESSAGE_PAD = mm(7.4), mm(2)  # from the left edge of a tile, clear of its number; from the others
_DISC_X, _DISC_Y = mm(2.2), mm(3.4)  # the middle of the number's disc from the tile's corner
_OPTICAL_RISE = mm(0.1)
_ICON_GAP = 0.4  # between an icon and its text, as a share of the icon


def place_tile(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a step as a picture, its title and its text under it; beside it in themes of one column."""
    number = element.attributes.get("number")
    is_marked = "mark" in element.attributes
    surface = setter.style.surface("mark" if is_marked else "tile")
    behind = builder.reserve()
    box, text = _divide(setter, column)
    texts = [child for child in element.elements if child.tag not in _MESSAGES]
    messages = [child for child in element.elements if child.tag in _MESSAGES]
    is_beside = setter.style.theme.page.columns == "beside"
    with builder.node("LI"):
        if number:
            _place_disc(setter, builder, number, element.at, box)
        with builder.node("LBody"):
            if messages and is_beside:
                height = _place_message(setter, builder, messages[0], box)
                text = text._replace(y=text.y + height - box.height)
                box = box._replace(height=height)
            else:
                _place_picture(setter, builder, element, box, surface)
            y = text.y
            for child in texts:
                inner = text._replace(y=y)
                if child.tag[0] == "h":
                    y += setter.place_fitted(builder, child, inner, setter.look("step"), role_of(child))
                else:
                    y += setter.place_text(builder, child, inner, setter.look("body"))
            for message in [] if is_beside else messages:
                y += setter.style.space("paragraph")
                y += _MESSAGES[message.tag](setter, builder, message, text._replace(y=y))
    builder.fill(behind, frame(setter, surface, box))
    return max(box.bottom, y) - column.y


def _divide(setter: Setter, column: Column) -> tuple[Box, Column]:
    """Return the box of a tile's picture and the column of its text."""
    space = setter.style.space
    height = space("tile-least" if setter.style.spare else "tile")
    if setter.style.theme.page.columns == "beside":
        box = Box(column.x, column.y, column.width, height)
        return box, column._replace(y=box.bottom + space("tile-gap"))
    box = Box(column.x, column.y, space("tile-beside"), height)
    indent = box.width + setter.style.theme.page.gutter
    return box, Column(column.x + indent, column.y, column.width - indent)


def _place_message(setter: Setter, builder: Builder, message: Element, box: Box) -> Um:
    """Place what a screen or a mail says as real text, in the place of a picture; returns the height it needs."""
    window = Column(box.x + _MESSAGE_INSET, box.y + _MESSAGE_PAD, box.width - _MESSAGE_INSET - _MESSAGE_PAD)
    return _MESSAGES[message.tag](setter, builder, message, window, box.height - 2 * _MESSAGE_PAD) + 2 * _MESSAGE_PAD


def _place_picture(setter: Setter, builder: Builder, element: Element, box: Box, surface: Surface) -> None:
    """Place what a tile shows: a scene, or an icon."""
    is_marked = "mark" in element.attributes
    colors = {
        "icon-line": surface.text if is_marked else "brand-text",
        "icon-fill": "paper" if is_marked else "tint-strong",
    }
    alt = element.attributes.get("alt")
    if name := element.attributes.get("scene"):
        words = {word: element.attributes[word] for word in SCENE_WORDS if word in element.attributes}
        inner = box.grown(-_SCENE_INSET)
        marks = draw(setter, setter.scene(name, element.at), inner, colors=colors, words=words)
    elif name := element.attributes.get("icon", _MESSAGE_ICON if element.elements[0].tag in _MESSAGES else ""):
        side = round(box.height * _ICON_SHARE)
        inner = Box(box.x + (box.width - side) // 2, box.y + (box.height - side) // 2, side, side)
        marks = draw(setter, setter.icon(name, element.at), inner, colors=colors)
    else:
        return
    if alt is None:
        builder.artifact(*marks)
    else:
        figure(builder, marks, alt, inner)


def _place_disc(setter: Setter, builder: Builder, number: str, at: str, tile: Box) -> None:
    """Place the number of a step in a disc on the corner of its tile."""
    surface = setter.style.surface("number")
    diameter = setter.style.space("number")
    x, y = tile.x + _DISC_X - diameter // 2, tile.y + _DISC_Y - diameter // 2
    disc = Box(x, y, diameter, diameter)
    place_disc(setter, builder, number, at, disc, surface)


def place_disc(setter: Setter, builder: Builder, number: str, at: str, disc: Box, surface: Surface) -> None:
    """Place a number or a letter in a disc, as the label of what follows."""
    line_width = pt_line(setter) if surface.line else 0
    shape = Shape(disc, fill=surface.fill, line=surface.line, line_width=line_width, radius=disc.width // 2)
    builder.artifact(shape)
    look = setter.look("number", surface.text, align="center")
    middle = disc.y + (disc.height + setter.cap_height(look.style)) // 2 - _OPTICAL_RISE
    line = Column(disc.x, middle - setter.baseline(0, look.style), disc.width)
    label: list[Span | None] = [Span(number, look.style.weight)]
    setter.place_spans(builder, label, at, line, look, "Lbl")


def place_case(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what to do when something fails: a hairline, an icon, a title and its text."""
    space = setter.style.space
    side = space("icon")
    line = setter.style.surface("page").line
    builder.artifact(Rule(column.x, column.y, column.x + column.width, column.y, space("line"), line))
    y = column.y + space("case")
    place_icon(setter, builder, element.attributes["icon"], element.at, Box(column.x, y, side, side))
    indent = side + round(side * _ICON_GAP)
    text = Column(column.x + indent, y, column.width - indent)
    height = place_stack(setter, builder, element.elements, text, setter.style.surface("page"))
    return y + max(side, height) - column.y


def place_icon(setter: Setter, builder: Builder, name: str, at: str, box: Box, color: str = "brand-text") -> None:
    """Draw an icon that says nothing which the text beside it does not say."""
    fill = "tint-strong" if color == "brand-text" else "paper"
    marks: tuple[Mark, ...] = draw(setter, setter.icon(name, at), box, colors={"icon-line": color, "icon-fill": fill})
    builder.artifact(*marks)
