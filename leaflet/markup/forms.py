"""The flow of a form, parsed once with its gaps: records with the same form have most of their pages in common.

What stands in a gap cannot change how the markup around it is read, if the gap is in text or between the quotes of
an attribute, and what stands in it has neither tags nor quotes. Such a gap keeps its place in a piece; everything
else is parsed as a whole.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import LeafletError
from leaflet.markup.flow import Container, parse_flow, plain
from leaflet.markup.parse import Element, fold, parse_run
from leaflet.markup.paths import Form, Rendered
from leaflet.markup.vocabulary import INLINE

_FORMS = 512  # forms remembered, of flows and of pieces: a template has a few for each académie
_FIRST, _LAST = 0xF0000, 0xFFFFD  # characters that mark gaps while a form is parsed: private use, plane 15
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_ACTIVE = re.compile("[<>\"'\x00-\x1f\ud800-\udfff\ufffe\uffff]|&(?!(?:amp|lt|gt|#34|#39);)|" + _MARK.pattern)
_TAG = re.compile(r"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
_QUOTED = re.compile(r'"[^"]*"')
_HALF_ENTITY = re.compile(r"&[#\w]*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class PieceForm:
    """The source of a piece, with gaps; compared by identity."""

    form: Form
    template: "PieceTemplate | None" = field(init=False, repr=False)
    """Its element with gaps in the text; None if it has gaps elsewhere."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "template", _read_template(self.form))


class Filled(NamedTuple):
    """A piece of one record: a form, and what stands in its gaps."""

    form: PieceForm
    gaps: tuple[str, ...]

    @property
    def source(self) -> str:
        return self.form.form.fill(self.gaps)

    def parse(self) -> Element:
        """Its element, as `parse_run` reads it.

        Raises:
            TemplateError: as `parse_run`.
        """
        template = self.form.template
        element = template.fill(self.gaps) if template else None
        return element or parse_run(self.source)[0]


class Own(str):
    """In the place of a piece that each record has of its own: how its source begins, and its number on the page."""

    __slots__ = ("number",)
    number: int

    def __new__(cls, start: str, number: int) -> "Own":
        own = super().__new__(cls, start)
        own.number = number
        return own


class Skeleton(Struct, frozen=True, eq=False):
    """What pages of records have in common: a container, with `Own` for what they have not. Compared by identity."""

    container: Container


class Page(NamedTuple):
    """A page of one record."""

    skeleton: Skeleton
    own: tuple[Filled, ...]


class PageForm(NamedTuple):
    """A page of a form: its own pieces, each with the numbers of the gaps in it."""

    skeleton: Skeleton
    own: tuple[tuple[PieceForm, tuple[int, ...]], ...]


class FlowForm(Struct, frozen=True, eq=False):
    """The flow of a form, the title as texts and numbers of gaps; compared by identity."""

    title: tuple[str | int, ...]
    pages: tuple[PageForm, ...]


