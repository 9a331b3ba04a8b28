"""Things that stand side by side in one block: what one needs, what one finds, what one votes on."""

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame
from leaflet.layout.drawings.placing import place_icon
from leaflet.layout.fonts import Weight
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.spans import Span, read_spans, split_lines
from leaflet.layout.text_marks import Column, Look
from leaflet.markup.parse import Element

_PLUS = "+"
_LEAST_PLATE = mm(37)  # narrower plates stand on a further row
_KEY_ICONS = (1, 0.85)  # sides of the icons of keys, as shares of others: at best, at least
_GAPS = (1.05, 0.9, 0.72)  # between two keys side by side, for the plus sign, as shares of an icon: the best first
_ICON_GAP = 0.31  # between an icon and its text, as a share of the icon
_PLATE_ICON = 0.8  # size of an icon on a plate, as a share of the one beside a key


def place_keys(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place what one needs, with icons and plus signs between them; one under the other if they are too wide."""
    keys = element.elements
    with builder.node("L"):
        found = _look_beside(setter, keys, column.width)
        if found is None:
            return _place_under(setter, builder, keys, column)
        return _place_beside(setter, builder, keys, column, *found)


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


def _place_under(setter: Setter, builder: Builder, keys: tuple[Element, ...], column: Column) -> Um:
    y = column.y
    for number, key in enumerate(keys):
        y += setter.style.space("key") if number else 0
        y += _place_key(setter, builder, key, column._replace(y=y), setter.look("step"), setter.style.space("icon"))
    return y - column.y


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
            done = setter.set_spans((Span(_PLUS, "extrabold"),), line, plus)
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


def _title_and_rest(key: Element, weight: Weight = "regular") -> tuple[list[Span | None], list[Span | None]]:
    """Return the spans before the first line break, as a title, and those after it."""
    spans = read_spans(key, weight)
    at = spans.index(None) if None in spans else len(spans)
    title: list[Span | None] = [span._replace(weight="extrabold") for span in spans[:at] if span is not None]
    return title, spans[at + 1 :]


def _place_key(setter: Setter, builder: Builder, key: Element, column: Column, title: Look, side: Um) -> Um:
    """Place an icon of some side, a title and what is said of it."""
    place_icon(setter, builder, key.attributes["icon"], key.at, Box(column.x, column.y, side, side))
    indent = side + round(side * _ICON_GAP)
    text = Column(column.x + indent, column.y, column.width - indent)
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
    most = max(1, (column.width + gutter) // (_LEAST_PLATE + gutter))
    if setter.style.theme.page.columns == "stacked":
        most = 1
    per_row = -(-len(plates) // -(-len(plates) // most))  # rows of as many plates as can be
    width = (column.width - gutter * (per_row - 1)) // per_row
    y = column.y
    with builder.node("L"):
        for start in range(0, len(plates), per_row):
            y += setter.style.space("item") if start else 0
            row = plates[start : start + per_row]
            heights = [_plate_height(setter, plate, width) for plate in row]
            is_even = all(_has_ground(plate) for plate in row)  # else the one with a ground is as high as its words
            texts = max(_plate_text_height(setter, plate, width) for plate in row)
            rise = (max(heights) - texts) // 2  # titles of a row stand at one height
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


def _plate_height(setter: Setter, plate: Element, width: Um) -> Um:
    inside = max(_plate_text_height(setter, plate, width), _icon_side(setter, plate))
    return inside + 2 * setter.style.space("pad-plate")


def _plate_text_height(setter: Setter, plate: Element, width: Um) -> Um:
    first, rest = _title_and_rest(plate)
    return _text_height(setter, first, rest, width - _plate_indent(setter, plate) - _plate_pad(setter, plate))


def _text_height(setter: Setter, first: list[Span | None], rest: list[Span | None], width: Um) -> Um:
    height = setter.height(first, width, setter.look("card"))
    return height + (setter.height(rest, width, setter.look("small")) if rest else 0)


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
    behind = builder.reserve()
    room = column.width - 2 * pad
    number: list[Span | None] = [Span(element.attributes["number"], "extrabold")]
    look = setter.fitted(number, room, setter.look("date", surface.text, align="center"))
    label = setter.look("month", surface.text, align="center")
    base = column.y + 2 * pad + setter.cap_height(look.style)
    line = Column(column.x + pad, base - setter.baseline(0, look.style), room)
    with builder.node("P"):
        setter.place_spans(builder, number, element.at, line, look, None)
        y = base + pad
        y += setter.place_text(builder, element, line._replace(y=y), label, None)
    height = y + pad - column.y
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    return height
