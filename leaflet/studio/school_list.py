"""Read, map and mend the list of schools of « La liste ».

The list that was given is never changed. What is mended stands in a copy, a CSV whose rows have the lines of the
list, so that the command line reads the same campaign and names the same lines.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.columns import store_columns
from leaflet.campaign.editing import remove_value
from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.page_words import Words
from leaflet.production.columns import ColumnsOptions, explain_list
from leaflet.production.inputs import with_campaign_settings
from leaflet.production.options import InputOptions
from leaflet.production.outcome import row_number
from leaflet.spreadsheet import BOM, csv_line
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.state import ListState, Mend
from leaflet.tables import ReadOptions, School, load_schools
from leaflet.tables.filters import choose
from leaflet.tables.headers import format_header
from leaflet.tables.mapping import FIELD_NAMES, Explanation, Match
from leaflet.tables.names import SCHOOLS
from leaflet.tables.reading import read_table
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
_AT_ONCE = {"T303": "proposal", "T313": "proposal"}  # faults whose cell has a value that is surely meant
_SAME_TWICE = "T306"


class RawList(Struct, frozen=True):
    """All cells of a list as they were given.

    Args:
        header: the names of the columns.
        header_line: the line they stand on.
        rows: the cells of each row by its line, blank rows left out.
        sheets: of a workbook with several; empty for other lists.
        sheet: the one that is read.
    """

    header: tuple[str, ...]
    header_line: int
    rows: Mapping[int, tuple[str, ...]]
    sheets: tuple[str, ...] = ()
    sheet: str = ""


class ListRow(Struct, frozen=True):
    """One row of the list as the page shows it: its state, and what is wrong in it."""

    line: int
    state: str
    school: School | None
    faults: tuple[Fault, ...]
    why: str = ""


class Judged(Struct, frozen=True):
    """The rows of a list with their states, its columns, and the faults that are of no row."""

    rows: tuple[ListRow, ...]
    columns: Explanation
    faults: tuple[Fault, ...]


class SchoolList:
    """The list of schools of a campaign, read again only when it has changed.

    Args:
        folder: of the campaign.
        words: the texts of the page.
    """

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self._folder, self._words = folder, words
        self._raw: tuple[object, RawList] | None = None
        self._read: tuple[object, InputOptions, Mapping[str, str]] | None = None
        self._judged: tuple[object, Judged] | None = None

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
        refused = [fault for fault in result.faults if fault.severity == "error" and fault.code != "T201"]
        secret = [match for match in result.explanation.matches if match.certainty == "refused"]
        if secret:
            report = Report()
            self._load(path, report)
            raise type(fail("T101", Place()))(report.errors)
        if refused:
            raise type(fail("T101", Place()))(refused)

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
        folder.write(state.copy, b"".join(self._copy_lines(state)))
        self._set_file(state.copy, forget=False)

    def _with_copy(self, state: ListState) -> ListState:
        """Return the state of a list with a copy, which has one sheet and is read as text."""
        folder, reading, raw = self._folder, self._settings()[0].reading, self.raw()
        name = folder.free_name(f"{Path(state.file).stem} (copie corrigée).csv")
        text = with_answers(folder.campaign, folder.read_text() or "", {"data.header_row": raw.header_line})
        for setting in ("data.sheet", "data.encoding"):
            text = remove_value(text, setting, folder.campaign.name)
        folder.write(folder.campaign.name, text.encode())
        return replace(
            state, copy=name, sheet=raw.sheet or None, header_row=raw.header_line, encoding=reading.encoding
        )

    def _copy_lines(self, state: ListState) -> Iterable[bytes]:
        """Yield the copy line by line: a row stands on the line that it has in the list."""
        raw = self.raw()
        changed: dict[int, dict[int, str]] = {}
        for mend in state.mends:
            changed.setdefault(mend.line, {})[mend.column] = mend.after
        yield BOM.encode()
        line = 1
        rows = {raw.header_line: raw.header, **raw.rows}
        for number in sorted(rows):
            yield b"\r\n" * (number - line)
            cells = rows[number]
            if number in changed:
                cells = tuple(changed[number].get(at, cell) for at, cell in enumerate(cells))
            yield b"\r\n" if number in state.left else csv_line((_one_line(cell) for cell in cells), guard=str)
            line = number + 1

    # --- reading ----------------------------------------------------------------------------------------------

    def raw(self) -> RawList:
        """Return all cells of the list as it was given.

        Raises:
            DataError: it cannot be read.
        """
        state, reading = self._state(), self._settings()[0].reading
        if state.copy:  # the settings of the campaign are those of the copy
            reading = replace(reading, sheet=state.sheet, header_row=state.header_row, encoding=state.encoding)
        key = state.file, reading
        if self._raw is None or self._raw[0] != key:
            self._raw = key, self._read_raw(self._folder.path / state.file, reading)
        return self._raw[1]

    def _read_raw(self, path: Path, reading: ReadOptions) -> RawList:
        given, sheets = self._settings()[1], tuple[str, ...]()
        try:
            table = read_table(path, report=Report(), options=reading, vocabulary=SCHOOLS, given=given)
        except SeveralSheetsError as error:
            sheets = tuple(error.sheets)
            first = replace(reading, sheet=sheets[0])
            table = read_table(path, report=Report(), options=first, vocabulary=SCHOOLS, given=given)
        rows = {row.line: row.cells for row in table.rows if not row.is_blank()}
        return RawList(table.header, table.header_line, rows, sheets, table.sheet or "")

    def judge(self) -> Judged:
        """Return all rows with their states, and the columns.

        Raises:
            DataError: the list cannot be read.
        """
        key = self._folder.state.schools, self._folder.read_text()
        if self._judged is None or self._judged[0] != key:
            self._judged = key, self._judge()
        return self._judged[1]

    def _judge(self) -> Judged:
        report = Report()
        path, state, raw = self._path(), self._state(), self.raw()
        explained = explain_list(ColumnsOptions(table=path, campaign=self._folder.campaign))
        schools = {school.line: school for school in self._load(path, report)}
        by_line: dict[int, list[Fault]] = {}
        others: list[Fault] = []
        for fault in map(hide_secrets, report):
            line = row_number(fault.place)
            if line is None or line <= raw.header_line:
                others.append(fault)
            else:
                by_line.setdefault(line, []).append(fault)
        chosen = self._chosen([*schools.values()])
        lines = sorted({*raw.rows, *by_line})
        rows = tuple(self._row(line, schools.get(line), by_line.get(line, []), chosen, state) for line in lines)
        return Judged(rows, explained.explanation, (*explained.faults, *others))

    def _row(
        self, line: int, school: School | None, faults: list[Fault], chosen: frozenset[str] | None, state: ListState
    ) -> ListRow:
        if line in state.left:
            return ListRow(line, "left", school, (), self._words.say("left_by_hand"))
        if any(fault.severity == "error" for fault in faults):
            return ListRow(line, "mend", school, tuple(faults))
        if any(fault.code == _SAME_TWICE for fault in faults):
            return ListRow(line, "left", school, tuple(faults), self._words.say("left_twice"))
        if school is not None and chosen is not None and school.uai not in chosen:
            return ListRow(line, "left", school, tuple(faults), school.state or self._words.say("left_filtered"))
        has_more = any(fault.severity == "warning" for fault in faults)
        return ListRow(line, "look" if has_more else "ready", school, tuple(faults))

    def _load(self, path: Path, report: Report) -> list[School]:
        options, given = self._settings()
        return load_schools(
            path,
            report=report,
            options=options.reading,
            given=given,
            cleaning=options.cleaning,
            states=options.choice.states,
        )

    def _chosen(self, schools: Sequence[School]) -> frozenset[str] | None:
        """Return the UAIs that the filters of the campaign leave; None if it has none."""
        choice = self._settings()[0].choice
        if choice.is_all:
            return None
        return frozenset(school.uai for school in choose(schools, choice, Place(), Report()))

    def _settings(self) -> tuple[InputOptions, Mapping[str, str]]:
        """Return how the list is read, and the columns that the campaign names."""
        text = self._folder.read_text()
        if self._read is None or self._read[0] != text:
            campaign = load_campaign(self._folder.campaign, Report())
            options = InputOptions(campaign=self._folder.campaign, out=self._folder.path)
            given = campaign.columns.get("schools", {})
            self._read = text, with_campaign_settings(options, campaign.data), given
        return self._read[1], self._read[2]

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
        by_field = {match.field: match.column for match in explained.matches if match.field and _how(match) != "none"}
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
            "faults": [self.fault(fault) for fault in judged.faults if fault.severity != "note"],
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
        rows = self.judge().rows
        found = Counter(row.state for row in rows)
        return {**{state: found[state] for state in ("ready", "mend", "look", "left")}, "all": len(rows)}

    def find_rows(self, show: str, search: str, start: int, count: int) -> dict[str, Any]:
        """Return some rows of one state that hold a text."""
        wanted = fold(search.strip())
        found = [
            row
            for row in self.judge().rows
            if show in ("all", row.state) and (not wanted or wanted in fold(" ".join(self._cells(row.line))))
        ]
        shown = [self.describe_row(row) for row in found[start : start + count]]
        return {"total": len(found), "counts": self.counts(), "rows": shown}

    def row(self, line: int) -> dict[str, Any]:
        """Return one row."""
        found = next((row for row in self.judge().rows if row.line == line), None)
        return self.describe_row(found) if found is not None else {}

    def next_to_mend(self, line: int) -> int | None:
        """Return the next line that has something to mend, after a line and else from the beginning."""
        lines = [row.line for row in self.judge().rows if row.state == "mend"]
        return next((other for other in lines if other > line), lines[0] if lines else None)

    def _cells(self, line: int) -> tuple[str, ...]:
        return tuple(self.cell(line, column) for column in range(len(self.raw().rows.get(line, ()))))

    def describe_row(self, row: ListRow) -> dict[str, Any]:
        """Return one row as the page shows it."""
        explained = self.judge().columns
        fields = {match.column: match.field for match in explained.matches if match.field and _how(match) != "none"}
        cells = {field: self.cell(row.line, column) for column, field in fields.items()}
        mended = [
            {"field": fields.get(mend.column, ""), "before": mend.before, "after": mend.after}
            for mend in self._state().mends
            if mend.line == row.line
        ]
        return {
            "line": row.line,
            "key": cells.get("uai", ""),
            "name": cells.get("name", ""),
            "town": cells.get("town", ""),
            "state": row.state,
            "cells": cells,
            "faults": [self.fault(fault, row.line) for fault in row.faults if fault.severity != "note"],
            "mended": mended,
            "why": row.why,
        }

    def fault(self, fault: Fault, line: int | None = None) -> dict[str, Any]:
        """Return a fault of the list as the page shows it, with what to press."""
        lang = self._words.lang
        field = self._field_of(fault)
        proposal = str(fault.values.get(_AT_ONCE.get(fault.code, ""), ""))
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
            ways.append({"text": fault.way_out(lang)})
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


def _one_line(text: str) -> str:
    """Return a cell without line breaks, so that the rows of the copy keep their lines."""
    return " ".join(text.splitlines())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
