"""Find where a word that is wider than its column may be cut: an address, or a word with hyphens or dots.

A registrable domain is never cut, because readers know by it whose address it is.
"""

import re
from collections.abc import Iterator, Sequence

from leaflet.layout.spans import STRONG_LINK, Span

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
