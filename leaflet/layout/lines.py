"""Line breaking: styled text in, lines out. Ragged right; no hyphenation; the rules of French and of addresses.

Inside, widths are in thousandths of an em of the paragraph's size (integers), so that words add up exactly;
`to_um` turns them into µm. A line breaks at an ordinary space, nowhere else; but a word wider than its column is cut
(`find_cuts`). A registrable domain is never cut: where it is too long for its column, its text is set smaller.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Um, pt
from leaflet.layout.fonts import FontBook, plain_zeros
from leaflet.layout.spans import STRONG_LINK, Span, Spans

_ADDRESS_BREAK = re.compile(r"(?<=[^/:.]\.)(?=[^/.])|(?<=[^:/]/)(?=[^/])")
_SCHEME_BREAK = re.compile(r"(?<=://)")
_PATH_BREAK = re.compile(r"(?<=[-_?&=])(?=[^-_?&=])")  # never before it: it would read as a dash
_HOST_BREAK = re.compile(r"(?<=\w\.)(?=[^\W\d_])")  # of a host that is no link
_HYPHEN_BREAK = re.compile(r"(?<=[^-]-)(?=[^-])")


def find_cuts(spans: Sequence[Span]) -> Iterator[list[int]]:
    """Return where a word too wide for its column may be cut, the best ways first.

    An address is cut outside its registrable domain, after a sign and never before one.
    """
    text = "".join(span.text for span in spans)
    if not any(span.href for span in spans):
        at = text.find("@")
        mail = {at} if at > 0 else set()  # the domain of a mail address stays whole
        end = at if at > 0 else len(text)
        dots = {m.start() for m in _HOST_BREAK.finditer(text, 0, end)}
        hyphens = {m.start() for m in _HYPHEN_BREAK.finditer(text, 0, end)}
        for places in (mail, mail | dots, mail | dots | hyphens) if mail else (dots, hyphens):
            yield sorted(places)
        return
    cuts = {m.start() for m in _ADDRESS_BREAK.finditer(text)}
    inside: set[int] = set()
    position = 0
    for span in spans:
        if span.weight == STRONG_LINK:
            inside.update(range(position + 1, position + len(span.text)))
        position += len(span.text)
    around = cuts - inside
    yield sorted(around)
    around.update(m.start() for m in _SCHEME_BREAK.finditer(text))
    yield sorted(around)
    path = text.find("/", text.find("://") + 3 if "://" in text else 0)
    if path >= 0:  # a hyphen of the host may be read as one of ours
        around.update(m.start() for m in _PATH_BREAK.finditer(text, path))
        yield sorted(around)
    if not inside:
        yield sorted(around | {m.start() for m in _HYPHEN_BREAK.finditer(text)})


def cut(spans: Sequence[Span], cuts: Sequence[int]) -> list[list[Span]]:
    """Return the parts of a word that is cut at these places, counted in characters from its beginning."""
    parts: list[list[Span]] = [[]]
    position = 0
    remaining = list(cuts)
    for span in spans:
        text = span.text
        while remaining and position <= remaining[0] < position + len(text):
            at = remaining.pop(0) - position
            if text[:at]:
                parts[-1].append(Span(text[:at], span.weight, span.href))
            if parts[-1]:
                parts.append([])
            text = text[at:]
            position += at
        parts[-1].append(Span(text, span.weight, span.href))
        position += len(text)
    return parts


_OPENER = re.compile(r"[A-ZÀ-Ý]\w?|\d{1,4}")  # at the head of a sentence: one or two letters, the number of a house
_PARTICLE = re.compile(r"[Dd](?:e|u|es)|[Ll](?:a|e|es)|une?|à")  # stays with the name or the word after it
_SENTENCE_ENDS = (".", "!", "?", "…", "·")
_SHORT = 0.4  # of the width; a shorter last line is a widow
_CLOSE = 40  # 1/1000 em: lines of like length need not be narrower by less
_NARROWEST = 0.65  # how much of the width may be given up to avoid one

Align = Literal["left", "center", "right"]


class Line(NamedTuple):
    """The spans of one line and its width in 1/1000 em; the last line of a paragraph has `last` set."""

    spans: tuple[Span, ...]
    width: int
    last: bool
    glued: bool = False
    """No space stood at the break: the next line goes on with the same word (an address)."""


class Paragraph(NamedTuple):
    """A text in lines of a size in points; `shortfall` is how far the longest word sticks out, in 1/1000 em."""

    lines: tuple[Line, ...]
    size: float
    shortfall: int = 0

    @property
    def text(self) -> str:
        """The text of all lines as it is read, in one string."""
        parts = []
        for line in self.lines:
            parts += [span.text for span in line.spans]
            parts.append("" if line.last or line.glued else " ")
        return plain_zeros("".join(parts))


class _Word(Struct, frozen=True):
    spans: tuple[Span, ...]
    width: int
    space: bool  # an ordinary space follows
    forced: bool = False  # a line break follows


def to_um(units: int, size: float) -> Um:
    """Return the µm of a width in 1/1000 em at a size in points."""
    return round(units * size / 1000 * UM_PER_INCH / PT_PER_INCH)  # as `pt`, which every span would call


def indent(slack: Um, align: Align) -> Um:
    """Return how far a line begins from the left if `slack` is left of its column."""
    return 0 if align == "left" else slack if align == "right" else slack // 2


@lru_cache(maxsize=1024)
def to_units(length: Um, size: float) -> int:
    """Return the whole 1/1000 em of a size in points that fit into a length in µm."""
    return int(length * 1000 / pt(size * 1000) * 1000)


def break_lines(
    spans: Spans, book: FontBook, size: float, width: Um, *, balance: bool = False, smallest_type: float | None = None
) -> Paragraph:
    """Set spans into lines of at most `width` µm at `size` points.

    A heading (`balance`) gets lines of like length, and a name in bold is not broken if one of them can hold it;
    other text avoids a short last line. Text with a registrable domain that is wider than a line is set smaller, but
    not under `smallest_type`, if given (points).
    """
    room = to_units(width, size)
    if (line := _single_line(spans, book, room)) is not None:
        return Paragraph((line,), size)
    if smallest_type is not None:
        size = _size_of_domains(spans, book, size, width, smallest_type)
        room = to_units(width, size)
    words = [word for chunk in _words(spans) for word in _measure(chunk, book, room)]
    lines = _fill(words, room, book)
    if len(lines) > 1:
        for whole in (_names_joined(words, room, book), words) if balance else (words,):
            joined = _openers_joined(whole, room, book)
            if len(joined) < len(words) and len(lines_of_joined := _fill(joined, room, book)) == len(lines):
                words, lines = joined, lines_of_joined
                break
        lines = _balanced(words, room, book, lines) if balance else _without_widow(words, room, book, lines)
    shortfall = max((line.width for line in lines), default=0) - room
    return Paragraph(tuple(lines), size, max(shortfall, 0))


def _size_of_domains(spans: Spans, book: FontBook, size: float, width: Um, smallest_type: float) -> float:
    """Return the size at which each registrable domain fits on a line, between `smallest_type` and `size`.

    The slash that may follow a domain stands on its line.
    """
    widest = 0
    for span, following in pairwise((*spans, None)):
        if span and span.href and span.weight == STRONG_LINK:
            has_slash = following is not None and following.href == span.href and following.text.startswith("/")
            slash = book.face(following.weight).width("/") if following and has_slash else 0
            widest = max(widest, book.face(span.weight).width(span.text) + slash)
    if widest <= to_units(width, size):
        return size
    return min(size, max(smallest_type, math.floor(to_units(width, 1) / widest * 100) / 100))


def _single_line(spans: Spans, book: FontBook, room: int) -> Line | None:
    """Set a text on one line if it fits; most do, and need no search for breaks."""
    width = 0
    for span in spans:
        if span is None:
            return None
        width += book.face(span.weight).width(span.text)
        if width > room:
            return None
    return Line(tuple([span for span in spans if span]), width, last=True) if spans else None


class _Unbroken(Struct):
    """The text between two places where a line may end: spans, and what follows them."""

    spans: list[Span]
    space: bool = False
    forced: bool = False


def _words(spans: Spans) -> list[_Unbroken]:
    """Cut spans between ordinary spaces and forced breaks."""
    chunks: list[_Unbroken] = [_Unbroken([])]
    for span in spans:
        if span is None:
            if not chunks[-1].spans and len(chunks) > 1 and not chunks[-2].forced:
                chunks.pop()
            chunks[-1].space, chunks[-1].forced = False, True
            chunks.append(_Unbroken([]))
            continue
        for index, part in enumerate(span.text.split(" ")):
            if index and chunks[-1].spans:
                chunks[-1].space = True
                chunks.append(_Unbroken([]))
            if part:
                chunks[-1].spans.append(Span(part, span.weight, span.href))
    if not chunks[-1].spans:
        chunks.pop()
    if chunks:
        chunks[-1].space = chunks[-1].forced = False
    return chunks


def _measure(chunk: _Unbroken, book: FontBook, room: int) -> list[_Word]:
    spans, space, forced = chunk.spans, chunk.space, chunk.forced
    word = _word(spans, book, space, forced)
    if word.width <= room:
        return [word]
    parts: list[list[Span]] = []
    for cuts in find_cuts(spans):
        parts = cut(spans, cuts)
        if max(_word(part, book, False, False).width for part in parts) <= room:
            break
    last = len(parts) - 1
    return [_word(p, book, space and i == last, forced and i == last) for i, p in enumerate(parts)]


def _word(spans: Sequence[Span], book: FontBook, space: bool, forced: bool) -> _Word:
    return _Word(tuple(spans), sum(book.face(span.weight).width(span.text) for span in spans), space, forced)


def _fill(words: Sequence[_Word], room: int, book: FontBook) -> list[Line]:
    """Break by first fit: each line takes the words it can."""
    starts = [*_starts(words, _gaps(words, book), room), len(words)]
    return [_line(words[start:end], book, last=end == len(words)) for start, end in pairwise(starts)]


def _gaps(words: Sequence[_Word], book: FontBook) -> list[int]:
    """Return the space before each word if it does not begin a line."""
    return [0, *(_gap(before, word, book) for before, word in pairwise(words))] if words else []


def _starts(words: Sequence[_Word], gaps: Sequence[int], room: int) -> list[int]:
    """Return the numbers of the words that begin the lines of `_fill`."""
    starts: list[int] = []
    width, is_over = 0, True
    for number, (word, gap) in enumerate(zip(words, gaps, strict=True)):
        if is_over or width + gap + word.width > room:
            starts.append(number)
            width = word.width
        else:
            width += gap + word.width
        is_over = word.forced
    return starts


def _openers_joined(words: Sequence[_Word], room: int, book: FontBook) -> list[_Word]:
    """Return words in which some short ones stay with the next: « Je » at the head of a sentence, « de la » anywhere.

    Two words that have no room on one line stay apart.
    """
    joined: list[_Word] = []
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        earlier = words[number - 2] if number > 1 else None
        is_head = earlier and earlier.spans and earlier.space and earlier.spans[-1].text.endswith(_SENTENCE_ENDS)
        stays = before and (_is(_PARTICLE, before) or (is_head and _is(_OPENER, before)))
        pair = _joined((joined[-1], word), book) if stays else None
        if pair and pair.width <= room:
            joined[-1] = pair
        else:
            joined.append(word)
    return joined


def _names_joined(words: Sequence[_Word], room: int, book: FontBook) -> list[_Word]:
    """Join the words of a bold name among other words, so that it is not broken, if it fits on a line."""
    runs: list[list[_Word]] = []
    for word in words:
        before = runs[-1][-1] if runs else None
        if before and before.space and before.spans[-1].weight == "bold" and word.spans[0].weight == "bold":
            runs[-1].append(word)
        else:
            runs.append([word])
    if len(runs) == 1:  # all of it is in bold
        return list(words)
    whole: list[_Word] = []
    for run in runs:
        name = _joined(run, book)
        whole += [name] if name.width <= room else run
    return whole


def _is(kind: re.Pattern[str], word: _Word) -> bool:
    """Tell whether a word with a space after it is of some kind."""
    return word.space and kind.fullmatch("".join(span.text for span in word.spans)) is not None


def _joined(words: Sequence[_Word], book: FontBook) -> _Word:
    """Return words with the spaces between them as one that is not broken."""
    line = _line(words, book, last=True)
    return _Word(line.spans, line.width, words[-1].space, words[-1].forced)


def _gap(before: _Word, after: _Word, book: FontBook) -> int:
    """Return the space between two words: of the first one's weight, but outside a link that ends there."""
    if not before.spans or not after.spans:
        return 0
    end, start = before.spans[-1], after.spans[0]
    if not before.space:  # parts of a cut address that share a line again are kerned as one
        joined = (end.weight, end.href) == (start.weight, start.href)
        return book.face(end.weight).kerning.get(end.text[-1] + start.text[0], 0) if joined else 0
    weight = "regular" if end.href and end.href != start.href else end.weight
    return book.face(weight).advances[" "]


