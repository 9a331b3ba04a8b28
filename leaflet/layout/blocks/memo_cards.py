"""Sides of memo cards and labels: a code, for whom the card is, lines to write on; and the fold of a folded one.

What stands on a card differs from person to person; its lines do not move. They are placed from the foot upwards,
and the names above are set smaller, or on two lines, where they are long.
"""

from leaflet.geometry import Box
from leaflet.layout.blocks.cards import place_symbol
from leaflet.layout.blocks.memos import MemoCode, blank_height, code_of, place_blank
from leaflet.layout.blocks.prose import place_paragraph, place_rule, role_of
from leaflet.layout.blocks.tiles import place_icon
from leaflet.layout.lines import read_spans
from leaflet.layout.marks import Path, Shape, Step
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Look, Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm, pt

_ICON_GAP = 0.25  # between the icon of a title and its words, as a share of the icon
_LINES = frozenset({"name", "mail", "small", "blank"})
_CUT_CLEAR = mm(3)  # free along a cut
_LINE_GAP = mm(0.7)  # between a line and the label of the next
_FOOT_AIR = mm(3)  # between two texts of small print
_FOOT_GAP = mm(0.7)  # between a line and the small print under it
_FOLD_CLEAR = mm(5)  # free on each side of a fold
_FOLD_DASH = (mm(1.6), mm(1.4))
_FOLD_ICON = mm(6.4)
_FOLD_AIR = mm(2)  # between the icon and the dashes


