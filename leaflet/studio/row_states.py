"""Judge the rows of a list of schools: ready, to be mended, one school twice, to be looked at, or left out.

A list is read once as a whole. What is mended then is one row: it is read again, by the same functions, together with
the rows that have its key or had it before, because rows of one key are compared with each other.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import find_cell_secret, hide_secrets
from leaflet.faults import Fault, Place, Report, Severity
from leaflet.files.words import Words
from leaflet.markup.blanks import OTHER_PORTAL, PERHAPS_ELSEWHERE
from leaflet.markup.groups import SchoolGroups, group_of, group_rows, group_values
from leaflet.markup.record_values import area_of
from leaflet.production.column_report import ColumnsResult
from leaflet.production.inputs import alphabet
from leaflet.studio.contract import RowState
from leaflet.studio.json_values import on_sheet
from leaflet.studio.raw_list import Edits, RawList, as_shown, searchable
from leaflet.tables import ReadOptions, School
from leaflet.tables.cells import UNKNOWN, count_changes, report_changes
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.filters import choose
from leaflet.tables.keys import find_key
from leaflet.tables.opening import ListFile
from leaflet.tables.row_reader import FIELD_CHARS
from leaflet.tables.row_selection import Choice
from leaflet.tables.rows import NonDataRows, RowFitter, expect_columns
from leaflet.tables.schools import ReadRow, SchoolListReader, find_departements, open_schools, stray_faults
from leaflet.tables.table import Row, Table

_line = attrgetter("line")


class KnownSchools:
    """The schools of a list without an error, in its order, of which nothing changes; some pass the filters."""

    def __init__(self, schools: Sequence[School], choice: Choice) -> None:
        self.schools, self._choice = schools, choice

    def with_rows(self, lines: Collection[int], schools: Sequence[School]) -> "KnownSchools":
        """Return the schools with these in the place of those on some lines."""
        changed = [*self.schools]
        for line in lines:
            at = bisect_left(changed, line, key=_line)
            if at < len(changed) and changed[at].line == line:
                del changed[at]
        for school in schools:
            insort(changed, school, key=_line)
        known = KnownSchools(changed, self._choice)
        if "samples" in self.__dict__:  # they are known, and are not looked for again
            known.samples = known._resample(self.samples, lines, schools)
        return known

    def _resample(self, samples: Sequence[School], lines: Collection[int], schools: Iterable[School]) -> list[School]:
        """Return the samples, from those before these schools were on some lines."""
        first = {self._area(sample): sample for sample in samples}
        for area, sample in [*first.items()]:
            if sample.line in lines:
                after = islice(self.schools, bisect_left(self.schools, sample.line, key=_line), None)
                del first[area]
                if (found := next((school for school in after if self._area(school) == area), None)) is not None:
                    first[area] = found
        for school in schools:
            known = first.setdefault(self._area(school), school)
            if school.line < known.line:
                first[self._area(school)] = school
        return sorted(first.values(), key=_line)

    @cached_property
    def chosen(self) -> Sequence[School]:
        """The schools that pass the filters of the campaign."""
        return choose(self.schools, self._choice, Place(), Report())

    @cached_property
    def samples(self) -> Sequence[School]:
        """The first school of each area and sector: for the others, documents print nothing else but themselves."""
        return self._samples(self.schools)

    @cached_property
    def chosen_samples(self) -> Sequence[School]:
        """The samples of those that are chosen."""
        return self.samples if self.chosen is self.schools else self._samples(self.chosen)

    @cached_property
    def areas(self) -> frozenset[object]:
        """Return what decides which campaign, académie and département the schools see."""
        return frozenset(area for area, _ in map(self._area, self.samples))

    def _samples(self, schools: Sequence[School]) -> Sequence[School]:
        return sorted({self._area(school): school for school in reversed(schools)}.values(), key=_line)

    def _area(self, school: School) -> tuple[object, str]:
        return area_of(school, self._choice.groups), school.sector

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of all of them, as a document may print them."""
        return frozenset(alphabet((), self.schools))


