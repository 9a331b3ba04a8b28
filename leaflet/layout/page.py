"""Blocks onto pages: the flow of a rendered template becomes faces with everything in its place.

A leaflet has as many pages as its template. A page that does not fit loses first its air, then the words that its
template can spare, then size of type, down to the theme's floor; past it the record is an error. A theme whose pages
"flow" takes as many as it needs instead. A page of the template on which nothing stands is left out.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from msgspec import Struct

from leaflet.faults import Fault, RenderError, fail
from leaflet.geometry import Um, pt, to_mm
from leaflet.layout.arrange import GRIDS, Area, Arrangement, Size, Spot, arrange
from leaflet.layout.blocks import lay_block
from leaflet.layout.blocks.boxes import stretch_frame
from leaflet.layout.blocks.tiles import TileRow
from leaflet.layout.drawings.store import Drawings, program_drawings
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.fonts import FontBook
from leaflet.layout.lines import Align
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, PictureInfo, Setter
from leaflet.layout.spans import Span
from leaflet.layout.theme import Cut, PageTokens, Style, Theme
from leaflet.markup.flow import Container
from leaflet.markup.parse import parse_blocks, place_of
from leaflet.markup.vocabulary import SHEET_WIDE, TITLE_BREAK, TITLES, stands

_PIECES = 768  # pieces kept: the shared ones of a build number in the dozens
_ARRANGEMENTS = 256  # one for each combination of heights
_SPREAD = slice(1, 4)  # pages of a tri-fold that are seen as one, so that they are fitted alike
_CHOICE = re.compile(r'\s(spare|instead|pages)="(\w+)"')  # whether a block stands at a step of copy-fit, in a theme
_PICTURED = ("<tile", "<qr")  # blocks whose pictures copy-fit makes smaller
_ARRANGED = ("<card", "<tile", "<hero")  # blocks that change once words are left out, be they their own or of others
SPARED = re.compile(r'\s(?:spare|instead)="')  # in a block of which words may be left out
_CAPTION, _CAPTION_LEADING = 7.5, 1.2  # points, times the size: of print on the margin of a sheet
_NARROW = frozenset({"F102", "F103"})  # faults that smaller type may cure: a word, a code too wide


class Grid(Struct, frozen=True):
    """The grid of a page, and the widths its blocks may have."""

    tokens: PageTokens
    widths: dict[str, Um]


class Slot(NamedTuple):
    """The place that a container has for a block: its width, and what tiles of one container share."""

    width: Um
    row: TileRow | None = None


class Fit(Struct, frozen=True):
    """A page of the template, arranged at a step of copy-fit."""

    step: int  # the step
    arrangement: Arrangement  # where its blocks stand, or which of them stands out
    standing_out: Piece | None  # the block that does not fit, if one does not
    faces: tuple[Face, ...]  # the pages it became; empty if it does not fit


Lay = Callable[[str, Slot, Cut], Piece]
"""Lays a block out in its place, with type and words as cut."""

P = TypeVar("P")


class Layouter:
    """A layouter of records for one build: fonts, theme and pictures are the same for all of them.

    Equal sources in equal widths give the same piece, whichever record they stand in. `widths` are those of the pages
    in their order, where they are not all as wide as the theme's (a folded sheet).
    """

    def __init__(
        self,
        book: FontBook,
        theme: Theme,
        pictures: dict[str, PictureInfo],
        widths: Sequence[Um] = (),
        drawings: Drawings | None = None,
        folio: str = "{number}/{total}",
    ) -> None:
        self.book, self.theme, self._folio_text = book, theme, folio
        self._cuts = theme.fit.cuts
        drawings = drawings or program_drawings()
        sources = ("", *_PICTURED, *_ARRANGED, ' spare="')  # one of each kind of block that a cut changes
        cuts = {self._cut_of(source, cut) for cut in self._cuts for source in sources}
        self.setters = {cut: Setter(book, Style(theme, cut), pictures, drawings) for cut in cuts}
        self.piece = lru_cache(maxsize=_PIECES)(self._lay)
        self._stretched = lru_cache(maxsize=_PIECES)(stretch_frame)
        self._folio = lru_cache(maxsize=_PIECES)(self._lay_folio)
        self._arranged = lru_cache(maxsize=_ARRANGEMENTS)(self._tighten)
        pages = [theme.page.model_copy(update={"width": width}) for width in widths]
        self._grids = tuple(Grid(page, page.column_widths) for page in pages or [theme.page])

    def lay_out(self, flow: Container, *, folio: bool = True) -> Layout:
        """Place everything of a record; pages that flow are numbered, unless somebody else does it (`folio`).

        A page that does not fit even at the tightest step, or a block that cannot be laid out, is a `RenderError`.
        """
        pages = [child for child in flow.children if isinstance(child, Container)]
        return self.lay_out_pages(flow.attributes["title"], pages, self._fit, folio=folio)

    def check(self, flow: Container) -> list[Fault]:
        """Find all that is wrong with a record, block by block and page by page; `lay_out` stops at the first."""
        faults: list[Fault] = []
        for number, page in enumerate(child for child in flow.children if isinstance(child, Container)):
            grid = number % len(self._grids)
            blocks = self.blocks(page, grid, self._cuts[0])
            attempts = [partial(self.piece, source, slot, self._cuts[-1]) for source, slot, _ in blocks]
            found = [fault for attempt in attempts for fault in _faults_of(attempt)]
            faults += found or _faults_of(partial(self._fit, page, grid, 0))
        return faults

    def caption(
        self, text: str, width: Um, align: Align = "left", name: str = "caption", most: float = _CAPTION
    ) -> Piece:
        """Set a line of small print, as it stands on the margin of a sheet; it is for the packer, so never large."""
        setter, builder = self.setters[self._cuts[0]], Builder()
        look = setter.look("legal", setter.style.surface("page").quiet, align=align)
        if look.style.size > most:
            look = look._replace(style=look.style._replace(size=most, leading=pt(most * _CAPTION_LEADING)))
        height = setter.place_spans(builder, [Span(text, "regular")], "", Column(0, 0, width), look)
        return builder.piece(name, "", width, height)

    def lay_out_pages(
        self, title: str, pages: Sequence[P], fit: Callable[[P, int, int], Fit], *, folio: bool
    ) -> Layout:
        """Place the pages of a record; see `lay_out`.

        `fit` arranges a page on the grid of a number, at the first step of copy-fit from one on at which it fits.
        """
        on_grids = [(page, number % len(self._grids)) for number, page in enumerate(pages)]
        fitted = [fit(page, grid, 0) for page, grid in on_grids]
        if self.theme.fold == "trifold":
            tightest = max((one.step for one in fitted[_SPREAD]), default=0)
            fitted[_SPREAD] = [fit(page, grid, tightest) for page, grid in on_grids[_SPREAD]]
        faces = [face for one in fitted for face in one.faces if face.placed]
        if folio and self.theme.page.pages == "flow":
            faces = [self._numbered(face, number, len(faces)) for number, face in enumerate(faces, 1)]
        return Layout(title, tuple(faces), max(one.step for one in fitted))

    def _fit(self, page: Container, grid: int, first_step: int) -> Fit:
        return self.fit(lambda cut: self.arrange(page, grid, cut, first_step, self.piece), first_step)

    def fit(self, attempt: Callable[[Cut], Fit], first_step: int) -> Fit:
        """Return the first attempt, from the cut of `first_step` on, at which a page fits.

        One that flows stands on as few pages as it can: at the first step at which it needs no more of them.
        """
        cuts = self._cuts
        fewest: Fit | None = None
        for cut in dict.fromkeys(cuts[first_step:]):
            try:
                fit = attempt(cut)
            except RenderError as error:
                if cut == cuts[-1] or not is_narrow(error):
                    raise
                continue
            if fit.arrangement.overflow is None and fit.arrangement.pages == 1:
                return fit
            if fit.arrangement.overflow is None and (not fewest or len(fit.faces) < len(fewest.faces)):
                fewest = fit
        if fewest:
            return fewest
        assert fit.standing_out is not None
        raise fail("F101", place_of(fit.standing_out.at), missing_mm=f"{to_mm(fit.arrangement.missing):.1f}")

    def arrange(self, page: Container, grid: int, cut: Cut, first_step: int, lay: Lay) -> Fit:
        """Arrange a page with type and words as cut, at the first step with this cut, from one on, at which it fits.

        Steps of one cut differ in their gaps. `lay` is called for each block, in reading order.
        """
        kept = self._pruned(page, cut)
        pieces = [lay(*block) for block in self._cut_blocks(kept, grid, cut)]
        sizes = iter([Size(piece.name, piece.height) for piece in pieces])
        step, arrangement = self._arranged(_area(kept, sizes), grid, cut, first_step)
        if arrangement.overflow is not None:
            return Fit(step, arrangement, pieces[arrangement.overflow], ())
        return Fit(step, arrangement, None, self._faces(arrangement, self._grids[grid], pieces))

    def _cut_of(self, source: str, cut: Cut) -> Cut:
        """Return a cut as far as it changes a block, whose `source` begins with its tag.

        Few blocks have pictures, and few have words that can be spared: what is left as it is need not be laid out
        again. The tightest step is one of its own.
        """
        if cut == self._cuts[-1]:
            return cut
        pictures = cut.pictures if source.startswith(_PICTURED) else 1
        is_spared = source.startswith(_ARRANGED) or SPARED.search(source)
        return cut._replace(pictures=pictures, spare=cut.spare if is_spared else self._cuts[0].spare)

    def blocks(self, page: Container, grid: int, cut: Cut) -> Iterator[tuple[str, Slot, Cut]]:
        """Yield the blocks of a page in reading order: their places, and the cut as far as it changes them."""
        return self._cut_blocks(self._pruned(page, cut), grid, cut)

    def _cut_blocks(self, pruned: Container, grid: int, cut: Cut) -> Iterator[tuple[str, Slot, Cut]]:
        tokens = self._grids[grid]
        for source, slot in _blocks(pruned, tokens, tokens.widths["whole"]):
            yield source, slot, self._cut_of(source, cut)

    def _pruned(self, container: Container, cut: Cut) -> Container:
        """Return a container without what is left out, and without containers that are empty then.

        Of tiles it has the titles of those that are kept, in one text.
        """
        children, attributes = list[Container | str](), container.attributes
        for child in container.children:
            if isinstance(child, Container):
                child = self._pruned(child, cut)
            if child.children if isinstance(child, Container) else self._stands(child, cut):
                children.append(child)
        if container.tag == "tiles":
            titles = zip(container.children, attributes[TITLES].split(TITLE_BREAK), strict=True)
            kept = [title for child, title in titles if isinstance(child, str) and child in children]
            attributes = {**attributes, TITLES: "".join(kept)}
        return Container(container.tag, attributes, container.at, children)

    def _stands(self, source: str, cut: Cut) -> bool:
        """Tell whether a block is not left out; `source` begins with its tag."""
        choices = _CHOICE.findall(source, 0, source.find(">"))
        return not choices or stands(dict(choices), cut.spare, self.theme.page.pages)

    def _tighten(self, area: Area, grid: int, cut: Cut, first_step: int) -> tuple[int, Arrangement]:
        """Return the first step with this cut, from `first_step` on, at which the page fits; else the last one."""
        steps = [number for number, other in enumerate(self._cuts) if other == cut]
        for step in [number for number in steps if number >= first_step]:
            arrangement = arrange(area, self.theme, self._grids[grid].tokens, self.theme.fit.space[step])
            if arrangement.overflow is None:
                break
        return step, arrangement

    def _faces(self, arrangement: Arrangement, grid: Grid, pieces: Sequence[Piece]) -> tuple[Face, ...]:
        placed: list[list[Placed]] = [[] for _ in range(arrangement.pages)]
        for index, spot in arrangement.spots:
            placed[spot.page].append(self.place(pieces[index], spot))
        return tuple(Face(grid.tokens.width, grid.tokens.height, tuple(on_page)) for on_page in placed)

    def place(self, piece: Piece, spot: Spot) -> Placed:
        """Put a piece into its spot, as high as its neighbour where it has a frame."""
        if spot.height != piece.height and piece.groups:  # else it is a hole, in whose place another stands later
            piece = self._stretched(piece, spot.height)
        if spot.turned:
            x, y = self.theme.page.width - spot.x - piece.width, spot.turned - spot.y - piece.height
            return Placed(piece, x, y, spot.list_at, spot.artifact, turned=True)
        return Placed(piece, spot.x, spot.y, spot.list_at, spot.artifact)

    def _numbered(self, face: Face, number: int, total: int) -> Face:
        """Return a face with its page number at the right of its foot."""
        page = self.theme.page
        folio = self._folio(number, total)
        numbered = Placed(folio, page.margin, page.height - page.footer - folio.height, artifact=True)
        return Face(face.width, face.height, (*face.placed, numbered))

    def _lay(self, source: str, slot: Slot, cut: Cut) -> Piece:
        return lay_block(self.setters[cut], parse_blocks(source)[0], slot.width, row=slot.row)

    def _lay_folio(self, number: int, total: int) -> Piece:
        """Set « 2 sur 5 » in the words for it."""
        words = self._folio_text.format(number=number, total=total)
        return self.caption(words, self._grids[0].widths["whole"], "right", "folio", math.inf)


def _faults_of(attempt: Callable[[], object]) -> list[Fault]:
    try:
        attempt()
    except RenderError as error:
        return [*error.faults]
    return []


def is_narrow(error: RenderError) -> bool:
    """Tell whether a block is too narrow for what stands in it, which smaller type may cure."""
    return error.faults[0].code in _NARROW


def _blocks(container: Container, grid: Grid, width: Um) -> Iterator[tuple[str, Slot]]:
    """Yield the blocks of a pruned container with the places they have, in reading order."""
    slot = _slot(container, grid, width)
    for child in container.children:
        if isinstance(child, Container):
            yield from _blocks(child, grid, slot.width)
        else:
            tag = child[1:].split(None, 1)[0].rstrip("/>")
            yield child, Slot(grid.widths["sheet"]) if tag in SHEET_WIDE else slot


def _slot(container: Container, grid: Grid, width: Um) -> Slot:
    """Return the place of each block of a pruned container, which stands in one of `width`."""
    tag, count = container.tag, len(container.children)
    if tag == "row":
        return Slot(grid.tokens.row_width(width, count))
    if tag in GRIDS:
        across = grid.tokens.row_width(width, grid.tokens.grid_columns(tag, width, count))
        if tag != "tiles":
            return Slot(across)
        return Slot(across, TileRow(container.attributes[TITLES], grid.tokens.is_text_beside(count)))
    if tag in ("main", "side") and grid.tokens.columns == "beside":
        return Slot(grid.widths[tag])
    return Slot(width)


def _area(container: Container, sizes: Iterator[Size]) -> Area:
    """Return a pruned container with the sizes of its blocks, which are given in reading order."""
    found = [_area(child, sizes) if isinstance(child, Container) else next(sizes) for child in container.children]
    return Area(container.tag, container.at, tuple(found))
