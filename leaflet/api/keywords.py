"""The keywords that several functions of the interface take, and the options that are made of them."""

from collections.abc import Collection, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Literal, TypedDict

from leaflet.production.options import Progress
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.cells import Cleaning
from leaflet.tables.filter_options import parse_choice
from leaflet.tables.table import RowProgress

StrPath = str | PathLike[str]
Texts = str | Collection[str]
"""Several texts, or a single one."""


class Selection(TypedDict, total=False):
    """The keywords that say how a list is read, which of its schools are wanted, and what is mended in their rows.

    Args:
        only: UAIs of the schools wanted.
        where: conditions on columns, such as ``commune=Tours``; also ``!=`` and ``~``.
        rows: lines of the list, such as ``10-20,25``.
        states: values of the column « etat », such as ``OUVERT``.
        sort: names of columns, such as ``postcode,town``.
        persons: names or parts of names of people.
        encoding: of a list that is text; found by default.
        sheet: the sheets of a workbook that are read; those with the columns by default.
        header_row: the line with the names of the columns.
        fix_codes: put back zeros lost at the head of postcodes and UAIs.
        repair_text: read « LycÃ©e » as « Lycée ».
        french_capitals: set names typed in capitals as French does.
    """

    only: Texts
    where: Texts
    rows: str | None
    states: Texts
    sort: str | None
    persons: Texts
    encoding: str | None
    sheet: Texts
    header_row: int | None
    fix_codes: bool
    repair_text: bool
    french_capitals: bool


class Inputs(Selection, total=False):
    """The keywords of every function that reads a campaign.

    Args:
        document: the name of the one document to make; all by default.
        keep_going: leave faulty rows out in place of stopping; what cannot be made of one row is always left out.
        verify: reopen what was written and check it; true by default.
        replace: replace what has the names of the files, whoever made it.
        start: the first free place of a used sheet of cards or labels, from 1.
        printer: a ``printer.toml``; by default the one beside the campaign, if there is one.
        outline: draw the outline of every box, for people who write templates.
        epoch: the time that files are dated with, in seconds since 1970; by default the day of the campaign.
        progress: called after every file with the number of files done, that of all, and the last one's name.
        row_progress: called now and then with the name of a long list and the number of its rows that are read.
        outcome: gets every fault, and the rows counted, also if the call raises.
    """

    document: str | None
    keep_going: bool
    verify: bool
    replace: bool
    start: int
    printer: StrPath | None
    outline: bool
    epoch: int | None
    progress: Progress
    row_progress: RowProgress | None
    outcome: Outcome


_SEVERAL: tuple[Literal["where", "states", "persons"], ...] = ("where", "states", "persons")
_CLEANING = ("fix_codes", "repair_text", "french_capitals")
_READING = ("encoding", "header_row")
_AS_GIVEN = ("document", "keep_going", "verify", "start", "outline", "epoch", "progress", "outcome")


def input_fields(campaign: StrPath, out: StrPath, inputs: Inputs) -> dict[str, Any]:
    """Return the fields of `leaflet.production.options.InputOptions` that these keywords ask for.

    Raises:
        TypeError: there is no such keyword.
        UsageError: a condition, a range of lines or a column cannot be understood; it holds all faults.
    """
    if unknown := inputs.keys() - Inputs.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument {min(unknown)!r}")
    printer = inputs.get("printer")
    wanted: dict[str, Any] = {name: several(inputs[name]) for name in _SEVERAL if name in inputs}
    return {
        "campaign": Path(campaign),
        "out": Path(out),
        "only": frozenset(code.strip().upper() for code in several(inputs.get("only", ()))),
        "choice": parse_choice(**wanted, **_take(inputs, ("rows", "sort"))),
        "cleaning": Cleaning(**_take(inputs, _CLEANING)),
        "reading": ReadOptions(
            **_take(inputs, _READING),
            sheets=tuple(several(inputs.get("sheet", ()))),
            progress=inputs.get("row_progress"),
        ),
        "printer": None if printer is None else Path(printer),
        "replace_others": inputs.get("replace", False),
        **_take(inputs, _AS_GIVEN),
    }


def _take(inputs: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: inputs[name] for name in names if name in inputs}


def several(texts: Texts) -> Collection[str]:
    """Return several texts, or a single one, as several."""
    return (texts,) if isinstance(texts, str) else texts
