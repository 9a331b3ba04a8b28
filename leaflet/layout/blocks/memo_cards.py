"""Sides of memo cards and labels: a code, for whom the card is, lines to write on.

A side is arranged first: where its code, its words and its lines stand. Its words are its title, whom it is for and
the address of its code; the small print at its foot stands in rows that no name and no copy-fit moves.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from leaflet.faults import RenderError
from leaflet.geometry import Box, Um, mm, pt
from leaflet.layout.blocks import prose
from leaflet.layout.blocks.memos import blank_height, label_has_room, place_blank
from leaflet.layout.blocks.qr_panels import Symbol, find_code, fit_symbol, place_symbol
from leaflet.layout.drawings.placing import place_icon
from leaflet.layout.lines import Align
from leaflet.layout.piece import Builder
from leaflet.layout.qr_matrix import QUIET_ZONE
from leaflet.layout.setter import Column, Look, Setter
from leaflet.layout.spans import read_spans
from leaflet.layout.theme import TextStyle
from leaflet.markup.parse import Element

_LEAST_UNDER = mm(1.3)  # between words of which some had to be left out, or a rule, and what stands under them
_ICON_GAP = 0.25  # between the icon of a title and its words, as a share of the icon
_LINES = ("name", "mail", "small")
_MOST_OVER_NAME = mm(4)
_RULE_GAP = 0.6  # times the space between words, above a rule, whose place does not depend on what stands under it
_TALL = 1.14  # the height of an « l », as a share of that of a capital


def _is_name(child: Element) -> bool:
    return child.attributes.get("class") == "name"


def _words_height(setter: Setter, words: Sequence[Element], width: Um, air: float) -> Um:
    """Return the height of words, with `air` times the space between them."""
    return sum(gap + _height(setter, child, width) for child, gap in _steps(setter, words, air))


def _place_words(
    setter: Setter, builder: Builder, words: Sequence[Element], column: Column, air: float, bottom: Um
) -> None:
    """Place words above what begins at `bottom`.

    A rule that ends them under a name has a third of what is left above it. A name that ends them stands, with what
    is said of it, in the middle of what is left: it moves nothing above it.
    """
    y, steps = column.y, _steps(setter, words, air)
    for number, (child, gap) in enumerate(steps):
        y += gap
        if child.tag == "hr" and child is words[-1] and _is_name(words[0]):
            y += max(0, bottom - _LEAST_UNDER - prose.rule_height(setter, child) - y) // 3
        elif _is_name(child) and number:
            needed = setter.fitted_height(child, column.width, _name_look(setter))
            needed += sum(space + _height(setter, other, column.width) for other, space in steps[number + 1 :])
            y += max(0, min((bottom - y + gap - needed) // 2, _MOST_OVER_NAME)) - gap
        y += _place(setter, builder, child, column._replace(y=y))


def _steps(setter: Setter, words: Sequence[Element], air: float) -> list[tuple[Element, Um]]:
    steps: list[tuple[Element, Um]] = []  # words, each with the space above it
    before = ""
    for child in words:
        if child.tag == "qr" and not child.children:
            continue
        kind = child.tag if child.tag == "hr" else child.attributes.get("class") or child.tag
        steps.append((child, _gap(setter, before, kind, air)))
        before = kind
    return steps


def _gap(setter: Setter, before: str, kind: str, air: float) -> Um:
    """Return the space between two of the words of a card: what is said of a name stands near it."""
    is_tightest, space = setter.style.is_tightest, setter.style.space
    if not before or (before == "name" and kind == "mail") or (kind == "name" and is_tightest):
        return 0
    if kind == "hr":
        return round(space("paragraph") * _RULE_GAP * (air if is_tightest else 1))
    return space("item") if before in _LINES and kind != "name" else round(space("paragraph") * air)


def _place(setter: Setter, builder: Builder, child: Element, column: Column) -> Um:
    """Place one of the words: a name, the address of a code, a rule, a paragraph, or a title."""
    if _is_name(child):
        return setter.place_fitted(builder, child, column, _name_look(setter))
    if child.tag == "qr":
        return setter.place_text(builder, child, column, _address_look(setter, child, column.width))
    place = {"hr": prose.place_rule, "p": prose.place_paragraph}.get(child.tag, _place_title)
    return place(setter, builder, child, column)


def _height(setter: Setter, child: Element, width: Um) -> Um:
    """Return the height of one of the words; of names it is one, so that nothing moves, but in the smallest type."""
    if _is_name(child):
        height = setter.fitted_height(child, width, _name_look(setter))
        is_smallest = setter.style.factor == min(setter.style.theme.fit.type)
        return height if is_smallest else max(_name_room(setter), height)
    if child.tag == "p":
        return prose.paragraph_height(setter, child, width)
    if child.tag == "qr":  # measured, not placed: words without room are no fault yet
        return setter.text_height(child, width, _address_look(setter, child, width))
    return _place(setter, Builder(), child, Column(0, 0, width))


def _has_room(setter: Setter, child: Element, width: Um) -> bool:
    """Tell whether each word has room on a line."""
    if child.tag == "qr":
        return setter.has_room(child, width, _address_look(setter, child, width))
    if child.tag == "p" and not _is_name(child):
        return prose.paragraph_has_room(setter, child, width)
    look = _name_look(setter) if _is_name(child) else setter.look("title")
    return child.tag == "hr" or setter.has_room(child, width, setter.smallest(look))


def _name_look(setter: Setter) -> Look:
    return setter.look("name", balance=True)._replace(most=_name_room(setter))


def _name_room(setter: Setter) -> Um:
    """Return the height that a name may have; where words had to be left out that of two lines at the floor."""
    style, token = setter.style, setter.style.theme.type["name"]
    return style.space("name") if style.spare == style.theme.fit.spare[0] else 2 * pt(token.floor * token.leading)


def _place_title(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the title of a card beside its icon, or else in the colour of the brand.

    Small words in it stand at the right, or under it.
    """
    icon = element.attributes["icon"]
    look = setter.look("title", "ink" if icon else "brand-text")
    side = setter.style.space("icon") if icon else 0
    if icon:
        place_icon(setter, builder, icon, element.at, Box(column.x, column.y, side, side))
    inner = column.indented(side + round(side * _ICON_GAP))
    words, note = prose.split_note(element)
    line = max(side, look.style.leading)
    look = setter.fitted(read_spans(words, look.style.weight), inner.width, look)
    drop = _above_letters(setter, _whole_title(setter)) - _above_letters(setter, look.style)
    y = column.y + _title_top(setter, icon) + drop  # the letters begin at one height on all cards of a sheet
    height = line + setter.text_height(words, inner.width, look) - look.style.leading
    with builder.node(prose.role_of(element)):
        setter.place_text(builder, words, inner._replace(y=y), look, None)
        if note:
            quiet = setter.look("step", align="right")
            room = inner.width - setter.width(words.text, look.style) - setter.style.space("pad")
            drop = setter.baseline(y, look.style) - setter.baseline(y, quiet.style)
            if setter.width(note.text, quiet.style) <= room:
                setter.place_text(builder, note, inner._replace(y=y + drop), quiet, None)
            else:
                under = column._replace(y=column.y + height)
                height += setter.place_text(builder, note, under, setter.look("step"), None)
    return height


