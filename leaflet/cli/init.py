"""``leaflet init``: write a campaign to start from."""

from pathlib import Path

import click

from leaflet.campaign import write_starter
from leaflet.cli.language import Command
from leaflet.cli.messages import message
from leaflet.cli.options import PATH
from leaflet.faults import Lang


@click.command("init", cls=Command)
@click.argument("folder", type=PATH)
@click.option("--election", default="2026", show_default=True, help="Profile to start from: 2014, 2018, 2022, 2026.")
@click.pass_obj
def init_command(lang: Lang, folder: Path, election: str) -> None:
    """Write a commented campaign.toml and a small school list into FOLDER, to start from."""
    paths = write_starter(folder, election)
    names = ", ".join(path.name for path in paths)
    click.echo(message("started", lang, names=names, campaign=folder / "campaign.toml"))
