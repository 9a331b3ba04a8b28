"""A school list read: rows become `School` values, all faults of all rows go to the report.

Académies are not looked up here (the label is kept as written), and never would be from a postcode: CEDEX
codes of Réunion lycées begin with 977 and 978.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from leaflet.faults import Report
from leaflet.tables.cells import check_secrets
from leaflet.tables.headers import Columns
from leaflet.tables.lists import open_list
from leaflet.tables.names import SCHOOLS
from leaflet.tables.school import RowReader, School
from leaflet.tables.table import Row, Table
from leaflet.tables.uai import is_uai

__all__ = ["School", "load_schools", "read_schools"]


def load_schools(path: Path, *, report: Report, encoding: str | None = None) -> list[School]:
    """All schools of a list that are free of errors, in its order; see `read_schools`.

    A UAI that stands twice with different contents is left out altogether: nobody knows which row is right.
    """
    schools = list(read_schools(path, report=report, encoding=encoding))
    contested = {fault.values["uai"] for fault in report if fault.code == "T305"}
    return [school for school in schools if school.uai not in contested]


def read_schools(path: Path, *, report: Report, encoding: str | None = None) -> Iterator[School]:
    """The schools of a list one by one; memory does not grow but for one small entry per UAI.

    Nothing is raised for a faulty list: read to the end, then look at the report. Rows with errors are not
    yielded. Of two different rows with one UAI the first has been yielded when the second is found.
    """
    opened = open_list(path, SCHOOLS, report=report, encoding=encoding)
    if opened is not None:
        table, columns = opened
        yield from _ListReader(table=table, columns=columns, report=report).schools()


@dataclass(frozen=True, kw_only=True, slots=True)
class _ListReader:
    """One reading of one list; `seen` maps a UAI to its line and a hash of what that row says."""

    table: Table
    columns: Columns
    report: Report
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def schools(self) -> Iterator[School]:
        for row in self.table.rows:
            if row.is_blank():
                continue
            faults = Report()
            school = self._school(row, faults)
            self.report.extend(faults)
            if school is not None and not faults.errors:
                yield school

    def _school(self, row: Row, faults: Report) -> School | None:
        if not check_secrets(row.cells, partial(self.table.place, row), faults):
            return None
        reader = RowReader(table=self.table, columns=self.columns, row=row, report=faults)
        school = reader.school()
        return school if self._is_new(row, school, faults) else None

    def _is_new(self, row: Row, school: School, faults: Report) -> bool:
        """Whether the UAI is met for the first time; if not, a warning (same contents) or an error."""
        if not is_uai(school.uai):
            return True
        contents = _contents(school)
        first_line, first_contents = self.seen.setdefault(school.uai, (row.line, contents))
        if first_line == row.line:
            return True
        place = self.table.place(row, self.columns.index["uai"])
        code = "T306" if contents == first_contents else "T305"
        faults.add(code, place, uai=school.uai, line=row.line, first=first_line)
        return False


def _contents(school: School) -> int:
    """A hash of what would be printed: of everything but the line."""
    words = (school.name, *school.address, "", school.postcode, school.town, school.academie_label)
    return hash((words, school.copies, school.staff))
