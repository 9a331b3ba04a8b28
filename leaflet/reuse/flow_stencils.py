"""The markup of a text stencil, parsed once with its holes.

A hole in text, or between the quotes of an attribute, cannot change how the markup around it is read, as long as no
tag and no quote is filled in. Such a hole keeps its place in a block; all other markup is parsed as a whole.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import LeafletError
from leaflet.files.bounded_cache import BoundedCache
from leaflet.layout.page import SPARED
from leaflet.markup.flow import Container, parse_flow, plain
from leaflet.markup.parse import Element, collapse_spaces, parse_blocks
from leaflet.markup.vocabulary import INLINE
from leaflet.reuse.traced_template import FilledText, TextStencil

_STENCILS = 512  # stencils kept, of flows, of pages and of blocks: a template has a few for each académie
_FIRST, _LAST = 0xF0000, 0xFFFFD  # characters that mark holes while a stencil is parsed: private use, plane 15
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_ACTIVE = re.compile("[<>\"'\x00-\x1f\ud800-\udfff\ufffe\uffff]|&(?!(?:amp|lt|gt|#34|#39);)|" + _MARK.pattern)
_TAG = re.compile(r"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
_QUOTED = re.compile(r'"[^"]*"')
_HALF_ENTITY = re.compile(r"&[#\w]*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class BlockStencil:
    """The source of a block, with holes; compared by identity."""

    source: TextStencil  # the text
    element: "ElementStencil | None" = field(init=False, repr=False)  # None if holes are not in its texts alone

    def __post_init__(self) -> None:
        stencil, source = None, self.source
        with suppress(LeafletError):
            (element,) = parse_blocks(source.fill([chr(_FIRST + number) for number in range(len(source.texts) - 1)]))
            stencil = _element_stencil(element)
        object.__setattr__(self, "element", stencil if isinstance(stencil, ElementStencil) else None)


class FilledBlock(NamedTuple):
    """A block of one record: a stencil, and what stands in its holes."""

    stencil: BlockStencil
    values: tuple[str, ...]

    @property
    def source(self) -> str:
        """The markup of the block."""
        return self.stencil.source.fill(self.values)

    def parse(self) -> Element:
        """Return the element, as `parse_blocks` reads it."""
        stencil = self.stencil.element
        return (stencil.fill(self.values) if stencil else None) or parse_blocks(self.source)[0]


class BlockHole(str):
    """A hole in a page for a variable block: `number` is its number on the page.

    The text is its start tag. Behind it stands the beginning of each attribute of the block that marks words as ones
    that can be spared, for copy-fit lays such a block out anew at each step.
    """

    __slots__ = ("number",)
    number: int

    def __new__(cls, start: str, number: int) -> "BlockHole":
        """Make a hole."""
        hole = super().__new__(cls, start)
        hole.number = number
        return hole


class PageStencil(Struct, frozen=True, eq=False):
    """A page as a container with a `BlockHole` for each variable block; compared by identity."""

    container: Container


class FilledPage(NamedTuple):
    """A page of one record."""

    stencil: PageStencil
    blocks: tuple[FilledBlock, ...]


class _PageHoles(NamedTuple):
    """A page of a flow stencil: its variable blocks, each with the numbers of the holes in it."""

    stencil: PageStencil
    blocks: tuple[tuple[BlockStencil, tuple[int, ...]], ...]

    def fill(self, values: Sequence[str]) -> FilledPage:
        """Return the page of a record; `values` are those of the whole flow."""
        blocks = [FilledBlock(block, tuple([values[hole] for hole in holes])) for block, holes in self.blocks]
        return FilledPage(self.stencil, tuple(blocks))


class FlowStencil(Struct, frozen=True, eq=False):
    """A flow with holes; its title as texts and numbers of holes. Compared by identity."""

    title: tuple[str | int, ...]
    pages: tuple[_PageHoles, ...]


class FilledFlow(NamedTuple):
    """The flow of one record."""

    title: str
    pages: tuple[FilledPage, ...]


class FlowReader:
    """A parser of rendered markup that remembers the stencils of flows, of pages and of blocks."""

    def __init__(self) -> None:
        self._flow_stencil = lru_cache(maxsize=_STENCILS)(self._parse)
        self._block_stencil = lru_cache(maxsize=_STENCILS)(lambda texts: BlockStencil(TextStencil(texts)))
        self._page_stencils: BoundedCache[Hashable, PageStencil] = BoundedCache(_STENCILS)

    def parse(self, filled: FilledText) -> FilledFlow | Container:
        """Parse the markup of a record; where its stencil cannot be parsed with holes, as `parse_flow` does."""
        values = filled.values
        stencil = self._flow_stencil(filled.stencil) if values else None
        if stencil is None or _ACTIVE.search(" ".join(values)):
            return parse_flow(filled.text)
        texts = plain_values(values)
        title = "".join([part if isinstance(part, str) else texts[part] for part in stencil.title])
        return FilledFlow(title, tuple([page.fill(values) for page in stencil.pages]))

    def _parse(self, text: TextStencil) -> FlowStencil | None:
        """Parse a stencil; None if a hole stands where what is filled in could change how markup is read."""
        marked = _mark_holes(text)
        if marked is None:
            return None
        try:
            leaflet = parse_flow(marked)
        except LeafletError:  # perhaps because of a mark
            return None
        pages = [self._page(page) for page in leaflet.children if isinstance(page, Container)]
        whole = tuple(page for page in pages if page is not None)
        if len(whole) < len(pages) or _MARK.search(leaflet.at):
            return None
        return FlowStencil(_split_at_marks(leaflet.attributes["title"]), whole)

    def _page(self, page: Container) -> _PageHoles | None:
        """Cut the variable blocks out of a page; None if a hole stands in a container's attribute."""
        blocks: list[tuple[BlockStencil, tuple[int, ...]]] = []

        def cut(source: str) -> str:
            """Replace a variable block by a hole."""
            if not _MARK.search(source):
                return source
            holes = tuple(ord(mark) - _FIRST for mark in _MARK.findall(source))
            blocks.append((self._block_stencil(tuple(_MARK.split(source))), holes))
            start = _MARK.sub("", source[: source.find(">") + 1])
            return BlockHole(start + "".join(SPARED.findall(source)), len(blocks) - 1)

        container = _map_blocks(page, cut)
        if any(_has_mark(inner) for inner in _containers(container)):
            return None
        # one stencil of all equal containers, whatever flow they come from
        stencil = self._page_stencils.get_or_make(_content(container), lambda: PageStencil(container))
        return _PageHoles(stencil, tuple(blocks))


