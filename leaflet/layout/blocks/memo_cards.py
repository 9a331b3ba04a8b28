"""Sides of memo cards and labels: a code, for whom the card is, lines to write on.

A side arranges itself for its card or label. The rule:

1. Lines to write on and the small print under them stand at the foot. They do not move from person to person; the
   names above them are set smaller, or on several lines, where they are long.
2. The code stands at the right, level with the title. It is a third of the card's width, more if its modules would
   be under the size that copies keep (`copied` of the theme).
3. The code stands above the lines, which are as long as the card is wide. It may come down to the first of them: the
   label of that line then stands beside it.
4. On low cards the code would be too small there. If it is larger at the whole height of the card, and leaves lines
   their least length (`writing-least`), lines and small print end beside it; small print goes on under it if the code
   keeps modules that copies keep.
5. Where words do not fit, the page loses air, words and size of type (`[fit]`); at the last of these steps the code
   shrinks to the smallest modules, above the line or beside it. What does not fit then is a fault.
6. In large print an address stands below the line only if it leaves room for a code that copies keep, and for two
   lines of words. What stands near a name and is no address is left out last.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from leaflet.faults import RenderError
from leaflet.geometry import Box
from leaflet.layout.blocks.cards import Symbol, find_code, fit_symbol, place_symbol
from leaflet.layout.blocks.memos import blank_height, label_has_room, place_blank
from leaflet.layout.blocks.prose import (
    paragraph_has_room,
    paragraph_height,
    place_paragraph,
    place_rule,
    role_of,
    rule_height,
    split_note,
)
from leaflet.layout.drawings.place import place_icon
from leaflet.layout.lines import read_spans
from leaflet.layout.ordinals import place_with_ordinals
from leaflet.layout.piece import Builder
from leaflet.layout.qr import QUIET_ZONE
from leaflet.layout.setter import Column, Look, Setter
from leaflet.layout.theme import TextStyle
from leaflet.markup.parse import Element
from leaflet.units import Um, mm, pt

_ICON_GAP = 0.25  # between the icon of a title and its words, as a share of the icon
_LINES = frozenset({"name", "mail", "small"})
_OF_NAME = frozenset({"mail", "kicker"})  # what stands near a name
_CODE_SHARE = 0.316  # of a card's width, for the code without its quiet zone
_MOST_CODE = 0.45  # of the room between the margins
_CUT_CLEAR = mm(3)  # free along a cut
_LINE_GAP, _WIDE_LINE_GAP = mm(1.1), mm(1.7)  # between a line and the label of the next; where there are two lines
_FOOT_AIR = mm(3)  # between two texts of small print
_FOOT_GAP = mm(0.7)  # between a line and the small print under it
_MORE_FOOT_GAP = mm(1)  # besides, on cards that are not low
_LOW = mm(37.4)  # a card that is no higher has none
_OF_ROW, _OF_LINE = mm(8), mm(15.6)  # what each further row of small print and each further line take of it
_ROW_GAP = mm(0.2)  # between two rows of small print
_CODE_CLEAR = mm(0.1)  # between words and the quiet zone of a code
_TALL = 1.14  # the height of an « l », as a share of that of a capital
_SHRINK = mm(0.05)  # of a module, from one attempt to the next
_AIR = mm(3)  # above the label of a line, so that it is read as that
_LESS_AIR = mm(1.3)  # the same where words had to be left out
_LEAST_AIR = mm(0.6)  # the same at the last step of copy-fit
_AIRS, _TIGHTEST = (2.5, 2, 1.5, 1, 0.4), 0.3  # times the space between words; at the last step of copy-fit
_RULE_GAP = 0.6  # the same, above a rule, whose place does not depend on what stands under it


class _Card(NamedTuple):
    """The parts of a side: its icon, its code, words, lines at its foot, and small print below them."""

    icon: str
    code: Element | None
    words: list[Element]
    lines: list[Element]
    foot: list[Element]


class _Plan(NamedTuple):
    """An arrangement of a side.

    Attributes:
        symbol: its code; None if it has none.
        words, lines, foot: the widths of words, of lines, and of small print.
        labels: the widths of the labels of the lines; the first may stand beside the code.
        rows: the small print below the lines, row by row.
        air: the factor on the space between words.
        top: where the first label begins, from the head of the side.
        lacks: how much higher the side would have to be; negative for what is left.
    """

    symbol: Symbol | None
    words: Um
    lines: Um
    foot: Um
    labels: list[Um]
    rows: list[list[Element]]
    air: float
    top: Um
    lacks: Um


class _Words(NamedTuple):
    """A kind of words on a side: how high they are in a width, whether each has room there, how they are placed."""

    height: Callable[[Setter, Element, Um], Um]
    has_room: Callable[[Setter, Element, Um], bool]
    place: Callable[[Setter, Builder, Element, Column], Um]


def place_card(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a side of a card, as high as its page: a code at the right, words at the left, lines at the foot.

    Paragraphs of class « end » stand below the lines.
    """
    card = _spare_address(setter, _divide(element), column.width)
    plan = _choose(setter, card, column.width)
    if plan.lacks > 0 and setter.style.is_tightest:
        card = card._replace(words=[child for child in card.words if child.attributes.get("class") != "kicker"])
        plan = _choose(setter, card, column.width)
    y = column.y
    if card.code is not None and plan.symbol is not None:
        quiet = plan.symbol.quiet
        top = column.y + _code_top(setter, card.icon)
        right = column.x + column.width
        place_symbol(builder, plan.symbol, right - plan.symbol.side + quiet, top - quiet, card.code.attributes["alt"])
    top = plan.top + max(0, plan.lacks)
    _place_words(setter, builder, card, column._replace(width=plan.words), plan.air, column.y + top)
    y += top
    for line, label in zip(card.lines, plan.labels, strict=True):
        y += _line_gap(card.lines) if line is not card.lines[0] else 0
        y += place_blank(setter, builder, line, Column(column.x, y, plan.lines), label)
    y += _foot_gap(setter, card, plan.rows) if plan.rows else 0
    y += _place_foot(setter, builder, plan.rows, Column(column.x, y, plan.foot))
    return y - column.y


