"""The widths of columns, rows and grids of a page."""

from leaflet.layout.theme import PageTokens
from leaflet.units import Um, mm

_LEAST_COLUMN = {"tiles": mm(40), "trouble": mm(60)}
_MOST_CASES = 2  # side by side
_IN_ONE_ROW = 3  # so many tiles or fewer stand in one row, more in two


def column_widths(page: PageTokens) -> dict[str, Um]:
    """Return widths by place: the whole column of text, the main and the side column, the sheet for banners."""
    whole = page.width - 2 * page.margin
    return {"sheet": page.width, "whole": whole, "main": whole - page.side - page.gutter, "side": page.side}


def row_width(page: PageTokens, width: Um, count: int) -> Um:
    """Return the width of each of `count` panels in a row."""
    return width if page.columns == "stacked" else (width - page.gutter * (count - 1)) // max(count, 1)


def is_text_beside(page: PageTokens, count: int) -> bool:
    """Tell whether `count` tiles stand one under the other, with their text beside their pictures."""
    return page.columns == "stacked" or count > page.most_tiles


def grid_columns(page: PageTokens, tag: str, width: Um, count: int) -> int:
    """Return how many of `count` blocks stand side by side in a container of a width: two rows, if there is room."""
    if page.columns == "stacked" or (tag == "tiles" and is_text_beside(page, count)):
        return 1
    room = (width + page.gutter) // (_LEAST_COLUMN[tag] + page.gutter)
    wanted = _MOST_CASES if tag == "trouble" else count if count <= _IN_ONE_ROW else -(-count // 2)
    return max(1, min(room, wanted))
