"""``leaflet pack`` and ``leaflet unpack``: a campaign as one file, to be passed on."""

from pathlib import Path

import click

from leaflet.campaign.dossier import MAX_BYTES, SUFFIX, pack_campaign, unpack_campaign
from leaflet.cli.completion import complete_files
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import CAMPAIGN, PATH, REPLACE
from leaflet.faults import Lang, visible
from leaflet.schema import names_schema, write_schema_beside


@click.command("pack", cls=Command)
@CAMPAIGN
@click.option(
    "-o", "--out", metavar="FILE", type=PATH, help="The file to write; by default the name of the campaign's folder."
)
@REPLACE
@click.pass_obj
def pack_command(lang: Lang, campaign: Path, out: Path | None, replace_others: bool) -> None:
    """Put CAMPAIGN into one file (.leaflet), to pass it on.

    Its logo, confirmed addresses, templates and themes go with it; lists never do.
    """
    out = out or Path(f"{campaign.resolve().parent.name or 'campagne'}{SUFFIX}")
    names = pack_campaign(campaign, out, replace_others=replace_others)
    click.echo(message("packed", lang, out=out, files=format_count(len(names), "file", lang)))


@click.command("unpack", cls=Command)
@click.argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    shell_complete=complete_files(".leaflet"),
)
@click.option(
    "-o", "--out", metavar="FOLDER", type=PATH, help="Folder of the campaign; by default the name of the file."
)
@click.pass_obj
def unpack_command(lang: Lang, file: Path, out: Path | None) -> None:
    """Take a campaign out of FILE (.leaflet) into a folder.

    What is there is not overwritten. The lists are your own.
    """
    folder = out or Path(file.stem)
    with file.open("rb") as stream:
        dossier = unpack_campaign(stream.read(MAX_BYTES + 1), file.name, folder)
    if names_schema(dossier.files):
        write_schema_beside(folder)
    title, publisher, portal = map(visible, (dossier.title, dossier.publisher, dossier.portal))
    click.echo(message("unpacked", lang, folder=folder, title=title, publisher=publisher))
    if portal:
        click.echo(message("compare_portal", lang, portal=portal))
