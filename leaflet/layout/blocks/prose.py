"""Headings, paragraphs and lists: HTML's own words."""

from leaflet.geometry import Box, Um, mm, pt
from leaflet.layout.drawings.placing import place_icon
from leaflet.layout.marks import Rule, Tick
from leaflet.layout.piece import Builder
from leaflet.layout.setter import After, Column, Look, Setter
from leaflet.layout.spans import Span
from leaflet.markup.parse import Element

_BULLET_INDENT = 5  # list text starts this many bullet diameters from the edge
_PARAGRAPH_STYLES = {"": "body", "center": "body", "end": "small"}  # of classes that have no style of their name
_FITTED = frozenset({"name", "mail", "legal"})
_ICON = 0.87  # the icon of a paragraph, as a share of a line
_ICON_GAP = 0.2  # between an icon and the words of a paragraph, as a share of the icon
_SMALL_ICON, _SMALL_ICON_GAP = mm(3), mm(1.5)  # one that is smaller; what is between it and the words
_SMALL_GAP = mm(3)  # between a heading and the small words beside it


def role_of(heading: Element) -> str:
    """Return the structure element of a heading."""
    return "H2" if heading.tag == "again" else heading.tag.upper()


def place_heading(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a heading between blocks; small words that end it stand beside it if there is room, else under it.

    With the class « spread » it is the title of a card: in the colour of the brand, the small words in ink.
    """
    is_spread = element.attributes.get("class") == "spread"
    look = setter.look("section", "brand-text" if is_spread else "ink", balance=True)
    quiet = setter.look("section-note", "ink" if is_spread else "mute")
    return place_with_note(setter, builder, element, column, look, quiet)


def place_with_note(
    setter: Setter, builder: Builder, element: Element, column: Column, look: Look, quiet: Look
) -> Um:
    """Place a heading in one look, and the small words that end it in another: beside it, or under it.

    With the class « spread » they end at the right edge.
    """
    words, note = split_note(element)
    if note is None:
        return setter.place_text(builder, element, column, look, role_of(element))
    with builder.node(role_of(element)):
        height = setter.place_text(builder, words, column, look, None)
        if element.attributes.get("class") == "spread":
            quiet = quiet._replace(align="right")
        drop = setter.baseline(0, look.style) - setter.baseline(0, quiet.style)
        beside = column._replace(y=column.y + drop)
        if setter.place_behind(builder, note, beside, quiet, After(words, look.style, _SMALL_GAP)):
            return height
        return height + setter.place_text(builder, note, column._replace(y=column.y + height), quiet, None)


def split_note(heading: Element) -> tuple[Element, Element | None]:
    """Return the words of a heading, and the small words that end it as one element; None if no such words do."""
    children = heading.children
    start = len(children)
    for index, child in reversed([*enumerate(children)]):
        if isinstance(child, Element) and child.tag == "small":
            start = index
        elif not (isinstance(child, str) and child.isspace()):
            break
    if start == len(children):
        return heading, None
    note = children[start]
    assert isinstance(note, Element)
    for child in children[start + 1 :]:
        note = note._replace(children=note.children + (child.children if isinstance(child, Element) else (child,)))
    return heading._replace(children=children[:start]), note


def place_rule(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Draw a hairline across the column, or a strong line in the colour of the brand."""
    color = "brand-text" if element.attributes.get("class") == "strong" else setter.style.surface("page").line
    thickness = rule_height(setter, element)
    y = column.y + thickness // 2
    builder.artifact(Rule(column.x, y, column.right, y, thickness, color))
    return thickness


def rule_height(setter: Setter, element: Element) -> Um:
    """Return the height that `place_rule` returns."""
    return setter.style.space("rule" if element.attributes.get("class") == "strong" else "line")


def place_paragraph(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a paragraph behind its icon; its class chooses the text style.

    A name or an address is on one line if it can be. A name stands at the foot of the height that every name has: it
    moves nothing under it, such as its address.
    """
    kind = element.attributes.get("class")
    look = _paragraph_look(setter, element)
    indent = _indent(element, look)
    if indent:
        side = round(look.style.leading * _ICON)
        top = column.y + (look.style.leading - side) // 2
        place_icon(setter, builder, element.attributes["icon"], element.at, Box(column.x, top, side, side))
    inner = column.indented(indent)
    if kind == "name":
        room = 0 if setter.style.is_tightest else setter.style.space("name")
        look = look._replace(most=room)
        free = max(0, room - setter.fitted_height(element, inner.width, look))
        return free + setter.place_fitted(builder, element, inner._replace(y=inner.y + free), look)
    place = setter.place_fitted if kind in _FITTED else setter.place_text
    return place(builder, element, inner, look)


def paragraph_height(setter: Setter, element: Element, width: Um) -> Um:
    """Return the height that `place_paragraph` returns."""
    height = setter.fitted_height if element.attributes.get("class") in _FITTED else setter.text_height
    look = _paragraph_look(setter, element)
    return height(element, width - _indent(element, look), look)


def paragraph_has_room(setter: Setter, element: Element, width: Um) -> bool:
    """Tell whether each word of a paragraph has room on a line."""
    look = _paragraph_look(setter, element)
    is_fitted = element.attributes.get("class") in _FITTED
    return setter.has_room(element, width - _indent(element, look), setter.smallest(look) if is_fitted else look)


def _indent(element: Element, look: Look) -> Um:
    """Return how far the words of a paragraph are from the left for its icon, which is a little lower than a line."""
    if "icon" not in element.attributes:
        return 0
    side = round(look.style.leading * _ICON)
    return side + (_SMALL_ICON_GAP if side < _SMALL_ICON else round(side * _ICON_GAP))


def _paragraph_look(setter: Setter, element: Element) -> Look:
    kind = element.attributes.get("class", "")
    color, style = "brand-text" if kind == "kicker" else "ink", _PARAGRAPH_STYLES.get(kind, kind)
    return setter.look(style, color, align="center" if kind == "center" else "left", balance=kind == "name")


def place_list(setter: Setter, builder: Builder, element: Element, column: Column, look: Look | None = None) -> Um:
    """Place a list with bullets (``ul``) or numbers (``ol``); bullets are drawn, since the font need not have one."""
    look = look or setter.look("body")
    radius = pt(look.style.size * 0.13)
    indent, y = 2 * radius * _BULLET_INDENT, column.y
    with builder.node("L", numbered=element.tag == "ol"):
        for number, item in enumerate(element.elements, 1):
            if number > 1:
                y += setter.style.space("item")
            with builder.node("LI"):
                if element.tag == "ol":
                    place = Column(column.x, y, indent)
                    setter.place_spans(builder, [Span(f"{number}.", "bold")], "", place, look, "Lbl")
                else:
                    middle = setter.baseline(y, look.style) - pt(look.style.size * 0.25)
                    builder.artifact(Tick(column.x + 2 * radius, middle, radius, look.color))
                y += setter.place_text(builder, item, column._replace(y=y).indented(indent), look, "LBody")
    return y - column.y
