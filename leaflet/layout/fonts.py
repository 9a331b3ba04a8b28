"""The faces a build may use: metrics, kerning and coverage, read from the program's own files and handed in.

Widths are in thousandths of an em, as PDF counts them, and as the files do. Each zero has two glyphs: the open one of
prose and dates, and the slashed one of addresses and codes, which has a private character. ``docs/make_fonts.py``
writes the metrics beside the faces: to read their tables takes fontTools a hundred times as long.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, get_args

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from leaflet.program import assets

Weight = Literal["regular", "medium", "semibold", "bold", "extrabold"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
"""From light to heavy."""

FAMILY = "Leaflet Text"
_STYLES = ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold")
FONT_FILES = {weight: f"LeafletText-{style}.ttf" for weight, style in zip(WEIGHTS, _STYLES, strict=True)}
METRICS = "metrics.json"
NARROW_SPACE = "\u202f"
SLASHED_ZERO = "\ue030"  # private use; files say of it that it is a zero
_WORDS = 4096  # widths kept a face: the words of a template and of some hundred school names
_TEXTS = 64  # widths of whole texts: who asks for one mostly asks twice
_CHECKSUM = 0xB1B0AFBA  # of the words of a whole file (OpenType 1.9.1, « head »)


class FontError(ValueError):
    """A file of a face is damaged."""


class FaceMetrics(Struct, frozen=True, kw_only=True):
    """The metrics of a face, in the units of the faces; characters of one width, or kerned alike, stand together."""

    cap_height: int
    ascent: int
    descent: int  # negative
    advances: dict[int, str]  # the characters of each width
    kerning: list[tuple[str, dict[int, str]]]  # characters, with those that may follow them by what is added


@dataclass(frozen=True, slots=True, eq=False)
class FontFace:
    """One weight of the family; lengths in 1/1000 em, the descent negative."""

    data: bytes = field(repr=False)  # the TrueType file
    advances: dict[str, int] = field(repr=False)  # width of each character the face covers
    kerning: dict[str, int] = field(repr=False)  # to add between two characters; others, and spaces, are absent
    cap_height: int
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
        face = self[weight] = _read_face(weight, self.files[weight])
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


@cache
def _load_metrics() -> dict[Weight, FaceMetrics]:
    try:
        return decode((assets() / "fonts" / METRICS).read_bytes(), type=dict[Weight, FaceMetrics])
    except MsgspecError:
        raise FontError(f"{METRICS} is damaged") from None


@lru_cache(maxsize=len(WEIGHTS))
def _read_face(weight: Weight, data: bytes) -> FontFace:
    """Return the face of a file with its metrics; the last ones read are at hand again."""
    metrics = _load_metrics()[weight]
    advances = {letter: width for width, letters in metrics.advances.items() for letter in letters}
    kerning = {
        before + after: value
        for firsts, row in metrics.kerning
        for value, seconds in row.items()
        for before in firsts
        for after in seconds
    }
    return FontFace(data, advances, kerning, metrics.cap_height, metrics.ascent, metrics.descent)
