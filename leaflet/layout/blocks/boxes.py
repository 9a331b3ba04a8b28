"""Boxes with text in them: panels, notices, messages of a screen, mails; the address of the portal; the footer."""

from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.prose import place_list, role_of
from leaflet.layout.drawings.placing import draw, place_icon
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, Look, Setter, site_names, widest_name
from leaflet.layout.spans import Span, read_spans
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element

_BUTTON_PAD = mm(2.6)  # left and right of a button's label
_BUTTON_RISE = mm(0.7)  # above and below it
_OVER_BUTTON = mm(2)  # between what a screen says and its button
_POINTER = mm(4.6)  # side of the pointer on the button that is to be pressed
_ENVELOPE = 1.25  # side of the envelope beside a sender, in lines
_BESIDE_LABEL = mm(2)  # between the label of an address and the address on its line
_LEAST_ON_ONE_LINE = 0.75  # of its size: an address that would be smaller stands on two lines
_LINE_SHIELD = 1.4  # side of the shield of a strip of one line, as a share of that line
_WIDEST_FOLIO = "00\u00a0sur\u00a000"
_UNDER_RULE = mm(1.5)


def frame(setter: Setter, surface: Surface, box: Box, radius: str = "radius") -> Shape:
    """Return the outline and filling of a surface."""
    is_strong = surface in (setter.style.surface("mark"), setter.style.surface("safety"))
    name = "strong-line" if is_strong else "outline" if surface is setter.style.surface("plate") else "line"
    width = setter.style.space(name) if surface.line else 0
    return Shape(box, surface.fill, surface.line, width, setter.style.space(radius))


def place_frame(setter: Setter, builder: Builder, behind: int, surface: Surface, box: Box) -> Um:
    """Place the frame of a box behind what stands in it, where a place was reserved; return its height."""
    builder.fill(behind, frame(setter, surface, box))
    return box.height


def pt_line(setter: Setter) -> Um:
    """Return the line of outlined controls: twice a hairline."""
    return 2 * setter.style.space("line")


def place_stack(
    setter: Setter,
    builder: Builder,
    elements: tuple[Element, ...],
    column: Column,
    surface: Surface,
    heading: str = "",
    text: str = "body",
) -> Um:
    """Place headings, paragraphs and lists of a box, one under the other; return the height.

    `heading` is the colour of headings, empty for that of the surface; `text` the text style of paragraphs.
    """
    y, look = column.y, setter.look(text, surface.text)
    for index, element in enumerate(elements):
        inner = column._replace(y=y)
        if element.tag[0] == "h":
            title = setter.look("card", heading or surface.text, balance=True)
            y += setter.place_text(builder, element, inner, title, role_of(element))
            continue
        if element.tag in ("ul", "ol"):
            y += place_list(setter, builder, element, inner, look)
        else:
            y += setter.place_text(builder, element, inner, look)
        if index < len(elements) - 1:
            y += setter.style.space("paragraph")
    return y - column.y


