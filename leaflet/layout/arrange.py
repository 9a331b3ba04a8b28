"""Arrange the blocks of a page: arithmetic from their sizes to their places, in µm, y downwards. No text, no pieces.

Two schools whose blocks have the same heights have the same arrangement, so it is worked out once for both. On one
page each block stands under the one before, side by side in columns and grids, or head down (`OnePage`); in large
print blocks go on as many pages as they need, in one column that is broken where it reads well (`Flow`).
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from leaflet.geometry import Um, mm, pt
from leaflet.layout.theme import PageTokens, Theme
from leaflet.markup.vocabulary import SHEET_WIDE
from leaflet.program import own_table

GRIDS = frozenset({"tiles", "trouble"})
"""Containers whose blocks stand in rows, side by side."""
LISTS = frozenset({"steps", "tiles"})
"""Containers that are lists to a screen reader."""


class Size(NamedTuple):  # a tuple, because arrangements are looked up by sizes for every record
    """A block as an arrangement sees it: its word and its height."""

    name: str
    height: Um


class Area(NamedTuple):
    """A container with what stands in it, in reading order; `at` names it among others of its kind."""

    tag: str
    at: str
    children: tuple["Area | Size", ...]


class Spot(Struct, frozen=True):
    """The place of a block: page (counted from 0), corner, height it is stretched to, the list it belongs to."""

    page: int
    x: Um
    y: Um
    height: Um
    list_at: str = ""
    artifact: bool = False  # a repetition, which a screen reader must not read again
    turned: Um = 0  # the foot of the half in which it stands head down; its place is that before the half is turned


class Arrangement(Struct, frozen=True):
    """The spots of an area's blocks in reading order, or which block does not fit and by how much."""

    spots: tuple[tuple[int, Spot], ...]  # (index of the block, spot); a footer that recurs has several
    pages: int
    overflow: int | None = None  # index of the first block that does not fit, None if all do
    missing: Um = 0  # what is lacking then


AGAIN = "again"  # the heading of tiles, on each further page on which they stand
HEADINGS = frozenset({"h1", "h2", "h3", "h4", AGAIN})
FOLD, TURNED = "fold", "turned"
_GAPS = ("section", "block", "step", "paragraph", "item", "heading", "under-heading")  # which copy-fit narrows
_BEFORE, _UNDER_HEADING = (
    {block: space for space, blocks in table.items() for block in blocks.split()}
    for table in own_table("spaces.toml").values()
)


class Gaps:
    """The space between two blocks of a theme on a page, times a factor at a step of copy-fit."""

    def __init__(self, theme: Theme, page: PageTokens, factor: float) -> None:
        self.theme, self.page = theme, page
        self.sizes = {name: round(theme.space[name] * factor) for name in _GAPS}
        # Pictures shrink besides: with as little as other blocks, steps would touch.
        self.sizes["step"] = round(theme.space["step"] * max(factor, (factor + 1) / 2))

    def between(self, before: str, name: str) -> Um:
        """Return the space between two blocks."""
        if not before or name == "strip" or FOLD in (before, name) or before == TURNED:
            return 0
        if name == "footer":  # what is above it keeps its place near the foot, however much air the page has
            return min(self.sizes["block"], self.theme.space["block"])
        if name == "case" and before in ("case", "trouble"):  # as much as under the hairline
            return self.theme.space["case"]
        if name == "case" and before == "tiles":  # what ends above its hairline does not touch it
            return max(self.sizes["item"], self.theme.space["item"])
        if before in SHEET_WIDE:
            return self.sizes["section"]
        if before in HEADINGS:
            return self.sizes[_UNDER_HEADING.get(name, "paragraph")]
        return self.sizes[_BEFORE.get(name, "block")]


