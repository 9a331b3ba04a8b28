"""The ``leaflet`` command."""

import os
import re
import sys
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from leaflet import __version__
from leaflet.build.job import BuildOptions, BuildResult
from leaflet.build.run import build
from leaflet.campaign import write_starter
from leaflet.cli.messages import counted, locale_language, say
from leaflet.cli.report import ProgressLine, print_faults
from leaflet.faults import LANGUAGES, DataError, Fault, Lang, LeafletError, Place, RenderError, UsageError, fail

_INTERRUPTED = 130  # what shells call the end by Ctrl-C
_PATH = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leaflet")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; the locale's by default.")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Leaflets for the French élections professionnelles, one PDF per school."""
    context.obj = cast(Lang, lang) if lang else locale_language()


@cli.command("build")
@click.argument("campaign", type=_PATH)
@click.option("-o", "--out", type=_PATH, default=Path("out"), show_default=True, help="Folder to write into.")
@click.option("--only", metavar="UAI", multiple=True, help="Make this school only; may be given several times.")
@click.option("--document", metavar="NAME", help="Make this document of the campaign only.")
@click.option("--keep-going", is_flag=True, help="Leave faulty rows out instead of stopping.")
@click.option("--verify/--no-verify", default=True, show_default=True, help="Reopen and check what was written.")
@click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
@click.option("-v", "--verbose", is_flag=True, help="List notes too.")
@click.option("-q", "--quiet", is_flag=True, help="Print faults only.")
@click.pass_obj
def build_command(
    lang: Lang,
    campaign: Path,
    out: Path,
    only: tuple[str, ...],
    document: str | None,
    keep_going: bool,
    verify: bool,
    outline: bool,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make the documents of CAMPAIGN (a campaign.toml): OUT/<document>/<uai>-<name>.pdf and OUT/manifest.json."""
    with ProgressLine(lang, quiet=quiet) as progress:
        result = build(
            BuildOptions(
                campaign=campaign,
                out=out,
                only=frozenset(uai.strip().upper() for uai in only),
                document=document,
                keep_going=keep_going,
                verify=verify,
                outline=outline,
                epoch=read_epoch(),
                progress=progress,
            )
        )
    _print_result(result, lang, verbose=verbose, quiet=quiet)
    return DataError.exit_code if any(fault.severity == "error" for fault in result.faults) else 0


@cli.command("init")
@click.argument("folder", type=_PATH)
@click.option("--election", default="2026", show_default=True, help="Profile to start from: 2014, 2018, 2022, 2026.")
@click.pass_obj
def init_command(lang: Lang, folder: Path, election: str) -> None:
    """Write a commented campaign.toml and a small school list into FOLDER, to start from."""
    paths = write_starter(folder, election)
    names = ", ".join(path.name for path in paths)
    click.echo(say("started", lang, names=names, campaign=folder / "campaign.toml"))


def read_epoch() -> int | None:
    """SOURCE_DATE_EPOCH, by which a distribution fixes the dates in files.

    Raises:
        UsageError: it is set, and not a number of seconds.
    """
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,11}", value, re.ASCII) or int(value) >= 1 << 35:
        raise fail("U004", Place(), value=value)
    return int(value)


def main() -> None:
    """Run the command; faults become messages and an exit code, never a traceback."""
    lang = _language_asked(sys.argv[1:])
    try:
        sys.exit(cli.main(standalone_mode=False))
    except LeafletError as error:
        _print_failure(error, lang)
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


def _print_failure(error: LeafletError, lang: Lang) -> None:
    console = Console(stderr=True)
    print_faults(error.faults, lang, console)
    errors = sum(fault.severity == "error" for fault in error.faults)
    click.echo(say("counts", lang, errors=counted(errors, "error", lang)), err=True)
    click.echo(say("nothing", lang), err=True)


def _print_result(result: BuildResult, lang: Lang, *, verbose: bool, quiet: bool) -> None:
    by_severity: dict[str, list[Fault]] = {"error": [], "warning": [], "note": []}
    for fault in result.faults:
        by_severity[fault.severity].append(fault)
    shown = [f for f in result.faults if verbose or f.severity != "note"]
    print_faults(shown, lang, Console(stderr=True))
    if quiet:
        return
    tight = sum(fault.code == "F201" for fault in by_severity["note"])
    if tight and not verbose:
        click.echo(say("notes", lang, files=counted(tight, "file", lang)), err=True)
    if by_severity["error"]:
        click.echo(say("left_out", lang, errors=counted(len(by_severity["error"]), "error", lang)), err=True)
    files, pages = counted(result.files, "file", lang), counted(result.pages, "page", lang)
    click.echo(say("done", lang, files=files, pages=pages, out=result.out))
