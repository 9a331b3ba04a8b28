"""Find the lines of a page that are to be filled in by hand, each with its label.

A label is recognised by its place: « Mot de passe : le NUMEN en majuscules » is a sentence, « Mot de passe : ____ »
is a line to write on. A line without a label, such as a rule under a title, is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from itertools import pairwise

from msgspec import Struct

from leaflet.confidential import find_asked_secret, is_secret_name, normalise
from leaflet.geometry import Box, Um, mm
from leaflet.preflight.pdf.evidence import Evidence, FoundWord, WritingLine
from leaflet.text import grouped

_DRAWN = re.compile(r"(?P<label>[^_.…]*)(?:_{8,}|\.{12,}|…{4,})")  # a line that consists of characters
_LINE_END = re.compile(r"[_.…]{4,}$")
_LEAST_LINE = mm(25)
_ROOM, _CLEAR = mm(5), mm(0.7)  # above a line of characters, as above a drawn one
_REACH = mm(25)  # between a label and its line
_SPACE = mm(4)  # between two words of a label
_LONGEST_LABEL = 7  # words
_ABOVE = mm(14)  # between the writing line's room and a label above it
_INDENT = mm(3)
_SAME_EDGE = mm(1.2)
_SEEN = mm(40)  # above and below a line; words further away have nothing to do with it
_FURTHEST = mm(90)  # between where a label begins and its line
_BASE = mm(2)  # how far a label above a line may reach into its room
_BELOW = mm(3.5)  # how far a label may reach below its line
_SENTENCE = (",", ";", ".", "!", "?")
_CODE = re.compile(
    r"(?:mon_|votre_|le_)?(?:code|cle(?!_\d)|pin)(?!_(?:postal|uai|rne|insee|naf|ape|etablissement))(?:_|$)"
)
_FILLED_IN = re.compile(r"adresse|identifiant|login|courriel|e?mail|nom_d_utilisateur")
_WHOSE = re.compile(r"(?:mon|ma|votre)\s+", re.IGNORECASE)


class LabelledLine(Struct, frozen=True, kw_only=True):
    """A line to write on, with its label."""

    label: str  # the text of the label, without the colon
    words: tuple[FoundWord, ...]  # the words of the label
    room: Box  # the area above the line, for handwriting
    printed: tuple[FoundWord, ...]  # the words in that area
    is_free: bool  # whether the picture of that area is blank
    is_seen: bool  # whether the picture of the page shows the line
    height: Um  # the distance from the line up to the next words or line above it, up to 45 mm

    @property
    def asks_password(self) -> bool:
        """Tell whether it is for a password, which the owner of a card may write on it."""
        return asks_secret(self.label) and not self.asks_code

    @property
    def asks_code(self) -> bool:
        """Tell whether it is for a secret that never belongs on a card: code de vote, NUMEN, answer to a question."""
        return _find_asked(self.label) is not None


_find_asked = lru_cache(maxsize=256)(find_asked_secret)  # all cards have the same few labels


@lru_cache(maxsize=256)
def asks_secret(label: str) -> bool:
    """Check whether a label asks for a password, a code or another secret."""
    return is_secret_name(label) or _CODE.match(normalise(label)) is not None


def asks_anything(label: str) -> bool:
    """Check whether a label asks for something that people write on a memo."""
    return asks_secret(label) or _FILLED_IN.match(normalise(label)) is not None


def find_labelled_lines(evidence: Evidence) -> tuple[LabelledLine, ...]:
    """Find the labelled writing lines of a page."""
    lines = [*evidence.writing_lines, *_of_characters(evidence.words)]
    if not lines:
        return ()
    rooms = [line.room for line in lines]
    seen = (word for word in evidence.words if not (word.is_hidden or word.is_pictured))
    words = sorted(seen, key=lambda word: word.box.y)
    tops = [word.box.y for word in words]
    found = []
    for line in lines:
        first, end = bisect_left(tops, line.room.y - _SEEN), bisect_left(tops, line.room.bottom + _SEEN)
        found.append(_with_label(line, words[first:end], rooms))
    return tuple(line for line in found if line is not None)


def _of_characters(words: Sequence[FoundWord]) -> Iterator[WritingLine]:
    """Find lines that consist of underscores or dots, which may follow their label without a blank."""
    for word in words:
        if (match := _DRAWN.fullmatch(word.text)) is not None:
            start = word.box.x + word.box.width * len(match["label"]) // len(word.text)
            width = word.box.right - start
            if width >= _LEAST_LINE:
                room = Box(start, word.box.bottom - _ROOM, width, _ROOM - _CLEAR)
                yield WritingLine(room=room, is_free=True, is_seen=word.is_seen)


def _with_label(line: WritingLine, words: Sequence[FoundWord], rooms: Sequence[Box]) -> LabelledLine | None:
    room = line.room
    label = _label_before(room, words) or _label_above(room, words)
    if label is None:
        return None
    text = " ".join(word.text for word in label)
    own = set(map(id, label))
    others = [word for word in words if id(word) not in own and not _DRAWN.fullmatch(word.text)]
    printed = tuple(word for word in others if room.holds_middle(word.box))
    if printed:  # a line as long as the words on it underlines them
        around = reduce(Box.joined, (word.box for word in printed))
        if abs(around.x - room.x) < _SAME_EDGE and abs(around.right - room.right) < _SAME_EDGE:
            return None
    return LabelledLine(
        label=_LINE_END.sub("", text).rstrip(" :\u00a0"),
        words=label,
        room=room,
        printed=printed,
        is_free=line.is_free,
        is_seen=line.is_seen,
        height=_height(room, others, rooms),
    )


def _label_before(room: Box, words: Sequence[FoundWord]) -> tuple[FoundWord, ...] | None:
    """Find the label on the level of a line, left of where the line begins."""
    left, end, top, bottom = room.x - _FURTHEST, room.x, room.y, room.bottom + _BELOW
    level = [word for word in words if left < word.box.x < end and top < word.box.bottom < bottom]
    label: list[FoundWord] = []
    reach = _REACH
    for word in sorted(level, key=lambda word: -word.box.x):
        if end - word.box.right > reach or len(label) == _LONGEST_LABEL:
            break
        label.insert(0, word)
        end, reach = word.box.x, _SPACE
    return tuple(label) if label and _is_label(label) else None


def _label_above(room: Box, words: Sequence[FoundWord]) -> tuple[FoundWord, ...] | None:
    """Find the label above a line: the last row of words, if its first ones are a label that begins with the line."""
    left, top, right, bottom = room.x - _INDENT, room.y - _ABOVE, room.right, room.y + _BASE
    above = (word for word in words if left <= word.box.x <= right and top < word.box.bottom < bottom)
    rows = grouped((word.line, word) for word in above)
    if not rows:
        return None
    words = max(rows.values(), key=lambda row: max(word.box.bottom for word in row))
    lowest = max(words, key=lambda word: word.box.bottom)  # PDFium takes a heading and what is below it for one line
    row = sorted((word for word in words if word.box.bottom > lowest.box.y), key=lambda word: word.box.x)
    gaps = [at for at, (one, two) in enumerate(pairwise(row), 1) if two.box.x - one.box.right > _SPACE]
    label = row[: gaps[0]] if gaps else row  # what stands at the other end of the row is a hint
    begins = label[0].box.x < room.x + _INDENT
    text = " ".join(word.text for word in label)
    is_asking = text.endswith(":") or (asks_anything(_WHOSE.sub("", text, 1)) and not text.endswith(_SENTENCE))
    return tuple(label) if begins and len(label) <= _LONGEST_LABEL and is_asking else None


def _is_label(words: Sequence[FoundWord]) -> bool:
    """Check whether words are a label, such as « Adresse : » or « Mot de passe »; other signs make a sentence."""
    if any(word.text.endswith(_SENTENCE) and not _LINE_END.search(word.text) for word in words):
        return False
    text = _LINE_END.sub("", " ".join(word.text for word in words)).rstrip()
    return text.find(":") == len(text) - 1 if ":" in text else asks_anything(text)


def _height(room: Box, words: Sequence[FoundWord], rooms: Sequence[Box]) -> Um:
    """Measure the blank height above a line, up to the next words or line."""
    base = room.bottom + _CLEAR
    above = [word.box.bottom for word in words if _is_over(word.box, room) and word.box.bottom <= base - mm(1)]
    above += [other.bottom + _CLEAR for other in rooms if _is_over(other, room) and other.bottom < room.bottom]
    return min(base - max(above, default=0), room.height + _SEEN)


def _is_over(box: Box, room: Box) -> bool:
    return box.x < room.right and room.x < box.right
