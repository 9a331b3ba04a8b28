"""Read, map and mend the list of schools of « La liste ».

The list that was given is never changed. What is mended stands in a copy, which the campaign reads then.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock

from msgspec import Struct
from msgspec.structs import replace

from leaflet.api import columns
from leaflet.campaign import Campaign, load_campaign
from leaflet.campaign.list_columns import store_columns
from leaflet.faults import DataError, LeafletError, Place, Report, fail
from leaflet.files.words import Words
from leaflet.markup.groups import school_groups
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import with_campaign_settings
from leaflet.studio.campaign_state import ListState, Mend
from leaflet.studio.folder import CampaignFolder, stamp
from leaflet.studio.raw_list import LIST_SETTINGS, Editions, Edits, RawList, Rows, as_shown, refuse_secrets
from leaflet.studio.row_states import JudgedRows, ListReading
from leaflet.tables import ReadOptions, load_schools
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.headers import claim_columns, find_header, format_header
from leaflet.tables.opening import ListFile, choose_sheets
from leaflet.tables.reading import read_first_rows
from leaflet.tables.staff import is_of_people

FIELDS = (  # that the page offers, those that are needed first
    *("uai", "name", "town", "copies", "postcode", "address_1", "address_2", "address_3", "full_address", "email"),
    *("academie", "staff", "state", "sector", "ministry"),
)
_ASKED = frozenset({"T201", "T210"})  # of columns: the page asks which one it is
_SHOWN = 6  # rows of a sheet, so that one sees where the names of columns stand
_ABOVE = 3  # of them, above these names
_ADDRESS = ("address_1", "address_2", "address_3", "full_address")  # parts of two addresses are never mixed


class FoundSheet(Struct, frozen=True, kw_only=True):
    """A sheet of a workbook."""

    name: str  # its name
    is_list: bool = False  # it has all columns that are needed
    header_row: int = 0  # where the names of its columns stand; 0 if it has no table
    lines: int = 0  # how many rows it has below
    fields: tuple[str, ...] = ()  # what its columns are, in the order of the columns
    missing: tuple[str, ...] = ()  # the fields that are needed and that it lacks
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()  # some rows around these names, each with its line


class SchoolList:
    """The list of schools of a campaign, read again only when it has changed."""

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self.folder, self.words = folder, words
        self._lock = RLock()  # pages are drawn while somebody mends
        self._loaded: tuple[object, Campaign, ListReading] | None = None
        self._edits: tuple[ListState, Edits] | None = None
        self._last: tuple[Sequence[object], JudgedRows] | None = None  # with all that tells how they were read
        self._editions: tuple[object, Editions | None] | None = None
        self._sheets: tuple[object, list[FoundSheet]] | None = None

    # --- taking a list ----------------------------------------------------------------------------------------

    def take(self, name: str, data: bytes) -> None:
        """Take a list that was given, in place of the one before; what was mended and chosen there is carried over.

        Nothing is kept of one that cannot be read, has columns of secrets, or is a list of people.
        """
        folder, before = self.folder, self._edition()
        file = folder.give("list", name, data)
        path = folder.path / file
        if is_of_people(path):
            raise fail("T218", Place(file=file), field="town", is_other=True, header="", command="")
        self._check(path)
        self._use(ListState(file, at=folder.environment.stamp(), sheets=ListFile(path).sheet_names(), before=before))
        self._carry_before()

    def _check(self, path: Path) -> None:
        """Check that a list can be read and has no column of secrets; somebody can choose the sheet of a workbook."""
        report = Report()
        try:
            result = columns(path)
        except DataError as error:
            if error.faults[0].code != "T137":  # the page asks which sheet it is
                raise
            return
        if any(match.certainty == "refused" for match in result.explanation.matches):
            load_schools(path, report=report)
            raise DataError(report.errors)
        if refused := [fault for fault in result.faults if fault.severity == "error" and fault.code not in _ASKED]:
            raise DataError(refused)

    def _use(self, state: ListState) -> None:
        """Have the campaign read a list as it was given, by the settings of the one before as far as they fit it."""
        folder, before = self.folder, state.before
        path = folder.path / state.file
        given = before.columns if before is not None else {}
        stale = _stale(path, ReadOptions(sheets=state.sheets, given=given))
        fitting = {"data.key", "columns.schools"} if before is not None else set[str]()
        settings: dict[str, object] = {"data.schools": state.file}
        if state.sheets:
            is_there = before is not None and before.read and {*before.read} <= {*state.sheets}
            lists = ListFile(path)
            near = () if is_there else choose_sheets(lists.try_sheets(state.sheets))  # lists, or nearly
            names = before.read if before and is_there else [sheet.name for sheet in near] or state.sheets[:1]
            settings["data.sheet"] = [*names]
        folder.edit(settings, remove=(*(name for name in LIST_SETTINGS if name not in fitting), *stale))
        folder.set(schools=replace(state, copy="", mends=(), left=()))

    def _edition(self) -> ListState | None:
        """Return the list as it is now, to find its rows again in another one; None without one that can be read."""
        if (state := self.folder.state.schools) is None:
            return None
        if state.before is not None and not (state.is_carried or state.copy):
            return state.before  # what was mended there still waits for the columns
        with suppress(LeafletError):
            asked, raw = self._asked(), self.judge().raw
            read = {"read": raw.sheets, "header_row": _header_row(raw), "encoding": asked.reading.encoding}
            return replace(state, **read, columns={**asked.reading.given}, before=None)
        return None

    def _carry(self, edition: ListState | None) -> bool:
        """Carry over what was mended and left out in a list; return whether it is known which column is which."""
        if not self.judge().is_readable:
            return False
        if edition is not None and (edition.mends or edition.left):
            with suppress(LeafletError):  # somebody took the list before away
                found = self._compare(edition)
                state = replace(self.state(), mends=tuple(found.mends()), left=tuple(found.left()))
                if state.mends or state.left:
                    self._write_copy(state)
        return True

    def _carry_before(self) -> None:
        """Carry over what was mended in the list that this one was sent in place of, once the columns are known."""
        state = self.state()
        if state.before is not None and not state.is_carried and self._carry(state.before):
            self.folder.set(schools=replace(self.state(), is_carried=True))

    def _compare(self, before: ListState) -> Editions:
        """Return a list beside the one that is read."""
        key, judged = self._asked().reading.key, self.judge()
        options = ReadOptions(encoding=before.encoding, sheets=before.read, header_row=before.header_row, key=key)
        listed = ListFile(self.folder.path / before.file, SCHOOLS, replace(options, given=before.columns))
        table = listed.read(Report())
        raw = RawList(table)
        for _ in raw.keep(table.rows):
            pass
        claimed = claim_columns(table, listed.vocabulary, listed.given).fields
        fields = {field: column for column, field in enumerate(claimed) if field is not None}
        return Editions(Rows(raw, fields, key), Edits.of(before), Rows(judged.raw, self.columns(), key))

    def editions(self) -> Editions | None:
        """Return the list beside the one that it was sent in place of; None if there is none to compare with."""
        state = self.state()
        if state.before is None or not state.is_carried or state.before.file == state.file:
            return None
        files = [self.folder.path / one.file for one in (state, state.before)]
        key = state.before, [(path, stamp(path)) for path in files], self._asked()
        if self._editions is None or self._editions[0] != key:
            with suppress(LeafletError):
                self._editions = key, self._compare(state.before)
                return self._editions[1]
            self._editions = key, None
        return self._editions[1]

    def set_sheets(self, sheets: Sequence[str], header_row: object = None) -> None:
        """Read other sheets of the workbook, or take the names of columns from another row; what was mended stays.

        No sheets leave them as they are; a header row of None is found, one that is none is refused: T154.
        """
        number = int(text) if (text := str(header_row)).isdecimal() else 0
        if header_row is not None and not number:
            raise fail("T154", Place(), row=header_row)
        folder, state, edition = self.folder, self.state(), self._edition()
        if state.copy:
            self._use(replace(state, before=edition))
            folder.set(schools=replace(self.state(), before=state.before))
        settings: dict[str, object] = {"data.sheet": [*sheets]} if sheets else {}
        settings |= {"data.header_row": number} if number else {}
        folder.edit(settings, remove=["data.header_row"] if header_row is None else ())
        folder.edit(remove=_stale(folder.path / state.file, self._asked().reading))
        if not self._carry(edition) and state.copy:
            folder.set(schools=replace(self.state(), before=edition, is_carried=False))

    def map_column(self, field: str, column: int | None) -> None:
        """Say which column a field is; None takes what was said back."""
        if column is None:
            self.folder.edit(remove=[f"columns.schools.{field}"])
            return
        header = self.judge().raw.header
        if field not in FIELDS or not 0 <= column < len(header):
            raise _unknown(field)
        title, given = format_header(header[column]), self._asked().reading.given
        others = [other for other in given.keys() - {field} if given[other] == title]
        self.folder.edit(remove=[f"columns.schools.{other}" for other in others])  # a column is one field
        store_columns(self.folder.campaign, "schools", {field: title})
        self._asked()  # a title without letters and digits is refused
        self._carry_before()

    # --- mending ----------------------------------------------------------------------------------------------

    def mend(self, cells: Iterable[tuple[int, str, str]]) -> None:
        """Write other values into cells of the copy, by line and field; it is made at the first mend."""
        state = self.state()
        for line, field, value in cells:
            refuse_secrets(value)
            state = self._with_mend(state, line, self._column(field), value)
        self._write_copy(state)

    def _with_mend(self, state: ListState, line: int, column: int, value: str) -> ListState:
        """Return a list with another value in a cell. The value that was given undoes the correction."""
        given = "".join(self.judge().raw.cells(line)[column : column + 1])
        mends = [mend for mend in state.mends if (mend.line, mend.column) != (line, column)]
        if value != given:
            mends.append(Mend(line, column, as_shown(given), value))
        return replace(state, mends=tuple(mends))

    def leave(self, lines: Sequence[int], *, is_left: bool) -> None:
        """Leave rows out on purpose, or take them back."""
        state = self.state()
        others = tuple(other for other in state.left if other not in lines)
        self._write_copy(replace(state, left=(*others, *lines) if is_left else others))

    def keep(self, lines: Iterable[int]) -> None:
        """Keep some rows of those that have their keys twice: all others of these keys are left out."""
        state, judged = self.state(), self.judge()
        kept, twice = set(lines), judged.twice()
        left = {other for line in kept for other in twice.get(judged.key(line), ())} - kept
        self._write_copy(replace(state, left=(*state.left, *sorted(left))))

    def join(self, line: int) -> None:
        """Join a row that has a key twice with the others: the first one is kept, with what only they say."""
        state, judged = self.state(), self.judge()
        lines, found = judged.twice()[judged.key(line)], self.columns()
        first, *others = lines
        rows = [{field: judged.cell(at, column) for field, column in found.items()} for at in lines]
        for field, text in join_cells(rows).items():
            state = self._with_mend(state, first, found[field], text)
        self._write_copy(replace(state, left=(*state.left, *others)))

    def rewrite_copy(self) -> None:
        """Write the copy again as it is remembered, after a change was undone or a window was killed."""
        state = self.folder.state.schools
        if state is not None and state.copy:
            judged = self.judge()
            self.folder.write(state.copy, judged.copy(judged.edits))

    def _write_copy(self, state: ListState) -> None:
        """Remember the state of a list, and write the copy that the campaign reads."""
        folder, judged = self.folder, self.judge()
        raw = judged.raw
        if not state.copy:
            name = folder.give("list", f"{Path(state.file).stem} (copie corrigée).csv", b"")
            encoding = self._campaign()[1].reading.encoding
            state = replace(state, copy=name, read=raw.sheets, header_row=_header_row(raw), encoding=encoding)
        folder.set(schools=state)
        folder.write(state.copy, judged.copy(Edits.of(state)))
        if self._campaign()[0].schools != self.path:  # it reads the copy, which has one sheet and is text
            settings = {"data.schools": state.copy, "data.header_row": raw.header_line}
            folder.edit(settings, remove=("data.sheet", "data.encoding"))

    # --- reading ----------------------------------------------------------------------------------------------

    def judge(self) -> JudgedRows:
        """Return the rows of the list as they are now, each judged."""
        with self._lock:
            state, asked = self.state(), self._asked()
            path = self.folder.path / state.file
            if self._edits is None or self._edits[0] is not state:
                self._edits = state, Edits.of(state)
            key, edits = (path, stamp(path), asked), self._edits[1]
            last, self._last = self._last, None  # two long lists at once would take too much memory
            if last is None or key not in last[0] or not last[1].change(edits):
                del last
                encoding, sheets, row = asked.reading.encoding, asked.reading.sheets, asked.reading.header_row
                found = columns(path, campaign=self.folder.campaign, encoding=encoding, sheet=sheets, header_row=row)
                judged = JudgedRows(path, asked, edits, found, self.words)
                # Once there is a copy, sheet and header are those found now.
                reading = replace(asked.reading, sheets=judged.raw.sheets, header_row=_header_row(judged.raw))
                last = (key, (*key[:2], replace(asked, reading=reading))), judged
            self._last = last
            return last[1]

    def sheets(self) -> list[FoundSheet]:
        """Return the sheets of a workbook with several, each with what there is on it; none of any other list."""
        state, asked = self.state(), self._asked()
        path = self.folder.path / state.file
        read, row = asked.reading.sheets, asked.reading.header_row
        key = path, stamp(path), state.sheets, asked.reading.given, read, row
        if self._sheets is None or self._sheets[0] != key:
            rows = {read[0]: row} if len(read) == 1 and row is not None else {}
            self._sheets = key, _find_sheets(path, state.sheets, asked.reading.given, rows)
        return self._sheets[1]

    def current(self) -> JudgedRows | None:
        """Return the rows of the list; None if the campaign reads another one, such as the short one of the start."""
        with self._lock:
            is_read = self.folder.state.schools is not None and self._campaign()[0].schools == self.path
            return self.judge() if is_read else None

    def _campaign(self) -> tuple[Campaign, ListReading]:
        """Return the campaign, and how it says that its list is read."""
        text = self.folder.read_text()
        if self._loaded is None or self._loaded[0] != text:
            campaign = load_campaign(self.folder.campaign, Report())
            options = InputOptions(campaign=self.folder.campaign, out=self.folder.path)
            groups = school_groups(campaign)
            found = with_campaign_settings(options, campaign, groups.ranked)
            asked = ListReading(found.reading, found.choice, groups)
            self._loaded = text, campaign, asked
        return self._loaded[1:]

    def _asked(self) -> ListReading:
        """Return how the list is read as it was given; once there is a copy, the campaign says how that is read."""
        asked, state = self._campaign()[1], self.state()
        if not state.copy:
            return asked
        read = replace(asked.reading, sheets=state.read, header_row=state.header_row, encoding=state.encoding)
        return replace(asked, reading=read)

    def state(self) -> ListState:
        """Return what is remembered of the list."""
        state = self.folder.state.schools
        assert state is not None, "the page asks for a list first"
        return state

    @property
    def path(self) -> Path:
        """The file that the campaign reads."""
        state = self.state()
        return self.folder.path / (state.copy or state.file)

    def columns(self) -> dict[str, int]:
        """Return the column of each field that is read, or proposed to be."""
        return {match.field: match.column for match in self.judge().columns.matches if match.field is not None}

    def _column(self, field: str) -> int:
        if (found := self.columns().get(field)) is None:
            raise _unknown(field)
        return found


def _find_sheets(
    path: Path, names: Sequence[str], given: Mapping[str, str], header_rows: Mapping[str, int]
) -> list[FoundSheet]:
    """Return the sheets of a workbook, each with what there is on it; what the campaign names of it is given."""
    found = []
    for name in names:
        options = ReadOptions(header_row=header_rows.get(name), given=given)
        sheet = next(iter(ListFile(path, SCHOOLS, options).try_sheets([name])), None)
        row = sheet.table.header_line if sheet is not None else 0
        one = FoundSheet(name=name, first=read_first_rows(path, name, max(1, row - _ABOVE), _SHOWN))
        if sheet is not None:
            one = replace(
                one,
                is_list=not sheet.missing and not sheet.refusals,
                header_row=row,
                lines=sum(not listed.is_blank() for listed in sheet.table.rows) + len(sheet.table.refused),
                fields=tuple(field for field in sheet.fields if field is not None),
                missing=sheet.missing,
            )
        found.append(one)
    return found


def _stale(path: Path, options: ReadOptions) -> list[str]:
    """Return the settings of columns that a campaign names and that its list does not have."""
    titles = tuple(ListFile(path, options=options).titles()) if options.given else ()
    return [f"columns.schools.{field}" for field, title in options.given.items() if not find_header(titles, title)]


def _unknown(field: str) -> LeafletError:
    return fail("T211", Place(field=field), field=field, proposal="", known=", ".join(FIELDS))


def join_cells(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what becomes of the first of some rows of a school when the others are joined to it, by field.

    Copies are added; empty cells have what the first of the others says that says something.
    """
    rows = [*{tuple(row.values()): row for row in rows}.values()]  # those that say the same are one
    first, joined = rows[0], {}
    for field in first:
        said = [row[field] for row in rows if row[field].strip()]
        if field == "copies" and all(text.strip().isdecimal() for text in said):
            joined[field] = str(sum(map(int, said))) if said else ""
        elif not first[field].strip() and not (field in _ADDRESS and any(first.get(one) for one in _ADDRESS)):
            joined[field] = next(iter(said), "")
    return {field: text for field, text in joined.items() if text != first[field]}


def _header_row(raw: RawList) -> int | None:
    """Return the line of the names of columns; None if several sheets have them, each on its own."""
    return None if raw.sheets[1:] else raw.header_line
