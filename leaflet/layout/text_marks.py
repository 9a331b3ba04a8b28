"""Text as it is set: where, how it looks, and the marks and links that its lines become.

The ending of an ordinal is raised: the « er » of « 1er » is small, as high as the top of the 1.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from leaflet.geometry import Box, Um, pt
from leaflet.layout.fonts import FontBook, FontFace, Weight
from leaflet.layout.lines import Align, Line, Paragraph, indent, to_um
from leaflet.layout.marks import Text
from leaflet.layout.piece import Link
from leaflet.layout.theme import TextStyle

ORDINAL_ENDING = "er"
_ORDINAL = re.compile(rf"(?<=\b1)({ORDINAL_ENDING})\b")
_SHARE = 0.66  # of the size of the text
_MOST_SHARE = 0.82  # a larger ending does not look raised, and stays as it is


def ending_share(text: str, size: float, smallest: float) -> float:
    """Return the size of the raised endings of ordinals in a text, as a share of its own; 0 if nothing is raised.

    `smallest` is the smallest type they may have, in points, as `size` is.
    """
    if ORDINAL_ENDING not in text or _ORDINAL.search(text) is None:
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
    sizes = [small if part == ORDINAL_ENDING else mark.size for part in parts]
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
                share = ending_share(mark.text, mark.size, self.smallest) if ORDINAL_ENDING in mark.text else 0
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
            x = start + to_um(units, size) if units else start
            marks.append((span.href, Text(x, base, text, span.weight, size, look.color), advance))
            units += advance
        return marks
