"""The faces a build may use: metrics, kerning and coverage, read once from a font package and handed in.

Widths are in thousandths of an em, as PDF counts them. What is not here: embedding (``pdf/fonts.py``).
"""

import hashlib
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from io import BytesIO
from itertools import pairwise
from typing import Literal

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.sfnt import SFNTWriter
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.ttFont import sortedTagList

from leaflet.kerning import read_kerning

__all__ = ["PACKAGE", "WEIGHTS", "FontBook", "FontFace", "TTLibError", "Weight", "load_fontbook", "read_face"]

Weight = Literal["regular", "bold"]
WEIGHTS: tuple[Weight, ...] = ("regular", "bold")

PACKAGE = "fontpkg_atkinson_hyperlegible"
NARROW_SPACE = "\u202f"
NARROW_SPACE_WIDTH = 160  # 1/1000 em: the « espace fine » of French punctuation
_WORDS = 4096  # widths kept a face: the words of a template and of some hundred school names
_TEXTS = 64  # widths of whole texts: who asks for one mostly asks twice
_ALIASES = {"\u2011": "-"}  # drawn with the glyph of the second, kept as the first in extracted text
_SPACES = {" ", "\u00a0", NARROW_SPACE}
_LAYOUT_TABLES = ("DSIG", "GDEF", "GPOS", "GSUB")  # read here, of no use inside a PDF


