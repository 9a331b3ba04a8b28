"""``leaflet calibrate``: measure how far a printer shifts the print, and correct it."""

from pathlib import Path
from typing import Any

import click

from leaflet.cli.language import Command
from leaflet.cli.messages import message
from leaflet.cli.options import PATH
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang
from leaflet.production.calibration import write_measures, write_sheet
from leaflet.production.inputs import PRINTER_FILE


class _Millimetres(click.types.FloatParamType):
    """A number of millimetres with a point or, as French writes it, with a comma."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        number: Any = value.strip().removesuffix("mm").replace(",", ".") if isinstance(value, str) else value
        return float(super().convert(number, param, ctx))


_MM = _Millimetres()


@click.command("calibrate", cls=Command)
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
@click.pass_obj
def calibrate_command(
    lang: Lang,
    out: Path,
    front: tuple[float, float] | None,
    back: tuple[float, float] | None,
    ruler: float | None,
    flip: str,
) -> None:
    """Write a test sheet that shows the printer's offset; with the measures taken on it, write printer.toml."""
    if front is None and back is None and ruler is None:
        path = write_sheet(out, "short-edge" if flip == "short-edge" else "long-edge")
        click.echo(message("sheet", lang, path=path))
        return
    path = out / PRINTER_FILE
    calibration = write_measures(path, front, back, ruler)
    print_faults(calibration.faults, lang)
    click.echo(message("calibrated" if calibration.is_written else "true_to_size", lang, path=path))