class Flow(Gaps):
    """An arrangement on as many pages as the text needs: one column, the footer at the foot of each.

    Where a paragraph in `bottom` ends the last page, it stands there instead.
    """

    def arrange(self, area: Area) -> Arrangement:
        """Arrange a page."""
        items = list(enumerate(_flatten(area, "")))
        feet = [(index, item.size) for index, item in items if item.size.name == "footer"]
        body = [(index, item) for index, item in items if item.size.name not in ("footer", AGAIN)]
        again = {after.grid_at: before for before, (_, after) in pairwise(items) if before[1].size.name == AGAIN}
        folio = self.theme.type["legal"]  # a line with the page number stands there, too
        foot = max((size.height for _, size in feet), default=pt(folio.size * folio.leading))
        limit = self.page.height - self.page.footer - foot - self.sizes["block"]
        spots, overflow, missing = self._break(body, again, limit)
        pages = max((spot.page for _, spot in spots), default=0) + 1
        left, base = self.page.margin, self.page.height - self.page.footer
        is_said = pages > 1 and bool(body) and body[-1][1].at_foot and body[-1][1].size.name == "p"
        last = pages - 1 - is_said  # a paragraph at the foot of the last page stands there in the place of the foot
        spots += [
            (index, Spot(page, left, base - size.height, size.height, artifact=page < last))
            for page in range(last + 1)
            for index, size in feet
        ]
        spots.sort(key=lambda spot: (spot[1].page, spot[0]))
        return Arrangement(tuple(spots), pages, overflow, missing)

    def _break(
        self, body: list[tuple[int, "_Item"]], again: dict[str, tuple[int, "_Item"]], limit: Um
    ) -> tuple[list[tuple[int, Spot]], int | None, Um]:
        """Break blocks into pages; `again` has the heading of each grid for the pages on which it goes on."""
        pages: list[list[_Standing]] = [[]]
        items = [item for _, item in body]
        needs = zip(self._needs(items, limit, is_whole=True), self._needs(items, limit, is_whole=False), strict=True)
        y, before, grid, is_low = 0, "", "", False
        rooms: list[int] = []
        for number, ((index, item), (whole, torn)) in enumerate(zip(body, needs, strict=True)):
            is_low = is_low if before in HEADINGS else y > limit // 2  # what follows a heading goes where it does
            size, need = item.size, whole if is_low else torn
            gap = self.between(before, size.name)
            is_torn = item.grid_at == grid != ""
            if before and (y + gap + need > limit or (is_torn and not rooms[0])):
                pages.append([])
                before, rooms = "", rooms[1:]
                if is_torn and grid in again:
                    head, heading = again[grid]
                    pages[-1].append(_Standing(head, heading, self.page.head, 0))
                    y, before, gap = self.page.head + heading.size.height, AGAIN, self.between(AGAIN, size.name)
            if item.grid_at != grid:
                grid = item.grid_at
                above = again[grid][1].size.height + self.between(AGAIN, size.name) if grid in again else 0
                start = y + gap if before else self.page.head
                rooms = self._share(body[number:], start, above, limit) if grid else []
            if grid:
                rooms[0] -= 1
            if not before:
                y, gap = 0 if size.name in SHEET_WIDE else self.page.head, 0
            if y + gap + size.height > limit:
                return [], index, y + gap + size.height - limit
            pages[-1].append(_Standing(index, item, y + gap, gap))
            y, before = y + gap + size.height, size.name
        return [spot for page, blocks in enumerate(pages) for spot in self._spread(blocks, page, limit)], None, 0

    def _share(self, rest: list[tuple[int, "_Item"]], start: Um, above: Um, limit: Um) -> list[int]:
        """Return how many of the tiles that `rest` begins with stand on each page: pages are filled evenly.

        Tiles begin at `start` on the first page, and `above` µm under the head of others.
        """
        heights = [item.size.height for _, item in rest if item.grid_at == rest[0][1].grid_at]
        counts, lowest = self._fill(heights, start, above, limit)
        while True:
            others, end = self._fill(heights, start, above, lowest - 1)
            if len(others) > len(counts) or end >= lowest:
                return counts
            counts, lowest = others, end

    def _fill(self, heights: list[Um], start: Um, above: Um, limit: Um) -> tuple[list[int], Um]:
        """Return how many tiles stand on each page, at least one, if each takes what it can; the lowest end."""
        counts, y, lowest = [0], start, 0
        for height in heights:
            if counts[-1] and y + height > limit:
                counts.append(0)
                y = self.page.head + above
            counts[-1] += 1
            lowest = max(lowest, y + height)
            y += height + self.sizes["step"]
        return counts, lowest

    def _spread(self, blocks: list["_Standing"], page: int, limit: Um) -> Iterator[tuple[int, Spot]]:
        """Yield the spots of a page: what stands in `bottom` goes to its foot, the gaps above share what is free."""
        free = limit - blocks[-1].y - blocks[-1].item.size.height if blocks else 0
        feet = next((number for number, block in enumerate(blocks) if number and block.item.at_foot), len(blocks))
        gaps = sum(block.gap for block in blocks[: feet + 1])
        share = min(self.page.air - 1, free / gaps) if gaps else 0
        drop = 0
        for number, (index, item, y, gap) in enumerate(blocks):
            drop = free if number >= feet else drop + int(gap * share)
            left = 0 if item.size.name in SHEET_WIDE else self.page.margin
            yield index, Spot(page, left, y + drop, item.size.height, item.list_at)

    def _needs(self, items: list["_Item"], limit: Um, *, is_whole: bool) -> list[Um]:
        """Return the height that must be free below each block, so that it is not parted from what it belongs to.

        A heading stays with what follows it, a code with the line on which it is ticked off, and all that stands in
        `bottom` together; if they are to stand whole, tiles begin a new page if one page holds all of them.
        """
        needs: list[Um] = []
        grid_height = 0
        for item, after, before in zip(items[::-1], [None, *items[:0:-1]], [*items[-2::-1], None], strict=True):
            height = item.size.height
            gap = self.between(item.size.name, after.size.name) if after else 0
            is_torn = item.grid_at and after and after.grid_at == item.grid_at
            grid_height = height + (gap + grid_height if is_torn else 0)
            is_start = item.grid_at and not (before and before.grid_at == item.grid_at)
            is_ticked = item.size.name == "qr" and after and after.size.name == "item"
            above = 0  # the heading that it stays with
            if before and before.size.name in HEADINGS:
                above = before.size.height + self.between(before.size.name, item.size.name)
            if needs and (item.size.name in HEADINGS or is_ticked or (item.at_foot and after and after.at_foot)):
                needs.append(height + gap + needs[-1])
            elif is_whole and is_start and self.page.head + above + grid_height <= limit:
                needs.append(grid_height)
            else:
                needs.append(height)
        return needs[::-1]


