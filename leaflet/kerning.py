"""Pair kerning of a font, straight from its ``GPOS`` table (OpenType 1.9.1, « Glyph Positioning Table »).

Read are the pair adjustments (lookup type 2) of the ``kern`` feature, and of them how much the first glyph advances.
What else a ``GPOS`` table may hold (marks, contexts, extensions) is not read.
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

_PAIRS = 2  # lookup type « pair adjustment »
_X_ADVANCE = 0x0004  # bit of a value format; the records of lower bits stand before it
_BELOW_X_ADVANCE = 0x0003

Kerning = dict[int, dict[int, int]]
"""Maps a glyph to those that may follow it, and each of these to what is added between both, in font units."""


class _Table(Struct, frozen=True):
    """A table inside `data`, whose offsets count from `start`; all numbers are big-endian."""

    data: bytes
    start: int = 0

    def words(self, at: int, count: int) -> tuple[int, ...]:
        """Return so many unsigned numbers of 16 bits."""
        return struct.unpack_from(f">{count}H", self.data, self.start + at)

    def word(self, at: int) -> int:
        """Return one unsigned number of 16 bits."""
        return self.words(at, 1)[0]

    def signed(self, at: int, count: int) -> tuple[int, ...]:
        """Return so many signed numbers of 16 bits."""
        return struct.unpack_from(f">{count}h", self.data, self.start + at)

    def tag(self, at: int) -> bytes:
        """Return four letters."""
        return self.data[self.start + at : self.start + at + 4]

    def table(self, at: int) -> "_Table":
        """Return the table whose offset stands there."""
        return _Table(self.data, self.start + self.word(at))

    def tables(self, at: int) -> list["_Table"]:
        """Return the tables of a count and as many offsets."""
        return [self.table(at + 2 + 2 * number) for number in range(self.word(at))]


def read_kerning(gpos: bytes) -> list[Kerning]:
    """Return the kerning of each lookup; what several say of a pair is added up.

    Raises:
        struct.error: the table ends before it should.
    """
    head = _Table(gpos)
    features, lookups = head.table(6), head.table(8).tables(0)
    wanted: set[int] = set()
    for number in range(features.word(0)):
        if features.tag(2 + 6 * number) == b"kern":
            feature = features.table(6 + 6 * number)
            wanted.update(feature.words(4, feature.word(2)))
    return [_read_lookup(lookups[index]) for index in sorted(wanted) if lookups[index].word(0) == _PAIRS]


def _read_lookup(lookup: _Table) -> Kerning:
    kerning: Kerning = {}
    for subtable in lookup.tables(4):
        read = _read_glyphs if subtable.word(0) == 1 else _read_classes
        for left, seconds in read(subtable):
            kerning[left] = seconds | kerning.get(left, {})  # the first subtable that covers a pair decides it
    return kerning


def _read_glyphs(subtable: _Table) -> Iterator[tuple[int, dict[int, int]]]:
    """Yield the pairs of format 1: for each first glyph a set of second ones."""
    first, second = subtable.words(4, 2)
    step = 1 + first.bit_count() + second.bit_count()  # in words: the second glyph, two value records
    for left, pairs in zip(_read_coverage(subtable.table(2)), subtable.tables(8), strict=True):
        count = pairs.word(0)
        rights, values = pairs.words(2, count * step)[::step], _advances(pairs, 4, first, step, count)
        yield left, dict(zip(rights, values, strict=True))


def _read_classes(subtable: _Table) -> Iterator[tuple[int, dict[int, int]]]:
    """Yield the pairs of format 2, a matrix of classes; class 0, all other glyphs, is not kerned as a second one."""
    first, second, _, _, rows, columns = subtable.words(4, 6)
    step = first.bit_count() + second.bit_count()
    classes = _read_class_definition(subtable.table(8))
    seconds = [(right, number) for right, number in _read_class_definition(subtable.table(10)).items() if number]
    values = _advances(subtable, 16, first, step, rows * columns)
    matrix = [values[start : start + columns] for start in range(0, rows * columns, columns)]
    read = [{right: row[number] for right, number in seconds if row[number]} for row in matrix]
    for left in _read_coverage(subtable.table(2)):
        yield left, read[classes.get(left, 0)]


def _advances(table: _Table, at: int, value_format: int, step: int, count: int) -> tuple[int, ...]:
    """Return the horizontal advance of so many records of `step` words, 0 where they have none."""
    if not value_format & _X_ADVANCE or not count:
        return (0,) * count
    offset = (value_format & _BELOW_X_ADVANCE).bit_count()
    return table.signed(at + 2 * offset, (count - 1) * step + 1)[::step]


def _read_coverage(table: _Table) -> list[int]:
    """Return the glyphs of a coverage table, in its order."""
    kind, count = table.words(0, 2)
    if kind == 1:
        return list(table.words(4, count))
    ranges = (table.words(4 + 6 * number, 3) for number in range(count))
    return [glyph for first, last, _ in ranges for glyph in range(first, last + 1)]


def _read_class_definition(table: _Table) -> dict[int, int]:
    """Return the class of each glyph that has one."""
    if table.word(0) == 1:
        first, count = table.words(2, 2)
        return dict(enumerate(table.words(6, count), first))
    ranges = (table.words(4 + 6 * number, 3) for number in range(table.word(2)))
    return {glyph: number for first, last, number in ranges for glyph in range(first, last + 1)}
