"""Whom to trust: what nobody may ask for, and good and bad addresses with what tells them apart."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame, pt_line
from leaflet.layout.drawings.placing import draw, place_icon
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Look, Setter
from leaflet.layout.spans import STRONG_LINK, Span, read_spans
from leaflet.markup.parse import Element

_ICON_GAP = 0.31  # between the shield and the words where there is no ground, as a share of the shield
_SHIELD = 1.2  # side of the shield, as a share of other icons; it is as they are above addresses
_SHIELD_EDGE = 0.125  # of its side, between that and what is drawn, which begins where addresses under it do
_BESIDE = mm(140)  # a narrower block has its addresses under the sentence
_SITES_SHARE = 0.525  # of the width at most, for addresses beside the sentence
_RULE_BESIDE, _RULE_SHARE = mm(100), 0.28  # narrower addresses have the rule above them; its share of the width
_STRONG = ("bold", STRONG_LINK)  # weights of the name of a site
_FOOT = 0.8  # of the space beside the last plate in the box, for that under it
_TAG_GAP, _MARK_GAP = mm(2), mm(2)
_PLAIN_TICK = mm(0.6)  # thickness of a tick or cross without a plate
_TICK_LINE = 0.16  # of their side, for their lines: twice that of other icons
_TICK_SHARE, _PLAIN_TICK_SHARE = 0.66, 0.92  # of the height of an address, for its tick or cross; without a plate


def place_safety(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a warning with a shield; beside it, or under it, good and bad addresses with what tells them apart."""
    surface, space = setter.style.surface("safety"), setter.style.space
    sites = [child for child in element.elements if child.tag == "site"]
    texts = [child for child in element.elements if child.tag == "p"]
    if not (surface.fill or surface.line):
        return _place_plain(setter, builder, element, texts, sites, column)
    pad, behind = space("pad"), builder.reserve()
    inside = column.right - pad
    is_beside = bool(sites) and column.width >= _BESIDE and setter.style.theme.page.columns == "beside"
    is_over = bool(sites) and not is_beside
    side = round(space("icon") * (1 if is_over else _SHIELD))
    edge = round(side * _SHIELD_EDGE) if is_over else 0
    shield_x = column.x + pad - edge
    x = shield_x + side - edge + pad
    most = round(column.width * _SITES_SHARE)
    sites_width = min(most, _wide(setter, texts[1:], sites)) if is_beside else column.width - 2 * pad
    warning_width = (inside - sites_width - pad if is_beside else inside) - x
    look = setter.look("message", surface.text)
    height = sum(setter.text_height(child, warning_width, look) for child in texts[:1])
    sites_height = _sites_height(setter, texts[1:], sites, sites_width)
    block = max(height, side, sites_height if is_beside else 0)
    y = column.y + pad + (block - height) // 2
    for child in texts[:1]:
        setter.place_text(builder, child, Column(x, y, warning_width), look)
    bottom = column.y + pad + block
    if sites:
        top = column.y + pad + (block - sites_height) // 2 if is_beside else bottom + space("paragraph")
        sites_at = Column(inside - sites_width, top, sites_width)
        bottom = max(bottom, top + _place_sites(setter, builder, texts[1:], sites, sites_at))
    height = bottom + (round(pad * _FOOT) if is_over else pad) - column.y
    shield = Box(shield_x, column.y + pad + (block - side) // 2, side, side)
    colors = {"icon-line": surface.text, "icon-fill": surface.fill or "paper"}
    mark = draw(setter, setter.icon("shield", element.at), shield, colors=colors)
    outline = frame(setter, surface, column.box(height))
    builder.fill(behind, replace(outline, line_width=pt_line(setter) if surface.line else 0), *mark)
    return height


def _place_plain(
    setter: Setter, builder: Builder, element: Element, texts: list[Element], sites: list[Element], column: Column
) -> Um:
    """Place a warning without a ground, as a key is placed: its shield like other icons, all words in one column.

    Ticks and crosses of the addresses begin where the words do; addresses on plates have the whole column.
    """
    look, side = setter.look("message", setter.style.surface("safety").text), setter.style.space("icon")
    place_icon(setter, builder, "shield", element.at, Box(column.x, column.y, side, side))
    words = column.indented(side + round(side * _ICON_GAP))
    for child in texts:
        words = words._replace(y=words.y + setter.place_text(builder, child, words, look))
    plate = setter.style.surface("site")
    if plate.fill or plate.line:
        y = max(words.y, column.y + side) + setter.style.space("paragraph")
        return y - column.y + _place_sites(setter, builder, [], sites, column._replace(y=y))
    return words.y - column.y + _place_sites(setter, builder, [], sites, words.indented(-_MARK_GAP))


class _Plate(NamedTuple):
    """An address on a plate: all of it on its first line, or the name of its site, which decides, on a second."""

    first: list[Span | None]  # on the first line, between tick and tag; empty if the name alone is too long for it
    first_look: Look
    name: list[Span | None]  # what stands under it; empty if all of it is on one line
    name_look: Look
    room: Um  # the width of the first line
    second: Column  # the place of the second line: under the first, or under the tick if it is too long
    height: Um  # of both


def _tick_side(setter: Setter) -> Um:
    surface = setter.style.surface("site")
    share = _TICK_SHARE if surface.fill or surface.line else _PLAIN_TICK_SHARE
    return round((setter.style.text("site").leading + 2 * setter.style.space("site")) * share)


def _plate(setter: Setter, site: Element, width: Um) -> _Plate:
    look = setter.look("site", setter.style.surface("site").text)
    spans = read_spans(site, look.style.weight)
    indent = _MARK_GAP + _tick_side(setter) + _MARK_GAP
    room = width - indent - _MARK_GAP - _tag_width(setter, site)
    smallest = setter.smallest(look)
    at = next((number for number, span in enumerate(spans) if span and span.weight in _STRONG), 0)
    if setter.spans_width(spans, smallest.style) <= room:
        at = len(spans)
    first, name = spans[:at], spans[at:]
    if not first:
        first, name = _broken_name(setter, name, smallest, room)
    if setter.spans_width(name, look.style) > width - indent - _MARK_GAP:
        indent = _MARK_GAP
    first_look = setter.fitted(first, room, look)
    top = setter.height(first, room, first_look) if first else look.style.leading
    second = Column(indent, top, width - indent - _MARK_GAP)
    name_look = setter.fitted(name, second.width, look)
    height = top + setter.height(name, second.width, name_look)
    return _Plate(first, first_look, name, name_look, room, second, height)


def _broken_name(
    setter: Setter, name: list[Span | None], look: Look, room: Um
) -> tuple[list[Span | None], list[Span | None]]:
    """Return what of the name of a site stands on a first line, and what on a second: they are of like length.

    It is broken after a hyphen. The first line is empty if no hyphen leaves room for both.
    """
    span = name[0] if len(name) == 1 else None
    cuts = [hyphen.end() for hyphen in re.finditer("-", span.text)] if span else []
    ways = [([span._replace(text=span.text[:cut])], [span._replace(text=span.text[cut:])]) for cut in cuts if span]
    wide = [max(setter.spans_width(part, look.style) for part in way) for way in ways]
    if not wide or min(wide) > room:
        return [], name
    start, end = ways[wide.index(min(wide))]
    return [*start], [*end]


def _tag_width(setter: Setter, site: Element) -> Um:
    """Return the room of what is said at the right of an address."""
    tag = setter.width(site.attributes.get("tag", ""), setter.style.text("hint"))
    return tag + _TAG_GAP if tag else 0


def _wide(setter: Setter, texts: list[Element], sites: list[Element]) -> Um:
    """Return the width in which each address, and the rule above them, is on one line in its usual size."""
    style, around = setter.style.text("site"), _tick_side(setter) + 3 * _MARK_GAP

    def width(child: Element) -> Um:
        return setter.spans_width(read_spans(child, style.weight), style)

    return max([*map(width, texts), *(width(site) + around + _tag_width(setter, site) for site in sites)]) + _MARK_GAP


def _site_height(setter: Setter, site: Element, width: Um) -> Um:
    text = _plate(setter, site, width).height
    return max(text, setter.style.text("site").leading) + 2 * setter.style.space("site")


def _sites_height(setter: Setter, texts: list[Element], sites: list[Element], width: Um) -> Um:
    rule, room = _divide(setter, sites, width)
    height = sum(setter.text_height(child, rule, setter.look("site")) for child in texts)
    plates = sum(_site_height(setter, site, room) + setter.style.space("item") for site in sites)
    return height + plates if room == width else max(height, plates)


def _divide(setter: Setter, sites: list[Element], width: Um) -> tuple[Um, Um]:
    """Return the widths of the rule about addresses and of the addresses: side by side if no address is too long."""
    rule = round(width * _RULE_SHARE)
    room = width - rule - setter.style.theme.page.gutter
    style = setter.style.text("site")
    plates = [_plate(setter, site, room) for site in sites]
    is_long = any(plate.name or setter.spans_width(plate.first, style) > plate.room for plate in plates)
    return (width, width) if width < _RULE_BESIDE or is_long else (rule, room)


def _place_sites(setter: Setter, builder: Builder, texts: list[Element], sites: list[Element], column: Column) -> Um:
    look = setter.look("site", setter.style.surface("safety").text)
    rule, room = _divide(setter, sites, column.width)
    y = column.y + (0 if room == column.width else setter.style.space("item"))
    for child in texts:
        y += setter.place_text(builder, child, Column(column.x, y, rule), look)
    below = y
    y = y if room == column.width else column.y
    with builder.node("L"):
        for site in sites:
            y += setter.style.space("item")
            height = _site_height(setter, site, room)
            _place_site(setter, builder, site, Box(column.x + column.width - room, y, room, height))
            y += height
    return max(below, y) - column.y


def _place_site(setter: Setter, builder: Builder, element: Element, box: Box) -> None:
    """Place an address on a white plate: a tick or a cross beside it, the address, what it is."""
    surface = setter.style.surface("site")
    builder.artifact(frame(setter, surface, box, "radius-small"))
    plate, side = _plate(setter, element, box.width), _tick_side(setter)
    top = box.y + (box.height - plate.height) // 2
    is_under_tick = plate.name and plate.second.x == _MARK_GAP
    marked = plate.second.y if is_under_tick else plate.height
    tick = Box(box.x + _MARK_GAP, top + (marked - side) // 2, side, side)
    icon, color = ("cross", "bad") if "fake" in element.attributes else ("check", "good")
    thickness = round(side * _TICK_LINE) if surface.fill or surface.line else _PLAIN_TICK
    colors = {"icon-line": color, "icon-fill": color}
    builder.artifact(*draw(setter, setter.icon(icon, element.at), tick, colors=colors, line_width=thickness))
    with builder.node("LI"), builder.node("LBody"):
        first = Column(tick.right + _MARK_GAP, top, plate.room)
        with builder.node("P"):
            if plate.first:
                setter.place_spans(builder, plate.first, element.at, first, plate.first_look, None)
            if plate.name:
                second = plate.second._replace(x=box.x + plate.second.x, y=top + plate.second.y)
                setter.place_spans(builder, plate.name, element.at, second, plate.name_look, None)
        if tag := element.attributes.get("tag"):
            quiet = setter.look("hint", surface.quiet, align="right")
            drop = setter.baseline(0, plate.first_look.style) - setter.baseline(0, quiet.style)
            if setter.spans_width(plate.name, plate.name_look.style) <= plate.room:  # it is beside both lines
                drop += (plate.height - plate.first_look.style.leading) // 2
            beside = Column(box.x, top + drop, box.width - _MARK_GAP)
            setter.place_spans(builder, [Span(tag, quiet.style.weight)], element.at, beside, quiet)
