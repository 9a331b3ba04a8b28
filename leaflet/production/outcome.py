"""What a run notices on its way, kept outside of it: there when it ends, and there when it stops."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from leaflet.campaign import Campaign
from leaflet.faults import Fault, Place, Report
from leaflet.tables import School

_LAID_OUT = frozenset(
    {"F101", "F102", "F103", "F104", "F201", "G101", "G103"}
)  # faults of a record, not of all of them
# Of what is found in a list, the faults of a row; all others are of the file, though they may name a line.
_OF_A_ROW = re.compile(r"T11[459]|T12[01]|T14[2-6]|T149|T3\d\d|T41[0-5]|[^T]\d+")
_ROW = re.compile(r"!\$?[A-Z]{1,3}\$?(\d+)$")


class RowCounts(Struct, frozen=True, kw_only=True):
    """The rows of a list of schools, judged.

    Args:
        ready: of the schools asked for, those without an error of their own; with warnings or not.
        warned: rows with a warning and no error.
        refused: rows with an error, of their own or of what is made from them.
        rows: with data; blank rows do not count, nor do rows left out by choice.
        last: the last of them as the spreadsheet counts (header = 1); 0 without rows.
        elsewhere: errors that belong to no row: campaign, staff list, template, stock, printer.
    """

    ready: int = 0
    warned: int = 0
    refused: int = 0
    rows: int = 0
    last: int = 0
    elsewhere: int = 0

    @property
    def is_gapless(self) -> bool:
        """Whether the rows stand one below the other under a header in line 1, so that one number says it all."""
        return self.last in (0, self.rows + 1)


class Noticed(Struct):
    """The faults of a run so far, and the lists they are about.

    Args:
        files: what the run reads, and nobody may overwrite.
        lists: the list of schools, then the staff list if there is one; none before the campaign is read.
    """

    report: Report = field(default_factory=Report)
    files: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    _schools: Sequence[School] = ()
    _chosen: frozenset[str] | None = None

    def begin(self, campaign: Path) -> Report:
        """Forget an earlier run; returns the report of the new one."""
        self.report, self.files, self.lists = Report(), (campaign,), ()
        self._schools, self._chosen = (), None
        return self.report

    def read(self, campaign: Campaign, schools: Sequence[School]) -> None:
        """The lists have been read."""
        self.know(tuple(path for path in (campaign.schools, campaign.staff) if path is not None), schools)
        self.files += (campaign.logo,) if campaign.logo is not None else ()

    def know(self, lists: tuple[Path, ...], schools: Sequence[School]) -> None:
        """The same without a campaign, which was found faulty."""
        self.lists, self._schools = lists, schools
        self.files += lists

    def choose(self, schools: Iterable[School]) -> None:
        """The schools something is made for, if not for all."""
        self._chosen = None if schools is self._schools else frozenset(school.uai for school in schools)

    def take(self, faults: Iterable[Fault]) -> None:
        """Faults that stopped the run, unless the report has them already."""
        known = {_key(fault) for fault in self.report}
        self.report.extend(fault for fault in faults if _key(fault) not in known)

    def counts(self) -> RowCounts | None:
        """The rows of the list of schools, judged; None if it was not read."""
        if not self.lists:
            return None
        named = {uai for fault in self.report if (uai := _uai_of(fault)) is not None}
        counter = _Counter(self.lists[0].name, {s.uai: s.line for s in self._schools if s.uai in named})
        for fault in self.report:
            counter.add(fault)
        ready, last, left_out = 0, max(counter.rows, default=0), set(counter.rows)
        for school in self._schools:
            last = max(last, school.line)
            left_out.discard(school.line)
            is_asked = self._chosen is None or school.uai in self._chosen
            ready += is_asked and school.line not in counter.refused
        return RowCounts(
            ready=ready,
            warned=len(counter.warned - counter.refused),
            refused=len(counter.refused),
            rows=len(self._schools) + len(left_out),
            last=last,
            elsewhere=counter.elsewhere,
        )


class _Counter:
    """Finds the row of each fault.

    Args:
        name: of the list of schools.
        lines: of the schools that faults name, by UAI.

    Attributes:
        rows: those with faults.
    """

    def __init__(self, name: str, lines: dict[str, int]) -> None:
        self._name, self._lines = name, lines
        self.rows: set[int] = set()
        self.refused: set[int] = set()
        self.warned: set[int] = set()
        self.elsewhere = 0

    def add(self, fault: Fault) -> None:
        row = self._row(fault)
        if row is None:
            self.elsewhere += fault.severity == "error"
            return
        self.rows.add(row)  # one left out, too
        if fault.severity == "error":
            self.refused.add(row)
            if fault.code == "T305":  # of two rows with one UAI nobody knows which is right
                first = int(str(fault.values["first"]))
                self.rows.add(first)
                self.refused.add(first)
        elif fault.severity == "warning":
            self.warned.add(row)

    def _row(self, fault: Fault) -> int | None:
        place = fault.place
        if place.file == self._name and (row := row_of(place)) is not None:
            return row if _OF_A_ROW.fullmatch(fault.code) else None
        uai = _uai_of(fault)
        return None if uai is None else self._lines.get(uai)


def _uai_of(fault: Fault) -> str | None:
    """Of a fault of a page, the school it is about."""
    record = fault.place.record
    return record.partition(" ")[0] if fault.code in _LAID_OUT and record else None


def row_of(place: Place) -> int | None:
    """The row of a place in a list, as an editor or a spreadsheet counts."""
    match = _ROW.search(place.cell or "")
    return int(match[1]) if match else place.line


def _key(fault: Fault) -> tuple[str, Place, str]:
    return fault.code, fault.place, fault.reason("en")
