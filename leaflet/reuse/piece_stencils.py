"""Blocks laid out once, then filled with the texts of the next record.

A block function looks at a variable text only through the setter: it asks how wide a text is, and has it set. Those
questions are recorded with their answers while a block is laid out with holes in the place of its texts. A record
whose texts give the same answers has the same piece, but for the letters themselves.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from leaflet.faults import LeafletError
from leaflet.geometry import Um
from leaflet.layout.blocks import lay_block
from leaflet.layout.blocks.tiles import TileRow
from leaflet.layout.fonts import Weight, plain_zeros
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Text
from leaflet.layout.piece import Builder, Group, Piece, PieceStencil
from leaflet.layout.setter import After, Column, Look, OneLine, Setter, SetText, TextSegment, bounded
from leaflet.layout.spans import Inline, Span, read_inline
from leaflet.layout.theme import TextStyle
from leaflet.markup.parse import Element
from leaflet.reuse.decisions import DecisionTree
from leaflet.reuse.flow_stencils import BlockStencil, plain_values

_PIECES = 128  # pieces kept of one block stencil: one for each way that texts are wide or high
_Marks = tuple[Text, ...]
_Question = Callable[[Sequence[str]], tuple[Hashable, _Marks | None]]
"""A question of a block about a record's texts: the answer that decides how it goes on, and the marks set."""


class _Holes(NamedTuple):
    """A piece whose variable texts are to be replaced: the numbers of their groups, in the order they are set."""

    piece: Piece
    groups: tuple[int, ...]

    def fill(self, texts: Sequence[_Marks]) -> Piece:
        """Return the piece of another record."""
        groups = [*self.piece.groups]
        for number, marks in zip(self.groups, texts, strict=True):
            _, leaf, role = groups[number]
            groups[number] = Group(marks, leaf, role)
        return replace(self.piece, groups=tuple(groups))


class PieceStencils:
    """The stencils of one block in one width, µm; `row` is as `lay_block` takes it."""

    def __init__(self, setter: Setter, block: BlockStencil, width: Um, row: TileRow | None = None) -> None:
        self._setter, self._block, self._width, self._row = setter, block, width, row
        self._texts = tuple(dict.fromkeys(block.element.texts)) if block.element else ()
        self._tree: DecisionTree[_Question, _Holes] = DecisionTree(_PIECES)
        self._is_given_up = not self._texts

    def lay(self, values: Sequence[str]) -> Piece | None:
        """Return the piece of a record, all of whose characters have glyphs; None if it is laid out for itself."""
        if self._is_given_up:
            return None
        plain = plain_values(values)
        texts = [text.fill(plain) for text in self._texts]
        if not all(texts):
            return None
        found: list[_Marks] = []

        def answer(question: _Question) -> Hashable:
            given, marks = question(texts)
            if marks is not None:
                found.append(marks)
            return given

        holes = self._tree.find(answer)
        if holes is not None:
            return holes.fill(found)
        return self._learn(texts) if self._tree.has_room else None

    def _learn(self, texts: Sequence[str]) -> Piece | None:
        """Lay a record's block out and keep it; a block that wants more than the setter tells is given up."""
        assert self._block.element is not None
        holes = {text: _TextHole(number) for number, text in enumerate(self._texts)}
        element = self._block.element.map(lambda text: cast("str", holes[text]))
        assert element is not None
        setter = _RecordingSetter(self._setter, texts)
        try:
            piece = lay_block(setter, element, self._width, row=self._row, covered=True)
        except _TooLongError:
            return None  # so this record is, not the block
        # a hole used as a text, or a fault that the plain way reports
        except (AttributeError, TypeError, LeafletError):
            self._is_given_up = True
            return None
        numbers = {group: number for number, group in enumerate(piece.groups)}
        for asked, group in setter.placed:
            if group not in numbers:  # set to be measured, in a builder that was thrown away
                question, height = setter.answered[asked]
                setter.answered[asked] = _without_marks(question), height
        variable = tuple([numbers[group] for _, group in setter.placed if group in numbers])
        piece = replace(piece, stencil=PieceStencil(tuple(sorted(variable))))
        self._tree.learn(setter.answered, _Holes(piece, variable))
        return piece


class _TooLongError(Exception):
    """A text does not go into its column on lines of one kind."""


