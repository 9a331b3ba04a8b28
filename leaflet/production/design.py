"""Read the design of a document as plain data: template, what that says of itself, theme and drawings."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from leaflet.campaign import Campaign, Document
from leaflet.faults import fail
from leaflet.files.resources import CAMPAIGN, DRAWN, MAIN, PROGRAM, USER, Resource
from leaflet.imposition.stock import load_stock_file
from leaflet.layout.drawings.store import load_sources
from leaflet.layout.theme import Theme, load_theme, theme_files
from leaflet.markup.page_words import PageWords, load_page_words, word_files
from leaflet.markup.render import About, Renderer, compile_template, load_about, read_template, template_files
from leaflet.reuse.traced_template import TracedSandbox
from leaflet.tables import School

_PAGE = re.compile(r"<page[\s>]")


class Design(Struct, frozen=True, kw_only=True):
    """A template with the theme of a document."""

    template: str  # its name
    about: About  # what it says of itself
    theme: Theme  # the theme on the template's paper
    files: Mapping[str, str]  # the source of every file of the template, by name, with its words
    icons: Mapping[str, str]  # the source of every icon that its blocks may show, by name
    scenes: Mapping[str, str]  # the source of every scene
    words: PageWords  # its texts

    @property
    def pages(self) -> int:
        """The number of pages that the template opens."""
        return count_pages(self.files[f"{self.template}/{MAIN}"])

    @property
    def drawings(self) -> tuple[str, ...]:
        """The sources of all drawings."""
        return (*self.icons.values(), *self.scenes.values())


def count_pages(source: str) -> int:
    """Return how many pages the main file of a template opens; those that it repeats count once."""
    return len(_PAGE.findall(source))


def copies_of(campaign: Campaign, document: str, schools: Iterable[School], usual: int = 1) -> dict[str, int]:
    """Return how many copies of a document each school gets, by its UAI: as its list says, or fewer."""
    template = next((one.template for one in campaign.documents if one.name == document), "")
    most = load_about(campaign.resources.find("templates", template)).copies
    return {one.key: usual if one.copies is None else min(one.copies, most) for one in schools}


def load_design(campaign: Campaign, document: Document) -> Design:
    """Read the design of a document of a campaign."""
    resources = campaign.resources
    words = load_page_words(resources, document.lang, campaign, campaign.place_of(document, "lang"))
    files = read_template(resources, document.template, campaign.place_of(document, "template"), words)
    about = load_about(resources.find("templates", document.template))
    if document.makes not in about.makes:
        place = campaign.place_of(document, "makes")
        raise fail("M006", place, key="makes", value=document.makes, allowed=", ".join(about.makes))
    named_at = campaign.place_of(document, "theme")
    theme = load_theme(resources, document.theme, about.paper, campaign.publisher.color, named_at)
    icons, scenes = load_sources(resources, "icons"), words.put_into_drawings(load_sources(resources, "scenes"))
    return Design(
        template=document.template, about=about, theme=theme, files=files, icons=icons, scenes=scenes,
        words=words,
    )  # fmt: skip


def compile_design(design: Design) -> Renderer:
    """Compile the template of a design, so that it can be traced."""
    return compile_template(design.template, design.files, design.words, sandbox=TracedSandbox)


_NO_PACKAGES = {CAMPAIGN, USER, PROGRAM}


def used_packages(campaign: Campaign, document: Document, design: Design) -> tuple[str, ...]:
    """Return name and release of each package whose resources a document is made from, sorted."""
    if {folder.origin for folder in campaign.resources.folders} <= _NO_PACKAGES:
        return ()
    return tuple(sorted({file.folder.origin for file in _files(campaign, document, design)} - _NO_PACKAGES))


def _files(campaign: Campaign, document: Document, design: Design) -> Iterator[Resource]:
    """Yield the files of resources that a document is made from."""
    resources = campaign.resources
    yield from (*resources.tables("academies.toml"), *word_files(resources))
    yield from (file for file in resources.tables("stock.toml") if document.sheet in load_stock_file(file))
    yield from theme_files(resources, document.theme, design.about.paper)
    if template := resources.find("templates", document.template):
        yield from template_files(resources, template).values()
    named = [("elections", campaign.profile.id), *((kind, name) for kind in DRAWN for name in resources.names(kind))]
    yield from filter(None, (resources.find(kind, name) for kind, name in named))
