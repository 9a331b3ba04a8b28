"""``leaflet preview``: show pages as pictures."""

from pathlib import Path

import click

from leaflet.api.keywords import Inputs, Selection
from leaflet.api.preview import preview
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import CAMPAIGN, PATH, PRINTER, REPLACE, document_option, read_epoch, selection_options
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang
from leaflet.previews.picture_files import PreviewResult


@click.command("preview", cls=Command)
@CAMPAIGN
@click.option("-o", "--out", type=PATH, default="preview", show_default=True, help="Folder of the pictures.")
@REPLACE
@click.option("--row", metavar="K", type=click.IntRange(1), help="The school on this line of the list.")
@click.option("--longest", is_flag=True, help="The school with most to print: name and address.")
@click.option("--shortest", is_flag=True, help="The school with least to print.")
@click.option(
    "--sample", metavar="N", type=click.IntRange(1, 1000), help="The first, the longest, then evenly spread."
)
@document_option("Show this document of the campaign only.")
@selection_options
@click.option("--dpi", type=click.IntRange(36, 300), default=110, show_default=True, help="Size of the pictures.")
@click.option(
    "--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used card sheet."
)
@PRINTER
@click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
@click.pass_obj
def preview_command(
    lang: Lang,
    campaign: Path,
    out: Path,
    replace_others: bool,
    row: int | None,
    longest: bool,
    shortest: bool,
    sample: int | None,
    document: str | None,
    selection: Selection,
    dpi: int,
    start: int,
    printer: Path | None,
    outline: bool,
) -> None:
    """Show what CAMPAIGN makes, as pictures: OUT/<document>-<uai>-p1.png.

    To look at pages while you edit, open the window: leaflet studio FOLDER.
    """
    others: Inputs = {
        "document": document,
        "start": start,
        "printer": printer,
        "outline": outline,
        "replace": replace_others,
        "epoch": read_epoch(),
    }
    inputs: Inputs = {**others, **selection}
    result = preview(campaign, out, row=row, longest=longest, shortest=shortest, sample=sample, dpi=dpi, **inputs)
    _print_result(result, out, lang)


def _print_result(result: PreviewResult, out: Path, lang: Lang) -> None:
    print_faults(result.faults, lang)
    for path in result.paths:
        click.echo(str(path))
    if result.other_faults:
        click.echo(message("other_rows", lang, faults=format_count(result.other_faults, "fault", lang)), err=True)
    if result.is_personal:
        click.echo(message("personal_pictures", lang, out=out), err=True)
