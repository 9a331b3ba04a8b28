"""The ``leaflet`` command: what its commands are, each imported when it is asked for; exit codes."""

import gc
import sys
from importlib import import_module
from typing import cast

import click

from leaflet import __version__
from leaflet.cli.language import language_asked, locale_language
from leaflet.cli.messages import say
from leaflet.cli.stopping import exit_code, listen
from leaflet.faults import LANGUAGES, Lang, LeafletError, RenderError, UsageError

# Name, where it is, and what the list of commands says of it: neither needs the other commands' libraries.
_COMMANDS = {
    "build": ("leaflet.cli.build:build_command", "Make the documents of a campaign, one PDF per school."),
    "calibrate": ("leaflet.cli.print_run:calibrate_command", "Measure a printer's offset and correct it."),
    "check": ("leaflet.cli.check:check_command", "Check campaigns and finished files; write nothing."),
    "columns": ("leaflet.cli.columns:columns_command", "Show which column of a list is which field."),
    "diff": ("leaflet.cli.diff:diff_command", "Compare two builds or two PDF files."),
    "init": ("leaflet.cli.init:init_command", "Write a commented campaign to start from."),
    "merge": ("leaflet.cli.build:merge_command", "Put together what leaflet build --shard made."),
    "preview": ("leaflet.cli.preview:preview_command", "Show what a campaign makes, as pictures."),
    "print-run": ("leaflet.cli.print_run:print_run_command", "Make one file of all schools, for a printer."),
    "purge": ("leaflet.cli.print_run:purge_command", "Remove the files that hold names."),
    "report": ("leaflet.cli.report:report_command", "Report on what was built, as a page to read."),
}


class LazyGroup(click.Group):
    """The commands of `_COMMANDS`; one that is not called costs no import, nor does the list of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order of the list."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name][0].split(":")
        command = cast(click.Command, getattr(import_module(module), name))
        if not gc.isenabled():  # as the program starts: what is here now stays
            gc.freeze()
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for ``--help``."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leaflet")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; the locale's by default.")
@click.pass_context
def cli(context: click.Context, lang: str | None) -> None:
    """Leaflets for the French élections professionnelles, one PDF per school."""
    context.obj = cast(Lang, lang) if lang else locale_language()


def main() -> None:
    """Run the command; faults become messages and an exit code, never a traceback."""
    lang = language_asked(sys.argv[1:])
    listen()
    try:
        sys.exit(cli.main(standalone_mode=False))
    except LeafletError as error:
        from leaflet.cli.outcome import print_failure  # a run that ends well does not need it

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
