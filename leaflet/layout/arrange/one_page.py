"""Arrange blocks on one page: each under the one before, side by side in columns and grids, or head down."""

from msgspec import Struct
from msgspec.structs import replace

from leaflet.layout.arrange.areas import GRIDS, LISTS, Area, Arrangement, Size, Spot
from leaflet.layout.arrange.gaps import AGAIN, FOLD, HEADINGS, TURNED, Gaps
from leaflet.layout.arrange.widths import column_widths, grid_columns, row_width
from leaflet.layout.theme import PageTokens
from leaflet.markup.vocabulary import SHEET_WIDE
from leaflet.units import Um, mm

_FRAMED = frozenset({"panel", "qr"})  # blocks whose frame can be higher than what stands in it
_MOST_SHARE = mm(3.6)  # by which a gap above a fold grows


class _Placed(Struct, frozen=True):
    """A block during arrangement: its index, and its spot."""

    index: int
    size: Size
    spot: Spot

    def lowered(self, by: Um) -> "_Placed":
        """Return the block, `by` µm lower."""
        return replace(self, spot=replace(self.spot, y=self.spot.y + by))

    def turned(self, foot: Um) -> "_Placed":
        """Return the block for the other way up, in the half that ends at `foot`."""
        return replace(self, spot=replace(self.spot, turned=foot))


