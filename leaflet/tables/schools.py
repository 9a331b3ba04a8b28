"""Read a list of schools: its rows become `School` values, and all faults of all rows go to the report.

Académies are not looked up here; a school has its label as written. They could not be found from a postcode either:
CEDEX codes of lycées of Réunion begin with 977 and 978.
"""

import re
import struct
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.faults import Fault, Place, Report
from leaflet.tables.cells import check_secrets, count_changes, report_changes
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.filters import add_extra_columns, is_filterable
from leaflet.tables.headers import ListColumns
from leaflet.tables.keys import is_key, is_uai
from leaflet.tables.opening import ListFile
from leaflet.tables.person_names import without_courtesy_title
from leaflet.tables.reading import DEFAULTS
from leaflet.tables.row_selection import EVERYTHING, Choice, comparable
from leaflet.tables.school import School, SchoolReader
from leaflet.tables.table import ReadOptions, Row, Table, cell_place, row_name, sheet_name
from leaflet.text import grouped


def load_schools(
    path: Path, *, report: Report, options: ReadOptions = DEFAULTS, choice: Choice = EVERYTHING
) -> list[School]:
    """Return all schools of a list that have no errors, in the order of the list.

    All rows of a UAI that has two rows with different contents are left out: nobody knows which row is right. The
    arguments are those of `open_schools`.
    """
    found = Report()
    reader = open_schools(path, report=found, options=options, choice=choice)
    schools = [*reader.schools()] if reader is not None else []
    report_changes(found, Place(file=path.name), count_changes(found))
    report.extend(found)
    contested = {fault.values["uai"] for fault in found if fault.code == "T305"}
    schools = [school for school in schools if school.key not in contested]
    if reader is not None:
        wanted = [one for one in schools if not reader.states or comparable(one.state) in reader.states]
        placed = [(school.sheet or reader.table.sheet or "", school) for school in wanted]
        named = find_departements(placed)
        report.extend(fault for sheet, school in placed for fault in stray_faults(school, sheet, named, path.name))
    return schools


_DEPARTEMENT = re.compile(r"(?<!\d)(?:97\d|\d\d)(?!\d)")  # in the name of a sheet


def find_departements(placed: Iterable[tuple[str, School]]) -> Mapping[str, Collection[str]]:
    """Return the départements that sheets have in their names, if most of their schools are there."""
    territories = grouped((sheet, school.territory) for sheet, school in placed)
    named = {sheet: {code.zfill(3) for code in _DEPARTEMENT.findall(sheet)} for sheet in territories}
    return {
        sheet: codes
        for sheet, codes in named.items()
        if 2 * sum(map(codes.__contains__, found := territories[sheet])) > len(found)
    }


def stray_faults(school: School, sheet: str, named: Mapping[str, Collection[str]], file: str) -> Iterator[Fault]:
    """Yield the fault of a school that is of none of the départements in the name of its sheet (T334)."""
    territory = school.territory
    if territory and sheet in named and territory not in named[sheet]:
        place = cell_place(file, sheet, school.line, 0)
        yield Fault("T334", place, {"sheet": sheet, "other": territory.removeprefix("0")})


def open_schools(
    path: Path, *, report: Report, options: ReadOptions = DEFAULTS, choice: Choice = EVERYTHING
) -> "SchoolListReader | None":
    """Return the reader of a list of schools, which has read the header; None when the list is refused.

    In a row of another state than the `choice` has, as the column « etat » names them, secrets are the only
    errors, and it is not compared with other rows; without errors its school is yielded like the others. If the list
    lacks a column of a filter, no row is read (U011).
    """
    opened = ListFile(path, SCHOOLS, options).open(report)
    if opened is None:
        return None
    found = add_extra_columns([opened], choice.extra_columns, choice.printed, is_filterable, report)
    if not found:
        return None
    return SchoolListReader(
        table=found[0][0],
        columns=found[0][1],
        report=report,
        options=options,
        states=frozenset(map(comparable, choice.states)),
    )


# Two rows of a UAI are compared by these attributes of their schools, which are read from these columns.
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "address": ("address_1", "address_2", "address_3", "full_address"),
    "postcode": ("postcode", "full_address"),
    "town": ("town", "full_address"),
    "academie_label": ("academie",),
    **{name: (name,) for name in ("copies", "staff", "state", "ministry", "sector", "email")},
    **dict.fromkeys(("extra", "columns"), ()),  # the extra columns, whatever names they have
}
_compared_values = attrgetter(*_COMPARED)
_ROW = struct.Struct(f"=I{len(_COMPARED)}q")  # line, and a hash of each compared value
_SERIALS = 10_000  # serial numbers of a département: digits 4 to 7 of a UAI