def _address_look(setter: Setter, element: Element, width: Um) -> Look:
    look = setter.look("address")
    return setter.unbroken(read_spans(element, look.style.weight), width, look)


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


_AIR = mm(3)  # between two texts of a row
_LEAST_GAP, _MOST_GAP = mm(0.7), mm(1.7)  # between a line and the small print under it
_WIDE = mm(75)  # a low card that is wider has `small-print` of the theme; others need the room for their code
_LOW = mm(37.4)  # a card that is no higher has no more
_OF_ROW, _OF_LINE = mm(8), mm(15.6)  # what each further row of small print and each further line take of it
_ROW_GAP, _MOST_ROW_GAP = mm(0.2), mm(1)  # between two rows; on high labels
_HIGH = mm(60)  # a card that is no higher has the least

Rows = list[list[Element]]


def _foot_rows(setter: Setter, foot: list[Element], width: Um) -> Rows:
    """Return what stands below the lines of a card, row by row: two texts share one if they fit."""
    look = setter.look("legal")
    rows: Rows = []
    for child in foot:
        wanted = [setter.spans_width(read_spans(text, look.style.weight), look.style) for text in (foot[0], child)]
        if len(rows) == 1 and len(rows[0]) == 1 and sum(wanted) + _AIR <= width:
            rows[0].append(child)
        else:
            rows.append([child])
    return rows


