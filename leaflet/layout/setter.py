"""What every block function needs at hand: fonts, style, pictures, and the setting of text on lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from leaflet.faults import fail
from leaflet.fonts import FontBook
from leaflet.layout.lines import Line, Paragraph, Span, break_lines, read_spans, to_um
from leaflet.layout.marks import Box, Text
from leaflet.layout.piece import Builder, Link, Node
from leaflet.layout.theme import Style, TextStyle
from leaflet.markup.parse import Element, place_of
from leaflet.units import Um, pt, to_mm

_PARAGRAPHS = 512  # broken paragraphs kept: a footer's lines recur in blocks that differ otherwise
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """Where text goes: top left corner and width, µm."""

    x: Um
    y: Um
    width: Um


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How text looks: a text style, the name of a colour, alignment, lines of like length or not."""

    style: TextStyle
    color: str
    align: Align = "left"
    balance: bool = False


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Pixels of a picture of the campaign."""

    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Setter:
    """Sets text for one build: the same fonts, one style, the campaign's pictures by name."""

    book: FontBook
    style: Style
    pictures: Mapping[str, PictureSize]
    _broken: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        def broken(spans: tuple[Span | None, ...], size: float, width: Um, balance: bool) -> Paragraph:
            return break_lines(spans, self.book, size, width, balance=balance)

        object.__setattr__(self, "_broken", lru_cache(maxsize=_PARAGRAPHS)(broken))

    def look(self, text: str, color: str = "ink", *, align: Align = "left", balance: bool = False) -> Look:
        """The text style `text` of the theme in a colour."""
        return Look(style=self.style.text(text), color=color, align=align, balance=balance)

    def place_text(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set the inline content of an element; returns the height.

        `role` is the structure element to open around it; None if the caller opened one.

        Raises:
            RenderError: a word wider than the column, or a character that the fonts of the build lack.
        """
        return self.place_spans(builder, read_spans(element, look.style.weight), element.at, column, look, role)

    def place_spans(
        self,
        builder: Builder,
        spans: list[Span | None],
        at: str,
        column: Column,
        look: Look,
        role: str | None = "P",
    ) -> Um:
        """As `place_text`, for text that stands in an attribute."""
        style = look.style
        paragraph = self._broken(tuple(spans), style.size, column.width, look.balance)
        if paragraph.shortfall:
            missing = to_mm(to_um(paragraph.shortfall, style.size))
            longest = max(paragraph.lines, key=lambda line: line.width)
            text = "".join(span.text for span in longest.spans)
            raise fail("F102", place_of(at), missing_mm=f"{missing:.1f}", text=text)
        if left_out := self.book.left_out(paragraph.text):
            names = ", ".join(f"« {c} » (U+{ord(c):04X})" for c in left_out)
            raise fail("G103", place_of(at), characters=names, text=paragraph.text)
        builder.words.append(paragraph.text)
        if role is None:
            self._place_lines(builder, paragraph, column, look)
        else:
            with builder.node(role):
                self._place_lines(builder, paragraph, column, look)
        return len(paragraph.lines) * style.leading

    def height(self, spans: list[Span | None], width: Um, look: Look) -> Um:
        """The height `place_spans` would return."""
        paragraph: Paragraph = self._broken(tuple(spans), look.style.size, width, look.balance)
        return len(paragraph.lines) * look.style.leading

    def width(self, text: str, style: TextStyle) -> Um:
        """µm of `text` on one line in a text style."""
        return to_um(self.book.face(style.weight).width(text), style.size)

    def baseline(self, y: Um, style: TextStyle) -> Um:
        """Where letters stand in a line whose top is at `y`: the leading is shared above and below them."""
        face = self.book.face(style.weight)
        height = pt(style.size * (face.ascent - face.descent) / 1000)
        return y + (style.leading - height) // 2 + pt(style.size * face.ascent / 1000)

    def cap_height(self, style: TextStyle) -> Um:
        return pt(style.size * self.book.face(style.weight).cap_height / 1000)

    def _place_lines(self, builder: Builder, paragraph: Paragraph, column: Column, look: Look) -> None:
        """Marks of all lines; text outside links becomes content of the open element, each link a node."""
        plain: list[Text] = []
        link = _OpenLink()
        for index, line in enumerate(paragraph.lines):
            y = column.y + index * look.style.leading
            for mark, span, box in self._line_marks(line, y, column, look):
                if link.href is not None and span.href != link.href:
                    link.close(builder)
                if span.href is None:
                    plain.append(mark)
                    continue
                if plain:
                    builder.content(tuple(plain))
                    plain.clear()
                link.add(span.href, mark, box, index)
        link.close(builder)
        if plain:
            builder.content(tuple(plain))

    def _line_marks(self, line: Line, y: Um, column: Column, look: Look) -> list[tuple[Text, Span, Box]]:
        size = look.style.size
        slack = column.width - to_um(line.width, size)
        units = 0
        start = column.x + {"left": 0, "center": slack // 2, "right": slack}[look.align]
        base = self.baseline(y, look.style)
        marks = []
        for index, span in enumerate(line.spans):
            text = span.text
            if index == len(line.spans) - 1 and not line.last and not line.glued:
                text += " "  # keeps the words of two lines apart in extracted text
            advance = self.book.face(span.weight).width(span.text)
            x = start + to_um(units, size)
            box = Box(x, y, to_um(advance, size), look.style.leading)
            marks.append((Text(x, base, text, span.weight, size, look.color), span, box))
            units += advance
        return marks


class _OpenLink:
    """A link being placed: its marks, and one clickable box a line."""

    def __init__(self) -> None:
        self.href: str | None = None
        self._marks: list[Text] = []
        self._boxes: dict[int, Box] = {}

    def add(self, href: str, mark: Text, box: Box, line: int) -> None:
        self.href = href
        self._marks.append(mark)
        before = self._boxes.get(line)
        self._boxes[line] = Box(before.x, before.y, box.right - before.x, before.height) if before else box

    def close(self, builder: Builder) -> None:
        if self.href is None:
            return
        leaf = builder.leaf(tuple(self._marks), "Link")
        builder.add_node(Node("Link", (leaf,), link=Link(self.href, tuple(self._boxes.values()))))
        self.href, self._marks, self._boxes = None, [], {}