class Flow(NamedTuple):
    """A record's flow: a form, and what stands in its gaps."""

    title: str
    form: FlowForm
    gaps: tuple[str, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        gaps = self.gaps
        return tuple(
            [
                Page(skeleton, tuple([Filled(piece, tuple([gaps[n] for n in numbers])) for piece, numbers in own]))
                for skeleton, own in self.form.pages
            ]
        )


class FlowReader:
    """Reads what a template rendered, and remembers forms: their flows, their pages, their pieces."""

    def __init__(self) -> None:
        self._read_form = lru_cache(maxsize=_FORMS)(self._parse)
        self._pieces = lru_cache(maxsize=_FORMS)(_piece_form)
        self._skeletons: dict[Hashable, Skeleton] = {}

    def read(self, rendered: Rendered) -> Flow | Container:
        """The flow of a record; as `parse_flow` gives it where the form cannot be read with its gaps.

        Raises:
            TemplateError: as `parse_flow`.
        """
        gaps = rendered.gaps
        form = self._read_form(rendered.form) if gaps else None
        if form is None or _ACTIVE.search(" ".join(gaps)):
            return parse_flow(rendered.text)
        title = "".join([part if isinstance(part, str) else plain(gaps[part]) for part in form.title])
        return Flow(title, form, gaps)

    def _parse(self, form: Form) -> FlowForm | None:
        """None if a gap stands where what is in it could change how markup is read."""
        marked = _marked(form)
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
        return FlowForm(_parts(leaflet.attributes["title"]), whole)

    def _page(self, page: Container) -> PageForm | None:
        own: list[tuple[PieceForm, tuple[int, ...]]] = []

        def take(source: str) -> str:
            if not _MARK.search(source):
                return source
            numbers = tuple(ord(mark) - _FIRST for mark in _MARK.findall(source))
            own.append((self._pieces(tuple(_MARK.split(source))), numbers))
            return Own(_MARK.split(source)[0], len(own) - 1)

        container = _replaced(page, take)
        if any(_has_mark(inner) for inner in _containers(container)):
            return None
        return PageForm(self._skeleton(container), tuple(own))

    def _skeleton(self, container: Container) -> Skeleton:
        """The same for equal containers, whatever form they come from."""
        key = _content(container)
        if key not in self._skeletons and len(self._skeletons) == _FORMS:
            self._skeletons.pop(next(iter(self._skeletons)))
        return self._skeletons.setdefault(key, Skeleton(container))


def _has_mark(element: Container | Element) -> bool:
    """Whether a gap stands in an attribute."""
    return any(map(_MARK.search, (element.at, *element.attributes, *element.attributes.values())))


def _piece_form(texts: tuple[str, ...]) -> PieceForm:
    return PieceForm(Form(texts))


def _marked(form: Form) -> str | None:
    """The form with a character for each gap; None if a gap stands in a name, or in what is no tag and no text."""
    texts = form.texts
    if len(texts) > _LAST - _FIRST or any(_MARK.search(text) or _HALF_ENTITY.search(text) for text in texts):
        return None
    marked = form.fill([chr(_FIRST + number) for number in range(len(texts) - 1)])
    for tag in _TAG.findall(marked):
        bare = _QUOTED.sub("", tag)
        if _MARK.search(bare) or (_MARK.search(tag) and "'" in bare):
            return None
    return None if "<" in _TAG.sub("", marked) or "<!" in marked or "<?" in marked else marked


def _parts(marked: str) -> tuple[str | int, ...]:
    """Texts and numbers of gaps."""
    texts, marks = _MARK.split(marked), _MARK.findall(marked)
    parts: list[str | int] = [texts[0]]
    for mark, text in zip(marks, texts[1:], strict=True):
        parts += [ord(mark) - _FIRST, text]
    return tuple(parts)


def _replaced(container: Container, take: Callable[[str], str]) -> Container:
    """The same container with other pieces."""
    children = [
        _replaced(child, take) if isinstance(child, Container) else take(child) for child in container.children
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


def plain_gaps(gaps: Iterable[str]) -> list[str]:
    """What stands in gaps as a reader sees it, without entities."""
    return [plain(gap) if "&" in gap else gap for gap in gaps]


class GapText(NamedTuple):
    """Text with gaps; at the start or the end of its element it has no white space there."""

    parts: tuple[str | int, ...]
    first: bool
    last: bool

    def fill(self, gaps: Sequence[str]) -> str:
        text = "".join([part if isinstance(part, str) else gaps[part] for part in self.parts])
        text = fold(text) if "  " in text else text  # all other white space is folded already, or in no gap
        text = text.lstrip(" ") if self.first else text
        return text.rstrip(" ") if self.last else text


class PieceTemplate(NamedTuple):
    """An element with gaps in its text."""

    tag: str
    attributes: dict[str, str]
    children: "tuple[Element | str | GapText | PieceTemplate, ...]"
    at: str

    def fill(self, gaps: Sequence[str]) -> Element | None:
        """The element with its gaps filled; None where nothing stands: that is for the parser to judge."""
        texts = plain_gaps(gaps)
        return self.map(lambda text: text.fill(texts))

    def map(self, fill: Callable[[GapText], str | None]) -> Element | None:
        """The element with what `fill` makes of its texts; None if it makes nothing of one."""
        children: list[Element | str] = []
        for child in self.children:
            if isinstance(child, GapText):
                filled: Element | str | None = fill(child)
            else:
                filled = child.map(fill) if isinstance(child, PieceTemplate) else child
            if not filled:
                return None
            children.append(filled)
        return Element(self.tag, self.attributes, tuple(children), self.at)

    @property
    def texts(self) -> Iterator[GapText]:
        """Its texts with gaps, in reading order."""
        for child in self.children:
            if isinstance(child, GapText):
                yield child
            elif isinstance(child, PieceTemplate):
                yield from child.texts


def _read_template(form: Form) -> PieceTemplate | None:
    try:
        (element,) = parse_run(form.fill([chr(_FIRST + number) for number in range(len(form.texts) - 1)]))
    except LeafletError:
        return None
    template = _template(element)
    return template if isinstance(template, PieceTemplate) else None


def _template(element: Element) -> Element | PieceTemplate | None:
    """The element itself if it has no gaps; None if it has gaps elsewhere than in text."""
    if _has_mark(element):
        return None
    ends = element.tag not in INLINE
    last = len(element.children) - 1
    children: list[Element | str | GapText | PieceTemplate] = []
    for index, child in enumerate(element.children):
        made: Element | str | GapText | PieceTemplate | None = child
        if isinstance(child, Element):
            made = _template(child)
        elif _MARK.search(child):
            made = GapText(_parts(child), ends and index == 0, ends and index == last)
        if made is None:
            return None
        children.append(made)
    if all(made is child for made, child in zip(children, element.children, strict=True)):
        return element
    return PieceTemplate(element.tag, dict(element.attributes), tuple(children), element.at)
