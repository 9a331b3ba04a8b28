"""Parse the markup of a block into `Element` values, checked against the vocabulary.

Every element remembers the template file and line it comes from: ``render`` writes them into the attribute
`LINE_ATTRIBUTE`, which authors never see.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from msgspec import Struct, field

from leaflet.confidential import find_asked_secret
from leaflet.faults import Place, fail
from leaflet.markup.vocabulary import BLOCKS, CLASSES, INLINE, MAY_BE_EMPTY, TOP_BLOCKS, VALUES, WORDS, stands

LINE_ATTRIBUTE = "at"
MOST_LEVELS = 12  # of elements in one another; six are of use
_ROOT = "run"
_WHITE = re.compile(r"[ \n\t\r]+")


class Element(NamedTuple):  # a tuple, because every record makes some
    """A word of the vocabulary with its attributes, its children (elements and text) and where it was written."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...]
    at: str  # ``file:line`` of the template

    @property
    def elements(self) -> tuple["Element", ...]:
        """The children that are elements."""
        return tuple([child for child in self.children if isinstance(child, Element)])

    @property
    def text(self) -> str:
        """All text inside, in reading order."""
        if len(self.children) == 1 and isinstance(self.children[0], str):
            return self.children[0]
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def kept(self, spare: int, pages: str) -> "Element":
        """Return the element without what is left out inside it, as `stands` tells."""
        children: list[Element | str] = []
        for child in self.children:
            if not isinstance(child, Element):
                children.append(child)
            elif stands(child.attributes, spare, pages):
                children.append(child.kept(spare, pages))
        return self._replace(children=tuple(children))

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all below it, in reading order."""
        yield self
        for child in self.elements:
            yield from child.walk()


def place_of(at: str) -> Place:
    """Return the place in a template that an `Element.at` names."""
    file, _, line = at.rpartition(":")
    return Place(file=file, line=int(line)) if line.isdigit() else Place(file=at or None)


class _OpenTag(Struct):
    tag: str
    attributes: dict[str, str]
    at: str
    children: list[Element | str] = field(default_factory=list)


class _Reader:
    """A stack of open elements, kept by expat's callbacks; each element is checked as it opens."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.stack = [_OpenTag(_ROOT, {}, "")]
        self.last_at = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        at = attributes.pop(LINE_ATTRIBUTE, self.last_at)
        self.last_at = at
        if len(self.stack) > MOST_LEVELS:
            raise fail("M413", place_of(at), allowed=MOST_LEVELS)
        _check_start(tag, attributes, self.stack[-1].tag, at)
        self.stack.append(_OpenTag(tag, attributes, at))

    def end(self, tag: str) -> None:
        """Close an element."""
        done = self.stack.pop()
        content = WORDS[done.tag].content if done.tag != _ROOT else "inline"
        loose = [child.strip() for child in done.children if isinstance(child, str) and child.strip()]
        if content != "inline" and loose:
            raise fail("M106", place_of(done.at), text=loose[0])
        children = _tidy(done)
        is_wrong = done.tag in BLOCKS and WORDS[done.tag].content != "empty" and done.tag not in MAY_BE_EMPTY
        if not children and is_wrong:
            raise fail("M110", place_of(done.at), element=done.tag)
        element = Element(done.tag, done.attributes, children, done.at)
        if done.tag == "hint":
            _check_label(element.text, done.at)
        self.stack[-1].children.append(element)

    def text(self, text: str) -> None:
        """Add text to the innermost open element."""
        children = self.stack[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)


@lru_cache(maxsize=256)
def parse_blocks(source: str) -> tuple[Element, ...]:
    """Parse markup into its top-level elements."""
    reader = _Reader()
    _read(reader, source)
    run = reader.stack[0].children[0]
    assert isinstance(run, Element)
    for child in run.children:
        if isinstance(child, str) and child.strip():
            raise fail("M106", place_of(reader.last_at), text=child.strip())
    return run.elements


def split_blocks(source: str, at: str = "") -> tuple[str, ...]:
    """Split markup into the source of each top-level element; `at` is where its container was written."""
    splitter = _Splitter(at)
    data = _read(splitter, source)
    ends = [*splitter.starts[1:], len(data) - len(_ROOT) - 3]
    return tuple(data[a:b].decode().strip() for a, b in zip(splitter.starts, ends, strict=True))


