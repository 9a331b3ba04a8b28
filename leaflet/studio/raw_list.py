"""Hold all cells of a list as it was given, write its mended copy, and find its rows again in the list sent after it.

The copy is a CSV whose rows have the lines of the list, so that the command line names the same lines. Rows are kept
as the copy has them: a long list takes few bytes a row, and is copied as a whole but for what is mended. In the next
list they are found by their keys, wherever they stand now. What was mended goes along: a mend wins over what the new
file says.
"""

import csv
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.studio.campaign_state import ListState, Mend
from leaflet.studio.contract import ChangeKind
from leaflet.tables.cells import BOM, check_secrets, csv_line
from leaflet.tables.keys import FIELD as KEY
from leaflet.tables.keys import KeyKind, find_key
from leaflet.tables.table import Row, Table
from leaflet.text import fold, grouped

# The settings of the campaign that belong to one list of schools, and go with it.
LIST_SETTINGS = ("data.sheet", "data.header_row", "data.encoding", "data.key", "columns.schools")
STAFF_SETTINGS = ("data.staff", "data.staff_sheet", "data.staff_header_row", "columns.staff")  # of one list of people
_MOST_TEXTS = 20_000
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which no file can hold


def refuse_secrets(*texts: str) -> None:
    """Check that nothing that was typed for a list is a secret, before it is kept (T317 to T320)."""
    check_secrets(texts, lambda _: Place(), report := Report())
    report.raise_errors()


class Edits(Struct, frozen=True):
    """The edits by which the copy of a list differs from the list."""

    is_copied: bool = False  # whether there is a copy, in which each cell is one line
    mended: Mapping[int, Mapping[int, str]] = {}  # the cells that were mended, by line and column
    left: frozenset[int] = frozenset()  # the lines that are left out

    @classmethod
    def of(cls, state: ListState) -> "Edits":
        """Return what is remembered of a list as it is now."""
        mended = grouped((mend.line, (mend.column, mend.after)) for mend in state.mends)
        return cls(bool(state.copy), {line: dict(cells) for line, cells in mended.items()}, frozenset(state.left))

    def cells(self, row: Row) -> tuple[str, ...]:
        """Return the cells of a row that is not left out, as they are read now."""
        if not self.is_copied:
            return row.cells
        mended = self.mended.get(row.line, {})
        return as_copied(tuple(mended.get(at, cell) for at, cell in enumerate(row.cells)) if mended else row.cells)