def _line(words: Sequence[_Word], book: FontBook, *, last: bool) -> Line:
    spans: list[Span] = []
    for index, word in enumerate(words):
        pieces = list(word.spans)
        if index and words[index - 1].space:
            before = spans[-1]
            if before.href and before.href != pieces[0].href:
                pieces.insert(0, Span(" ", "regular"))
            else:
                spans[-1] = Span(before.text + " ", before.weight, before.href)
        for piece in pieces:
            left = spans[-1] if spans else None
            if left and (left.weight, left.href) == (piece.weight, piece.href):
                spans[-1] = Span(left.text + piece.text, piece.weight, piece.href)
            else:
                spans.append(piece)
    end = words[-1]
    width = sum(book.face(span.weight).width(span.text) for span in spans)
    return Line(tuple(spans), width, last, glued=not last and not end.space and not end.forced)


def _balanced(words: Sequence[_Word], room: int, book: FontBook, lines: list[Line]) -> list[Line]:
    """Return the narrowest setting, or one that is hardly wider, that needs no more lines."""
    gaps = _gaps(words, book)
    low, high = max(word.width for word in words), room
    while high - low > _CLOSE:
        middle = (low + high) // 2
        if len(_starts(words, gaps, middle)) > len(lines):
            low = middle + 1
        else:
            high = middle
    return _fill(words, high, book) if high <= room else lines


def _without_widow(words: Sequence[_Word], room: int, book: FontBook, lines: list[Line]) -> list[Line]:
    """Return a narrower setting of as many lines whose last is not short, if there is one."""
    attempt = lines
    narrow = room
    floor = max(round(room * _NARROWEST), *(word.width for word in words))
    while attempt[-1].width < room * _SHORT and len(attempt) == len(lines):
        narrow = min(narrow, max(line.width for line in attempt)) - 1
        if narrow < floor:
            return lines
        attempt = _fill(words, narrow, book)
    return attempt if len(attempt) == len(lines) else lines
