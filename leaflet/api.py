"""The functions that programs call: the command line and the window call them, too.

``import leaflet`` has them all: `build` and `print_run` make files, `check` judges campaigns and finished files,
`columns` says what a list has, `preview` draws pages as pictures, `post` makes what goes out with the files,
`read_manifest` reads the list of a build's files. Each imports what it needs when it is called, so that none waits
for the libraries of another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from leaflet.production.build_options import Progress, output_path
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.cells import Cleaning
from leaflet.tables.filters import parse_choice
from leaflet.tables.headers import NO_MAPPING
from leaflet.tables.table import RowProgress

if TYPE_CHECKING:
    from leaflet.preflight.verdict import Verdict
    from leaflet.production.build_options import BuildResult, Press, PrintRunResult
    from leaflet.production.column_report import ColumnsResult
    from leaflet.production.delivery import Kind
    from leaflet.production.delivery.letters import PostResult
    from leaflet.production.manifest import Manifest
    from leaflet.production.preview import PreviewResult


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
        called: what a file of chosen people is called by, in place of their lines.
        keep_going: leave faulty rows out in place of stopping; what cannot be made of one row is always left out.
        verify: reopen what was written and check it; true by default.
        replace: replace what has the names of the files, whoever made it.
        start: the first free place of a used sheet of cards or labels, from 1.
        printer: a ``printer.toml``; by default the one beside the campaign, if there is one.
        outline: draw the outline of every box, for people who write templates.
        epoch: the time that files are dated with, in seconds since 1970; by default the day of the campaign.
        progress: called after every file with the number of files done, that of all, and the last one's name.
        row_progress: called now and then with the name of a long list and the number of its rows that are read.
        outcome: a `leaflet.production.outcome.Outcome`: gets every fault, and counts rows, also if the call raises.
    """

    document: str | None
    called: str
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
NUMBERS: Mapping[str, tuple[int, int | None]] = {
    "start": (1, None), "header_row": (1, None), "jobs": (1, 256), "copies": (0, 9999), "pages": (1, None),
    "sample": (1, 1000), "dpi": (36, 300), "epoch": (0, None),
}  # fmt: skip
"""The least and the most that a number may be, here and as an option of a command."""
_AS_GIVEN = ("document", "keep_going", "verify", "start", "outline", "epoch", "progress", "outcome")


def input_fields(campaign: StrPath, out: StrPath, inputs: Inputs) -> dict[str, Any]:
    """Return the fields of `leaflet.production.build_options.InputOptions` that these keywords ask for.

    Raises:
        TypeError: there is no such keyword, or it has a value of another kind.
        ValueError: a number is too small or too large.
        UsageError: a condition, a range of lines or a column cannot be understood; it holds all faults. Or `out` is
            an address (U145).
    """
    if unknown := inputs.keys() - Inputs.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument {min(unknown)!r}")
    _check_numbers(**_take(inputs, ("start", "header_row", "epoch")))
    _check_types(bool, _take(inputs, ("keep_going", "verify", "replace", "outline", *_CLEANING)))
    _check_types(str, _take(inputs, ("document", "called", "rows", "sort", "encoding")))
    _check_types(Collection, _take(inputs, ("only", "sheet", *_SEVERAL)))
    printer = inputs.get("printer")
    wanted: dict[str, Any] = {name: several(inputs[name]) for name in _SEVERAL if name in inputs}
    return {
        "campaign": Path(campaign),
        "out": output_path(out),
        "only": frozenset(code.strip().upper() for code in several(inputs.get("only", ()))),
        "choice": parse_choice(**wanted, **_take(inputs, ("rows", "sort", "called"))),
        "reading": ReadOptions(
            **_take(inputs, _READING),
            sheets=tuple(several(inputs.get("sheet", ()))),
            progress=inputs.get("row_progress"),
            cleaning=Cleaning(**_take(inputs, _CLEANING)),
        ),
        "printer": None if printer is None else Path(printer),
        "replace_others": inputs.get("replace", False),
        **_take(inputs, _AS_GIVEN),
    }


def _check_numbers(**numbers: int | None) -> None:
    _check_types(int, numbers)
    for name, number in numbers.items():
        least, most = NUMBERS[name]
        if number is not None and not least <= number <= (most or number):
            raise ValueError(f"{name} is {f'{least} to {most}' if most else f'at least {least}'}, not {number}")