class RawList:
    """All cells of a list as they were given; the rows that are read come through `keep`."""

    def __init__(self, table: Table) -> None:
        self.header, self.header_line = table.header, table.header_line
        self.sheets = tuple(sheet.name for sheet in table.sheets) or ((table.sheet,) if table.sheet else ())
        self.lines = array("I")  # of all rows, blank ones left out
        self.unread = table.refused  # cells of faulty rows, by line
        self._rows = bytearray(_blank_lines(table.header_line - 1) + csv_line(as_copied(table.header), guard=str))
        self._starts = array("I")  # of each row in `_rows`
        self._next = table.header_line + 1  # the line after what is in `_rows`
        self._texts, self._text_starts = bytearray(), array("I")  # what is searched, a line for each row
        self._others: dict[int, tuple[str, ...]] = {}  # rows that a copy cannot have as they are

    def keep(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows, and keep their cells."""
        texts: dict[str, str] = {}  # towns, postcodes and numbers repeat: schools share one text of each
        for row in rows:
            if not row.is_blank():
                self._keep(row)
            if len(texts) > _MOST_TEXTS:
                texts = {}
            yield Row(line=row.line, cells=tuple([texts.setdefault(cell, cell) for cell in row.cells]))

    def _keep(self, row: Row) -> None:
        cells = as_copied(row.cells)
        if cells != row.cells:
            self._others[row.line] = row.cells
        self._rows += _blank_lines(row.line - self._next)
        self.lines.append(row.line)
        self._starts.append(len(self._rows))
        self._rows += csv_line(cells, guard=str)
        self._next = row.line + 1
        self._text_starts.append(len(self._texts))
        self._texts += searchable(cells).encode() + b"\n"

    def __contains__(self, line: int) -> bool:
        at = bisect_left(self.lines, line)
        return at < len(self.lines) and self.lines[at] == line

    def cells(self, line: int) -> tuple[str, ...]:
        """Return the cells of a row; none if there is no row on this line."""
        if line not in self:
            return ()
        if line in self._others:
            return self._others[line]
        start, end = self._span(line)
        return tuple(next(csv.reader([self._rows[start:end].decode()], delimiter=";")))

    def rows(self, lines: Iterable[int]) -> Iterator[Row]:
        """Yield the rows that there are on some lines, in the order of the list."""
        return (Row(line=line, cells=self.cells(line)) for line in sorted(lines) if line in self)

    def find(self, text: str) -> Iterator[int]:
        """Yield the lines of rows that hold a `searchable` text."""
        wanted = text.encode(errors="replace")
        at = self._texts.find(wanted)
        while at >= 0:
            row = bisect_right(self._text_starts, at)
            yield self.lines[row - 1]
            at = self._texts.find(wanted, self._text_starts[row]) if row < len(self.lines) else -1

    def differing(self, one: Edits, other: Edits) -> set[int]:
        """Return the lines that are read otherwise with other edits."""
        lines = one.mended.keys() | other.mended.keys()
        found = {line for line in lines if one.mended.get(line) != other.mended.get(line)} | (one.left ^ other.left)
        return found if one.is_copied == other.is_copied else found | self._others.keys()

    def copy(self, edits: Edits, lost: Mapping[int, str]) -> bytes:
        """Return the copy with its edits; a row that is left out is blank.

        In place of a row whose cells are not known, `lost` has one cell, an error for whoever reads the copy.
        """
        return b"".join(self._parts(edits, lost))

    def _parts(self, edits: Edits, lost: Mapping[int, str]) -> Iterator[bytes | memoryview]:
        yield BOM.encode()
        rows, at, after = memoryview(self._rows), 0, self._next
        for line in sorted({*edits.mended, *edits.left, *lost}):
            if line not in self and line not in lost:
                continue
            start, end = self._span(line)
            yield rows[at:start]
            at = end
            if line >= after:
                yield _blank_lines(line - after)
                after = line + 1
            if line in self:
                cells = edits.cells(Row(line=line, cells=self.cells(line)))
                yield _blank_lines(1) if line in edits.left else csv_line(cells, guard=str)
            else:
                yield csv_line([lost[line]])
        yield rows[at:]

    def _span(self, line: int) -> tuple[int, int]:
        """Return where a row begins and ends among all rows, or the blank line in its place."""
        at = bisect_left(self.lines, line)
        if line not in self:
            start = len(self._rows) if at == len(self.lines) else self._starts[at]
            start -= len(_blank_lines((self.lines[at] if at < len(self.lines) else line) - line))
            return start, start + (len(_blank_lines(1)) if at < len(self.lines) else 0)
        after = at + 1
        if after == len(self.lines):
            return self._starts[at], len(self._rows)
        return self._starts[at], self._starts[after] - len(_blank_lines(self.lines[after] - line - 1))


def as_copied(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells of a row as a copy has them: on one line each, and in characters that a file can hold."""
    if "".join(cells).isprintable():
        return cells
    return tuple(as_shown(" ".join(cell.splitlines())) for cell in cells)


def as_shown(cell: str) -> str:
    """Return a cell in characters that a file can hold, and a page: half a character is none."""
    return _HALF.sub("\ufffd", cell)


def searchable(cells: Iterable[str]) -> str:
    """Return the cells of a row as they are searched: without accents and capitals."""
    return fold("\t".join(cells))


def _blank_lines(number: int) -> bytes:
    return b"\r\n" * number


class Rows(Struct, frozen=True):
    """The rows of a list as they were given."""

    raw: RawList  # their cells
    fields: Mapping[str, int]  # the column of each field
    kind: KeyKind  # of their keys

    def cells(self, line: int) -> dict[str, str]:
        """Return what a row says, by field."""
        cells = dict(enumerate(self.raw.cells(line)))
        return {field: as_shown(cells[at]).strip() for field, at in self.fields.items() if at in cells}

    def key(self, text: str) -> str:
        """Return a key as it is compared, also if it is none."""
        return find_key(self.kind, text) or text.strip().upper()

    def mended(self, edits: Edits) -> Mapping[int, Mapping[str, str]]:
        """Return the mended cells by line and field."""
        fields = {column: field for field, column in self.fields.items()}
        mended = edits.mended.items()
        return {line: {fields[at]: text for at, text in cells.items() if at in fields} for line, cells in mended}


class Change(Struct, frozen=True):
    """Something that is not as it was: a new school, one that is gone, or a cell of another text, mended or not."""

    kind: ChangeKind
    line: int  # of the row; of the list before for one that is gone
    field: str = ""  # of the cell; empty for a whole row
    before: str = ""  # what the list before said
    theirs: str = ""  # what the new one says
    yours: str = ""  # what it was mended to


class Editions:
    """The rows of a list, and those of the one that was sent before it, with its edits."""

    def __init__(self, old: Rows, edits: Edits, new: Rows) -> None:
        self._old, self._edits, self._new = old, edits, new
        self._mended = old.mended(edits)
        self._texts = [(line, field, text) for line, cells in self._mended.items() for field, text in cells.items()]
        self._places = grouped((self._key(new, line), line) for line in new.raw.lines)
        self.pairs = self._find_pairs()
        at = new.fields.get(KEY, 0)  # of rows that are still there, and cannot be read
        self._unread = {new.key(cells[at]) for cells in new.raw.unread.values() if at < len(cells)}

    def _key(self, rows: Rows, line: int) -> str:
        cells = rows.cells(line)
        return rows.key(cells.get(KEY, "")) or "\t".join(cells.get(field, "") for field in sorted(self._new.fields))

    def _keys(self, line: int) -> Iterator[str]:
        """Yield the keys by which a row of the list before may be known: as it was given, and as it was mended."""
        yield self._key(self._old, line)
        if mended := self._mended.get(line, {}).get(KEY):
            yield self._old.key(mended)

    def _find_pairs(self) -> dict[int, int]:
        """Return the row of each one of the list before; of several with one key, those that say the same first."""
        found: dict[int, int] = {}
        taken = set[int]()
        for same in (True, False):
            for line in [one for one in self._old.raw.lines if one not in found]:
                places = (at for key in self._keys(line) for at in self._places.get(key, ()) if at not in taken)
                at = next((at for at in places if not same or self._new.cells(at) == self._old.cells(line)), None)
                if at is not None:
                    found[line] = at
                    taken.add(at)
        return found

    def mends(self) -> list[Mend]:
        """Return the mends that go along; one that the new list has made itself does not."""
        return [
            Mend(self.pairs[line], self._new.fields[field], self._new.cells(self.pairs[line])[field], text)
            for line, field, text in self._texts
            if not self._is_there(line, field, text) and self._is_carried(line, field)
        ]

    def _is_carried(self, line: int, field: str) -> bool:
        return line in self.pairs and field in self._new.fields

    def _is_there(self, line: int, field: str, text: str) -> bool:
        """Tell whether the new list says by itself what a cell was mended to."""
        return self._is_carried(line, field) and self._same(field, self._new.cells(self.pairs[line])[field], text)

    def _same(self, field: str, one: str, other: str) -> bool:
        return self._new.key(one) == self._new.key(other) if field == KEY else one == other.strip()

    def left(self) -> list[int]:
        """Return the rows that stay left out. If a school has no other row any more, its row is taken back in."""
        left = {self.pairs[line] for line in self._edits.left if line in self.pairs}
        made = (line for line in self._old.raw.lines if line not in self._edits.left)
        for key in {key for line in made for key in self._keys(line)}:
            lines = self._places.get(key, ())
            if left.issuperset(lines):
                left.difference_update(lines)
        return sorted(left)

    def changes(self) -> Iterator[Change]:
        """Yield what is new, what is gone, and what has changed, in this order."""
        before = {at: line for line, at in self.pairs.items()}
        known = {key for line in self._old.raw.lines for key in self._keys(line)}
        for key, lines in self._places.items():
            if key not in known and "\t" not in key:
                yield Change("new", next(line for line in lines if line not in before))
        back = {at for at, line in before.items() if line in self._edits.left}.difference(self.left())
        for line, keys in self._made():
            lines = [at for key in keys for at in self._places.get(key, ())]
            same = (True for at in lines if self._old.cells(line) == self._new.cells(at))
            if stands_in := next((at for at in lines if at in back), None):
                before[stands_in] = line  # of the rows of a school the one that was made
            elif not (line in self.pairs or self._unread.intersection(keys) or any(same)):
                yield Change("gone", line)
        for at, line in sorted(before.items()):
            yield from self._changed_cells(line, at)

    def _made(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of the list before that were not left out, each with the keys it may be known by, if any."""
        for line in self._old.raw.lines:
            keys = [key for key in self._keys(line) if "\t" not in key]
            if keys and line not in self._edits.left:
                yield line, keys

    def _changed_cells(self, line: int, at: int) -> Iterator[Change]:
        before, now, mended = self._old.cells(line), self._new.cells(at), self._mended.get(line, {})
        for field in self._new.fields:
            if field not in before or self._same(field, now[field], before[field]):
                continue
            yours = mended.get(field)
            if yours is None:
                yield Change("changed", at, field, before[field], now[field])
            elif not self._same(field, now[field], yours):
                yield Change("conflict", at, field, before[field], now[field], yours)

    def count_kept(self, edits: Edits) -> int:
        """Return how many mends of the list before are among those of the new one."""
        mended = self._new.mended(edits)
        return sum(
            self._is_carried(line, field) and mended.get(self.pairs[line], {}).get(field) == text
            for line, field, text in self._texts
        )

    def count_there(self) -> int:
        """Return how many mends the new list has made itself."""
        return sum(self._is_there(*cell) for cell in self._texts)

    def old_cells(self, line: int) -> dict[str, str]:
        """Return what a row of the list before said, with what was mended there."""
        return {**self._old.cells(line), **self._mended.get(line, {})}

    @property
    def is_few(self) -> bool:
        """Tell whether fewer than half of the schools are found again: it may be another list."""
        found = {keys[-1]: any(k in self._places or k in self._unread for k in keys) for _, keys in self._made()}
        return 2 * sum(found.values()) < len(found)
