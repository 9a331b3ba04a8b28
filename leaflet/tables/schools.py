"""A school list read: rows become `School` values, all faults of all rows go to the report.

Académies are not looked up here (the label is kept as written), and never would be from a postcode: CEDEX
codes of Réunion lycées begin with 977 and 978.
"""

import struct
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field

from leaflet.faults import Place, Report
from leaflet.packed import Packed
from leaflet.tables.asked import Asked, find_asked
from leaflet.tables.cells import check_secrets
from leaflet.tables.cleaning import AS_IT_IS, Cleaning, tell_changes
from leaflet.tables.filters import fold
from leaflet.tables.headers import Columns
from leaflet.tables.lists import open_list
from leaflet.tables.mapping import NOTHING
from leaflet.tables.names import SCHOOLS
from leaflet.tables.options import ReadOptions
from leaflet.tables.school import RowReader, School
from leaflet.tables.table import Row, Table
from leaflet.tables.uai import is_uai

__all__ = ["School", "load_schools", "read_schools"]


def load_schools(
    path: Path,
    *,
    report: Report,
    encoding: str | None = None,
    options: ReadOptions | None = None,
    given: Mapping[str, str] = NOTHING,
    cleaning: Cleaning = AS_IT_IS,
    states: Collection[str] = (),
    asked: Iterable[Asked] = (),
) -> Packed[School]:
    """All schools of a list that are free of errors, in its order; see `read_schools`.

    A UAI that stands twice with different contents is left out altogether: nobody knows which row is right.
    """
    found = Report()
    reading = read_schools(
        path,
        report=found,
        encoding=encoding,
        options=options,
        given=given,
        cleaning=cleaning,
        states=states,
        asked=asked,
    )
    schools = Packed(School, reading)
    tell_changes(found, Place(file=path.name))
    report.extend(found)
    contested = {fault.values["uai"] for fault in found if fault.code == "T305"}
    if not contested:
        return schools
    return Packed(School, (school for school in schools if school.uai not in contested))


def read_schools(
    path: Path,
    *,
    report: Report,
    encoding: str | None = None,
    options: ReadOptions | None = None,
    given: Mapping[str, str] = NOTHING,
    cleaning: Cleaning = AS_IT_IS,
    states: Collection[str] = (),
    asked: Iterable[Asked] = (),
) -> Iterator[School]:
    """The schools of a list one by one; memory does not grow but for a hundred bytes per UAI.

    Nothing is raised for a faulty list: read to the end, then look at the report. Rows with errors are not
    yielded. Of two different rows with one UAI the first has been yielded when the second is found.

    Args:
        given: the campaign's own mapping of columns, field to header as written.
        cleaning: what is changed on request.
        states: what the column « etat » says of the schools wanted. Rows that say something else have no errors
            but secrets, and contest no other row; what has no error is a school of the list all the same.
        asked: further columns to read; without one of them no row is read (U011).
    """
    opened = open_list(path, SCHOOLS, report=report, encoding=encoding, options=options, given=given)
    if opened is None:
        return
    table, columns = opened
    found = find_asked(table, columns, tuple(asked), report)
    if found is not None:
        yield from _ListReader(
            table=table,
            columns=found,
            report=report,
            cleaning=cleaning,
            states=frozenset(map(fold, states)),
            most=(options or ReadOptions()).limits.errors,
        ).schools()


# What two rows of a UAI are compared by: attributes of a school, and the columns they are read from.
_COMPARED: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "address": ("address_1", "address_2", "address_3"),
    "postcode": ("postcode",),
    "town": ("town",),
    "academie_label": ("academie",),
    "copies": ("copies",),
    "staff": ("staff",),
    "state": ("state",),
    "asked": (),  # under whatever names they have
}
_compared = attrgetter(*_COMPARED)
_ROW = struct.Struct(f"=I{len(_COMPARED)}q")  # line, and hashes of what is compared
_SERIALS = 10_000  # UAIs of a département


class _FirstRows:
    """The first row of each UAI, by its département. In arrays: memory of many small values is not given back."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}  # of each serial number of a département: of its row, from 1
        self._rows: dict[str, bytearray] = {}

    def first(self, school: School) -> tuple[int, ...]:
        """Line and hashes of the first row with the UAI of a school, which may be this one."""
        departement, serial = school.uai[:3], int(school.uai[3:7])
        if departement not in self._rows:
            self._places[departement], self._rows[departement] = array("H", bytes(2 * _SERIALS)), bytearray()
        places, rows = self._places[departement], self._rows[departement]
        if not places[serial]:
            rows += _row(school)
            places[serial] = len(rows) // _ROW.size
        return _ROW.unpack_from(rows, (places[serial] - 1) * _ROW.size)


class _ListReader(Struct, frozen=True, kw_only=True):
    """One reading of one list; `most` errors end it."""

    table: Table
    columns: Columns
    report: Report
    cleaning: Cleaning
    states: frozenset[str]
    most: int
    seen: _FirstRows = field(default_factory=_FirstRows)

    def schools(self) -> Iterator[School]:
        errors = 0
        for row in self.table.rows:
            if row.is_blank():
                continue
            faults = Report()
            school = self._school(row, faults)
            self.report.extend(faults)
            errors += len(faults.errors)
            if errors > self.most:
                self.report.add("T161", self.table.place(row), limit=self.most)
                return
            if school is not None and not faults.errors:
                yield school

    def _school(self, row: Row, faults: Report) -> School | None:
        if not check_secrets(row.cells, partial(self.table.place, row), faults):
            return None
        found = Report()
        reader = RowReader(table=self.table, columns=self.columns, row=row, report=found, cleaning=self.cleaning)
        school = reader.school()
        if self.states and fold(school.state) not in self.states:
            if not found.errors:
                return school
            faults.add("T417", self.table.place(row, self.columns.index.get("state")), value=school.state)
            return None
        faults.extend(found)
        return school if self._is_new(row, school, faults) else None

    def _is_new(self, row: Row, school: School, faults: Report) -> bool:
        """Whether the UAI is met for the first time; if not, a note (same contents) or an error."""
        if not is_uai(school.uai):
            return True
        line, *contents = self.seen.first(school)
        if line == row.line:
            return True
        place = self.table.place(row, self.columns.index["uai"])
        _, *found = _ROW.unpack(_row(school))
        if found == contents:
            faults.add("T306", place, uai=school.uai, line=row.line, first=line)
        else:
            columns = ", ".join(self._differing(found, contents))
            faults.add("T305", place, uai=school.uai, line=row.line, first=line, columns=columns)
        return False

    def _differing(self, one: Sequence[int], other: Sequence[int]) -> Iterator[str]:
        """The names of the columns that two rows differ in, as the list has them."""
        for fields, here, there in zip(_COMPARED.values(), one, other, strict=True):
            if here != there:
                names = [name for name in fields or self.columns.asked if name in self.columns.index]
                yield from (self.table.title(self.columns.index[name]) for name in names)


def _row(school: School) -> bytes:
    """The line of a school and hashes of what the list says of it, one for each entry of `_COMPARED`."""
    return _ROW.pack(school.line, *map(hash, _compared(school)))
