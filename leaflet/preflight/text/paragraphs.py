"""Find the lines and paragraphs of a page from the places of its words.

A line is words on one baseline without a space as wide as that between columns. A paragraph is lines of one size
below each other that begin at the same place. Not here: tags, which not every file has.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.preflight.evidence import Evidence, FoundWord
from leaflet.units import Um, mm, pt

_COLUMN_GAP = 2.5  # times the size of type: words further apart stand in different columns
_LEAST_GAP = mm(3)  # between columns of any size
_PITCH = (0.8, 1.75)  # from baseline to baseline, times the size
_SAME_SIZE = 0.3  # points
_INDENT = mm(1)


class TextLine(Struct, frozen=True, kw_only=True):
    """A line of words.

    Args:
        words: its words, from left to right as they are read.
        box: the area around them.
        base: the place of its baseline, about.
    """

    words: tuple[FoundWord, ...]
    box: Box
    base: Um

    @property
    def size(self) -> float:
        """The size of its type in points."""
        return self.words[0].size

    @property
    def text(self) -> str:
        """The text of its words."""
        return " ".join(word.text for word in self.words)


Paragraph = tuple[TextLine, ...]


def find_lines(evidence: Evidence, turn: int = 0) -> Iterator[TextLine]:
    """Find the lines of a page in the order of the file, each within one column.

    Args:
        evidence: that of the page.
        turn: the rotation of the words to read, 0 or 180 degrees.
    """
    for words in evidence.lines:
        seen = [word for word in words if not word.is_hidden and word.angle == turn]
        start = 0
        for at, (one, two) in enumerate(pairwise(seen), 1):
            left, right = (one, two) if turn == 0 else (two, one)
            gap = right.box.x - left.box.x - left.box.width
            if gap < -one.box.width or (gap > _LEAST_GAP and gap > _COLUMN_GAP * pt(max(one.size, two.size))):
                yield _line(seen[start:at])
                start = at
        if seen[start:]:
            yield _line(seen[start:])


def find_paragraphs(evidence: Evidence) -> tuple[Paragraph, ...]:
    """Find the paragraphs of a page in the order of the file."""
    found: list[list[TextLine]] = []
    for line in find_lines(evidence):
        if found and _goes_on(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(map(tuple, found))


def _goes_on(one: TextLine, two: TextLine) -> bool:
    low, high = (pt(factor * one.size) for factor in _PITCH)
    return (
        abs(one.size - two.size) <= _SAME_SIZE
        and low <= two.base - one.base <= high
        and abs(one.box.x - two.box.x) <= _INDENT
    )


def _line(words: Sequence[FoundWord]) -> TextLine:
    boxes = [word.box for word in words]
    bottoms = [box.y + box.height for box in boxes]
    left, top = min([box.x for box in boxes]), min([box.y for box in boxes])
    right = max([box.x + box.width for box in boxes])
    box = Box(left, top, right - left, max(bottoms) - top)
    return TextLine(words=tuple(words), box=box, base=sorted(bottoms)[len(bottoms) // 2])
