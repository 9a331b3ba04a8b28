"""``leaflet list`` and ``leaflet new``: what there is to make leaflets with, and a copy of it to start from."""

from pathlib import Path
from typing import get_args

import click

from leaflet.cli.completion import complete_originals, complete_resources
from leaflet.cli.language import Command
from leaflet.cli.messages import MESSAGES, message
from leaflet.cli.options import PATH
from leaflet.faults import Lang
from leaflet.production.catalogue import Copyable, Listable, Listed, copy_resource, list_resources
from leaflet.resources import find_resources
from leaflet.units import to_mm

_FOLDER = click.option(
    "--in", "folder", metavar="FOLDER", type=PATH, default=".", help="Folder of the campaign; the current one."
)


@click.command("list", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(get_args(Listable)))
@click.option(
    "--fits",
    metavar="TEMPLATE",
    help="Of stock: what suits this template, exact sizes first.",
    shell_complete=complete_resources("templates"),
)
@_FOLDER
@click.pass_obj
def list_command(lang: Lang, kind: Listable, fits: str | None, folder: Path) -> None:
    """List what there is: name, description, where it comes from.

    KIND is templates, themes, formats, stock, elections, icons, scenes or mails. Of stock, it says how large the
    places are, how many a sheet has, and how many sides can be printed.
    """
    found = list_resources(find_resources(folder), kind, lang, fits)
    if fits is not None and not found:
        click.echo(message("none_fits", lang, template=fits))
    widest = max((len(one.name) for one in found), default=0)
    for one in found:
        key = f"origin_{one.origin}"
        origin = message(key, lang) if key in MESSAGES else one.origin
        places = f"{_places(one, lang)}  " if one.stock is not None else ""
        click.echo(f"{one.name:<{widest}}  {places}{one.description} ({origin})")


def _places(listed: Listed, lang: Lang) -> str:
    """Return what the places of a sheet are, in columns: their size to a tenth of a millimetre, as boxes have it."""
    stock = listed.stock
    assert stock is not None, "what is listed is no sheet"
    width, height = (f"{to_mm(length):.1f}".removesuffix(".0") for length in (stock.width, stock.height))
    size = f"{width:>5} × {height:<5} mm"
    one, two = message("sides_one", lang), message("sides_two", lang)
    return message(
        "places",
        lang,
        size=size.replace(".", ",") if lang == "fr" else size,
        count=f"{stock.count:>2}",
        sides=f"{one if stock.sides == 1 else two:<{max(len(one), len(two))}}",
    )


@click.command("new", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(get_args(Copyable)))
@click.argument("name")
@click.option(
    "--from",
    "source",
    metavar="EXISTING",
    required=True,
    help="What to copy; leaflet list names them.",
    shell_complete=complete_originals,
)
@_FOLDER
@click.pass_obj
def new_command(lang: Lang, kind: Copyable, name: str, source: str, folder: Path) -> None:
    """Copy something beside a campaign as NAME, to start from.

    KIND is template, theme, election, icon, scene or mail.
    """
    paths = copy_resource(find_resources(folder), kind, source, name, folder)
    click.echo(message("copied", lang, name=name, files="\n".join(f"  {path}" for path in paths)))
