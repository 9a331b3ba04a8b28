"""The faces a build may use: metrics, kerning and coverage, read from the program's own files and handed in.

Widths are in thousandths of an em, as PDF counts them, and as the files do. Each zero has two glyphs: the open one of
prose and dates, and the slashed one of addresses and codes, which has a private character. Pair kerning is read
straight from the ``GPOS`` table (OpenType 1.9.1, « Glyph Positioning Table »).
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from msgspec import Struct

from leaflet.program import assets

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
    """Return the kerning of each lookup; what several say of a pair is added up."""
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
    if table.word(0) == 1:
        first, count = table.words(2, 2)
        return dict(enumerate(table.words(6, count), first))
    ranges = (table.words(4 + 6 * number, 3) for number in range(table.word(2)))
    return {glyph: number for first, last, number in ranges for glyph in range(first, last + 1)}


Weight = Literal["regular", "medium", "semibold", "bold", "extrabold"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""From light to heavy."""

FAMILY = "Leaflet Text"
FONT_FILES: dict[Weight, str] = {
    "regular": "LeafletText-Regular.ttf",
    "medium": "LeafletText-Medium.ttf",
    "semibold": "LeafletText-SemiBold.ttf",
    "bold": "LeafletText-Bold.ttf",
    "extrabold": "LeafletText-ExtraBold.ttf",
}
NARROW_SPACE = "\u202f"
SLASHED_ZERO = "\ue030"  # private use; files say of it that it is a zero
_WORDS = 4096  # widths kept a face: the words of a template and of some hundred school names
_TEXTS = 64  # widths of whole texts: who asks for one mostly asks twice
_SPACES = {" ", "\u00a0", NARROW_SPACE}
_CHECKSUM = 0xB1B0AFBA  # of the words of a whole file (OpenType 1.9.1, « head »)
_UNICODE = (3, 1)  # platform and encoding of the map of characters


class FontError(ValueError):
    """A file of a face is damaged."""


@dataclass(frozen=True, slots=True, eq=False)
class FontFace:
    """One weight of the family; lengths in 1/1000 em, the descent negative."""

    data: bytes = field(repr=False)  # the TrueType file
    advances: dict[str, int] = field(repr=False)  # width of each character the face covers
    kerning: dict[str, int] = field(repr=False)  # to add between two characters; others, and spaces, are absent
    cap_height: int
    x_height: int
    ascent: int
    descent: int
    _word: Callable[[str], int] = field(init=False, repr=False)
    width: Callable[[str], int] = field(init=False, repr=False)
    """Width of a text set in one line, kerned, in 1/1000 em; every character must be covered."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", lru_cache(maxsize=_TEXTS)(self._width))
        object.__setattr__(self, "_word", lru_cache(maxsize=_WORDS)(self._measure))

    def _width(self, text: str) -> int:
        words = text.split(" ")
        return sum(map(self._word, words)) + (len(words) - 1) * self.advances[" "]

    def _measure(self, word: str) -> int:
        kerning = self.kerning
        kerned = [kerning[pair] for pair in map("".join, pairwise(word)) if pair in kerning]
        return sum([self.advances[c] for c in word]) + sum(kerned)


class Faces(dict[Weight, FontFace]):
    """The faces of files, by weight: each is read when it is first asked for, for most builds use a few."""

    def __init__(self, files: Mapping[Weight, bytes]) -> None:
        super().__init__()
        self.files = files

    def __missing__(self, weight: Weight) -> FontFace:
        face = self[weight] = read_face(self.files[weight])
        return face

    def __reduce__(self) -> tuple[type["Faces"], tuple[Mapping[Weight, bytes]]]:
        return Faces, (self.files,)  # other processes read what they need


@dataclass(frozen=True, slots=True, eq=False)
class FontBook:
    """The weights of the family, all of which cover the same characters."""

    family: str
    faces: Faces = field(repr=False)
    letters: frozenset[str] | None = None  # that the fonts of a build's files have; None for all that are covered
    covered: frozenset[str] = field(init=False, repr=False)
    """The characters that may stand in a text; `SLASHED_ZERO` is for layout alone to set."""
    printable: frozenset[str] = field(init=False, repr=False)
    """Those of them that the fonts of files have."""
    face: Callable[[Weight], FontFace] = field(init=False, repr=False)
    """Returns the face of a weight."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "face", self.faces.__getitem__)
        covered = frozenset(self.face("regular").advances) - {SLASHED_ZERO}
        object.__setattr__(self, "covered", covered)
        object.__setattr__(self, "printable", covered if self.letters is None else covered & self.letters)

    @property
    def key(self) -> str:
        """The name of the files by their content: it changes when any byte of them does."""
        return hashlib.sha256(b"".join(self.faces.files.values())).hexdigest()[:16]

    def limited(self, letters: Iterable[str]) -> "FontBook":
        """Return a book of the same faces with no more than these letters in files."""
        return replace(self, letters=frozenset(letters))

    def left_out(self, text: str) -> "Letters":
        """Return the characters that the fonts of files do not have, although the faces cover them."""
        if self.letters is None or self.letters.issuperset(text):
            return _NONE
        return Letters(c for c in dict.fromkeys(text) if c not in self.letters)

    def missing(self, text: str) -> "Letters":
        """Return the characters that the family cannot draw, in order of appearance."""
        if self.covered.issuperset(text):
            return _NONE
        return Letters(c for c in dict.fromkeys(text) if c not in self.covered)


