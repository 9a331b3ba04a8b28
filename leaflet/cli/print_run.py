"""``leaflet print-run``: one file of all schools, for a printer or a print shop."""

from pathlib import Path
from typing import cast

import click

from leaflet.api.keywords import Selection
from leaflet.api.print_run import print_run
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import OUT_FOLDER, document_option, production_options, read_epoch
from leaflet.cli.outcome import (
    print_counts,
    print_not_compared,
    print_result_faults,
    reporting_outcome,
    result_exit_code,
)
from leaflet.cli.progress import ProgressDisplay
from leaflet.faults import Lang
from leaflet.production.options import Press
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