class OnePage(Gaps):
    """An arrangement on one page: what stands in `bottom` goes to its foot, the rest to its head."""

    def arrange(self, area: Area) -> Arrangement:
        """Arrange a page."""
        page = self.page
        self._count, self._beyond = 0, 0
        whole = page.width - 2 * page.margin
        bottom = next((c for c in area.children if isinstance(c, Area) and c.tag == "bottom"), None)
        top = tuple(child for child in area.children if child is not bottom)
        placed, end = self._stack(top, page.margin, _start(page, top), whole)
        is_full = bool(placed) and placed[-1].size.name in SHEET_WIDE
        limit = page.height if is_full else page.height - page.head
        if bottom is not None:
            below, height = self._stack(bottom.children, page.margin, 0, whole)
            foot = page.height - height - _free_at_foot(page, bottom)
            placed += [item.lowered(foot) for item in below]
            limit = foot - self.sizes["block"]
        spots = tuple((item.index, item.spot) for item in placed)
        missing = max(end - limit, self._beyond)
        if missing <= 0:
            return Arrangement(spots, 1)
        late = (item.index for item in placed if item.spot.y + item.size.height > limit)
        return Arrangement(spots, 1, next(late, self._count - 1), missing)

    def _stack(
        self, children: tuple[Area | Size, ...], x: Um, y: Um, width: Um, list_at: str = ""
    ) -> tuple[list[_Placed], Um]:
        """Return children one under the other from `y`; returns them, and where the last one ends."""
        placed: list[_Placed] = []
        before = ""
        for child in children:
            name = child.tag if isinstance(child, Area) else child.name
            if name == AGAIN:  # nothing goes on on another page
                self._count += 1
                continue
            y += self.between(before, name)
            if name == FOLD:
                end, y = y, self._fold(y, child)
                placed = _spread(placed, y - end)
            if isinstance(child, Area):
                more, y = self._area(child, x, y, width)
                placed += more
            else:
                left = 0 if name in SHEET_WIDE else x
                height = max(child.height, self.page.height - y) if before == TURNED else child.height
                placed.append(self._place(child, left, y, height, list_at))
                y += height
            before = name
        return placed, y

    def _fold(self, end: Um, fold: Area | Size) -> Um:
        """Return where a fold begins, whose line is in the middle of the page; `end` is that of what stands above."""
        assert isinstance(fold, Size)
        y = (self.page.height - fold.height) // 2
        self._beyond = max(self._beyond, end - y)
        return y

    def _turn(self, area: Area, x: Um, width: Um) -> tuple[list[_Placed], Um]:
        """Return blocks that stand head down above the middle of the page, as they stand before they are turned."""
        middle = self.page.height // 2
        placed, end = self._stack(area.children, x, self.page.head, width)
        self._beyond = max(self._beyond, end + self.page.footer - middle)
        return [item.turned(middle) for item in placed], middle

    def _place(self, size: Size, x: Um, y: Um, height: Um, list_at: str) -> _Placed:
        item = _Placed(self._count, size, Spot(0, x, y, height, list_at))
        self._count += 1
        return item

    def _area(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        if area.tag == "columns":
            return self._columns(area, x, y, width)
        if area.tag == "row":
            return self._row(area, x, y, width)
        if area.tag == TURNED:
            return self._turn(area, x, width)
        if area.tag in GRIDS:
            return self._grid(area, x, y, width)
        return self._stack(area.children, x, y, width, area.at if area.tag in LISTS else "")

    def _columns(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        widths = column_widths(self.page)
        stacks: list[tuple[list[_Placed], Um]] = []
        for child in area.children:
            assert isinstance(child, Area)
            left = x + width - self.page.side if child.tag == "side" else x
            stacks.append(self._stack(child.children, left, y, widths[child.tag]))
        foot = max([y, *(end for _, end in stacks)])
        return [item for stack, end in stacks for item in _ending_at(stack, foot - end)], foot

    def _row(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        sizes = [child for child in area.children if isinstance(child, Size)]
        height = max((size.height for size in sizes), default=0)
        pitch = row_width(self.page, width, len(sizes)) + self.page.gutter
        placed = [self._place(size, x + i * pitch, y, height, "") for i, size in enumerate(sizes)]
        return placed, y + height

    def _grid(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        """Return blocks in rows of equal columns, each row as high as its highest block."""
        sizes = [child for child in area.children if isinstance(child, Size)]
        columns = grid_columns(self.page, area.tag, width, len(sizes))
        pitch = row_width(self.page, width, columns) + self.page.gutter
        list_at = area.at if area.tag in LISTS else ""
        placed: list[_Placed] = []
        for start in range(0, len(sizes), columns):
            y += self.between(sizes[0].name, sizes[0].name) if start else 0
            row = sizes[start : start + columns]
            placed += [self._place(size, x + i * pitch, y, size.height, list_at) for i, size in enumerate(row)]
            y += max(size.height for size in row)
        return placed, y


def _spread(placed: list[_Placed], free: Um) -> list[_Placed]:
    """Return blocks above a fold, lower by equal shares of what is free there; a title and its rule stay."""
    moved = [item for item in placed if item.size.name not in (*HEADINGS, "hr")]
    share = max(0, min(free // (len(moved) + 1), _MOST_SHARE))
    drops = {item.index: share * number for number, item in enumerate(moved, 1)}
    return [item.lowered(drops.get(item.index, 0)) for item in placed]


def _ending_at(stack: list[_Placed], missing: Um) -> list[_Placed]:
    """Return a column whose last block ends with the other column, `missing` µm lower; one that is alone grows."""
    if not stack or not missing:
        return stack
    *others, last = stack
    if others:
        last = last.lowered(missing)
    elif last.size.name in _FRAMED:
        last = replace(last, spot=replace(last.spot, height=last.spot.height + missing))
    return [*others, last]


def _start(page: PageTokens, children: tuple[Area | Size, ...]) -> Um:
    """Return where the first block begins: a hero at the edge of the page, all others under its head margin."""
    first = children[0] if children else None
    return 0 if isinstance(first, Size) and first.name in SHEET_WIDE else page.head


def _free_at_foot(page: PageTokens, bottom: Area) -> Um:
    """Return what stays free under the foot of a page: less under a footer, which is small print."""
    last = bottom.children[-1] if bottom.children else None
    return page.footer if isinstance(last, Size) and last.name == "footer" else page.head
