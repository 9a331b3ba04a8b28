"""The blocks that open a page: the hero with the dates of the vote, the strip that names the school; folds, too."""

from collections.abc import Sequence
from functools import partial
from itertools import dropwhile
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.faults import fail
from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks.boxes import frame, place_stack, pt_line
from leaflet.layout.blocks.memos import place_blank_card
from leaflet.layout.blocks.prose import place_with_note, role_of, split_note
from leaflet.layout.blocks.qr_panels import place_code_beside, place_code_card
from leaflet.layout.blocks.rows import place_keys
from leaflet.layout.drawings.placing import draw, figure, place_icon
from leaflet.layout.lines import Align, break_lines
from leaflet.layout.marks import Path, Picture, Rule, Shape, Step, Text
from leaflet.layout.piece import Builder
from leaflet.layout.setter import ORDINAL_ENDING, Column, Look, Setter, raise_endings
from leaflet.layout.spans import Span, read_spans, split_lines
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element, place_of

_CLEAR = mm(5.3)  # free on each side of a fold: 5 mm, and what letters reach out of their lines
_DASH = (mm(1.6), mm(1.4))
_ICON = mm(6.4)
_AIR = mm(2)  # between the icon and the dashes
_SIDE_GAP = mm(8)  # between the text of a hero and what stands at its right
_LEAST_TEXT = mm(80)  # a narrower hero has its card under the text
_SURFACES = {"light": "hero-light", "plain": "page"}  # of the classes of a hero
_LEAST_WITH_ARROW = mm(88)  # narrower dates have no arrow between them
_UNDER_LOGO = mm(3)  # between the logo's plate and a headline under it
_PLATE_GAP = mm(2.6)  # between the logo's plate and the card under it
_WIDE_PLATE = 0.5  # of the width of that card; a wider plate is as wide as the card
_LEAST_BESIDE = 0.85  # of its size, for a headline beside the logo; one that were smaller stands under it
_ARROW_SIDE = 0.78  # of the gap between two leaves, for the side of its arrow
_LEAF_PAD, _LEAF_GAP = 0.27, 0.15  # of the height of a date's digits: above and below the texts, and between them
_MOST_LEAF_PAD, _MOST_LEAF_GAP = mm(6), mm(3.6)
_LEAST_LEAF_GAP = 0.09  # between them, as a share of digits however large
_LEAF_ROOM = 0.9  # of the width of a leaf, for its texts
_NOTE_INSET = mm(3)  # between its edges and the words under its day
_ROUND = 0.5523  # of a radius, for the control points of a curve that is a quarter of a circle
_ENDING_SHARE = 0.42  # of the size of a day, for the « er » beside a 1
_CARDS = {"qr": place_code_card, "blank": place_blank_card}  # what stands at the right of a hero


