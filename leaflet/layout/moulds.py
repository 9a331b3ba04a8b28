"""Pieces of one form, cast from what the first of them was like.

A block looks at its text through the setter alone: it asks how wide a text is, and has it set. A `Mould` lays a form
out with stand-ins for the texts that records have of their own, and writes down these questions with the answers. A
record whose texts give the same answers has the same piece, but for the letters themselves.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.layout.blocks import lay_block
from leaflet.layout.lines import Span, to_um
from leaflet.layout.marks import Text
from leaflet.layout.piece import Builder, Group, Kind, Piece
from leaflet.layout.setter import Column, Look, OneLine, Run, Setter, SetText, bounded
from leaflet.layout.theme import TextStyle
from leaflet.markup.forms import PieceForm, plain_gaps
from leaflet.markup.parse import Element
from leaflet.units import Um

_KINDS = 128  # pieces kept a mould: one for each way that texts are wide or high
_Marks = tuple[Text, ...]
_Question = Callable[[Sequence[str]], tuple[Hashable, _Marks | None]]
"""What a block asks of a record's texts: the answer that decides how it goes on, and the marks of what was set."""


class _Station(Struct):
    """On the way through a block: its next question, or the piece at the end."""

    question: _Question | None = None
    next: dict[Hashable, "_Station"] = field(default_factory=dict)
    cast: "_Cast | None" = None


class _Cast(Struct, frozen=True):
    """A piece whose own texts are to be replaced: `own` numbers their groups, in the order they are set."""

    piece: Piece
    own: tuple[int, ...]

    def fill(self, texts: Sequence[_Marks]) -> Piece:
        """The piece of another record."""
        like, groups = self.piece, [*self.piece.groups]
        for number, marks in zip(self.own, texts, strict=True):
            _, leaf, role = groups[number]
            groups[number] = Group(marks, leaf, role)
        return Piece(
            like.name,
            like.at,
            like.width,
            like.height,
            tuple(groups),
            like.nodes,
            like.leaves,
            like.blanks,
            like.codes,
            like.areas,
            like.kind,
        )


class Mould:
    """Lays out the pieces of one form in a width of µm."""

    def __init__(self, setter: Setter, form: PieceForm, width: Um) -> None:
        self._setter, self._form, self._width = setter, form, width
        self._texts = tuple(dict.fromkeys(form.template.texts)) if form.template else ()
        self._start = _Station()
        self._room = _KINDS
        self._is_given_up = not self._texts
        self._last: tuple[Sequence[str], Piece | None] = ((), None)

    def lay(self, gaps: Sequence[str]) -> Piece | None:
        """The piece of a record; None if it cannot be told without laying it out for itself.

        Args:
            gaps: what stands in the gaps of the form, which does not change; all its characters have glyphs.
        """
        if self._is_given_up:
            return None
        last, piece = self._last
        if gaps != last:  # or it is the same record, on another page
            piece = self._lay(plain_gaps(gaps))
            self._last = gaps, piece
        return piece

    def _lay(self, gaps: Sequence[str]) -> Piece | None:
        texts = [text.fill(gaps) for text in self._texts]
        if not all(texts):
            return None
        station: _Station | None = self._start
        found: list[_Marks] = []
        while station is not None and (question := station.question) is not None:
            answer, marks = question(texts)
            if marks is not None:
                found.append(marks)
            station = station.next.get(answer)
        if station is not None and station.cast is not None:
            return station.cast.fill(found)
        return self._explore(texts) if self._room else None

    def _explore(self, texts: Sequence[str]) -> Piece | None:
        """Lay a record out and remember the way; a form whose block wants more than the setter tells is given up."""
        assert self._form.template is not None
        stand_ins = {text: _StandIn(number) for number, text in enumerate(self._texts)}
        element = self._form.template.map(lambda text: cast("str", stand_ins[text]))
        assert element is not None
        watcher = _Watcher(self._setter, texts)
        try:
            piece = lay_block(watcher, element, self._width, covered=True)
        except _PlainError:
            return None  # so this record is, not the form
        except Exception:  # whatever comes of using a stand-in as a text, or of a fault that is told elsewhere
            self._is_given_up = True
            return None
        self._room -= 1
        return self._remember(watcher, piece)

    def _remember(self, watcher: "_Watcher", piece: Piece) -> Piece:
        station = self._start
        for question, answer in watcher.asked:
            station.question = question
            station = station.next.setdefault(answer, _Station())
        numbers = {id(group): number for number, group in enumerate(piece.groups)}
        own = tuple([numbers[id(group)] for group in watcher.placed])
        piece = replace(piece, kind=Kind(tuple(sorted(own))))
        station.cast = _Cast(piece, own)
        return piece


