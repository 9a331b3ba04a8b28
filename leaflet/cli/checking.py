"""``leaflet check``: everything that can be known about a campaign without writing."""

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from leaflet.build.checking import CheckResult, check_campaign
from leaflet.build.fault_files import faults_json
from leaflet.build.job import Choice, Cleaning, InputOptions, ReadOptions
from leaflet.build.noticed import Noticed
from leaflet.cli.messages import counted, say
from leaflet.cli.noticed import print_counts, telling
from leaflet.cli.options import FAULTS, PATH, choosing, read_epoch, uais
from leaflet.cli.report import ProgressLine, print_faults
from leaflet.faults import Lang


@click.command("check")
@click.argument("campaign", type=PATH)
@click.option("--document", metavar="NAME", help="Check this document of the campaign only.")
@choosing
@FAULTS
@click.option("--json", "as_json", is_flag=True, help="Faults and counts as JSON on standard output.")
@click.option("-v", "--verbose", is_flag=True, help="List notes too.")
@click.pass_obj
def check_command(
    lang: Lang,
    campaign: Path,
    document: str | None,
    only: tuple[str, ...],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    faults: Path | None,
    as_json: bool,
    verbose: bool,
) -> int:
    """Check CAMPAIGN, its lists, its templates and every record, and write nothing."""
    noticed = Noticed()
    with telling(noticed, faults, lang), ProgressLine(lang, quiet=False) as progress:
        result = check_campaign(
            InputOptions(
                campaign=campaign,
                out=Path(),
                only=uais(only),
                choice=choice,
                cleaning=cleaning,
                reading=replace(reading, progress=progress.read),
                document=document,
                epoch=read_epoch(),
                progress=progress,
                noticed=noticed,
            )
        )
    _print_result(result, lang, verbose=verbose, as_json=as_json)
    return result.exit_code


def _print_result(result: CheckResult, lang: Lang, *, verbose: bool, as_json: bool) -> None:
    if as_json:
        click.echo(faults_json(result.faults, lang, result.counts), nl=False)
    else:
        shown = [fault for fault in result.faults if verbose or fault.severity != "note"]
        print_faults(shown, lang, Console(stderr=True))
    tight = sum(fault.code == "F201" for fault in result.faults)
    if tight and not verbose:
        click.echo(say("notes", lang, files=counted(tight, "file", lang)), err=True)
    if result.counts is not None:
        print_counts(result.counts, lang, err=as_json)
    else:
        errors = sum(fault.severity == "error" for fault in result.faults)
        click.echo(say("counts", lang, errors=counted(errors, "error", lang)), err=True)
