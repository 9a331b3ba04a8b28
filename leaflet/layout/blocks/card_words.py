"""Words on a side of a memo card: its title, whom it is for, the address of its code, and the space between them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leaflet.geometry import Box
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
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.spans import read_spans
from leaflet.layout.text_marks import Column, Look
from leaflet.layout.theme import TextStyle
from leaflet.markup.parse import Element
from leaflet.units import Um, mm, pt

LEAST_UNDER = mm(1.3)  # between words of which some had to be left out, or a rule, and what stands under them
_ICON_GAP = 0.25  # between the icon of a title and its words, as a share of the icon
_LINES = frozenset({"name", "mail", "small"})
_OF_NAME = frozenset({"mail"})  # what stands near a name
_MOST_OVER_NAME = mm(4)
_RULE_GAP = 0.6  # times the space between words, above a rule, whose place does not depend on what stands under it
_TALL = 1.14  # the height of an « l », as a share of that of a capital


class _Words(NamedTuple):
    """A kind of words on a side: how high they are in a width, whether each has room there, how they are placed."""

    height: Callable[[Setter, Element, Um], Um]
    has_room: Callable[[Setter, Element, Um], bool]
    place: Callable[[Setter, Builder, Element, Column], Um]


def with_icon(child: Element, icon: str) -> Element:
    """Return an element of a side; a title gets its icon, which may be none."""
    return child if child.tag in _WORDS else child._replace(attributes={**child.attributes, "icon": icon})


def words_height(setter: Setter, words: Sequence[Element], width: Um, air: float) -> Um:
    """Return the height of words, with `air` times the space between them."""
    return sum(gap + _words_of(child).height(setter, child, width) for child, gap in _steps(setter, words, air))


def words_have_room(setter: Setter, words: Sequence[Element], width: Um) -> bool:
    """Tell whether each word has room on a line."""
    return all(_words_of(child).has_room(setter, child, width) for child in words)


def place_words(
    setter: Setter, builder: Builder, words: Sequence[Element], column: Column, air: float, bottom: Um
) -> None:
    """Place words above what begins at `bottom`.

    A rule that ends them under a name has a third of what is left above it. A name that ends them stands, with what
    is said of it, in the middle of what is left: it moves nothing above it.
    """
    y = column.y
    steps = _steps(setter, words, air)
    is_under_name = words[0].attributes.get("class") == "name" if words else False
    for number, (child, gap) in enumerate(steps):
        y += gap
        if child.tag == "hr" and child is words[-1] and is_under_name:
            y += max(0, bottom - LEAST_UNDER - rule_height(setter, child) - y) // 3
        elif child.attributes.get("class") == "name" and number:
            free = bottom - y + gap - _height_from(setter, steps[number:], column.width)
            y += max(0, min(free // 2, _MOST_OVER_NAME)) - gap
        y += _words_of(child).place(setter, builder, child, column._replace(y=y))


def _height_from(setter: Setter, steps: Sequence[tuple[Element, Um]], width: Um) -> Um:
    """Return the height of a name, and of what is said of it with the space between."""
    (name, _), *others = steps
    above = setter.fitted_height(name, width, _name_look(setter))
    return above + sum(gap + _words_of(child).height(setter, child, width) for child, gap in others)


def _steps(setter: Setter, words: Sequence[Element], air: float) -> list[tuple[Element, Um]]:
    """Return words, each with the space above it."""
    steps: list[tuple[Element, Um]] = []
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
    if not before or (before == "name" and kind in _OF_NAME) or (kind == "name" and setter.style.is_tightest):
        return 0
    if kind == "hr":
        return round(setter.style.space("paragraph") * _RULE_GAP * (air if setter.style.is_tightest else 1))
    if before in _LINES and kind != "name":
        return setter.style.space("item")
    return round(setter.style.space("paragraph") * air)


def _name_look(setter: Setter) -> Look:
    return setter.look("name", balance=True)._replace(most=_name_room(setter))


def _name_room(setter: Setter) -> Um:
    """Return the height that a name may have; where words had to be left out that of two lines at the floor."""
    style, token = setter.style, setter.style.theme.type["name"]
    return style.space("name") if style.spare == style.theme.fit.spare[0] else 2 * pt(token.floor * token.leading)


def _name_height(setter: Setter, element: Element, width: Um) -> Um:
    """Return the height of a name, the same for each, so that nothing moves; in the smallest type its own."""
    height = setter.fitted_height(element, width, _name_look(setter))
    is_smallest = setter.style.factor == min(setter.style.theme.fit.type)
    return height if is_smallest else max(_name_room(setter), height)


def _name_has_room(setter: Setter, element: Element, width: Um) -> bool:
    return setter.has_room(element, width, setter.smallest(_name_look(setter)))


def _place_name(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    return setter.place_fitted(builder, element, column, _name_look(setter))


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
    drop = above_letters(setter, whole_title(setter)) - above_letters(setter, look.style)
    y = column.y + title_top(setter, icon) + drop  # the letters begin at one height on all cards of a sheet
    height = line + setter.text_height(words, column.width - indent, look) - look.style.leading
    inner = Column(column.x + indent, y, column.width - indent)
    with builder.node(role_of(element)):
        setter.place_text(builder, words, inner, look, None)
        if note:
            quiet = setter.look("step", align="right")
            room = inner.width - setter.width(words.text, look.style) - setter.style.space("pad")
            drop = setter.baseline(y, look.style) - setter.baseline(y, quiet.style)
            if setter.width(note.text, quiet.style) <= room:
                setter.place_text(builder, note, Column(inner.x, y + drop, inner.width), quiet, None)
            else:
                under = Column(column.x, column.y + height, column.width)
                height += setter.place_text(builder, note, under, setter.look("step"), None)
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


def whole_title(setter: Setter) -> TextStyle:
    """Return the style of a title that is not set smaller."""
    token = setter.style.theme.type["title"]
    return setter.look("title").style._replace(size=token.size, leading=pt(token.size * token.leading))


def title_top(setter: Setter, icon: str) -> Um:
    """Return where a title that is not set smaller begins, from the head of its side."""
    leading = whole_title(setter).leading
    return (max(setter.style.space("icon") if icon else 0, leading) - leading) // 2


def above_letters(setter: Setter, style: TextStyle) -> Um:
    """Return what is free above the tall letters of a line."""
    return setter.baseline(0, style) - round(setter.cap_height(style) * _TALL)


_NAME = _Words(_name_height, _name_has_room, _place_name)
_TITLE = _Words(_title_height, _title_has_room, _place_title)
_WORDS = {
    "qr": _Words(_address_height, _address_has_room, _place_address),
    "hr": _Words(lambda setter, rule, _width: rule_height(setter, rule), lambda *_: True, place_rule),
    "p": _Words(paragraph_height, paragraph_has_room, place_paragraph),
}


def _words_of(child: Element) -> _Words:
    return _NAME if child.attributes.get("class") == "name" else _WORDS.get(child.tag, _TITLE)
