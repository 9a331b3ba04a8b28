"""Find the sentences of a page that somebody may write anew, and read them as they are typed.

A sentence is a text of the program, by its name in the files of words, without a value of the campaign: what has one
is a fact. It is typed with its bold words between asterisks, and its line breaks as they are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import accumulate

from leaflet.faults import DataError, Fault, Place
from leaflet.geometry import Box, pt
from leaflet.layout.face import Face
from leaflet.layout.fonts import plain_zeros
from leaflet.layout.marks import Text

PREFIX = "words."  # of the field of a sentence, before its name
_TAG = re.compile(r"<[^>]+>")
_SHOWN = {"<strong>": "*", "</strong>": "*", "<br/>": "\n"}
_BOLD = re.compile(r"\*([^*\n]+)\*")
_AFTER = ".!?:…"  # a sentence may begin after one of these, too


def as_typed(text: str) -> str | None:
    """Return a text as it is typed; None if it has values, or markup that nobody types."""
    typed = _TAG.sub(lambda tag: _SHOWN.get(tag[0], tag[0]), text)
    return None if "{" in text or "<" in typed else unescape(typed).replace("'", "’")


def as_written(key: str, typed: str) -> str:
    """Return a text that was typed as files of words have it; one with braces is refused (M212)."""
    if braces := re.findall("[{}]", typed):
        unknown = ", ".join(braces)
        raise DataError([Fault("M212", Place(field=key), {"value": key.removeprefix(PREFIX), "unknown": unknown})])
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    return _BOLD.sub(r"<strong>\1</strong>", "<br/>".join(filter(None, lines)))


def find_sentences(face: Face, said: Mapping[str, str]) -> Iterator[tuple[str, Box]]:
    """Yield the fields of sentences with their places on a page, in reading order.

    Of `said`, which has the texts in the markup of the page by their names, those are found that no other is like.
    """
    texts = {name: _solid(typed.replace("*", "")) for name, text in said.items() if (typed := as_typed(text))}
    alone = {text for text, count in Counter(texts.values()).items() if count == 1}
    names = {text: name for name, text in texts.items() if text in alone and len(text) > 1}
    for placed in face.placed:
        marks = [mark for group in placed.piece.groups for mark in group.marks if isinstance(mark, Text)]
        parts = [_solid(plain_zeros(mark.text)) for mark in marks]
        starts, solid = [0, *accumulate(map(len, parts))], "".join(parts)
        found = ((match, name) for text, name in names.items() for match in re.finditer(re.escape(text), solid))
        for match, name in sorted(found, key=lambda one: one[0].start()):
            start, end = match.span()
            if all(at in starts or solid[at - 1] in _AFTER for at in (start, end)):
                those = [marks[at] for at in range(len(marks)) if starts[at] < end and starts[at + 1] > start]
                yield PREFIX + name, placed.locate(_around(those))


def _around(marks: list[Text]) -> Box:
    """Return the box around some texts, about as wide as they are."""
    left, top = min(mark.x for mark in marks), min(mark.y - pt(mark.size) for mark in marks)
    right = max(mark.x + pt(mark.size * len(mark.text) / 2) for mark in marks)
    bottom = max(mark.y + pt(mark.size / 4) for mark in marks)
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _solid(text: str) -> str:
    """Return a text without what is set otherwise: spaces, and the form of apostrophes."""
    return "".join(text.split()).replace("’", "'")
