"""The ``leaflet`` command."""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from leaflet import __version__
from leaflet.build.calibration import write_measures, write_sheet
from leaflet.build.inputs import PRINTER_FILE
from leaflet.build.job import BuildOptions, BuildResult, Press, RunOptions
from leaflet.build.print_run import print_run
from leaflet.build.purge import purge
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
@click.option(
    "--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used card sheet."
)
@click.option("--printer", metavar="FILE", type=_PATH, help="Correction of the printer; printer.toml by default.")
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
    start: int,
    printer: Path | None,
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
                only=_uais(only),
                document=document,
                start=start,
                printer=printer,
                keep_going=keep_going,
                verify=verify,
                outline=outline,
                epoch=read_epoch(),
                progress=progress,
            )
        )
    _print_result(result, lang, verbose=verbose, quiet=quiet)
    return DataError.exit_code if any(fault.severity == "error" for fault in result.faults) else 0


@cli.command("print-run")
@click.argument("campaign", type=_PATH)
@click.option("-o", "--out", type=_PATH, default=Path("out"), show_default=True, help="Folder to write into.")
@click.option("--document", metavar="NAME", help="The document to print, if the campaign has several for schools.")
@click.option("--only", metavar="UAI", multiple=True, help="Print this school only; may be given several times.")
@click.option(
    "--copies", type=click.IntRange(0, 9999), default=1, show_default=True, help="Where the list says none."
)
@click.option("--once", is_flag=True, help="Each leaflet once; the bundle sheet says how many copies to make.")
@click.option("--pages", type=click.IntRange(1), help="Most pages of a volume; by default one, 15000 for --press.")
@click.option("--press", type=click.Choice(["x4", "vt1"]), help="For the print shop: PDF/X-4, or PDF/VT-1.")
@click.option("--keep-going", is_flag=True, help="Leave faulty rows out instead of stopping.")
@click.option("--verify/--no-verify", default=True, show_default=True, help="Reopen and check what was written.")
@click.option("-v", "--verbose", is_flag=True, help="List notes too.")
@click.option("-q", "--quiet", is_flag=True, help="Print faults only.")
@click.pass_obj
def print_run_command(
    lang: Lang,
    campaign: Path,
    out: Path,
    document: str | None,
    only: tuple[str, ...],
    copies: int,
    once: bool,
    pages: int | None,
    press: str | None,
    keep_going: bool,
    verify: bool,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make one file of all schools of CAMPAIGN in the order of delivery, with bundle sheets and a packing list."""
    with ProgressLine(lang, quiet=quiet) as progress:
        result = print_run(
            RunOptions(
                campaign=campaign,
                out=out,
                document=document,
                only=_uais(only),
                copies=copies,
                once=once,
                pages=pages,
                press=cast(Press | None, press),
                keep_going=keep_going,
                verify=verify,
                epoch=read_epoch(),
                progress=progress,
            )
        )
    _print_faults(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        counts = {thing: counted(getattr(result, f"{thing}s"), thing, lang) for thing in ("page", "school")}
        copied = counted(result.copies, "copy", lang)
        click.echo(say("ran", lang, **counts, copies=copied, files=", ".join(result.files), out=result.out))
    return DataError.exit_code if any(fault.severity == "error" for fault in result.faults) else 0


@cli.command("purge")
@click.argument("out", type=_PATH)
@click.pass_obj
def purge_command(lang: Lang, out: Path) -> None:
    """Remove the files of OUT that hold names, made per person, and say which they were."""
    result = purge(out)
    for name in result.files:
        click.echo(say("removed", lang, name=name))
    removed, kept = counted(len(result.files), "removed", lang), counted(result.kept, "kept", lang)
    click.echo(say("purged", lang, removed=removed, kept=kept, out=out))
    if result.partial:
        click.echo(say("partial", lang, partial=counted(result.partial, "folder", lang)))


@cli.command("calibrate")
@click.option("-o", "--out", type=_PATH, default=Path(), help="Folder of the test sheet and of printer.toml.")
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
    nominal = (50.0, 50.0)  # a side that was not measured is not corrected
    path = out / PRINTER_FILE
    write_measures(path, front or nominal, back or nominal, ruler)
    click.echo(say("calibrated", lang, path=path))


@cli.command("init")
@click.argument("folder", type=_PATH)
@click.option("--election", default="2026", show_default=True, help="Profile to start from: 2014, 2018, 2022, 2026.")
@click.pass_obj
def init_command(lang: Lang, folder: Path, election: str) -> None:
    """Write a commented campaign.toml and a small school list into FOLDER, to start from."""
    paths = write_starter(folder, election)
    names = ", ".join(path.name for path in paths)
    click.echo(say("started", lang, names=names, campaign=folder / "campaign.toml"))


def _uais(given: tuple[str, ...]) -> frozenset[str]:
    return frozenset(uai.strip().upper() for uai in given)


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
    _print_faults(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        files, pages = counted(result.files, "file", lang), counted(result.pages, "page", lang)
        click.echo(say("done", lang, files=files, pages=pages, out=result.out))


def _print_faults(faults: Sequence[Fault], lang: Lang, *, verbose: bool, quiet: bool) -> None:
    """Everything noticed on the way; of notes a count, unless they are asked for."""
    print_faults([f for f in faults if verbose or f.severity != "note"], lang, Console(stderr=True))
    if quiet:
        return
    tight = sum(fault.code == "F201" for fault in faults)
    if tight and not verbose:
        click.echo(say("notes", lang, files=counted(tight, "file", lang)), err=True)
    if errors := sum(fault.severity == "error" for fault in faults):
        click.echo(say("left_out", lang, errors=counted(errors, "error", lang)), err=True)
