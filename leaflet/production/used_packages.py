"""Name the packages whose resources a document is made from: election, addresses, stock, template, theme, drawing."""

from collections.abc import Iterator

from leaflet.campaign import Campaign, Document
from leaflet.imposition.stock import load_stock_file
from leaflet.layout.theme import theme_files
from leaflet.markup.render import template_files
from leaflet.production.design import Design
from leaflet.resources import CAMPAIGN, DRAWN, PROGRAM, USER, Resource

_NO_PACKAGES = {CAMPAIGN, USER, PROGRAM}


def used_packages(campaign: Campaign, document: Document, design: Design) -> tuple[str, ...]:
    """Return name and release of each package, sorted.

    Args:
        campaign: the campaign.
        document: one of its documents.
        design: that of the document.
    """
    if {folder.origin for folder in campaign.resources.folders} <= _NO_PACKAGES:
        return ()
    used = {file.folder.origin for file in _files(campaign, document, design)}
    return tuple(sorted(used - _NO_PACKAGES))


def _files(campaign: Campaign, document: Document, design: Design) -> Iterator[Resource]:
    """Yield the files of resources that a document is made from."""
    resources = campaign.resources
    yield from resources.tables("academies.toml")
    yield from (file for file in resources.tables("stock.toml") if document.sheet in load_stock_file(file))
    yield from theme_files(resources, document.theme, design.about.paper)
    if template := resources.find("templates", document.template):
        yield from template_files(resources, template).values()
    named = [("elections", campaign.profile.id), *((kind, name) for kind in DRAWN for name in resources.names(kind))]
    yield from filter(None, (resources.find(kind, name) for kind, name in named))
