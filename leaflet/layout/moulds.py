"""Pieces of one form, cast from what the first of them was like.

A block looks at its text through the setter alone: it asks how wide a text is, and has it set. A `Mould` lays a form
out with stand-ins for the texts that records have of their own, and writes down these questions with the answers. A
record whose texts give the same answers has the same piece, but for the letters themselves.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, cast

from leaflet.layout.blocks import lay_block
from leaflet.layout.lines import Span
from leaflet.layout.piece import Builder, Group, Kind, Piece
from leaflet.layout.setter import Column, Look, OneLine, Setter, SetText, bounded
from leaflet.layout.theme import TextStyle
from leaflet.markup.forms import PieceForm, plain_gaps
from leaflet.markup.parse import Element
from leaflet.units import Um

_KINDS = 128  # pieces kept a mould: one for each way that texts are wide or high
_Question = Callable[[Sequence[str]], tuple[Hashable, SetText | None]]
"""What a block asks of a record's texts: the answer that decides how it goes on, and the text that was set."""


@dataclass(slots=True)
class _Station:
    """On the way through a block: its next question, or the piece at the end."""

    question: _Question | None = None
    next: dict[Hashable, "_Station"] = field(default_factory=dict)
    cast: "_Cast | None" = None


class _Place(NamedTuple):
    """Where a record's own text stands in a piece: its group, and its number among the words."""

    group: int
    word: int


@dataclass(frozen=True, slots=True)
class _Cast:
    """A piece whose own texts are to be replaced; `words` are what it says."""

    piece: Piece
    words: tuple[str, ...]
    places: tuple[_Place, ...]

    def fill(self, texts: Sequence[SetText]) -> Piece:
        """The piece of another record."""
        like, groups, words = self.piece, [*self.piece.groups], [*self.words]
        for (group, word), text in zip(self.places, texts, strict=True):
            groups[group] = Group(text.runs[0].marks, groups[group].leaf, groups[group].role)
            words[word] = text.text
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
            " ".join(words),
            like.areas,
            like.kind,
        )


class Mould:
    """Lays out the pieces of one form in a width of µm."""

    def __init__(self, setter: Setter, form: PieceForm, width: Um) -> None:
        self._setter, self._form, self._width = setter, form, width
        self._texts = tuple(dict.fromkeys(form.template.texts)) if form.template else ()
        self._start = _Station()
        self._room = _KINDS if self._texts else 0

    def lay(self, gaps: Sequence[str]) -> Piece | None:
        """The piece of a record; None if it cannot be told without laying it out for itself.

        Args:
            gaps: what stands in the gaps of the form; all its characters have glyphs.
        """
        if not self._room:
            return None
        gaps = plain_gaps(gaps)
        texts = [text.fill(gaps) for text in self._texts]
        if not all(texts):
            return None
        station: _Station | None = self._start
        found: list[SetText] = []
        while station is not None and station.question is not None:
            answer, text = station.question(texts)
            if text is not None:
                found.append(text)
            station = station.next.get(answer)
        if station is not None and station.cast is not None:
            return station.cast.fill(found)
        return self._explore(texts)

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
            self._room = 0
            return None
        self._room -= 1
        return self._remember(watcher, piece)

    def _remember(self, watcher: "_Watcher", piece: Piece) -> Piece:
        station = self._start
        for question, answer in watcher.asked:
            station.question = question
            station = station.next.setdefault(answer, _Station())
        numbers = {id(group): number for number, group in enumerate(piece.groups)}
        places = tuple([_Place(numbers[id(group)], word) for group, word in watcher.placed])
        piece = replace(piece, kind=Kind(tuple(sorted(place.group for place in places))))
        station.cast = _Cast(piece, tuple(watcher.words), places)
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
        placed: the groups that own texts became, and their numbers among the words.
        words: what the piece says.
    """

    asked: list[tuple[_Question, Hashable]]
    placed: list[tuple[Group, int]]
    words: list[str]
    _setter: Setter
    _texts: Sequence[str]

    def __init__(self, setter: Setter, texts: Sequence[str]) -> None:
        self.__dict__.update(setter.__dict__, _setter=setter, _texts=texts, asked=[], placed=[], words=[])

    def place_text(
        self, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
    ) -> Um:
        number = _number(element)
        if number is None:
            return super().place_text(builder, element, column, look, role)
        line = self._setter.line(column, look, look.style.weight)
        done = self._ask(partial(_set, self._setter, number, line))
        if done is None:
            raise _PlainError
        height = self.place_set(builder, done, element.at, look, role)
        self.placed.append((builder.last_group, len(builder.words) - 1))
        self.__dict__["words"] = builder.words
        return height

    def room_for(self, elements: Sequence[Element], style: TextStyle, air: Um, least: Um, most: Um) -> Um:
        numbers = tuple([number for element in elements if (number := _number(element)) is not None])
        others = [element for element in elements if _number(element) is None]
        least = super().room_for(others, style, air, least, most)
        if not numbers:
            return least
        question = partial(_measure, self._setter, numbers, style, air, least, most)
        self._ask(question)
        room = self.asked[-1][1]
        assert isinstance(room, int)
        return room

    def _ask(self, question: _Question) -> SetText | None:
        answer, text = question(self._texts)
        self.asked.append((question, answer))
        return text


def _number(element: Element) -> int | None:
    """Of the own text that an element holds and nothing else."""
    children: tuple[object, ...] = element.children
    return children[0].number if len(children) == 1 and isinstance(children[0], _StandIn) else None


def _set(setter: Setter, number: int, line: OneLine, texts: Sequence[str]) -> tuple[Hashable, SetText | None]:
    """A text in a column that begins with a line; the height decides."""
    done = line.set(texts[number])
    if done is None:
        done = setter.set_spans((Span(texts[number], line.weight),), line.column, line.look)
        if done.wide:
            return None, None
    return done.height, done


def _measure(
    setter: Setter, numbers: Sequence[int], style: TextStyle, air: Um, least: Um, most: Um, texts: Sequence[str]
) -> tuple[Hashable, None]:
    """The room for texts on one line, as `Setter.room_for` gives it."""
    natural = max([setter.width(texts[number], style) for number in numbers])
    return bounded(natural + air, least, most), None
