"""Opening a list: the sheets it stands on become one `Table`, and its header becomes `ListColumns`.

A workbook often has a sheet of notes, or one sheet per département or service. Each sheet is tried: those that have
the columns are the list. Schools of several sheets are read as one table (`join_sheets`); a staff list is read sheet
by sheet, because how a name is written depends on the title of its column.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import hide_secrets, is_secret_file, normalise
from leaflet.faults import DataError, Fault, Place, Report, fail
from leaflet.files.words import in_both
from leaflet.tables.column_names import Vocabulary
from leaflet.tables.headers import NO_MAPPING, ListColumns, claim_columns, find_header, match_headers
from leaflet.tables.reading import read_table
from leaflet.tables.table import JoinedSheet, ReadOptions, Row, RowProgress, SeveralSheetsError, Table, format_names

_DEFAULTS = ReadOptions()
_PROGRESS_ROWS = 1_000  # between two calls of a progress function
_PUPILS = frozenset({"eleve", "eleves", "responsables", "parents", "familles"})  # in names of sheets
HEADER_REFUSALS = frozenset({"T205", "T206", "T207", "T209", "T317", "T318", "T319", "T320"})  # of a header
_NO_ROWS = "T116"  # of a sheet, of which another one may have some
_NONE_PASSED = {"passed_en": "", "passed_fr": ""}
_FEW = 2  # fields by which a sheet is nearly a list


def open_list(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions = _DEFAULTS,
) -> tuple[Table, ListColumns] | None:
    """Open a list of schools, and find its columns; several sheets are one table.

    A file whose name announces secrets is not even opened. No fault repeats a secret that the name of the file or
    of a column holds.

    Args:
        path: The file.
        vocabulary: The names of columns that the list may have.
        report: Takes all faults: of the file now, of its rows while they are read.
        given: The campaign's own mapping, from field to header as written.
        options: How to read the file.

    Returns:
        The table and where its fields are; None when the file is refused.
    """
    found, columns = Report(), None
    try:
        _check_name(path)
        table = read_list(path, vocabulary, report=report, given=given, options=options)
        columns = match_headers(table, vocabulary, found, given, path=path)
    except DataError as error:
        found.extend(error.faults)
    report.extend(map(hide_secrets, found))
    return None if columns is None else (_with_progress(table, options.progress), columns)


def read_list(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions = _DEFAULTS,
) -> Table:
    """Read a list as one table: of a workbook the sheets named, else each that has the columns.

    If no sheet has them all, those that lack the fewest are read, so that somebody can say which columns they are. A
    warning names the sheets that are read and those that are passed over (T162).

    Raises:
        DataError: The list cannot be read, no sheet is nearly a list (T137), or one has secrets or pupils.
    """
    names, is_named = options.sheets, len(options.sheets) > 1
    if not is_named:
        try:
            known = _known_names(vocabulary, given)
            return read_table(path, report=report, options=options, known=known, vocabulary=vocabulary, given=given)
        except SeveralSheetsError as error:
            names = error.sheets
    tried = try_sheets(path, vocabulary, names, told=[*report], given=given, options=options)
    if refused := [fault for sheet in tried for fault in sheet.refusals]:
        raise DataError(refused)
    read = tried if is_named else choose_sheets(tried)
    if not read:
        raise fail("T137", Place(file=path.name), known=format_names(names))
    if not is_named:
        _report_sheets(path, names, read, report)
    for sheet in read:
        report.extend(sheet.found)
    return join_sheets(read, given, report)


def open_sheets(
    path: Path,
    vocabulary: Vocabulary,
    *,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions = _DEFAULTS,
) -> list[tuple[Table, ListColumns]]:
    """Open each sheet of a staff list that has the columns, or the list itself if there is one sheet alone.

    A warning names the sheets that are read and those that are passed over (T162). A sheet with secrets or about
    pupils has the whole list refused; one whose name says « élèves » is passed over.
    """
    found = Report()
    try:
        _check_name(path)
        sheets = _open_sheets(path, vocabulary, found, report, given, options)
    except DataError as error:
        found.extend(error.faults)
        sheets = []
    report.extend(map(hide_secrets, found))
    return sheets


def _open_sheets(
    path: Path, vocabulary: Vocabulary, found: Report, rows: Report, given: Mapping[str, str], options: ReadOptions
) -> list[tuple[Table, ListColumns]]:
    names = options.sheets
    if len(names) < 2:
        try:
            known = _known_names(vocabulary, given)
            table = read_table(path, report=rows, options=options, known=known, vocabulary=vocabulary, given=given)
        except SeveralSheetsError as error:
            names = error.sheets
        else:
            columns = match_headers(table, vocabulary, found, given, path=path)
            return [] if columns is None else [(_with_progress(table, options.progress), columns)]
    tried = try_sheets(path, vocabulary, names, told=[*rows], given=given, options=options)
    if refused := [fault for sheet in tried for fault in sheet.refusals]:
        raise DataError(refused)
    read = [sheet for sheet in tried if sheet.columns is not None]
    if not read:
        raise fail("T137", Place(file=path.name), known=format_names(names))
    if not options.sheets:
        _report_sheets(path, names, read, found)
    opened: list[tuple[Table, ListColumns]] = []
    for sheet in read:
        assert sheet.columns is not None
        found.extend([*sheet.header, *sheet.found])
        table = replace(sheet.table, rows=_with_report(sheet, rows, is_one_of=len(read)))
        opened.append((_with_progress(table, options.progress), sheet.columns))
    return opened


def list_titles(
    path: Path, vocabulary: Vocabulary, options: ReadOptions, given: Mapping[str, str] = NO_MAPPING
) -> frozenset[str]:
    """Return the titles of all columns of a list, of all its sheets; none of a list that cannot be read."""
    names = options.sheets
    try:
        if len(names) < 2:
            table = read_table(path, report=Report(), options=options, vocabulary=vocabulary, given=given)
            return frozenset(table.header)
    except SeveralSheetsError as error:
        names = error.sheets
    except DataError:
        return frozenset()
    tried = try_sheets(path, vocabulary, names, given=given, options=options)
    return frozenset(title for sheet in tried for title in sheet.table.header)


# --- trying sheets --------------------------------------------------------------------------------------------


class TriedSheet(Struct, frozen=True, kw_only=True):
    """A sheet that may be a list.

    Attributes:
        found: The faults found so far while it was opened; those of its rows come while they are read.
    """

    name: str  # Its name
    table: Table  # Its table, of which no row is read yet
    fields: tuple[str | None, ...]  # The field that each of its columns claims to be
    missing: tuple[str, ...]  # The required fields that it lacks
    columns: ListColumns | None  # The columns of its fields; None if its header has errors
    header: tuple[Fault, ...]  # The faults of its header
    found: tuple[Fault, ...]
    reading: Report  # Takes all faults of its reading

    @property
    def refusals(self) -> list[Fault]:
        """The faults for which no sheet of the workbook is read: columns of secrets, or about pupils."""
        return [fault for fault in self.header if fault.code in HEADER_REFUSALS]


def try_sheets(
    path: Path,
    vocabulary: Vocabulary,
    names: Sequence[str],
    *,
    told: Sequence[Fault] = (),
    given: Mapping[str, str] = NO_MAPPING,
    options: ReadOptions = _DEFAULTS,
) -> list[TriedSheet]:
    """Open some sheets of a workbook; those that are no tables at all are left out, unless they are asked for.

    Args:
        path: The workbook.
        vocabulary: The names of columns that the list may have.
        names: Of the sheets; one about pupils is left out, too.
        told: Faults of the whole file that are known.
        given: The campaign's own mapping. A column that it names need not stand on every sheet.
        options: How to read the workbook.

    Raises:
        DataError: A sheet that is asked for cannot be read.
    """
    opened: dict[str, tuple[Table, Report]] = {}
    known = _known_names(vocabulary, given)
    for name in names:
        reading, alone = Report(), replace(options, sheets=(name,))
        if not options.sheets and not _PUPILS.isdisjoint(normalise(name).split("_")):
            continue
        try:
            table = read_table(path, report=reading, options=alone, known=known, vocabulary=vocabulary, given=given)
        except DataError:
            if options.sheets:
                raise
            continue
        opened[name] = table, reading
    headers = [table.header for table, _ in opened.values()]
    nowhere = {field for field, title in given.items() if not any(find_header(header, title) for header in headers)}
    tried = []
    for name, (table, reading) in opened.items():
        own = {field: title for field, title in given.items() if field in nowhere or find_header(table.header, title)}
        fields, header = claim_columns(table, vocabulary, own).fields, Report()
        columns = match_headers(table, vocabulary, header, own, path=path)
        tried.append(
            TriedSheet(
                name=name,
                table=table,
                fields=fields,
                missing=vocabulary.missing(fields),
                columns=columns,
                header=tuple(fault for fault in header if fault not in told),
                found=tuple(fault for fault in reading if fault not in told),
                reading=reading,
            )
        )
    return tried


def choose_sheets(tried: Sequence[TriedSheet]) -> list[TriedSheet]:
    """Return the sheets with all required columns; without any, those that lack the fewest and are nearly lists."""
    near = [sheet for sheet in tried if len(sheet.missing) < 2 or sum(map(bool, sheet.fields)) >= _FEW]
    least = min((len(sheet.missing) for sheet in near), default=0)
    return [sheet for sheet in near if len(sheet.missing) == least]


def _report_sheets(path: Path, names: Sequence[str], read: Sequence[TriedSheet], report: Report) -> None:
    """Warn of the sheets that are read, and of those that are not (T162)."""
    lists = [sheet.name for sheet in read]
    others = [name for name in names if name not in lists]
    passed = in_both("passed", "sheets_passed", names=format_names(others)) if others else _NONE_PASSED
    report.add("T162", Place(file=path.name), sheets=format_names(lists), **passed)


# --- several sheets as one table ------------------------------------------------------------------------------


def join_sheets(sheets: Sequence[TriedSheet], given: Mapping[str, str], report: Report) -> Table:
    """Return some sheets as one table, whose rows are numbered through.

    A column is the same on two sheets if it is the same field, or else has the same name. It has the name that the
    campaign gives, or that of the first sheet.

    Args:
        sheets: At least one.
        given: The campaign's own mapping.
        report: Takes the faults of the rows, sheet by sheet.
    """
    first = sheets[0].table
    if len(sheets) == 1:
        return replace(first, rows=_with_report(sheets[0], report))
    titles: dict[tuple[object, int], str] = {}
    places: list[dict[tuple[object, int], int]] = []
    for sheet in sheets:
        seen: Counter[object] = Counter()
        place: dict[tuple[object, int], int] = {}
        for at, (field, title) in enumerate(zip(sheet.fields, sheet.table.header, strict=True)):
            name = (field, "") if field is not None else ("", normalise(title))
            key = name, seen[name]  # a column that stands twice is not the same one, and is an error
            seen[name] += 1
            place[key] = at
            if key not in titles or (field is not None and find_header((title,), given.get(field, ""))):
                titles[key] = title
        places.append(place)
    joined = [
        JoinedSheet(sheet.name, sheet.table.header_line, tuple(place.get(key) for key in titles))
        for sheet, place in zip(sheets, places, strict=True)
    ]
    rows = _join_rows(joined, sheets, report)
    return replace(first, header=tuple(titles.values()), rows=rows, sheets=tuple(joined))


def _join_rows(joined: Sequence[JoinedSheet], sheets: Sequence[TriedSheet], report: Report) -> Iterator[Row]:
    """Yield the rows of all sheets; where the lines of a sheet begin is known once the one before is read."""
    last, empty = 0, list[Fault]()
    for where, sheet in zip(joined, sheets, strict=True):
        where.after, last = last, last + where.header_line
        found = Report()
        for row in _with_report(sheet, found):
            last = where.after + row.line
            yield Row(line=last, cells=tuple("" if at is None else row.cells[at] for at in where.columns))
        refused = (fault.place.list_row or 0 for fault in sheet.reading)
        last = max(last, where.after + max(refused, default=0))
        empty += [fault for fault in found if fault.code == _NO_ROWS]
        report.extend(fault for fault in found if fault.code != _NO_ROWS)
    if len(empty) == len(sheets):
        report.extend(empty[:1])


def _with_report(sheet: TriedSheet, report: Report, *, is_one_of: int = 1) -> Iterator[Row]:
    """Yield the rows of a sheet; what is found while they are read goes to the report in the end.

    Args:
        sheet: The sheet.
        report: Takes the faults; of one of several sheets, it is none that it has no rows.
        is_one_of: How many sheets are read.
    """
    known = len(sheet.reading)
    try:
        yield from sheet.table.rows
    finally:
        found = [*sheet.reading][known:]
        report.extend(fault for fault in found if is_one_of == 1 or fault.code != _NO_ROWS)


def _with_progress(table: Table, progress: RowProgress | None) -> Table:
    """Return a table that reports the progress now and then, while its rows are read."""
    if progress is None:
        return table

    def rows() -> Iterator[Row]:
        for count, row in enumerate(table.rows, 1):
            if not count % _PROGRESS_ROWS:
                progress(table.name, count)
            yield row

    return replace(table, rows=rows())


def _check_name(path: Path) -> None:
    """Check that the name of a list announces no secrets."""
    if is_secret_file(path.stem):
        raise fail("T122", Place(file=path.name))


def _known_names(vocabulary: Vocabulary, given: Mapping[str, str]) -> frozenset[str] | None:
    """Return the names that messages may show of a private list; None for one that is not private."""
    return vocabulary.known | frozenset(map(normalise, given.values())) if vocabulary.is_private else None
