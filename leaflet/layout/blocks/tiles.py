"""Steps as pictures, and what to do when one of them fails: blocks that stand in rows on the grid of the page.

Beside them stands a schematic window: a lettered row at the height of each of its parts, joined to it by a line.
"""

from itertools import pairwise
from typing import NamedTuple

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame, place_message, place_stack, pt_line
from leaflet.layout.blocks.prose import role_of
from leaflet.layout.blocks.qr_panels import find_code, fit_symbol, place_code_card, place_symbol
from leaflet.layout.drawings.placing import anchors, draw, draw_scene, figure, place_icon
from leaflet.layout.marks import Mark, Rule, Shape, Tick
from leaflet.layout.piece import Builder, Node
from leaflet.layout.setter import Column, Look, Setter
from leaflet.layout.spans import Span, read_spans, split_lines
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element, parse_blocks

_MESSAGES = ("dialog", "mail")
_MESSAGE_ICON = "mail"  # beside a message that stands with the text
_HIGHEST = 0.61  # of its width: scenes are wide, and would leave a higher tile empty
_ICON_SHARE = 0.63  # of the height of a tile, for an icon in the place of a scene
_SCENE_INSET = mm(1.4)  # between a scene and the edges of its tile
_LEAST_MESSAGE_PAD = mm(1.4)  # above and below the window of a message
_DISC_X, _DISC_Y = mm(0.4), mm(4.2)  # the middle of the number's disc from the tile's corner
_CLEAR_OF_DISC = mm(1.3)  # between the disc and what the tile shows: nearer they seem to touch
_OPTICAL_RISE = mm(0.1)
_ICON_GAP = 0.4  # between an icon and its text, as a share of the icon
_SMALL_ICON = 0.55  # side of the icon of a case on one line, as a share of others
_TITLED_ICON = 0.7  # the same, of one of several with a title
_TEXT_AT = 0.31  # of the width, where the text of such a case begins
_LEAST_ALIGNED = mm(100)  # in a narrower column it begins right after its title


class TileRow(NamedTuple):
    """The tiles that stand in one container, as far as each of them depends on the others."""

    shared: str  # the markup of their headings and messages
    is_beside: bool  # whether their text stands beside their pictures, not under them


_ALONE = TileRow("", is_beside=False)


