"""Pieces onto pages: the flow of a rendered template becomes faces with everything in its place.

A leaflet has as many pages as its template, and text that does not fit is set tighter, step by step, down to
the theme's floor; past it the record is an error. A theme whose pages "flow" takes as many as it needs instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leaflet.faults import RenderError, fail
from leaflet.fonts import FontBook
from leaflet.layout.blocks import lay_block, stretch
from leaflet.layout.lines import Span
from leaflet.layout.marks import Box
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, PictureSize, Setter
from leaflet.layout.theme import Style, Theme
from leaflet.markup.flow import Container
from leaflet.markup.parse import parse_run, place_of
from leaflet.units import Um, to_mm

_PIECES = 4096  # pieces kept; a build's shared ones number in the dozens, each record adds two or three
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_BEFORE = {
    "h2": "section",
    "h3": "section",
    "h4": "section",
    "columns": "block",
    "row": "heading",
    "step": "step",
    "p": "paragraph",
    "ul": "paragraph",
    "ol": "paragraph",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece at a place on a face (µm from its top left corner).

    Attributes:
        list_at: pieces with the same value are items of one list.
        artifact: repeated decoration, such as the footer of a further page.
    """

    piece: Piece
    x: Um
    y: Um
    list_at: str = ""
    artifact: bool = False

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.piece.width, self.piece.height)


