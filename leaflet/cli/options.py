"""Declare the options that several commands share, and parse their values."""

import os
import re
import tomllib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, cast

import click
from msgspec import Struct, field

from leaflet.api import NUMBERS, Selection
from leaflet.cli.language import Command, message
from leaflet.faults import Place, fail
from leaflet.production.manifest import NAME as MANIFEST
from leaflet.production.outcome import Outcome
from leaflet.program import assets, split_tables

_Command = Callable[..., Any]
_Decorator = Callable[[_Command], _Command]


class _Path(click.Path):
    """The name of a file or folder; an empty one or a dash is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        return super().convert(check_named(value, param), param, ctx)


def check_named(value: Any, param: click.Parameter | None) -> Any:
    """Return the name of a file or a folder; an empty one or a dash, a stream elsewhere, is refused."""
    if isinstance(value, str) and value.strip() in ("", "-"):
        names = [*(name for name in param.opts if name[:2] == "--"), param.human_readable_name] if param else [""]
        raise fail("U121" if value.strip() else "U120", Place(field=names[0]))
    return value


class _Millimetres(click.types.FloatParamType):
    """A number of millimetres with a point or, as French writes it, with a comma."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        number: Any = value.strip().removesuffix("mm").replace(",", ".") if isinstance(value, str) else value
        return float(super().convert(number, param, ctx))


PATH = _Path(path_type=Path)
CAMPAIGN_FILE = "campaign.toml"
_TYPES: dict[str, click.ParamType[Any]] = {
    "path": PATH,
    "day": click.DateTime(["%Y-%m-%d"]),
    "mm": _Millimetres(),
    "count": click.IntRange(1),
    "port": click.IntRange(0, 65535),
}


def declared(table: str) -> _Decorator:
    """Return a decorator that gives a command the options of a table of ``assets/cli/options.toml``."""
    rows, shared = _rows(table), _rows("shared")

    def decorate(command: _Command) -> _Command:
        for names, row in reversed(rows.items()):
            told = shared[names] if row is True else row
            command = click.option(*names.split(), **{**told, "type": _type(names, told.get("type"))})(command)
        return command

    return decorate


def command(name: str, *given: _Decorator, passing: _Decorator = click.pass_obj) -> Callable[[_Command], Command]:
    """Return a decorator that makes a function a command: with what is given, then with the options of its own table.

    The function gets the language first, or what `passing` passes.
    """

    def decorate(function: _Command) -> Command:
        made = passing(function)
        for one in reversed((*given, declared(name)) if name in _tables() else given):
            made = one(made)
        return click.command(name, cls=Command)(made)

    return decorate


@cache
def _tables() -> dict[str, str]:
    return split_tables((assets() / "cli" / "options.toml",))


@cache
def _rows(table: str) -> dict[str, Any]:
    (rows,) = tomllib.loads(_tables()[table]).values()
    return cast(dict[str, Any], rows)


def _type(names: str, told: str | list[str] | None) -> click.ParamType[Any] | None:
    """Return the type of the values of an option: of a number, what it may be as a keyword of the interface, too."""
    if isinstance(told, list):
        return click.Choice(told)
    if told == "number":
        kind = click.IntRange(*NUMBERS[names.split()[-1].lstrip("-").replace("-", "_")])
        kind.name = "number"  # as messages call it
        return kind
    return _TYPES[told] if told is not None else None


def _campaign_in(path: Path) -> Path:
    """Return the campaign file in a folder; any other path stays."""
    # os.path: Path.is_file raises for a name too long (Python 3.11)
    return path / CAMPAIGN_FILE if os.path.isfile(path / CAMPAIGN_FILE) else path  # noqa: PTH113


def _target_in(path: Path) -> Path:
    """Return the campaign file in a folder; that of finished files stays, also if a campaign stands beside them."""
    return path if os.path.isfile(path / MANIFEST) else _campaign_in(path)  # noqa: PTH113 - see above


def _campaign_here(context: click.Context) -> Path:
    """Return the campaign file of the current folder, and say which that is."""
    here = Path(CAMPAIGN_FILE)
    if not here.is_file():
        raise fail("U031", Place(file=str(Path.cwd())))
    if not context.resilient_parsing:  # for the completion of a command line nothing is said
        click.echo(message("campaign_here", context.obj, name=here.absolute()), err=True)
    return here


def _argument(name: str, metavar: str, callback: Callable[[click.Context, Any], Any], **more: Any) -> _Decorator:
    """Return an argument that is a file or a folder, or several; the callback returns what is meant."""
    return click.argument(
        name,
        metavar=metavar,
        type=PATH,
        required=False,
        callback=lambda context, _parameter, value: callback(context, value),
        **more,
    )


# Without an argument, the campaign file of the current folder is meant, which is said.
CAMPAIGN = _argument(
    "campaign", "[CAMPAIGN]", lambda context, path: _campaign_in(path) if path else _campaign_here(context)
)
CAMPAIGN_IF_ANY = _argument("campaign", "[CAMPAIGN]", lambda _, path: path and _campaign_in(path))
CAMPAIGN_OR_FOLDER = _argument(
    "target", "[CAMPAIGN|FOLDER]", lambda context, path: _target_in(path) if path else _campaign_here(context)
)
TARGETS = _argument(
    "targets",
    "[TARGET...]",
    lambda context, paths: tuple(map(_target_in, paths)) or (_campaign_here(context),),
    nargs=-1,
)


class SharedOptions(Struct, kw_only=True):
    """The options of all commands that make documents, and what comes of them."""

    selection: Selection
    keep_going: bool
    verify: bool
    replace_others: bool
    faults: Path | None
    verbose: bool
    quiet: bool
    outcome: Outcome = field(default_factory=Outcome)


def production_options(out: str) -> _Decorator:
    """Return a decorator that gives a command the options of all that make documents, as one value `shared`.

    `out` is the table of where it writes.
    """

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def with_shared(*args: Any, **given: Any) -> Any:
            shared = {name: given.pop(name) for name in SharedOptions.__struct_fields__ if name in given}
            return command(*args, shared=SharedOptions(**shared), **given)

        return _add_options(with_shared, CAMPAIGN, *map(declared, (out, "selection", "production")))

    return decorate


def selection_options() -> _Decorator:
    """Return a decorator that adds options to select schools, and to read and clean their list."""
    return lambda command: _add_options(command, declared("selection"))


def _add_options(command: _Command, *options: _Decorator) -> _Command:
    """Give a command these options; how the list is read and selected from reaches it as one value `selection`."""

    @wraps(command)
    def with_selection(*args: Any, **given: Any) -> Any:
        return command(*args, selection={name: given.pop(name) for name in Selection.__annotations__}, **given)

    decorated: _Command = with_selection
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def read_epoch() -> int | None:
    """Return SOURCE_DATE_EPOCH, which fixes the dates in files for reproducible builds; None if it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,11}", value, re.ASCII) or int(value) >= 1 << 35:
        raise fail("U004", Place(), value=value)
    return int(value)
