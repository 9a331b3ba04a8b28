"""Arrange blocks on as many pages as they need, in large print: one column, broken where it reads well."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from leaflet.layout.arrange.areas import LISTS, Area, Arrangement, Size, Spot
from leaflet.layout.arrange.gaps import AGAIN, HEADINGS, Gaps
from leaflet.layout.theme import Theme
from leaflet.markup.vocabulary import SHEET_WIDE
from leaflet.units import Um, pt


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
        foot = max((size.height for _, size in feet), default=_folio_height(self.theme))
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
        return Arrangement(tuple(sorted(spots, key=_reading_order)), pages, overflow, missing)

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
        """Return the height that must be free for each block, lest it stand alone or start what is torn apart.

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
            if needs and (item.size.name in HEADINGS or is_ticked or (item.at_foot and after and after.at_foot)):
                needs.append(height + gap + needs[-1])
            elif is_whole and is_start and self.page.head + self._heading_above(before, item) + grid_height <= limit:
                needs.append(grid_height)
            else:
                needs.append(height)
        return needs[::-1]

    def _heading_above(self, before: "_Item | None", item: "_Item") -> Um:
        """Return the height of the heading that a block stays with, and of the gap between them."""
        if before is None or before.size.name not in HEADINGS:
            return 0
        return before.size.height + self.between(before.size.name, item.size.name)


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


def _reading_order(item: tuple[int, Spot]) -> tuple[int, int]:
    return item[1].page, item[0]


def _folio_height(theme: Theme) -> Um:
    """Return the line above the footer that holds the page number, in themes whose pages flow."""
    token = theme.type["legal"]
    return pt(token.size * token.leading)
