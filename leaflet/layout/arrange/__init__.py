"""Arithmetic of the page: from the sizes of blocks to their places. No text, no pieces.

Two schools whose blocks have the same heights have the same arrangement, so it is worked out once for both.
Lengths are µm, y downwards.
"""

from leaflet.layout.arrange.areas import GRIDS, Area, Arrangement, Size, Spot
from leaflet.layout.arrange.flow import Flow
from leaflet.layout.arrange.one_page import OnePage
from leaflet.layout.arrange.widths import column_widths, grid_columns, is_text_beside, row_width
from leaflet.layout.theme import PageTokens, Theme

__all__ = [
    "GRIDS",
    "Area",
    "Arrangement",
    "Size",
    "Spot",
    "arrange",
    "column_widths",
    "grid_columns",
    "is_text_beside",
    "row_width",
]


def arrange(area: Area, theme: Theme, page: PageTokens, factor: float) -> Arrangement:
    """Arrange the blocks of a page.

    Args:
        area: the blocks, by their sizes.
        theme: its spaces.
        page: its measures.
        factor: times the space between blocks.
    """
    kind = Flow if page.pages == "flow" else OnePage
    return kind(theme, page, factor).arrange(area)
