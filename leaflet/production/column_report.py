"""Explain how the columns of a list are matched to fields, and store proposals in the campaign."""

import os.path
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign.list_columns import ListSettings, known_data, read_list_settings, store_columns
from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.confidential import hide_secrets, is_secret_file, normalise
from leaflet.faults import DataError, Fault, Lang, LeafletError, Place, Report, fail
from leaflet.production.inputs import kind_of_key, reading_of
from leaflet.tables.column_mapping import Explanation, explain_columns
from leaflet.tables.column_names import FIELD_NAMES, SCHOOLS, STAFF, Vocabulary
from leaflet.tables.headers import NO_MAPPING, claim_columns, columns_command, match_headers, quote_word
from leaflet.tables.keys import KINDS, kind_of, with_key_field
from leaflet.tables.opening import HEADER_REFUSALS, ListFile, lists_people
from leaflet.tables.schools import load_schools
from leaflet.tables.staff import for_one_school, hide_cell_texts
from leaflet.tables.table import ReadOptions, Table

# The table of columns shows these faults already.
_SHOWN = frozenset({"T202", "T203", "T204", "T205", "T206", "T207", "T208", "T209"})
_NO_SETTINGS = ListSettings(columns={}, lists={}, data=known_data({}))  # of a list without a campaign
_SHEETS = "T162"  # says which sheets the columns are of


class ColumnsOptions(Struct, frozen=True, kw_only=True):
    """The options of ``leaflet columns``."""

    table: Path  # the list
    staff: bool = False  # one that the campaign calls a staff list, or that has first names, always is one
    campaign: Path | None = None  # the campaign file; None takes ``campaign.toml`` beside the list, if there is one
    write: bool = False  # store what is proposed in the campaign file
    given: Mapping[str, str] = NO_MAPPING  # columns that the user names, field to header; they are stored too
    reading: ReadOptions = ReadOptions()  # of the list; else as the campaign says, or detected


class ColumnsResult(Struct, frozen=True, kw_only=True):
    """The explanation of a list's columns."""

    name: str  # of the list's file
    kind: str  # ``schools`` or ``staff``
    explanation: Explanation  # of the columns, with the stored mapping if something was stored
    stored: Mapping[str, str] = field(default_factory=dict)  # the mapping written into the campaign, field to header
    campaign: Path | None  # the campaign file that was read, or None
    other: str | None  # the list that the campaign reads in place of this one, or None
    command: str  # the command that stores the proposals
    faults: tuple[Fault, ...]  # those that are not of a single column


def explain_list(options: ColumnsOptions) -> ColumnsResult:
    """Explain which field each column of a list is matched to, and why; store proposals with `options.write`."""
    try:
        return _explain_list(options)
    except LeafletError as error:
        raise type(error)(map(hide_secrets, error.faults)) from None


def check_copied(path: Path) -> str:
    """Refuse what no campaign may have as its list of schools, and return the kind of key of one without UAIs."""
    found, report = explain_list(ColumnsOptions(table=path)), Report()
    if found.kind == "staff":
        raise fail("U035", Place(file=str(path)), value=path.name)
    ListFile(path).open(report)
    if refused := [fault for fault in report if fault.code in HEADER_REFUSALS]:
        raise DataError(refused)
    return (kind_of([normalise(match.title) for match in found.explanation.matches]) or KINDS["code"]).name


def _explain_list(options: ColumnsOptions) -> ColumnsResult:
    if is_secret_file(options.table.stem):
        raise fail("T122", Place(file=options.table.name))
    campaign, beside = options.campaign, options.table.parent / CAMPAIGN_FILE
    if campaign is None and (options.write or options.given or beside.is_file()):
        campaign = beside
    settings = read_list_settings(campaign) if campaign is not None else _NO_SETTINGS
    kind, names = _kind_of(options, settings)
    is_called_staff = _is_called_staff(options, settings)
    listed = ListFile(options.table, names, _reading(options, settings, settings.columns.get(kind, {})))
    command = _command(options, listed.vocabulary)
    explanation, faults = _explain(listed, is_called_staff)
    stored: Mapping[str, str] = {}
    if options.given:
        stored = with_key_field(options.given, listed.options.key)
        _check_given(_with(listed, stored), is_called_staff, command)
    if options.write:
        others = {field: header for field, header in explanation.proposed.items() if field not in stored}
        stored = {**stored, **{field: header for field, header in others.items() if header not in stored.values()}}
    if stored and campaign is not None:
        store_columns(campaign, kind, stored)
        explanation, faults = _explain(_with(listed, stored), is_called_staff)
    other = settings.lists.get(kind)
    return ColumnsResult(
        name=options.table.name,
        kind=kind,
        explanation=explanation,
        stored=stored,
        campaign=campaign,
        other=other.name if other is not None and not _is_same(other, options.table) else None,
        command=command,
        faults=faults,
    )