@dataclass(frozen=True, slots=True)
class FontFace:
    """One weight of one family.

    Attributes:
        data: the TrueType file, with the glyphs French needs and the family lacks.
        advances: width of each character the face covers, 1/1000 em.
        kerning: what to add between two characters, 1/1000 em; pairs that do not kern are absent, and so are spaces.
        cap_height, ascent, descent: 1/1000 em, descent negative.
    """

    data: bytes = field(repr=False)
    advances: dict[str, int] = field(repr=False)
    kerning: dict[str, int] = field(repr=False)
    cap_height: int
    ascent: int
    descent: int
    _word: Callable[[str], int] = field(init=False, repr=False, compare=False)
    width: Callable[[str], int] = field(init=False, repr=False, compare=False)
    """Width of a text set in one line, kerned, in 1/1000 em; every character must be covered."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", lru_cache(maxsize=_TEXTS)(self._width))
        object.__setattr__(self, "_word", lru_cache(maxsize=_WORDS)(self._measure))

    def __reduce__(self) -> tuple[type["FontFace"], tuple[object, ...]]:
        # pickled for other processes without the cached widths
        own = (self.data, self.advances, self.kerning, self.cap_height, self.ascent, self.descent)
        return FontFace, own

    def _width(self, text: str) -> int:
        words = text.split(" ")
        return sum(map(self._word, words)) + (len(words) - 1) * self.advances[" "]

    def _measure(self, word: str) -> int:
        kerning = self.kerning
        kerned = [kerning[pair] for pair in map("".join, pairwise(word)) if pair in kerning]
        return sum([self.advances[c] for c in word]) + sum(kerned)

    def missing(self, text: str) -> list[str]:
        """Return the characters of `text` the face cannot draw, in order of appearance."""
        if self.advances.keys() >= set(text):
            return []
        return [c for c in dict.fromkeys(text) if c not in self.advances]


@dataclass(frozen=True, slots=True)
class FontBook:
    """The two weights of a family, and the key that changes when any byte of them does.

    `letters` are the characters that the fonts of a build's files have; None for all that are covered.
    """

    family: str
    regular: FontFace
    bold: FontFace
    letters: frozenset[str] | None = None
    covered: frozenset[str] = field(init=False, repr=False)
    """The characters that both weights draw."""
    printable: frozenset[str] = field(init=False, repr=False)
    """Those of them that the fonts of files have."""

    def __post_init__(self) -> None:
        covered = frozenset(self.regular.advances.keys() & self.bold.advances.keys())
        object.__setattr__(self, "covered", covered)
        object.__setattr__(self, "printable", covered if self.letters is None else covered & self.letters)

    def face(self, weight: Weight) -> FontFace:
        """Return the face of a weight."""
        return self.bold if weight == "bold" else self.regular

    @property
    def key(self) -> str:
        """The name of the two files by their content."""
        return hashlib.sha256(self.regular.data + self.bold.data).hexdigest()[:16]

    def limited(self, letters: Iterable[str]) -> "FontBook":
        """Return a book of the same faces with no more than these letters in files."""
        return replace(self, letters=frozenset(letters))

    def left_out(self, text: str) -> list[str]:
        """Return the characters that the fonts of files do not have, although the faces cover them."""
        if self.letters is None or self.letters.issuperset(text):
            return []
        return [c for c in dict.fromkeys(text) if c not in self.letters]

    def missing(self, text: str) -> list[str]:
        """Return the characters that at least one weight cannot draw."""
        if self.covered.issuperset(text):
            return []
        return list(dict.fromkeys(self.regular.missing(text) + self.bold.missing(text)))


def load_fontbook() -> FontBook:
    """Load Atkinson Hyperlegible (SIL OFL 1.1) from ``fontpkg-atkinson-hyperlegible``, never from the system."""
    files = resources.files(PACKAGE) / "files"
    regular, bold = (
        read_face((files / f"AtkinsonHyperlegible-{style}.ttf").read_bytes()) for style in ("Regular", "Bold")
    )
    return FontBook(family="Atkinson Hyperlegible", regular=regular, bold=bold)


def read_face(data: bytes) -> FontFace:
    """Read a TrueType file and complete it for French (U+202F, U+2011)."""
    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)  # outlines stay as they were drawn
    scale = 1000 / font["head"].unitsPerEm
    kerning = _read_kerning(font, scale)
    _add_narrow_space(font, scale)
    for alias, original in _ALIASES.items():
        _map_character(font, alias, font.getBestCmap()[ord(original)])
    for tag in _LAYOUT_TABLES:
        if tag in font:
            del font[tag]
    metrics = font["hmtx"].metrics
    return FontFace(
        data=_write_font(font),
        advances={chr(code): round(metrics[glyph][0] * scale) for code, glyph in font.getBestCmap().items()},
        kerning=kerning,
        cap_height=round(font["OS/2"].sCapHeight * scale),
        ascent=round(font["hhea"].ascent * scale),
        descent=round(font["hhea"].descent * scale),
    )


def _write_font(font: TTFont) -> bytes:
    """Return the bytes that `TTFont.save` makes, without loading all that fontTools knows of every kind of table."""
    tags = [tag for tag in font.keys() if tag != "GlyphOrder"]  # noqa: SIM118, the method of a TTFont, not of a dict
    tags.sort(key=lambda tag: tag not in ("glyf", "hmtx"))  # others are computed when these are compiled
    tables = {tag: font.getTableData(tag) for tag in tags}
    data = BytesIO()
    writer = SFNTWriter(data, len(tables), font.sfntVersion)
    for tag in sortedTagList(tables):
        writer[tag] = tables[tag]
    writer.close()
    return data.getvalue()


def _add_narrow_space(font: TTFont, scale: float) -> None:
    if ord(NARROW_SPACE) in font.getBestCmap():
        return
    font.setGlyphOrder([*font.getGlyphOrder(), "uni202F"])
    font["glyf"]["uni202F"] = Glyph()
    font["hmtx"]["uni202F"] = (round(NARROW_SPACE_WIDTH / scale), 0)
    _map_character(font, NARROW_SPACE, "uni202F")


def _map_character(font: TTFont, character: str, glyph: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.setdefault(ord(character), glyph)


def _read_kerning(font: TTFont, scale: float) -> dict[str, int]:
    """Return the pair kerning by characters, in 1/1000 em.

    Raises:
        TTLibError: its table is damaged.
    """
    if "GPOS" not in font:
        return {}
    # A word's width must not depend on the space beside it, or lines could not be measured word by word.
    characters: dict[int, list[str]] = {}
    for code, glyph in font.getBestCmap().items():
        if chr(code) not in _SPACES:
            characters.setdefault(font.getGlyphID(glyph), []).append(chr(code))
    try:
        lookups = read_kerning(font.getTableData("GPOS"))
    except struct.error as error:
        raise TTLibError(f"GPOS: {error}") from None
    kerning: dict[str, int] = {}
    for lookup in lookups:
        for (left, right), value in lookup.items():
            kern = round(value * scale)
            for before in characters.get(left, ()):
                for after in characters.get(right, ()):
                    pair = before + after
                    kerning[pair] = kerning.get(pair, 0) + kern
    return {pair: value for pair, value in kerning.items() if value}