def _has_mark(element: Container | Element) -> bool:
    """Tell whether a hole stands in an attribute."""
    return any(map(_MARK.search, (element.at, *element.attributes, *element.attributes.values())))


def _mark_holes(text: TextStencil) -> str | None:
    """Put a character in each hole; None if a hole stands in a name, or in what is neither tag nor text."""
    texts = text.texts
    if len(texts) > _LAST - _FIRST or any(_MARK.search(part) or _HALF_ENTITY.search(part) for part in texts):
        return None
    marked = text.fill([chr(_FIRST + number) for number in range(len(texts) - 1)])
    for tag in _TAG.findall(marked):
        bare = _QUOTED.sub("", tag)
        if _MARK.search(bare) or (_MARK.search(tag) and "'" in bare):
            return None
    return None if "<" in _TAG.sub("", marked) or "<!" in marked or "<?" in marked else marked


def _split_at_marks(marked: str) -> tuple[str | int, ...]:
    """Split a text into texts and numbers of holes."""
    texts, marks = _MARK.split(marked), _MARK.findall(marked)
    parts: list[str | int] = [texts[0]]
    for mark, text in zip(marks, texts[1:], strict=True):
        parts += [ord(mark) - _FIRST, text]
    return tuple(parts)


def _map_blocks(container: Container, change: Callable[[str], str]) -> Container:
    """Return a copy of a container with each block changed."""
    children = [
        _map_blocks(child, change) if isinstance(child, Container) else change(child) for child in container.children
    ]
    return Container(container.tag, container.attributes, container.at, children)


def _containers(container: Container) -> Iterator[Container]:
    yield container
    for child in container.children:
        if isinstance(child, Container):
            yield from _containers(child)


def _content(container: Container) -> Hashable:
    children = tuple(_content(c) if isinstance(c, Container) else (type(c), c) for c in container.children)
    return container.tag, container.at, tuple(container.attributes.items()), children


def plain_values(values: Iterable[str]) -> list[str]:
    """Return values as a reader sees them, without entities."""
    return [plain(value) if "&" in value else value for value in values]


class TextWithHoles(NamedTuple):
    """A text with holes."""

    parts: tuple[str | int, ...]  # texts and numbers of holes
    first: bool  # it begins its element, and so has no white space there
    last: bool

    def fill(self, values: Sequence[str]) -> str:
        """Return the text with its holes filled."""
        text = "".join([part if isinstance(part, str) else values[part] for part in self.parts])
        text = collapse_spaces(text) if "  " in text else text  # else it is collapsed already, or in no hole
        text = text.lstrip(" ") if self.first else text
        return text.rstrip(" ") if self.last else text


class ElementStencil(NamedTuple):
    """An element with holes in its texts."""

    tag: str
    attributes: dict[str, str]
    children: "tuple[Element | str | TextWithHoles | ElementStencil, ...]"
    at: str

    def fill(self, values: Sequence[str]) -> Element | None:
        """Return the element with its holes filled; None where nothing stands, which is for the parser to judge."""
        texts = plain_values(values)
        return self.map(lambda text: text.fill(texts))

    def map(self, fill: Callable[[TextWithHoles], str | None]) -> Element | None:
        """Return the element with what `fill` makes of each text with holes; None if it makes nothing of one."""
        children: list[Element | str] = []
        for child in self.children:
            if isinstance(child, TextWithHoles):
                filled: Element | str | None = fill(child)
            else:
                filled = child.map(fill) if isinstance(child, ElementStencil) else child
            if not filled:
                return None
            children.append(filled)
        return Element(self.tag, self.attributes, tuple(children), self.at)

    @property
    def texts(self) -> Iterator[TextWithHoles]:
        """The texts with holes, in reading order."""
        for child in self.children:
            if isinstance(child, TextWithHoles):
                yield child
            elif isinstance(child, ElementStencil):
                yield from child.texts


def _element_stencil(element: Element) -> Element | ElementStencil | None:
    """Return an element as a stencil; itself if it has no holes, None if it has holes elsewhere than in text."""
    if _has_mark(element):
        return None
    ends = element.tag not in INLINE
    last = len(element.children) - 1
    children: list[Element | str | TextWithHoles | ElementStencil] = []
    for index, child in enumerate(element.children):
        made: Element | str | TextWithHoles | ElementStencil | None = child
        if isinstance(child, Element):
            made = _element_stencil(child)
        elif _MARK.search(child):
            made = TextWithHoles(_split_at_marks(child), ends and index == 0, ends and index == last)
        if made is None:
            return None
        children.append(made)
    if all(made is child for made, child in zip(children, element.children, strict=True)):
        return element
    return ElementStencil(element.tag, dict(element.attributes), tuple(children), element.at)
