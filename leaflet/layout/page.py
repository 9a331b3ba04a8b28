"""Pieces onto pages: the flow of a rendered template becomes faces with everything in its place.

A leaflet has as many pages as its template, and text that does not fit is set tighter, step by step, down to
the theme's floor; past it the record is an error. A theme whose pages "flow" takes as many as it needs instead.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from leaflet.faults import Fault, RenderError, fail
from leaflet.fonts import FontBook
from leaflet.layout.arrange import Area, Arrangement, Size, Spot, arrange, column_widths, row_width
from leaflet.layout.blocks import lay_block, stretch
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.lines import Span
from leaflet.layout.moulds import Mould
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Align, Column, PictureSize, Setter
from leaflet.layout.theme import PageTokens, Style, Theme
from leaflet.markup.flow import Container
from leaflet.markup.forms import Filled, Flow, Own, Page, PieceForm, Skeleton
from leaflet.markup.parse import parse_run, place_of
from leaflet.units import Um, to_mm

_PIECES = 768  # pieces kept: the shared ones of a build number in the dozens
_OWN = 64  # of records kept: one may stand on several pages
_MOULDS = 128  # of own pieces: a template has a few for each académie
_PLANS = 512  # pages kept that are laid out but for what records have of their own
_ARRANGEMENTS = 256  # one for each combination of heights
_NARROW = frozenset({"F102", "F103"})  # faults that smaller type may cure: a word, a code too wide


class _Grid(Struct, frozen=True):
    """The grid of a page, and the widths its blocks may have."""

    tokens: PageTokens
    widths: dict[str, Um]


class _Plan(Struct, frozen=True, eq=False):
    """A page laid out but for its own pieces; without faces if it does not hold them. Compared by identity."""

    step: int
    arrangement: Arrangement
    pieces: tuple[Piece | Own, ...]
    faces: tuple["FaceForm", ...]


class FaceForm(NamedTuple):
    """A face with nothing where records have their own pieces.

    Attributes:
        own: where they are among what is placed.
        spots: number of the piece on its page, and its spot, for each of them.
    """

    face: Face
    own: tuple[int, ...]
    spots: tuple[tuple[int, Spot], ...]

    def fill(self, pieces: Sequence[Piece], place: Callable[[Piece, Spot], Placed]) -> Face:
        """The face of a record; `pieces` are its own of the page."""
        common = self.face
        placed = [*common.placed]
        for index, (number, spot) in zip(self.own, self.spots, strict=True):
            placed[index] = place(pieces[number], spot)
        return Face(common.width, common.height, tuple(placed), like=common, own=self.own)


_Planner = Callable[[Skeleton, int, int, float, tuple[Size, ...]], _Plan]
_NOTHING = Piece("", "", 0, 0, (), (), 0)


class Compositor:
    """Lays records out for one build: fonts, theme and pictures are the same for all of them.

    Args:
        widths: of the pages in their order, µm, where they are not all as wide as the theme's (a folded sheet).
    """

    def __init__(
        self, book: FontBook, theme: Theme, pictures: dict[str, PictureSize], widths: Sequence[Um] = ()
    ) -> None:
        self.theme = theme
        self._setters = {factor: Setter(book, Style(theme, factor), pictures) for factor in theme.fit.type}
        self._piece = lru_cache(maxsize=_PIECES)(self._lay)
        self._own_piece = lru_cache(maxsize=_OWN)(self._lay_filled)
        self._printable = book.printable
        self._mould = lru_cache(maxsize=_MOULDS)(self._make_mould)
        self._covers_form = lru_cache(maxsize=_PLANS)(self._find_covered)
        self._own_widths = lru_cache(maxsize=_PLANS)(self._find_own_widths)
        self._plan = lru_cache(maxsize=_PLANS)(self._make_plan)
        self._stretched = lru_cache(maxsize=_PIECES)(stretch)
        self._folio = lru_cache(maxsize=_PIECES)(self._lay_folio)
        self._arrange = lru_cache(maxsize=_ARRANGEMENTS)(self._fit_gaps)
        pages = [theme.page.model_copy(update={"width": width}) for width in widths]
        self._pages = tuple(_Grid(page, column_widths(page)) for page in pages or [theme.page])

    def compose(self, flow: Flow | Container, *, folio: bool = True) -> Layout:
        """Place everything of a record; pages that flow are numbered, unless somebody else does.

        Raises:
            RenderError: it does not fit even at the tightest step, or a block cannot be laid out.
        """
        title, pages, planned = _opened(flow)
        plan = self._plan if planned else self._make_plan
        fitted = [self._fit(page, index, 0, plan) for index, page in enumerate(pages)]
        step = max(plan.step for plan, _ in fitted)
        if any(self._type(other.step) != self._type(step) for other, _ in fitted):
            # one leaflet, one size of type: a page with room to spare keeps its gaps, not its larger letters
            first = next(s for s in range(step + 1) if self._type(s) == self._type(step))
            fitted = [self._fit(page, index, first, plan) for index, page in enumerate(pages)]
        faces = [form.fill(pieces, self._placed) for plan, pieces in fitted for form in plan.faces]
        if folio and self.theme.page.pages == "flow":
            faces = [self._numbered(face, number, len(faces)) for number, face in enumerate(faces, 1)]
        return Layout(title, tuple(faces), step)

    def check(self, flow: Container) -> list[Fault]:
        """All that is wrong with a record, block by block and page by page, where `compose` stops at the first."""
        pages = [child for child in flow.children if isinstance(child, Container)]
        return [fault for index, page in enumerate(pages) for fault in self._check_page(page, index)]

    def _check_page(self, content: Container, index: int) -> list[Fault]:
        faults: list[Fault] = []
        page = self._pages[index % len(self._pages)]
        for source, width in self._blocks(content, page, page.widths["whole"]):
            try:
                self._piece(source, width, self.theme.fit.type[-1])
            except RenderError as error:
                faults += error.faults
        if not faults:
            try:
                self._fit(Page(Skeleton(content), ()), index, 0, self._make_plan)
            except RenderError as error:
                faults += error.faults
        return faults

    def _blocks(self, container: Container, page: _Grid, width: Um) -> Iterator[tuple[str, Um]]:
        """The blocks of a container with the widths they have."""
        width = self._width(container, page, width)
        for child in container.children:
            if isinstance(child, Container):
                yield from self._blocks(child, page, width)
            else:
                yield child, page.widths["sheet"] if child.startswith("<banner") else width

    def _width(self, container: Container, page: _Grid, width: Um) -> Um:
        """The width that the blocks of a container have, itself being in one of `width`."""
        if container.tag == "row":
            return row_width(page.tokens, width, len(container.children))
        if container.tag in ("main", "side") and page.tokens.columns == "beside":
            return page.widths[container.tag]
        return width

    def _type(self, step: int) -> float:
        return self.theme.fit.type[step]

    def _fit(self, content: Page, index: int, first: int, plan: _Planner) -> tuple[_Plan, list[Piece]]:
        """A page with its own pieces at the first step of copy-fit, from `first` on, that holds them."""
        factors = self.theme.fit.type
        which = index % len(self._pages)
        for factor in dict.fromkeys(factors[first:]):
            try:
                own = self._lay_own(content, which, factor)
                laid = plan(content.skeleton, which, first, factor, tuple([piece.size for piece in own]))
            except RenderError as error:
                if factor == factors[-1] or error.faults[0].code not in _NARROW:
                    raise
                continue  # a word too wide may fit in smaller type, and a code beside it
            if laid.arrangement.overflow is None:
                return laid, own
        block = laid.pieces[laid.arrangement.overflow or 0]
        block = own[block.number] if isinstance(block, Own) else block
        missing = f"{to_mm(laid.arrangement.missing):.1f}"
        raise fail("F101", place_of(block.at), block=block.name, missing_mm=missing)

    def _lay_own(self, content: Page, which: int, factor: float) -> list[Piece]:
        """The pieces that a record has of its own."""
        if not content.own:
            return []
        widths = self._own_widths(content.skeleton, which)
        return [self._own_piece(own, width, factor) for own, width in zip(content.own, widths, strict=True)]

    def _find_own_widths(self, skeleton: Skeleton, which: int) -> list[Um]:
        page = self._pages[which]
        blocks = self._blocks(skeleton.container, page, page.widths["whole"])
        return [width for source, width in blocks if isinstance(source, Own)]

    def _make_plan(self, skeleton: Skeleton, which: int, first: int, factor: float, own: tuple[Size, ...]) -> _Plan:
        """What all pages have in common that have a skeleton, and own pieces of these sizes."""
        page = self._pages[which]
        pieces: list[Piece | Own] = []
        area = self._area(skeleton.container, page, factor, pieces, page.widths["whole"], own)
        step, arrangement = self._arrange(area, which, first, factor)
        faces = self._faces(arrangement, page, pieces) if arrangement.overflow is None else ()
        return _Plan(step, arrangement, tuple(pieces), faces)

    def _area(
        self,
        container: Container,
        page: _Grid,
        factor: float,
        pieces: list[Piece | Own],
        width: Um,
        own: Sequence[Size],
    ) -> Area:
        """The sizes of a container's blocks; the pieces themselves go to `pieces`, in the same order."""
        width = self._width(container, page, width)
        children: list[Area | Size] = []
        for child in container.children:
            if isinstance(child, Container):
                children.append(self._area(child, page, factor, pieces, width, own))
            elif isinstance(child, Own):
                pieces.append(child)
                children.append(own[child.number])
            else:
                piece = self._piece(child, page.widths["sheet"] if child.startswith("<banner") else width, factor)
                pieces.append(piece)
                children.append(piece.size)
        return Area(container.tag, container.at, tuple(children))

    def _fit_gaps(self, area: Area, page: int, first: int, factor: float) -> tuple[int, Arrangement]:
        """The first step with this factor on type whose gaps make the page hold, or the last that does not."""
        steps = [s for s in range(first, len(self.theme.fit.type)) if self._type(s) == factor]
        for step in steps:
            arrangement = arrange(area, self.theme, self._pages[page].tokens, self.theme.fit.space[step])
            if arrangement.overflow is None:
                break
        return step, arrangement

    def _faces(self, arrangement: Arrangement, page: _Grid, pieces: Sequence[Piece | Own]) -> tuple[FaceForm, ...]:
        placed: list[list[Placed]] = [[] for _ in range(arrangement.pages)]
        own: list[list[int]] = [[] for _ in range(arrangement.pages)]
        spots: list[list[tuple[int, Spot]]] = [[] for _ in range(arrangement.pages)]
        for index, spot in arrangement.spots:
            piece = pieces[index]
            if isinstance(piece, Own):
                own[spot.page].append(len(placed[spot.page]))
                spots[spot.page].append((piece.number, spot))
                piece = _NOTHING
            placed[spot.page].append(self._placed(piece, spot))
        size = page.tokens.width, page.tokens.height
        faces = [Face(*size, tuple(on_page)) for on_page in placed]
        return tuple(map(FaceForm, faces, map(tuple, own), map(tuple, spots)))

    def _placed(self, piece: Piece, spot: Spot) -> Placed:
        if spot.height != piece.height and piece is not _NOTHING:
            piece = self._stretched(piece, spot.height)
        return Placed(piece, spot.x, spot.y, spot.list_at, spot.artifact)

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

    def _lay_filled(self, own: Filled, width: Um, factor: float) -> Piece:
        covered = self._covers(own)
        piece = self._mould(own.form, width, factor).lay(own.gaps) if covered else None
        return piece or lay_block(self._setters[factor], own.parse(), width, covered=covered)

    def _make_mould(self, form: PieceForm, width: Um, factor: float) -> Mould:
        return Mould(self._setters[factor], form, width)

    def _covers(self, own: Filled) -> bool:
        """Whether the fonts have every character of a piece's source, and so of what it says."""
        return self._covers_form(own.form) and self._printable.issuperset("".join(own.gaps))

    def _find_covered(self, form: PieceForm) -> bool:
        source = "".join(form.form.texts)
        return "&" not in source and self._printable.issuperset(source.replace("\n", ""))

    def caption(self, text: str, width: Um, align: Align = "left", name: str = "caption") -> Piece:
        """A line of small print, as it stands on the margin of a sheet."""
        setter = self._setters[self.theme.fit.type[0]]
        builder = Builder()
        look = setter.look("legal", setter.style.surface("page").quiet, align=align)
        spans: list[Span | None] = [Span(text, "regular")]
        height = setter.place_spans(builder, spans, "", Column(0, 0, width), look)
        return builder.piece(name, "", width, height)

    def _lay_folio(self, number: int, total: int) -> Piece:
        """« 2 / 5 »."""
        return self.caption(f"{number}\u00a0/\u00a0{total}", self._pages[0].widths["whole"], "right", "folio")


def _opened(flow: Flow | Container) -> tuple[str, Sequence[Page], bool]:
    """Title and pages of a flow, and whether other records may have pages like these."""
    if isinstance(flow, Flow):
        return flow.title, flow.pages, True
    pages = [Page(Skeleton(child), ()) for child in flow.children if isinstance(child, Container)]
    return flow.attributes["title"], pages, False
