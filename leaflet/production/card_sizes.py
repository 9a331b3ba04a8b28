"""Find how large a card must be for what stands on it: the answer to a fault on a card that is too small."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from leaflet.faults import Fault, Place, fail
from leaflet.imposition.fitting import name_nearest
from leaflet.imposition.stock import Stock, size_values
from leaflet.layout.theme import Theme
from leaflet.units import Um, mm

TOO_SMALL = frozenset({"F101", "F102", "F103"})
"""Faults that a larger card cures."""
_STEP = mm(1)


def find_least_size(theme: Theme, holds: Callable[[Theme], bool]) -> tuple[Um, Um] | None:
    """Return the least size of a card that holds a record; None if not even the largest does.

    A higher card is looked for before a wider one. Sizes are the card's own, plus whole millimetres.

    Args:
        theme: of the card that is too small; its page arranges itself.
        holds: tells whether the card holds the record in a theme. A larger card holds what a smaller one does.
    """
    page = theme.page
    if page.most is None:
        return None
    widths = range(page.width, page.most[0] + 1, _STEP)
    heights = range(page.height, page.most[1] + 1, _STEP)
    if not widths or not heights or not holds(theme.resized(widths[-1], heights[-1])):
        return None
    width = widths[bisect_left(widths, True, key=lambda width: holds(theme.resized(width, heights[-1])))]
    height = heights[bisect_left(heights, True, key=lambda height: holds(theme.resized(width, height)))]
    return width, height


def sized_faults(
    faults: Sequence[Fault], theme: Theme, pages: int, stocks: Iterable[Stock], holds: Callable[[Theme], bool]
) -> list[Fault]:
    """Return the faults of a record with one that says how large its card must be, in the place of those it cures."""
    if not theme.page.least or not any(fault.code in TOO_SMALL for fault in faults):
        return [*faults]
    least = find_least_size(theme, holds)
    if least is None:
        return [*faults]
    sizes = {**size_values("found", theme.page.width, theme.page.height), **size_values("needed", *least)}
    larger = [stock for stock in stocks if stock.width >= least[0] and stock.height >= least[1]]
    place = next((fault.place for fault in faults if fault.code in TOO_SMALL), Place())
    error = fail("P113", place, **sizes, **name_nearest(larger, theme, pages, least))
    return [*error.faults, *(fault for fault in faults if fault.code not in TOO_SMALL)]
