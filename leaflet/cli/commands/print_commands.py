"""Make ``leaflet print-run``, one file of all schools, and ``leaflet calibrate``, the offset of a printer."""

from pathlib import Path
from typing import Any, Literal, cast

import click

from leaflet.api import Selection, print_run
from leaflet.cli.completion import complete_resources
from leaflet.cli.language import Command, format_count, message
from leaflet.cli.options import (
    CAMPAIGN_IF_ANY,
    OUT_FOLDER,
    PATH,
    REPLACE,
    document_option,
    production_options,
    read_epoch,
)
from leaflet.cli.outcome import (
    print_counts,
    print_not_compared,
    print_result_faults,
    reporting_outcome,
    result_exit_code,
)
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, Place, fail
from leaflet.production.build_options import Press
from leaflet.production.calibration import write_drawing, write_measures, write_sheet
from leaflet.production.inputs import PRINTER_FILE
from leaflet.production.outcome import Outcome


@click.command("print-run", cls=Command)
@production_options(OUT_FOLDER)
@document_option("The document to print, if the campaign has several for schools.")
@click.option(
    "--copies", type=click.IntRange(0, 9999), default=1, show_default=True, help="Where the list says none."
)
@click.option("--once", is_flag=True, help="Each leaflet once; the bundle sheet says how many copies to make.")
@click.option("--bare", is_flag=True, help="Leaflets only: no bundle sheets, the packing list as CSV alone.")
@click.option("--pages", type=click.IntRange(1), help="Most pages of a volume; by default one, 15000 for --press.")
@click.option("--press", type=click.Choice(["x4", "vt1"]), help="For the print shop: PDF/X-4, or PDF/VT-1.")
@click.pass_obj
def print_run_command(
    lang: Lang,
    campaign: Path,
    out: Path,
    document: str | None,
    selection: Selection,
    copies: int,
    once: bool,
    bare: bool,
    pages: int | None,
    press: str | None,
    keep_going: bool,
    verify: bool,
    replace_others: bool,
    faults: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make one file of all schools of CAMPAIGN in the order of delivery, with bundle sheets and a packing list."""
    outcome = Outcome()
    reporting = reporting_outcome(outcome, faults, lang, replace_others=replace_others)
    with reporting, ProgressDisplay(lang, quiet=quiet) as progress:
        result = print_run(
            campaign,
            out,
            **selection,
            document=document,
            copies=copies,
            once=once,
            bare=bare,
            pages=pages,
            press=cast(Press | None, press),
            keep_going=keep_going,
            verify=verify,
            replace=replace_others,
            epoch=read_epoch(),
            progress=progress,
            row_progress=progress.show_rows,
            outcome=outcome,
        )
    print_result_faults(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        counts = {thing: format_count(getattr(result, f"{thing}s"), thing, lang) for thing in ("page", "school")}
        copied = format_count(result.copies, "copy", lang)
        click.echo(message("ran", lang, **counts, copies=copied, files=", ".join(result.files), out=result.out))
        if (rows := outcome.count_rows()) is not None:
            print_counts(rows, lang)
    print_not_compared(result.faults, lang)
    return result_exit_code(result.faults)


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
