"""The words of two pages, and those that differ.

Words are compared, not lines: a line that is broken elsewhere is no change.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw
from msgspec import Struct

from leaflet.geometry import Box, PageView
from leaflet.preflight.compare.differences import Token, WordChange, changed_places

_HYPHENS = ("-", "\u2010", "\u00ad", "\ufffe")  # PDFium gives U+FFFE for a hyphen at the end of a line
_NOTHING = ("\u200b", "\ufeff", "\0")


class PageWord(NamedTuple):
    """A word, the line it begins on (counted from 0), and its first and last character on the page."""

    text: str
    line: int
    first: int
    last: int


class PageText(Struct):
    """The words of a page in the order they are read, and their places."""

    words: list[PageWord]
    page: pypdfium2.PdfTextPage
    view: PageView

    @property
    def texts(self) -> list[str]:
        """The words without their places."""
        return [word.text for word in self.words]

    @property
    def letters(self) -> str:
        """All printed letters, without the spaces that a reader guesses between them."""
        return "".join(self.texts)

    def box(self, words: Sequence[PageWord]) -> Box | None:
        """Return the box around words; None if there are none."""
        sides = [self.page.get_charbox(number) for word in words for number in range(word.first, word.last + 1)]
        boxes = [self.view.place(box) for box in sides if box[2] > box[0] and box[3] > box[1]]
        return reduce(Box.joined, boxes) if boxes else None


def read_text(page: pypdfium2.PdfPage, view: PageView) -> PageText:
    """Read the text of a page, of which `view` is seen, by PDFium."""
    text = page.get_textpage()
    return PageText(list(_words(text)), text, view)


def _words(page: pypdfium2.PdfTextPage) -> Iterator[PageWord]:
    """Yield the words of a page; one that a hyphen breaks at the end of a line is one word."""
    count, get = page.count_chars(), pypdfium2.raw.FPDFText_GetUnicode
    letters: list[str] = []
    line = begun = first = last = 0
    for number in range(count):
        letter = chr(get(page.raw, number))
        if letter in "\r\n":
            line += letter == "\n"
            if letters and letters[-1] in _HYPHENS:
                letters[-1] = "-"  # the word goes on in the next line
                continue
        if letter.isspace():
            if letters:
                yield PageWord("".join(letters), begun, first, last)
                letters = []
        elif letter not in _NOTHING:
            if not letters:
                begun, first = line, number
            letters.append("-" if letter in _HYPHENS else letter)
            last = number
    if letters:
        yield PageWord("".join(letters), begun, first, last)


class _Span(NamedTuple):
    """Words that differ: the first and the one after the last, in the old and in the new page."""

    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def size(self) -> int:
        """The number of words on both sides."""
        return sum(end - first for first, end in self)


def compare_words(old: PageText, new: PageText) -> tuple[WordChange, ...]:
    """Return the lines in which words differ, in reading order, with these words marked."""
    if old.letters == new.letters:
        return ()
    by_lines = [span for block in _changed_lines(old, new) for span in _spans(old, new, *block)]
    spans = _fewer(by_lines, _differing(old, new, (0, len(old.words)), (0, len(new.words))))
    return tuple(_change(old, new, group) for group in _by_lines(old, new, spans))


_Lines = Sequence[tuple[int, int]]  # for each line its first word and the one after its last


def _changed_lines(old: PageText, new: PageText) -> Iterator[tuple[_Lines, _Lines]]:
    """Yield the groups of lines that are not the same."""
    before, after = _lines_of(old), _lines_of(new)
    texts = ([tuple(page.texts[slice(*line)]) for line in lines] for page, lines in ((old, before), (new, after)))
    for i, i_end, j, j_end in changed_places(*texts):
        yield _lines_or_place(before, i, i_end), _lines_or_place(after, j, j_end)


def _lines_of(page: PageText) -> list[tuple[int, int]]:
    starts = [
        number for number, word in enumerate(page.words) if not number or page.words[number - 1].line < word.line
    ]
    return list(zip(starts, [*starts[1:], len(page.words)], strict=False))  # a page may have no word


def _lines_or_place(lines: list[tuple[int, int]], first: int, end: int) -> _Lines:
    """Return neighbouring lines; of none, an empty line at their place."""
    place = lines[first - 1][1] if first else 0
    return lines[first:end] or [(place, place)]


def _spans(old: PageText, new: PageText, before: _Lines, after: _Lines) -> list[_Span]:
    """Return the words that differ in a group: line by line, or across lines if the text is broken elsewhere."""
    across = _differing(old, new, (before[0][0], before[-1][1]), (after[0][0], after[-1][1]))
    if len(before) != len(after):
        return across
    return _fewer([span for pair in zip(before, after, strict=True) for span in _differing(old, new, *pair)], across)


def _fewer(spans: list[_Span], others: list[_Span]) -> list[_Span]:
    """Return the spans that mark fewer words: an added word shifts the lines after it, two swapped words do not."""
    return min((spans, others), key=lambda found: sum(span.size for span in found))


def _differing(old: PageText, new: PageText, before: tuple[int, int], after: tuple[int, int]) -> list[_Span]:
    """Return the words that differ between two ranges of words."""
    places = changed_places(old.texts[slice(*before)], new.texts[slice(*after)])
    (a, _), (b, _) = before, after
    return [_Span((a + i, a + i_end), (b + j, b + j_end)) for i, i_end, j, j_end in places]


def _by_lines(old: PageText, new: PageText, spans: list[_Span]) -> list[list[_Span]]:
    """Group spans that share a line in the old or in the new page."""
    groups: list[list[_Span]] = []
    ends = -1, -1
    for span in spans:
        lines = _lines(old, *span.old), _lines(new, *span.new)
        if groups and (lines[0][0] <= ends[0] or lines[1][0] <= ends[1]):
            groups[-1].append(span)
        else:
            groups.append([span])
        ends = lines[0][1], lines[1][1]
    return groups


def _lines(text: PageText, first: int, end: int) -> tuple[int, int]:
    """Return the first and the last line that words stand on; for no words, the line of the one before."""
    words = text.words[first:end] or text.words[max(0, first - 1) : first] or text.words[:1]
    return (words[0].line, words[-1].line) if words else (0, 0)


def _change(old: PageText, new: PageText, spans: list[_Span]) -> WordChange:
    """Return the whole lines that spans stand on, with the words of the spans marked."""
    old_words, new_words = _marked(old, [span.old for span in spans]), _marked(new, [span.new for span in spans])
    if not any(is_changed for _, is_changed in old_words) and all(is_changed for _, is_changed in new_words):
        old_words = []  # whole lines are new: the line before them does not matter
    if not any(is_changed for _, is_changed in new_words) and all(is_changed for _, is_changed in old_words):
        new_words = []
    box = new.box([word for word, _ in new_words]) or old.box([word for word, _ in old_words])
    before, now = (
        tuple(Token(word.text, is_changed) for word, is_changed in words) for words in (old_words, new_words)
    )
    return WordChange(old=before, new=now, box=box)


def _marked(text: PageText, ranges: list[tuple[int, int]]) -> list[tuple[PageWord, bool]]:
    """Return the words of all lines that ranges stand on, with those inside of a range marked."""
    first, last = _lines(text, *ranges[0])[0], _lines(text, *ranges[-1])[1]
    inside = {number for start, end in ranges for number in range(start, end)}
    found = [(number, word) for number, word in enumerate(text.words) if first <= word.line <= last]
    return [(word, number in inside) for number, word in found]
