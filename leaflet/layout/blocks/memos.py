"""The memo: a part to cut out, with lines to write on by hand. A blank has no value, so nothing can fill it."""

from msgspec.structs import replace

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import pt_line
from leaflet.layout.blocks.cards import place_symbol, symbol
from leaflet.layout.blocks.prose import role_of
from leaflet.layout.lines import Span
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Blank, Builder
from leaflet.layout.qr import QUIET_ZONE
from leaflet.layout.setter import Column, Look, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_DASH = (mm(1.6), mm(1.1))
_CUT_INSET = mm(8)  # where the words « à découper » interrupt the frame
_CUT_GAP = mm(2)
_CLEAR = mm(0.6)  # between a blank's box and its writing line, so that a copy's smear stays outside
_LABEL_GAP = mm(2.5)
_HINT_GAP = mm(1.6)


def place_memo(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a title, writing lines, a hint and a small QR code at the right; a dashed frame to cut it out."""
    if "cut" not in element.attributes:
        return _place_inside(setter, builder, element, column)
    pad = round(setter.style.space("pad") * 1.25)
    surface = setter.style.surface("memo")
    top = column.y + setter.style.text("small").leading // 2
    behind = builder.reserve()
    _place_cut_words(setter, builder, element, column)
    inner = Column(column.x + pad, top + pad, column.width - 2 * pad)
    bottom = inner.y + _place_inside(setter, builder, element, inner) + pad
    outline = Box(column.x, top, column.width, bottom - top)
    shape = Shape(outline, line=surface.line, line_width=pt_line(setter), radius=setter.style.space("radius"))
    builder.fill(behind, replace(shape, dash=_DASH), _gap(setter, element, column, top))
    return bottom - column.y


def _place_inside(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    codes = [child for child in element.elements if child.tag == "qr"]
    if not codes:
        return _place_writing(setter, builder, element, column)
    gap = setter.style.space("pad")
    code_width, code_height = _measure_code(setter, codes[0])
    if _is_narrow(setter, column.width - code_width - gap):
        height = _place_writing(setter, builder, element, column) + gap // 2
        x = column.x + (column.width - code_width) // 2
        _place_code(setter, builder, codes[0], Column(x, column.y + height, code_width))
        return height + code_height
    text = Column(column.x, column.y, column.width - code_width - gap)
    height = _place_writing(setter, builder, element, text)
    x = column.x + column.width - code_width
    middle = column.y + max(0, (height - code_height) // 2)
    _place_code(setter, builder, codes[0], Column(x, middle, code_width))
    return max(height, middle + code_height - column.y)


def _is_narrow(setter: Setter, room: Um) -> bool:
    """Tell whether a writing line would be shorter than the theme wants; then things stand one above the other."""
    return room < setter.style.theme.space.get("writing-least", 0)


def _gap(setter: Setter, element: Element, column: Column, top: Um) -> Shape:
    """Return the interruption of the frame where the cut words stand."""
    width = setter.width(element.attributes["cut"], setter.style.text("small")) + 2 * _CUT_GAP
    return Shape(Box(column.x + _CUT_INSET - _CUT_GAP, top - mm(1), width, mm(2)), fill="paper")


def _place_cut_words(setter: Setter, builder: Builder, element: Element, column: Column) -> None:
    look = setter.look("small", setter.style.surface("memo").quiet)
    spans: list[Span | None] = [Span(element.attributes["cut"], look.style.weight)]
    inner = Column(column.x + _CUT_INSET, column.y, column.width - 2 * _CUT_INSET)
    setter.place_spans(builder, spans, element.at, inner, look)


def _place_writing(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    surface = setter.style.surface("memo")
    blanks = [child for child in element.elements if child.tag == "blank"]
    label = _label_look(setter)
    widths = [setter.width(_label(blank), label.style) for blank in blanks]
    label_width = min(max(widths, default=0) + _LABEL_GAP, column.width // 2)
    if _is_narrow(setter, column.width - label_width):
        label_width = 0
    y = column.y
    for child in element.elements:
        inner = Column(column.x, y, column.width)
        if child.tag == "blank":
            y += _place_blank(setter, builder, child, inner, label_width)
        elif child.tag[0] == "h":
            look = setter.look("section", surface.text, balance=True)
            y += setter.place_text(builder, child, inner, look, role_of(child))
        elif child.tag == "p":
            gap = setter.style.space("paragraph") // 2 + _HINT_GAP
            look = setter.look("small", surface.quiet)
            y += gap + setter.place_text(builder, child, Column(column.x, y + gap, column.width), look)
    return y - column.y


def _label(element: Element) -> str:
    return f"{element.attributes['label']}\u00a0:"


def _label_look(setter: Setter) -> Look:
    return setter.look("card", setter.style.surface("memo").text)


def _place_blank(setter: Setter, builder: Builder, element: Element, column: Column, label_width: Um) -> Um:
    """Place a label and a line to write on, under it if `label_width` is 0; the box above the line stays empty."""
    if not label_width:
        return _place_under_label(setter, builder, element, column)
    look = _label_look(setter)
    spans: list[Span | None] = [Span(_label(element), look.style.weight)]
    label_height = setter.height(spans, label_width - mm(0.5), look)
    height = max(setter.style.space("writing-gap"), label_height + _CLEAR)
    line_y = column.y + height
    label_y = line_y - _CLEAR - setter.baseline(label_height - look.style.leading, look.style)
    setter.place_spans(builder, spans, element.at, Column(column.x, label_y, label_width - mm(0.5)), look)
    line = Column(column.x + label_width, column.y, column.width - label_width)
    return _place_line(setter, builder, element, line, height)


def _place_under_label(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    look = _label_look(setter)
    y = column.y + setter.style.space("paragraph")
    spans: list[Span | None] = [Span(_label(element), look.style.weight)]
    y += setter.place_spans(builder, spans, element.at, Column(column.x, y, column.width), look)
    line = Column(column.x, y, column.width)
    return y - column.y + _place_line(setter, builder, element, line, setter.style.space("writing-gap"))


def _place_line(setter: Setter, builder: Builder, element: Element, column: Column, height: Um) -> Um:
    """Place a line at the foot of a column, and the box above it, which is never to be printed on."""
    y, right = column.y + height, column.x + column.width
    thickness = setter.style.space("writing-line")
    builder.artifact(Rule(column.x, y, right, y, thickness, setter.style.surface("memo").text))
    free = Box(column.x, column.y + _CLEAR, column.width, height - 2 * _CLEAR)
    builder.blanks.append(Blank(element.attributes["label"], free))
    return height


def _measure_code(setter: Setter, element: Element) -> tuple[Um, Um]:
    """Return width and height of the small QR code with its caption."""
    tokens = setter.style.theme.qr
    href = element.attributes["href"]
    matrix, module = symbol(setter, href, mm(60), element.at, tokens.memo_module, tokens.memo_side)
    side = (matrix.size + 2 * QUIET_ZONE) * module
    return side, side + setter.style.text("small").leading


def _place_code(setter: Setter, builder: Builder, element: Element, column: Column) -> None:
    tokens = setter.style.theme.qr
    href, alt = element.attributes["href"], element.attributes["alt"]
    matrix, module = symbol(setter, href, column.width, element.at, tokens.memo_module, tokens.memo_side)
    side = place_symbol(setter, builder, matrix, module, (column.x, column.y), alt)
    look = setter.look("small", setter.style.surface("memo").quiet, align="center")
    spans: list[Span | None] = [Span(element.attributes["title"], look.style.weight, href)]
    setter.place_spans(builder, spans, element.at, Column(column.x, column.y + side, side), look)