def _divide(element: Element) -> _Card:
    """Return the parts of a side; its titles get its icon."""
    icon = element.attributes.get("icon", "")
    lines = [child for child in element.elements if child.tag == "blank"]
    foot = [child for child in element.elements if child.attributes.get("class") == "end"]
    words = [child for child in element.elements if child not in lines and child not in foot]
    words = [child if child.tag in _WORDS else _with_icon(child, icon) for child in words]
    return _Card(icon, find_code(element), words, lines, foot)


def _with_icon(title: Element, icon: str) -> Element:
    return title._replace(attributes={**title.attributes, "icon": icon})


def _spare_address(setter: Setter, card: _Card, width: Um) -> _Card:
    """Return a side without an address in large print below its line that leaves no room for a code that copies keep.

    Whether it does is the same on all cards of a sheet.
    """
    rest = [text for text in card.foot if not _is_address(text)]
    is_large = setter.look("legal").style.size >= setter.look("label").style.size
    if card.code is None or not card.lines or not is_large or len(rest) == len(card.foot):
        return card
    page, tokens = setter.style.theme.page, setter.style.theme.qr
    size = fit_symbol(setter, card.code, page.width, page.width).matrix.size
    above, _ = _rooms(setter, card, width, size)
    symbol = _symbol(setter, card.code, above, size)
    words = 2 * _whole_title(setter).leading + _label_height(setter, card.lines[0], width) + _LEAST_AIR
    has_room = above + _code_top(setter, card.icon) >= words
    return card if has_room and symbol and symbol.module >= tokens.copied else card._replace(foot=rest)


def _choose(setter: Setter, card: _Card, width: Um) -> _Plan:
    """Return the first arrangement that fits, else the one that lacks least."""
    nearest: _Plan | None = None
    airs = (_TIGHTEST,) if setter.style.is_tightest else _AIRS
    for symbol, is_beside in _symbols(setter, card, width):
        for air in airs:
            plan = _plan(setter, card, width, symbol, is_beside, air)
            if plan.lacks <= 0:
                return plan
            if nearest is None or plan.lacks < nearest.lacks:
                nearest = plan
    assert nearest is not None
    return nearest


def _symbols(setter: Setter, card: _Card, width: Um) -> Sequence[tuple[Symbol | None, bool]]:
    """Return the codes that a side may have, each with whether its lines end beside it; the best one first.

    Raises:
        RenderError: even the smallest code is too large.
    """
    if card.code is None:
        return [(None, False)]
    tokens, page = setter.style.theme.qr, setter.style.theme.page
    size = fit_symbol(setter, card.code, page.width, page.width).matrix.size
    above, beside = _rooms(setter, card, width, size)
    copied = tokens.copied * size
    wanted = max(min(round(page.width * _CODE_SHARE), tokens.memo_side), copied)
    is_beside = above < min(beside, copied)
    if is_beside and (low := _room_over_foot(setter, card, size)) >= copied:
        beside = min(beside, low)
    sides = [(min(beside if is_beside else above, wanted), is_beside)]
    if setter.style.is_tightest:
        floor = tokens.module_floor * size
        smaller = [*range(min(sides[0][0], copied), floor, -_SHRINK * size), floor]
        ways = ((is_beside, beside if is_beside else above), (not is_beside, above if is_beside else beside))
        sides += [(side, way) for side in smaller for way, room in ways if side <= room]
    found = [(_symbol(setter, card.code, side, size), way) for side, way in sides]
    readable = [(symbol, way) for symbol, way in found if symbol is not None]
    if not readable:
        room = _with_quiet(max(sides[0][0], 0), size)
        return [(fit_symbol(setter, card.code, room, room), is_beside)]  # says what it lacks
    return readable


