"""Make ``leaflet print-run``, one file of all schools, and ``leaflet calibrate``, the offset of a printer."""

from pathlib import Path
from typing import Any, Literal

import click

from leaflet.api import print_run
from leaflet.cli import options, outcome
from leaflet.cli.language import message
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, Place, fail
from leaflet.production.calibration import write_drawing, write_measures, write_sheet
from leaflet.production.inputs import PRINTER_FILE


@options.command("print-run", options.production_options("out"))
def print_run_command(lang: Lang, /, campaign: Path, out: Path, shared: options.SharedOptions, **given: Any) -> int:
    """Make one file of all schools of CAMPAIGN in the order of delivery, with bundle sheets and a packing list."""
    with outcome.making_documents(shared, lang, counting_warnings=False) as inputs:
        result = print_run(campaign, out, **inputs, **given)
    outcome.print_result_faults(result.faults, lang, verbose=shared.verbose, quiet=shared.quiet)
    if not shared.quiet:
        counts = {"schools": result.schools, "copies": result.copies, "pages": result.pages}
        click.echo(message("ran", lang, **counts, files=", ".join(result.files), out=result.out))
        outcome.print_counts(shared.outcome.count_rows(), lang)
    outcome.print_drafts(result.faults, lang)
    return outcome.result_exit_code(result.faults)


@options.command("calibrate", options.CAMPAIGN_IF_ANY)
def calibrate_command(
    lang: Lang,
    campaign: Path | None,
    stock: str | None,
    out: Path,
    front: tuple[float, float] | None,
    back: tuple[float, float] | None,
    ruler: float | None,
    flip: Literal["short-edge", "long-edge"],
    replace_others: bool,
) -> None:
    """Write a test sheet that shows the printer's offset; with the measures taken on it, write printer.toml.

    With --stock, write the drawing of a sheet; CAMPAIGN may have described it.
    """
    has_measures = not (front is None and back is None and ruler is None)
    if stock is None and campaign is not None:
        raise fail("U096", Place(file=str(campaign)))
    if stock is not None and has_measures:
        raise fail("U050", Place(), value="--stock, --front, --back, --ruler")
    if stock is not None:
        path = write_drawing(out, stock, flip, campaign, replace_others=replace_others)
        click.echo(message("drawing", lang, path=path))
        return
    if not has_measures:
        click.echo(message("sheet", lang, path=write_sheet(out, flip, replace_others=replace_others)))
        return
    path = out / PRINTER_FILE
    calibration = write_measures(path, front, back, ruler, replace_others=replace_others)
    print_faults(calibration.faults, lang)
    click.echo(message("calibrated" if calibration.is_written else "true_to_size", lang, path=path))
