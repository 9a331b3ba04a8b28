"""Whom to trust: what nobody may ask for, how an address is read, the whole address of the portal, the publisher."""

from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame, place_stack
from leaflet.layout.blocks.heroes import place_logo
from leaflet.layout.blocks.tiles import place_icon
from leaflet.layout.drawings.place import draw
from leaflet.layout.lines import Span, read_spans, split_lines
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Look, Setter, site_names
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_SHIELD = 1.2  # side of the shield, as a share of other icons
_BESIDE = mm(140)  # a narrower block has its addresses under the sentence
_SITES_SHARE = 0.46  # of the width, for addresses beside the sentence
_RULE_BESIDE, _RULE_SHARE = mm(100), 0.28  # narrower addresses have the rule above them; its share of the width
_TAG_GAP, _MARK_GAP = mm(2), mm(2)
_LEAST_ON_ONE_LINE = 0.75  # of its size: an address that would be smaller stands on two lines
_TICK_SHARE = 0.66  # of the height of a plate, for its tick or cross


def place_safety(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a warning with a shield; beside it, or under it, good and bad addresses with what tells them apart."""
    surface, space = setter.style.surface("safety"), setter.style.space
    pad, side = space("pad"), round(space("icon") * _SHIELD)
    behind = builder.reserve()
    x = column.x + pad + side + pad
    sites = [child for child in element.elements if child.tag == "site"]
    texts = [child for child in element.elements if child.tag == "p"]
    inside = column.x + column.width - pad
    is_beside = bool(sites) and column.width >= _BESIDE and setter.style.theme.page.columns == "beside"
    sites_width = round(column.width * _SITES_SHARE) if is_beside else inside - column.x - pad
    warning_width = (inside - sites_width - pad if is_beside else inside) - x
    look = setter.look("message", surface.text)
    first = texts[:1]
    height = sum(setter.text_height(child, warning_width, look) for child in first)
    sites_height = _place_sites_height(setter, texts[1:], sites, sites_width, surface)
    block = max(height, side, sites_height if is_beside else 0)
    y = column.y + pad + (block - height) // 2
    for child in first:
        y += setter.place_text(builder, child, Column(x, y, warning_width), look)
    bottom = column.y + pad + block
    if sites:
        top = column.y + pad + (block - sites_height) // 2 if is_beside else bottom + space("paragraph")
        left = inside - sites_width
        height = _place_sites(setter, builder, texts[1:], sites, Column(left, top, sites_width), surface)
        bottom = max(bottom, top + height)
    height = bottom + pad - column.y
    shield = Box(column.x + pad, column.y + pad + (block - side) // 2, side, side)
    colors = {"icon-line": surface.text, "icon-fill": surface.fill or "paper"}
    mark = draw(setter, setter.icon("shield", element.at), shield, colors=colors)
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)), *mark)
    return height


def _tick_side(setter: Setter) -> Um:
    return round((setter.style.text("site").leading + 2 * setter.style.space("site")) * _TICK_SHARE)


def _site_room(setter: Setter, site: Element, width: Um) -> Um:
    """Return the width of the address on a plate: between its tick and its tag, or over both."""
    if _tag_is_under(setter, site, width):
        return width - 2 * _MARK_GAP
    tag = setter.width(site.attributes.get("tag", ""), setter.style.text("small"))
    return width - _tick_side(setter) - 3 * _MARK_GAP - (tag + _TAG_GAP if tag else 0)


def _tag_is_under(setter: Setter, site: Element, width: Um) -> bool:
    """Tell whether the tag stands under its address, which is too long to stand beside it on one line."""
    tag = setter.width(site.attributes.get("tag", ""), setter.style.text("small"))
    room = width - _tick_side(setter) - 3 * _MARK_GAP - tag - _TAG_GAP
    *_, smallest = setter.style.sizes(setter.style.text("site"))
    return tag > 0 and setter.spans_width(read_spans(site, smallest.weight), smallest) > room


def _site_look(setter: Setter, site: Element, width: Um) -> Look:
    """Return the look of an address, on one line if it can be, else with the name of its site on one."""
    look = setter.look("site", setter.style.surface("site").text)
    spans, room = read_spans(site, look.style.weight), _site_room(setter, site, width)
    fitted = setter.fitted(spans, room, look)
    names = [span for line in split_lines(site_names(spans)) for span in line]
    is_broken = setter.spans_width(spans, fitted.style) > room
    return setter.fitted([part for name in names for part in (name, None)], room, look) if is_broken else fitted


def _site_height(setter: Setter, site: Element, width: Um) -> Um:
    """Return the height of a plate."""
    text = setter.text_height(site, _site_room(setter, site, width), _site_look(setter, site, width))
    tag = setter.style.text("small").leading if _tag_is_under(setter, site, width) else 0
    return max(text + tag, setter.style.text("site").leading) + 2 * setter.style.space("site")


def _place_sites_height(
    setter: Setter, texts: list[Element], sites: list[Element], width: Um, surface: Surface
) -> Um:
    rule, room = _divide(setter, sites, width)
    height = sum(setter.text_height(child, rule, setter.look("site", surface.text)) for child in texts)
    plates = sum(_site_height(setter, site, room) + setter.style.space("item") for site in sites)
    return height + plates if room == width else max(height, plates)


def _divide(setter: Setter, sites: list[Element], width: Um) -> tuple[Um, Um]:
    """Return the widths of the rule about addresses and of the addresses: side by side if no address is too long."""
    rule = round(width * _RULE_SHARE)
    room = width - rule - setter.style.theme.page.gutter
    style = setter.style.text("site")
    lengths = [setter.spans_width(read_spans(site, style.weight), style) for site in sites]
    is_long = any(
        n > _site_room(setter, site, room) or _tag_is_under(setter, site, room)
        for n, site in zip(lengths, sites, strict=True)
    )
    return (width, width) if width < _RULE_BESIDE or is_long else (rule, room)


def _place_sites(
    setter: Setter, builder: Builder, texts: list[Element], sites: list[Element], column: Column, surface: Surface
) -> Um:
    rule, room = _divide(setter, sites, column.width)
    y = column.y + (0 if room == column.width else setter.style.space("item"))
    for child in texts:
        y += setter.place_text(builder, child, Column(column.x, y, rule), setter.look("site", surface.text))
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
    """Place an address on a white plate: a tick or a cross, the address, what it is."""
    surface = setter.style.surface("site")
    is_fake = "fake" in element.attributes
    builder.artifact(frame(setter, surface, box, "radius-small"))
    look, room = _site_look(setter, element, box.width), _site_room(setter, element, box.width)
    height, side = setter.text_height(element, room, look), _tick_side(setter)
    is_under = _tag_is_under(setter, element, box.width)
    small = setter.style.text("small").leading
    top = box.y + (box.height - height - (small if is_under else 0)) // 2
    y = top + height + (small - side) // 2 if is_under else box.y + (box.height - side) // 2
    tick = Box(box.x + _MARK_GAP, y, side, side)
    color = "bad" if is_fake else "good"
    drawing = setter.icon("cross" if is_fake else "check", element.at)
    builder.artifact(*draw(setter, drawing, tick, colors={"icon-line": color, "icon-fill": color}))
    beside = tick.right + _MARK_GAP
    with builder.node("LI"), builder.node("LBody"):
        setter.place_text(builder, element, Column(tick.x if is_under else beside, top, room), look)
        if tag := element.attributes.get("tag"):
            quiet = setter.look("small", surface.quiet, align="left" if is_under else "right")
            drop = setter.baseline(top, look.style) - setter.baseline(top, quiet.style)
            line = Column(box.x, top + drop, box.width - _MARK_GAP)
            if is_under:
                line = Column(beside, top + height, box.right - _MARK_GAP - beside)
            setter.place_spans(builder, [Span(tag, quiet.style.weight)], element.at, line, quiet)


def place_address(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a whole address on a strip of its own, to be compared with the one a reader opens.

    It stands beside a shield; under it, where the name of its site would be broken beside it.
    """
    surface, space = setter.style.surface("tile"), setter.style.space
    pad, side = space("pad-plate"), space("icon")
    behind = builder.reserve()
    x = column.x + pad + side + pad
    width = column.x + column.width - pad - x
    title = setter.look("small", surface.text)
    title = title._replace(style=title.style._replace(weight="bold"))
    label: list[Span | None] = [Span(element.attributes["title"], "bold")]
    look = setter.look("address", surface.text)
    text = Column(x, column.y + pad, width)
    is_under = _is_too_wide(setter, element, width, look)
    if is_under:
        side = min(side, setter.height(label, width, title))  # as high as its words: the address needs the room
        top = text._replace(x=column.x + pad + side + pad)
        setter.place_spans(builder, label, element.at, top, title)
        y = column.y + pad + side + space("paragraph")
        y += _place_whole_address(setter, builder, element, Column(column.x + pad, y, column.width - 2 * pad), look)
    else:
        y = text.y + setter.place_spans(builder, label, element.at, text, title)
        y += _place_whole_address(setter, builder, element, text._replace(y=y), look)
    height = y + pad - column.y
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    rise = pad if is_under else (height - side) // 2
    place_icon(setter, builder, "shield", element.at, Box(column.x + pad, column.y + rise, side, side))
    return height


def _place_whole_address(setter: Setter, builder: Builder, element: Element, column: Column, look: Look) -> Um:
    """Place an address on one line, or on several if it would be much smaller there; the name of its site on one."""
    limit = _LEAST_ON_ONE_LINE * look.style.size
    spans = read_spans(element, look.style.weight)
    if setter.fitted(spans, column.width, look).style.size >= limit:
        return setter.place_fitted(builder, element, column, look)
    smaller = [style for style in setter.style.sizes(look.style) if style.size >= limit][-1]
    name = setter.fitted(site_names(spans), column.width, look).style
    look = look._replace(style=min(smaller, name, key=lambda style: style.size), balance=True)
    return setter.place_text(builder, element, column, look)


def _is_too_wide(setter: Setter, element: Element, room: Um, look: Look) -> bool:
    """Tell whether the name of a site would be broken in some room, however small its type."""
    names = site_names(read_spans(element, look.style.weight))
    *_, smallest = setter.style.sizes(look.style)
    return any(setter.spans_width(line, smallest) > room for line in split_lines(names))


def place_publisher_message(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the publisher's own words beside its logo."""
    surface = setter.style.surface("page")
    logos = [child for child in element.elements if child.tag == "img"]
    texts = tuple(child for child in element.elements if child.tag != "img")
    left = logo_height = 0
    if logos:
        room = Column(column.x, column.y, setter.style.space("logo"))
        logo = place_logo(setter, builder, logos[0], room, surface, align="left")
        logo_height = logo.height
        left = logo.right - column.x + setter.style.theme.page.gutter
    inner = Column(column.x + left, column.y, column.width - left)
    return max(logo_height, place_stack(setter, builder, texts, inner, surface, "brand-text"))
