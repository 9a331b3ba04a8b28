"""The ``leaflet`` command."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import cast

import click

from leaflet import __version__
from leaflet.build.job import BuildOptions, BuildResult, Choice, Cleaning, ReadOptions
from leaflet.build.noticed import Noticed, RowCounts
from leaflet.build.run import build
from leaflet.campaign import write_starter
from leaflet.cli.checking import check_command
from leaflet.cli.comparing import diff_command
from leaflet.cli.messages import counted, locale_language, say
from leaflet.cli.noticed import print_counts, print_failure, telling
from leaflet.cli.options import PATH, making, read_epoch, uais
from leaflet.cli.previewing import preview_command
from leaflet.cli.printing import calibrate_command, print_run_command, purge_command
from leaflet.cli.report import ProgressLine, print_noticed
from leaflet.cli.reporting import report_command
from leaflet.cli.tables import columns_command
from leaflet.faults import LANGUAGES, DataError, Lang, LeafletError, RenderError, UsageError

_INTERRUPTED = 130  # what shells call the end by Ctrl-C


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leaflet")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; the locale's by default.")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Leaflets for the French élections professionnelles, one PDF per school."""
    context.obj = cast(Lang, lang) if lang else locale_language()


@cli.command("build")
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


@cli.command("init")
@click.argument("folder", type=PATH)
@click.option("--election", default="2026", show_default=True, help="Profile to start from: 2014, 2018, 2022, 2026.")
@click.pass_obj
def init_command(lang: Lang, folder: Path, election: str) -> None:
    """Write a commented campaign.toml and a small school list into FOLDER, to start from."""
    paths = write_starter(folder, election)
    names = ", ".join(path.name for path in paths)
    click.echo(say("started", lang, names=names, campaign=folder / "campaign.toml"))


for _command in (
    print_run_command,
    purge_command,
    calibrate_command,
    columns_command,
    check_command,
    diff_command,
    preview_command,
    report_command,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command; faults become messages and an exit code, never a traceback."""
    lang = _language_asked(sys.argv[1:])
    try:
        sys.exit(cli.main(standalone_mode=False))
    except LeafletError as error:
        print_failure(error, lang)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(UsageError.exit_code)
    except OSError as error:  # standard output is full or closed; the build itself has its own faults
        click.echo(f"leaflet: {error.strerror}", err=True)
        sys.exit(RenderError.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("interrupted", lang), err=True)
        sys.exit(_INTERRUPTED)


def _language_asked(arguments: list[str]) -> Lang:
    """The language of the messages of a run that failed, wherever it failed."""
    for before, value in zip(["", *arguments], arguments, strict=False):
        asked = value.removeprefix("--lang=") if value.startswith("--lang=") else value if before == "--lang" else ""
        if asked in LANGUAGES:
            return asked
    return locale_language()


def _print_result(result: BuildResult, rows: RowCounts | None, lang: Lang, *, verbose: bool, quiet: bool) -> None:
    print_noticed(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        files, pages = counted(result.files, "file", lang), counted(result.pages, "page", lang)
        click.echo(say("done", lang, files=files, pages=pages, out=result.out))
        if rows is not None:
            print_counts(rows, lang)