def _rooms(setter: Setter, card: _Card, width: Um, size: int) -> tuple[Um, Um]:
    """Return the sides that a code of `size` modules may have: above the lines of a card, and beside them."""
    page, space = setter.style.theme.page, setter.style.space
    top = _code_top(setter, card.icon)
    foot = page.height - 2 * page.head - _foot_height(setter, card, _foot_rows(setter, card.foot, width), width)
    if not card.lines:
        return min(foot - _CUT_CLEAR - top, round(width * _MOST_CODE)), 0
    lines = _lines_height(setter, card.lines, [width] * len(card.lines))
    above = foot - lines + _label_height(setter, card.lines[0], width) - top
    beside = (width - space("writing-least")) * size // (size + QUIET_ZONE)
    return min(above, round(width * _MOST_CODE)), min(beside, page.height - page.head - _CUT_CLEAR - top)


def _room_over_foot(setter: Setter, card: _Card, size: int) -> Um:
    """Return the side that a code of `size` modules may have over a row of small print, its quiet zone besides."""
    return (_row_top(setter) - _code_top(setter, card.icon)) * size // (size + QUIET_ZONE)


def _row_top(setter: Setter) -> Um:
    """Return where the letters of the last row of small print begin, from the head of a side."""
    page, style = setter.style.theme.page, setter.look("legal").style
    return page.height - 2 * page.head - style.leading + _above_letters(setter, style)


def _with_quiet(side: Um, size: int) -> Um:
    """Return the side of a code of `size` modules with its quiet zone."""
    return side * (size + 2 * QUIET_ZONE) // size


def _symbol(setter: Setter, code: Element, side: Um, size: int) -> Symbol | None:
    """Return the code with a side, without its quiet zone; None if its modules were too small."""
    room = _with_quiet(max(side, 0), size)
    try:
        return fit_symbol(setter, code, room, room)
    except RenderError:
        return None


def _plan(setter: Setter, card: _Card, width: Um, symbol: Symbol | None, is_beside: bool, air: float) -> _Plan:
    """Return an arrangement with a code, lines beside or under it, and `air` times the space between words."""
    page, style = setter.style.theme.page, setter.style
    beside = width - symbol.side + symbol.quiet if symbol else width
    words = beside - _CODE_CLEAR if symbol else width
    lines = beside if is_beside else width
    code_top = _code_top(setter, card.icon)
    code_end = code_top + symbol.side - 2 * symbol.quiet if symbol else 0
    under = lines
    if (
        symbol
        and is_beside
        and code_end + symbol.quiet <= _row_top(setter)
        and len(_foot_rows(setter, card.foot, width)) == 1
    ):
        under = width
    rows = _foot_rows(setter, card.foot, under)
    foot = page.height - 2 * page.head - _foot_height(setter, card, rows, under)
    labels = [lines] * len(card.lines)
    top = foot - _lines_height(setter, card.lines, labels)
    letters = top + _above_letters(setter, setter.look("label").style)
    if symbol and labels and not is_beside and letters < code_end + symbol.quiet:
        labels[0] = words
        top = foot - _lines_height(setter, card.lines, labels)
    above = 0
    if card.lines:
        above = _AIR if style.spare == style.theme.fit.spare[0] else _LESS_AIR
    elif symbol and any(_is_address(text) for text in card.foot):  # in the middle of what is left under the code
        top -= max(0, top - max(code_end + symbol.quiet, _words_height(setter, card, words, air))) // 2
    if style.is_tightest:
        above = min(above, _LEAST_AIR)
    has_room = all(_words_of(child).has_room(setter, child, words) for child in card.words)
    if not (has_room and all(map(partial(label_has_room, setter), card.lines, labels))):
        return _Plan(symbol, words, lines, under, labels, rows, air, top, lacks=page.height)
    lacks = _words_height(setter, card, words, air) + above - top
    if symbol:
        end = page.height - page.head - _CUT_CLEAR
        if not is_beside:
            end = top + _label_height(setter, card.lines[0], labels[0]) if card.lines else foot - _CUT_CLEAR
        lacks = max(lacks, code_end - end)
    return _Plan(symbol, words, lines, under, labels, rows, air, top, lacks)