def place_tile(setter: Setter, builder: Builder, element: Element, column: Column, row: TileRow = _ALONE) -> Um:
    """Place a step as a picture, its title and its text under it; beside it where tiles stand in one column."""
    surface = setter.style.surface("mark" if "mark" in element.attributes else "tile")
    texts = [child for child in element.elements if child.tag not in (*_MESSAGES, "qr")]
    messages = [child for child in element.elements if child.tag in _MESSAGES]
    has_columns = setter.style.theme.page.columns == "beside"
    all_tiles = parse_blocks(f"<tile>{row.shared}</tile>") if row.shared else ()
    spare, pages = setter.style.spare, setter.style.theme.page.pages
    shared = [child for tile in all_tiles for child in tile.kept(spare, pages).elements]
    row_texts = () if setter.style.is_tightest else shared
    all_messages = [one for one in (*messages, *row_texts) if one.tag in _MESSAGES] if has_columns else []
    box, text, highest = _divide(setter, column, all_messages, is_beside=row.is_beside)
    with builder.node("LI"):
        builder.artifact(frame(setter, surface, box))
        picture = None if messages and has_columns else _draw_picture(setter, builder, element, box, surface)
        if number := element.attributes.get("number"):  # on top of the picture, but read before it
            side = setter.style.space("number")
            disc = Box(box.x + _DISC_X - side // 2, box.y + _DISC_Y - side // 2, side, side)
            place_disc(setter, builder, number, element.at, disc, setter.style.surface("number"))
        with builder.node("LBody"):
            if messages and has_columns:  # real text in the place of a picture, in the middle of it
                side = _beside_disc(setter)
                pad = max(_LEAST_MESSAGE_PAD, min(side, (box.height - highest) // 2))
                window = Column(box.x + side, box.y + pad, box.width - 2 * side)
                place_message(setter, builder, messages[0], window, box.height - 2 * pad)
            elif picture:
                builder.add_node(picture)
            if code := find_code(element):  # its quiet zone reaches into the margin, and out of the tile
                symbol = fit_symbol(setter, code, text.width, setter.style.code_side)
                text = text._replace(width=text.width - symbol.side + symbol.quiet)
            title, y = _title_look(setter, shared, text.width), text.y
            if row.is_beside:
                y += max(0, box.height - _place_texts(setter, Builder(), texts, text, title)) // 2
            y += _place_texts(setter, builder, texts, text._replace(y=y), title)
            if code:
                top = box.y + max(-symbol.quiet, (box.height - symbol.side) // 2)
                place_symbol(builder, symbol, text.right, top, code.attributes["alt"])
                y = max(y, top + symbol.side - symbol.quiet)
            for message in [] if has_columns else messages:
                y += setter.style.space("paragraph")
                y += place_message(setter, builder, message, text._replace(y=y))
    lines = setter.style.theme.page.tile_lines * setter.style.text("step-text").leading
    least = text.y + setter.style.text("step").leading + lines  # so that tiles that stand on other pages line up
    return max(box.bottom, y, 0 if row.is_beside else least) - column.y


def _place_texts(setter: Setter, builder: Builder, texts: list[Element], column: Column, title: Look) -> Um:
    """Place the title of a tile and its text; return their height."""
    y, look = column.y, setter.look("step-text")
    for child in texts:
        looks = (title, role_of(child)) if child.tag[0] == "h" else (look, "P")
        y += setter.place_text(builder, child, column._replace(y=y), *looks)
    return y - column.y


def _title_look(setter: Setter, shared: list[Element], room: Um) -> Look:
    """Return the look of a tile's title: as large as lets those of all tiles beside it stand on one line.

    Titles that are too long even in the smallest size make the others no smaller: they are broken.
    """
    look = setter.look("step", balance=True)
    smallest = setter.smallest(look).style
    headings = [child for child in shared if child.tag[0] == "h"]
    lines = [line for heading in headings for line in split_lines(read_spans(heading, look.style.weight))]
    fitting = [line for line in lines if setter.spans_width(line, smallest) <= room]
    return setter.fitted([span for line in fitting for span in (*line, None)], room, look)


def _divide(setter: Setter, column: Column, messages: list[Element], *, is_beside: bool) -> tuple[Box, Column, Um]:
    """Return the box of a tile's picture, with room for the highest message of its row; that of its text.

    The height of that message, if its window is no higher than it needs to be, comes last; 0 for none.
    """
    space = setter.style.space
    width = space("tile-beside") if is_beside else column.width
    window = Column(0, 0, width - 2 * _beside_disc(setter))
    highest = max((place_message(setter, Builder(), message, window, 1) for message in messages), default=0)
    least = highest + 2 * _LEAST_MESSAGE_PAD if highest else 0
    box = Box(column.x, column.y, width, max(min(space("tile"), round(width * _HIGHEST)), least))
    if is_beside:
        return box, column.indented(width + setter.style.theme.page.gutter), highest
    return box, column._replace(y=box.bottom + space("tile-gap")), highest


def _draw_picture(setter: Setter, builder: Builder, element: Element, box: Box, surface: Surface) -> Node | None:
    """Draw what a tile shows: a scene, or an icon; return its figure, None if it has no meaning of its own."""
    is_marked = "mark" in element.attributes
    colors = {
        "icon-line": surface.text if is_marked else "brand-text",
        "icon-fill": "paper" if is_marked else "tint-strong",
    }
    alt = element.attributes.get("alt")
    is_message = any(child.tag in _MESSAGES for child in element.elements[:1])
    if "scene" in element.attributes:
        side = _beside_disc(setter) if "number" in element.attributes else _SCENE_INSET
        inner = Box(box.x + side, box.y + _SCENE_INSET, box.width - 2 * side, box.height - 2 * _SCENE_INSET)
        marks = draw_scene(setter, element, inner, colors)
    elif name := element.attributes.get("icon", _MESSAGE_ICON if is_message else ""):
        side = round(box.height * _ICON_SHARE)
        inner = Box(box.x + (box.width - side) // 2, box.y + (box.height - side) // 2, side, side)
        marks = draw(setter, setter.icon(name, element.at), inner, colors=colors)
    else:
        return None
    if alt is None:
        builder.artifact(*marks)
        return None
    return Node("Figure", (builder.leaf(marks, "Figure"),), alt=alt, box=inner)


def _beside_disc(setter: Setter) -> Um:
    """Return what stays free at both sides of what a numbered tile shows: room for the disc of the number."""
    return _DISC_X + setter.style.space("number") // 2 + _CLEAR_OF_DISC


def place_disc(setter: Setter, builder: Builder, number: str, at: str, disc: Box, surface: Surface) -> None:
    """Place a number or a letter in a disc, as the label of what follows."""
    builder.artifact(Shape(disc, surface.fill, surface.line, pt_line(setter) if surface.line else 0, disc.width // 2))
    look = setter.look("number", surface.text, align="center")
    middle = disc.y + (disc.height + setter.cap_height(look.style)) // 2 - _OPTICAL_RISE
    line = Column(disc.x, middle - setter.baseline(0, look.style), disc.width)
    setter.place_spans(builder, [Span(number, look.style.weight)], at, line, look, "Lbl")


def place_case(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what to do when something fails: a hairline, an icon, a title and its text."""
    if element.attributes.get("class") == "line" and setter.style.theme.page.columns == "beside":
        return _place_case_on_line(setter, builder, element, column)
    side = setter.style.space("icon")
    _place_hairline(setter, builder, column)
    y = column.y + setter.style.space("case")
    place_icon(setter, builder, element.attributes["icon"], element.at, Box(column.x, y, side, side))
    text = column._replace(y=y).indented(side + round(side * _ICON_GAP))
    height = place_stack(setter, builder, element.elements, text, setter.style.surface("page"))
    return y + max(side, height) - column.y


def _place_hairline(setter: Setter, builder: Builder, column: Column) -> None:
    color = setter.style.surface("page").line
    builder.artifact(Rule(column.x, column.y, column.right, column.y, setter.style.space("line"), color))


def _place_case_on_line(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a small icon, a title, and on the same line its text, such as an address.

    With a title it is one of several and stands under a hairline.
    """
    is_titled = any(child.tag[0] == "h" for child in element.elements)
    if is_titled:
        _place_hairline(setter, builder, column)
    whole = setter.style.space("icon")
    side = round(whole * (_TITLED_ICON if is_titled else _SMALL_ICON))
    title, look = setter.look("card"), setter.look("body")
    wide = whole if is_titled else side  # text begins where that of other cases does
    y = column.y + (setter.style.space("case") if is_titled else 0)
    text = column._replace(y=y).indented(wide + round(wide * _ICON_GAP))
    start, bottom = text.x, y + (0 if is_titled else side)
    for child in element.elements:
        if child.tag[0] == "h":
            aligned = round(column.width * _TEXT_AT) if column.width >= _LEAST_ALIGNED else 0
            start = max(column.x + aligned, text.x + setter.width(child.text + " ", title.style))
            drop = setter.baseline(0, look.style) - setter.baseline(0, title.style)
            setter.place_text(builder, child, text._replace(y=y + drop), title, role_of(child))
        else:
            room = Column(start, y, column.right - start)
            bottom = max(bottom, y + setter.place_fitted(builder, child, room, look))
    icon = Box(column.x + (wide - side) // 2, y + (look.style.leading - side) // 2, side, side)
    place_icon(setter, builder, element.attributes["icon"], element.at, icon)
    return bottom - column.y


_SCREEN_SHARE = 0.452  # of the width, for the window
_INSET = mm(2)
_LEADER_GAP = mm(1.6)  # from a part of the window to the dot of its line
_DOT = mm(0.9)
_LEAST_BEND = mm(1.6)  # a line that would bend by less is straight, its dot a little off the middle of the part
_ROW_GAP = mm(2.2)  # at least, between two rows beside a window
_LETTER_GAP = mm(3)  # between a letter and its text


def place_screen(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a window and, beside it, a row for each named part.

    Where pages flow, large letters have the room of the window, whose parts the rows name; a code stands at their
    right.
    """
    codes = [child for child in element.elements if child.tag == "qr"]
    element = element._replace(children=tuple([child for child in element.elements if child not in codes]))
    if setter.style.theme.page.pages == "flow":
        return _place_without_window(setter, builder, element, codes, column)
    width = round(column.width * _SCREEN_SHARE)
    rows = column.indented(width + setter.style.space("screen-gap"))
    heights = [_row_height(setter, part, rows) for part in element.elements]
    height = max(setter.style.space("screen"), sum(heights) + _ROW_GAP * (len(heights) - 1))  # as high as its rows
    box = Box(column.x, column.y, width, height)
    builder.artifact(frame(setter, setter.style.surface("tile"), box))
    inner = box.grown(-_INSET)
    figure(builder, draw_scene(setter, element, inner), element.attributes["alt"], inner)
    parts = anchors(setter.scene(element.attributes["scene"], element.at), inner)
    tops = _row_tops(setter, element, heights, rows, parts, _ROW_GAP)
    _place_rows(setter, builder, element, rows, tops, parts, box)
    return max(box.bottom, tops[-1] + heights[-1]) - column.y


def _place_without_window(
    setter: Setter, builder: Builder, element: Element, codes: list[Element], column: Column
) -> Um:
    """Place the rows of a window that is not drawn, and at their right the card of its code, if there is one."""
    side = setter.style.space("card") if codes else 0
    rows = column._replace(width=column.width - side - (setter.style.theme.page.gutter if codes else 0))
    heights = [_row_height(setter, part, rows) for part in element.elements]
    tops = _row_tops(setter, element, heights, rows, {}, setter.style.space("step"))
    _place_rows(setter, builder, element, rows, tops, {}, Box(0, 0, 0, 0))
    height = tops[-1] + heights[-1] - column.y
    for code in codes:
        height = max(height, place_code_card(setter, builder, code, column.indented(column.width - side), height))
    return height


def place_figure(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a drawing in its natural size, smaller in a narrow column, and its caption under it."""
    scene = setter.scene(element.attributes["scene"], element.at)
    width = min(scene.width, column.width)
    box = Box(column.x, column.y, width, scene.height * width // scene.width)
    figure(builder, draw_scene(setter, element, box), element.attributes["alt"], box)
    if not element.children:
        return box.height
    y = box.bottom + setter.style.space("paragraph")
    return y + setter.place_text(builder, element, column._replace(y=y), setter.look("small")) - column.y


def _row_height(setter: Setter, part: Element, column: Column) -> Um:
    return place_stack(setter, Builder(), part.elements, _text_of_row(setter, column), setter.style.surface("page"))


def _text_of_row(setter: Setter, column: Column) -> Column:
    return column.indented(setter.style.space("number") + _LETTER_GAP)


def _row_tops(
    setter: Setter, element: Element, heights: list[Um], column: Column, parts: dict[str, tuple[Um, Um]], gap: Um
) -> list[Um]:
    """Return where rows begin: at the height of their parts, but one under the other, `gap` between two at least.

    Those beside the window end with it, if need be above their parts.
    """
    half_line = setter.look("card").style.leading // 2
    y = column.y + max(0, setter.style.space("number") // 2 - half_line)
    tops: list[Um] = []
    for part, height in zip(element.elements, heights, strict=True):
        anchor = parts.get(part.attributes["name"])
        tops.append(max(y, anchor[1] - half_line) if anchor else y)
        y = tops[-1] + height + gap
    bottom = column.y + max(setter.style.space("screen"), sum(heights) + gap * (len(heights) - 1))
    for index in reversed(range(len(tops) if parts else 0)):
        tops[index] = min(tops[index], bottom - heights[index])
        bottom = tops[index] - gap
    return tops


def _place_rows(
    setter: Setter,
    builder: Builder,
    element: Element,
    column: Column,
    tops: list[Um],
    parts: dict[str, tuple[Um, Um]],
    screen: Box,
) -> None:
    """Place the lettered rows, each joined to its part."""
    diameter, surface = setter.style.space("number"), setter.style.surface("number")
    half_line = setter.look("card").style.leading // 2
    text = _text_of_row(setter, column)
    with builder.node("L", numbered=True):
        for letter, part, top in zip("abcdefgh", element.elements, tops, strict=False):
            middle = top + half_line
            disc = Box(column.x, middle - diameter // 2, diameter, diameter)
            if anchor := parts.get(part.attributes["name"]):
                builder.artifact(*_leader(setter, anchor, (disc.x, middle), screen))
            with builder.node("LI"):
                place_disc(setter, builder, letter, part.at, disc, surface)
                with builder.node("LBody"):
                    place_stack(setter, builder, part.elements, text._replace(y=top), setter.style.surface("page"))


def _leader(setter: Setter, start: tuple[Um, Um], end: tuple[Um, Um], screen: Box) -> list[Mark]:
    """Return the line from a part of the window to its row, with one bend at most."""
    width = 2 * setter.style.space("line")
    x, y = start[0] + _LEADER_GAP, start[1]
    if abs(y - end[1]) <= _LEAST_BEND:  # still on the same part of the window
        y = end[1]
    bend = (screen.right + end[0]) // 2
    corners = [(x, y), end] if y == end[1] else [(x, y), (bend, y), (bend, end[1]), end]
    lines = [Rule(*one, *other, width, "brand-text") for one, other in pairwise(corners)]
    return [*lines, Tick(x, y, _DOT, "brand-text")]