OTHER_TWICE, _SAME_TWICE = "T305", "T306"
_TOLD: Mapping[str, Severity] = {"T333": "warning"}  # notes that the window tells: it makes labels, too


class ListReading(Struct, frozen=True):
    """The settings by which a list of schools is read; two that are equal give the same rows."""

    reading: ReadOptions
    choice: Choice
    groups: SchoolGroups = SchoolGroups()


class JudgedRows:
    """The rows of a list as they were judged; one without faults needs hardly any memory of its own."""

    def __init__(self, path: Path, asked: ListReading, edits: Edits, columns: ColumnsResult, words: Words) -> None:
        self.edits, self.columns = edits, columns.explanation
        self.states: dict[int, RowState] = {}  # of the rows that are not ready
        self.faults: dict[int, tuple[Fault, ...]] = {}  # of the rows that have some to be shown
        self._asked, self._words, self._place = asked, words, Place(file=path.name)
        self._first: dict[str, int] = {}  # the first line of each key
        self._twins: dict[str, list[int]] = {}  # all lines of those keys that stand on several
        self._errors, self._changes = 0, Counter[str]()
        self._named: Mapping[str, Collection[str]] = {}  # départements of sheets, once the list is read
        self._filtered: Mapping[int, str] = {}  # why filters leave rows out
        self._contested: Mapping[int, str] = {}  # the key of each row that differs from another one of its key
        found, listed = Report(), ListFile(path, SCHOOLS, asked.reading)
        self._expected = expect_columns(listed.vocabulary, listed.given)
        named = {match.field for match in self.columns.matches if match.certainty == "campaign"}
        self.unsettled = listed.given.keys() - named  # fields whose columns the campaign names in vain
        self._table, self._reader = _open(path, asked, found)
        self.raw = RawList(self._table)  # the cells as they were given
        schools = self._read_all(found)
        self._of_list: list[Fault] = []
        self._of_rows: dict[int, list[Fault]] = {}  # of rows that are cut short, or have no text for another reason
        for fault in map(self.numbered, map(hide_secrets, (*found, *columns.faults))):
            line = fault.row
            faults = self._of_list if line is None else self._of_rows.setdefault(line, [])
            if fault not in faults:  # a list is opened more than once
                faults.append(fault)
        self.lines: Sequence[int] = sorted({*self.raw.lines, *self._of_rows}) if self._of_rows else self.raw.lines
        self.known = KnownSchools(schools, asked.choice)  # of the rows without errors
        self._settle({*self.faults, *self._of_rows, *edits.left})

    def state(self, line: int) -> RowState:
        """Return the state of a row."""
        return self.states.get(line, "ready")

    def find(self, line: int) -> tuple[str, int]:
        """Return the sheet and the line there of a row; no sheet unless several are read."""
        return self._table.find(line)

    def name(self, line: int) -> str:
        """Return how a row is named: by its line, with the sheet if several are read."""
        sheet, number = self._table.find(line)
        return self._words.say("row_of_sheet", line=str(number), sheet=sheet) if sheet else str(number)

    def why(self, line: int) -> str:
        """Return why a row is left out; empty for any other."""
        if line in self.edits.left:
            if (made := self._first.get(self.key(line))) is None:
                return self._words.say("left_by_hand")
            return self._words.say("left_for", row=self.name(made))
        faults = self.faults.get(line, ())
        if any(fault.severity == "error" for fault in faults):
            return ""  # it is to be mended first
        if any(fault.code == _SAME_TWICE for fault in faults):
            return self._words.say("left_twice")
        return self._filtered.get(line, "")

    def cells(self, line: int) -> tuple[str, ...]:
        """Return the cells of a row as they are shown, with what was mended; none if they are not known."""
        mended = self.edits.mended.get(line, {})
        return tuple(as_shown(mended.get(at, cell)) for at, cell in enumerate(self.raw.cells(line)))

    def unread(self, line: int) -> Sequence[str]:
        """Return the cells of a row that cannot be read, as far as they can be shown; none of any other row."""
        texts = self._table.refused.get(line, ())
        is_shown = (text != UNKNOWN and len(text) <= FIELD_CHARS and not find_cell_secret(text) for text in texts)
        return [as_shown(text) if shown else "" for text, shown in zip(texts, is_shown, strict=True)]

    def key(self, line: int) -> str:
        """Return the key of a row; empty if it has none."""
        if self._reader is None or line not in self.raw:
            return ""
        return find_key(self._reader.options.key, self.cell(line, self._reader.columns.index["uai"]))

    def line_of(self, key: str | None) -> int | None:
        """Return the first line of a key; None if it is on none."""
        return self._first.get(key or "")

    def cell(self, line: int, column: int) -> str:
        """Return one of these cells."""
        return "".join(self.cells(line)[column : column + 1])

    def search(self, text: str) -> list[int]:
        """Return the lines of the rows that hold a text, whatever its accents and capitals."""
        wanted = searchable([text])
        found = [line for line in self.raw.find(wanted) if line not in self.edits.mended]
        mended = [line for line in self.edits.mended if wanted in searchable(self.cells(line))]
        return sorted([*found, *mended]) if mended else found

    def twice(self) -> Mapping[str, Sequence[int]]:
        """Return each key that stands on rows which differ, with their lines: nobody has said which is right."""
        return {key: self._twins[key] for key in dict.fromkeys(self._contested.values())}

    def voting_here(self) -> list[School]:
        """Return the schools that get documents with the portal: the staff of the others vote on another one."""
        return [school for school in self.known.chosen if self.state(school.line) != "elsewhere"]

    def is_closed(self, line: int) -> bool:
        """Tell whether a row says that its school is closed, or to be closed."""
        return any(fault.code == "T316" for fault in self.faults.get(line, ()))

    def numbered(self, fault: Fault) -> Fault:
        """Return a fault with the line of its row, or else its sheet, if the rows of several are numbered through."""
        if not self.raw.sheets[1:] or fault.place.sheet is None:
            return fault
        line = self._table.line_of(fault.place)
        numbered = replace(fault, place=replace(fault.place, sheet=None, column=None, row=None, line=line))
        return numbered if fault.row is not None or line is None else on_sheet(numbered, self._table.find(line)[0])

    @property
    def others(self) -> Sequence[Fault]:
        """The faults that are of no row."""
        report = Report(self._of_list)
        report_changes(report, self._place, self._changes)
        return report

    def all_faults(self) -> Iterator[Fault]:
        """Yield the faults of the list, then those of its rows."""
        yield from self.others
        for _, faults in sorted({**self.faults}.items()):  # a copy: somebody may mend meanwhile
            yield from faults

    @property
    def is_readable(self) -> bool:
        """Whether it is known which column is which; else the rows are shown only."""
        return self._reader is not None

    @property
    def lost(self) -> Mapping[int, Sequence[Fault]]:
        """The rows whose cells are not known, but for those that are left out, by their lines with their faults."""
        return {line: faults for line, faults in self._of_rows.items() if self._is_lost(line, self.edits)}

    def copy(self, edits: Edits) -> bytes:
        """Return the copy of the list with other edits."""
        lost = [line for line in self._of_rows if self._is_lost(line, edits)]
        return self.raw.copy(edits, {line: self._words.say("row_lost", row=self.name(line)) for line in lost})

    def _is_lost(self, line: int, edits: Edits) -> bool:
        return line not in self.raw and line not in edits.left

    def change(self, edits: Edits) -> bool:
        """Judge the rows again that other edits change; return whether that was possible without all others."""
        lines = self.raw.differing(self.edits, edits)
        if not lines:
            self.edits = edits
            return True
        while True:  # rows of one key are compared: also with those that have it now, or had it before
            refused = Report()
            before, after = self._reread(lines, self.edits, Report()), self._reread(lines, edits, refused)
            keys = [found.key for found in (*before, *after) if found.key in self._first]
            wider = lines.union(*(self._twins.get(key, [self._first[key]]) for key in keys))
            if wider == lines:
                break
            lines = wider
        errors = self._errors + _count_errors(after) - _count_errors(before)
        # After too many errors (T161) nothing is read.
        if errors > self._asked.reading.limits.errors or any(fault.code == "T161" for fault in self._of_list):
            return False
        for found in before:
            self._first.pop(found.key, None)
            self._twins.pop(found.key, None)
            self._count(found, -1)
        for line in lines:
            self.faults.pop(line, None)
        self.edits = edits
        self.known = self.known.with_rows(lines, self._take(after, refused))
        self._settle(lines)
        return True

    # --- reading ----------------------------------------------------------------------------------------------

    def _read_all(self, found: Report) -> Sequence[School]:
        """Read the list once: keep its cells and take its rows; return the schools."""
        rows, refused = self.raw.keep(self._table.rows), Report()
        schools: Sequence[School] = []
        if self._reader is not None:
            schools = self._take(self._reader.over(self._edited(rows, self.edits, refused), found).rows(), refused)
        for _ in rows:  # those after too many errors, or all if the columns are not known
            pass
        self._named = find_departements((self._sheet_of(school), school) for school in schools)
        for school in schools:
            self._add_faults(school.line, self._find_stray(school))
        return schools

    def _reread(self, lines: Iterable[int], edits: Edits, refused: Report) -> Sequence[ReadRow]:
        """Return the rows on some lines as they are read with edits."""
        if self._reader is None:
            return []
        return [*self._reader.over(self._edited(self.raw.rows(lines), edits, refused), Report()).rows()]

    def _edited(self, rows: Iterable[Row], edits: Edits, refused: Report) -> Iterator[Row]:
        """Yield rows as they are read from the copy; one that is mended has to fit the table as any other."""
        fitter = RowFitter(table=self._table, report=refused, limits=self._asked.reading.limits)
        for row in rows:
            if row.line in edits.left:
                continue
            cells = edits.cells(row)
            read = row if cells is row.cells else Row(line=row.line, cells=cells)
            if row.line not in edits.mended:
                yield read
                continue
            strays = NonDataRows(table=self._table, expected=self._expected, report=refused)
            fitted = fitter.fit(read)
            if fitted is not None and not strays.matches(fitted):
                yield fitted
            strays.report_lines()

    def _take(self, rows: Iterable[ReadRow], refused: Report) -> Sequence[School]:
        """Take rows as they were read, with the faults of mended ones that were not; return the schools."""
        schools: list[School] = []
        contested: set[object] = set()
        for found in rows:
            if (school := found.school) is not None:
                # The rows of several sheets are numbered through, as in a copy.
                schools.append(replace(school, line=found.line, sheet="") if school.sheet else school)
            if found.key and (first := self._first.setdefault(found.key, found.line)) != found.line:
                self._twins.setdefault(found.key, [first]).append(found.line)
            if len(found.faults):
                self._count(found, 1)
                contested.update(fault.values["uai"] for fault in found.faults if fault.code == OTHER_TWICE)
                told = (replace(fault, level=_TOLD.get(fault.code)) for fault in found.faults)
                shown = (fault for fault in told if fault.severity != "note" or fault.code == _SAME_TWICE)
                self._add_faults(found.line, shown)
            if school is not None:
                place, groups = school.place(self._place.file or ""), self._asked.groups
                if (group := groups.without_portal(school)) is not None:
                    self._add_faults(found.line, [Fault(OTHER_PORTAL, place, group_values(group), level="warning")])
                elif groups.may_be_elsewhere(school):
                    self._add_faults(found.line, [Fault(PERHAPS_ELSEWHERE, place, {"value": school.name})])
            if school is not None and self._named:
                self._add_faults(found.line, self._find_stray(schools[-1]))
        for fault in refused:
            line = self.numbered(fault).place.list_row
            assert line is not None, "each is of a row"
            self._add_faults(line, [fault])
        return [school for school in schools if school.key not in contested]

    def other_ministries(self) -> Mapping[str, int]:
        """Return how many of the schools that are made have staff of another ministry, by their group."""
        found = Counter(map(group_of, self.known.chosen if self._asked.groups.has_academies else ()))
        return {name: found[name] for name in group_rows() if found[name]}

    def _sheet_of(self, school: School) -> str:
        return self._table.find(school.line)[0] or self._table.sheet or ""

    def _find_stray(self, school: School) -> Iterator[Fault]:
        """Yield the fault of a school of another département than its sheet is of, by its name."""
        for fault in stray_faults(school, self._sheet_of(school), self._named, self._place.file or ""):
            yield replace(fault, place=school.place(self._place.file or ""))

    def _count(self, found: ReadRow, times: int) -> None:
        self._errors += times * _count_errors([found])
        for kind, number in count_changes(found.faults).items():
            self._changes[kind] += times * number

    def _add_faults(self, line: int, faults: Iterable[Fault]) -> None:
        if ours := (*self.faults.get(line, ()), *(self.numbered(hide_secrets(fault)) for fault in faults)):
            self.faults[line] = ours

    # --- states -----------------------------------------------------------------------------------------------

    def _settle(self, lines: Collection[int]) -> None:
        """Find the states of rows that were read, and of those that filters leave out now, or did before."""
        for line in self._of_rows.keys() & set(lines) - self.edits.left:
            self._add_faults(line, self._of_rows[line])
        before, self._filtered = self._filtered, self._find_filtered()
        twice, self._contested = self._contested, self._find_contested()
        for line in {*lines, *(before.keys() ^ self._filtered.keys()), *(twice.keys() ^ self._contested.keys())}:
            state = self._find_state(line)
            if state == "ready":
                self.states.pop(line, None)
            else:
                self.states[line] = state

    def _find_filtered(self) -> Mapping[int, str]:
        if self._asked.choice.is_all:
            return {}
        chosen, why = {school.line for school in self.known.chosen}, self._words.say("left_filtered")
        return {school.line: school.state or why for school in self.known.schools if school.line not in chosen}

    def _find_contested(self) -> Mapping[int, str]:
        """Return the key of each row that has the key of another one and differs from it."""

        def differ(lines: Iterable[int]) -> bool:
            return any(fault.code == OTHER_TWICE for line in lines for fault in self.faults.get(line, ()))

        return {line: key for key, lines in self._twins.items() if differ(lines) for line in lines}

    def _find_state(self, line: int) -> RowState:
        if line in self._contested:
            return "twice"
        if self.why(line):
            return "left"
        faults = self.faults.get(line, ())
        severities = {fault.severity for fault in faults}
        if "error" in severities:
            return "mend"
        if any(fault.code == OTHER_PORTAL for fault in faults):
            return "elsewhere"
        return "look" if "warning" in severities else "ready"


def _count_errors(rows: Iterable[ReadRow]) -> int:
    return sum(len(found.faults.errors) for found in rows)


def _open(path: Path, asked: ListReading, found: Report) -> tuple[Table, SchoolListReader | None]:
    """Open a list; without a reader if it is not known which column is which, so that its rows are shown only."""
    reader = open_schools(path, report=found, options=asked.reading, choice=asked.choice)
    if reader is not None:
        return reader.table, reader
    return ListFile(path, SCHOOLS, asked.reading).read(found), None