class Letters(tuple[str, ...]):
    """Characters as messages name them: « → » (U+2192)."""

    def __str__(self) -> str:
        return ", ".join(f"« {c} » (U+{ord(c):04X})" for c in self)


_NONE = Letters()


def slash_zeros(text: str) -> str:
    """Return a text of an address or of a code as it is set: nobody takes its zeros for letters."""
    return text.replace("0", SLASHED_ZERO)


def plain_zeros(text: str) -> str:
    """Return a set text as it is read."""
    return text.replace(SLASHED_ZERO, "0")


def load_fontbook() -> FontBook:
    """Load Leaflet Text, Atkinson Hyperlegible Next with another zero (SIL OFL 1.1), from the program's files.

    A file that is not as it was written is a `FontError`: the tables of others need no further check.
    """
    files = {weight: (assets() / "fonts" / name).read_bytes() for weight, name in FONT_FILES.items()}
    for weight, data in files.items():
        words = len(data) // 4
        if len(data) != 4 * words or sum(struct.unpack(f">{words}L", data)) & 0xFFFFFFFF != _CHECKSUM:
            raise FontError(f"{FONT_FILES[weight]} is damaged")
    return FontBook(FAMILY, Faces(files))


@lru_cache(maxsize=len(WEIGHTS))
def read_face(data: bytes) -> FontFace:
    """Read the metrics of a whole TrueType file of 1000 units to the em; the last ones read are at hand again."""
    (count,) = struct.unpack_from(">H", data, 4)
    entries = struct.iter_unpack(">4s4xLL", data[12 : 12 + 16 * count])
    tables = {tag: data[start : start + length] for tag, start, length in entries}
    glyphs = _read_characters(tables[b"cmap"])
    ascent, descent = struct.unpack_from(">hh", tables[b"hhea"], 4)
    x_height, cap_height = struct.unpack_from(">hh", tables[b"OS/2"], 86)
    (wide,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    widths = struct.unpack_from(">" + "H2x" * wide, tables[b"hmtx"])  # glyphs behind the last are as wide as it
    advances = {character: widths[min(glyph, wide - 1)] for character, glyph in glyphs.items()}
    return FontFace(data, advances, _read_kerning(tables[b"GPOS"], glyphs), cap_height, x_height, ascent, descent)


def _read_characters(cmap: bytes) -> dict[str, int]:
    """Return the number of the glyph of each character (OpenType 1.9.1, « cmap », format 4)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    encodings = struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * count])
    table = cmap[next(start for *encoding, start in encodings if tuple(encoding) == _UNICODE) :]
    segments = struct.unpack_from(">H", table, 6)[0] // 2
    columns = struct.unpack_from(f">{segments}H2x{segments}H{segments}H{segments}H", table, 14)
    ends, starts, deltas, offsets = (columns[n * segments : (n + 1) * segments] for n in range(4))
    glyphs: dict[str, int] = {}
    for segment, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:  # counted from the place where the offset itself stands
                at = 16 + 6 * segments + 2 * segment + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, at)
            glyphs[chr(code)] = (glyph + delta) & 0xFFFF
    return glyphs


def _read_kerning(gpos: bytes, glyphs: Mapping[str, int]) -> dict[str, int]:
    # A word's width must not depend on the space beside it, or lines could not be measured word by word.
    characters: dict[int, list[str]] = {}
    for character, glyph in glyphs.items():
        if character not in _SPACES:
            characters.setdefault(glyph, []).append(character)
    kerning: Kerning = {}
    for lookup in read_kerning(gpos):
        for left, seconds in lookup.items():
            known = kerning.get(left, {})
            kerning[left] = known | {right: value + known.get(right, 0) for right, value in seconds.items()}
    return {
        before + after: value
        for left, seconds in kerning.items()
        for before in characters.get(left, ())
        for right, value in seconds.items()
        if value
        for after in characters.get(right, ())
    }