def place_fold(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the dashed line a card is folded at, with its icon; nothing stands near it."""
    y = column.y + _CLEAR
    builder.artifact(_fold_line(setter, column._replace(y=y)))
    icon = Box(column.right - setter.style.theme.page.margin - _AIR - _ICON, y - _ICON // 2, _ICON, _ICON)
    builder.artifact(Shape(Box(icon.x - _AIR, icon.y, icon.width + 2 * _AIR, icon.height), fill="paper"))
    place_icon(setter, builder, "fold", element.at, icon, setter.style.surface("memo").quiet)
    return 2 * _CLEAR


def _fold_line(setter: Setter, column: Column) -> Path:
    """Return the dashed line of a fold, at the head of a column and as wide."""
    steps = (Step("m", (column.x, column.y)), Step("l", (column.right, column.y)))
    color = setter.style.surface("memo").quiet
    return Path(steps, line=color, line_width=setter.style.space("line"), dash=_DASH, end="butt")


def place_hero(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the band across the page: kicker, headline and dates; at its right the logo and a card with a QR code.

    In a narrow hero the code stands under the text, and the headline under the logo if it is long. One of class
    « folded » begins at a fold, which is drawn where no ground shows it.
    """
    kind = element.attributes.get("class", "")
    surface = setter.style.surface(_SURFACES.get(kind, "hero"))
    behind = builder.reserve()
    hero = _Hero(setter, builder, element, column, surface)
    for child in element.elements:
        hero.place(child)
    if kind == "plain":
        return hero.bottom - column.y
    if kind == "folded" and not surface.fill:
        builder.artifact(_fold_line(setter, column))
    height = hero.bottom + setter.style.space("hero-bottom") - column.y
    box, inset = column.box(height), setter.style.space("hero-inset")
    if surface.fill:
        band = Box(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - inset)
        radius = setter.style.space("radius-small") if inset else 0
        builder.fill(behind, Shape(band, fill=surface.fill, radius=radius))
    elif surface.line:  # the theme saves ink
        builder.fill(behind, _rule_under(setter, box, surface.line, 2))
    return height


class _Hero:
    """A hero that is being placed: text from its head down, and what stands at its right."""

    def __init__(self, setter: Setter, builder: Builder, element: Element, column: Column, surface: Surface) -> None:
        self._setter, self._builder, self._surface = setter, builder, surface
        self._is_plain = element.attributes.get("class") == "plain"
        space, margin = setter.style.space, setter.style.theme.page.margin
        width = column.width - 2 * margin
        has_card = any(child.tag in _CARDS for child in element.elements)
        self.has_side = has_card and width - space("card") - _SIDE_GAP >= _LEAST_TEXT  # else it stands under the text
        side = space("card") if self.has_side else 0
        self.right = Column(column.right - margin - side, column.y + space("hero-side"), side)
        self._x = column.x + margin
        self._width = self._beside = width - side - _SIDE_GAP if self.has_side else width  # of text; beside a logo
        self.y = column.y + space("hero-top")  # where the next text begins
        self.logo_bottom: Um = 0  # where the logo's plate ends, once it is placed

    @property
    def bottom(self) -> Um:
        """The y at which everything that is placed ends."""
        return max(self.y, self.right.y if self.has_side else self.logo_bottom)

    def place(self, child: Element) -> None:
        """Place what comes next."""
        setter, builder, space = self._setter, self._builder, self._setter.style.space
        if child.tag == "img":
            self._place_logo(child)
        elif child.tag in _CARDS:
            self._place_card(child)
        elif child.tag == "dates":
            self.y = max(self.y, 0 if self.has_side else self.logo_bottom) + space("hero-gap")
            self.y += _place_dates(setter, builder, child, self._column(child), self._surface)
        elif child.tag == "keys":
            self.y += space("hero-gap")
            self.y += place_keys(setter, builder, child, self._column(child))
        elif child.tag[0] == "h":
            if child.tag == "h1" and self.logo_bottom and not self.has_side and not self._is_beside(child):
                self.y += max(0, self.logo_bottom + _UNDER_LOGO - _top_of_letters(setter, child, self.y))
            self.y += _place_words(setter, builder, child, self._column(child), self._surface)
        elif child.attributes.get("class") == "lead":
            self._place_lead(child)
        else:
            look = setter.look("kicker", "brand-text" if self._is_plain else self._surface.quiet, balance=True)
            self.y += setter.place_fitted(builder, child, self._column(child), look)
            self.y += space("heading")

    def _place_logo(self, child: Element) -> None:
        setter, style, tokens = self._setter, self._setter.style, self._setter.style.theme.logo
        is_low, pad = self._is_plain or style.is_tightest, 0 if self._is_plain else tokens.clear
        most = tokens.low - 2 * pad if is_low else tokens.height[min(style.spare, len(tokens.height) - 1)]
        plate = _place_logo(setter, self._builder, child, self.right, self._surface, most, align="right")
        self.logo_bottom = plate.bottom
        self.right = self.right._replace(y=plate.bottom + _PLATE_GAP)
        if not self.has_side:
            self._beside -= plate.width + min(_SIDE_GAP, style.theme.page.gutter)

    def _is_beside(self, headline: Element) -> bool:
        """Tell whether a headline has room at the left of the logo, hardly smaller than it is meant to be."""
        setter, style = self._setter, self._setter.style.text("title")
        least = max(_LEAST_BESIDE, setter.style.theme.type["title"].floor / style.size)
        lines = split_lines(read_spans(headline, style.weight))
        return all(setter.spans_width(line, style) * least <= self._beside for line in lines)

    def _place_card(self, child: Element) -> None:
        space = self._setter.style.space
        if self.has_side:
            is_low = self.logo_bottom and child.tag == "qr"  # the code gives way to the logo
            place = partial(place_code_card, is_low=True) if is_low else _CARDS[child.tag]
            height = place(self._setter, self._builder, child, self.right, self.y - self.right.y)
            self.right = self.right._replace(y=self.right.y + height)
        elif child.tag == "qr":
            self.y += space("block")
            self.y += place_code_beside(self._setter, self._builder, child, self._column(child), self._surface)
        else:
            self.y += space("hero-gap")
            self.y += _CARDS[child.tag](self._setter, self._builder, child, self._column(child), 0)

    def _place_lead(self, child: Element) -> None:
        setter = self._setter
        self.y += setter.style.space("hero-gap") // (1 if self.has_side else 2)
        look, column = setter.look("lead", self._surface.text), self._column(child)
        if icon := child.attributes.get("icon"):
            side = look.style.leading
            colors = {"icon-line": look.color, "icon-fill": self._surface.fill or "paper"}
            box = Box(column.x, column.y, side, side)
            self._builder.artifact(*draw(setter, setter.icon(icon, child.at), box, colors=colors))
            column = column.indented(4 * side // 3)
        self.y += setter.place_text(self._builder, child, column, look)

    def _column(self, child: Element) -> Column:
        """Return the place of the next text: narrower if it begins at the left of the logo, not under it."""
        is_beside = _top_of_letters(self._setter, child, self.y) < self.logo_bottom
        return Column(self._x, self.y, self._beside if is_beside else self._width)


def _top_of_letters(setter: Setter, child: Element, y: Um) -> Um:
    """Return where the capitals of a text begin whose first line begins at `y`."""
    style = setter.style.text({"h1": "title", "h2": "side-title"}.get(child.tag, "kicker"))
    return setter.baseline(y, style) - setter.cap_height(style)


def _rule_under(setter: Setter, box: Box, color: str, lines: int) -> Rule:
    """Return a rule at the foot of a band, between the margins."""
    margin, thickness = setter.style.theme.page.margin, lines * pt_line(setter)
    y = box.bottom - thickness // 2
    return Rule(box.x + margin, y, box.right - margin, y, thickness, color)


def _place_words(setter: Setter, builder: Builder, element: Element, column: Column, surface: Surface) -> Um:
    """Place the words of a headline; behind its first line break they are smaller, on one line if they can be."""
    if split_note(element)[1]:
        name, note = ("title", "subtitle") if element.tag == "h1" else ("side-title", "section-note")
        looks = setter.look(name, surface.text), setter.look(note, surface.quiet)
        return place_with_note(setter, builder, element, column, *looks)
    main = setter.look("title" if element.tag == "h1" else "side-title", surface.text, balance=True)
    if not any(part.tag == "br" for part in element.walk()):
        return setter.place_fitted(builder, element, column, main, role_of(element))
    first, rest = _split_at_break(element)
    look = setter.fitted_whole(first, column.width, main)
    with builder.node(role_of(element)):
        height = setter.place_spans(builder, first, element.at, column, look, None)
        if rest:
            under = setter.fitted(rest, column.width, setter.look("subtitle", surface.text, balance=True))
            height += setter.place_spans(builder, rest, element.at, column._replace(y=column.y + height), under, None)
    return height


def _split_at_break(element: Element) -> tuple[list[Span | None], list[Span | None]]:
    """Return the spans before the first line break of an element, with a space behind them, and those after it.

    A break that nothing stands before, as where words were left out, is none.
    """
    spans = list(dropwhile(lambda span: span is None, read_spans(element, "extrabold")))
    if None not in spans:
        return spans, []
    at = spans.index(None)
    *before, last = spans[:at]
    assert last is not None
    return [*before, last._replace(text=last.text.rstrip(" ") + " ")], spans[at + 1 :]


def _place_logo(
    setter: Setter, builder: Builder, element: Element, column: Column, ground: Surface, most: Um, *, align: Align
) -> Box:
    """Place the publisher's picture, in a hero on a plate that keeps its colour away; return the box it covers.

    It is `most` high at most, and stands at the edge of the column that `align` says. A wide plate is as wide as the
    column. A light picture has a dark plate everywhere.
    """
    name = element.attributes["src"]
    picture = setter.pictures.get(name)
    if picture is None:
        raise fail("M109", place_of(element.at), name=name, known=", ".join(sorted(setter.pictures)) or "–")
    plate = setter.style.surface("plate")
    if picture.is_light:
        plate = plate.model_copy(update={"fill": "ink"})
    has_plate = picture.is_light or ground != setter.style.surface("page")
    tokens, pad = setter.style.theme.logo, setter.style.theme.logo.clear if has_plate else 0
    by_area = (tokens.area * mm(1) ** 2 / (picture.width * picture.height)) ** 0.5
    scale = min(by_area, tokens.width / picture.width, most / picture.height)
    width, height = round(picture.width * scale), round(picture.height * scale)
    wide = width + 2 * pad
    if has_plate and wide > _WIDE_PLATE * column.width:
        wide = max(wide, column.width)
    covered = Box(column.right - wide if align == "right" else column.x, column.y, wide, height + 2 * pad)
    box = Box(covered.x + (wide - width) // 2, covered.y + pad, width, height)
    if has_plate:
        builder.artifact(frame(setter, plate, covered, "radius-small"))
    figure(builder, (Picture(box, name),), element.attributes["alt"], box)
    return covered


def _place_dates(setter: Setter, builder: Builder, element: Element, column: Column, ground: Surface) -> Um:
    """Place leaves of a calendar side by side, an arrow between two days; the last one has the mark."""
    leaves = element.elements
    has_arrow = column.width >= _LEAST_WITH_ARROW and not any(map(_is_of_hour, leaves))
    gap = setter.style.space("arrow") if has_arrow else setter.style.theme.page.gutter
    gap = gap if len(leaves) > 1 else 0
    width = (column.width - gap * (len(leaves) - 1)) // max(len(leaves), 2)
    bars = [setter.style.surface("mark" if leaf is leaves[-1] else "hero-light") for leaf in leaves]
    alone = [_read_leaf(setter, leaf, width, bar) for leaf, bar in zip(leaves, bars, strict=True)]
    read = [_read_leaf(setter, leaf, width, bar, alone) for leaf, bar in zip(leaves, bars, strict=True)]
    foot = max(leaf.foot for leaf in read)
    height = max(leaf.head for leaf in read) + foot
    for number, leaf in enumerate(read):
        x = column.x + number * (width + gap)
        if number and has_arrow:
            side = round(gap * _ARROW_SIDE)
            box = Box(x - (gap + side) // 2, column.y + (height - side) // 2, side, side)
            colors = {"icon-line": ground.text, "icon-fill": ground.text}
            builder.artifact(*draw(setter, setter.icon("arrow", leaves[number].at), box, colors=colors))
        _place_leaf(setter, builder, leaf, Box(x, column.y, width, height), foot)
    return height


def _is_of_hour(leaf: Element) -> bool:
    """Tell whether the large figures of a leaf are an hour, such as « 16 h 30 », and no day."""
    return not leaf.attributes["day"].removesuffix(ORDINAL_ENDING).isdigit()


class _Leaf(NamedTuple):
    """The lines of a leaf with their looks: weekday, day and month, and what happens then, in a bar at its foot."""

    day: str
    lines: list[tuple[Sequence[Span], Look]]
    notes: list[tuple[Sequence[Span], Look]]
    surface: Surface  # of the bar; of the whole leaf if its figures are an hour
    is_of_hour: bool
    pad: Um  # above the lines
    gap: Um  # between them
    head: Um  # the height of the lines
    foot: Um  # that of the bar


def _read_leaf(setter: Setter, leaf: Element, width: Um, surface: Surface, beside: Sequence[_Leaf] = ()) -> _Leaf:
    """Return the lines of a leaf, each as large as its room allows, with a bar of a surface.

    Notes are no larger than those of the leaf `beside` it, nor is a day under which their hour would be lost. Of
    several notes those in bold are large, if there are any.
    """
    first = [note for one in beside for note in one.notes[:1]]
    most = min((look.style.size for _, look in first), default=0)
    plain, is_of_hour = setter.style.surface("leaf"), _is_of_hour(leaf)
    figures = leaf.attributes["day"].removesuffix(ORDINAL_ENDING)
    space = width - 2 * _NOTE_INSET
    lines: list[tuple[Sequence[Span], Look]] = []
    for text, style, color in (
        (leaf.attributes["weekday"].upper(), "weekday", surface.text if is_of_hour else plain.quiet),
        (figures, "date", plain.text),
        (leaf.attributes["month"], "month", plain.text),
    ):
        spans, look = [Span(text, "extrabold")], setter.look(style, color, align="center")
        if is_of_hour and style == "date":  # as large as the leaf lets it be, under its floor, too
            look = _no_larger(look, look.style.size * space / setter.width(figures, look.style))
        else:
            look = setter.fitted(spans, round(width * _LEAF_ROOM), look)
        lines.append((spans, look))
    digits = setter.cap_height(setter.style.text("date") if is_of_hour else lines[1][1].style)
    if any(one.is_of_hour for one in beside):  # it is large enough: notes are no larger than what stands above them
        most = min(most, lines[2][1].style.size)
    elif any(letter.isdigit() for spans, _ in first for span in spans for letter in span.text):
        lines[1] = lines[1][0], _no_larger(lines[1][1], most / setter.style.theme.page.hour)
    notes: list[tuple[Sequence[Span], Look]] = []
    written = [note for note in split_lines(read_spans(leaf, "medium")) if note]
    large = [note for note in written if all(span.weight != "medium" for span in note)] or written
    for note in written:
        name = "date-note" if note in large else "small"
        spans = [span._replace(weight="bold") for span in note] if note in large else note
        look = _no_larger(setter.fitted(spans, space, setter.look(name, surface.text, align="center")), most)
        notes += [(line.spans, look) for line in break_lines(spans, setter.book, look.style.size, space).lines]
    wide = max(_MOST_LEAF_GAP, round(digits * _LEAST_LEAF_GAP))
    pad, gap = min(round(digits * _LEAF_PAD), _MOST_LEAF_PAD), min(round(digits * _LEAF_GAP), wide)
    tall, low = (sum(setter.cap_height(look.style) + gap for _, look in part) for part in (lines, notes))
    foot = low - gap + 2 * min(gap, 2 * pad // 3) if notes else 0
    return _Leaf(leaf.attributes["day"], lines, notes, surface, is_of_hour, pad, gap, pad + tall, foot)


def _no_larger(look: Look, most: float) -> Look:
    """Return a look of a size at most, if one is given."""
    return look._replace(style=look.style._replace(size=round(most, 2))) if 0 < most < look.style.size else look


def _place_leaf(setter: Setter, builder: Builder, leaf: _Leaf, box: Box, foot: Um) -> None:
    """Place a leaf, read as one sentence, with a bar of a height for what happens then."""
    plain = setter.style.surface("leaf")
    line = setter.style.space("leaf-line") if plain.line else 0
    shape = replace(frame(setter, plain, box), line_width=line)
    if leaf.is_of_hour:
        builder.artifact(replace(shape, fill=leaf.surface.fill or shape.fill))
    else:
        bar = leaf.surface.fill if leaf.notes else ""
        builder.artifact(replace(shape, fill=bar or shape.fill, line="", line_width=0))
        if bar:
            builder.artifact(_leaf_head(Box(box.x, box.y, box.width, box.height - foot), shape.radius, shape.fill))
        if line:
            builder.artifact(replace(shape, fill=""))
    marks: list[Text] = []

    def place(lines: Sequence[tuple[Sequence[Span], Look]], y: Um) -> None:
        for spans, look in lines:
            base = y + setter.cap_height(look.style)
            column = Column(box.x, base - setter.baseline(0, look.style), box.width)
            done = setter.set_spans(tuple(spans), column, look)
            marks.extend(mark for segment in done.segments for mark in segment.marks)
            if spans is leaf.lines[1][0]:
                marks.extend(raise_endings(setter.book, marks.pop(), leaf.day, look.align, _ENDING_SHARE))
            marks[-1] = marks[-1]._replace(text=marks[-1].text + " ")  # keeps the words apart in extracted text
            y = base + leaf.gap

    if leaf.is_of_hour:  # lower figures than those of the day beside it: in the middle
        both = [*leaf.lines, *leaf.notes]
        tall = sum(setter.cap_height(look.style) + leaf.gap for _, look in both) - leaf.gap
        place(both, box.y + (box.height - tall) // 2)
    else:
        place(leaf.lines, box.y + leaf.pad)
        tall = sum(setter.cap_height(look.style) + leaf.gap for _, look in leaf.notes) - leaf.gap
        place(leaf.notes, box.bottom - (foot + tall) // 2)
    builder.paragraph(tuple(marks), "P")


def _leaf_head(head: Box, radius: Um, fill: str) -> Path:
    """Return the part of a leaf above its bar, with its round corners.

    It lies on a leaf of the bar's colour: a bar as high as its words might be taken for a field to write in.
    """
    left, right, top, near = head.x, head.right, head.y, round(radius * (1 - _ROUND))
    corners = (
        Step("m", (left, head.bottom)),
        Step("l", (left, top + radius)),
        Step("c", (left, top + near, left + near, top, left + radius, top)),
        Step("l", (right - radius, top)),
        Step("c", (right - near, top, right, top + near, right, top + radius)),
        Step("l", (right, head.bottom)),
        Step("z"),
    )
    return Path(corners, fill)


def place_strip(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the name of the school across the page: on one line, smaller if it is long, or on two, but then large."""
    surface, margin = setter.style.surface("strip"), setter.style.theme.page.margin
    rise, behind = setter.style.space("strip"), builder.reserve()
    inner = Column(column.x + margin, column.y + rise, column.width - 2 * margin)
    look = setter.look("strip", surface.text, balance=True)
    height = setter.place_fitted(builder, element, inner, look) + 2 * rise
    box = column.box(height)
    builder.fill(behind, Shape(box, fill=surface.fill) if surface.fill else _rule_under(setter, box, surface.line, 1))
    return height


def place_publisher_message(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the publisher's own words beside its logo."""
    surface = setter.style.surface("page")
    texts = tuple(child for child in element.elements if child.tag != "img")
    left = logo_height = 0
    for child in element.elements:
        if child.tag == "img" and not logo_height:
            most = setter.style.theme.logo.low if texts else setter.style.theme.logo.height[0]
            logo = _place_logo(setter, builder, child, column, surface, most, align="left")
            logo_height, left = logo.height, logo.right - column.x + setter.style.theme.page.gutter
    return max(logo_height, place_stack(setter, builder, texts, column.indented(left), surface, "brand-text"))
