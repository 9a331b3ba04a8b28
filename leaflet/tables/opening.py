"""Opening a list: the sheets it stands on become one `Table`, and its header becomes `ListColumns`.

A workbook often has a sheet of notes, or one sheet per département or service. Each sheet is tried: those that have
the columns are the list. Schools of several sheets are read as one table (`join_sheets`); a staff list is read sheet
by sheet, because how a name is written depends on the title of its column. No fault repeats a secret that the name of
a file or of a column holds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import hide_secrets, is_secret_file, normalise
from leaflet.faults import DataError, Fault, LeafletError, Place, Report, fail
from leaflet.files.words import NO_HINT, in_both
from leaflet.tables.column_names import SCHOOLS, STAFF, Vocabulary
from leaflet.tables.headers import ListColumns, claim_columns, find_header, match_headers, names_people
from leaflet.tables.keys import with_key, with_key_field
from leaflet.tables.reading import DEFAULTS, read_table
from leaflet.tables.table import JoinedSheet, ReadOptions, Row, RowProgress, SeveralSheetsError, Table, format_names

_PROGRESS_ROWS = 1_000  # between two calls of a progress function
_PUPILS = frozenset({"eleve", "eleves", "responsables", "parents", "familles"})  # in names of sheets
HEADER_REFUSALS = frozenset({"T205", "T206", "T207", "T209", "T317", "T318", "T319", "T320"})  # of a header
_NO_ROWS = "T116"  # of a sheet, of which another one may have some
_NONE_PASSED = {"passed_en": "", "passed_fr": ""}
_FEW = 2  # fields by which a sheet is nearly a list


class ListFile(Struct, frozen=True):
    """A list as somebody asks for it; its columns are found by the names of its kind, and of the campaign."""

    path: Path
    kind: Vocabulary = SCHOOLS
    options: ReadOptions = DEFAULTS

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of its columns, for the kind of key that it has."""
        return with_key(self.kind, self.options.key)

    @property
    def given(self) -> Mapping[str, str]:
        """The campaign's own mapping, from field to header as written."""
        return with_key_field(self.options.given, self.options.key)

    def open(self, report: Report) -> tuple[Table, ListColumns] | None:
        """Open a list of schools, several sheets as one table, and find its columns; None when the file is refused.

        `report` takes all faults: of the file now, of its rows while they are read.
        """
        columns = None
        with self._reporting(report) as found:
            table = self.read(report)
            columns = self._match_headers(table, found)
        return None if columns is None else (_with_progress(table, self.options.progress), columns)

    def read(self, report: Report) -> Table:
        """Read a list as one table: of a workbook the sheets named, else each that has the columns.

        If no sheet has them all, those that lack the fewest are read, so that somebody can say which columns they
        are. A warning names the sheets that are read and those that are passed over (T162). It is an error if no
        sheet is nearly a list (T137), or if one has secrets or pupils.
        """
        opened = self._one_table(report)
        if isinstance(opened, Table):
            return opened
        tried = self.try_sheets(opened, told=[*report])
        read = tried if self.options.sheets else choose_sheets(tried)
        self._check_sheets(tried, read, opened, report)
        for sheet in read:
            report.extend(sheet.found)
        return join_sheets(read, self.given, report)

    def open_sheets(self, report: Report) -> list[tuple[Table, ListColumns]]:
        """Open each sheet of a staff list that has the columns, or the list itself if there is one sheet alone.

        Faults are those of `read`; a sheet whose name says « élèves » is passed over.
        """
        sheets: list[tuple[Table, ListColumns]] = []
        with self._reporting(report) as found:
            opened = self._one_table(report)
            if isinstance(opened, Table):
                columns = self._match_headers(opened, found)
                return [] if columns is None else [(_with_progress(opened, self.options.progress), columns)]
            tried = self.try_sheets(opened, told=[*report])
            read = [sheet for sheet in tried if sheet.columns is not None]
            self._check_sheets(tried, read, opened, found)
            for sheet in read:
                assert sheet.columns is not None
                found.extend([*sheet.header, *sheet.found])
                table = replace(sheet.table, rows=_with_report(sheet, report, is_one_of=len(read)))
                sheets.append((_with_progress(table, self.options.progress), sheet.columns))
        return sheets

    def titles(self) -> frozenset[str]:
        """Return the titles of all columns of a list, of all its sheets; none of a list that cannot be read."""
        with suppress(LeafletError):
            opened = self._one_table(Report())
            if isinstance(opened, Table):
                return frozenset(opened.header)
            return frozenset[str]().union(*(sheet.table.header for sheet in self.try_sheets(opened)))
        return frozenset()

    def sheet_names(self) -> tuple[str, ...]:
        """Return the sheets of a workbook with several; empty for any other list."""
        with suppress(LeafletError):
            opened = self._one_table(Report())
            return () if isinstance(opened, Table) else opened
        return ()

    def try_sheets(self, names: Sequence[str], *, told: Sequence[Fault] = ()) -> "list[TriedSheet]":
        """Open some sheets of a workbook.

        Those that are no tables at all, or about pupils, are left out, unless they are asked for: then it is an
        error. A column that the campaign names need not stand on every sheet. Faults of the whole file that are
        `told` already are not told again.
        """
        opened: dict[str, tuple[Table, Report]] = {}
        vocabulary, given = self.vocabulary, self.given
        for name in names:
            if not self.options.sheets and not _PUPILS.isdisjoint(normalise(name).split("_")):
                continue
            reading = Report()
            try:
                opened[name] = self._read_table(replace(self.options, sheets=(name,)), reading), reading
            except DataError:
                if self.options.sheets:
                    raise
        headers = [table.header for table, _ in opened.values()]
        nowhere = {field for field, title in given.items() if not any(find_header(one, title) for one in headers)}
        tried = []
        for name, (table, reading) in opened.items():
            own = {key: title for key, title in given.items() if key in nowhere or find_header(table.header, title)}
            fields, header = claim_columns(table, vocabulary, own).fields, Report()
            tried.append(
                TriedSheet(
                    name=name,
                    table=table,
                    fields=fields,
                    missing=vocabulary.missing(fields),
                    columns=match_headers(table, vocabulary, header, own, path=self.path),
                    header=tuple(fault for fault in header if fault not in told),
                    found=tuple(fault for fault in reading if fault not in told),
                    reading=reading,
                )
            )
        return tried

    @contextmanager
    def _reporting(self, report: Report) -> Iterator[Report]:
        """Gather what is found while a list is opened, also what ends that."""
        found = Report()
        try:
            yield found
        except DataError as error:
            found.extend(error.faults)
        report.extend(map(hide_secrets, self._with_hints(found)))

    def _with_hints(self, faults: Report) -> Iterator[Fault]:
        """Yield faults; of missing columns it is said that the list is of the other kind, or which row is read."""
        of_people, row, hint = self.vocabulary.is_private, self.options.header_row, dict[str, object]()
        told_at = lacking = {one.values.get("field") for one in faults if one.code in ("T137", "T203")}
        first, is_other = ("first_name", _lists_schools) if of_people else ("name", lists_people)
        if (lacking == {None} or first in lacking) and is_other(self.path, self.options):
            hint = {**in_both("hint", "list_of_schools" if of_people else "list_of_people"), "is_other": True}
            told_at = {None, "first_name" if of_people else "town"}  # once
        if row is not None and not hint:
            hint |= in_both("hint", "asked_header_row", key=f"{'staff_' * of_people}header_row", row=str(row))
        for one in faults:
            is_told = one.code in ("T137", "T203") and one.values.get("field") in told_at
            yield replace(one, values={**one.values, **hint}) if is_told else one

    def _one_table(self, report: Report) -> Table | tuple[str, ...]:
        """Return a list that is one table; of one that is several, the names of the sheets to try."""
        if is_secret_file(self.path.stem):  # a file whose name announces secrets is not even opened
            raise fail("T122", Place(file=self.path.name))
        if len(self.options.sheets) > 1:
            return self.options.sheets
        try:
            return self._read_table(self.options, report)
        except SeveralSheetsError as error:
            return error.sheets

    def _read_table(self, options: ReadOptions, report: Report) -> Table:
        return read_table(self.path, report=report, options=options, vocabulary=self.vocabulary, given=self.given)

    def _match_headers(self, table: Table, report: Report) -> ListColumns | None:
        """Return the columns of a table; if a sheet that was named has none of them, say which sheets have (T165)."""
        found, sheets = Report(), self.options.sheets
        columns = match_headers(table, self.vocabulary, found, self.given, path=self.path)
        is_empty = not any(claim_columns(table, self.vocabulary, self.given).fields)
        if sheets and is_empty and {fault.code for fault in found.errors} == {"T203"}:
            by_itself = replace(self, options=replace(self.options, sheets=()))
            names = by_itself._one_table(Report())
            others = () if isinstance(names, Table) else by_itself.try_sheets(names)
            if known := [sheet.name for sheet in others if sheet.columns is not None]:
                place = Place(file=self.path.name)
                raise fail("T165", place, sheet=format_names(sheets), known=format_names(known))
        report.extend(found)
        return columns

    def _check_sheets(self, tried: "_Sheets", read: "_Sheets", names: Sequence[str], report: Report) -> None:
        """Check that some sheets are read, and none has secrets or is about pupils; warn of the others (T162).

        Without any, it is said what the nearest lack, or that the row of titles that was given has none.
        """
        if refused := [fault for sheet in tried for fault in sheet.refusals]:
            raise DataError(refused)
        place, lists, row = Place(file=self.path.name), [sheet.name for sheet in read], self.options.header_row
        if not read:
            lacking = [fault for sheet in choose_sheets(tried) for fault in sheet.header]
            if row is not None:
                lacking = [Fault("T154", place, {"row": row})]
            raise DataError([*fail("T137", place, known=format_names(names), **NO_HINT).faults, *lacking])
        if not self.options.sheets:
            others = [name for name in names if name not in lists]
            passed = in_both("passed", "sheets_passed", names=format_names(others)) if others else _NONE_PASSED
            report.add("T162", place, sheets=format_names(lists), **passed)


