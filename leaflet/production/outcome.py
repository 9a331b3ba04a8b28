"""The outcome of one command: its faults and the lists they are about.

An `Outcome` is made before the command runs and filled while it runs. It is therefore complete both when the command
ends and when it stops early.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from leaflet.campaign import Campaign
from leaflet.faults import Fault, Place, Report, Severity
from leaflet.tables import School
from leaflet.tables.school import is_closed
from leaflet.tables.table import sheet_name

NONE_LEFT = "U005"  # the fault that nothing of the list is left to make something of
_Row = tuple[str, int]  # its sheet as messages show it, empty unless several are read, and its line


class RowCounts(Struct, frozen=True, kw_only=True):
    """The rows of a list of schools, counted by how good they are.

    Args:
        ready: selected schools without an error of their own, with warnings or not.
        warned: rows with a warning and no error.
        refused: rows with an error, of their own or of what is made from them.
        rows: rows with data; neither blank rows nor rows left out by a filter count.
        last: the last of these rows as the spreadsheet counts them (header = 1); 0 without rows, or if they stand
            on several sheets.
        twice: rows that are the same as one before, which are made once.
        closed: schools that a filter leaves out and that the list gives as closed.
        filtered: other schools that a filter leaves out.
        staff_errors: errors in rows of the staff list.
        staff_warnings: warnings in rows of the staff list.
        elsewhere: errors that belong to no row: campaign, template, stock, printer, columns.
        without_mailbox: selected schools whose sheets have no code that opens the mailbox itself.
        warned_elsewhere: warnings that belong to no row.
    """

    ready: int = 0
    warned: int = 0
    refused: int = 0
    rows: int = 0
    last: int = 0
    twice: int = 0
    closed: int = 0
    filtered: int = 0
    staff_errors: int = 0
    staff_warnings: int = 0
    elsewhere: int = 0
    without_mailbox: int = 0
    warned_elsewhere: int = 0

    @property
    def is_gapless(self) -> bool:
        """Tell whether the rows follow each other directly under a header in line 1."""
        return self.last in (0, self.rows + 1)


class Outcome(Struct):
    """The faults of a command so far, and the lists they are about."""

    report: Report = field(default_factory=Report)  # the faults
    files: tuple[Path, ...] = ()  # the files that the command reads, which nothing may overwrite
    lists: tuple[Path, ...] = ()  # of schools, then of staff; empty before the campaign is read
    _schools: Sequence[School] = ()
    _chosen: frozenset[_Row] | None = None
    _without_mailbox: int = 0
    _by_state: bool = False  # whether schools were chosen by what the list gives as their state

    def begin(self, campaign: Path) -> Report:
        """Forget an earlier command; return the empty report of the new one."""
        self.report, self.files, self.lists = Report(), (campaign,), ()
        self._schools, self._chosen, self._without_mailbox, self._by_state = (), None, 0, False
        return self.report

    def set_inputs(self, campaign: Campaign, schools: Sequence[School]) -> None:
        """Set the lists from the campaign that was read, and protect its logo too."""
        self.set_lists(tuple(path for path in (campaign.schools, campaign.staff) if path is not None), schools)
        self.files += (campaign.logo,) if campaign.logo is not None else ()

    def set_lists(self, lists: tuple[Path, ...], schools: Sequence[School]) -> None:
        """Set the lists; alone, it serves when the campaign itself is faulty."""
        self.lists, self._schools = lists, schools
        self.files += lists

    def set_chosen(self, schools: Iterable[School], without_mailbox: int, *, by_state: bool) -> None:
        """Set the schools that something is made for, if not for all, and how many have no code for their mailbox."""
        self._chosen = None if schools is self._schools else frozenset(map(_row_of, schools))
        self._without_mailbox, self._by_state = without_mailbox, by_state

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Add the faults that are not in the report yet."""
        known = {_key(fault) for fault in self.report}
        self.report.extend(fault for fault in faults if _key(fault) not in known)

    def check_made(self, count: int, *, keep_going: bool) -> None:
        """Check that errors are not to stop the command, and that something was made for `count` schools.

        What cannot be made of one record is left out, and stops nothing else.
        """
        is_of_rows = not all(map(is_of_record, self.report.errors))
        if is_of_rows and not keep_going:
            self.report.raise_errors()
        if not count:
            if any(fault.entry.scope == "row" for fault in self.report.errors) or not self.report.errors:
                self.report.add(NONE_LEFT, Place(file=self.lists[0].name))
            self.report.raise_errors()

    def count_rows(self) -> RowCounts | None:
        """Count the rows of the list of schools by how good they are; None if the list was not read."""
        if not self.lists:
            return None
        named = {uai for fault in self.report if (uai := _find_uai(fault)) is not None}
        names = [path.name for path in self.lists]
        has_sheets = any(school.sheet for school in self._schools)
        chosen = self._chosen
        about = sorted(
            (one for one in self._schools if one.key in named),
            key=lambda school: chosen is not None and _row_of(school) in chosen,
        )
        rows = {school.key: _row_of(school) for school in about}  # the chosen one, of two of a UAI
        counter = _RowCounter(names[0], names[1:], rows, has_sheets=has_sheets)
        for fault in self.report:
            counter.add(fault)
        ready, closed, unchosen = 0, 0, 0
        last, left_out = max((line for _, line in counter.rows), default=0), set(counter.rows)
        for school in self._schools:
            row = _row_of(school)
            last = max(last, school.line)
            left_out.discard(row)
            is_chosen = chosen is None or row in chosen
            ready += is_chosen and row not in counter.refused
            if not is_chosen and row not in counter.refused:
                unchosen += 1
                closed += self._by_state and is_closed(school.state)
        return RowCounts(
            ready=ready,
            warned=len(counter.warned - counter.refused),
            refused=len(counter.refused),
            rows=len(self._schools) + len(left_out),
            last=0 if has_sheets else last,
            twice=len(counter.twice - counter.refused),
            closed=closed,
            filtered=unchosen - closed,
            staff_errors=counter.staff["error"],
            staff_warnings=counter.staff["warning"],
            elsewhere=counter.elsewhere,
            without_mailbox=self._without_mailbox,
            warned_elsewhere=counter.warned_elsewhere,
        )