class _Splitter:
    """A finder of where top-level elements begin; one ends where the next begins."""

    parser: expat.XMLParserType

    def __init__(self, at: str) -> None:
        self.starts: list[int] = []
        self.last_at, self.stack = at, list[_OpenTag]()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where a top-level element begins."""
        self.last_at = attributes.get(LINE_ATTRIBUTE, self.last_at)
        if len(self.stack) == 1:
            self.starts.append(self.parser.CurrentByteIndex)
            if tag not in TOP_BLOCKS:
                code, known = "M103" if tag in WORDS else "M101", _known(TOP_BLOCKS)
                raise fail(code, place_of(self.last_at), element=tag, parent="page", known=known)
        self.stack.append(_OpenTag(tag, {}, self.last_at))

    def end(self, tag: str) -> None:
        """Leave an element."""
        self.stack.pop()

    def text(self, text: str) -> None:
        """Refuse text between elements."""
        if len(self.stack) == 1 and text.strip():
            raise fail("M106", place_of(self.last_at), text=text.strip())


def _read(reader: _Reader | _Splitter, source: str) -> bytes:
    """Hand markup within a root element to the callbacks of a reader; return it."""
    parser = reader.parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler, parser.buffer_text = reader.text, True
    data = f"<{_ROOT}>{source}</{_ROOT}>".encode()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        problem, at = expat.ErrorString(error.code), reader.last_at
        if problem == expat.errors.XML_ERROR_TAG_MISMATCH:
            opened, closed = reader.stack[-1], data[parser.ErrorByteIndex :].partition(b">")[0].decode()
            if opened.tag == _ROOT:
                problem = f"</{closed}> closes nothing"
            else:
                how = "is not closed" if closed == _ROOT else f"is closed by </{closed}>"
                problem, at = f"<{opened.tag}> {how}", opened.at
        raise fail("M105", place_of(at), problem=problem) from None
    finally:
        del reader.parser  # it holds the reader's methods: without this each run would leave a cycle behind
    return data


def _check_start(tag: str, attributes: dict[str, str], parent: str, at: str) -> None:
    if tag == _ROOT:
        return
    word = BLOCKS.get(tag) or INLINE.get(tag)
    if word is None:
        raise fail("M101", place_of(at), element=tag, known=_known(BLOCKS | INLINE))
    given = attributes.keys()
    if not given <= word.attributes:
        allowed = _known(word.attributes) or "–"
        raise fail("M102", place_of(at), element=tag, attribute=min(given - word.attributes), known=allowed)
    if not word.required <= given:
        raise fail("M104", place_of(at), element=tag, attribute=min(word.required - given))
    if tag not in (children := _children_of(parent)):
        raise fail("M103", place_of(at), element=tag, parent=parent, known=_known(children))
    _check_values(tag, attributes, at)
    if tag == "blank":
        for name in ("label", "short", "shortest", "unit"):
            _check_label(attributes.get(name, ""), at)


def _check_values(tag: str, attributes: Mapping[str, str], at: str) -> None:
    allowed = {"class": CLASSES.get(tag, frozenset()), **VALUES}
    for name in allowed.keys() & attributes.keys():
        if attributes[name] not in allowed[name]:
            raise fail("M107", place_of(at), attribute=name, value=attributes[name], known=_known(allowed[name]))


def _check_label(label: str, at: str) -> None:
    """Check that what stands beside a writing line asks for nothing that a leaflet must not hold."""
    if asked := find_asked_secret(label):
        raise fail("M207", place_of(at), asked=asked)


def _children_of(parent: str) -> frozenset[str]:
    if parent == _ROOT:
        return TOP_BLOCKS
    word = WORDS[parent]
    return frozenset(INLINE) if word.content == "inline" else word.only


def _tidy(done: _OpenTag) -> tuple[Element | str, ...]:
    """Drop the white space between blocks; inside text collapse it as HTML does (no-break spaces stay)."""
    if done.tag == _ROOT or WORDS[done.tag].content != "inline":
        return tuple(child for child in done.children if not isinstance(child, str))
    folded = [collapse_spaces(child) if isinstance(child, str) else child for child in done.children]
    if done.tag not in INLINE:
        if folded and isinstance(folded[0], str):
            folded[0] = folded[0].lstrip(" ")
        if folded and isinstance(folded[-1], str):
            folded[-1] = folded[-1].rstrip(" ")
    return tuple(child for child in folded if child != "")


def collapse_spaces(text: str) -> str:
    """Fold white space as HTML does: one space for any amount (no-break spaces stay)."""
    return _WHITE.sub(" ", text)


def _known(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
