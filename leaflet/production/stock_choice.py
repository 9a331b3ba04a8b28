"""The sheet that a document asks for: found by any of its names, and of a size that its template can have."""

from collections.abc import Mapping

from leaflet.campaign import Campaign, Document
from leaflet.faults import LeafletError, Place, Report
from leaflet.imposition.impose import NO_SHEET, fit_theme, name_nearest
from leaflet.imposition.stock import Stock, find_stock, load_stock, nearest_name, read_stock
from leaflet.layout.theme import Theme
from leaflet.production.design import Design, load_design


def load_known_stock(campaign: Campaign, report: Report) -> dict[str, Stock]:
    """Return the stock of the program and the campaign's own, by key.

    Args:
        campaign: the campaign.
        report: gets the faults of the campaign's own stock.

    Raises:
        LeafletError: a file of stock cannot be read.
    """
    stocks = load_stock(campaign.resources)
    for key, table in campaign.stock.items():
        if (own := read_stock(key, table, campaign.place("stock", key), report)) is not None:
            stocks[key] = own
    return stocks


def choose_stock(
    stocks: Mapping[str, Stock], name: str, document: Document, campaign: Campaign, report: Report
) -> Stock | None:
    """Return the stock of a name; None with a fault that names what is like it, and what suits the template.

    Args:
        stocks: those there are, by key.
        name: as the document has it.
        document: the document, for its template.
        campaign: its campaign.
        report: gets the fault.
    """
    stock = find_stock(stocks, name)
    if stock is None:
        values = {"value": name, "proposal": nearest_name(stocks, name), "template": document.template}
        place = campaign.place_of(document, "sheet")
        report.add("P111", place, **values, **_nearest_sheets(stocks, document, campaign))
    return stock


def _nearest_sheets(stocks: Mapping[str, Stock], document: Document, campaign: Campaign) -> dict[str, str]:
    """Return the sheets for a document as values of a message; none if its template or theme has a fault itself."""
    try:
        design = load_design(campaign, document)
    except LeafletError:  # reported by whoever makes the document
        return NO_SHEET
    return name_nearest(stocks.values(), design.theme, design.pages)


def theme_on(design: Design, stock: Stock, stocks: Mapping[str, Stock], place: Place) -> Theme:
    """Return the theme of a design at the size of a stock's places.

    Raises:
        DataError: the template cannot have this size; the fault names the nearest sheets that it can be made on.
    """

    def nearest() -> dict[str, str]:
        size = stock.width, stock.height
        return {"template": design.template, **name_nearest(stocks.values(), design.theme, design.pages, size)}

    return fit_theme(design.theme, stock, place, nearest)
