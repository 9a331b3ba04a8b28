"""XML of a spreadsheet, parsed in a stream: no tree, no document type, no entity, nothing that grows.

The parser is defusedxml's; only its handlers are ours, because a list of 100,000 rows has some five million tags.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from leaflet.faults import fail
from leaflet.tables.archive import Archive

_TOKEN = 1_000_000  # bytes of one tag; expat keeps an unfinished one in memory
_DEPTH = 100

Start = Callable[[str, list[str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Element(NamedTuple):
    """The start of an element: local name, that of its parent, attributes by local name."""

    name: str
    parent: str
    attributes: dict[str, str]


class _Nothing:
    """What a parser builds when its handlers are replaced."""

    def close(self) -> None: ...


class MarkupStream:
    """One part of a spreadsheet on its way through the parser.

    Args:
        start: called with a name as ``namespace}local`` and the attributes, names and values by turns.
    """

    def __init__(self, archive: Archive, part: str, *, start: Start, end: End, text: Text | None = None) -> None:
        self._archive, self._part = archive, part
        guarded = DefusedXMLParser(target=_Nothing(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
        self.expat: Any = guarded.parser
        self.expat.DefaultHandlerExpand = None
        self.expat.StartElementHandler = start
        self.expat.EndElementHandler = end
        self.expat.CharacterDataHandler = text
        self.chunks = archive.chunks(part)
        self.unparsed = b""  # the chunk in which a handler stopped the parser
        self.fed = 0  # bytes before it

    def feed(self) -> Iterator[None]:
        """Parse chunk by chunk; a turn for the caller after each.

        Raises:
            DataError: T130 it is no XML, T135 it has a document type or entities.
        """
        try:
            for chunk in self.chunks:
                if not self.fed and b"\0" in chunk[:4]:  # UTF-16, which no spreadsheet writes
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


def elements(archive: Archive, part: str) -> Iterator[Element]:
    """The starts of all elements of a small part, in order."""
    found: list[Element] = []
    path = [""]

    def start(name: str, attributes: list[str]) -> None:
        local = local_name(name)
        if len(path) > _DEPTH:
            raise archive.damaged(part)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        found.append(Element(local, path[-1], {local_name(key): value for key, value in pairs}))
        path.append(local)

    def end(name: str) -> None:
        path.pop()

    stream = MarkupStream(archive, part, start=start, end=end)
    for _ in stream.feed():
        yield from found
        found.clear()


def local_name(name: str) -> str:
    """``row`` of ``http://…}row``."""
    return name.rpartition("}")[2]
