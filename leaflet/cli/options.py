"""Declare the options that several commands share, and parse their values."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from msgspec import Struct, field

from leaflet.api import NUMBERS, Selection
from leaflet.cli.language import message
from leaflet.faults import Place, fail
from leaflet.production.manifest import NAME as MANIFEST
from leaflet.production.outcome import Outcome

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


PATH = _Path(path_type=Path)
CAMPAIGN_FILE = "campaign.toml"

REPLACE = click.option(
    "--replace",
    "replace_others",
    is_flag=True,
    help="Replace files that are there under the names of new ones, whoever made them.",
)

ANSWERS = click.option("--answers", metavar="FILE", type=PATH, help="Take the answers from a TOML file.")
PRINTER = click.option(
    "--printer", metavar="FILE", type=PATH, help="Correction of the printer; printer.toml by default."
)


def number(name: str) -> click.IntRange:
    """Return the type of an option that is a number: what it may be as a keyword of the interface, too."""
    kind = click.IntRange(*NUMBERS[name])
    kind.name = "number"  # as messages call it
    return kind


START = click.option(
    "--start", metavar="K", type=number("start"), default=1, help="First free place of a used card sheet."
)
OUTLINE = click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
DRAFT = click.option("--draft", is_flag=True, help="Make drafts of what nobody has compared: framed, without codes.")
COPIES = click.option(
    "--copies", type=number("copies"), default=1, show_default=True, help="Where the list says none."
)


def choice_option(name: str, choices: Sequence[str], text: str, *declared: str) -> _Decorator:
    """Return an option that is one of some words, by default the first, for what a text says."""
    kind = click.Choice(choices)
    return click.option(name, *declared, type=kind, default=choices[0], show_default=True, help=text)


def document_option(text: str) -> _Decorator:
    """Return the option ``--document`` of a command, which names a document of the campaign for what a text says."""
    return click.option("--document", metavar="NAME", help=text)


FAULTS = click.option("--faults", metavar="FILE", type=PATH, help="Write all faults to FILE: .csv or .json.")


# How the list of schools is read, which schools are selected, and what is cleaned in their rows.
_SELECTION = (
    click.option("--encoding", metavar="NAME", help="Of a list that is text, such as cp1252; found by default."),
    click.option(
        "--sheet", metavar="NAME", multiple=True, help="Sheet of a workbook to read; may be given several times."
    ),
    click.option("--header-row", metavar="N", type=number("header_row"), help="Row with the names of the columns."),
    click.option("--only", metavar="UAI", multiple=True, help="Make this school only; may be given several times."),
    click.option(
        "--where",
        metavar="COLUMN=VALUE",
        multiple=True,
        help="Schools with this value only; also != and ~. A column of the staff list alone selects people.",
    ),
    click.option(
        "--rows",
        metavar="LINES",
        help="Schools on these lines of the list only: 10-20, 10-, -20, 17,19. People: staff:12.",
    ),
    click.option(
        "--person",
        "persons",
        metavar="TEXT",
        multiple=True,
        help="Make the cards of people of this name only, in files of their own.",
    ),
    click.option(
        "--state", "states", metavar="STATE", multiple=True, help="Schools in this state only, such as OUVERT."
    ),
    click.option("--sort", metavar="COLUMNS", help="Order of the schools, such as postcode,town,name."),
    click.option("--fix-codes", is_flag=True, help="Put back zeros lost at the head of postcodes and UAIs."),
    click.option("--repair-text", is_flag=True, help="Read « LycÃ©e » as « Lycée »."),
    click.option("--french-capitals", is_flag=True, help="Set names typed in capitals as French does."),
)


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
OUT_FOLDER = click.option(
    "-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder to write into."
)
OUT_ANYWHERE = click.option(
    "-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder or ZIP archive to write into."
)
_PRODUCTION = (
    *_SELECTION,
    click.option("--keep-going", is_flag=True, help="Leave faulty rows out instead of stopping."),
    click.option("--verify/--no-verify", default=True, show_default=True, help="Reopen and check what was written."),
    REPLACE,
    FAULTS,
    click.option("-v", "--verbose", is_flag=True, help="List notes too, and each fault by itself."),
    click.option("-q", "--quiet", is_flag=True, help="Print faults only."),
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


def production_options(out: _Decorator) -> _Decorator:
    """Return a decorator that gives a command the options of all that make documents, as one value `shared`."""

    def decorate(command: _Command) -> _Command:
        @wraps(command)
        def with_shared(*args: Any, **given: Any) -> Any:
            shared = {name: given.pop(name) for name in SharedOptions.__struct_fields__ if name in given}
            return command(*args, shared=SharedOptions(**shared), **given)

        return _add_options(with_shared, (CAMPAIGN, out, *_PRODUCTION))

    return decorate


def selection_options(*more: _Decorator) -> _Decorator:
    """Return a decorator that adds options to select schools, and to read and clean their list; then `more`."""
    return lambda command: _add_options(command, (*_SELECTION, *more))


def _add_options(command: _Command, options: Iterable[_Decorator]) -> _Command:
    """Give a command these options; how the list is read and selected from reaches it as one value `selection`."""

    @wraps(command)
    def with_selection(*args: Any, **given: Any) -> Any:
        return command(*args, selection={name: given.pop(name) for name in Selection.__annotations__}, **given)

    decorated: _Command = with_selection
    for option in reversed(tuple(options)):
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