def _check_types(kind: type, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} cannot be {value!r}")


def _take(inputs: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: inputs[name] for name in names if name in inputs}


def several(texts: Texts) -> Collection[str]:
    """Return several texts, or a single one, as several."""
    return (texts,) if isinstance(texts, str) else texts


def build(
    campaign: StrPath,
    out: StrPath = "out",
    *,
    jobs: int | None = None,
    shard: tuple[int, int] | None = None,
    anew: bool = False,
    prune: bool = False,
    draft: bool = False,
    **inputs: Unpack[Inputs],
) -> BuildResult:
    """Make the documents of a campaign, one PDF file for each school; what is right already stays as it is.

    Args:
        campaign: the campaign file.
        out: the folder or the ZIP archive (``.zip``) to write into.
        jobs: processes; by default all cores, if that is worth it.
        shard: (i, n) makes the i-th of n parts only, counted from 1.
        anew: make every file again, also those that would come out the same.
        prune: remove files of schools and documents that are no longer there.
        draft: make drafts of documents that print what nobody has compared: framed, without codes.
        inputs: see `leaflet.api.Inputs`.

    Returns:
        How many files there are, how many were made and why, and what else was found: also the errors of files that
        cannot be made for one school, which are left out.

    Raises:
        LeafletError: with every fault found; no file has a name then that it had not before, or other bytes.
        KeyboardInterrupt: a signal stopped it; the same call goes on where it was.
    """
    from leaflet.production.build import build as run
    from leaflet.production.build_options import BuildOptions

    _check_numbers(jobs=jobs)
    return run(
        BuildOptions(
            **input_fields(campaign, out, inputs), jobs=jobs, shard=shard, anew=anew, prune=prune, draft=draft
        )
    )


def check(
    *targets: StrPath,
    out: StrPath | None = None,
    day: date | None = None,
    off: Collection[str] = (),
    jobs: int = 1,
    **inputs: Unpack[Inputs],
) -> Verdict:
    """Check campaigns with their lists and every record, and judge finished files; write nothing.

    Args:
        targets: campaign files, PDF files, made by leaflet or not, and folders of them.
        out: what was built from the one campaign: each file is made again and compared.
        day: the day that leaflets are judged on; today by default.
        off: codes of rules that are not asked.
        jobs: processes that judge files.
        inputs: see `leaflet.api.Inputs`.

    Returns:
        The faults of each campaign, file and folder; a campaign that is wrong raises nothing.

    Raises:
        ValueError: there is no target.
        UsageError: a target does not exist, or does not go with another; or the libraries that judge finished files
            are not installed (``leaflet-print[check]``).
    """
    from leaflet.preflight.check import check as run
    from leaflet.production.build_options import InputOptions

    _check_numbers(jobs=jobs)
    _check_types(date, {"day": day})
    if not targets:
        raise ValueError("there is nothing to check")
    paths, judged = [Path(target) for target in targets], None if out is None else Path(out)
    options = InputOptions(**input_fields("", "", inputs))
    return run(paths, options, out=judged, day=day or date.today(), off=off, jobs=jobs)


def columns(
    table: StrPath,
    *,
    staff: bool = False,
    campaign: StrPath | None = None,
    write: bool = False,
    given: Mapping[str, str] = NO_MAPPING,
    encoding: str | None = None,
    sheet: Texts = (),
    header_row: int | None = None,
) -> ColumnsResult:
    """Say which column of a list is which field, how sure that is, and what is missing.

    Args:
        table: the list: CSV, XLSX or ODS.
        staff: it is a staff list; one that has first names always is, and shows nothing that its cells say.
        campaign: the campaign file; by default ``campaign.toml`` beside the list, if there is one.
        write: store what is proposed in the campaign file.
        given: columns that you name, field to header; they are stored, too.
        encoding: of a list that is text; found by default.
        sheet: the sheets of a workbook that are read; those with the columns by default.
        header_row: the line with the names of the columns.

    Returns:
        Each column with its field, its certainty and the reason; the required and optional fields without a column.

    Raises:
        DataError: the list or the campaign cannot be read, or the campaign cannot be written.
    """
    from leaflet.production.column_report import ColumnsOptions, explain_list

    _check_numbers(header_row=header_row)
    return explain_list(
        ColumnsOptions(
            table=Path(table),
            staff=staff,
            campaign=None if campaign is None else Path(campaign),
            write=write,
            given=given,
            reading=ReadOptions(encoding=encoding, sheets=tuple(several(sheet)), header_row=header_row),
        )
    )


