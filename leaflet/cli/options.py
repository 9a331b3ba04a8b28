"""Options that several commands share, and what their values mean."""

import os
import re
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from leaflet.faults import Place, fail
from leaflet.production.options import Cleaning, ReadOptions, parse_choice

PATH = click.Path(path_type=Path)

FAULTS = click.option(
    "--faults",
    metavar="FILE",
    type=PATH,
    help="Write all faults to FILE: .csv, .json, or .xlsx, a copy of an XLSX list.",
)

# How the list is read, which schools are taken, and what is cleaned of their rows.
_CHOOSING = (
    click.option("--encoding", metavar="NAME", help="Of a list that is text, such as cp1252; found by default."),
    click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet that has several."),
    click.option("--header-row", metavar="N", type=click.IntRange(1), help="Row with the names of the columns."),
    click.option("--only", metavar="UAI", multiple=True, help="Make this school only; may be given several times."),
    click.option(
        "--where", metavar="COLUMN=VALUE", multiple=True, help="Schools with this value only; also != and ~."
    ),
    click.option("--rows", metavar="LINES", help="Schools on these lines of the list only: 10-20, 10-, -20, 17,19."),
    click.option("--state", metavar="STATE", multiple=True, help="Schools in this state only, such as OUVERT."),
    click.option("--sort", metavar="COLUMNS", help="Order of the schools, such as postcode,town,name."),
    click.option("--fix-codes", is_flag=True, help="Put back zeros lost at the head of postcodes and UAIs."),
    click.option("--repair-text", is_flag=True, help="Read « LycÃ©e » as « Lycée »."),
    click.option("--french-capitals", is_flag=True, help="Set names typed in capitals as French does."),
)

_CAMPAIGN = click.argument("campaign", type=PATH)
_FOLDER = click.option("-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder to write into.")
_ANYWHERE = click.option(
    "-o", "--out", default="out", show_default=True, help="Folder, ZIP archive or address to write into."
)
_MAKING = (
    *_CHOOSING,
    click.option("--keep-going", is_flag=True, help="Leave faulty rows out instead of stopping."),
    click.option("--verify/--no-verify", default=True, show_default=True, help="Reopen and check what was written."),
    FAULTS,
    click.option("-v", "--verbose", is_flag=True, help="List notes too."),
    click.option("-q", "--quiet", is_flag=True, help="Print faults only."),
)


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument and the options of all that make documents.

    Filters reach it as one value `choice`, what is to be cleaned as one value `cleaning`, how the list is read as
    one value `reading`.
    """
    return _with_choice(command, (_CAMPAIGN, _FOLDER, *_MAKING))


def making_anywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command whose output need not be a folder: `out` is a text then."""
    return _with_choice(command, (_CAMPAIGN, _ANYWHERE, *_MAKING))


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which schools, and what is cleaned; see `making`."""
    return _with_choice(command, _CHOOSING)


def _with_choice(command: Callable[..., Any], given: Iterable[Callable[..., Any]]) -> Callable[..., Any]:
    @wraps(command)
    def make(
        *args: Any,
        where: tuple[str, ...],
        rows: str | None,
        state: tuple[str, ...],
        sort: str | None,
        fix_codes: bool,
        repair_text: bool,
        french_capitals: bool,
        encoding: str | None,
        sheet: str | None,
        header_row: int | None,
        **options: Any,
    ) -> Any:
        choice = parse_choice(where=where, rows=rows, states=state, sort=sort)
        cleaning = Cleaning(fix_codes=fix_codes, repair_text=repair_text, french_capitals=french_capitals)
        reading = ReadOptions(encoding=encoding, sheet=sheet, header_row=header_row)
        return command(*args, choice=choice, cleaning=cleaning, reading=reading, **options)

    decorated: Callable[..., Any] = make
    for option in reversed(tuple(given)):
        decorated = option(decorated)
    return decorated


def uais(given: tuple[str, ...]) -> frozenset[str]:
    """Codes of schools as people type them, in capitals."""
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
