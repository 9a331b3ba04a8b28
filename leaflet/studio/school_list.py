"""Read, map and mend the list of schools of « La liste ».

The list that was given is never changed. What is mended stands in a copy, which the campaign reads then.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.columns import store_columns
from leaflet.campaign.editing import remove_value
from leaflet.faults import DataError, LeafletError, Place, Report, fail
from leaflet.page_words import Words
from leaflet.production.columns import ColumnsOptions, explain_list
from leaflet.production.inputs import with_campaign_settings
from leaflet.production.options import InputOptions
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.raw_list import LIST_SETTINGS, RawList, copy_lines, read_raw, sheet_names
from leaflet.studio.row_states import Judged, judge
from leaflet.studio.state import ListState, Mend
from leaflet.tables import ReadOptions, School, load_schools
from leaflet.tables.cells import Cleaning
from leaflet.tables.choice import Choice
from leaflet.tables.headers import format_header
from leaflet.tables.spreadsheet.sheet_names import SeveralSheetsError

# The fields that the page offers, those that are needed first.
FIELDS = (
    *("uai", "name", "town", "copies", "postcode", "address_1", "address_2", "address_3", "full_address", "email"),
    *("academie", "staff", "state", "sector", "ministry"),
)
_NO_COLUMN = "T201"  # the page asks which one it is


class ListReading(Struct, frozen=True):
    """How the campaign says that the list of schools is read; two that are equal give the same rows."""

    reading: ReadOptions
    choice: Choice
    cleaning: Cleaning
    given: Mapping[str, str]


class SchoolList:
    """The list of schools of a campaign, read again only when it has changed.

    Args:
        folder: of the campaign.
        words: the texts of the page.
    """

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self._folder, self._words = folder, words
        self._raw: tuple[object, RawList] | None = None
        self._reading: tuple[object, ListReading] | None = None
        self._judged: tuple[object, Judged] | None = None

    # --- taking a list ----------------------------------------------------------------------------------------

    def take(self, name: str, data: bytes) -> None:
        """Take a list that was given, in place of the one before; columns chosen for that one are forgotten.

        Raises:
            DataError: it cannot be read, or has columns of secrets: nothing of it is kept then.
        """
        folder = self._folder
        file = folder.give("list", name, data)
        path = folder.path / file
        try:
            sheets = self._check(path)
        except LeafletError:
            folder.remove(file)
            raise
        self._use(ListState(file, sheets=sheets))

    def _check(self, path: Path) -> tuple[str, ...]:
        """Check that a list can be read and has no column of secrets.

        Returns:
            The sheets of a workbook with several, of which one is to be chosen; empty for any other list.

        Raises:
            DataError: it is refused.
        """
        report = Report()
        try:
            result = explain_list(ColumnsOptions(table=path, campaign=None))
        except SeveralSheetsError:
            return sheet_names(path)
        if any(match.certainty == "refused" for match in result.explanation.matches):
            load_schools(path, report=report)
            raise DataError(report.errors)
        if refused := [fault for fault in result.faults if fault.severity == "error" and fault.code != _NO_COLUMN]:
            raise DataError(refused)
        return ()

    def _use(self, state: ListState) -> None:
        """Have the campaign read a list as it was given; settings of the one before are forgotten."""
        folder = self._folder
        text = folder.read_text() or ""
        for name in LIST_SETTINGS:
            text = remove_value(text, name, folder.campaign.name)
        settings: dict[str, object] = {"data.schools": state.file}
        if state.sheets:
            settings["data.sheet"] = state.sheets[0]
        folder.write(folder.campaign.name, with_answers(folder.campaign, text, settings).encode())
        folder.set(schools=replace(state, copy="", mends=(), left=()))

    def set_sheet(self, sheet: str | None, header_row: int | None) -> None:
        """Read another sheet of the workbook, or take the names of columns from another row; mends are given up."""
        folder, state = self._folder, self.state()
        if state.copy:
            self._use(state)
        text = folder.read_text() or ""
        for name, value in (("data.sheet", sheet), ("data.header_row", header_row)):
            if value:
                text = with_answers(folder.campaign, text, {name: value})
            else:
                text = remove_value(text, name, folder.campaign.name)
        folder.write(folder.campaign.name, text.encode())

    def map_column(self, field: str, column: int | None) -> None:
        """Say which column a field is; None takes what was said back.

        Raises:
            DataError: there is no such field or column.
        """
        folder = self._folder
        if column is None:
            text = remove_value(folder.read_text() or "", f"columns.schools.{field}", folder.campaign.name)
            folder.write(folder.campaign.name, text.encode())
            return
        header = self.raw().header
        if field not in FIELDS or not 0 <= column < len(header):
            raise fail("T212", Place(field=field), header=str(column), known=", ".join(header), command="")
        store_columns(folder.campaign, "schools", {field: format_header(header[column])})

    # --- mending ----------------------------------------------------------------------------------------------

    def mend(self, line: int, field: str, value: str) -> None:
        """Write another value into a cell of the copy, which is made at the first mend."""
        state, column = self.state(), self._column(field)
        before = self.cell(line, column)
        mends = (*state.mends, Mend(line, column, before, value))
        self._write_copy(replace(state, mends=mends))

    def leave(self, line: int, *, is_left: bool) -> None:
        """Leave a row out on purpose, or take it back."""
        state = self.state()
        others = tuple(other for other in state.left if other != line)
        self._write_copy(replace(state, left=(*others, line) if is_left else others))

    def rewrite_copy(self) -> None:
        """Write the copy again as it is remembered, after a change was undone."""
        state = self._folder.state.schools
        if state is not None and state.copy:
            self._write_copy(state)

    def _write_copy(self, state: ListState) -> None:
        folder = self._folder
        self._check_is_whole(state)
        if not state.copy:
            state = self._with_copy(state)
        folder.set(schools=state)
        folder.write(state.copy, b"".join(copy_lines(self.raw(), state)))
        text = with_answers(folder.campaign, folder.read_text() or "", {"data.schools": state.copy})
        folder.write(folder.campaign.name, text.encode())

    def _check_is_whole(self, state: ListState) -> None:
        """Check that no row gets lost in a copy: one with too few or too many cells is left out on purpose first.

        Raises:
            DataError: with the faults of such rows.
        """
        judged, rows = self.judge(), self.raw().rows
        lost = [line for line in judged.faults if line not in rows and line not in state.left]
        if lost:
            raise DataError(fault for line in lost for fault in judged.faults[line])

    def _with_copy(self, state: ListState) -> ListState:
        """Return the state of a list with a copy, which has one sheet and is read as text."""
        folder, reading, raw = self._folder, self._settings().reading, self.raw()
        name = folder.give("list", f"{Path(state.file).stem} (copie corrigée).csv", b"")
        text = with_answers(folder.campaign, folder.read_text() or "", {"data.header_row": raw.header_line})
        for setting in ("data.sheet", "data.encoding"):
            text = remove_value(text, setting, folder.campaign.name)
        folder.write(folder.campaign.name, text.encode())
        return replace(
            state, copy=name, sheet=raw.sheet or None, header_row=raw.header_line, encoding=reading.encoding
        )

    # --- reading ----------------------------------------------------------------------------------------------

    def raw(self) -> RawList:
        """Return all cells of the list as it was given.

        Raises:
            DataError: it cannot be read.
        """
        state, reading = self.state(), self._settings().reading
        if state.copy:  # the settings of the campaign are those of the copy
            reading = replace(reading, sheet=state.sheet, header_row=state.header_row, encoding=state.encoding)
        key = state.file, reading, _stamp(self._folder.path / state.file)
        if self._raw is None or self._raw[0] != key:
            self._raw = key, read_raw(self._folder.path / state.file, reading, self._settings().given)
        return self._raw[1]

    def judge(self) -> Judged:
        """Return the states of all rows, and the columns.

        Raises:
            DataError: the list cannot be read.
        """
        key = self._folder.state.schools, self._settings(), _stamp(self._path())
        if self._judged is None or self._judged[0] != key:
            self._judged = key, self._judge()
        return self._judged[1]

    def _judge(self) -> Judged:
        explained, report = explain_list(ColumnsOptions(table=self._path(), campaign=self._folder.campaign)), Report()
        schools = self._load(self._path(), report)
        report.extend(explained.faults)
        choice = self._settings().choice
        return judge(self.raw(), self.state(), schools, report, choice, explained.explanation, self._words)

    def load(self) -> list[School]:
        """Return the schools of the rows without errors.

        Raises:
            DataError: the list cannot be read.
        """
        return self._load(self._path(), Report())

    def _load(self, path: Path, report: Report) -> list[School]:
        asked = self._settings()
        return load_schools(
            path,
            report=report,
            options=asked.reading,
            given=asked.given,
            cleaning=asked.cleaning,
            states=asked.choice.states,
        )

    def _settings(self) -> ListReading:
        """Return how the campaign says that the list is read."""
        text = self._folder.read_text()
        if self._reading is None or self._reading[0] != text:
            campaign = load_campaign(self._folder.campaign, Report())
            options = InputOptions(campaign=self._folder.campaign, out=self._folder.path)
            found = with_campaign_settings(options, campaign.data)
            given = campaign.columns.get("schools", {})
            self._reading = text, ListReading(found.reading, found.choice, found.cleaning, given)
        return self._reading[1]

    def state(self) -> ListState:
        """Return what is remembered of the list."""
        state = self._folder.state.schools
        assert state is not None, "the page asks for a list first"
        return state

    def _path(self) -> Path:
        state = self.state()
        return self._folder.path / (state.copy or state.file)

    def _column(self, field: str) -> int:
        explained = self.judge().columns
        found = next((match.column for match in explained.matches if match.field == field), None)
        if found is None:
            raise fail("T212", Place(field=field), header=field, known="", command="")
        return found

    def cell(self, line: int, column: int) -> str:
        """Return the text of a cell as it is now."""
        for mend in reversed(self.state().mends):
            if (mend.line, mend.column) == (line, column):
                return mend.after
        cells = self.raw().rows.get(line, ())
        return cells[column] if column < len(cells) else ""


def _stamp(path: Path) -> object:
    """Return what tells whether a file has changed; None for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
