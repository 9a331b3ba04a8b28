"""Run the ``leaflet`` command: where each of its commands is, the language of messages, exit codes.

A command is imported when it is called, so that none waits for the libraries of another.
"""

import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from leaflet.cli import terminal
from leaflet.cli.language import Command, message, print_usage_error, set_click_language, speak
from leaflet.faults import LANGUAGES, Lang, LeafletError, Place, RenderError, UsageError, fault_of
from leaflet.files.words import synonyms
from leaflet.program import __version__, own_table
from leaflet.text import nearest

# Each command by name, with its module and its line in the list.
_COMMANDS: dict[str, tuple[str, str]] = own_table("cli/commands.toml")
_JUDGING = ("diff", "report", "review")  # their libraries are an extra; check needs them for finished files


class OutputClosedError(Exception):
    """An output that nobody reads any more, as after ``| head -1``."""


@contextmanager
def _noticing_closed_output() -> Iterator[None]:
    """Raise an error of our own for a closed pipe: click ends with 1, which says that a campaign is wrong."""
    try:
        yield
    except BrokenPipeError as error:
        raise OutputClosedError from error


class LazyGroup(Command, click.Group):
    """A group that imports a command when it is called; the list of commands imports none."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return a context that knows the language before anything is parsed: help and errors are in it."""
        lang = find_language(args)
        set_click_language(lang)
        with _noticing_closed_output():
            return super().make_context(info_name, args, parent, obj=lang, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for."""
        with _noticing_closed_output():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with; for an unknown one, say which may be meant."""
        if args[0] == "help":  # as `git help` does
            if not args[1:]:
                click.echo(ctx.get_help())
                ctx.exit()
            args = [args[1], "--help"]
        typed = args[0]
        if typed not in _COMMANDS and not typed.startswith("-"):
            known = {**synonyms("commands"), **{name: name for name in _COMMANDS}}
            if meant := known.get(nearest(typed, known)):
                unknown = speak("No such command {name!r}.", ctx.obj).format(name=typed)
                ctx.fail(f"{unknown} {speak('Did you mean {possibility}?', ctx.obj).format(possibility=meant)}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the list."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command of this name; None if there is none."""
        if cmd_name not in _COMMANDS:
            return None
        if cmd_name in _JUDGING:
            from leaflet.files.extensions import missing_libraries, require_judging

            if ctx.resilient_parsing and missing_libraries():  # a shell completes: nobody is told
                return None
            require_judging(f"leaflet {cmd_name}")
        module = import_module(f"leaflet.cli.commands.{_COMMANDS[cmd_name][0]}")
        command = cast(click.Command, getattr(module, f"{cmd_name.replace('-', '_')}_command"))
        if not gc.isenabled():  # see leaflet.__main__
            gc.freeze()
            gc.enable()
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands, or the options, that begin as it is typed; none of them is imported."""
        named = [pair for pair in self.summaries(ctx.obj) if pair[0].startswith(incomplete)]
        found = [CompletionItem(name, help=summary) for name, summary in named]
        return found + super().shell_complete(ctx, incomplete)

    def summaries(self, lang: Lang) -> list[tuple[str, str]]:
        """Return the name of each command with its line in the list of commands."""
        return [(name, speak(summary, lang)) for name, (_, summary) in _COMMANDS.items()]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for ``--help``."""
        with formatter.section(speak("Commands", ctx.obj)):
            formatter.write_dl(self.summaries(ctx.obj))


def _switch_extensions_off(_context: click.Context, _parameter: click.Parameter, is_set: bool) -> None:
    """Switch off what packages add, here and in every process that is started from here."""
    if is_set:
        from leaflet.files.extensions import OFF

        os.environ[OFF] = "1"


@click.group(cls=LazyGroup, context_settings={"auto_envvar_prefix": "LEAFLET"})
@click.version_option(__version__, "-V", "--version", prog_name="leaflet", allow_from_autoenv=False)
@click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, help="Language of messages; the locale's by default."
)
@click.option(
    "--no-extensions",
    is_flag=True,
    expose_value=False,
    callback=_switch_extensions_off,
    help="Go on without what other packages add.",
)
def cli() -> None:
    """Leaflets for the French élections professionnelles, one PDF per school."""


def main() -> None:
    """Run the command line and end with an exit code; faults become messages, never a traceback."""
    terminal.handle_ends()
    terminal.accept_any_character()
    try:
        code = _run(find_language(sys.argv[1:]))
        sys.stdout.flush()
    except (OutputClosedError, BrokenPipeError):
        code = terminal.PIPE_EXIT_CODE
    except OSError as error:  # standard output is full, or nothing can be opened; a build reports its own files
        code = RenderError.exit_code
        with suppress(OSError):
            try:
                terminal.print_faults(system_failure(error).faults, find_language(sys.argv[1:]))
            except OSError:  # nor can the catalogue be opened
                click.echo(f"W119 leaflet: {error.strerror}", err=True)
    terminal.abandon_output()
    sys.exit(code)


def _run(lang: Lang) -> int:
    """Run the command line; return the exit code."""
    try:
        return int(cli.main(standalone_mode=False) or 0)
    except LeafletError as error:
        from leaflet.cli.outcome import print_failure

        print_failure(error, lang)
        return error.exit_code
    except click.ClickException as error:
        print_usage_error(error, lang)
        return UsageError.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        click.echo(message("interrupted", lang), err=True)
        return terminal.interrupt_exit_code(error)


def system_failure(error: OSError) -> LeafletError:
    """Return the fault of a system that does not let the program go on (W119)."""
    return fault_of(error, "W119", Place(file=error.filename if isinstance(error.filename, str) else None))


def find_language(arguments: Sequence[str]) -> Lang:
    """Return the language that the arguments ask for, else that of the locale.

    click is not asked, so that a message about a wrong command line is in the right language, too.
    """
    for before, value in zip(["", *arguments], arguments, strict=False):
        asked = value.removeprefix("--lang=") if value.startswith("--lang=") else value if before == "--lang" else ""
        if asked in LANGUAGES:
            return asked
    return locale_language()


def locale_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """Return French if the first that is set of LEAFLET_LANG, LC_ALL, LC_MESSAGES and LANG says so, else English."""
    for variable in ("LEAFLET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"
