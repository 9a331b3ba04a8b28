"""Options that several commands share, and what their values mean."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from leaflet.faults import Place, fail

PATH = click.Path(path_type=Path)

_MAKING = (
    click.argument("campaign", type=PATH),
    click.option("-o", "--out", type=PATH, default=Path("out"), show_default=True, help="Folder to write into."),
    click.option("--only", metavar="UAI", multiple=True, help="Make this school only; may be given several times."),
    click.option("--keep-going", is_flag=True, help="Leave faulty rows out instead of stopping."),
    click.option("--verify/--no-verify", default=True, show_default=True, help="Reopen and check what was written."),
    click.option("-v", "--verbose", is_flag=True, help="List notes too."),
    click.option("-q", "--quiet", is_flag=True, help="Print faults only."),
)


def making(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument and the options of all that make documents."""
    for option in reversed(_MAKING):
        command = option(command)
    return command


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
