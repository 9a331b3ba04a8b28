"""A schematic window with the names of its parts: a lettered row at the height of each part, joined by a line."""

from itertools import pairwise

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame, place_stack
from leaflet.layout.blocks.qr_panels import place_code_card
from leaflet.layout.blocks.tiles import place_disc
from leaflet.layout.drawings.placing import anchors, draw_scene, figure
from leaflet.layout.marks import Mark, Rule, Tick
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element

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
