"""Say what commands print, and the help and click's own words, in the language of a command line.

What commands print stands in ``assets/cli/words.toml``. Commands and options are declared in English: `Command` shows
copies of them with the texts of ``french.toml`` there, which is read only then: a command that goes well does not
wait for it.
"""

import copy
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem
from msgspec import Struct

from leaflet.faults import Lang
from leaflet.files.words import load_words

# Modules of click that look for a translation of their words where they say them. Its own way of giving one is a
# compiled catalogue of gettext and a variable of the environment.
_SPEAKING = ("core", "exceptions", "formatting", "parser", "types")


class _Value(Struct, frozen=True):
    """Hold a value of a message; a placeholder may name what it counts: ``{files:file}`` is « 2 fichiers »."""

    value: Any
    lang: Lang

    def __format__(self, thing: str) -> str:
        return format_count(self.value, thing, self.lang) if thing else str(self.value)


def message(key: str, lang: Lang, /, **values: object) -> str:
    """Return a message in a language, its placeholders filled; numbers but `n` are not set apart."""
    shown = {k: v if k == "n" or isinstance(v, str) else _Value(v, lang) for k, v in values.items()}
    return load_words("cli", lang).say(key, **shown)


def format_count(number: int, thing: str, lang: Lang) -> str:
    """Format « 1 file » or « 2 files »; in French nought is singular, too."""
    return load_words("cli", lang).say(f"n_{thing}", n=number, count=str(number))


def _of_click(text: str, lang: Lang) -> str:
    """Return a text of click in a language; names of types, given when a command is imported, stay as they are."""
    return text if text.isalpha() and text.islower() else speak(text, lang)


def speak(text: str, lang: Lang) -> str:
    """Return a text that is declared in English, or one of click, in a language; what has no other stays as it is."""
    return load_words("cli", lang, "french.toml").text(" ".join(text.split()), text)


def set_click_language(lang: Lang) -> None:
    """Have click say its own words, above all those about a wrong command line, in a language."""
    singular = (0, 1) if lang == "fr" else (1,)
    words: dict[str, Callable[..., str]] = {
        "_": partial(_of_click, lang=lang),
        "ngettext": lambda one, many, number: speak(one if number in singular else many, lang),
    }
    for name in _SPEAKING:
        module = import_module(f"click.{name}")
        for function in words.keys() & vars(module):
            setattr(module, function, words[function])


def page_language(context: click.Context) -> Lang:
    """Return the language of a page: French, as campaigns are, whatever the locale; ``--lang`` asks for another."""
    lang: Lang = context.obj
    return lang if context.find_root().get_parameter_source("lang") is ParameterSource.COMMANDLINE else "fr"


def print_usage_error(error: click.ClickException, lang: Lang) -> None:
    """Print what is wrong with a command line, on standard error, and how to get help."""
    if lang == "fr" and isinstance(error, click.BadParameter) and error.param is not None:
        error.param = _french_parameter(error.param)
    text = error.format_message()
    if isinstance(error, click.NoSuchOption) and error.ctx is not None and error.ctx.parent is not None:
        first = {name: one for one in error.ctx.find_root().command.params for name in one.opts}
        if isinstance(option := first.get(error.option_name), click.Option):
            typed = error.option_name if option.is_flag else f"{error.option_name} {lang}"
            example = f"leaflet {typed} {error.ctx.info_name} …"
            text = message("option_first", lang, option=error.option_name, example=example)
    for name in getattr(error, "possibilities", None) or ():  # click puts Python's quotation marks around them
        text = text.replace(repr(name), name)
    click.echo(speak("Error: {message}", lang).format(message=text), err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        help_of = speak("Try '{command} {option}' for help.", lang)
        click.echo(help_of.format(command=error.ctx.command_path, option="--help"), err=True)


class Command(click.Command):
    """A command whose help, usage and completions are in the language of its context; -h shows the help, too."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.context_settings["help_option_names"] = ["-h", "--help"]  # kept from the first context that asks

    def get_usage(self, ctx: click.Context) -> str:
        """Return the line that says how to call the command."""
        return super(Command, shown(self, ctx)).get_usage(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        super(Command, shown(self, ctx)).format_help(ctx, formatter)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the options that begin as it is typed, with their help."""
        items = click.Command.shell_complete(self, ctx, incomplete)
        if ctx.obj == "fr":
            for item in items:
                item.help = item.help and speak(item.help, "fr")
        return items


def shown(command: Command, context: click.Context) -> Command:
    """Return a command as it is shown: itself in English, a copy with French texts in French."""
    if context.obj != "fr":
        return command
    shown = copy.copy(command)
    shown.help = command.help and speak(command.help, "fr")
    shown.params = [_french_parameter(parameter) for parameter in command.get_params(context)]
    shown.add_help_option = False  # it is one of the parameters now
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = shown.subcommand_metavar and speak(shown.subcommand_metavar, "fr")
    return shown


def _french_parameter(parameter: click.Parameter) -> click.Parameter:
    """Return a copy of an option or an argument with its French help and placeholder."""
    shown = copy.copy(parameter)
    if isinstance(shown, click.Option):
        shown.help = shown.help and speak(shown.help, "fr")
        placeholder = parameter.metavar or parameter.type.name.upper()
    else:
        placeholder = parameter.metavar or (parameter.name or "").upper()
    if (french := speak(placeholder, "fr")) != placeholder:
        shown.metavar = french
    return shown
