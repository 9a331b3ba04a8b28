"""Set text on lines: where it stands and how it looks, the marks and links that its lines become, and the `Setter`.

The ending of a French ordinal is raised: the « er » of « 1er » is small, as high as the top of the 1. A setter has
the tools of every block function: fonts, style, pictures.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import fail
from leaflet.geometry import Box, Um, mm, pt, to_mm
from leaflet.layout.drawings.parse_svg import Drawing
from leaflet.layout.drawings.store import Drawings
from leaflet.layout.fonts import FontBook, FontFace, Weight, plain_zeros
from leaflet.layout.lines import Align, Line, Paragraph, break_lines, indent, to_um, to_units
from leaflet.layout.marks import Text
from leaflet.layout.piece import Builder, Link, Node
from leaflet.layout.spans import STRONG_LINK, Span, Spans, read_spans, split_lines
from leaflet.layout.theme import Style, TextStyle
from leaflet.markup.parse import Element, place_of

ORDINAL_ENDING = "er"
_MAYBE = re.compile(r"\d[der]")  # most texts have none, and are looked through once
_START = r"(?<![\w./-])"  # of a word that is no part of an address
_OTHERS = rf"(?:(?<={_START}1)re|(?<={_START}2)de|(?<={_START}[2-9])e|(?<={_START}\d\d)e)(?![./-]?\w)"
_ORDINAL = re.compile(rf"((?<=\b1){ORDINAL_ENDING}\b|{_OTHERS})")
_SHARE = 0.66  # of the size of the text
_MOST_SHARE = 0.82  # a larger ending does not look raised, and stays as it is


def ending_share(text: str, size: float, smallest: float) -> float:
    """Return the size of the raised endings of ordinals in a text, as a share of its own; 0 if nothing is raised.

    `smallest` is the smallest type they may have, in points, as `size` is.
    """
    if _ORDINAL.search(text) is None:
        return 0
    share = max(_SHARE, smallest / size)
    return share if share <= _MOST_SHARE else 0


def raise_endings(book: FontBook, mark: Text, text: str, align: Align, share: float) -> Iterator[Text]:
    """Yield the marks of a text in the place of a mark, such as the digit of a day, with raised endings of ordinals.

    `share` is the size of an ending, as a share of the size of the mark.
    """
    face = book.face(mark.weight)
    small = round(mark.size * share, 2)
    parts = _ORDINAL.split(text)
    sizes = [small if number % 2 else mark.size for number in range(len(parts))]  # every second one is an ending
    widths = [to_um(face.width(part), size) for part, size in zip(parts, sizes, strict=True)]
    x = mark.x + indent(to_um(face.width(mark.text), mark.size) - sum(widths), align)
    rise: Um = pt(mark.size * face.cap_height / 1000) - pt(small * face.cap_height / 1000)
    for part, size, width in zip(parts, sizes, widths, strict=True):
        if part:
            yield mark._replace(text=part, x=x, y=mark.y - (rise if size is small else 0), size=size)
        x += width


class Column(NamedTuple):  # a tuple, as all by which set text is looked up
    """A place for text: top left corner and width, µm."""

    x: Um
    y: Um
    width: Um

    @property
    def right(self) -> Um:
        """The x of its right edge."""
        return self.x + self.width

    def indented(self, by: Um) -> "Column":
        """Return what is left of it behind an indent."""
        return Column(self.x + by, self.y, self.width - by)

    def inset(self, by: Um) -> "Column":
        """Return what is left of it within a margin."""
        return Column(self.x + by, self.y + by, self.width - 2 * by)

    def box(self, height: Um) -> Box:
        """Return the box of a block of this height that fills it."""
        return Box(self.x, self.y, self.width, height)


class Look(NamedTuple):
    """The look of text: a text style, the name of a colour, alignment, lines of like length or not."""

    style: TextStyle
    color: str
    align: Align = "left"
    balance: bool = False
    most: Um = 0  # what is set smaller where it is long is no higher, if that can be; 0 is any height

    @property
    def bold(self) -> "Look":
        """Return the same look in bold."""
        return self._replace(style=self.style._replace(weight="bold"))


class TextSegment(NamedTuple):
    """Marks that belong together: those of a link, or those between links."""

    marks: tuple[Text, ...]
    link: Link | None


class SetText(NamedTuple):
    """A text set in a column, as it is read; its height; `wide` is what was broken if a word is too wide."""

    text: str
    segments: tuple[TextSegment, ...]
    height: Um
    wide: Paragraph | None = None


class OneLine(Struct, frozen=True, eq=False):
    """A line that text of one weight goes on."""

    face: FontFace
    room: int  # its length in 1/1000 em
    column: Column
    base: Um  # where letters stand
    weight: Weight
    look: Look
    smallest: float  # the smallest type that endings of ordinals may have, in points

    def set(self, text: str) -> Text | None:
        """Set a text on the line; None if it is too long, or not all of one size."""
        width = self.face.width(text)
        if width > self.room or ending_share(text, self.look.style.size, self.smallest):
            return None
        style, align, x = self.look.style, self.look.align, self.column.x
        if align != "left":
            x += indent(self.column.width - to_um(width, style.size), align)
        return Text(x, self.base, text, self.weight, style.size, self.look.color)


class Marker(Struct, frozen=True, eq=False):
    """A maker of marks from the lines of a text."""

    book: FontBook  # the fonts
    column: Column  # where the text stands
    look: Look  # how
    rise: Um  # where letters stand, from the top of a line, µm
    smallest: float  # the smallest type that endings of ordinals may have, in points

    def segments(self, paragraph: Paragraph) -> tuple[TextSegment, ...]:
        """Return marks of all lines; the text of each link is a segment of its own, with one clickable box a line."""
        style, segments = self.look.style, []
        marks: list[tuple[str | None, Text, int]] = []
        for number, line in enumerate(paragraph.lines):
            marks += self._line_marks(line, self.column.y + number * style.leading + self.rise)
        for href, run in groupby(marks, key=itemgetter(0)):
            found: list[Text] = []
            boxes: dict[Um, Box] = {}
            for _, mark, advance in run:
                if href is not None:
                    found.append(mark)
                    x = boxes[mark.y].x if mark.y in boxes else mark.x
                    right = mark.x + to_um(advance, style.size)
                    boxes[mark.y] = Box(x, mark.y - self.rise, right - x, style.leading)
                    continue
                share = ending_share(mark.text, mark.size, self.smallest) if _MAYBE.search(mark.text) else 0
                found += raise_endings(self.book, mark, mark.text, self.look.align, share) if share else (mark,)
            link = None if href is None else Link(href, tuple(boxes.values()))
            segments.append(TextSegment(tuple(found), link))
        return tuple(segments)

    def _line_marks(self, line: Line, base: Um) -> list[tuple[str | None, Text, int]]:
        """Return the marks of a line whose letters stand at `base`, each with its address and width in 1/1000 em."""
        look, size = self.look, self.look.style.size
        units, start = 0, self.column.x
        if look.align != "left":
            start += indent(self.column.width - to_um(line.width, size), look.align)
        marks: list[tuple[str | None, Text, int]] = []
        for index, span in enumerate(line.spans):
            text = span.text
            if index == len(line.spans) - 1 and not line.last and not line.glued:
                text += " "  # keeps the words of two lines apart in extracted text
            advance = line.width if len(line.spans) == 1 else self.book.face(span.weight).width(span.text)
            share = ending_share(span.text, size, self.smallest) if _MAYBE.search(span.text) else 0
            if share and span.href is None:
                endings = "".join(_ORDINAL.findall(span.text))
                advance -= round(self.book.face(span.weight).width(endings) * (1 - share))
            x = start + to_um(units, size) if units else start
            marks.append((span.href, Text(x, base, text, span.weight, size, look.color), advance))
            units += advance
        return marks


_PARAGRAPHS = 512  # paragraphs kept, broken and set: a footer's lines recur in blocks that differ otherwise
_STEP = mm(1)
_WWW = "www."
_LEAST_ON_ONE_LINE = 0.8  # of its size; a name that were smaller stands on two


class PictureInfo(Struct, frozen=True):
    """A picture of the campaign, as far as a layout has to know it: only the ratio of its sides matters."""

    width: int
    height: int
    is_light: bool = False  # it would be lost on white


class After(NamedTuple):
    """Words on a line that other words stand behind: their style, and the gap between them, µm."""

    words: Element
    style: TextStyle
    gap: Um


class Setter:
    """A setter of text for one build: the same fonts, one style, the campaign's pictures by name, drawings."""

    def __init__(
        self, book: FontBook, style: Style, pictures: Mapping[str, PictureInfo], drawings: Drawings | None = None
    ) -> None:
        def broken(spans: tuple[Span | None, ...], size: float, width: Um, balance: bool) -> Paragraph:
            return break_lines(spans, book, size, width, balance=balance, smallest_type=style.smallest_type)

        self.book, self.style, self.pictures = book, style, pictures
        self.drawings = drawings or Drawings({}, {})
        self._broken = lru_cache(maxsize=_PARAGRAPHS)(broken)
        self._set = lru_cache(maxsize=_PARAGRAPHS)(self.set_spans)
        self._line = lru_cache(maxsize=_PARAGRAPHS)(self.line)
        self._rise = lru_cache(maxsize=_PARAGRAPHS)(self._measure_rise)
        self._smallest_ending = style.theme.type["legal"].floor  # the smallest type of endings of ordinals, in points

    def icon(self, name: str, at: str = "") -> Drawing:
        """Return an icon; `at` is where the template names it."""
        return self.drawings.find("icons", name, at)

    def scene(self, name: str, at: str = "") -> Drawing:
        """Return a scene; `at` is where the template names it."""
        return self.drawings.find("scenes", name, at)

    def look(self, text: str, color: str = "ink", *, align: Align = "left", balance: bool = False) -> Look:
        """Return the text style `text` of the theme in a colour."""
        return Look(style=self.style.text(text), color=color, align=align, balance=balance)

    def place_text(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set the inline content of an element; return the height.

        `role` is the structure element to open around it; None if the caller opened one. A word wider than the
        column, or a character that the fonts of the build lack, is a `RenderError`.
        """
        return self.place_spans(builder, read_spans(element, look.style.weight), element.at, column, look, role)

    def place_fitted(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set the inline content of an element on one line, in smaller type if it is long, else on several."""
        spans = read_spans(element, look.style.weight)
        fitted = self.fitted_whole(spans, column.width, look)
        return self.place_spans(builder, spans, element.at, column, fitted, role)

    def place_behind(self, builder: Builder, element: Element, column: Column, look: Look, before: After) -> bool:
        """Set the inline content of an element behind words on a line; tells whether it has room there."""
        beside = column.indented(self.width(before.words.text, before.style) + before.gap)
        if self.width(element.text, look.style) > beside.width:
            return False
        self.place_text(builder, element, beside, look, None)
        return True

    def fitted_height(self, element: Element, width: Um, look: Look) -> Um:
        """Return the height that `place_fitted` would return."""
        spans = read_spans(element, look.style.weight)
        return self.height(spans, width, self.fitted_whole(spans, width, look))

    def fitted_whole(self, spans: Spans, width: Um, look: Look) -> Look:
        """Return the look in which `place_fitted` sets text.

        If the text has room on one line, in type that is not under its floor, it is set on one; one that may be as
        high as `most`, only in type that is hardly smaller. If not, a text with names of sites is set as large as
        lets no name be broken, but not under the floor; any other on as few lines as it needs at the floor, as large
        as they and `most` let it be, no word broken if one of these sizes has room for that. At the last step of
        copy-fit it is set at the floor.
        """
        fitted, length = self._fit(spans, width, look)
        is_small = look.most and fitted.style.size < _LEAST_ON_ONE_LINE * look.style.size
        if length <= width and not is_small:
            return fitted
        if names := site_names(spans):
            return self.fitted(names, width, look)
        if self.style.is_tightest:
            return fitted
        words, broken = tuple(spans), None
        fewest = len(self._broken(words, fitted.style.size, width, False).lines)  # as many as if they were balanced
        fewest = max(fewest, 2)  # on one it would be small
        for style in self.style.sizes(look.style):
            paragraph = self._broken(words, style.size, width, False)
            is_low = not look.most or len(paragraph.lines) * style.leading <= look.most
            if len(paragraph.lines) <= fewest and is_low and not paragraph.shortfall:
                larger = look._replace(style=style)
                if not any(line.glued for line in paragraph.lines):
                    return larger
                broken = broken or larger
        return broken or fitted

    def place_spans(
        self, builder: Builder, spans: Spans, at: str, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set text that stands in an attribute; returns the height, as `place_text` does."""
        return self.place_set(builder, self._set(tuple(spans), column, look), at, look, role)

    def place_set(self, builder: Builder, done: SetText, at: str, look: Look, role: str | None = "P") -> Um:
        """Place text that is set; returns the height, as `place_text` does."""
        text, segments, height, wide = done
        if wide:
            missing = to_mm(to_um(wide.shortfall, wide.size))
            longest = max(wide.lines, key=lambda line: line.width)
            text = plain_zeros("".join(span.text for span in longest.spans))
            raise fail("F102", place_of(at), missing_mm=f"{missing:.1f}", text=text)
        if left_out := self.book.left_out(text):
            raise fail("G103", place_of(at), characters=left_out, text=text)
        if role is not None and len(segments) == 1 and segments[0].link is None:
            builder.paragraph(segments[0].marks, role)
            return height
        with builder.node(role) if role is not None else nullcontext():
            for marks, link in segments:  # each link is a node of its own
                if link is None:
                    builder.content(marks)
                else:
                    builder.add_node(Node("Link", (builder.leaf(marks, "Link"),), link=link))
        return height

    def set_spans(self, spans: tuple[Span | None, ...], column: Column, look: Look) -> SetText:
        """Set the text that `place_spans` places."""
        only = spans[0] if len(spans) == 1 else None
        if only and not only.href and (mark := self._line(column, look, only.weight).set(only.text)) is not None:
            # text of one kind that fits on a line needs no search for breaks, and makes one mark
            return SetText(plain_zeros(only.text), (TextSegment((mark,), None),), look.style.leading)
        size, smallest_type = look.style.size, self.style.smallest_type
        paragraph = break_lines(
            spans, self.book, size, column.width, balance=look.balance, smallest_type=smallest_type
        )
        if paragraph.shortfall:
            return SetText("", (), 0, paragraph)
        height = len(paragraph.lines) * look.style.leading
        if paragraph.size != size:
            look = look._replace(style=look.style._replace(size=paragraph.size))
        marker = Marker(self.book, column, look, self._rise(look.style), self._smallest_ending)
        return SetText(paragraph.text, marker.segments(paragraph), height)

    def line(self, column: Column, look: Look, weight: Weight) -> "OneLine":
        """Return the line at the top of a column."""
        style = look.style
        room = to_units(column.width, style.size)
        base = self.baseline(column.y, style)
        return OneLine(self.book.face(weight), room, column, base, weight, look, self._smallest_ending)

    def height(self, spans: Spans, width: Um, look: Look) -> Um:
        """Return the height that `place_spans` would return."""
        paragraph = self._broken(tuple(spans), look.style.size, width, look.balance)
        return len(paragraph.lines) * look.style.leading

    def width(self, text: str, style: TextStyle) -> Um:
        """Return the µm of `text` on one line in a text style."""
        return to_um(self.book.face(style.weight).width(text), style.size)

    def spans_width(self, spans: Spans, style: TextStyle) -> Um:
        """Return the µm of spans on one line; a line break counts for nothing."""
        face, size = self.book.face, style.size
        return sum([to_um(face(span.weight).width(span.text), size) for span in spans if span])

    def text_height(self, element: Element, width: Um, look: Look) -> Um:
        """Return the height that `place_text` would return."""
        return self.height(read_spans(element, look.style.weight), width, look)

    def has_room(self, element: Element, width: Um, look: Look) -> bool:
        """Tell whether each word of an element has room on a line."""
        return self.words_have_room(read_spans(element, look.style.weight), width, look)

    def words_have_room(self, spans: Spans, width: Um, look: Look) -> bool:
        """Tell whether each word of a text has room on a line."""
        return not self._broken(tuple(spans), look.style.size, width, look.balance).shortfall

    def smallest(self, look: Look) -> Look:
        """Return a look at the floor of its text style."""
        *_, floor = self.style.sizes(look.style)
        return look._replace(style=floor)

    def fitted(self, spans: Spans, width: Um, look: Look) -> Look:
        """Return a look with the largest type in which no line breaks but where its author broke it.

        It is not under its floor, where lines may be broken.
        """
        return self._fit(spans, width, look)[0]

    def _fit(self, spans: Spans, width: Um, look: Look) -> tuple[Look, Um]:
        """Return what `fitted` does, and the µm of all its lines on one."""
        face = self.book.face
        lines = [[face(span.weight).width(span.text) for span in line] for line in split_lines(spans)]
        for style in self.style.sizes(look.style):
            size = style.size
            lengths = [sum([to_um(units, size) for units in line]) for line in lines]
            if max(lengths) <= width:
                break
        return look._replace(style=style), sum(lengths)

    def unbroken(self, spans: Spans, width: Um, look: Look) -> Look:
        """Return a look with the largest type in which each word fits on one line, but not below its floor."""
        for style in self.style.sizes(look.style):
            paragraph = self._broken(tuple(spans), style.size, width, look.balance)
            if not paragraph.shortfall and paragraph.size == style.size:
                break
        return look._replace(style=style)

    def room_for(self, elements: Sequence[Element], style: TextStyle, air: Um, least: Um, most: Um) -> Um:
        """Return the µm of the longest of some elements on one line with `air` beside it: whole mm, within bounds."""
        natural = max((self.width(element.text, style) for element in elements), default=0)
        return bounded(natural + air, least, most)

    def baseline(self, y: Um, style: TextStyle) -> Um:
        """Return where letters stand in a line whose top is at `y`: the leading is shared above and below them."""
        return y + self._rise(style)

    def _measure_rise(self, style: TextStyle) -> Um:
        face = self.book.face(style.weight)
        height = pt(style.size * (face.ascent - face.descent) / 1000)
        return (style.leading - height) // 2 + pt(style.size * face.ascent / 1000)

    def cap_height(self, style: TextStyle) -> Um:
        """Return the height of capitals in a text style, µm."""
        return pt(style.size * self.book.face(style.weight).cap_height / 1000)


def site_names(spans: Spans) -> list[Span | None]:
    """Return the registrable domains in spans, each on a line of its own with the slash that may follow it.

    A « www. » before it stands on its line, for it would be alone on the line above.
    """
    lines: list[Span | None] = []
    for before, span in pairwise((None, *spans)):
        if span and span.href and span.weight == STRONG_LINK:
            prefix = [before] if before and before.href == span.href and before.text == _WWW else []
            lines += [None, *prefix, span._replace(text=span.text + "/")]
    return lines[1:]


def widest_name(setter: Setter, element: Element, style: TextStyle) -> Um:
    """Return the width of the widest name of a site in a text; 0 if it has none."""
    names = split_lines(site_names(read_spans(element, style.weight)))
    return max(setter.spans_width(name, style) for name in names)


def bounded(length: Um, least: Um, most: Um) -> Um:
    """Return a length within bounds, in whole millimetres: those of similar texts become equal."""
    return max(least, min(-(-length // _STEP) * _STEP, most))