def place_card(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a side of a card, as high as its page: a code at the right, words at the left, lines at the foot.

    A line that is to be « beside » the code is among the words. All others are at the foot: beside the code where
    they are long enough there, else under it and as long as the card. Paragraphs of class « end » stand below them.
    """
    page = setter.style.theme.page
    code = code_of(setter, element.elements, column.width)
    words, lines, foot = _divide(element)
    narrow = column._replace(width=column.width - code.symbol.side + code.symbol.quiet) if code else column
    is_flat = code is not None and bool(lines) and narrow.width >= setter.style.space("writing-least")
    if code is not None and is_flat and code.element.children:
        foot.append(code.element)
    rows = _foot_rows(setter, foot, column.width)
    foot_height = sum(_row_height(setter, row, column.width) for row in rows) + (_FOOT_GAP if rows else 0)
    end = _place_words(setter, builder, words, narrow, element.attributes.get("icon", ""), code, is_flat)
    line_column = narrow if is_flat else column
    heights = [blank_height(setter, line, line_column.width) for line in lines]
    lines_height = sum(heights) + _LINE_GAP * max(0, len(lines) - 1)
    top = column.y + page.height - 2 * page.head - foot_height - lines_height
    y = max(top, end)
    for number, line in enumerate(lines):
        y += _LINE_GAP if number else 0
        y += place_blank(setter, builder, line, line_column._replace(y=y))
    _place_foot(setter, builder, rows, column._replace(y=y + _FOOT_GAP))
    return y + foot_height - column.y


def _divide(element: Element) -> tuple[list[Element], list[Element], list[Element]]:
    """Return what stands on a card: the words, the lines at its foot, and what is below the lines."""
    lines = [child for child in element.elements if child.tag == "blank" and "beside" not in child.attributes]
    foot = [child for child in element.elements if child.attributes.get("class") == "end"]
    words = [child for child in element.elements if child not in lines and child not in foot]
    return words, lines, foot


def _place_words(
    setter: Setter,
    builder: Builder,
    words: list[Element],
    column: Column,
    icon: str,
    code: MemoCode | None,
    is_flat: bool,
) -> Um:
    """Place the code of a card and all words above its lines; returns where they end."""
    y, before = column.y, ""
    for child in words:
        if code and child is code.element:
            _place_code(setter, builder, code, column, is_flat)
            if is_flat or not child.children:
                continue
        kind = child.attributes.get("class") or child.tag
        y += _gap(setter, before, kind)
        before = kind
        line = column._replace(y=y)
        if child.tag == "qr":
            y += setter.place_text(builder, child, line, _address_look(setter, child, line.width))
        elif child.tag == "hr":
            y += place_rule(setter, builder, child, line)
        elif child.tag == "blank":
            y += place_blank(setter, builder, child, line)
        elif child.tag == "p":
            y += place_paragraph(setter, builder, child, line)
        else:
            y += _place_title(setter, builder, child, line, icon)
    return y


def _place_code(setter: Setter, builder: Builder, code: MemoCode, column: Column, is_flat: bool) -> None:
    """Place the code beside a column, as far from the head of the card as from its side; on a flat card at the head.

    Its quiet zone reaches into the margins.
    """
    page = setter.style.theme.page
    quiet = code.symbol.quiet
    top = column.y - page.head + (max(quiet, _CUT_CLEAR) if is_flat else page.margin)
    alt = code.element.attributes["alt"]
    place_symbol(builder, code.symbol, column.x + column.width, top - quiet, alt)


def _gap(setter: Setter, before: str, kind: str) -> Um:
    """Return the space between two of the words of a card: what is said of a name stands near it."""
    if not before or (before, kind) == ("name", "mail"):
        return 0
    return setter.style.space("item" if before in _LINES and kind != "name" else "paragraph")


def _place_title(setter: Setter, builder: Builder, element: Element, column: Column, icon: str) -> Um:
    """Place the title of a card beside its icon; small words in it stand at the right, or under it."""
    look = setter.look("title")
    side = setter.style.space("icon") if icon else 0
    if icon:
        place_icon(setter, builder, icon, element.at, Box(column.x, column.y, side, side))
    indent = side + round(side * _ICON_GAP)
    smalls = [child for child in element.elements if child.tag == "small"]
    words = element._replace(children=tuple(child for child in element.children if child not in smalls))
    height = max(side, look.style.leading)
    look = setter.fitted(read_spans(words, look.style.weight), column.width - indent, look)
    y = column.y + (height - look.style.leading) // 2
    inner = Column(column.x + indent, y, column.width - indent)
    with builder.node(role_of(element)):
        setter.place_text(builder, words, inner, look, None)
        for small in smalls:
            quiet = setter.look("step", align="right")
            room = inner.width - setter.width(words.text, look.style) - setter.style.space("pad")
            drop = setter.baseline(y, look.style) - setter.baseline(y, quiet.style)
            if setter.width(small.text, quiet.style) <= room:
                setter.place_text(builder, small, Column(inner.x, y + drop, inner.width), quiet, None)
            else:
                under = Column(column.x, column.y + height, column.width)
                height += setter.place_text(builder, small, under, setter.look("step"), None)
    return height


def _address_look(setter: Setter, element: Element, width: Um) -> Look:
    look = setter.look("address")
    return setter.unbroken(read_spans(element, look.style.weight), width, look)


def _foot_look(setter: Setter, element: Element, width: Um) -> Look:
    """Return small print, as large as lets it stand on one line."""
    look = setter.look("legal")
    return setter.fitted(read_spans(element, look.style.weight), width, look)


def _foot_rows(setter: Setter, foot: list[Element], width: Um) -> list[list[Element]]:
    """Return what stands below the lines of a card: in one row if it fits, else one under the other."""
    look = setter.look("legal")
    wanted = [setter.spans_width(read_spans(child, look.style.weight), look.style) for child in foot]
    if len(foot) > 1 and sum(wanted) + _FOOT_AIR * (len(foot) - 1) > width:
        return [[child] for child in foot]
    return [foot] if foot else []


def _row_height(setter: Setter, row: list[Element], width: Um) -> Um:
    """Return the height of a row, which no copy-fit changes: the lines above it stay where they are."""
    token = setter.style.theme.type["legal"]
    looks = [(child, _foot_look(setter, child, width)) for child in row]
    heights = [(setter.text_height(child, width, look), look.style.leading) for child, look in looks]
    lines = max(height // leading for height, leading in heights)
    return lines * pt(token.size * token.leading)


def _place_foot(setter: Setter, builder: Builder, rows: list[list[Element]], column: Column) -> None:
    """Place the rows of small print below the lines of a card; in each the last of two stands at the right."""
    y = column.y
    for row in rows:
        for child in row:
            look = _foot_look(setter, child, column.width)
            is_end = len(row) > 1 and child is row[-1]
            setter.place_text(builder, child, column._replace(y=y), look._replace(align="right") if is_end else look)
        y += _row_height(setter, row, column.width)


def place_fold(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the dashed line a card is folded at, with its icon; nothing stands near it."""
    y = column.y + _FOLD_CLEAR
    right = column.x + column.width - setter.style.theme.page.margin
    steps = (Step("m", (column.x, y)), Step("l", (column.x + column.width, y)))
    color = setter.style.surface("memo").quiet
    builder.artifact(Path(steps, line=color, line_width=setter.style.space("line"), dash=_FOLD_DASH, end="butt"))
    icon = Box(right - _FOLD_AIR - _FOLD_ICON, y - _FOLD_ICON // 2, _FOLD_ICON, _FOLD_ICON)
    around = Box(icon.x - _FOLD_AIR, icon.y, icon.width + 2 * _FOLD_AIR, icon.height)
    builder.artifact(Shape(around, fill="paper"))
    place_icon(setter, builder, "fold", element.at, icon, color)
    return 2 * _FOLD_CLEAR