class _FirstRows:
    """The first row of each UAI, in arrays by département: Python does not give back the memory of small values."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}  # number of the row of each serial number; 0 for none
        self._rows: dict[str, bytearray] = {}
        self._others: dict[str, bytes] = {}  # of keys that are no UAIs

    def first(self, school: School, line: int) -> tuple[int, ...]:
        """Return line and hashes of the first row with the UAI of a school, which may be the one on this line."""
        if not is_uai(school.key):
            return _ROW.unpack(self._others.setdefault(school.key, _pack_row(school, line)))
        departement, serial = school.key[:3], int(school.key[3:7])
        if departement not in self._rows:
            self._places[departement], self._rows[departement] = array("H", bytes(2 * _SERIALS)), bytearray()
        places, rows = self._places[departement], self._rows[departement]
        if not places[serial]:
            rows += _pack_row(school, line)
            places[serial] = len(rows) // _ROW.size
        return _ROW.unpack_from(rows, (places[serial] - 1) * _ROW.size)


class ReadRow(NamedTuple):
    """A row of a list, as it was read."""

    line: int
    school: School | None  # None if it has an error, or if a row before has its key
    key: str  # empty if it has none; which schools are made depends on all rows of a key
    faults: Report


class SchoolListReader(Struct, frozen=True, kw_only=True):
    """A reader of the schools of one list."""

    table: Table
    columns: ListColumns
    report: Report
    options: ReadOptions
    states: frozenset[str]  # of the schools wanted, comparable; see `open_schools`
    seen: _FirstRows = field(default_factory=_FirstRows)  # the first row of each key so far

    def over(self, rows: Iterator[Row], report: Report) -> "SchoolListReader":
        """Return a reader of the same list that has seen nothing, of these rows in place of all."""
        return replace(self, table=replace(self.table, rows=rows), report=report, seen=_FirstRows())

    def schools(self) -> Iterator[School]:
        """Yield the schools of the rows that have no errors; memory grows by a hundred bytes per UAI only.

        Nothing is raised for a faulty list: read it to the end, then look at the report. If two different rows have
        one UAI, the first has been yielded before the second is found.
        """
        for found in self.rows():
            self.report.extend(found.faults)
            if found.school is not None:
                yield found.school

    def rows(self) -> Iterator[ReadRow]:
        """Yield each row that is not blank; the report takes what concerns the whole list alone."""
        errors, people, rows, most = 0, 0, 0, self.options.limits.errors
        for row in self.table.rows:
            if row.is_blank():
                continue
            found = self._read(row)
            name = row.cells[self.columns.index["name"]]
            people, rows = people + (without_courtesy_title(name) != name), rows + 1
            yield found
            errors += len(found.faults.errors)
            if errors > most:
                self.report.add("T161", self.table.place(row), limit=most)
                return
        if 2 * people > rows:
            place = self.table.place(column=self.columns.index["name"])
            self.report.add("T217", place, header=place.field, count=people)

    def _read(self, row: Row) -> ReadRow:
        faults = Report()
        if not check_secrets(row.cells, partial(self.table.place, row), faults):
            return ReadRow(row.line, None, "", faults)
        found = Report()
        reader = SchoolReader(table=self.table, columns=self.columns, row=row, report=found, options=self.options)
        school = reader.school()
        key = school.key if is_key(self.options.key, school.key) else ""
        if self.states and comparable(school.state) not in self.states:
            if not found.errors:
                return ReadRow(row.line, school, key, faults)
            faults.add("T417", self.table.place(row, self.columns.index.get("state")), value=school.state)
            return ReadRow(row.line, None, key, faults)
        for fault in found:
            faults.extend([replace(fault, values={**fault.values, "uai": school.key})])
        is_new = not key or self._is_new(row, school, faults)
        return ReadRow(row.line, school if is_new and not faults.errors else None, key, faults)

    def _is_new(self, row: Row, school: School, faults: Report) -> bool:
        """Check whether no row before has the UAI; if one has, add a note (same contents) or an error."""
        line, *contents = self.seen.first(school, row.line)
        if line == row.line:
            return True
        place = self.table.place(row, self.columns.index["uai"])
        _, *found = _ROW.unpack(_pack_row(school, row.line))
        lines = {name: row_name(*self.table.find(at)) for name, at in (("first", line), ("line", row.line))}
        if found == contents:
            faults.add("T306", place, uai=school.key, **lines)
        else:
            columns = ", ".join(dict.fromkeys(self._differing(found, contents)))
            sheet, at = self.table.find(line)
            first = {"first_sheet": sheet_name(sheet) if sheet else "", "first_row": at}
            faults.add("T305", place, uai=school.key, **lines, **first, columns=columns)
        return False

    def _differing(self, one: Sequence[int], other: Sequence[int]) -> Iterator[str]:
        """Yield the names of the columns in which two rows differ, as the list has them."""
        for fields, here, there in zip(_COMPARED.values(), one, other, strict=True):
            if here != there:
                index, extra = self.columns.index, {**self.columns.extra, **self.columns.printed}
                columns = [index[name] for name in fields if name in index] or extra.values()
                yield from (self.table.title(column) for column in columns if column is not None)


def _pack_row(school: School, line: int) -> bytes:
    """Return the line of a row and a hash of each value of `_COMPARED`, packed."""
    return _ROW.pack(line, *map(hash, _compared_values(school)))
