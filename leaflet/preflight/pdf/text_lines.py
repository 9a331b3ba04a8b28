"""Find the lines and paragraphs of a page from the places of its words, and words that cannot be right.

These are words without known characters, and what a template left behind.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise

from msgspec import Struct

from leaflet.geometry import Box, Um, mm, pt
from leaflet.preflight.pdf.evidence import Evidence, FoundWord, find_main_angle

_COLUMN_GAP = 2.5  # times the size of type: words further apart stand in different columns
_LEAST_GAP = mm(3)  # between columns of any size
_PITCH = (0.8, 1.75)  # from baseline to baseline, times the size
_SAME_SIZE = 0.3  # points
_INDENT = mm(1)


class TextLine(Struct, frozen=True, kw_only=True):
    """A line of words."""

    words: tuple[FoundWord, ...]  # its words, from left to right as they are read
    box: Box  # the area around them
    base: Um  # the place of its baseline, about

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
    """Find the lines of a page in the order of the file, each in one column; words are turned by 0 or 180 degrees."""
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


def holds_cards(evidence: Evidence) -> bool:
    """Tell whether a page is a sheet of cards: most of its lines recur."""
    recurring = Counter(line.text for line in find_lines(evidence, find_main_angle(evidence)))
    counts = Counter(recurring.values())  # of lines, by how often they recur
    return any(count > 1 and 2 * count * lines > recurring.total() for count, lines in counts.items())


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
    base = sorted(box.bottom for box in boxes)[len(boxes) // 2]
    return TextLine(words=tuple(words), box=reduce(Box.joined, boxes), base=base)


_NO_TEXT = re.compile(
    "[\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x9f]"  # replacement characters, controls
    "|[^\\W\\d_][■□▯\ue000-\uf8ff]|[■□▯\ue000-\uf8ff][^\\W\\d_]|[\ue000-\uf8ff]{2}"  # within words
    "|Ã[\x80-\xbf©¨ª«§´»¹®¯¢ ]|â€[™œ\x9d“”¦]|Â[«»°]"  # UTF-8 read as something else
)

_LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\$\{\w*\}?|%\(\w+\)[sd]|«\w+_\w+»|<<\w+>>|\[\[\w+\]\]"
    r"|\b(?:None|undefined|NaN|TODO|FIXME|TBD|MERGEFIELD)\b|(?<![\w-])null(?![\w-])"
    r"|\b[Ll]orem\s+ipsum\b|\bXXX+\b|\b\?\?\?+"
    r"|#(?:REF|VALEUR|VALUE|NOM|NAME|DIV/0)[!?]?|#N/[AD]\b"
    r"|Erreur\s?!\s(?:Source du renvoi introuvable|Signet non défini)|Error! (?:Reference source|Bookmark) not"
    r"|(?:^|[:\[(«<])\s*à\s+compléter\s*(?:$|[\])»>])",
    re.MULTILINE,
)


def find_no_text(evidence: Evidence) -> Iterator[FoundWord]:
    """Find words with characters that cannot be read, searched or read aloud.

    A single private character is a picture of a symbol font, such as a bullet.
    """
    if all(word.is_mapped for word in evidence.words) and not _NO_TEXT.search(evidence.text):
        return
    for word in evidence.words:
        if not word.is_mapped or _NO_TEXT.search(word.text):
            yield word


def find_leftovers(text: str) -> Iterator[str]:
    """Find what templates, mail merges and spreadsheets leave behind when a value is missing."""
    for match in _LEFTOVERS.finditer(text):
        yield match[0].strip(" \n:")