def lists_people(path: Path, options: ReadOptions) -> bool:
    """Tell whether a list has titles of a list of people; False for what cannot be read."""
    return names_people(map(normalise, ListFile(path, STAFF, options).titles()))


def _lists_schools(path: Path, options: ReadOptions) -> bool:
    """Tell whether a list has a column of towns, which no list of people needs."""
    titles = ListFile(path, options=options).titles()
    return any(SCHOOLS.meaning(normalise(title)) == "town" for title in titles)


# --- trying sheets --------------------------------------------------------------------------------------------


class TriedSheet(Struct, frozen=True, kw_only=True):
    """A sheet that may be a list."""

    name: str
    table: Table  # no row of it is read yet
    fields: tuple[str | None, ...]  # the field that each of its columns claims to be
    missing: tuple[str, ...]  # the required fields that it lacks
    columns: ListColumns | None  # None if its header has errors
    header: tuple[Fault, ...]  # the faults of its header
    found: tuple[Fault, ...]  # those found while it was opened; those of its rows come while they are read
    reading: Report  # takes all faults of its reading

    @property
    def refusals(self) -> list[Fault]:
        """The faults for which no sheet of the workbook is read: columns of secrets, or about pupils."""
        return [fault for fault in self.header if fault.code in HEADER_REFUSALS]


_Sheets = Sequence[TriedSheet]


def choose_sheets(tried: Sequence[TriedSheet]) -> list[TriedSheet]:
    """Return the sheets with all required columns; without any, those that lack the fewest and are nearly lists."""
    near = [sheet for sheet in tried if len(sheet.missing) < 2 or sum(map(bool, sheet.fields)) >= _FEW]
    least = min((len(sheet.missing) for sheet in near), default=0)
    return [sheet for sheet in near if len(sheet.missing) == least]


# --- several sheets as one table ------------------------------------------------------------------------------


def join_sheets(sheets: Sequence[TriedSheet], given: Mapping[str, str], report: Report) -> Table:
    """Return some sheets, at least one, as one table, whose rows are numbered through.

    A column is the same on two sheets if it is the same field, or else has the same name. It has the name that the
    campaign gives, or that of the first sheet.
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
    """Yield the rows of a sheet; their faults are told in the end, but of one of several not that it has no rows."""
    known = len(sheet.reading)
    try:
        yield from sheet.table.rows
    finally:
        report.extend(fault for fault in [*sheet.reading][known:] if is_one_of == 1 or fault.code != _NO_ROWS)


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
