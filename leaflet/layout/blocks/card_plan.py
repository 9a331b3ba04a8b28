"""The arrangement of a side of a memo card or label: where its code, its words and its lines stand.

A side arranges itself for its card or label. The rule:

1. Lines to write on and the small print under them stand at the foot. They do not move from person to person, nor do
   words above a name: it has one height, in which it is set smaller, or on several lines, where it is long.
2. The code stands at the right, level with the title. It is a third of the card's width, more if its modules would
   be under the size that copies keep (`copied` of the theme).
3. The code stands above the lines, which are as long as the card is wide. It may come down to the first of them: the
   label of that line then stands beside it. What is left goes into the line, up to `writing-most`.
4. On low cards the code would be too small there. If it is larger at the whole height of the card, and leaves lines
   their least length (`writing-least`), lines and small print end beside it; small print goes on under it if the code
   keeps modules that copies keep.
5. Where words do not fit, the page loses air, words and size of type (`[fit]`); at the last of these steps the code
   shrinks to the smallest modules, above the line or beside it. What does not fit then is a fault.
6. In large print an address stands below the line only if it leaves room for a code that copies keep, and for two
   lines of words. What stands near a name and is no address is left out last.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from leaflet.faults import RenderError
from leaflet.layout.blocks.card_foot import Rows, foot_height, foot_rows, is_address, row_top
from leaflet.layout.blocks.card_words import (
    LEAST_UNDER,
    above_letters,
    title_top,
    whole_title,
    words_have_room,
    words_height,
)
from leaflet.layout.blocks.cards import Symbol, fit_symbol
from leaflet.layout.blocks.memos import blank_height, label_has_room
from leaflet.layout.qr import QUIET_ZONE
from leaflet.layout.setter import Setter
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_CODE_SHARE = 0.316  # of a card's width, for the code without its quiet zone
_MOST_CODE = 0.45  # of the room between the margins
_CUT_CLEAR = mm(3)  # free along a cut
_LINE_GAP, _WIDE_LINE_GAP = mm(1.1), mm(1.7)  # between a line and the label of the next; where there are two lines
_CODE_CLEAR = mm(0.1)  # between words and the quiet zone of a code
_SHRINK = mm(0.05)  # of a module, from one attempt to the next
_AIR = mm(3)  # above the label of a line, so that it is read as that; `LEAST_UNDER` where words had to be left out
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


class Plan(NamedTuple):
    """An arrangement of a side.

    Attributes:
        symbol: its code; None if it has none.
        words, lines, foot: the widths of words, of lines, and of small print.
        labels: the widths of the labels of the lines; the first may stand beside the code.
        rows: the small print below the lines, row by row.
        air: the factor on the space between words.
        free: how much more there is to write on than the theme wants.
        top: where the first label begins, from the head of the side.
        lacks: how much higher the side would have to be; negative for what is left.
    """

    symbol: Symbol | None
    words: Um
    lines: Um
    foot: Um
    labels: list[Um]
    rows: Rows
    air: float
    top: Um
    lacks: Um
    free: Um = 0


def arrange_card(setter: Setter, card: Card, width: Um) -> tuple[Card, Plan]:
    """Return the arrangement of a side, and what of the side stands in it."""
    card = _spare_address(setter, card, width)
    plan = _choose(setter, card, width)
    if plan.lacks > 0 and setter.style.is_tightest:
        card = card._replace(words=[child for child in card.words if child.attributes.get("class") != "kicker"])
        plan = _choose(setter, card, width)
    return card, plan


def _spare_address(setter: Setter, card: Card, width: Um) -> Card:
    """Return a side without an address in large print below its line that leaves no room for a code that copies keep.

    Whether it does is the same on all cards of a sheet.
    """
    rest = [text for text in card.foot if not is_address(text)]
    is_large = setter.look("legal").style.size >= setter.look("label").style.size
    if card.code is None or not card.lines or not is_large or len(rest) == len(card.foot):
        return card
    page, tokens = setter.style.theme.page, setter.style.theme.qr
    size = fit_symbol(setter, card.code, page.width, page.width).matrix.size
    above, _ = _rooms(setter, card, width, size)
    symbol = _symbol(setter, card.code, above, size)
    words = 2 * whole_title(setter).leading + _label_height(setter, card.lines[0], width) + _LEAST_AIR
    has_room = above + code_top(setter, card.icon) >= words
    return card if has_room and symbol and symbol.module >= tokens.copied else card._replace(foot=rest)


def _choose(setter: Setter, card: Card, width: Um) -> Plan:
    """Return the first arrangement that fits, else the one that lacks least."""
    nearest: Plan | None = None
    airs = (_TIGHTEST,) if setter.style.is_tightest else _AIRS
    for symbol, is_beside in _symbols(setter, card, width):
        for air in airs:
            plan = _plan(setter, card, width, symbol, is_beside, air)
            if plan.lacks <= 0:
                return _with_free(setter, card, plan)
            if nearest is None or plan.lacks < nearest.lacks:
                nearest = plan
    assert nearest is not None
    return nearest


def _with_free(setter: Setter, card: Card, plan: Plan) -> Plan:
    """Return an arrangement whose one line has more to write on, if that is left.

    Under a name it has all that it may have, or nothing, whatever the name; without one what there is, the label near
    the rule above it. A label that is as long as the card stays under the code.
    """
    least, most = setter.style.space("writing-gap"), setter.style.space("writing-most")
    if len(card.lines) != 1 or most <= least:
        return plan
    is_named = any(child.attributes.get("class") == "name" for child in card.words)
    left = -plan.lacks if is_named else -plan.lacks + LEAST_UNDER - _AIR
    if plan.symbol and plan.labels[0] > plan.words:
        code_end = code_top(setter, card.icon) + plan.symbol.side - plan.symbol.quiet
        left = min(left, plan.top + above_letters(setter, setter.look("label").style) - code_end)
    more = most - least + (0 if is_named else _AIR)
    free = 0 if is_named and left < more else max(0, min(more, left))
    return plan._replace(top=plan.top - free, lacks=plan.lacks + free, free=free)


def _symbols(setter: Setter, card: Card, width: Um) -> Sequence[tuple[Symbol | None, bool]]:
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


def _rooms(setter: Setter, card: Card, width: Um, size: int) -> tuple[Um, Um]:
    """Return the sides that a code of `size` modules may have: above the lines of a card, and beside them."""
    page, space = setter.style.theme.page, setter.style.space
    top = code_top(setter, card.icon)
    rows = foot_rows(setter, card.foot, width)
    foot = page.height - 2 * page.head - foot_height(setter, rows, len(card.lines), width)
    if not card.lines:
        return min(foot - _CUT_CLEAR - top, round(width * _MOST_CODE)), 0
    lines = _lines_height(setter, card.lines, [width] * len(card.lines))
    above = foot - lines + _label_height(setter, card.lines[0], width) - top
    beside = (width - space("writing-least")) * size // (size + QUIET_ZONE)
    return min(above, round(width * _MOST_CODE)), min(beside, page.height - page.head - _CUT_CLEAR - top)


def _room_over_foot(setter: Setter, card: Card, size: int) -> Um:
    """Return the side that a code of `size` modules may have over a row of small print, its quiet zone besides."""
    return (row_top(setter) - code_top(setter, card.icon)) * size // (size + QUIET_ZONE)


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


def _plan(setter: Setter, card: Card, width: Um, symbol: Symbol | None, is_beside: bool, air: float) -> Plan:
    """Return an arrangement with a code, lines beside or under it, and `air` times the space between words."""
    page, style = setter.style.theme.page, setter.style
    beside = width - symbol.side + symbol.quiet if symbol else width
    words = beside - _CODE_CLEAR if symbol else width
    lines = beside if is_beside else width
    code_end = code_top(setter, card.icon) + symbol.side - 2 * symbol.quiet if symbol else 0
    is_over_foot = symbol and is_beside and code_end + symbol.quiet <= row_top(setter)
    under = width if is_over_foot and len(foot_rows(setter, card.foot, width)) == 1 else lines
    rows = foot_rows(setter, card.foot, under)
    foot = page.height - 2 * page.head - foot_height(setter, rows, len(card.lines), under)
    labels = [lines] * len(card.lines)
    top = foot - _lines_height(setter, card.lines, labels)
    letters = top + above_letters(setter, setter.look("label").style)
    if symbol and labels and not is_beside and letters < code_end + symbol.quiet:
        labels[0] = words
        top = foot - _lines_height(setter, card.lines, labels)
    above = 0
    if card.lines:
        ends_in_name = bool(card.words) and card.words[-1].attributes.get("class") == "name"  # it has air of its own
        above = _AIR if style.spare == style.theme.fit.spare[0] and not ends_in_name else LEAST_UNDER
    elif symbol and any(is_address(text) for text in card.foot):  # in the middle of what is left under the code
        top -= max(0, top - max(code_end + symbol.quiet, words_height(setter, card.words, words, air))) // 2
    if style.is_tightest:
        above = min(above, _LEAST_AIR)
    has_room = words_have_room(setter, card.words, words)
    if not (has_room and all(map(partial(label_has_room, setter), card.lines, labels))):
        return Plan(symbol, words, lines, under, labels, rows, air, top, lacks=page.height)
    lacks = words_height(setter, card.words, words, air) + above - top
    if symbol:
        end = page.height - page.head - _CUT_CLEAR
        if not is_beside:
            end = top + _label_height(setter, card.lines[0], labels[0]) if card.lines else foot - _CUT_CLEAR
        lacks = max(lacks, code_end - end)
    return Plan(symbol, words, lines, under, labels, rows, air, top, lacks)


def _lines_height(setter: Setter, lines: list[Element], labels: list[Um]) -> Um:
    """Return the height of lines whose labels have these widths."""
    heights = map(partial(blank_height, setter), lines, labels)
    return sum(heights) + line_gap(lines) * max(0, len(lines) - 1)


def line_gap(lines: list[Element]) -> Um:
    """Return what is free between a line and the label of the next one."""
    return _LINE_GAP if len(lines) > 2 else _WIDE_LINE_GAP


def _label_height(setter: Setter, line: Element, width: Um) -> Um:
    """Return how high the label of a line stands above the room where one writes."""
    return blank_height(setter, line, width) - setter.style.space("writing-gap")


def code_top(setter: Setter, icon: str) -> Um:
    """Return where a code begins, from the head of its side: level with the capitals of a title."""
    style = whole_title(setter)
    level = title_top(setter, icon) + setter.baseline(0, style) - setter.cap_height(style)
    return max(level, _CUT_CLEAR - setter.style.theme.page.head)
