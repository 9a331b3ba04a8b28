"""Pages laid out once, then filled with the variable pieces of the next record."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from leaflet.faults import RenderError
from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Um
from leaflet.layout.arrange import Arrangement, Size, Spot
from leaflet.layout.blocks import lay_block
from leaflet.layout.drawings.store import Drawings
from leaflet.layout.face import Face, FaceStencil, Layout, Placed
from leaflet.layout.fonts import FontBook
from leaflet.layout.page import Fit, Layouter, Slot, is_narrow
from leaflet.layout.piece import Piece
from leaflet.layout.setter import PictureInfo
from leaflet.layout.theme import Cut, Theme
from leaflet.markup.flow import Container
from leaflet.reuse.decisions import DecisionTree
from leaflet.reuse.flow_stencils import BlockHole, BlockStencil, FilledBlock, FilledFlow, FilledPage, PageStencil
from leaflet.reuse.piece_stencils import PieceStencils

_FILLED = 64  # variable pieces kept: equal ones are one, which a print run writes once
_BLOCKS = 128  # variable blocks of a template: a few for each académie
_PLANS = 512  # pages kept that are laid out but for their variable pieces
_HOLE = Piece("", "", 0, 0, (), (), 0)


class _FaceHoles(NamedTuple):
    """A face with nothing where the variable pieces of records go."""

    face: Face  # all that does not vary
    stencil: FaceStencil  # what the filled faces share
    spots: tuple[tuple[int, Spot], ...]  # number of the piece on its page, and its spot, for each hole

    def fill(self, pieces: Sequence[Piece], place: Callable[[Piece, Spot], Placed]) -> Face:
        """Return the face of a record; `pieces` are the variable ones of the page."""
        placed = [*self.face.placed]
        for index, (number, spot) in zip(self.stencil.variable, self.spots, strict=True):
            placed[index] = place(pieces[number], spot)
        return Face(self.face.width, self.face.height, tuple(placed), stencil=self.stencil)


class _Plan(Struct, frozen=True, eq=False):
    """A page laid out but for its variable pieces; without faces if they do not fit."""

    step: int
    arrangement: Arrangement
    pieces: tuple[Piece | BlockHole, ...]
    faces: tuple[_FaceHoles, ...]


_Places: TypeAlias = tuple[tuple[int, Slot, Cut], ...]  # of variable blocks: number, place, what the block gives up


class _Chosen(NamedTuple):
    """The plan that a page fits in, and the places of its variable pieces."""

    places: _Places
    plan: _Plan


class _VariablePieces:
    """The variable pieces of a page, as they were laid out last; few of them change from one step to the next.

    Args:
        page: the page.
        lay: lays a block out.

    Attributes:
        places: the places that the pieces were laid out for; None before the first time.
        pieces: one for each variable block; one that is left out has no size.
        sizes: their sizes.
    """

    __slots__ = ("_lay", "page", "pieces", "places", "sizes")

    def __init__(self, page: FilledPage, lay: Callable[[FilledBlock, Slot, Cut], Piece]) -> None:
        self.page, self._lay = page, lay
        self.places: _Places | None = None
        self.pieces: list[Piece] = []
        self.sizes: tuple[Size, ...] = ()

    def answer(self, places: _Places) -> Hashable:
        """Lay the blocks out that are left, and return their sizes; None if one of them is too narrow.

        Raises:
            RenderError: a block cannot be laid out in whatever width.
        """
        try:
            self.lay_out(places)
        except RenderError as error:
            if not is_narrow(error):
                raise
            return None
        return self.sizes

    def lay_out(self, places: _Places) -> None:
        """Lay the blocks out that are left; the pieces stay as they were if one cannot be.

        Raises:
            RenderError: a block cannot be laid out.
        """
        pieces = [_HOLE] * len(self.page.blocks)
        for number, slot, cut in places:
            pieces[number] = self._lay(self.page.blocks[number], slot, cut)
        self.places, self.pieces, self.sizes = places, pieces, tuple([Size(p.name, p.height) for p in pieces])


class StencilLayouter(Layouter):
    """A layouter that lays pages with the same stencil and variable pieces of the same heights out once."""

    def __init__(
        self,
        book: FontBook,
        theme: Theme,
        pictures: dict[str, PictureInfo],
        widths: Sequence[Um] = (),
        drawings: Drawings | None = None,
    ) -> None:
        super().__init__(book, theme, pictures, widths, drawings)
        self._printable = book.printable
        self._filled_piece = lru_cache(maxsize=_FILLED)(self._lay_filled)
        self._stencils = lru_cache(maxsize=_BLOCKS)(self._make_stencils)
        self._covers_stencil = lru_cache(maxsize=_PLANS)(self._find_covered)
        self._variable_places = lru_cache(maxsize=_PLANS)(self._find_variable_places)
        self._known_places: dict[_Places, _Places] = {}
        self._plan = lru_cache(maxsize=_PLANS)(self._make_plan)
        self._trees: BoundedCache[Hashable, DecisionTree[_Places, _Chosen]] = BoundedCache(_PLANS)

    def lay_out(self, flow: FilledFlow | Container, *, folio: bool = True) -> Layout:
        """Place everything of a record, as `Layouter.lay_out` does.

        Raises:
            RenderError: as there.
        """
        if not isinstance(flow, FilledFlow):
            return super().lay_out(flow, folio=folio)
        fitters = [
            partial(self._fit_filled, _VariablePieces(page, self._filled_piece), index % len(self._grids))
            for index, page in enumerate(flow.pages)
        ]
        return self._lay_out_pages(flow.title, fitters, folio)

    def _fit_filled(self, variable: _VariablePieces, grid: int, first_step: int) -> Fit:
        """Arrange a page as `_fit` does; one whose variable pieces have known sizes, without its attempts."""
        key = variable.page.stencil, grid, first_step
        tree = self._trees.get(key)
        if tree is None:
            tree = self._trees[key] = DecisionTree(_PLANS)
        found = tree.find(variable.answer)
        if found is None:
            return self._learn(tree, variable, grid, first_step)
        if variable.places is not found.places:
            variable.lay_out(found.places)
        return self._filled(found.plan, variable)

    def _learn(
        self, tree: DecisionTree[_Places, _Chosen], variable: _VariablePieces, grid: int, first_step: int
    ) -> Fit:
        """Try steps until a page fits, and keep which of them it was, for pages with pieces of the same sizes."""
        stencil = variable.page.stencil
        answered: dict[_Places, Hashable] = {}
        fits: list[tuple[Fit, _Chosen]] = []

        def attempt(cut: Cut, first_step: int) -> Fit:
            places = self._variable_places(stencil, grid, cut)
            answered[places] = variable.answer(places)
            if variable.places is not places:  # too narrow, which is raised now
                variable.lay_out(places)
            plan = self._plan(stencil, grid, cut, first_step, variable.sizes)
            fit = self._filled(plan, variable)
            fits.append((fit, _Chosen(places, plan)))
            return fit

        chosen = self._fit(attempt, first_step)
        if tree.has_room:
            tree.learn(answered.items(), next(leaf for fit, leaf in fits if fit is chosen))
        return chosen

    def _filled(self, plan: _Plan, variable: _VariablePieces) -> Fit:
        """Return a plan with the variable pieces of a record."""
        if plan.arrangement.overflow is not None:
            piece = plan.pieces[plan.arrangement.overflow]
            standing_out = variable.pieces[piece.number] if isinstance(piece, BlockHole) else piece
            return Fit(plan.step, plan.arrangement, standing_out, ())
        place = super()._placed
        faces = tuple([holes.fill(variable.pieces, place) for holes in plan.faces])
        return Fit(plan.step, plan.arrangement, None, faces)

    def _lay_filled(self, block: FilledBlock, slot: Slot, cut: Cut) -> Piece:
        # the fonts have every character of its source, and so of its text
        covered = self._covers_stencil(block.stencil) and self._printable.issuperset("".join(block.values))
        piece = self._stencils(block.stencil, slot, cut).lay(block.values) if covered else None
        return piece or lay_block(self._setters[cut], block.parse(), slot.width, row=slot.row, covered=covered)

    def _make_stencils(self, block: BlockStencil, slot: Slot, cut: Cut) -> PieceStencils:
        return PieceStencils(self._setters[cut], block, slot.width, slot.row)

    def _find_covered(self, block: BlockStencil) -> bool:
        source = "".join(block.source.texts)
        return "&" not in source and self._printable.issuperset(source.replace("\n", ""))

    def _find_variable_places(self, page: PageStencil, grid: int, cut: Cut) -> _Places:
        """Return the places of the variable blocks that are left; where they are equal, they are the same object."""
        blocks = self._blocks(page.container, self._grids[grid], self._grids[grid].widths["whole"], cut)
        holes = ((source, slot) for source, slot in blocks if isinstance(source, BlockHole))
        places = tuple([(hole.number, slot, self._cut_of(hole, cut)) for hole, slot in holes])
        return self._known_places.setdefault(places, places)

    def _make_plan(
        self, page: PageStencil, grid: int, cut: Cut, first_step: int, variable: tuple[Size, ...]
    ) -> _Plan:
        """Lay a page out but for its variable pieces, whose sizes are `variable`."""
        pieces: list[Piece | BlockHole] = []

        def size_of(source: str, slot: Slot) -> Size:
            piece = source if isinstance(source, BlockHole) else self._piece(source, slot, self._cut_of(source, cut))
            pieces.append(piece)
            return variable[piece.number] if isinstance(piece, BlockHole) else Size(piece.name, piece.height)

        area = self._area(page.container, self._grids[grid], self._grids[grid].widths["whole"], cut, size_of)
        step, arrangement = self._arrange(area, grid, cut, first_step)
        faces = self._face_holes(arrangement, grid, pieces) if arrangement.overflow is None else ()
        return _Plan(step, arrangement, tuple(pieces), faces)

    def _face_holes(
        self, arrangement: Arrangement, grid: int, pieces: Sequence[Piece | BlockHole]
    ) -> tuple[_FaceHoles, ...]:
        """Return the faces of an arrangement with their holes."""
        shown = [_HOLE if isinstance(piece, BlockHole) else piece for piece in pieces]
        faces = self._faces(arrangement, self._grids[grid], shown)
        holes: list[list[int]] = [[] for _ in faces]
        spots: list[list[tuple[int, Spot]]] = [[] for _ in faces]
        placed = [0] * len(faces)
        for index, spot in arrangement.spots:
            piece = pieces[index]
            if isinstance(piece, BlockHole):
                holes[spot.page].append(placed[spot.page])
                spots[spot.page].append((piece.number, spot))
            placed[spot.page] += 1
        stencils = [FaceStencil(tuple(variable)) for variable in holes]
        return tuple(map(_FaceHoles, faces, stencils, map(tuple, spots)))

    def _placed(self, piece: Piece, spot: Spot) -> Placed:
        if piece is _HOLE:
            return Placed(piece, spot.x, spot.y, spot.list_at, spot.artifact)
        return super()._placed(piece, spot)
