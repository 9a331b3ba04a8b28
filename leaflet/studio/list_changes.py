"""Find the rows of a list again in the list that was sent after it: what was mended goes along, what changed is said.

Rows are found by their keys, wherever they stand now. A mend wins over what the new file says.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from msgspec import Struct

from leaflet.studio.campaign_state import Mend
from leaflet.studio.contract import ChangeKind
from leaflet.studio.raw_list import Edits, RawList, as_shown
from leaflet.tables.keys import FIELD as KEY
from leaflet.tables.keys import KeyKind, UaiError, parse_key
from leaflet.text import grouped


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
        with suppress(UaiError):
            return parse_key(self.kind, text)
        return text.strip().upper()

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
