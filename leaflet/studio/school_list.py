"""Read, map and mend the list of schools of « La liste ».

The list that was given is never changed. What is mended stands in a copy, which the campaign reads then.
"""

from pathlib import Path
from threading import RLock
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.api.columns import columns
from leaflet.campaign import Campaign, load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.columns import store_columns
from leaflet.campaign.editing import remove_value
from leaflet.faults import DataError, LeafletError, Place, Report, fail
from leaflet.page_words import Words
from leaflet.production.inputs import with_campaign_settings
from leaflet.production.options import InputOptions
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.raw_list import LIST_SETTINGS, Edits, RawList, sheet_names
from leaflet.studio.row_states import Judged, ListReading
from leaflet.studio.state import ListState, Mend
from leaflet.tables import load_schools
from leaflet.tables.headers import format_header
from leaflet.tables.spreadsheet.sheet_names import SeveralSheetsError

# The fields that the page offers, those that are needed first.
FIELDS = (
    *("uai", "name", "town", "copies", "postcode", "address_1", "address_2", "address_3", "full_address", "email"),
    *("academie", "staff", "state", "sector", "ministry"),
)
_NO_COLUMN = "T201"  # the page asks which one it is


class SchoolList:
    """The list of schools of a campaign, read again only when it has changed.

    Args:
        folder: of the campaign.
        words: the texts of the page.
    """

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self._folder, self._words = folder, words
        self._lock = RLock()  # pages are drawn while somebody mends
        self._loaded: tuple[object, Campaign, ListReading] | None = None
        self._edits: tuple[ListState, Edits] | None = None
        self._last: _LastJudged | None = None

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
            result = columns(path)
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
        header = self.judge().raw.header
        if field not in FIELDS or not 0 <= column < len(header):
            raise fail("T212", Place(field=field), header=str(column), known=", ".join(header), command="")
        store_columns(folder.campaign, "schools", {field: format_header(header[column])})

    # --- mending ----------------------------------------------------------------------------------------------

    def mend(self, line: int, field: str, value: str) -> None:
        """Write another value into a cell of the copy, which is made at the first mend."""
        state, column = self.state(), self._column(field)
        before = self.judge().cell(line, column)
        mends = (*state.mends, Mend(line, column, before, value))
        self._write_copy(replace(state, mends=mends))

    def leave(self, line: int, *, is_left: bool) -> None:
        """Leave a row out on purpose, or take it back."""
        state = self.state()
        others = tuple(other for other in state.left if other != line)
        self._write_copy(replace(state, left=(*others, line) if is_left else others))

    def rewrite_copy(self) -> None:
        """Write the copy again as it is remembered, after a change was undone or a window was killed."""
        state = self._folder.state.schools
        if state is not None and state.copy:
            judged = self.judge()
            self._folder.write(state.copy, judged.raw.copy(judged.edits))

    def _write_copy(self, state: ListState) -> None:
        """Remember the state of a list, and write the copy that the campaign reads."""
        folder, judged = self._folder, self.judge()
        if lost := judged.lost(state.left):  # of rows with too few or too many cells: they are left out first
            raise DataError(lost)
        raw = judged.raw
        if not state.copy:
            name = folder.give("list", f"{Path(state.file).stem} (copie corrigée).csv", b"")
            encoding = self._campaign()[1].reading.encoding
            read = {"sheet": raw.sheet or None, "header_row": raw.header_line, "encoding": encoding}
            state = replace(state, copy=name, **read)
        folder.set(schools=state)
        folder.write(state.copy, raw.copy(Edits.of(state)))
        if self._campaign()[0].schools != self.path:
            self._read_copy(state, raw)

    def _read_copy(self, state: ListState, raw: RawList) -> None:
        """Have the campaign read the copy, which has one sheet and is read as text."""
        folder = self._folder
        text = folder.read_text() or ""
        for setting in ("data.sheet", "data.encoding"):
            text = remove_value(text, setting, folder.campaign.name)
        settings = {"data.schools": state.copy, "data.header_row": raw.header_line}
        folder.write(folder.campaign.name, with_answers(folder.campaign, text, settings).encode())

    # --- reading ----------------------------------------------------------------------------------------------

    def judge(self) -> Judged:
        """Return the rows of the list as they are now, each judged.

        Raises:
            DataError: the list cannot be read.
        """
        with self._lock:
            state, asked = self.state(), self._asked()
            path = self._folder.path / state.file
            key, edits = (path, _stamp(path), asked), self._edits_of(state)
            last, self._last = self._last, None  # two long lists at once would take too much memory
            if last is None or key not in last.keys or not last.judged.change(edits):
                del last
                judged = self._read(path, asked, edits)
                # Once there is a copy, sheet and header are those found now.
                found = replace(asked.reading, sheet=judged.raw.sheet or None, header_row=judged.raw.header_line)
                last = _LastJudged((key, (*key[:2], replace(asked, reading=found))), judged)
            self._last = last
            return last.judged

    def _read(self, path: Path, asked: ListReading, edits: Edits) -> Judged:
        reading = asked.reading
        found = columns(
            path,
            campaign=self._folder.campaign,
            encoding=reading.encoding,
            sheet=reading.sheet,
            header_row=reading.header_row,
        )
        return Judged(path, asked, edits, found, self._words)

    def current(self) -> Judged | None:
        """Return the rows of the list; None if the campaign reads another one, such as the short one of the start.

        Raises:
            LeafletError: the list or the campaign cannot be read.
        """
        with self._lock:
            is_read = self._folder.state.schools is not None and self._campaign()[0].schools == self.path
            return self.judge() if is_read else None

    def _campaign(self) -> tuple[Campaign, ListReading]:
        """Return the campaign, and how it says that its list is read."""
        text = self._folder.read_text()
        if self._loaded is None or self._loaded[0] != text:
            campaign = load_campaign(self._folder.campaign, Report())
            options = InputOptions(campaign=self._folder.campaign, out=self._folder.path)
            found = with_campaign_settings(options, campaign.data)
            given = campaign.columns.get("schools", {})
            self._loaded = text, campaign, ListReading(found.reading, found.choice, found.cleaning, given)
        return self._loaded[1:]

    def _asked(self) -> ListReading:
        """Return how the list is read as it was given; once there is a copy, the campaign says how that is read."""
        asked, state = self._campaign()[1], self.state()
        if not state.copy:
            return asked
        read = {"sheet": state.sheet, "header_row": state.header_row, "encoding": state.encoding}
        return replace(asked, reading=replace(asked.reading, **read))

    def _edits_of(self, state: ListState) -> Edits:
        if self._edits is None or self._edits[0] is not state:
            self._edits = state, Edits.of(state)
        return self._edits[1]

    def state(self) -> ListState:
        """Return what is remembered of the list."""
        state = self._folder.state.schools
        assert state is not None, "the page asks for a list first"
        return state

    @property
    def path(self) -> Path:
        """The file that the campaign reads."""
        state = self.state()
        return self._folder.path / (state.copy or state.file)

    def _column(self, field: str) -> int:
        explained = self.judge().columns
        found = next((match.column for match in explained.matches if match.field == field), None)
        if found is None:
            raise fail("T212", Place(field=field), header=field, known="", command="")
        return found


class _LastJudged(NamedTuple):
    """The rows of the list that was read last, and what it is known by: file, its stamp, and how it is read."""

    keys: tuple[object, ...]
    judged: Judged


def _stamp(path: Path) -> object:
    """Return what tells whether a file has changed; None for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