class _PlainError(Exception):
    """A text does not go into its column on lines of one kind."""


class _StandIn:
    """In the place of a text while a block is laid out: of use to the setter alone."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        raise TypeError("a stand-in is not compared")


class _Watcher(Setter):
    """A setter that writes down what it is asked of stand-ins.

    Attributes:
        asked: the questions, each with its answer.
        placed: the groups that own texts became.
    """

    asked: list[tuple[_Question, Hashable]]
    placed: list[Group]
    _setter: Setter
    _texts: Sequence[str]

    def __init__(self, setter: Setter, texts: Sequence[str]) -> None:
        self.__dict__.update(setter.__dict__, _setter=setter, _texts=texts, asked=[], placed=[])

    def place_text(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        number = _number(element)
        if number is None:
            return super().place_text(builder, element, column, look, role)
        question = _setting(self._setter, number, self._setter.line(column, look, look.style.weight))
        marks = self._ask(question)
        if marks is None:
            raise _PlainError
        height = self.asked[-1][1]
        assert isinstance(height, int)
        run = Run(marks, None)
        self.place_set(
            builder, SetText("".join([mark.text for mark in marks]), (run,), height), element.at, look, role
        )
        self.placed.append(builder.last_group)
        return height

    def room_for(self, elements: Sequence[Element], style: TextStyle, air: Um, least: Um, most: Um) -> Um:
        numbers = tuple([number for element in elements if (number := _number(element)) is not None])
        others = [element for element in elements if _number(element) is None]
        least = super().room_for(others, style, air, least, most)
        if not numbers:
            return least
        self._ask(_measuring(self._setter, numbers, style, air, least, most))
        room = self.asked[-1][1]
        assert isinstance(room, int)
        return room

    def _ask(self, question: _Question) -> _Marks | None:
        answer, marks = question(self._texts)
        self.asked.append((question, answer))
        return marks


def _number(element: Element) -> int | None:
    """Of the own text that an element holds and nothing else."""
    children: tuple[object, ...] = element.children
    return children[0].number if len(children) == 1 and isinstance(children[0], _StandIn) else None


def _setting(setter: Setter, number: int, line: OneLine) -> _Question:
    """Sets a text in a column that begins with a line; the height decides."""
    set_line, leading = line.set, line.look.style.leading

    def question(texts: Sequence[str]) -> tuple[Hashable, _Marks | None]:
        mark = set_line(texts[number])
        if mark is not None:
            return leading, (mark,)
        done = setter.set_spans((Span(texts[number], line.weight),), line.column, line.look)
        return (None, None) if done.wide else (done.height, done.runs[0].marks)

    return question


def _measuring(setter: Setter, numbers: Sequence[int], style: TextStyle, air: Um, least: Um, most: Um) -> _Question:
    """The room for texts on one line, as `Setter.room_for` gives it."""
    width, size = setter.book.face(style.weight).width, style.size

    def question(texts: Sequence[str]) -> tuple[Hashable, None]:
        natural = max([to_um(width(texts[number]), size) for number in numbers])
        return bounded(natural + air, least, most), None

    return question