def place_panel(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a framed box with a heading, paragraphs and lists."""
    surface, pad = setter.style.surface("panel"), setter.style.space("pad")
    behind = builder.reserve()
    height = place_stack(setter, builder, element.elements, column.inset(pad), surface) + 2 * pad
    return place_frame(setter, builder, behind, surface, column.box(height))


def stretch_frame(piece: Piece, height: Um) -> Piece:
    """Return a panel as high as its neighbour: its frame, which is its first mark, grows; nothing moves."""
    first = piece.groups[0]
    marks = tuple(replace(m, box=m.box._replace(height=height)) if isinstance(m, Shape) else m for m in first.marks)
    return replace(piece, height=height, groups=(first._replace(marks=marks), *piece.groups[1:]), stencil=None)


def place_notice(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a warning that must be seen: tinted, with a bar at its left edge; outlined where the theme has no bar."""
    surface, space = setter.style.surface("notice"), setter.style.space
    pad, bar = space("pad"), space("bar")
    behind = builder.reserve()
    height = place_stack(setter, builder, element.elements, column.indented(bar).inset(pad), surface) + 2 * pad
    box = column.box(height)
    if surface.bar:
        ground = [Shape(box, fill=surface.fill, radius=space("radius-small"))] if surface.fill else []
        builder.fill(behind, *ground, Shape(box._replace(width=bar), fill=surface.bar))
    else:
        builder.fill(behind, frame(setter, surface, box, "radius-small"))
    return height


def place_message(setter: Setter, builder: Builder, element: Element, column: Column, min_height: Um = 0) -> Um:
    """Place what a screen says, with the button it shows, or a mail under its sender, in a window.

    In a tile the window is as high as the tile lets it be: `min_height` or more.
    """
    surface, pad = setter.style.surface("dialog"), setter.style.space("pad-message")
    look = setter.look("tile-text" if min_height else "body", surface.text)
    behind, inner = builder.reserve(), column.inset(pad)
    free = max(0, min_height - _place_content(setter, Builder(), element, inner, look) - 2 * pad)
    inner = inner._replace(y=inner.y + free // 2)
    bottom = inner.y + _place_content(setter, builder, element, inner, look)
    height = max(min_height, bottom + pad - column.y)
    shape = frame(setter, surface, column.box(height), "radius-small")
    builder.fill(behind, replace(shape, line_width=pt_line(setter)))
    return height


def _place_content(setter: Setter, builder: Builder, element: Element, column: Column, look: Look) -> Um:
    """Place what stands in the window of a message; return its height."""
    y = column.y
    if "from" in element.attributes:
        y += _place_sender(setter, builder, element, column, look.bold)
    surface = setter.style.surface("dialog")
    y += place_stack(setter, builder, element.elements, column._replace(y=y), surface, text=look.style.name)
    if element.attributes.get("button"):
        y += _OVER_BUTTON
        y += _place_button(setter, builder, element, column._replace(y=y), look.bold)
    return y - column.y


def _place_sender(setter: Setter, builder: Builder, element: Element, column: Column, look: Look) -> Um:
    """Place an envelope and who sends a mail, with a line under both."""
    side = round(look.style.leading * _ENVELOPE)
    place_icon(setter, builder, "mail", element.at, Box(column.x, column.y, side, side))
    text = column.indented(side + setter.style.space("pad-message"))
    height = setter.place_spans(builder, [Span(element.attributes["from"], "bold")], element.at, text, look)
    y = column.y + max(side, height) + setter.style.space("paragraph") // 2
    builder.artifact(Rule(column.x, y, column.right, y, setter.style.space("line"), look.color))
    return y + setter.style.space("paragraph") // 2 - column.y


def _place_button(setter: Setter, builder: Builder, element: Element, column: Column, look: Look) -> Um:
    surface, label = setter.style.surface("button"), element.attributes["button"]
    look = look._replace(color=surface.text)
    width = min(setter.width(label, look.style) + 2 * _BUTTON_PAD, column.width)
    behind = builder.reserve()
    inner = Column(column.x + _BUTTON_PAD, column.y + _BUTTON_RISE, column.width - 2 * _BUTTON_PAD)
    height = setter.place_spans(builder, [Span(label, "bold")], element.at, inner, look) + 2 * _BUTTON_RISE
    outline = frame(setter, surface, Box(column.x, column.y, width, height))
    builder.fill(behind, replace(outline, line_width=pt_line(setter) if surface.line else 0, radius=height // 2 - 1))
    pointer = Box(column.x + width - _POINTER // 3, column.y + height // 2, _POINTER, _POINTER)
    builder.artifact(*draw(setter, setter.icon("pointer", element.at), pointer))
    return height


def place_address(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a whole address on a strip of its own, to be compared with the one a reader opens.

    It stands beside a shield; under it, where the name of its site would be broken beside it.
    """
    surface, space = setter.style.surface("tile"), setter.style.space
    pad, side = space("pad-plate"), space("icon")
    behind = builder.reserve()
    title, label = setter.look("small", surface.text).bold, [Span(element.attributes["title"], "bold")]
    if height := _place_address_on_line(setter, builder, element, column, title):
        return place_frame(setter, builder, behind, surface, column.box(height))
    text = Column(column.x + pad + side + pad, column.y + pad, column.width - side - 3 * pad)
    look = setter.look("address", surface.text)
    is_under = widest_name(setter, element, setter.smallest(look).style) > text.width
    if is_under:
        side = min(side, setter.height(label, text.width, title))  # as high as its words: the address needs the room
        setter.place_spans(builder, label, element.at, text._replace(x=column.x + pad + side + pad), title)
        whole = column.inset(pad)
        y = whole.y + side + space("paragraph")
        y += _place_whole_address(setter, builder, element, whole._replace(y=y), look)
    else:
        y = text.y + setter.place_spans(builder, label, element.at, text, title)
        y += _place_whole_address(setter, builder, element, text._replace(y=y), look)
    height = place_frame(setter, builder, behind, surface, column.box(y + pad - column.y))
    rise = pad if is_under else (height - side) // 2
    place_icon(setter, builder, "shield", element.at, Box(column.x + pad, column.y + rise, side, side))
    return height


def _place_address_on_line(setter: Setter, builder: Builder, element: Element, column: Column, title: Look) -> Um:
    """Place shield, title in short and address of a strip on one line; return its height, 0 if there is no room."""
    label = [Span(element.attributes.get("short", element.attributes["title"]), "bold")]
    look = setter.look("address", setter.style.surface("tile").text)
    side, pad = round(look.style.leading * _LINE_SHIELD), setter.style.space("pad-plate")
    spans = read_spans(element, look.style.weight)
    start = column.x + pad + side + pad
    at = start + setter.spans_width(label, title.style) + _BESIDE_LABEL
    room = column.right - pad - at
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
    spans = read_spans(element, look.style.weight)
    if setter.fitted(spans, column.width, look).style.size >= _LEAST_ON_ONE_LINE * look.style.size:
        return setter.place_fitted(builder, element, column, look)
    look = setter.fitted(site_names(spans), column.width, look)._replace(balance=True)
    return setter.place_text(builder, element, column, look)


def place_footer(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place legal lines at the left; at the right, level with the last of them, the paragraph of class « end ».

    Where pages flow their number is at the right, and a hairline closes the text, which may end at any height.
    """
    surface = setter.style.surface("page")
    ends = [child for child in element.elements if child.attributes.get("class") == "end"]
    starts = [child for child in element.elements if child.attributes.get("class") != "end"]
    legal, y = setter.look("legal", surface.quiet), column.y
    if setter.style.theme.page.pages == "flow":
        builder.artifact(Rule(column.x, y, column.right, y, setter.style.space("line"), surface.line))
        room = column.width - setter.width(_WIDEST_FOLIO, legal.style) - mm(4)
        y += _UNDER_RULE
        for child in [*starts, *ends]:
            y += setter.place_text(builder, child, Column(column.x, y, room), legal)
        return y - column.y
    end_width = setter.room_for(ends, legal.style, mm(1), 0, column.width // 2)
    for child in starts[:-1]:
        y += setter.place_text(builder, child, column._replace(y=y), legal)
    bottom = y
    for child in starts[-1:]:
        bottom += setter.place_text(builder, child, Column(column.x, y, column.width - end_width - mm(4)), legal)
    for child in ends:
        inner = Column(column.right - end_width, y, end_width)
        y += setter.place_text(builder, child, inner, legal._replace(align="right"))
    return max(y, bottom) - column.y
