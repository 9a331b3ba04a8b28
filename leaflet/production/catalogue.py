"""List the templates, themes, drawings, mails, formats, stock and elections there are; copy one to start from."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from leaflet.campaign.election import load_profile
from leaflet.campaign.values import check_slug
from leaflet.faults import Lang, Place, fail, fault_of
from leaflet.files.resources import DRAWN, MAIN, Kind, Resource, Resources, file_name
from leaflet.files.toml_files import read_resource, read_resource_toml
from leaflet.imposition.impose import fitting_stock
from leaflet.imposition.stock import Stock, load_stock_file
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.render import read_template
from leaflet.markup.template_info import NAME as ABOUT
from leaflet.markup.template_info import load_about
from leaflet.production.design import count_pages

Listable = Literal["templates", "themes", "formats", "stock", "elections", "icons", "scenes", "mails"]
Copyable = Literal["template", "theme", "election", "icon", "scene", "mail"]
_FOLDERS: dict[Copyable, Kind] = {
    "template": "templates",
    "theme": "themes",
    "election": "elections",
    "icon": "icons",
    "scene": "scenes",
    "mail": "mails",
}
_DEFAULT_THEME = "default"
_TITLE = re.compile(r"<title>([^<]*)</title>")  # of a drawing
_REMARK = re.compile(r"\{#\s*(.*?)\s*#\}", re.DOTALL)  # the first one says what a mail is for
_ID = re.compile(r'^id = ".*"\n', re.MULTILINE)


class Listed(Struct, frozen=True):
    """One template, theme, format, sheet, election, drawing or mail."""

    name: str  # as campaigns name it
    description: str  # one sentence
    origin: str  # whose it is, see `leaflet.files.resources.Folder`
    stock: Stock | None = None  # the sheet itself, if it is one


def list_resources(resources: Resources, kind: Listable, lang: Lang, fits: str | None = None) -> list[Listed]:
    """Return everything of a kind, sorted by name, each as it would be used: the nearest of its name.

    Args:
        resources: where it is looked for.
        kind: what to list.
        lang: of the descriptions.
        fits: a template; of stock, what it can be made on, exact sizes first.

    Raises:
        TemplateError: there is no such template, or a file cannot be read.
        DataError: a sheet of one's own is wrong.
        UsageError: something else than stock was to fit a template (U095).
    """
    if fits is not None:
        if kind != "stock":
            raise fail("U095", Place(field="--fits"), value=kind)
        return _fitting_stock(resources, fits)
    if kind == "stock":
        return sorted(_stock(resources).values(), key=lambda one: one.name)
    return [_describe(resources, kind, name, lang) for name in resources.names(kind)]


class Paper(NamedTuple):
    """The theme of a template on its own paper, and how many pages it has."""

    theme: Theme
    pages: int


def load_paper(resources: Resources, template: str) -> Paper:
    """Load what decides on which sheets a template can be made.

    Raises:
        TemplateError: there is no such template, or a file cannot be read.
    """
    pages = count_pages(read_template(resources, template, Place(field="--fits"))[f"{template}/{MAIN}"])
    about = load_about(resources.find("templates", template))
    return Paper(load_theme(resources, _DEFAULT_THEME, about.paper), pages)


def _fitting_stock(resources: Resources, template: str) -> list[Listed]:
    """Return the sheets that a template can be made on, exact sizes first."""
    listed = _stock(resources)
    stocks = (one.stock for one in listed.values() if one.stock is not None)
    return [listed[stock.key] for stock in fitting_stock(stocks, *load_paper(resources, template))]


def copy_resource(resources: Resources, kind: Copyable, source: str, name: str, folder: Path) -> list[Path]:
    """Copy a template, theme, election, drawing or mail into a folder beside a campaign, under a name of its own.

    Args:
        resources: where it is looked for.
        kind: what it is.
        source: its name.
        name: that of the copy.
        folder: of the campaign.

    Returns:
        The files written.

    Raises:
        UsageError: the name cannot be used (U090), there is no such thing to copy (U091), or one of this name is
            there already (U092).
        RenderError: the copy cannot be written (W113).
    """
    plural = _FOLDERS[kind]
    try:
        check_slug(name)
    except ValueError:
        raise fail("U090", Place(field="NAME"), value=name) from None
    found = resources.find(plural, source)
    if found is None:
        raise fail("U091", Place(field="--from"), value=source, known=", ".join(resources.names(plural)))
    target = folder / plural / file_name(plural, name)
    if target.exists() or target.is_symlink():
        raise fail("U092", Place(file=str(target)))
    texts = dict(_copies(kind, found, source, name, target))
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise fault_of(error, "W113", target) from None
    return list(texts)


def _copies(kind: Copyable, found: Resource, source: str, name: str, target: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files of a copy with their texts: its own name in the place of the source's."""
    if kind == "template":
        for path in sorted(found.path.rglob("*")):
            if path.suffix == ".xml" or path.name == ABOUT:
                text = read_resource(found.beside(path), path.name).replace(f'"{source}/', f'"{name}/')
                yield target / path.relative_to(found.path), text
    else:
        yield target, _ID.sub("", read_resource(found, found.path.name))


def _describe(resources: Resources, kind: Kind, name: str, lang: Lang) -> Listed:
    found = resources.find(kind, name)
    assert found is not None, "it was named just now"
    if kind == "elections":
        profile = load_profile(name, resources)
        title = profile.facts["title"].value if "title" in profile.facts else ""
        return Listed(name, profile.description or str(title), found.folder.origin)
    if kind in DRAWN:
        drawn = _TITLE.search(read_resource(found, found.path.name))
        return Listed(name, unescape(drawn[1]).strip() if drawn else "", found.folder.origin)
    if kind == "mails":
        remark = _REMARK.search(read_resource(found, found.path.name))
        return Listed(name, " ".join(remark[1].split()) if remark else "", found.folder.origin)
    file = found.beside(found.path / ABOUT) if kind == "templates" else found
    tables = read_resource_toml(file, file.path.name, "M406") if file.path.exists() else {}
    return Listed(name, _text(tables, lang), found.folder.origin)


def _text(tables: dict[str, Any], lang: Lang) -> str:
    own = tables.get(f"description_{lang}")
    return str(own or tables.get("description", ""))


def _stock(resources: Resources) -> dict[str, Listed]:
    return {
        key: Listed(key, stock.name, file.folder.origin, stock)
        for file in resources.tables("stock.toml")
        for key, stock in load_stock_file(file).items()
    }
