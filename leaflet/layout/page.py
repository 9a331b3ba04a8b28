"""Pieces onto pages: the flow of a rendered template becomes faces with everything in its place.

A leaflet has as many pages as its template, and text that does not fit is set tighter, step by step, down to
the theme's floor; past it the record is an error. A theme whose pages "flow" takes as many as it needs instead.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from leaflet.faults import RenderError, fail
from leaflet.fonts import FontBook
from leaflet.layout.arrange import Area, Arrangement, Size, arrange, column_widths, row_width
from leaflet.layout.blocks import lay_block, stretch
from leaflet.layout.lines import Span
from leaflet.layout.marks import Box
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, PictureSize, Setter
from leaflet.layout.theme import Style, Theme
from leaflet.markup.flow import Container
from leaflet.markup.parse import parse_run, place_of
from leaflet.units import Um, to_mm

_PIECES = 768  # pieces kept; a build's shared ones number in the dozens, each record adds two or three
_ARRANGEMENTS = 256  # one for each combination of heights


class Placed(NamedTuple):  # a tuple, because chunks are looked up by it some twenty times a record
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


class Compositor:
    """Lays records out for one build: fonts, theme and pictures are the same for all of them."""

    def __init__(self, book: FontBook, theme: Theme, pictures: dict[str, PictureSize]) -> None:
        self.theme = theme
        self._setters = {factor: Setter(book, Style(theme, factor), pictures) for factor in theme.fit.type}
        self._piece = lru_cache(maxsize=_PIECES)(self._lay)
        self._stretched = lru_cache(maxsize=_PIECES)(stretch)
        self._folio = lru_cache(maxsize=_PIECES)(self._lay_folio)
        self._arrange = lru_cache(maxsize=_ARRANGEMENTS)(self._fit_gaps)
        self._widths = column_widths(theme.page)

    def compose(self, flow: Container) -> Layout:
        """Place everything of a record.

        Raises:
            RenderError: it does not fit even at the tightest step, or a block cannot be laid out.
        """
        pages = [child for child in flow.children if isinstance(child, Container)]
        fitted = [self._fit(page, 0) for page in pages]
        step = max(step for step, _ in fitted)
        if any(self._type(other) != self._type(step) for other, _ in fitted):
            # one leaflet, one size of type: a page with room to spare keeps its gaps, not its larger letters
            first = next(s for s in range(step + 1) if self._type(s) == self._type(step))
            fitted = [self._fit(page, first) for page in pages]
        faces = [face for _, faces in fitted for face in faces]
        if self.theme.page.pages == "flow":
            faces = [self._numbered(face, number, len(faces)) for number, face in enumerate(faces, 1)]
        return Layout(flow.attributes["title"], tuple(faces), step)

    def _type(self, step: int) -> float:
        return self.theme.fit.type[step]

    def _fit(self, content: Container, first: int) -> tuple[int, list[Face]]:
        """The faces of a page container at the first step of copy-fit, from `first` on, that holds them."""
        factors = self.theme.fit.type
        for factor in dict.fromkeys(factors[first:]):
            try:
                pieces: list[Piece] = []
                area = self._area(content, factor, pieces, self._widths["whole"])
            except RenderError as error:
                if factor == factors[-1] or error.faults[0].code != "F102":
                    raise
                continue  # a word too wide may fit in smaller type
            step, arrangement = self._arrange(area, first, factor)
            if arrangement.overflow is None:
                return step, self._faces(arrangement, pieces)
        block = pieces[arrangement.overflow or 0]
        missing = f"{to_mm(arrangement.missing):.1f}"
        raise fail("F101", place_of(block.at), block=block.name, missing_mm=missing)

    def _area(self, container: Container, factor: float, pieces: list[Piece], width: Um) -> Area:
        """The sizes of a container's blocks; the pieces themselves go to `pieces`, in the same order."""
        if container.tag == "row":
            width = row_width(self.theme.page, width, len(container.children))
        elif container.tag in ("main", "side") and self.theme.page.columns == "beside":
            width = self._widths[container.tag]
        children: list[Area | Size] = []
        for child in container.children:
            if isinstance(child, Container):
                children.append(self._area(child, factor, pieces, width))
                continue
            piece = self._piece(child, self._widths["sheet"] if child.startswith("<banner") else width, factor)
            pieces.append(piece)
            children.append(piece.size)
        return Area(container.tag, container.at, tuple(children))

    def _fit_gaps(self, area: Area, first: int, factor: float) -> tuple[int, Arrangement]:
        """The first step with this factor on type whose gaps make the page hold, or the last that does not."""
        steps = [s for s in range(first, len(self.theme.fit.type)) if self._type(s) == factor]
        for step in steps:
            arrangement = arrange(area, self.theme, self.theme.fit.space[step])
            if arrangement.overflow is None:
                break
        return step, arrangement

    def _faces(self, arrangement: Arrangement, pieces: list[Piece]) -> list[Face]:
        page = self.theme.page
        placed: list[list[Placed]] = [[] for _ in range(arrangement.pages)]
        for index, spot in arrangement.spots:
            piece = pieces[index]
            if spot.height != piece.height:
                piece = self._stretched(piece, spot.height)
            placed[spot.page].append(Placed(piece, spot.x, spot.y, spot.list_at, spot.artifact))
        return [Face(page.width, page.height, tuple(items)) for items in placed]

    def _numbered(self, face: Face, number: int, total: int) -> Face:
        """A face with its page number above the footer, at the right."""
        page = self.theme.page
        folio = self._folio(number, total)
        feet = [placed.y for placed in face.placed if placed.piece.name == "footer"]
        foot = min(feet, default=page.height - page.footer)
        numbered = Placed(folio, page.margin, foot - folio.height, artifact=True)
        placed = [*face.placed]
        placed.insert(len(placed) - len(feet), numbered)
        return Face(face.width, face.height, tuple(placed))

    def _lay(self, source: str, width: Um, factor: float) -> Piece:
        return lay_block(self._setters[factor], parse_run(source)[0], width)

    def _lay_folio(self, number: int, total: int) -> Piece:
        """« 2 / 5 »."""
        setter = self._setters[self.theme.fit.type[0]]
        builder = Builder()
        look = setter.look("legal", setter.style.surface("page").quiet, align="right")
        width = self._widths["whole"]
        spans: list[Span | None] = [Span(f"{number}\u00a0/\u00a0{total}", "regular")]
        height = setter.place_spans(builder, spans, "", Column(0, 0, width), look)
        return builder.piece("folio", "", width, height)
