"""Puts the layouts of one file on its pages: cards on sheets of stock, a folded sheet, or page after page.

Folded are saddle-stitched booklets and the A4 tri-fold.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Place, fail
from leaflet.files.words import in_both
from leaflet.geometry import Box, Um, mm
from leaflet.imposition.printer import Printer, shift
from leaflet.imposition.printer_marks import control_line, crop_marks, fold_marks, marks_piece
from leaflet.imposition.records_on_sheets import (
    Flip,
    Imposed,
    Order,
    SheetSide,
    duplex_name,
    has_vertical_axis,
    plan_sheets,
)
from leaflet.imposition.stock import Stock, format_size, size_values
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.marks import Rule
from leaflet.layout.piece import Piece
from leaflet.layout.theme import PageTokens, Theme

TRIFOLD_WIDTHS: tuple[Um, ...] = (mm(100), mm(100), mm(100), mm(97), mm(97), mm(100))
"""Width in µm of each face of a tri-fold, in reading order: front, inside left, middle and right, flap, back.

97 + 100 + 100 = 297: the panel folded in is 3 mm narrower (foa.dk M65 folder)."""

TRIFOLD_HEIGHT = mm(210)
FOLD_CLEARANCE = mm(5)  # text keeps this distance from every fold

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
            sides.append(_side(sheet, back, faces, (page_width, page_width), page_height, pages, flip))
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
            sides.append(_side(sheet, back, numbers, widths, TRIFOLD_HEIGHT, faces, flip))
    return tuple(sides)


def _side(
    sheet: int, back: bool, faces: tuple[int, ...], widths: tuple[Um, ...], height: Um, count: int, flip: Flip
) -> SheetSide:
    """Return faces side by side from the left, folds between them; faces from `count` on are left out.

    Backs are planned for a sheet turned like a page; turned the other way they stand on their head.
    """
    width = sum(widths)
    if is_turned := back and not has_vertical_axis(width, height, flip):
        faces, widths = faces[::-1], widths[::-1]
    starts = [sum(widths[:number]) for number in range(len(widths))]
    items = [
        Imposed(record=0, face=face, box=Box(x, 0, own, height), turned=is_turned)
        for face, x, own in sorted(zip(faces, starts, widths, strict=True))
        if face < count
    ]
    folds = tuple(starts[1:])
    return SheetSide(sheet=sheet, back=back, width=width, height=height, items=tuple(items), folds=folds)


def fits(theme: Theme, stock: Stock) -> bool:
    """Tell whether the places of a stock have a size that the template of a theme is made for; nothing is built."""
    page = theme.page
    if page.most:
        is_large = any(stock.width >= width and stock.height >= height for width, height in page.least)
        return is_large and stock.width <= page.most[0] and stock.height <= page.most[1]
    return max(abs(page.width - stock.width), abs(page.height - stock.height)) <= page.tolerance


def needed_sizes(page: PageTokens) -> dict[str, str]:
    """Return the sizes that a template is made for, as values of a message."""
    if not page.most:
        return size_values("needed", page.width, page.height)
    english, french = ([format_size(*size, lang) for size in (*page.least, page.most)] for lang in LANGUAGES)
    return {
        "needed_en": f"{' or '.join(english[:-1])} and more, up to {english[-1]}",
        "needed_fr": f"{' ou '.join(french[:-1])} et plus, jusqu’à {french[-1]}",
    }


def fitting_stock(
    stocks: Iterable[Stock], theme: Theme, pages: int, size: tuple[Um, Um] | None = None
) -> list[Stock]:
    """Return the stock that a template of so many pages (labels take one) can be made on, exact sizes first.

    `size` is the width and height to be near to, in µm; by default those of the template's page.
    """
    width, height = size or (theme.page.width, theme.page.height)
    by_key = {stock.key: stock for stock in stocks}  # a sheet may be there under several names
    fitting = [stock for stock in by_key.values() if pages <= stock.sides and fits(theme, stock)]
    return sorted(fitting, key=lambda one: (abs(one.width - width) + abs(one.height - height), one.key))


def name_nearest(
    stocks: Iterable[Stock], theme: Theme, pages: int, size: tuple[Um, Um] | None = None
) -> dict[str, str]:
    """Return the nearest sheets as values of a message, at most three, by key; see `fitting_stock`."""
    found = ", ".join(stock.key for stock in fitting_stock(stocks, theme, pages, size)[:3])
    return {"fitting_en": found, "fitting_fr": found} if found else in_both("fitting", "no_sheet")


_SIDES_TOGETHER = 40  # sides of a long file that are laid out together: some two hundred cards
_MARKS = 64  # sheets whose marks are remembered: a file's are alike
_NO_OFFSET = Printer()

Caption = Callable[[str, Um], Piece]
Records: TypeAlias = Sequence[Sequence[Face]] | Mapping[int, Sequence[Face]]
"""The faces of each record, by its number."""


class Sheets(Struct, frozen=True, kw_only=True):
    """The way one document stands on paper."""

    document: str  # its name, for messages
    stock: Stock | None = None  # label or card stock; None for pages and folded sheets
    fold: str = ""  # "booklet", "trifold", or empty
    flip: Flip = "long-edge"  # the edge the printer turns sheets about
    order: Order = "rows"  # of cards on sheets
    start: int = 1  # the first free place of the first sheet, from 1
    printer: Printer = _NO_OFFSET  # the correction of the printer's offset

    @property
    def widths(self) -> tuple[Um, ...]:
        """The widths of pages that differ in width, in their order; empty if all are alike."""
        return TRIFOLD_WIDTHS if self.fold == "trifold" else ()

    @property
    def is_imposed(self) -> bool:
        """Return whether pages are put on larger sheets."""
        return self.stock is not None or bool(self.fold)

    @property
    def duplex(self) -> Literal["", "DuplexFlipLongEdge", "DuplexFlipShortEdge", "Simplex"]:
        """The viewer preference for one side or both; empty for pages, which are left to the user."""
        if self.stock is not None and self.stock.sides == 1:
            return "Simplex"
        return duplex_name(self.flip) if self.is_imposed else ""


def sheets_for(
    document: str,
    theme: Theme,
    stock: Stock | None,
    *,
    fold: bool = True,
    flip: str | None = None,
    order: str = "rows",
    start: int = 1,
    printer: Printer = _NO_OFFSET,
) -> Sheets:
    """Return how a document stands on paper, from what its campaign and the command line ask for; see `Sheets`.

    Its theme says whether its pages are folded; without `fold` they are not put on their sheets. Folded sheets are
    landscape, and turn like a page about their short edge unless `flip` says otherwise.
    """
    folded = theme.fold if fold and stock is None else ""
    flip = flip or ("short-edge" if folded else "long-edge")
    return Sheets(
        document=document,
        stock=stock,
        fold=folded,
        flip="short-edge" if flip == "short-edge" else "long-edge",
        order="stack" if order == "stack" else "rows",
        start=start,
        printer=printer,
    )


def fit_theme(theme: Theme, stock: Stock, place: Place, nearest: Callable[[], Mapping[str, str]]) -> Theme:
    """Return the theme of a template with pages of the size of a stock's places, if the template is made for it.

    Args:
        theme: for the page the template was made for.
        stock: the label or card stock to print on.
        place: the document, for the fault.
        nearest: returns the values of the fault (P112) that name stock which suits the template.
    """
    if not fits(theme, stock):
        found = size_values("found", stock.width, stock.height)
        raise fail("P112", place, name=stock.name, **found, **needed_sizes(theme.page), **nearest())
    return theme.resized(stock.width, stock.height)


class LongLayout:
    """The pages of a long file of cards, laid out and put on sheets as they are asked for.

    Its `step` says how far copy-fit had to go for the cards asked for so far.
    """

    def __init__(
        self,
        first: Layout,
        sides: Sequence[SheetSide],
        lay_out: Callable[[Sequence[int]], Sequence[Layout]],
        face: Callable[[SheetSide, Records], Face],
    ) -> None:
        self.title, self.step = first.title, first.step
        self._sides, self._lay_out, self._face = sides, lay_out, face

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._sides)

    def __iter__(self) -> Iterator[Face]:
        """Yield the pages in their order; the cards of a few sheets are in memory at a time."""
        for start in range(0, len(self._sides), _SIDES_TOGETHER):
            sides = self._sides[start : start + _SIDES_TOGETHER]  # fronts with their backs
            numbers = sorted({item.record for side in sides for item in side.items})
            layouts = self._lay_out(numbers)
            self.step = max([self.step, *(layout.step for layout in layouts)])
            records = {number: layout.faces for number, layout in zip(numbers, layouts, strict=True)}
            for side in sides:
                yield self._face(side, records)


class Imposer:
    """A maker of sheets from the layouts of one file; `caption` sets the `control_text` of a line in a width.

    Pages for a print shop (`press`) have their fold marks outside the trim (`leaflet.imposition.bleed`).
    """

    def __init__(self, sheets: Sheets, caption: Caption, control_text: str, *, press: bool = False) -> None:
        self.sheets, self._is_imposed = sheets, sheets.is_imposed
        self._caption, self._control_text = caption, control_text
        self._press = press
        self._around = lru_cache(maxsize=_MARKS)(self._marks)

    def impose(self, layouts: Sequence[Layout]) -> Layout:
        """Return the pages of one file; the layouts are its records, in order."""
        first, step = layouts[0], max(layout.step for layout in layouts)
        if not self._is_imposed:
            if len(layouts) == 1:
                return first
            return Layout(first.title, tuple(face for layout in layouts for face in layout.faces), step)
        records = [layout.faces for layout in layouts]
        return Layout(first.title, tuple([self._face(side, records) for side in self.plan(records)]), step)

    def impose_in_turn(self, count: int, lay_out: Callable[[Sequence[int]], Sequence[Layout]]) -> LongLayout:
        """Return the pages of a long file of so many cards; `lay_out` lays records out, by their numbers from 0."""
        (first,) = lay_out([0])
        return LongLayout(first, self.plan([first.faces] * count), lay_out, self._face)

    def plan(self, records: Sequence[Sequence[Face]]) -> tuple[SheetSide, ...]:
        """Return where each face goes, on which side of which sheet."""
        sheets, faces = self.sheets, len(records[0])
        if sheets.stock is not None:
            if faces > sheets.stock.sides:
                where, printed = Place(file=sheets.document), in_both("sides", f"printed_sides_{sheets.stock.sides}")
                raise fail("M007", where, name=sheets.stock.name, count=faces, **printed)
            return plan_sheets(
                sheets.stock, len(records), faces=faces, start=sheets.start, flip=sheets.flip, order=sheets.order
            )
        if sheets.fold == "trifold":
            return plan_trifold(faces, flip=sheets.flip)
        page = records[0][0]
        return plan_booklet(faces, page_width=page.width, page_height=page.height, flip=sheets.flip)

    def _face(self, side: SheetSide, records: Records) -> Face:
        side = shift(side, self.sheets.printer)
        bare = replace(side, sheet=0, items=())  # marks depend on its size and places alone
        return lay_side(side, records, self._around(bare))

    def _marks(self, side: SheetSide) -> tuple[Placed, ...]:
        """Return crop and fold marks, and the control line with its text."""
        stock = self.sheets.stock
        marks: list[Rule] = [] if self._press else [*fold_marks(side)]
        around: list[Placed] = []
        if stock is not None:
            marks += crop_marks(side, stock)
            if control := control_line(side, stock):
                marks += control.line, *control.ticks
                piece, room = self._caption(self._control_text, control.label.width), control.label
                around.append(Placed(piece, room.x, room.y + (room.height - piece.height) // 2, artifact=True))
        if marks:
            around.append(Placed(marks_piece(marks, side.width, side.height), 0, 0, artifact=True))
        return tuple(around)


def lay_side(side: SheetSide, records: Records, around: Sequence[Placed] = ()) -> Face:
    """Return the faces of records, by their numbers in the plan of a side, in their places, and marks around them.

    A folded sheet has one record, whose panels are read in the order of their faces; on other sheets each record
    is read as a whole, front and back, before the next.
    """
    placed: list[Placed] = []
    sections: list[int | None] = []
    for item in side.items:
        face = records[item.record][item.face]
        found, room = (face.width, face.height), item.box[2:]
        if found != room:
            raise ValueError(f"a face of {found} µm does not belong in a place of {room} µm")
        placed += [_put(one, item) for one in face.placed]
        sections += [item.face if side.folds else item.record] * len(face.placed)
    sections += [None] * len(around)
    return Face(side.width, side.height, (*placed, *around), tuple(sections), folds=side.folds)


def _put(placed: Placed, item: Imposed) -> Placed:
    """Return what stands on a face, moved to the place of the face; upside down if the place is."""
    (piece, x, y, list_at, artifact, turned, _), room = placed, item.box
    if item.turned:
        x, y, turned = room.width - x - piece.width, room.height - y - piece.height, not turned
    return Placed(piece, room.x + x, room.y + y, list_at, artifact, turned)  # not _replace: a sheet has sixty
