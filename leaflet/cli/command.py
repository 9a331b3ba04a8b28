"""The ``leaflet`` command."""

import sys
from pathlib import Path
from typing import cast

import click

from leaflet import __version__
from leaflet.campaign import write_starter
from leaflet.cli.building import build_command, merge_command
from leaflet.cli.checking import check_command
from leaflet.cli.comparing import diff_command
from leaflet.cli.messages import locale_language, say
from leaflet.cli.noticed import print_failure
from leaflet.cli.options import PATH
from leaflet.cli.previewing import preview_command
from leaflet.cli.printing import calibrate_command, print_run_command, purge_command
from leaflet.cli.reporting import report_command
from leaflet.cli.stopping import exit_code, listen
from leaflet.cli.tables import columns_command
from leaflet.faults import LANGUAGES, Lang, LeafletError, RenderError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leaflet")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; the locale's by default.")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Leaflets for the French élections professionnelles, one PDF per school."""
    context.obj = cast(Lang, lang) if lang else locale_language()


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
    build_command,
    merge_command,
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
    listen()
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
    except (KeyboardInterrupt, click.Abort) as error:
        click.echo(say("interrupted", lang), err=True)
        sys.exit(exit_code(error))


def _language_asked(arguments: list[str]) -> Lang:
    """The language of the messages of a run that failed, wherever it failed."""
    for before, value in zip(["", *arguments], arguments, strict=False):
        asked = value.removeprefix("--lang=") if value.startswith("--lang=") else value if before == "--lang" else ""
        if asked in LANGUAGES:
            return asked
    return locale_language()
