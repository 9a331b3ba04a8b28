"""Find the sheets of stock that a template can be made on, the nearest in size first, and say what it needs."""

from collections.abc import Iterable

from leaflet.faults import LANGUAGES
from leaflet.imposition.stock import Stock, format_size, size_values
from leaflet.layout.theme import PageTokens, Theme
from leaflet.units import Um

_NAMED = 3  # sheets that a message names
NO_SHEET = {"fitting_en": "none that is known", "fitting_fr": "aucune qui soit connue"}
"""The words of a message that names the sheets for a template, where there are none."""


def fits(theme: Theme, stock: Stock) -> bool:
    """Tell whether the places of a stock have a size that a template is made for; nothing is built for it.

    Args:
        theme: a theme on the paper of the template, as `leaflet.layout.theme.load_theme` reads it.
        stock: the label or card stock.
    """
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
    """Return the stock that a template can be made on, exact sizes first.

    Args:
        stocks: to choose from.
        theme: a theme on the paper of the template.
        pages: how many pages the template has; labels take one.
        size: width and height to be near to, in µm; by default those of the template's page.
    """
    width, height = size or (theme.page.width, theme.page.height)

    def distance(stock: Stock) -> tuple[Um, str]:
        return abs(stock.width - width) + abs(stock.height - height), stock.key

    by_key = {stock.key: stock for stock in stocks}  # a sheet may be there under several names
    return sorted((one for one in by_key.values() if pages <= one.sides and fits(theme, one)), key=distance)


def name_nearest(
    stocks: Iterable[Stock], theme: Theme, pages: int, size: tuple[Um, Um] | None = None
) -> dict[str, str]:
    """Return the nearest sheets as values of a message, at most three, by key; see `fitting_stock`."""
    found = ", ".join(stock.key for stock in fitting_stock(stocks, theme, pages, size)[:_NAMED])
    return {"fitting_en": found, "fitting_fr": found} if found else NO_SHEET
