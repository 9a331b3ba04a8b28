"""Pages onto sheets that are folded: saddle-stitched booklets and the A4 tri-fold.

Sides are those of one record (number 0); their reading order is the number of the face, whatever the place.
"""

from leaflet.imposition.sheets import Flip, Imposed, SheetSide, has_vertical_axis, turned_around
from leaflet.units import Um, mm

TRIFOLD_WIDTHS: tuple[Um, ...] = (mm(100), mm(100), mm(100), mm(97), mm(97), mm(100))
"""Width in µm of each face of a tri-fold, in reading order: front, inside left, middle and right, flap, back.

97 + 100 + 100 = 297: the panel folded in is 3 mm narrower (foa.dk M65 folder)."""

TRIFOLD_HEIGHT = mm(210)
FOLD_CLEARANCE = mm(5)
"""Text keeps this distance from every fold."""

_OUTSIDE = (4, 5, 0)  # flap | back | front
_INSIDE = (1, 2, 3)  # the right-hand panel folds in first (Canon PRISMAprepare, "Tri-fold in")


def plan_booklet(pages: int, *, page_width: Um, page_height: Um, flip: Flip = "short-edge") -> tuple[SheetSide, ...]:
    """Return the sides of a saddle-stitched booklet: two pages side by side, outermost sheet first.

    Pages are filled up to a multiple of four; those that are not there are absent from the sides.
    """
    last = -(-pages // 4) * 4 - 1
    sides: list[SheetSide] = []
    for sheet in range((last + 1) // 4):
        outer, inner = 2 * sheet, 2 * sheet + 1
        for back, faces in ((False, (last - outer, outer)), (True, (inner, last - inner))):
            side = _side(sheet, back, faces, (page_width, page_width), page_height, pages)
            sides.append(_as_turned(side, flip))
    return tuple(sides)


def plan_trifold(faces: int = 6, *, flip: Flip = "short-edge") -> tuple[SheetSide, ...]:
    """Return the sides of an A4 tri-fold (pli roulé): outside, then inside; each six faces more take another sheet.

    Folds lie at 97 and 197 mm outside, at 100 and 200 mm inside, and meet through the paper.
    """
    sides: list[SheetSide] = []
    for sheet in range(-(-faces // len(TRIFOLD_WIDTHS))):
        first = sheet * len(TRIFOLD_WIDTHS)
        for back, panels in ((False, _OUTSIDE), (True, _INSIDE)):
            widths = tuple(TRIFOLD_WIDTHS[panel] for panel in panels)
            numbers = tuple(first + panel for panel in panels)
            side = _side(sheet, back, numbers, widths, TRIFOLD_HEIGHT, faces)
            sides.append(_as_turned(side, flip))
    return tuple(sides)


def _side(
    sheet: int, back: bool, faces: tuple[int, ...], widths: tuple[Um, ...], height: Um, count: int
) -> SheetSide:
    """Return faces side by side from the left, folds between them; faces from `count` on are left out."""
    starts = [sum(widths[:number]) for number in range(len(widths))]
    items = [
        Imposed(record=0, face=face, x=x, y=0, width=width, height=height)
        for face, x, width in zip(faces, starts, widths, strict=True)
        if face < count
    ]
    return SheetSide(
        sheet=sheet,
        back=back,
        width=sum(widths),
        height=height,
        items=tuple(sorted(items, key=lambda item: item.face)),
        folds=tuple(starts[1:]),
    )


def _as_turned(side: SheetSide, flip: Flip) -> SheetSide:
    """Return a side for a printer that turns sheets about the edge `flip`.

    Backs are planned for a sheet turned like a page; turned the other way they stand on their head.
    """
    if not side.back or has_vertical_axis(side.width, side.height, flip):
        return side
    return turned_around(side)