def _foot_height(setter: Setter, rows: Rows, lines: int, width: Um) -> Um:
    """Return the height of rows under so many lines to write on, the gap above them included."""
    if not rows:
        return 0
    height = sum(_row_height(setter, row, width) for row in rows)
    return _foot_gap(setter, rows, lines) + height + _row_gap(setter) * (len(rows) - 1)


def _foot_gap(setter: Setter, rows: Rows, lines: int) -> Um:
    """Return what is free between the last of so many lines and the rows under it, whatever the name."""
    page = setter.style.theme.page
    more = page.height - _LOW - _OF_ROW * (len(rows) - 1) - _OF_LINE * (lines - 1)
    least = setter.style.space("small-print") if page.width >= _WIDE else _LEAST_GAP
    return max(least, min(least + more, _MOST_GAP))


def _row_gap(setter: Setter) -> Um:
    return max(_ROW_GAP, min(_ROW_GAP + setter.style.theme.page.height - _HIGH, _MOST_ROW_GAP))


def _row_top(setter: Setter) -> Um:
    """Return where the letters of the last row of small print begin, from the head of a side."""
    page, style = setter.style.theme.page, setter.look("legal").style
    return page.height - 2 * page.head - style.leading + _above_letters(setter, style)


def _is_address(text: Element) -> bool:
    return any(child.tag == "a" for child in text.elements)


def _place_foot(setter: Setter, builder: Builder, rows: Rows, column: Column) -> Um:
    """Place the rows of small print below the lines of a card, the second text of a row at the right."""
    y = column.y
    for number, row in enumerate(rows):
        y += _row_gap(setter) if number else 0
        for child in row:
            align: Align = "right" if len(row) > 1 and child is row[-1] else "left"
            look = _foot_look(setter, child, column.width)._replace(align=align)
            setter.place_text(builder, child, column._replace(y=y), look)
        y += _row_height(setter, row, column.width)
    return y - column.y