def post(
    kind: Kind,
    campaign: StrPath,
    out: StrPath = "out",
    *,
    text: str = "school",
    labels: str = "avery-l7163",
    copies: int = 1,
    **inputs: Unpack[Inputs],
) -> PostResult:
    """Make what goes out with the files of a campaign; nothing is sent.

    Args:
        kind: ``drafts`` (an e-mail for each school, its file attached), ``table`` (for the mail merge of another
            program), ``labels`` (addresses for parcels), ``list`` (parcels to tick).
        campaign: the campaign file.
        out: the folder of the build, which gets the new files.
        text: the name of the text of e-mails.
        labels: the name of the stock of labels.
        copies: of schools without a number of copies in the list.
        inputs: see `leaflet.api.Inputs`.

    Returns:
        The files, and how many schools are in them.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    from leaflet.production.delivery import post as run
    from leaflet.production.delivery.letters import PostOptions

    _check_numbers(copies=copies)
    return run(kind, PostOptions(**input_fields(campaign, out, inputs), text=text, sheet=labels, copies=copies))


def preview(
    campaign: StrPath,
    out: StrPath = "preview",
    *,
    longest: bool = False,
    shortest: bool = False,
    sample: int | None = None,
    dpi: int = 110,
    **inputs: Unpack[Inputs],
) -> PreviewResult:
    """Draw what a campaign makes as PNG files, of one school or of some; make no PDF file.

    Args:
        campaign: the campaign file.
        out: the folder to write into.
        longest: the school with most to print.
        shortest: the school with least to print.
        sample: this many schools: the first, the longest, then evenly spread.
        dpi: pixels for each inch of paper.
        inputs: see `leaflet.api.Inputs`.

    Returns:
        The files, page after page, and the faults of the schools shown.

    Raises:
        LeafletError: something is wrong with the campaign or with one of these schools; nothing was written then.
    """
    from leaflet.production.preview import PreviewOptions
    from leaflet.production.preview import preview as run

    _check_numbers(sample=sample, dpi=dpi)
    fields = input_fields(campaign, out, inputs)
    return run(PreviewOptions(longest=longest, shortest=shortest, sample=sample, dpi=dpi, **fields))


def print_run(
    campaign: StrPath,
    out: StrPath = "out",
    *,
    copies: int = 1,
    once: bool = False,
    bare: bool = False,
    pages: int | None = None,
    press: Press | None = None,
    draft: bool = False,
    **inputs: Unpack[Inputs],
) -> PrintRunResult:
    """Make one file of all schools in the order of delivery, for a printer or a print shop.

    Args:
        campaign: the campaign file.
        out: the folder to write into.
        copies: of schools without a number of copies in the list.
        once: each leaflet once; the bundle sheet says how many copies to make.
        bare: leaflets only, without bundle sheets, the packing list as a table alone.
        pages: the most pages of a volume; by default one volume, or volumes of 15,000 pages for the print shop.
        press: for the print shop, ``x4`` (PDF/X-4).
        draft: make drafts of what nobody has compared, not for the print shop.
        inputs: see `leaflet.api.Inputs`.

    Returns:
        The files, and how many pages, schools and copies are in them.

    Raises:
        LeafletError: with every fault found; nothing was written then.
        KeyboardInterrupt: a signal stopped it.
    """
    from leaflet.production.build_options import PrintRunOptions
    from leaflet.production.print_runs import print_run as run

    _check_numbers(copies=copies, pages=pages)
    if press not in (None, "x4"):
        raise ValueError(f"press is 'x4', not {press!r}")
    fields = input_fields(campaign, out, inputs)
    return run(PrintRunOptions(**fields, copies=copies, once=once, bare=bare, pages=pages, press=press, draft=draft))


def read_manifest(out: StrPath) -> Manifest | None:
    """Read the list of the files that a build has left in a folder.

    Args:
        out: the folder of the build.

    Returns:
        The list, with an entry for each file: its school, its document, its pages and its hash. None if there is no
        list, or an unreadable one.
    """
    from leaflet.production.manifest import read_manifest as run

    return run(Path(out))