def _lines_height(setter: Setter, lines: list[Element], labels: list[Um]) -> Um:
    """Return the height of lines whose labels have these widths."""
    heights = map(partial(blank_height, setter), lines, labels)
    return sum(heights) + _line_gap(lines) * max(0, len(lines) - 1)


def _line_gap(lines: list[Element]) -> Um:
    return _LINE_GAP if len(lines) > 2 else _WIDE_LINE_GAP


def _label_height(setter: Setter, line: Element, width: Um) -> Um:
    """Return how high the label of a line stands above the room where one writes."""
    return blank_height(setter, line, width) - setter.style.space("writing-gap")


def _code_top(setter: Setter, icon: str) -> Um:
    """Return where a code begins, from the head of its side: level with the capitals of a title."""
    style = _whole_title(setter)
    level = _title_top(setter, icon) + setter.baseline(0, style) - setter.cap_height(style)
    return max(level, _CUT_CLEAR - setter.style.theme.page.head)


def _whole_title(setter: Setter) -> TextStyle:
    """Return the style of a title that is not set smaller."""
    token = setter.style.theme.type["title"]
    return setter.look("title").style._replace(size=token.size, leading=pt(token.size * token.leading))


def _title_top(setter: Setter, icon: str) -> Um:
    """Return where a title that is not set smaller begins, from the head of its side."""
    leading = _whole_title(setter).leading
    return (max(setter.style.space("icon") if icon else 0, leading) - leading) // 2


def _above_letters(setter: Setter, style: TextStyle) -> Um:
    """Return what is free above the tall letters of a line."""
    return setter.baseline(0, style) - round(setter.cap_height(style) * _TALL)


def _steps(setter: Setter, card: _Card, air: float) -> list[tuple[Element, Um]]:
    """Return the words of a side, each with the space above it."""
    steps: list[tuple[Element, Um]] = []
    before = ""
    for child in card.words:
        if child.tag == "qr" and not child.children:
            continue
        kind = child.tag if child.tag == "hr" else child.attributes.get("class") or child.tag
        steps.append((child, _gap(setter, before, kind, air)))
        before = kind
    return steps


def _gap(setter: Setter, before: str, kind: str, air: float) -> Um:
    """Return the space between two of the words of a card: what is said of a name stands near it."""
    if not before or (before == "name" and kind in _OF_NAME):
        return 0
    if kind == "hr":
        return round(setter.style.space("paragraph") * _RULE_GAP * (air if setter.style.is_tightest else 1))
    if before in _LINES and kind != "name":
        return setter.style.space("item")
    return round(setter.style.space("paragraph") * air)


def _words_height(setter: Setter, card: _Card, width: Um, air: float) -> Um:
    return sum(gap + _words_of(child).height(setter, child, width) for child, gap in _steps(setter, card, air))


def _place_words(setter: Setter, builder: Builder, card: _Card, column: Column, air: float, bottom: Um) -> None:
    """Place all words above the lines of a card, which begin at `bottom`; a rule that ends the words is near them."""
    y = column.y
    for child, gap in _steps(setter, card, air):
        y += gap
        if child.tag == "hr" and child is card.words[-1]:
            y = max(y, bottom - _LESS_AIR - rule_height(setter, child))
        y += _words_of(child).place(setter, builder, child, column._replace(y=y))


def _title_height(setter: Setter, element: Element, width: Um) -> Um:
    return _place_title(setter, Builder(), element, Column(0, 0, width))


def _title_has_room(setter: Setter, element: Element, width: Um) -> bool:
    return setter.has_room(element, width, setter.smallest(setter.look("title")))