class _TextHole:
    """A hole in the place of a text while a block is laid out: of use to the setter alone."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        raise TypeError("a hole is not compared")

    def __str__(self) -> str:
        raise TypeError("a hole is no text")


class _RecordingSetter(Setter):
    """A setter that records what it is asked about holes."""

    answered: list[tuple[_Question, Hashable]]
    placed: list[tuple[int, Group]]  # what variable texts became, each with the number of its question
    _setter: Setter
    _texts: Sequence[str]

    def __init__(self, setter: Setter, texts: Sequence[str]) -> None:
        self.__dict__.update(setter.__dict__, _setter=setter, _texts=texts, answered=[], placed=[])

    def place_text(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set an element; of one with holes, record the height."""
        if not _has_hole(element) or _has_link(element):  # where a link can be clicked depends on the letters
            return super().place_text(builder, element, column, look, role)
        return self._place(_ask_height(self._setter, element, column, look), builder, element, look, role)

    def place_fitted(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        """Set an element in a size that fits; of one with holes, record the height."""
        if not _has_hole(element) or _has_link(element):
            return super().place_fitted(builder, element, column, look, role)
        return self._place(_ask_fitted(self._setter, element, column, look), builder, element, look, role)

    def text_height(self, element: Element, width: Um, look: Look) -> Um:
        """Return the height of an element that is set; of one with holes, record it."""
        if not _has_hole(element) or _has_link(element):
            return super().text_height(element, width, look)
        return self._measure(_ask_height(self._setter, element, Column(0, 0, width), look))

    def fitted_height(self, element: Element, width: Um, look: Look) -> Um:
        """Return the height of an element that is set in a size that fits; of one with holes, record it."""
        if not _has_hole(element) or _has_link(element):
            return super().fitted_height(element, width, look)
        return self._measure(_ask_fitted(self._setter, element, Column(0, 0, width), look))

    def has_room(self, element: Element, width: Um, look: Look) -> bool:
        """Tell whether each word of an element has room.

        One with holes is taken to have it: the question of its height finds out, and lays the record out plainly.
        """
        return _has_hole(element) or super().has_room(element, width, look)

    def _measure(self, question: _Question) -> Um:
        """Ask a question about a height whose marks are not placed; returns the height."""
        height, _ = self._ask(_without_marks(question))
        if height is None:
            raise _TooLongError
        assert isinstance(height, int)
        return height

    def _place(self, question: _Question, builder: Builder, element: Element, look: Look, role: str | None) -> Um:
        """Place what a question about a height sets; returns the height."""
        height, marks = self._ask(question)
        if marks is None:
            raise _TooLongError
        return self._place_marks(marks, height, builder, element, look, role)

    def _place_marks(
        self, marks: _Marks, height: Hashable, builder: Builder, element: Element, look: Look, role: str | None
    ) -> Um:
        """Place what the question asked last sets."""
        assert isinstance(height, int)
        text = plain_zeros("".join([mark.text for mark in marks]))
        self.place_set(builder, SetText(text, (TextSegment(marks, None),), height), element.at, look, role)
        self.placed.append((len(self.answered) - 1, builder.groups[-1]))
        return height

    def place_behind(self, builder: Builder, element: Element, column: Column, look: Look, before: After) -> bool:
        """Set an element behind words on a line; of holes in one of them, record whether it has room there."""
        if not _has_hole(element) and not _has_hole(before.words):
            return super().place_behind(builder, element, column, look, before)
        height, marks = self._ask(_ask_behind(self._setter, element, column, look, before))
        if marks is not None:
            self._place_marks(marks, height, builder, element, look, None)
        return marks is not None

    def room_for(self, elements: Sequence[Element], style: TextStyle, air: Um, least: Um, most: Um) -> Um:
        """Return the room for elements on one line; of those with holes, record it."""
        variable = [element for element in elements if _has_hole(element)]
        others = [element for element in elements if not _has_hole(element)]
        least = super().room_for(others, style, air, least, most)
        if not variable:
            return least
        room, _ = self._ask(_ask_room(self._setter, variable, style, air, least, most))
        assert isinstance(room, int)
        return room

    def _ask(self, question: _Question) -> tuple[Hashable, _Marks | None]:
        answer, marks = question(self._texts)
        self.answered.append((question, answer))
        return answer, marks


def _without_marks(question: _Question) -> _Question:
    """Return a question whose marks are not placed: the answer alone counts."""
    return lambda texts: (question(texts)[0], None)


def _has_hole(element: Element) -> bool:
    return any(isinstance(child, _TextHole) for part in element.walk() for child in part.children)


def _has_link(element: Element) -> bool:
    return any(part.tag == "a" for part in element.walk())


_Spans = tuple[Span | tuple[Inline, int] | None, ...]
"""Spans of an element, and its holes: how each is set, and the number of its text."""


def _read_holes(element: Element, weight: Weight) -> _Spans:
    """Return the spans of an element with holes, which are read once: how a text is set does not depend on it."""
    read = read_inline(element, weight)
    return tuple(
        [one and ((one, one.text.number) if isinstance(one.text, _TextHole) else one.span(one.text)) for one in read]
    )


def _fill(spans: _Spans, texts: Sequence[str]) -> tuple[Span | None, ...]:
    """Return spans with their holes filled."""
    return tuple([one if one is None or isinstance(one, Span) else one[0].span(texts[one[1]]) for one in spans])


def _parts(element: Element) -> Iterator["str | _TextHole"]:
    """Yield the texts in an element, and its holes, in reading order."""
    for child in element.children:
        yield from _parts(child) if isinstance(child, Element) else (child,)


def _ask_height(setter: Setter, element: Element, column: Column, look: Look) -> _Question:
    """Ask how high an element stands in a column."""
    children: tuple[object, ...] = element.children
    if len(children) == 1 and isinstance(children[0], _TextHole):
        return _ask_line_height(setter, children[0].number, setter.line(column, look, look.style.weight))
    read = _read_holes(element, look.style.weight)
    return lambda texts: _height_of(setter.set_spans(_fill(read, texts), column, look))


def _ask_line_height(setter: Setter, number: int, line: OneLine) -> _Question:
    """Ask how high a text stands in a column that begins with a line."""
    set_line, leading = line.set, line.look.style.leading

    def question(texts: Sequence[str]) -> tuple[Hashable, _Marks | None]:
        mark = set_line(texts[number])
        if mark is not None:
            return leading, (mark,)
        return _height_of(setter.set_spans((Span(texts[number], line.weight),), line.column, line.look))

    return question


def _height_of(done: SetText) -> tuple[Hashable, _Marks | None]:
    return (None, None) if done.wide else (done.height, done.segments[0].marks)


def _ask_fitted(setter: Setter, element: Element, column: Column, look: Look) -> _Question:
    """Ask how high an element stands in a column, as `Setter.place_fitted` sets it."""
    read = _read_holes(element, look.style.weight)

    def question(texts: Sequence[str]) -> tuple[Hashable, _Marks | None]:
        spans = _fill(read, texts)
        return _height_of(setter.set_spans(spans, column, setter.fitted_whole(spans, column.width, look)))

    return question


def _ask_behind(setter: Setter, element: Element, column: Column, look: Look, before: After) -> _Question:
    """Ask how high an element stands behind words on a line, as `Setter.place_behind` sets it; None without room."""
    read, parts, words = _read_holes(element, look.style.weight), tuple(_parts(element)), tuple(_parts(before.words))

    def question(texts: Sequence[str]) -> tuple[Hashable, _Marks | None]:
        beside = column.indented(setter.width(_joined(words, texts), before.style) + before.gap)
        if setter.width(_joined(parts, texts), look.style) > beside.width:
            return None, None
        return _height_of(setter.set_spans(_fill(read, texts), beside, look))

    return question


def _joined(parts: Sequence["str | _TextHole"], texts: Sequence[str]) -> str:
    """Return the text that parts are with their holes filled."""
    return "".join([one if isinstance(one, str) else texts[one.number] for one in parts])


def _ask_room(
    setter: Setter, elements: Sequence[Element], style: TextStyle, air: Um, least: Um, most: Um
) -> _Question:
    """Ask for the room that elements need on one line, as `Setter.room_for` gives it."""
    width, size = setter.book.face(style.weight).width, style.size
    read = [tuple(_parts(element)) for element in elements]

    def question(texts: Sequence[str]) -> tuple[Hashable, None]:
        filled = ["".join([one if isinstance(one, str) else texts[one.number] for one in parts]) for parts in read]
        return bounded(max([to_um(width(text), size) for text in filled]) + air, least, most), None

    return question
