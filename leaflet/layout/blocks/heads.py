"""The blocks that open and close a page: the banner, the school it is for, the footer."""

from msgspec.structs import replace

from leaflet.faults import fail
from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame, pt_line
from leaflet.layout.blocks.prose import role_of
from leaflet.layout.lines import read_spans
from leaflet.layout.marks import Mark, Picture, Rule, Shape
from leaflet.layout.piece import Builder, Node
from leaflet.layout.setter import Column, Look, Setter
from leaflet.markup.parse import Element, place_of
from leaflet.units import Um, mm

_LOGO_WIDTH, _LOGO_HEIGHT = mm(34), mm(20)
_CHIP_PAD, _CHIP_RISE = mm(3.2), mm(1.7)
_CHIP_SIZE = 20  # pt; larger letters have more room around them in the same measure
_COVER_AIR = 2  # a cover's band is that much more generous above, between and below
_BESIDE_GAP = mm(3)  # between a headline and what stands at its right
_END_SHARE, _MOST_END_SHARE = 0.36, 0.45  # of the width, for what stands at the right edge; more if it asks for it


def place_banner(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the band across the page: kicker, headline, date chip, logo. `column` is as wide as the sheet."""
    surface = setter.style.surface("band")
    margin = setter.style.theme.page.margin
    air = _COVER_AIR if element.attributes.get("class") == "cover" else 1
    behind = builder.reserve()
    x, y = column.x + margin, column.y + air * setter.style.space("band-top")
    width = column.width - 2 * margin
    logos = [child for child in element.elements if child.tag == "img"]
    text_width = width - (_LOGO_WIDTH + mm(6) if logos else 0)
    floor = y
    top = y
    ends = [child for child in element.elements if child.attributes.get("class") == "end"]
    for index, child in enumerate(element.elements):
        inner = Column(x, y, text_width)
        if child.tag == "img":
            place_logo(setter, builder, child, Box(x + width - _LOGO_WIDTH, top, _LOGO_WIDTH, _LOGO_HEIGHT))
            floor = top + _LOGO_HEIGHT
        elif child.tag == "chip":
            gap = air * (setter.style.space("item") + mm(1))
            style = "step" if air == 1 else "section"
            y += gap + _place_chip(setter, builder, child, Column(x, y + gap, width), style)
        elif child.tag[0] == "h":
            style = "title" if child.tag == "h1" else "side-title"
            look = setter.look(style, surface.text, balance=True)
            beside = ends[0] if ends and _stands_beside(setter, child, ends[0], look, text_width) else None
            y += setter.place_text(builder, child, inner, look, role_of(child))
            if beside:
                _place_beside(setter, builder, beside, Column(x, y - look.style.leading, text_width), look)
                ends = []
        elif child.attributes.get("class") != "end" or child in ends:
            y += setter.place_text(builder, child, inner, setter.look("message", surface.quiet))
            y += air * setter.style.space("heading") if index == 0 else 0
    inset = setter.style.space("band-inset")
    height = max(y, floor) + air * setter.style.space("band-bottom") - column.y
    band = Box(column.x + inset, column.y + inset, column.width - 2 * inset, height - inset)
    builder.fill(behind, *_band(setter, band, setter.style.space("radius-small") if inset else 0))
    return height


def _stands_beside(setter: Setter, heading: Element, end: Element, look: Look, width: Um) -> bool:
    """Tell whether a headline on one line leaves room for a short paragraph at its right."""
    small = setter.look("small")
    needed = setter.width(heading.text, look.style) + setter.width(end.text, small.style) + _BESIDE_GAP
    return needed <= width


def _place_beside(setter: Setter, builder: Builder, element: Element, line: Column, headline: Look) -> None:
    """Place a short paragraph at the right edge, on the baseline of the headline whose line begins at `line`."""
    look = setter.look("small", setter.style.surface("band").quiet, align="right")
    drop = setter.baseline(line.y, headline.style) - setter.baseline(line.y, look.style)
    setter.place_text(builder, element, Column(line.x, line.y + drop, line.width), look)


def _band(setter: Setter, box: Box, radius: Um) -> list[Mark]:
    """Return the filling of the band, or the rule under it where the theme saves ink."""
    surface = setter.style.surface("band")
    if surface.fill:
        return [Shape(box, fill=surface.fill, radius=radius)]
    margin = setter.style.theme.page.margin - setter.style.space("band-inset")
    y = box.bottom - mm(0.5)
    return [Rule(box.x + margin, y, box.right - margin, y, 2 * pt_line(setter), surface.line)]


def place_logo(setter: Setter, builder: Builder, element: Element, room: Box) -> None:
    """Place a picture of the campaign at the top right of its room, in its own proportions."""
    name = element.attributes["src"]
    size = setter.pictures.get(name)
    if size is None:
        raise fail("M109", place_of(element.at), name=name, known=", ".join(sorted(setter.pictures)) or "–")
    scale = min(room.width / size.width, room.height / size.height)
    width, height = round(size.width * scale), round(size.height * scale)
    box = Box(room.right - width, room.y, width, height)
    leaf = builder.leaf((Picture(box, name),), "Figure")
    builder.add_node(Node("Figure", (leaf,), alt=element.attributes["alt"], box=box))


def _place_chip(setter: Setter, builder: Builder, element: Element, column: Column, style: str) -> Um:
    surface = setter.style.surface("chip")
    look = setter.look(style, surface.text, balance=style == "section")
    behind = builder.reserve()
    scale = max(1.0, look.style.size / _CHIP_SIZE)
    pad, rise = round(scale * _CHIP_PAD), round(scale * _CHIP_RISE)
    inner = Column(column.x + pad, column.y + rise, column.width - 2 * pad)
    height = setter.place_text(builder, element, inner, look) + 2 * rise
    natural = max(setter.width(line, look.style) for line in _lines(element))
    width = min(natural + 2 * pad, column.width)
    shape = frame(setter, surface, Box(column.x, column.y, width, height))
    assert isinstance(shape, Shape)
    builder.fill(behind, replace(shape, line_width=pt_line(setter) if surface.line else 0))
    return height


def _lines(element: Element) -> list[str]:
    """Return the text of an element between its forced line breaks."""
    lines = [""]
    for span in read_spans(element, "bold"):
        if span is None:
            lines.append("")
        else:
            lines[-1] += span.text
    return [line.strip(" ") for line in lines]


def place_addressee(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the school the sheet is for: name and address at the left, paragraphs of class « end » at the right."""
    surface = setter.style.surface("page")
    starts, ends = _starts_and_ends(element)
    stacked = setter.style.theme.page.columns == "stacked"
    if stacked:
        starts, ends = [*starts, *ends], []
    least, most = round(column.width * _END_SHARE), round(column.width * _MOST_END_SHARE)
    end_width = setter.room_for(ends, setter.style.text("message"), mm(1), least, most)
    left = Column(column.x, column.y, column.width - (end_width + mm(4) if ends else 0))
    y = column.y
    for index, child in enumerate(starts):
        look = setter.look("card" if index == 0 else "message", surface.text)
        y += setter.place_text(builder, child, Column(left.x, y, left.width), look)
    right = column.y
    for child in ends:
        look = setter.look("message", surface.quiet, align="right")
        place = Column(column.x + column.width - end_width, right, end_width)
        right += setter.place_text(builder, child, place, look)
    bottom = max(y, right) + setter.style.space("paragraph") + mm(1)
    thickness = setter.style.space("line")
    builder.artifact(Rule(column.x, bottom, column.x + column.width, bottom, thickness, surface.line or surface.text))
    return bottom - column.y


def _starts_and_ends(element: Element) -> tuple[list[Element], list[Element]]:
    """Split paragraphs into those at the left and those at the right."""
    starts = [child for child in element.elements if child.attributes.get("class") != "end"]
    return starts, [child for child in element.elements if child.attributes.get("class") == "end"]


def place_footer(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place legal lines at the left, the paragraph of class « end » at the right."""
    surface = setter.style.surface("page")
    starts, ends = _starts_and_ends(element)
    legal = setter.look("legal", surface.quiet)
    end_width = setter.room_for(ends, legal.style, mm(1), 0, column.width // 2)
    heights = [0, 0]
    for child in starts:
        inner = Column(column.x, column.y + heights[0], column.width - end_width - mm(4))
        heights[0] += setter.place_text(builder, child, inner, legal)
    for child in ends:
        inner = Column(column.x + column.width - end_width, column.y + heights[1], end_width)
        heights[1] += setter.place_text(builder, child, inner, legal._replace(align="right"))
    return max(heights)