def _row_height(setter: Setter, row: list[Element], width: Um) -> Um:
    """Return the height of a row, which no copy-fit changes: the lines above it stay where they are."""
    token = setter.style.theme.type["legal"]
    looks = [(child, _foot_look(setter, child, width)) for child in row]
    heights = [(setter.text_height(child, width, look), look.style.leading) for child, look in looks]
    return max(height // leading for height, leading in heights) * pt(token.size * token.leading)


def _foot_look(setter: Setter, element: Element, width: Um) -> Look:
    """Return small print, as large as lets it stand on one line."""
    look = setter.look("legal")
    return setter.fitted(read_spans(element, look.style.weight), width, look)


_CODE_SHARE = 0.316  # of a card's width, for the code without its quiet zone
_MOST_CODE = 0.45  # of the room between the margins
_CUT_CLEAR = mm(3)  # free along a cut
_LINE_GAP, _WIDE_LINE_GAP = mm(1.1), mm(1.7)  # between a line and the label of the next; where there are two lines
_CODE_CLEAR = mm(0.1)  # between words and the quiet zone of a code
_SHRINK = mm(0.05)  # of a module, from one attempt to the next
_OVER_LABEL = mm(3)  # above that of a line, so that it is read as one; `_LEAST_UNDER` where words had to be left out
_LEAST_AIR = mm(0.2)  # the same at the last step of copy-fit
_AIRS = (2.5, 2, 1.5, 1.25, 1, 0.7, 0.4)  # times the space between words, the most first
_TIGHTEST = 0.3  # the same, at the last step of copy-fit


class Card(NamedTuple):
    """The parts of a side: its icon, its code, words, lines at its foot, and small print below them."""

    icon: str
    code: Element | None
    words: list[Element]
    lines: list[Element]
    foot: list[Element]


class SidePlan(NamedTuple):
    """An arrangement of a side: its code, if it has one, and the widths of words, of lines, and of small print."""

    symbol: Symbol | None
    words: Um
    lines: Um
    foot: Um
    labels: list[Um]  # the widths of the labels of the lines; the first may stand beside the code
    rows: Rows  # the small print below the lines, row by row
    air: float  # the factor on the space between words
    top: Um  # where the first label begins, from the head of the side
    lacks: Um  # how much higher the side would have to be; negative for what is left
    free: Um = 0  # how much more there is to write on than the theme wants


def _spare_address(setter: Setter, card: Card, width: Um) -> Card:
    """Return a side without the address at its foot, if in large print it leaves too little room for the code.

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


def _choose(setter: Setter, card: Card, width: Um) -> SidePlan:
    """Return the first arrangement that fits, else the one that lacks least."""
    tried: list[SidePlan] = []
    for symbol, is_beside in _symbols(setter, card, width):
        for air in (_TIGHTEST,) if setter.style.is_tightest else _AIRS:
            tried.append(_plan(setter, card, width, symbol, is_beside, air))
            if tried[-1].lacks <= 0:
                return _with_free(setter, card, tried[-1])
    return min(tried, key=lambda plan: plan.lacks)


def _with_free(setter: Setter, card: Card, plan: SidePlan) -> SidePlan:
    """Return an arrangement whose one line has more to write on, if that is left.

    Under a name it has all that it may have, or nothing, whatever the name; without one what there is, the label near
    the rule above it. A label that is as long as the card stays under the code.
    """
    least, most = setter.style.space("writing-gap"), setter.style.space("writing-most")
    if len(card.lines) != 1 or most <= least:
        return plan
    is_named = any(map(_is_name, card.words))
    left = -plan.lacks if is_named else -plan.lacks + _LEAST_UNDER - _OVER_LABEL
    if plan.symbol and plan.labels[0] > plan.words:
        code_end = _code_top(setter, card.icon) + plan.symbol.side - plan.symbol.quiet
        left = min(left, plan.top + _above_letters(setter, setter.look("label").style) - code_end)
    more = most - least + (0 if is_named else _OVER_LABEL)
    free = 0 if is_named and left < more else max(0, min(more, left))
    return plan._replace(top=plan.top - free, lacks=plan.lacks + free, free=free)


def _symbols(setter: Setter, card: Card, width: Um) -> Sequence[tuple[Symbol | None, bool]]:
    """Return the codes that a side may have, each with whether its lines end beside it; the best one first."""
    if card.code is None:
        return [(None, False)]
    tokens, page = setter.style.theme.qr, setter.style.theme.page
    size = fit_symbol(setter, card.code, page.width, page.width).matrix.size
    above, beside = _rooms(setter, card, width, size)
    copied = tokens.copied * size
    wanted = max(min(round(page.width * _CODE_SHARE), tokens.memo_side), copied)
    is_beside = above < min(beside, copied)
    over_foot = (_row_top(setter) - _code_top(setter, card.icon)) * size // (size + QUIET_ZONE)
    if is_beside and over_foot >= copied:
        beside = min(beside, over_foot)
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


def _rooms(setter: Setter, card: Card, width: Um, size: int) -> tuple[Um, Um]:
    """Return the sides that a code of `size` modules may have: above the lines of a card, and beside them."""
    page, space = setter.style.theme.page, setter.style.space
    top = _code_top(setter, card.icon)
    rows = _foot_rows(setter, card.foot, width)
    foot = page.height - 2 * page.head - _foot_height(setter, rows, len(card.lines), width)
    if not card.lines:
        return min(foot - _CUT_CLEAR - top, round(width * _MOST_CODE)), 0
    lines = _lines_height(setter, card.lines, [width] * len(card.lines))
    above = foot - lines + _label_height(setter, card.lines[0], width) - top
    beside = (width - space("writing-least")) * size // (size + QUIET_ZONE)
    return min(above, round(width * _MOST_CODE)), min(beside, page.height - page.head - _CUT_CLEAR - top)


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


def _plan(setter: Setter, card: Card, width: Um, symbol: Symbol | None, is_beside: bool, air: float) -> SidePlan:
    """Return an arrangement with a code, lines beside or under it, and `air` times the space between words."""
    page, style = setter.style.theme.page, setter.style
    beside = width - symbol.side + symbol.quiet if symbol else width
    words = beside - _CODE_CLEAR if symbol else width
    lines = beside if is_beside else width
    code_end = _code_top(setter, card.icon) + symbol.side - 2 * symbol.quiet if symbol else 0
    is_over_foot = symbol and is_beside and code_end + symbol.quiet <= _row_top(setter)
    under = width if is_over_foot and len(_foot_rows(setter, card.foot, width)) == 1 else lines
    rows = _foot_rows(setter, card.foot, under)
    foot = page.height - 2 * page.head - _foot_height(setter, rows, len(card.lines), under)
    labels = [lines] * len(card.lines)
    top = foot - _lines_height(setter, card.lines, labels)
    letters = top + _above_letters(setter, setter.look("label").style)
    if symbol and labels and not is_beside and letters < code_end + symbol.quiet:
        labels[0] = words
        top = foot - _lines_height(setter, card.lines, labels)
    above = 0
    if card.lines:
        ends_in_name = bool(card.words) and _is_name(card.words[-1])  # it has air of its own
        above = _OVER_LABEL if style.spare == style.theme.fit.spare[0] and not ends_in_name else _LEAST_UNDER
    elif symbol and any(_is_address(text) for text in card.foot):  # in the middle of what is left under the code
        top -= max(0, top - max(code_end + symbol.quiet, _words_height(setter, card.words, words, air))) // 2
    if style.is_tightest:
        above = min(above, _LEAST_AIR)
    have_room = all(_has_room(setter, child, words) for child in card.words)
    if not have_room or not all(map(partial(label_has_room, setter), card.lines, labels)):
        return SidePlan(symbol, words, lines, under, labels, rows, air, top, lacks=page.height)
    lacks = _words_height(setter, card.words, words, air) + above - top
    if symbol:
        end = page.height - page.head - _CUT_CLEAR
        if not is_beside:
            end = top + _label_height(setter, card.lines[0], labels[0]) if card.lines else foot - _CUT_CLEAR
        lacks = max(lacks, code_end - end)
    return SidePlan(symbol, words, lines, under, labels, rows, air, top, lacks)


def _lines_height(setter: Setter, lines: list[Element], labels: list[Um]) -> Um:
    return sum(map(partial(blank_height, setter), lines, labels)) + _line_gap(lines) * max(0, len(lines) - 1)


def _line_gap(lines: list[Element]) -> Um:
    """Return what is free between a line and the label of the next one."""
    return _LINE_GAP if len(lines) > 2 else _WIDE_LINE_GAP


def _label_height(setter: Setter, line: Element, width: Um) -> Um:
    """Return how high the label of a line stands above the room where one writes."""
    return blank_height(setter, line, width) - setter.style.space("writing-gap")


def _code_top(setter: Setter, icon: str) -> Um:
    """Return where a code begins, from the head of its side: level with the capitals of a title."""
    style = _whole_title(setter)
    level = _title_top(setter, icon) + setter.baseline(0, style) - setter.cap_height(style)
    return max(level, _CUT_CLEAR - setter.style.theme.page.head)


def place_card(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a side of a card, as high as its page: a code at the right, words at the left, lines at the foot.

    Paragraphs of class « end » stand below the lines.
    """
    width = column.width
    card = _spare_address(setter, _divide(element), width)
    plan = _choose(setter, card, width)
    if plan.lacks > 0 and setter.style.is_tightest:
        card = card._replace(words=[child for child in card.words if child.attributes.get("class") != "kicker"])
        plan = _choose(setter, card, width)
    if card.code is not None and plan.symbol is not None:
        left = column.right - plan.symbol.side + plan.symbol.quiet
        top = column.y + _code_top(setter, card.icon) - plan.symbol.quiet
        place_symbol(builder, plan.symbol, left, top, card.code.attributes["alt"])
    y = column.y + plan.top + max(0, plan.lacks)
    _place_words(setter, builder, card.words, column._replace(width=plan.words), plan.air, y)
    for line, label in zip(card.lines, plan.labels, strict=True):
        y += _line_gap(card.lines) if line is not card.lines[0] else 0
        y += place_blank(setter, builder, line, Column(column.x, y, plan.lines), label, plan.free)
    y += _foot_gap(setter, plan.rows, len(card.lines)) if plan.rows else 0
    y += _place_foot(setter, builder, plan.rows, Column(column.x, y, plan.foot))
    return y - column.y


def _divide(element: Element) -> Card:
    """Return the parts of a side; its titles get its icon."""
    icon = element.attributes.get("icon", "")
    lines = [child for child in element.elements if child.tag == "blank"]
    foot = [child for child in element.elements if child.attributes.get("class") == "end"]
    words = [
        child if child.tag in ("p", "hr", "qr") else child._replace(attributes={**child.attributes, "icon": icon})
        for child in element.elements
        if child not in lines and child not in foot
    ]
    return Card(icon, find_code(element), words, lines, foot)
