"""List the templates, themes, drawings, mails, formats, stock and elections there are; copy one to start from."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Literal, NamedTuple, cast

from msgspec import Struct

from leaflet.campaign.election import load_profile
from leaflet.campaign.values import check_slug
from leaflet.faults import Lang, Place, fail
from leaflet.files.plain_files import writing_new
from leaflet.files.resources import ABOUT, DRAWN, MAIN, Kind, Resources, file_name, find_resources
from leaflet.files.toml_files import read_resource, read_resource_toml
from leaflet.imposition.impose import fitting_stock
from leaflet.imposition.stock import Stock, load_stock_file
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.page_words import SAY, VALUES, read_words, word_files
from leaflet.markup.render import load_about, read_template, sources_read, template_files
from leaflet.production.design import count_pages
from leaflet.production.staging import disk_faults

Listable = Literal["templates", "themes", "formats", "stock", "elections", "icons", "scenes", "mails", "words"]
Copyable = Literal["template", "theme", "election", "icon", "scene", "mail"]
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

    Of stock, `fits` names a template: then what it can be made on, exact sizes first; of words, those that it says.
    """
    if fits is not None and kind not in ("stock", "words"):
        raise fail("U095", Place(field="--fits"), value=kind)
    if kind == "words":
        return _list_words(resources, fits)
    if kind != "stock":
        return [_describe(resources, kind, name, lang) for name in resources.names(kind)]
    listed = {
        key: Listed(key, stock.name, file.folder.origin, stock)
        for file in resources.tables("stock.toml")
        for key, stock in load_stock_file(file).items()
    }
    if fits is None:
        return sorted(listed.values(), key=lambda one: one.name)
    stocks = (one.stock for one in listed.values() if one.stock is not None)
    return [listed[stock.key] for stock in fitting_stock(stocks, *load_paper(resources, fits))]


def _list_words(resources: Resources, template: str | None) -> list[Listed]:
    """Return the texts of pages with their names, all or those that a template says, then the values in braces."""
    listed: dict[str, Listed] = {}
    for file in reversed(word_files(resources)):
        form = "{{{}}}" if file.path.stem == VALUES else "{}"
        for name, text in read_words(file).items():
            listed[form.format(name)] = Listed(form.format(name), text, file.folder.origin)
    said = _said_names(resources, template) if template is not None else listed.keys()
    shown = (one for name, one in listed.items() if name in said or name[0] == "{")
    return sorted(shown, key=lambda one: one.name[0] == "{")


def _said_names(resources: Resources, template: str) -> set[str]:
    """Return the names of the texts that a template and the files that it includes may say."""
    read_template(resources, template, Place(field="--fits"))  # has a fault for one that is not there
    found = resources.find("templates", template)
    assert found is not None, "it was read just now"
    files = {name: read_resource(file, name) for name, file in template_files(resources, found).items()}
    return {name for text in sources_read(f"{template}/{MAIN}", files) for name in SAY.findall(text)}


class Paper(NamedTuple):
    """The theme of a template on its own paper, and how many pages it has at least."""

    theme: Theme
    pages: int


def load_paper(resources: Resources, template: str, theme: str = "default") -> Paper:
    """Load what decides on which sheets a template can be made."""
    pages = count_pages(read_template(resources, template, Place(field="--fits"))[f"{template}/{MAIN}"])
    about = load_about(resources.find("templates", template))
    return Paper(load_theme(resources, theme, about.paper), pages)


def check_templates(names: Iterable[str], folder: Path) -> None:
    """Check that there are the templates that a campaign is begun with in a folder (M001)."""
    for name in names:
        read_template(find_resources(folder), name, Place(field="--document"))


def copy_resource(resources: Resources, kind: Copyable, source: str, name: str, folder: Path) -> list[Path]:
    """Copy a template, theme, election, drawing or mail beside a campaign, under another name; return the files."""
    plural = cast(Kind, f"{kind}s")
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
    if kind == "template":  # with its own name in the place of the source's
        files = [one for one in sorted(found.path.rglob("*")) if one.suffix == ".xml" or one.name == ABOUT]
        texts = {
            target / one.relative_to(found.path): read_resource(found._replace(path=one), one.name).replace(
                f'"{source}/', f'"{name}/'
            )
            for one in files
        }
    else:
        texts = {target: _ID.sub("", read_resource(found, found.path.name))}
    with disk_faults(target, "W113"), writing_new({path: text.encode() for path, text in texts.items()}):
        return list(texts)


def _describe(resources: Resources, kind: Kind, name: str, lang: Lang) -> Listed:
    found = resources.find(kind, name)
    assert found is not None, "it was named just now"
    if kind == "elections":
        profile = load_profile(name, resources)
        title = profile.facts["title"].value if "title" in profile.facts else ""
        said = profile.description or str(title)
    elif kind in DRAWN:
        drawn = _TITLE.search(read_resource(found, found.path.name))
        said = unescape(drawn[1]).strip() if drawn else ""
    elif kind == "mails":
        remark = _REMARK.search(read_resource(found, found.path.name))
        said = " ".join(remark[1].split()) if remark else ""
    else:
        file = found._replace(path=found.path / ABOUT) if kind == "templates" else found
        tables = read_resource_toml(file, file.path.name, "M406") if file.path.exists() else {}
        said = str(tables.get(f"description_{lang}") or tables.get("description", ""))
    return Listed(name, said, found.folder.origin)