def _place_title(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the title of a card beside its icon, or else in the colour of the brand.

    Small words in it stand at the right, or under it.
    """
    icon = element.attributes["icon"]
    look = setter.look("title", "ink" if icon else "brand-text")
    side = setter.style.space("icon") if icon else 0
    if icon:
        place_icon(setter, builder, icon, element.at, Box(column.x, column.y, side, side))
    indent = side + round(side * _ICON_GAP)
    words, note = split_note(element)
    line = max(side, look.style.leading)
    look = setter.fitted(read_spans(words, look.style.weight), column.width - indent, look)
    drop = _above_letters(setter, _whole_title(setter)) - _above_letters(setter, look.style)
    y = column.y + _title_top(setter, icon) + drop  # the letters begin at one height on all cards of a sheet
    height = line + setter.text_height(words, column.width - indent, look) - look.style.leading
    inner = Column(column.x + indent, y, column.width - indent)
    with builder.node(role_of(element)):
        place_with_ordinals(setter, builder, words, inner, look, None)
        if note:
            quiet = setter.look("step", align="right")
            room = inner.width - setter.width(words.text, look.style) - setter.style.space("pad")
            drop = setter.baseline(y, look.style) - setter.baseline(y, quiet.style)
            if setter.width(note.text, quiet.style) <= room:
                place_with_ordinals(setter, builder, note, Column(inner.x, y + drop, inner.width), quiet, None)
            else:
                under = Column(column.x, column.y + height, column.width)
                height += place_with_ordinals(setter, builder, note, under, setter.look("step"), None)
    return height


def _address_height(setter: Setter, element: Element, width: Um) -> Um:
    return setter.text_height(element, width, _address_look(setter, element, width))


def _address_has_room(setter: Setter, element: Element, width: Um) -> bool:
    return setter.has_room(element, width, _address_look(setter, element, width))


def _place_address(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    return setter.place_text(builder, element, column, _address_look(setter, element, column.width))


def _address_look(setter: Setter, element: Element, width: Um) -> Look:
    look = setter.look("address")
    return setter.unbroken(read_spans(element, look.style.weight), width, look)


def _foot_look(setter: Setter, element: Element, width: Um) -> Look:
    """Return small print, as large as lets it stand on one line."""
    look = setter.look("legal")
    return setter.fitted(read_spans(element, look.style.weight), width, look)


def _foot_rows(setter: Setter, foot: list[Element], width: Um) -> list[list[Element]]:
    """Return what stands below the lines of a card, row by row: two texts share one if they fit."""
    look = setter.look("legal")
    rows: list[list[Element]] = []
    for child in foot:
        wanted = [setter.spans_width(read_spans(text, look.style.weight), look.style) for text in (foot[0], child)]
        if len(rows) == 1 and len(rows[0]) == 1 and sum(wanted) + _FOOT_AIR <= width:
            rows[0].append(child)
        else:
            rows.append([child])
    return rows


def _foot_height(setter: Setter, card: _Card, rows: list[list[Element]], width: Um) -> Um:
    if not rows:
        return 0
    return (
        _foot_gap(setter, card, rows)
        + sum(_row_height(setter, row, width) for row in rows)
        + _ROW_GAP * (len(rows) - 1)
    )


def _foot_gap(setter: Setter, card: _Card, rows: list[list[Element]]) -> Um:
    """Return what is free between a line and the small print under it, whatever the name."""
    more = setter.style.theme.page.height - _LOW - _OF_ROW * (len(rows) - 1) - _OF_LINE * (len(card.lines) - 1)
    return _FOOT_GAP + max(0, min(more, _MORE_FOOT_GAP))


def _is_address(text: Element) -> bool:
    return any(child.tag == "a" for child in text.elements)


def _row_height(setter: Setter, row: list[Element], width: Um) -> Um:
    """Return the height of a row, which no copy-fit changes: the lines above it stay where they are."""
    token = setter.style.theme.type["legal"]
    looks = [(child, _foot_look(setter, child, width)) for child in row]
    heights = [(setter.text_height(child, width, look), look.style.leading) for child, look in looks]
    lines = max(height // leading for height, leading in heights)
    return lines * pt(token.size * token.leading)


def _place_foot(setter: Setter, builder: Builder, rows: list[list[Element]], column: Column) -> Um:
    """Place the rows of small print below the lines of a card, the second text of a row at the right.

    Returns:
        The height.
    """
    y = column.y
    for number, row in enumerate(rows):
        y += _ROW_GAP if number else 0
        for child in row:
            look = _foot_look(setter, child, column.width)
            is_end = len(row) > 1 and child is row[-1]
            setter.place_text(builder, child, column._replace(y=y), look._replace(align="right") if is_end else look)
        y += _row_height(setter, row, column.width)
    return y - column.y


_TITLE = _Words(_title_height, _title_has_room, _place_title)
_WORDS = {
    "qr": _Words(_address_height, _address_has_room, _place_address),
    "hr": _Words(lambda setter, rule, _width: rule_height(setter, rule), lambda *_: True, place_rule),
    "p": _Words(paragraph_height, paragraph_has_room, place_paragraph),
}


def _words_of(child: Element) -> _Words:
    return _WORDS.get(child.tag, _TITLE)
