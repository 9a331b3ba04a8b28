"""Commands for printers and print shops: ``print-run``, ``purge``, ``calibrate``."""

from pathlib import Path
from typing import cast

import click
from msgspec.structs import replace

from leaflet.cli.messages import counted, say
from leaflet.cli.options import PATH, making, read_epoch, uais
from leaflet.cli.outcome import print_counts, print_outcome, telling
from leaflet.cli.progress import ProgressLine
from leaflet.faults import DataError, Lang
from leaflet.production.calibration import write_measures, write_sheet
from leaflet.production.inputs import PRINTER_FILE
from leaflet.production.options import Choice, Cleaning, Press, ReadOptions, RunOptions
from leaflet.production.outcome import Outcome
from leaflet.production.print_run import print_run
from leaflet.production.purge import purge


@click.command("print-run")
@making
@click.option("--document", metavar="NAME", help="The document to print, if the campaign has several for schools.")
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
    only: tuple[str, ...],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    copies: int,
    once: bool,
    bare: bool,
    pages: int | None,
    press: str | None,
    keep_going: bool,
    verify: bool,
    faults: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make one file of all schools of CAMPAIGN in the order of delivery, with bundle sheets and a packing list."""
    outcome = Outcome()
    with telling(outcome, faults, lang), ProgressLine(lang, quiet=quiet) as progress:
        result = print_run(
            RunOptions(
                campaign=campaign,
                out=out,
                document=document,
                only=uais(only),
                choice=choice,
                cleaning=cleaning,
                reading=replace(reading, progress=progress.read),
                copies=copies,
                once=once,
                bare=bare,
                pages=pages,
                press=cast(Press | None, press),
                keep_going=keep_going,
                verify=verify,
                epoch=read_epoch(),
                progress=progress,
                outcome=outcome,
            )
        )
    print_outcome(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        counts = {thing: counted(getattr(result, f"{thing}s"), thing, lang) for thing in ("page", "school")}
        copied = counted(result.copies, "copy", lang)
        click.echo(say("ran", lang, **counts, copies=copied, files=", ".join(result.files), out=result.out))
        if (rows := outcome.count_rows()) is not None:
            print_counts(rows, lang)
    return DataError.exit_code if any(fault.severity == "error" for fault in result.faults) else 0


@click.command("purge")
@click.argument("out", type=PATH)
@click.pass_obj
def purge_command(lang: Lang, out: Path) -> None:
    """Remove the files of OUT that hold names, made per person, and say which they were."""
    result = purge(out)
    for name in result.files:
        click.echo(say("removed", lang, name=name))
    removed, kept = counted(len(result.files), "removed", lang), counted(result.kept, "kept", lang)
    click.echo(say("purged", lang, removed=removed, kept=kept, out=out))
    left = {"folder": result.partial, "file": result.archives}
    if told := [counted(count, thing, lang) for thing, count in left.items() if count]:
        click.echo(say("partial", lang, partial=", ".join(told)))


@click.command("calibrate")
@click.option("-o", "--out", type=PATH, default=Path(), help="Folder of the test sheet and of printer.toml.")
@click.option("--front", nargs=2, type=float, metavar="A B", help="Front: mm from the left and the top edge to A, B.")
@click.option("--back", nargs=2, type=float, metavar="C D", help="Back: mm from the left and the top edge to C, D.")
@click.option("--ruler", type=float, metavar="MM", help="What the 150 mm ruler measures on paper.")
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
        click.echo(say("sheet", lang, path=path))
        return
    path = out / PRINTER_FILE
    is_written = write_measures(path, front, back, ruler)
    click.echo(say("calibrated" if is_written else "true_to_size", lang, path=path))
