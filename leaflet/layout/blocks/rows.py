"""Things that stand side by side in one block: what one needs, what one finds, what one votes on, lines of a list."""

from typing import NamedTuple

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame, place_frame, pt_line
from leaflet.layout.drawings.placing import place_icon
from leaflet.layout.fonts import Weight
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Look, Setter
from leaflet.layout.spans import Span, Spans, read_spans, split_lines
from leaflet.markup.parse import Element

_LEAST_PLATE = mm(37)  # narrower plates stand on a further row
_KEY_ICONS = (1, 0.85)  # sides of the icons of keys, as shares of others: at best, at least
_GAPS = (1.05, 0.9, 0.72)  # between two keys side by side, for the plus sign, as shares of an icon: the best first
_ICON_GAP = 0.31  # between an icon and its text, as a share of the icon
_PLATE_ICON = 0.8  # size of an icon on a plate, as a share of the one beside a key
_TICK_BOX, _TICK_RADIUS = mm(5.6), mm(0.8)
_CELL_GAP = mm(3)  # between the texts of a line
_TITLE_SHARE = 0.22  # of the width, for titles in a column
_LEAST_END = mm(14)  # so that what is counted in lines one under the other begins in one place


def place_keys(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what one needs, with icons and plus signs between them; one under the other if they are too wide."""
    keys = element.elements
    with builder.node("L"):
        if found := _look_beside(setter, keys, column.width):
            return _place_beside(setter, builder, keys, column, *found)
        y, look, icon = column.y, setter.look("step"), setter.style.space("icon")
        for number, key in enumerate(keys):
            y += setter.style.space("key") if number else 0
            y += _place_key(setter, builder, key, column._replace(y=y), look, icon)
        return y - column.y


def _look_beside(setter: Setter, keys: tuple[Element, ...], width: Um) -> tuple[Look, Um] | None:
    """Return the look of titles and the side of icons, as large as lets keys stand side by side, or None."""
    look, icon = setter.look("step"), setter.style.space("icon")
    for gap in _GAPS:
        room = width - round(icon * gap) * (len(keys) - 1)
        for side in [round(icon * share) for share in _KEY_ICONS]:
            for style in setter.style.sizes(look.style):
                smaller = look._replace(style=style)
                if sum(_key_width(setter, key, smaller, side) for key in keys) <= room:
                    return smaller, side
    return None


def _place_beside(
    setter: Setter, builder: Builder, keys: tuple[Element, ...], column: Column, look: Look, side: Um
) -> Um:
    widths = [_key_width(setter, key, look, side) for key in keys]
    gap = (column.width - sum(widths)) // max(len(keys) - 1, 1)
    plus = setter.look("section", "brand-text", align="center")
    x, heights = column.x, []
    for number, (key, width) in enumerate(zip(keys, widths, strict=True)):
        if number:
            middle = column.y + (side + setter.cap_height(plus.style)) // 2
            line = Column(x - gap, middle - setter.baseline(0, plus.style), gap)
            done = setter.set_spans((Span("+", "extrabold"),), line, plus)
            builder.artifact(*[mark for segment in done.segments for mark in segment.marks])
        heights.append(_place_key(setter, builder, key, Column(x, column.y, width), look, side))
        x += width + gap
    return max(heights)


def _key_width(setter: Setter, key: Element, look: Look, side: Um) -> Um:
    """Return the width of a key with an icon of some side, whose lines are not broken but where its author did so."""
    quiet = setter.look("body").style
    first, rest = _title_and_rest(key, quiet.weight)
    widths = [setter.spans_width(first, look.style), *(setter.spans_width(line, quiet) for line in split_lines(rest))]
    return side + round(side * _ICON_GAP) + max(widths) + setter.style.space("line")


def _title_and_rest(key: Element, weight: Weight = "regular") -> tuple[list[Span], list[Span | None]]:
    """Return the spans before the first line break, as a title, and those after it."""
    spans = read_spans(key, weight)
    at = spans.index(None) if None in spans else len(spans)
    return [span._replace(weight="extrabold") for span in spans[:at] if span is not None], spans[at + 1 :]


def _place_key(setter: Setter, builder: Builder, key: Element, column: Column, title: Look, side: Um) -> Um:
    place_icon(setter, builder, key.attributes["icon"], key.at, Box(column.x, column.y, side, side))
    text = column.indented(side + round(side * _ICON_GAP))
    quiet = setter.look("body", setter.style.surface("page").quiet)
    first, rest = _title_and_rest(key, quiet.style.weight)
    height = setter.height(first, text.width, title) + (setter.height(rest, text.width, quiet) if rest else 0)
    y = text.y + max(0, side - height) // 2
    with builder.node("LI"), builder.node("LBody"):
        y += setter.place_spans(builder, first, key.at, text._replace(y=y), title)
        if rest:
            y += setter.place_spans(builder, rest, key.at, text._replace(y=y), quiet)
    return max(side, y - column.y)


def place_plates(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place small plates in equal columns: a title and what is said of it; one marked plate is on the highlighter."""
    plates = element.elements
    gutter = setter.style.theme.page.gutter
    is_stacked = setter.style.theme.page.columns == "stacked"
    most = 1 if is_stacked else max(1, (column.width + gutter) // (_LEAST_PLATE + gutter))
    per_row = -(-len(plates) // -(-len(plates) // most))  # rows of as many plates as can be
    width = (column.width - gutter * (per_row - 1)) // per_row
    y = column.y
    with builder.node("L"):
        for start in range(0, len(plates), per_row):
            y += setter.style.space("item") if start else 0
            row = plates[start : start + per_row]
            texts = [_text_height(setter, plate, width) for plate in row]
            insides = [max(text, _icon_side(setter, plate)) for text, plate in zip(texts, row, strict=True)]
            heights = [inside + 2 * setter.style.space("pad-plate") for inside in insides]
            is_even = all(_has_ground(plate) for plate in row)  # else the one with a ground is as high as its words
            rise = (max(heights) - max(texts)) // 2  # titles of a row stand at one height
            for number, plate in enumerate(row):
                x = column.x + number * (width + gutter)
                height = max(heights) if is_even else heights[number]
                _place_plate(setter, builder, plate, Box(x, y, width, height), rise)
            y += max(heights)
    return y - column.y


def _plate_indent(setter: Setter, plate: Element) -> Um:
    """Return how far the text of a plate is from its left edge."""
    side = _icon_side(setter, plate)
    return _plate_pad(setter, plate) + (side + round(side * _ICON_GAP) if side else 0)


def _icon_side(setter: Setter, plate: Element) -> Um:
    return round(setter.style.space("icon") * _PLATE_ICON) if "icon" in plate.attributes else 0


def _has_ground(plate: Element) -> bool:
    """Tell whether a plate is seen: one with an icon needs no ground, unless it is marked."""
    return "mark" in plate.attributes or "icon" not in plate.attributes


def _plate_pad(setter: Setter, plate: Element) -> Um:
    """Return how far what stands on a plate is from its left and right edge."""
    return setter.style.space("pad-plate") if _has_ground(plate) else 0


def _text_height(setter: Setter, plate: Element, width: Um) -> Um:
    first, rest = _title_and_rest(plate)
    room = width - _plate_indent(setter, plate) - _plate_pad(setter, plate)
    height = setter.height(first, room, setter.look("card"))
    return height + (setter.height(rest, room, setter.look("small")) if rest else 0)


def _place_plate(setter: Setter, builder: Builder, plate: Element, box: Box, rise: Um) -> None:
    """Place a plate, whose words begin `rise` µm under its upper edge; its icon stands beside their first lines."""
    is_marked = "mark" in plate.attributes
    surface = setter.style.surface("mark" if is_marked else "tile")
    pad = _plate_pad(setter, plate)
    if _has_ground(plate):
        builder.artifact(frame(setter, surface, box))
    if "icon" in plate.attributes:
        side = _icon_side(setter, plate)
        icon = Box(box.x + pad, box.y + min(setter.style.space("pad-plate"), (box.height - side) // 2), side, side)
        color = surface.text if is_marked else "brand-text"
        place_icon(setter, builder, plate.attributes["icon"], plate.at, icon, color)
    indent = _plate_indent(setter, plate)
    first, rest = _title_and_rest(plate)
    text = Column(box.x + indent, box.y + rise, box.width - indent - pad)
    with builder.node("LI"), builder.node("LBody"):
        y = text.y + setter.place_spans(builder, first, plate.at, text, setter.look("card", surface.text))
        if rest:
            setter.place_spans(builder, rest, plate.at, text._replace(y=y), setter.look("small", surface.quiet))


def place_count(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place how many there are, as large as the day on a leaf of a calendar, and of what."""
    surface, pad = setter.style.surface("tile"), setter.style.space("pad")
    behind, inner = builder.reserve(), column.inset(pad)
    number = [Span(element.attributes["number"], "extrabold")]
    look = setter.fitted(number, inner.width, setter.look("date", surface.text, align="center"))
    label = setter.look("month", surface.text, align="center")
    base = inner.y + pad + setter.cap_height(look.style)
    line = inner._replace(y=base - setter.baseline(0, look.style))
    with builder.node("P"):
        setter.place_spans(builder, number, element.at, line, look, None)
        y = base + pad
        y += setter.place_text(builder, element, line._replace(y=y), label, None)
    return place_frame(setter, builder, behind, surface, column.box(y + pad - column.y))


class _Cell(NamedTuple):
    """A text of a line with its place: where it begins, how wide and how high it is."""

    x: Um
    width: Um
    height: Um
    spans: Spans
    look: Look


def place_item(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place one line of a list: a box to tick, a number, a title in a column of its own, text, what is counted.

    Small words stand at the right, before what is counted.
    """
    tick = _TICK_BOX if "tick" in element.attributes else 0
    number, texts = _cells(setter, element, column, tick + _CELL_GAP if tick else 0)
    height = max([tick, *(cell.height for cell in [*number, *texts])]) + 2 * setter.style.space("item")
    middle = column.y + height // 2
    if tick:
        box = Box(column.x, middle - tick // 2, tick, tick)
        builder.artifact(Shape(box, line="ink", line_width=pt_line(setter), radius=_TICK_RADIUS))

    def place(cell: _Cell, role: str) -> None:
        column = Column(cell.x, middle - cell.height // 2, cell.width)
        setter.place_spans(builder, cell.spans, element.at, column, cell.look, role)

    with builder.node("LI"):
        for cell in number:
            place(cell, "Lbl")
        with builder.node("LBody"):
            for cell in texts:
                place(cell, "P")
    bottom, line = column.y + height, setter.style.surface("page").line
    builder.artifact(Rule(column.x, bottom, column.right, bottom, setter.style.space("line"), line))
    return height


def _cells(setter: Setter, element: Element, column: Column, left: Um) -> tuple[list[_Cell], list[_Cell]]:
    """Return the number of a line, if it has one, and its texts in reading order; `left` is taken already."""
    attributes = element.attributes
    text, quiet, strong = setter.look("message"), setter.look("hint", "mute"), setter.look("step")
    x, right = column.x + left, column.right
    number: list[_Cell] = []
    starts: list[_Cell] = []
    ends: list[_Cell] = []

    def cell(x: Um, width: Um, spans: Spans, look: Look) -> _Cell:
        return _Cell(x, width, setter.height(spans, width, look), spans, look)

    if "number" in attributes:
        indent = setter.style.space("indent")
        digits = [Span(attributes["number"], text.style.weight)]
        number.append(cell(x, indent - _CELL_GAP, digits, text._replace(color="mute")))
        x += indent
    if "title" in attributes:
        width = round(column.width * _TITLE_SHARE)
        title = [Span(attributes["title"], strong.style.weight)]
        starts.append(cell(x, width, title, setter.fitted(title, width, strong)))
        x += width + _CELL_GAP
    if "end" in attributes:
        end = [Span(attributes["end"], strong.style.weight)]
        width = max(setter.spans_width(end, strong.style) + setter.style.space("line"), _LEAST_END)
        right -= width
        ends.append(cell(right, width, end, strong._replace(align="right")))
        right -= _CELL_GAP
    smalls = [child for child in element.elements if child.tag == "small"]
    for small in smalls:
        spans = read_spans(small, quiet.style.weight)
        width = setter.spans_width(spans, quiet.style) + _CELL_GAP // 2
        right -= width
        ends.insert(0, cell(right, width, spans, quiet))
        right -= _CELL_GAP
    words = element._replace(children=tuple(child for child in element.children if child not in smalls))
    if words.children:
        starts.append(cell(x, right - x, read_spans(words, text.style.weight), text))
    return number, [*starts, *ends]