@dataclass(frozen=True, slots=True)
class Face:
    """One page: its size in µm and what stands on it, in reading order."""

    width: Um
    height: Um
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A record, laid out. `step` is how far copy-fit had to go: 0 is the theme as designed."""

    title: str
    faces: tuple[Face, ...]
    step: int


@dataclass(slots=True)
class _Overflow(Exception):  # noqa: N818 - a signal between two functions here, never seen outside
    """A page is too short; `piece` is the first that does not fit, `missing` in µm."""

    piece: Piece
    missing: Um


class Compositor:
    """Lays records out for one build: fonts, theme and pictures are the same for all of them."""

    def __init__(self, book: FontBook, theme: Theme, pictures: dict[str, PictureSize]) -> None:
        self.theme = theme
        self._setters = [Setter(book, Style(theme, step), pictures) for step in range(len(theme.fit.type))]
        self._piece = lru_cache(maxsize=_PIECES)(self._lay)
        self._stretched = lru_cache(maxsize=_PIECES)(stretch)
        self._folio = lru_cache(maxsize=_PIECES)(self._lay_folio)

    def compose(self, flow: Container) -> Layout:
        """Place everything of a record.

        Raises:
            RenderError: it does not fit even at the tightest step, or a block cannot be laid out.
        """
        pages = [child for child in flow.children if isinstance(child, Container)]
        fitted = [self._fit(page, 0) for page in pages]
        step = max(step for step, _ in fitted)
        if any(self._type(other) != self._type(step) for other, _ in fitted):
            # one leaflet, one size of type: a page with room to spare keeps its spaces, not its larger letters
            first = next(s for s in range(step + 1) if self._type(s) == self._type(step))
            fitted = [self._fit(page, first) for page in pages]
        faces = [face for _, faces in fitted for face in faces]
        if self.theme.page.pages == "flow":
            faces = [self._numbered(face, number, len(faces)) for number, face in enumerate(faces, 1)]
        return Layout(flow.attributes["title"], tuple(faces), step)

    def _numbered(self, face: Face, number: int, total: int) -> Face:
        """A face with its page number at the foot, at the right."""
        page = self.theme.page
        folio = self._folio(number, total)
        placed = Placed(folio, page.margin, page.height - page.footer - folio.height, artifact=True)
        return Face(face.width, face.height, (*face.placed, placed))

    def _type(self, step: int) -> float:
        return self.theme.fit.type[step]

    def _fit(self, content: Container, first: int) -> tuple[int, list[Face]]:
        """The faces of a page container at the first step of copy-fit, from `first` on, that holds them."""
        steps = range(first, len(self._setters))
        for step in steps:
            try:
                return step, _Pages(self, self._setters[step], step).place(content)
            except _Overflow as overflow:
                if step == steps[-1]:
                    missing = f"{to_mm(overflow.missing):.1f}"
                    block = overflow.piece
                    raise fail("F101", place_of(block.at), block=block.name, missing_mm=missing) from None
            except RenderError as error:
                if step == steps[-1] or error.faults[0].code != "F102":
                    raise
        raise AssertionError("a theme has at least one step of copy-fit")

    def piece(self, source: str, width: Um, step: int) -> Piece:
        """The piece of a source text in a width, laid out at most once."""
        return self._piece(source, width, step)

    def stretched(self, piece: Piece, height: Um) -> Piece:
        return self._stretched(piece, height)

    def _lay(self, source: str, width: Um, step: int) -> Piece:
        return lay_block(self._setters[step], parse_run(source)[0], width)

    def _lay_folio(self, number: int, total: int) -> Piece:
        """« 2 / 5 »."""
        setter, page = self._setters[0], self.theme.page
        builder = Builder()
        look = setter.look("legal", setter.style.surface("page").quiet, align="right")
        width = page.width - 2 * page.margin
        spans: list[Span | None] = [Span(f"{number}\u00a0/\u00a0{total}", "regular")]
        height = setter.place_spans(builder, spans, "", Column(0, 0, width), look)
        return builder.piece("folio", "", width, height)


class _Pages:
    """Places the content of one page container at one step of copy-fit."""

    def __init__(self, compositor: Compositor, setter: Setter, step: int) -> None:
        self._compositor = compositor
        self._style = setter.style
        self._step = step
        self._page = setter.style.theme.page

    def place(self, content: Container) -> list[Face]:
        if self._page.pages == "flow":
            return _FlowingPages(self._compositor, self._style, self._step).place(content)
        return [self._fixed(content)]

    def _fixed(self, content: Container) -> Face:
        page = self._page
        bottom = content.find("bottom")
        top = [child for child in content.children if child is not bottom]
        placed, end = self._stack(top, page.margin, 0, page.width - 2 * page.margin)
        limit = page.height - page.margin
        if bottom is not None:
            below, height = self._stack(bottom.children, page.margin, 0, page.width - 2 * page.margin)
            shift = page.height - page.footer - height
            placed += [Placed(p.piece, p.x, p.y + shift, p.list_at) for p in below]
            limit = shift - self._style.space("block")
        if end > limit:
            last = next((p for p in placed if p.y + p.piece.height > limit), placed[-1])
            raise _Overflow(last.piece, end - limit)
        return Face(page.width, page.height, tuple(placed))

    def _stack(
        self, children: list[Container | str], x: Um, y: Um, width: Um, list_at: str = ""
    ) -> tuple[list[Placed], Um]:
        """Children one under the other from `y`; returns them placed, and where the last one ends."""
        placed: list[Placed] = []
        before = ""
        for child in children:
            if isinstance(child, Container):
                y += self._gap(before, child.tag)
                more, y = self._container(child, x, y, width)
                placed += more
                before = child.tag
                continue
            name = _name(child)
            if name == "banner":
                piece = self._compositor.piece(child, self._page.width, self._step)
                placed.append(Placed(piece, 0, y, list_at))
            else:
                y += self._gap(before, name)
                piece = self._compositor.piece(child, width, self._step)
                placed.append(Placed(piece, x, y, list_at))
            y += piece.height
            before = name
        return placed, y

    def _gap(self, before: str, name: str) -> Um:
        if not before:
            return 0
        if before == "banner":
            return self._style.space("section" if name in ("p", "columns") else "block")
        if before in _HEADINGS:
            return self._style.space("heading" if name == "p" else "paragraph")
        return self._style.space(_BEFORE.get(name, "block"))

    def _container(self, container: Container, x: Um, y: Um, width: Um) -> tuple[list[Placed], Um]:
        if container.tag == "columns":
            return self._columns(container, x, y, width)
        if container.tag == "row":
            return self._row(container, x, y, width)
        list_at = container.at if container.tag == "steps" else ""
        return self._stack(container.children, x, y, width, list_at)

    def _columns(self, container: Container, x: Um, y: Um, width: Um) -> tuple[list[Placed], Um]:
        side_width, gutter = self._page.side, self._page.gutter
        main_width = width - side_width - gutter
        placed: list[Placed] = []
        ends = [y]
        for child in container.children:
            assert isinstance(child, Container)
            is_side = child.tag == "side"
            left = x + main_width + gutter if is_side else x
            more, end = self._stack(child.children, left, y, side_width if is_side else main_width)
            placed += more
            ends.append(end)
        return placed, max(ends)

    def _row(self, container: Container, x: Um, y: Um, width: Um) -> tuple[list[Placed], Um]:
        sources = [child for child in container.children if isinstance(child, str)]
        gutter = self._page.gutter
        each = (width - gutter * (len(sources) - 1)) // len(sources)
        pieces = [self._compositor.piece(source, each, self._step) for source in sources]
        height = max(piece.height for piece in pieces)
        placed = [
            Placed(self._compositor.stretched(piece, height), x + index * (each + gutter), y)
            for index, piece in enumerate(pieces)
        ]
        return placed, y + height


class _FlowingPages(_Pages):
    """As many pages as the text needs, one column, the footer and a page number at the foot of each."""

    def __init__(self, compositor: Compositor, style: Style, step: int) -> None:
        self._compositor = compositor
        self._style = style
        self._step = step
        self._page = style.theme.page

    def place(self, content: Container) -> list[Face]:
        items = list(self._flatten(content, ""))
        footers = [piece for piece, _, _ in items if piece.name == "footer"]
        body = [item for item in items if item[0].name != "footer"]
        foot = max((piece.height for piece in footers), default=0)
        limit = self._page.height - self._page.footer - foot - self._style.space("block")
        pages = self._break(body, limit)
        return [self._face(placed, footers, last=placed is pages[-1]) for placed in pages]

    def _flatten(self, container: Container, list_at: str) -> Iterator[tuple[Piece, str, str]]:
        """(piece, list it belongs to, name) in reading order; columns and rows follow one another."""
        width = self._page.width - 2 * self._page.margin
        for child in container.children:
            if isinstance(child, Container):
                yield from self._flatten(child, child.at if child.tag == "steps" else list_at)
                continue
            name = _name(child)
            wide = self._page.width if name == "banner" else width
            yield self._compositor.piece(child, wide, self._step), list_at, name

    def _break(self, items: list[tuple[Piece, str, str]], limit: Um) -> list[list[Placed]]:
        pages: list[list[Placed]] = [[]]
        y, before = self._page.margin, ""
        for index, (piece, list_at, name) in enumerate(items):
            if name == "banner":
                pages[-1].append(Placed(piece, 0, 0))
                y, before = piece.height, name
                continue
            gap = self._gap(before, name)
            needed = gap + piece.height
            if name in _HEADINGS and index + 1 < len(items):
                needed += self._gap(name, items[index + 1][2]) + items[index + 1][0].height
            if y + needed > limit and pages[-1]:
                pages.append([])
                y, gap = self._page.margin, 0
            if y + gap + piece.height > limit:
                raise _Overflow(piece, y + gap + piece.height - limit)
            pages[-1].append(Placed(piece, self._page.margin, y + gap, list_at))
            y += gap + piece.height
            before = name
        return pages

    def _face(self, placed: list[Placed], footers: list[Piece], *, last: bool) -> Face:
        page = self._page
        bottom = page.height - page.footer
        feet = [Placed(piece, page.margin, bottom - piece.height, artifact=not last) for piece in footers]
        return Face(page.width, page.height, (*placed, *feet))


def _name(source: str) -> str:
    """The word a piece's source begins with."""
    return source[1:].split(None, 1)[0].rstrip("/>")
