"""``leaflet calibrate``: measure how far a printer shifts the print, and correct it."""

from pathlib import Path
from typing import Any, Literal

import click

from leaflet.cli.completion import complete_resources
from leaflet.cli.language import Command
from leaflet.cli.messages import message
from leaflet.cli.options import CAMPAIGN_IF_ANY, PATH, REPLACE
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, Place, fail
from leaflet.production.calibration import write_drawing, write_measures, write_sheet
from leaflet.production.inputs import PRINTER_FILE


class _Millimetres(click.types.FloatParamType):
    """A number of millimetres with a point or, as French writes it, with a comma."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        number: Any = value.strip().removesuffix("mm").replace(",", ".") if isinstance(value, str) else value
        return float(super().convert(number, param, ctx))


_MM = _Millimetres()


@click.command("calibrate", cls=Command)
@CAMPAIGN_IF_ANY
@click.option(
    "--stock",
    metavar="NAME",
    help="Draw this sheet of stock instead, to hold against the light.",
    shell_complete=complete_resources("stock"),
)
@click.option("-o", "--out", type=PATH, default=Path(), help="Folder of the test sheet and of printer.toml.")
@click.option("--front", nargs=2, type=_MM, metavar="A B", help="Front: mm from the left and the top edge to A, B.")
@click.option("--back", nargs=2, type=_MM, metavar="C D", help="Back: mm from the left and the top edge to C, D.")
@click.option("--ruler", type=_MM, metavar="MM", help="What the 150 mm ruler measures on paper.")
@click.option(
    "--flip",
    type=click.Choice(["long-edge", "short-edge"]),
    default="long-edge",
    show_default=True,
    help="The edge the printer turns the sheet about.",
)
@REPLACE
@click.pass_obj
def calibrate_command(
    lang: Lang,
    campaign: Path | None,
    stock: str | None,
    out: Path,
    front: tuple[float, float] | None,
    back: tuple[float, float] | None,
    ruler: float | None,
    flip: str,
    replace_others: bool,
) -> None:
    """Write a test sheet that shows the printer's offset; with the measures taken on it, write printer.toml.

    With --stock, write the drawing of a sheet; CAMPAIGN may have described it.
    """
    has_measures = not (front is None and back is None and ruler is None)
    edge: Literal["short-edge", "long-edge"] = "short-edge" if flip == "short-edge" else "long-edge"
    if stock is None and campaign is not None:
        raise fail("U096", Place(file=str(campaign)))
    if stock is not None and has_measures:
        raise fail("U050", Place(), value="--stock, --front, --back, --ruler")
    if stock is not None:
        path = write_drawing(out, stock, edge, campaign, replace_others=replace_others)
        click.echo(message("drawing", lang, path=path))
        return
    if not has_measures:
        click.echo(message("sheet", lang, path=write_sheet(out, edge, replace_others=replace_others)))
        return
    path = out / PRINTER_FILE
    calibration = write_measures(path, front, back, ruler, replace_others=replace_others)
    print_faults(calibration.faults, lang)
    click.echo(message("calibrated" if calibration.is_written else "true_to_size", lang, path=path))