class _Item(NamedTuple):
    """A block of a flow, with the list and the grid it belongs to, empty for none; whether it is in `bottom`."""

    size: Size
    list_at: str
    grid_at: str
    at_foot: bool


class _Standing(NamedTuple):
    """A block on a page that flows: its number in reading order, where it begins, and the space above it."""

    number: int
    item: _Item
    y: Um
    gap: Um


def _flatten(area: Area, list_at: str, grid_at: str = "", at_foot: bool = False) -> Iterator[_Item]:
    for child in area.children:
        if isinstance(child, Area):
            yield from _flatten(
                child,
                child.at if child.tag in LISTS else list_at,
                child.at if child.tag == "tiles" else grid_at,
                at_foot or child.tag == "bottom",
            )
        else:
            yield _Item(child, list_at, grid_at, at_foot)


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


class OnePage(Gaps):
    """An arrangement on one page: what stands in `bottom` goes to its foot, the rest to its head."""

    def arrange(self, area: Area) -> Arrangement:
        """Arrange a page."""
        page = self.page
        self._count, self._beyond = 0, 0
        whole = page.width - 2 * page.margin
        bottom = next((c for c in area.children if isinstance(c, Area) and c.tag == "bottom"), None)
        top = tuple(child for child in area.children if child is not bottom)
        is_wide = isinstance(top[0], Size) and top[0].name in SHEET_WIDE if top else False
        placed, end = self._stack(top, page.margin, 0 if is_wide else page.head, whole)
        is_full = bool(placed) and placed[-1].size.name in SHEET_WIDE
        limit = page.height if is_full else page.height - page.head
        if bottom is not None:
            below, height = self._stack(bottom.children, page.margin, 0, whole)
            last = bottom.children[-1] if bottom.children else None
            is_footer = isinstance(last, Size) and last.name == "footer"  # small print, under which less is free
            foot = page.height - height - (page.footer if is_footer else page.head)
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
        """Place children one under the other from `y`; return them, and where the last one ends."""
        placed: list[_Placed] = []
        before = ""
        for child in children:
            name = child.tag if isinstance(child, Area) else child.name
            if name == AGAIN:  # nothing goes on on another page
                self._count += 1
                continue
            y += self.between(before, name)
            if name == FOLD:  # its line is in the middle of the page
                assert isinstance(child, Size)
                end, y = y, (self.page.height - child.height) // 2
                self._beyond = max(self._beyond, end - y)
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

    def _place(self, size: Size, x: Um, y: Um, height: Um, list_at: str) -> _Placed:
        item = _Placed(self._count, size, Spot(0, x, y, height, list_at))
        self._count += 1
        return item

    def _area(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        if area.tag == "columns":
            return self._columns(area, x, y, width)
        if area.tag == "row" or area.tag in GRIDS:
            return self._grid(area, x, y, width)
        if area.tag != TURNED:
            return self._stack(area.children, x, y, width, area.at if area.tag in LISTS else "")
        middle = self.page.height // 2  # above it blocks stand head down, placed as they stand before they are turned
        placed, end = self._stack(area.children, x, self.page.head, width)
        self._beyond = max(self._beyond, end + self.page.footer - middle)
        return [replace(item, spot=replace(item.spot, turned=middle)) for item in placed], middle

    def _columns(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        widths = self.page.column_widths
        lefts = {"main": x, "side": x + width - self.page.side}
        columns = [child for child in area.children if isinstance(child, Area)]
        stacks = [self._stack(child.children, lefts[child.tag], y, widths[child.tag]) for child in columns]
        foot = max([y, *(end for _, end in stacks)])
        return [item for stack, end in stacks for item in _ending_at(stack, foot - end)], foot

    def _grid(self, area: Area, x: Um, y: Um, width: Um) -> tuple[list[_Placed], Um]:
        """Return blocks in rows of equal columns, each as high as its highest block, as all in a `row` are."""
        sizes, is_row = [child for child in area.children if isinstance(child, Size)], area.tag == "row"
        columns = max(len(sizes), 1) if is_row else self.page.grid_columns(area.tag, width, len(sizes))
        pitch = self.page.row_width(width, columns) + self.page.gutter
        list_at = area.at if area.tag in LISTS else ""
        placed: list[_Placed] = []
        for start in range(0, len(sizes), columns):
            y += self.between(sizes[0].name, sizes[0].name) if start else 0
            row = sizes[start : start + columns]
            height = max(size.height for size in row)
            for i, size in enumerate(row):
                placed.append(self._place(size, x + i * pitch, y, height if is_row else size.height, list_at))
            y += height
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


def arrange(area: Area, theme: Theme, page: PageTokens, factor: float) -> Arrangement:
    """Arrange the blocks of a page with the spaces of a theme, times a factor."""
    return (Flow if page.pages == "flow" else OnePage)(theme, page, factor).arrange(area)
