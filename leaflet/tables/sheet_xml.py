"""Parse the XML of spreadsheets as a stream: no tree, no document types, no entities, so memory is bounded.

The parser is defusedxml's. Only the handlers are ours, because a list of 100,000 rows has some five million tags.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from leaflet.faults import fail
from leaflet.tables.sheet_archive import Archive

_TOKEN = 1_000_000  # bytes of one tag, which expat has in memory until the tag is finished
_DEPTH = 100
_PLACE = 9  # digits of the number of a place; Python refuses to convert some thousands
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"'>]*)")
_ENCODINGS = (b"utf-8", b"us-ascii", b"iso-8859-1")

Start = Callable[[str, list[str]], None]
End = Callable[[str], None]


class StartTag(NamedTuple):
    """The start of an element: its local name, that of its parent, and its attributes by local name."""

    name: str
    parent: str
    attributes: dict[str, str]


class _NoTree:
    """A target for the parser, which builds nothing because its handlers are replaced."""

    def close(self) -> None:
        """Do nothing."""


class MarkupStream:
    """One part of a spreadsheet that is being parsed.

    `start` is called for each start tag, with its name as ``namespace}local`` and a list in which names and values of
    its attributes alternate; `end` for each end tag, with its name.
    """

    def __init__(self, archive: Archive, part: str, *, start: Start, end: End) -> None:
        self._archive, self._part = archive, part
        guarded = DefusedXMLParser(target=_NoTree(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
        self.expat: Any = guarded.parser
        self.expat.DefaultHandlerExpand = None
        self.expat.StartElementHandler = start
        self.expat.EndElementHandler = end
        self.expat.CharacterDataHandler = None  # set by the handlers where text counts
        self.chunks = archive.chunks(part)
        self.unparsed = b""  # the chunk in which a handler stopped the parser
        self.fed = 0  # bytes before it

    def feed(self) -> Iterator[None]:
        """Parse chunk by chunk, and yield after each (T130 the part is no XML, T135 it has a document type)."""
        try:
            for chunk in self.chunks:
                # an encoding that expat knows by itself, but UTF-16, or none
                named = None if self.fed else _ENCODING.match(chunk)
                if (not self.fed and b"\0" in chunk[:4]) or (named and named[1].lower() not in _ENCODINGS):
                    raise self._archive.damaged(self._part)
                self.unparsed = chunk
                self.expat.Parse(chunk, False)
                self.fed += len(chunk)
                if self.fed - max(self.expat.CurrentByteIndex, 0) > _TOKEN:
                    raise self._archive.damaged(self._part)
                yield
            self.expat.Parse(b"", True)
        except DefusedXmlException:
            raise fail("T135", self._archive.place, part=self._part) from None
        except (expat.ExpatError, UnicodeError):
            raise self._archive.damaged(self._part) from None
        yield


def elements(archive: Archive, part: str) -> Iterator[StartTag]:
    """Yield the starts of all elements of a small part, in order."""
    found: list[StartTag] = []
    path = [""]

    def start(name: str, attributes: list[str]) -> None:
        local = local_name(name)
        if len(path) > _DEPTH:
            raise archive.damaged(part)
        values = {local_name(key): value for key, value in pair_attributes(attributes).items()}
        found.append(StartTag(local, path[-1], values))
        path.append(local)

    def end(_name: str) -> None:
        path.pop()

    for _ in MarkupStream(archive, part, start=start, end=end).feed():
        yield from found
        found.clear()


def pair_attributes(attributes: list[str]) -> dict[str, str]:
    """Return the attributes of a start tag by their names, as ``namespace}local``."""
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def place_number(text: str) -> int | None:
    """Return the number of a row, a column or a text; None for what is none, or longer than any of them."""
    return int(text) if text.isdecimal() and len(text) <= _PLACE else None


def local_name(name: str) -> str:
    """Return the local name of ``namespace}local``."""
    return name.rpartition("}")[2]