def _row_of(school: School) -> _Row:
    return sheet_name(school.sheet) if school.sheet else "", school.line


class _RowCounter:
    """A counter that assigns each fault to a row of the list of schools; `lines` are the rows of named schools."""

    def __init__(self, name: str, others: Sequence[str], lines: dict[str, _Row], *, has_sheets: bool) -> None:
        self._name, self._others, self._lines, self._has_sheets = name, others, lines, has_sheets
        self.twice: set[_Row] = set()
        self.staff: Counter[Severity] = Counter()
        self.rows: set[_Row] = set()
        self.refused: set[_Row] = set()
        self.warned: set[_Row] = set()
        self.elsewhere = self.warned_elsewhere = 0

    def add(self, fault: Fault) -> None:
        """Count one fault."""
        place, line, uai = fault.place, fault.row, _find_uai(fault)
        row = self._lines.get(uai) if uai is not None else None
        if place.file == self._name and place.list_row is not None:
            row = None if line is None else ((place.sheet or "") if self._has_sheets else "", line)
        if row is None and place.file in self._others and line is not None:
            self.staff[fault.severity] += 1
            return
        if row is None:
            self.elsewhere += fault.severity == "error"
            self.warned_elsewhere += fault.severity == "warning" and not fault.entry.at_check  # told apart
            return
        self.rows.add(row)  # even if the row was left out
        if fault.code == "T306":
            self.twice.add(row)
        if fault.severity == "error":
            self.refused.add(row)
            if fault.code == "T305":  # two rows have the same UAI, and either may be the wrong one
                first = str(fault.values["first_sheet"]), int(str(fault.values["first_row"]))
                self.rows.add(first)
                self.refused.add(first)
        elif fault.severity == "warning":
            self.warned.add(row)


def _find_uai(fault: Fault) -> str | None:
    """Return the UAI of the school whose pages the fault is about; None for any other fault."""
    return fault.place.key if fault.entry.scope == "record" else None


def is_of_record(fault: Fault) -> bool:
    """Tell whether a fault is of the pages or the file of one record: all others can be made."""
    return _find_uai(fault) is not None


def _key(fault: Fault) -> tuple[str, Place, str]:
    return fault.code, fault.place, fault.reason("en")
