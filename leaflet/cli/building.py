"""``leaflet build``: the documents of a campaign, one file per school."""

from dataclasses import replace
from pathlib import Path

import click

from leaflet.build.job import BuildOptions, BuildResult, Choice, Cleaning, ReadOptions
from leaflet.build.noticed import Noticed, RowCounts
from leaflet.build.run import build
from leaflet.cli.messages import counted, say
from leaflet.cli.noticed import print_counts, telling
from leaflet.cli.options import PATH, making, read_epoch, uais
from leaflet.cli.report import ProgressLine, print_noticed
from leaflet.faults import DataError, Lang


@click.command("build")
@making
@click.option("--document", metavar="NAME", help="Make this document of the campaign only.")
@click.option(
    "--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used card sheet."
)
@click.option("--printer", metavar="FILE", type=PATH, help="Correction of the printer; printer.toml by default.")
@click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
@click.pass_obj
def build_command(
    lang: Lang,
    campaign: Path,
    out: Path,
    only: tuple[str, ...],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    document: str | None,
    start: int,
    printer: Path | None,
    keep_going: bool,
    verify: bool,
    outline: bool,
    faults: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make the documents of CAMPAIGN (a campaign.toml): OUT/<document>/<uai>-<name>.pdf and OUT/manifest.json."""
    noticed = Noticed()
    with telling(noticed, faults, lang), ProgressLine(lang, quiet=quiet) as progress:
        result = build(
            BuildOptions(
                campaign=campaign,
                out=out,
                only=uais(only),
                choice=choice,
                cleaning=cleaning,
                reading=replace(reading, progress=progress.read),
                document=document,
                start=start,
                printer=printer,
                keep_going=keep_going,
                verify=verify,
                outline=outline,
                epoch=read_epoch(),
                progress=progress,
                noticed=noticed,
            )
        )
    _print_result(result, noticed.counts(), lang, verbose=verbose, quiet=quiet)
    return DataError.exit_code if any(fault.severity == "error" for fault in result.faults) else 0


def _print_result(result: BuildResult, rows: RowCounts | None, lang: Lang, *, verbose: bool, quiet: bool) -> None:
    print_noticed(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        files, pages = counted(result.files, "file", lang), counted(result.pages, "page", lang)
        click.echo(say("done", lang, files=files, pages=pages, out=result.out))
        if rows is not None:
            print_counts(rows, lang)
