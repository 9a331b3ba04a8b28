"""Read, map and mend the list of schools of « La liste ».

The list that was given is never changed. What is mended stands in a copy, which the campaign reads then.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.columns import store_columns
from leaflet.campaign.editing import remove_value
from leaflet.confidential import hide_secrets
from leaflet.faults import DataError, Fault, LeafletError, Place, Report, fail
from leaflet.page_words import Words
from leaflet.production.columns import ColumnsOptions, explain_list
from leaflet.production.inputs import with_campaign_settings
from leaflet.production.options import InputOptions
from leaflet.production.outcome import row_number
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.raw_list import RawList, copy_lines, read_raw
from leaflet.studio.shown import ways_out
from leaflet.studio.state import ListState, Mend
from leaflet.tables import ReadOptions, School, load_schools
from leaflet.tables.cells import Cleaning
from leaflet.tables.choice import Choice
from leaflet.tables.filters import choose
from leaflet.tables.headers import format_header
from leaflet.tables.mapping import FIELD_NAMES, Explanation, Match
from leaflet.tables.spreadsheet.sheet_names import SeveralSheetsError
from leaflet.text import fold

# The fields that the page offers, those that are needed first.
FIELDS = (
    *("uai", "name", "town", "copies", "postcode", "address_1", "address_2", "address_3", "full_address", "email"),
    *("academie", "staff", "state", "sector", "ministry"),
)
NEEDED = frozenset({"uai", "name", "town"})
_HOW = {"exact": "exact", "normalised": "exact", "synonym": "exact", "campaign": "chosen", "proposed": "proposed",
        "refused": "refused"}  # fmt: skip
# What is probably meant where these faults are, filled with their values; somebody looks at it and presses a button.
_MEANT = {"T303": "{proposal}", "T304": "{digits}{expected}", "T313": "{proposal}"}
_SAME_TWICE = "T306"
_NO_COLUMN = "T201"  # the page asks which one it is
RowState = Literal["ready", "mend", "look", "left"]
_OTHERS: tuple[RowState, ...] = ("mend", "look", "left")


class Judged(Struct, frozen=True):
    """The rows of a list as they were judged; a row without faults needs no memory of its own.

    Args:
        lines: of all rows, in the order of the list.
        states: of the rows that are not ready.
        faults: of the rows that have some.
        why: of the rows that are left out.
        columns: which column is which field.
        others: the faults that are of no row.
    """

    lines: tuple[int, ...]
    states: Mapping[int, RowState]
    faults: Mapping[int, tuple[Fault, ...]]
    why: Mapping[int, str]
    columns: Explanation
    others: tuple[Fault, ...]

    def state(self, line: int) -> RowState:
        """Return the state of a row."""
        return self.states.get(line, "ready")


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
        self._searched: dict[int, str] = {}

    # --- taking a list ----------------------------------------------------------------------------------------

    def take(self, name: str, data: bytes) -> None:
        """Take a list that was given, in place of the one before; columns chosen for that one are forgotten.

        Raises:
            DataError: it cannot be read, or has columns of secrets: nothing of it is kept then.
        """
        folder = self._folder
        file = folder.free_name(name)
        folder.write(file, data)
        try:
            self._check(folder.path / file)
        except LeafletError:
            folder.remove(file)
            raise
        self._set_file(file, forget=True)
        folder.set(schools=ListState(file))

    def _check(self, path: Path) -> None:
        try:
            result = explain_list(ColumnsOptions(table=path, campaign=None))
        except SeveralSheetsError:
            return  # the page asks which one
        if any(match.certainty == "refused" for match in result.explanation.matches):
            report = Report()
            self._load(path, report)
            raise DataError(report.errors)
        if refused := [fault for fault in result.faults if fault.severity == "error" and fault.code != _NO_COLUMN]:
            raise DataError(refused)

    def _set_file(self, file: str, *, forget: bool) -> None:
        folder = self._folder
        text = folder.read_text() or ""
        if forget:
            for name in ("data.sheet", "data.header_row", "data.encoding", "columns.schools"):
                text = remove_value(text, name, folder.campaign.name)
        text = with_answers(folder.campaign, text, {"data.schools": file})
        folder.write(folder.campaign.name, text.encode())

    def set_sheet(self, sheet: str | None, header_row: int | None) -> None:
        """Read another sheet of the workbook, or take the names of columns from another row."""
        folder = self._folder
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
        state, column = self._state(), self._column(field)
        before = self.cell(line, column)
        mends = (*state.mends, Mend(line, column, before, value))
        self._write_copy(replace(state, mends=mends))

    def leave(self, line: int, *, is_left: bool) -> None:
        """Leave a row out on purpose, or take it back."""
        state = self._state()
        others = tuple(other for other in state.left if other != line)
        self._write_copy(replace(state, left=(*others, line) if is_left else others))

    def rewrite_copy(self) -> None:
        """Write the copy again as it is remembered, after a change was undone."""
        state = self._folder.state.schools
        if state is not None and state.copy:
            self._write_copy(state)

    def _write_copy(self, state: ListState) -> None:
        folder = self._folder
        if not state.copy:
            state = self._with_copy(state)
        folder.set(schools=state)
        folder.write(state.copy, b"".join(copy_lines(self.raw(), state)))
        self._set_file(state.copy, forget=False)

    def _with_copy(self, state: ListState) -> ListState:
        """Return the state of a list with a copy, which has one sheet and is read as text."""
        folder, reading, raw = self._folder, self._settings().reading, self.raw()
        name = folder.free_name(f"{Path(state.file).stem} (copie corrigée).csv")
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
        state, reading = self._state(), self._settings().reading
        if state.copy:  # the settings of the campaign are those of the copy
            reading = replace(reading, sheet=state.sheet, header_row=state.header_row, encoding=state.encoding)
        key = state.file, reading
        if self._raw is None or self._raw[0] != key:
            self._raw = key, read_raw(self._folder.path / state.file, reading, self._settings().given)
        return self._raw[1]

    def judge(self) -> Judged:
        """Return the states of all rows, and the columns.

        Raises:
            DataError: the list cannot be read.
        """
        key = self._folder.state.schools, self._settings()
        if self._judged is None or self._judged[0] != key:
            self._judged = key, self._judge()
            self._searched.clear()
        return self._judged[1]

    def _judge(self) -> Judged:
        report = Report()
        raw, state = self.raw(), self._state()
        explained = explain_list(ColumnsOptions(table=self._path(), campaign=self._folder.campaign))
        schools = self._load(self._path(), report)
        faults: dict[int, list[Fault]] = {}
        others: list[Fault] = []
        for fault in map(hide_secrets, report):
            line = row_number(fault.place)
            if line is None or line <= raw.header_line:
                others.append(fault)
            else:
                faults.setdefault(line, []).append(fault)
        why = self._left_out(schools, faults, state)
        states: dict[int, RowState] = {line: _state_of(found) for line, found in faults.items()}
        states |= dict.fromkeys(why, "left")
        return Judged(
            lines=tuple(sorted({*raw.rows, *faults})),
            states={line: found for line, found in states.items() if found != "ready"},
            faults={line: tuple(found) for line, found in faults.items() if line not in state.left},
            why=why,
            columns=explained.explanation,
            others=(*explained.faults, *others),
        )

    def _left_out(
        self, schools: Sequence[School], faults: Mapping[int, Sequence[Fault]], state: ListState
    ) -> dict[int, str]:
        """Return why each row that nothing is made for is left out; rows to be mended are not among them."""
        say = self._words.say
        twice = [line for line, found in faults.items() if any(fault.code == _SAME_TWICE for fault in found)]
        why = dict.fromkeys(twice, say("left_twice"))
        choice = self._settings().choice
        if not choice.is_all:
            chosen = {school.line for school in choose(schools, choice, Place(), Report())}
            others = (school for school in schools if school.line not in chosen)
            why |= {school.line: school.state or say("left_filtered") for school in others}
        why = {line: text for line, text in why.items() if _state_of(faults.get(line, ())) != "mend"}
        return why | dict.fromkeys(state.left, say("left_by_hand"))

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

    def _state(self) -> ListState:
        state = self._folder.state.schools
        assert state is not None, "the page asks for a list first"
        return state

    def _path(self) -> Path:
        state = self._state()
        return self._folder.path / (state.copy or state.file)

    def _column(self, field: str) -> int:
        explained = self.judge().columns
        found = next((match.column for match in explained.matches if match.field == field), None)
        if found is None:
            raise fail("T212", Place(field=field), header=field, known="", command="")
        return found

    def cell(self, line: int, column: int) -> str:
        """Return the text of a cell as it is now."""
        for mend in reversed(self._state().mends):
            if (mend.line, mend.column) == (line, column):
                return mend.after
        cells = self.raw().rows.get(line, ())
        return cells[column] if column < len(cells) else ""

    # --- what the page shows ----------------------------------------------------------------------------------

    def describe(self) -> dict[str, Any] | None:
        """Return the list with its columns; None while the campaign has none of its own."""
        state = self._folder.state.schools
        if state is None:
            return None
        raw = self.raw()
        judged = self.judge()
        explained = judged.columns
        by_field = {match.field: match.column for match in explained.matches if match.field and _is_read(match)}
        return {
            "file": state.file,
            "copy": state.copy or None,
            "sheets": list(raw.sheets),
            "sheet": raw.sheet,
            "headerRow": raw.header_line,
            "lines": len(raw.rows),
            "columns": [self._describe_column(match) for match in explained.matches],
            "fields": [
                {
                    "key": field,
                    "label": _capital(FIELD_NAMES[field][self._words.lang]),
                    "required": field in NEEDED,
                    "column": by_field.get(field),
                }
                for field in FIELDS
            ],
            "faults": [self.fault(fault) for fault in judged.others if fault.severity != "note"],
            "counts": self.counts(),
        }

    def _describe_column(self, match: Match) -> dict[str, Any]:
        return {
            "index": match.column,
            "name": match.title,
            "samples": list(match.samples),
            "field": match.field,
            "how": _how(match),
            "why": match.explain(self._words.lang),
        }

    def counts(self) -> dict[str, int]:
        """Return how many rows are ready, to be mended, to be looked at, and left out."""
        judged = self.judge()
        found = Counter(judged.states.values())
        ready = len(judged.lines) - found.total()
        return {"ready": ready, **{state: found[state] for state in _OTHERS}, "all": len(judged.lines)}

    def find_rows(self, show: str, search: str, start: int, count: int) -> dict[str, Any]:
        """Return some rows of one state that hold a text."""
        judged, wanted = self.judge(), fold(search.strip())
        found: Sequence[int] = judged.lines
        if show != "all":
            found = [line for line in found if judged.state(line) == show]
        if wanted:
            found = [line for line in found if wanted in self._searchable(line)]
        shown = [self.row(line) for line in found[start : start + count]]
        return {"total": len(found), "counts": self.counts(), "rows": shown}

    def next_to_mend(self, line: int) -> int | None:
        """Return the next line that has something to mend, after a line and else from the beginning."""
        judged = self.judge()
        lines = [other for other in judged.lines if judged.state(other) == "mend"]
        return next((other for other in lines if other > line), lines[0] if lines else None)

    def _searchable(self, line: int) -> str:
        """Return the cells of a row as they are searched: without accents and capitals."""
        if not self._searched:
            mended = {mend.line for mend in self._state().mends}
            for number, cells in self.raw().rows.items():
                if number in mended:
                    cells = tuple(self.cell(number, column) for column in range(len(cells)))
                self._searched[number] = fold("\t".join(cells))
        return self._searched.get(line, "")

    def row(self, line: int) -> dict[str, Any]:
        """Return one row as the page shows it."""
        judged = self.judge()
        fields = {match.column: match.field for match in judged.columns.matches if match.field and _is_read(match)}
        cells = {field: self.cell(line, column) for column, field in fields.items()}
        faults = judged.faults.get(line, ())
        return {
            "line": line,
            "key": cells.get("uai", ""),
            "name": cells.get("name", ""),
            "town": cells.get("town", ""),
            "state": judged.state(line),
            "cells": cells,
            "faults": [self.fault(fault, line) for fault in faults if fault.severity != "note"],
            "mended": [
                {"field": fields.get(mend.column, ""), "before": mend.before, "after": mend.after}
                for mend in self._state().mends
                if mend.line == line
            ],
            "why": judged.why.get(line, ""),
        }

    def fault(self, fault: Fault, line: int | None = None) -> dict[str, Any]:
        """Return a fault of the list as the page shows it, with what to press."""
        lang = self._words.lang
        field = self._field_of(fault)
        proposal = _MEANT.get(fault.code, "").format_map(fault.values)
        ways: list[dict[str, Any]] = []
        if line is not None:
            if proposal:
                args = {"line": line, "field": field, "value": proposal}
                ways.append({"text": self._words.say("put", value=proposal), "call": "mend", "args": args})
            ways.append({"text": self._words.say("leave_row"), "call": "leave", "args": {"line": line}})
        key = f"list_{fault.code}"
        values = {name: str(value) for name, value in fault.values.items()}
        text = self._words.say(key, **values) if key in self._words.texts else fault.reason(lang)
        if key not in self._words.texts:
            ways += ways_out(fault, lang)
        at = {"station": "list", "line": line, "column": field} if line is not None else {"station": "list"}
        return {
            "code": fault.code,
            "severity": fault.severity,
            "text": text,
            "ways": ways,
            "at": at,
            "proposal": proposal,
        }

    def _field_of(self, fault: Fault) -> str:
        explained = self._judged[1].columns if self._judged is not None else None
        matches = explained.matches if explained is not None else ()
        return next((match.field or "" for match in matches if match.title == fault.place.field), "")


def _how(match: Match) -> str:
    return _HOW.get(match.certainty, "none")


def _is_read(match: Match) -> bool:
    return _how(match) != "none"


def _state_of(faults: Sequence[Fault]) -> RowState:
    """Return the state of a row with these faults, apart from being left out."""
    severities = {fault.severity for fault in faults}
    return "mend" if "error" in severities else "look" if "warning" in severities else "ready"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