def _with(listed: ListFile, given: Mapping[str, str]) -> ListFile:
    """Return a list with more columns that the campaign names."""
    return replace(listed, options=replace(listed.options, given={**listed.given, **given}))


def _check_given(listed: ListFile, is_called_staff: bool, command: str) -> None:
    """Check the columns that the user names, as the campaign is to have them."""
    report, place = Report(), Place(file=listed.path.name, field="--set")
    claims = claim_columns(_open(listed, is_called_staff, Report()), listed.vocabulary, listed.given)
    for code, values in claims.faults:
        report.add(code, place, command=command, **values)
    report.raise_errors()


def field_name(field: str, lang: Lang) -> str:
    """Return a field in words, with its key in a campaign file."""
    name = FIELD_NAMES[field][lang]
    return name if name == field else f"{name} ({field})"


def _kind_of(options: ColumnsOptions, settings: ListSettings) -> tuple[str, Vocabulary]:
    """Return the kind of a list: staff if the command or the campaign calls it so, or if it has first names."""
    if not (_is_called_staff(options, settings) or lists_people(options.table, _reading(options, settings))):
        return "schools", SCHOOLS
    path = settings.lists.get("schools")
    if path is None or not path.is_file():  # there may be one school only
        return "staff", for_one_school(STAFF)
    reading = _reading(ColumnsOptions(table=path), settings, settings.columns.get("schools", {}))
    schools = load_schools(path, report=Report(), options=reading)
    return "staff", for_one_school(STAFF) if len(schools) == 1 else STAFF  # to which everybody belongs


def _is_called_staff(options: ColumnsOptions, settings: ListSettings) -> bool:
    return options.staff or ("staff" in settings.lists and _is_same(settings.lists["staff"], options.table))


def _explain(listed: ListFile, is_called_staff: bool) -> tuple[Explanation, tuple[Fault, ...]]:
    reading, report = Report(), Report()
    table = _open(listed, is_called_staff, reading)
    report.extend(fault for fault in reading if fault.code == _SHEETS)
    match_headers(table, listed.vocabulary, report, listed.given, path=listed.path)
    faults = tuple(hide_secrets(fault) for fault in report if fault.code not in _SHOWN)
    return explain_columns(table, listed.vocabulary, listed.given), faults


def _open(listed: ListFile, is_called_staff: bool, report: Report) -> Table:
    try:
        return listed.read(report)
    except DataError as error:
        if is_called_staff:
            raise DataError(map(hide_cell_texts, error.faults)) from None
        raise


def _reading(options: ColumnsOptions, settings: ListSettings, given: Mapping[str, str] = NO_MAPPING) -> ReadOptions:
    """Return the command's reading options, else the campaign's; sheet and header row for its own lists only."""
    data, asked = settings.data, options.reading
    own = [kind for kind, listed in settings.lists.items() if _is_same(listed, options.table)]
    asked = reading_of(own[0], asked, settings) if own else replace(asked, encoding=asked.encoding or data.encoding)
    return replace(asked, key=kind_of_key(data.key), given=given)


def _is_same(one: Path, other: Path) -> bool:
    return "\0" not in f"{one}{other}" and os.path.realpath(one) == os.path.realpath(other)


def _command(options: ColumnsOptions, vocabulary: Vocabulary) -> str:
    """Return the command that stores the proposals, with the options that were given."""
    given = [
        ("--campaign", options.campaign),
        ("--encoding", options.reading.encoding),
        *(("--sheet", name) for name in options.reading.sheets),
        ("--header-row", options.reading.header_row),
    ]
    more = "".join(f" {option} {quote_word(str(value))}" for option, value in given if value is not None)
    return f"{columns_command(vocabulary, options.table).removesuffix(' --write')}{more} --write"
