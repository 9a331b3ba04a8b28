"""The design of a document: template, what that says of itself, theme and drawings, read from wherever they are.

A design is plain data: workers on other machines get it, and need none of its files.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from leaflet.campaign import Campaign, Document
from leaflet.layout.drawings.store import load_sources
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.about import About, load_about
from leaflet.markup.render import read_template
from leaflet.resources import MAIN

_PAGE = re.compile(r"<page[\s>]")


class Design(Struct, frozen=True, kw_only=True):
    """A template with the theme of a document.

    Attributes:
        template: its name.
        about: what it says of itself.
        theme: the theme on the template's paper.
        files: the source of every file of the template, by name.
        icons: the source of every icon that its blocks may show, by name.
        scenes: the source of every scene.
    """

    template: str
    about: About
    theme: Theme
    files: Mapping[str, str]
    icons: Mapping[str, str]
    scenes: Mapping[str, str]

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


def load_design(campaign: Campaign, document: Document) -> Design:
    """Read the design of a document of a campaign.

    Raises:
        TemplateError: template, theme or a drawing cannot be read; one that does not exist is a fault of the setting
            that names it.
    """
    resources = campaign.resources
    files = read_template(resources, document.template, campaign.place_of(document, "template"))
    about = load_about(resources.find("templates", document.template))
    named_at = campaign.place_of(document, "theme")
    theme = load_theme(resources, document.theme, about.paper, campaign.publisher.color, named_at)
    icons, scenes = load_sources(resources, "icons"), load_sources(resources, "scenes")
    return Design(template=document.template, about=about, theme=theme, files=files, icons=icons, scenes=scenes)
