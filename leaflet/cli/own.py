"""``leaflet list`` and ``leaflet new``: what there is to make leaflets with, and a copy of it to start from."""

from pathlib import Path
from typing import get_args

import click

from leaflet.cli.language import Command
from leaflet.cli.messages import MESSAGES, message
from leaflet.cli.options import PATH
from leaflet.faults import Lang
from leaflet.production.catalogue import Copyable, Listable, copy_resource, list_resources
from leaflet.resources import find_resources

_FOLDER = click.option(
    "--in", "folder", metavar="FOLDER", type=PATH, default=".", help="Folder of the campaign; the current one."
)


@click.command("list", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(get_args(Listable)))
@_FOLDER
@click.pass_obj
def list_command(lang: Lang, kind: Listable, folder: Path) -> None:
    """List what there is: name, description, where it comes from.

    KIND is templates, themes, formats, stock, elections, icons, scenes or mails.
    """
    found = list_resources(find_resources(folder), kind, lang)
    widest = max((len(one.name) for one in found), default=0)
    for one in found:
        key = f"origin_{one.origin}"
        origin = message(key, lang) if key in MESSAGES else one.origin
        click.echo(f"{one.name:<{widest}}  {one.description} ({origin})")


@click.command("new", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(get_args(Copyable)))
@click.argument("name")
@click.option("--from", "source", metavar="EXISTING", required=True, help="What to copy; leaflet list names them.")
@_FOLDER
@click.pass_obj
def new_command(lang: Lang, kind: Copyable, name: str, source: str, folder: Path) -> None:
    """Copy something beside a campaign as NAME, to start from.

    KIND is template, theme, election, icon, scene or mail.
    """
    paths = copy_resource(find_resources(folder), kind, source, name, folder)
    click.echo(message("copied", lang, name=name, files="\n".join(f"  {path}" for path in paths)))
