"""A schematic window with the names of its parts: a lettered row at the height of each part, joined by a line."""

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame, place_stack
from leaflet.layout.blocks.tiles import SCENE_WORDS, place_disc
from leaflet.layout.drawings.place import anchors, draw, figure
from leaflet.layout.marks import Mark, Rule, Tick
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_SCREEN_SHARE = 0.452  # of the width, for the window
_INSET = mm(2)
_LEADER_GAP = mm(1.6)  # from a part of the window to the dot of its line
_DOT = mm(0.9)
_ROW_GAP = mm(2.2)  # at least, between two rows


def place_screen(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a window and, beside it, a row for each named part; under it in themes of one column.

    Where pages flow, large letters have the room of the window, whose parts the rows name.
    """
    if setter.style.theme.page.pages == "flow":
        return _place_rows(setter, builder, element, column, {}, Box(0, 0, 0, 0)) - column.y
    is_beside = setter.style.theme.page.columns == "beside"
    width = round(column.width * _SCREEN_SHARE) if is_beside else column.width
    box = Box(column.x, column.y, width, setter.style.space("screen"))
    builder.artifact(frame(setter, setter.style.surface("tile"), box))
    inner = box.grown(-_INSET)
    words = {word: element.attributes[word] for word in SCENE_WORDS if word in element.attributes}
    scene = setter.scene(element.attributes["scene"], element.at)
    figure(builder, draw(setter, scene, inner, words=words), element.attributes["alt"], inner)
    if not is_beside:
        rows = column._replace(y=box.bottom + setter.style.space("block"))
        return _place_rows(setter, builder, element, rows, {}, box) - column.y
    left = box.right + setter.style.space("screen-gap")
    rows = Column(left, column.y, column.x + column.width - left)
    return max(box.bottom, _place_rows(setter, builder, element, rows, anchors(scene, inner), box)) - column.y


def _place_rows(
    setter: Setter, builder: Builder, element: Element, column: Column, parts: dict[str, tuple[Um, Um]], screen: Box
) -> Um:
    """Place the lettered rows, each at the height of its part if nothing stands there; returns where they end."""
    diameter = setter.style.space("number")
    surface = setter.style.surface("number")
    half_line = setter.look("card").style.leading // 2
    y = column.y + (diameter // 2 - half_line)
    with builder.node("L", numbered=True):
        for number, part in enumerate(element.elements):
            anchor = parts.get(part.attributes["name"])
            middle = max(y + half_line, anchor[1]) if anchor else y + half_line
            disc = Box(column.x, middle - diameter // 2, diameter, diameter)
            if anchor:
                builder.artifact(*_leader(setter, anchor, (disc.x, middle), screen))
            with builder.node("LI"):
                place_disc(setter, builder, "abcdefgh"[number], part.at, disc, surface)
                with builder.node("LBody"):
                    indent = diameter + mm(3)
                    top = middle - half_line
                    text = Column(column.x + indent, top, column.width - indent)
                    y = top + place_stack(setter, builder, part.elements, text, setter.style.surface("page"))
            y += _ROW_GAP
    return y - _ROW_GAP


def _leader(setter: Setter, start: tuple[Um, Um], end: tuple[Um, Um], screen: Box) -> list[Mark]:
    """Return the line from a part of the window to its row, with one bend at most."""
    width = 2 * setter.style.space("line")
    x, y = start[0] + _LEADER_GAP, start[1]
    marks: list[Mark] = [Tick(x, y, _DOT, "brand-text")]
    if y == end[1]:
        return [Rule(x, y, end[0], y, width, "brand-text"), *marks]
    bend = (screen.right + end[0]) // 2
    return [
        Rule(x, y, bend, y, width, "brand-text"),
        Rule(bend, y, bend, end[1], width, "brand-text"),
        Rule(bend, end[1], end[0], end[1], width, "brand-text"),
        *marks,
    ]
