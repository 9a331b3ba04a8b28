"""Print on the terminal: faults in colours for people, as plain lines elsewhere; characters that every stream knows.

Signals that end a command: Ctrl-C (SIGINT), SIGTERM of a system, SIGHUP of a terminal that was closed.
"""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, TextIO

import click
from msgspec.structs import replace

from leaflet.cli.language import message
from leaflet.faults import Fault, Lang, group_by_record, join_faults, quoted, visible
from leaflet.program import own_table

_SIGNALLED = 128  # and the number of the signal: the exit code, as shells have it
PIPE_EXIT_CODE = 141  # SIGPIPE, with which other tools end when nobody reads their output


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP came, whose number is `number`; it ends the command as Ctrl-C does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def handle_ends() -> None:
    """Make SIGTERM and SIGHUP end the command as Ctrl-C does; a SIGHUP that is ignored stays so, as `nohup` asks."""
    signal.signal(signal.SIGTERM, _raise_terminated)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _raise_terminated)


def interrupt_exit_code(error: BaseException) -> int:
    """Return the exit code of a command that a signal ended, however often the exception was wrapped."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Terminated):
            return _SIGNALLED + cause.number
        cause = cause.__cause__
    return _SIGNALLED + signal.SIGINT


def _raise_terminated(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)


MAX_SHOWN = 20  # faults with one code, or names in a list
_NAMED = 3  # schools named of those with the same fault
_INDENT = " " * 5
_FILE: dict[str, dict[str, Any]] = own_table("cli/terminal.toml")
_PLAIN = {character: plain for plain, characters in _FILE["plain"].items() for character in characters}


def accept_any_character() -> None:
    """Have both outputs print a plain character for one that their encoding lacks, as on Windows in a file."""
    codecs.register_error("leaflet.plain", _replace_plainly)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        # "surrogateescape", with which Python opens streams in the locale C, gives names of files their own bytes
        if isinstance(stream, io.TextIOWrapper) and stream.errors != "surrogateescape":
            stream.reconfigure(errors="leaflet.plain")


def _replace_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    """Return what stands for a character: its near one, its letter without the accent, or a question mark."""
    if character in _PLAIN:
        return _PLAIN[character]
    opened = unicodedata.normalize("NFKD", character)
    return "".join(c for c in opened if c.isascii()) or ("" if unicodedata.combining(character) else "?")


def _nowhere() -> TextIO:
    """Return a stream for what a console without one cannot show (``>&-``); Python has None there."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - not a path, and open until the end


def abandon_output() -> None:
    """Send what is still to be written nowhere: whoever read it has gone (``| head -1``), or the disk is full."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
            continue
        with suppress(OSError, ValueError):  # a stream of a test has no number
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_faults(faults: Sequence[Fault], lang: Lang, *, most: int | None = MAX_SHOWN, is_check: bool = True) -> None:
    """Print faults on standard error with place, reason and way out; once for all schools that have the same.

    Of those with one code so many are printed at most (None for all), and the others are counted: a list with one
    wrong column has as many faults as rows. Rows that differ in one cell only are told after the first of them, and
    what the catalogue can say of many in one line is said so. What is for `check` to tell is counted elsewhere.
    """
    if not faults:
        return
    if most is None:
        for group in group_by_record(faults):
            print_lines(_lines_of(group, lang, None), group[0])
        return
    by_code, told, of_many = defaultdict[str, list[Fault]](list), list[Fault](), list[Fault]()
    for fault in faults:
        (told if fault.entry.at_check and not is_check else by_code[fault.code]).append(fault)
    for found in by_code.values():
        if joined := join_faults(found):
            of_many.append(joined)
            continue
        groups = [found] if _is_of_alike_rows(found) else group_by_record(found)[:most]
        for group in groups:
            print_lines(_lines_of(group, lang, _NAMED), group[0])
        if more := len(found) - sum(map(len, groups)):
            click.echo(message("more", lang, code=found[0].code, more=more), err=True)
    for joined in of_many:
        print_lines([f"{joined.code} {joined.reason(lang)}"], joined)
    if of_many:
        click.echo(f"{_INDENT}→ {message('one_by_one', lang)}", err=True)
    if told:
        academies = {fault.values["name"] for fault in told}
        click.echo(message("at_check", lang, academies=len(academies)), err=True)


_OF_A_ROW = ("value", "uai", "first", "line", "first_sheet", "first_row", "columns")  # values that are each row's own


def _is_of_alike_rows(faults: Sequence[Fault]) -> bool:
    """Tell whether faults of one code, of rows of one list, differ in nothing but what is in the rows."""

    def rest(fault: Fault) -> tuple[object, ...]:
        values = {name: value for name, value in fault.values.items() if name not in _OF_A_ROW}
        return fault.place.file, fault.place.field, fault.severity, "value" in fault.values, values

    return len(faults) > 1 and all(fault.row and rest(fault) == rest(faults[0]) for fault in faults)


def _lines_of(group: Sequence[Fault], lang: Lang, most: int | None) -> list[str]:
    """Return the lines of a fault, with the schools that have it under the first one, at most so many by name."""
    first = group[0]
    if len(group) == 1:
        return first.lines(lang)
    if first.row and (first.place.record is None or "value" in first.values):
        cells = [_cell(fault, lang) for fault in group[1 : most and MAX_SHOWN]]
        cells += [message("rest", lang)] if len(cells) < len(group) - 1 else []
        head, *rest = first.lines(lang)
        return [f"{head} · {message('also', lang, rows=len(group) - 1, places=', '.join(cells))}", *rest]
    records = list(dict.fromkeys(visible(fault.place.record or "") for fault in group))
    more = ", …" if most is not None and len(records) > most else ""
    lines = replace(first, place=replace(first.place, key=None, person=None)).lines(lang)
    names = ", ".join(records[:most]) + more
    return [lines[0], _INDENT + message("for_schools", lang, schools=len(records), names=names), *lines[1:]]


def _cell(fault: Fault, lang: Lang) -> str:
    """Return the row of a fault, on a sheet its cell, and what is wrong in it."""
    place, value = fault.place.cell or str(fault.row), fault.values.get("value", fault.values.get("uai"))
    return f"{place}\u00a0{quoted(visible(str(value)), lang)}" if value else place


def print_lines(lines: Sequence[str], fault: Fault, *, err: bool = True) -> None:
    """Print lines about a fault; the code, with which the first line begins, has the colour of the severity."""
    code, rest = lines[0][: len(fault.code)], lines[0][len(fault.code) :]
    print_colored("\n".join((paint(code, fault.severity) + rest, *lines[1:])), err=err)


def paint(text: str, look: str) -> str:
    """Return a text in the colour of a severity, or of what is old or new; unchanged for any other look."""
    return click.style(text, **_FILE["looks"].get(look, {}))


def print_colored(text: str, *, err: bool = False) -> None:
    """Print a text with colours, on standard output or standard error; without them where nobody sees them."""
    click.echo(text, err=err, color=has_colors(sys.stderr if err else sys.stdout))


def has_colors(stream: TextIO) -> bool:
    """Tell whether colours are seen: on a terminal, or wherever FORCE_COLOR is set, unless NO_COLOR is."""
    is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    return not os.environ.get("NO_COLOR") and bool(is_terminal or os.environ.get("FORCE_COLOR"))
