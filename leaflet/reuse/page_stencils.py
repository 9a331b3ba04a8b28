"""Pages laid out once, then filled with the variable pieces of the next record."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from leaflet.faults import RenderError
from leaflet.files.bounded_cache import BoundedCache
from leaflet.layout.arrange import Size, Spot
from leaflet.layout.blocks import lay_block
from leaflet.layout.face import Face, FaceStencil, Layout, Placed
from leaflet.layout.page import Fit, Layouter, Slot, is_narrow
from leaflet.layout.piece import Piece
from leaflet.layout.theme import Cut
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

    fit: Fit  # with nothing in the place of these pieces
    standing_out: int | None  # the number of the one that does not fit, if it is one of them
    faces: tuple[_FaceHoles, ...]


_Places: TypeAlias = tuple[tuple[int, Slot, Cut], ...]  # of variable blocks: number, place, what the block gives up


class _Chosen(NamedTuple):
    """The plan that a page fits in, and the places of its variable pieces."""

    places: _Places
    plan: _Plan


class _VariablePieces:
    """The variable pieces of a page, as they were laid out last; few of them change from one step to the next."""

    __slots__ = ("_lay", "page", "pieces", "places", "sizes")

    def __init__(self, page: FilledPage, lay: Callable[[FilledBlock, Slot, Cut], Piece]) -> None:
        self.page, self._lay = page, lay
        self.places: _Places | None = None  # that the pieces were laid out for
        self.pieces: list[Piece] = []  # one for each variable block; one that is left out has no size
        self.sizes: tuple[Size, ...] = ()

    def answer(self, places: _Places) -> Hashable:
        """Lay the blocks out that are left, and return their sizes; None if one of them is too narrow."""
        try:
            self.lay_out(places)
        except RenderError as error:
            if not is_narrow(error):
                raise
            return None
        return self.sizes

    def lay_out(self, places: _Places) -> None:
        """Lay the blocks out that are left; the pieces stay as they were if one cannot be."""
        pieces = [_HOLE] * len(self.page.blocks)
        for number, slot, cut in places:
            pieces[number] = self._lay(self.page.blocks[number], slot, cut)
        self.places, self.pieces, self.sizes = places, pieces, tuple([Size(p.name, p.height) for p in pieces])


class StencilLayouter:
    """A layouter that lays pages with the same stencil and variable pieces of the same heights out once."""

    def __init__(self, plain: Layouter) -> None:
        self._plain, self._printable = plain, plain.book.printable
        self._piece = lru_cache(maxsize=_FILLED)(self._lay)
        self._stencils = lru_cache(maxsize=_BLOCKS)(
            lambda block, slot, cut: PieceStencils(plain.setters[cut], block, slot.width, slot.row)
        )
        self._covers_stencil = lru_cache(maxsize=_PLANS)(self._find_covered)
        self._variable_places = lru_cache(maxsize=_PLANS)(self._find_variable_places)
        self._known_places: dict[_Places, _Places] = {}
        self._plan = lru_cache(maxsize=_PLANS)(self._make_plan)
        self._trees: BoundedCache[Hashable, DecisionTree[_Places, _Chosen]] = BoundedCache(_PLANS)

    def lay_out(self, flow: FilledFlow | Container, *, folio: bool = True) -> Layout:
        """Place everything of a record, as `Layouter.lay_out` does."""
        if not isinstance(flow, FilledFlow):
            return self._plain.lay_out(flow, folio=folio)
        pages = [_VariablePieces(page, self._piece) for page in flow.pages]
        return self._plain.lay_out_pages(flow.title, pages, self._fit, folio=folio)

    def _fit(self, variable: _VariablePieces, grid: int, first_step: int) -> Fit:
        """Arrange a page as `Layouter.fit` does; one whose variable pieces have known sizes, without its attempts."""
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

        def attempt(cut: Cut) -> Fit:
            places = self._variable_places(stencil, grid, cut)
            answered[places] = variable.answer(places)
            if variable.places is not places:  # too narrow, which is raised now
                variable.lay_out(places)
            plan = self._plan(stencil, grid, cut, first_step, variable.sizes)
            fit = self._filled(plan, variable)
            fits.append((fit, _Chosen(places, plan)))
            return fit

        chosen = self._plain.fit(attempt, first_step)
        if tree.has_room:
            tree.learn(answered.items(), next(leaf for fit, leaf in fits if fit is chosen))
        return chosen

    def _filled(self, plan: _Plan, variable: _VariablePieces) -> Fit:
        """Return a plan with the variable pieces of a record."""
        fit = plan.fit
        if plan.standing_out is not None:
            return Fit(fit.step, fit.arrangement, variable.pieces[plan.standing_out], ())
        faces = tuple([holes.fill(variable.pieces, self._plain.place) for holes in plan.faces])
        return Fit(fit.step, fit.arrangement, fit.standing_out, faces)

    def _lay(self, block: FilledBlock, slot: Slot, cut: Cut) -> Piece:
        # the fonts have every character of its source, and so of its text
        covered = self._covers_stencil(block.stencil) and self._printable.issuperset("".join(block.values))
        piece = self._stencils(block.stencil, slot, cut).lay(block.values) if covered else None
        return piece or lay_block(self._plain.setters[cut], block.parse(), slot.width, row=slot.row, covered=covered)

    def _find_covered(self, block: BlockStencil) -> bool:
        source = "".join(block.source.texts)
        return "&" not in source and self._printable.issuperset(source.replace("\n", ""))

    def _find_variable_places(self, page: PageStencil, grid: int, cut: Cut) -> _Places:
        """Return the places of the variable blocks that are left; where they are equal, they are the same object."""
        blocks = self._plain.blocks(page.container, grid, cut)
        places = tuple([(hole.number, slot, cut) for hole, slot, cut in blocks if isinstance(hole, BlockHole)])
        return self._known_places.setdefault(places, places)

    def _make_plan(
        self, page: PageStencil, grid: int, cut: Cut, first_step: int, variable: tuple[Size, ...]
    ) -> _Plan:
        """Lay a page out but for its variable pieces, whose sizes are `variable`."""
        numbers: list[int | None] = []  # of all its blocks, those of the variable ones

        def lay(source: str, slot: Slot, cut: Cut) -> Piece:
            """Lay a block out, or make a hole of the size of a variable one."""
            numbers.append(source.number if isinstance(source, BlockHole) else None)
            if not isinstance(source, BlockHole):
                return self._plain.piece(source, slot, cut)
            name, height = variable[source.number]
            return Piece(name, "", slot.width, height, (), (), 0)

        fit = self._plain.arrange(page.container, grid, cut, first_step, lay)
        overflow = fit.arrangement.overflow
        return _Plan(fit, None if overflow is None else numbers[overflow], _face_holes(fit, numbers))


def _face_holes(fit: Fit, numbers: Sequence[int | None]) -> tuple[_FaceHoles, ...]:
    """Return the faces of a page with their holes; `numbers` are those of the variable blocks among all of them."""
    holes: list[list[int]] = [[] for _ in fit.faces]
    spots: list[list[tuple[int, Spot]]] = [[] for _ in fit.faces]
    placed = [0] * len(fit.faces)
    for index, spot in fit.arrangement.spots if fit.faces else ():
        number = numbers[index]
        if number is not None:
            holes[spot.page].append(placed[spot.page])
            spots[spot.page].append((number, spot))
        placed[spot.page] += 1
    stencils = [FaceStencil(tuple(variable)) for variable in holes]
    return tuple(map(_FaceHoles, fit.faces, stencils, map(tuple, spots)))
