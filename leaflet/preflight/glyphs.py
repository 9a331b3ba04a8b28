"""Characters that a page shows and its fonts cannot draw: they print as a box, or as nothing.

Text that is extracted does not show it: it comes from another map of the file. So the codes of each content stream
are looked up in the font program, as a printer does (ISO 32000-1 §9.6.6.4, §9.7.4.2). Each stream is read once.

Not here: Type 1 programs that are no CFF, fonts that are not embedded, predefined maps of Asian scripts.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any, Literal

import pikepdf
from fontTools.agl import UV2AGL, toUnicode
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from msgspec import Struct

from leaflet.conformance.content_stream import (
    SAVING,
    SHOW_TEXT,
    TEXT_STATE,
    TextWalker,
    read_instructions,
    shown_strings,
)
from leaflet.preflight.cmaps import parse_cid_map, parse_unicode_map
from leaflet.preflight.fonts import BROKEN, descendant, program_of

_WINDOWS = {160: "space", 173: "hyphen"}  # annex D.2; codes without a character are bullets
_INVISIBLE = 3  # text rendering mode (table 106)
_SYMBOL_PAGES = (0xF000, 0xF100, 0xF200, 0)
_DRAWN_ELSEWHERE = frozenset({"COLR", "CBDT", "sbix", "SVG ", "EBDT"})  # tables of glyphs without outlines
_OPERATORS = {**SAVING, **TEXT_STATE, **dict.fromkeys(SHOW_TEXT, "show")}

Codes = dict[str, frozenset[bytes]]  # strings shown, by the name of their font among the resources
Verdict = Literal["drawn", "blank", "absent", "unknown"]
Glyph = Callable[[int], Verdict]  # of a code: a glyph with an outline, one without, none, or who knows


class Missing(Struct, frozen=True, kw_only=True):
    """A character without glyph: its font, its code, its text if the file says it."""

    font: str
    code: int
    text: str


class _CodeReader(TextWalker):
    """A walk that collects the strings shown in each font."""

    operators = _OPERATORS

    def __init__(self) -> None:
        super().__init__()
        self.strings: defaultdict[str, set[bytes]] = defaultdict(set)

    def show(self, operands: Sequence[Any]) -> None:
        """Execute an operator that shows text."""
        if self.graphics.mode != _INVISIBLE:
            self.strings[self.graphics.font].update(shown_strings(operands))


def read_codes(content: pikepdf.Page | pikepdf.Stream | Sequence[pikepdf.Stream]) -> Codes:
    """Return the strings that contents show in each font, except those in an invisible mode."""
    streams = content if isinstance(content, Sequence) else [content]
    reader = _CodeReader()
    reader.walk(read_instructions(*streams))
    return {name: frozenset(strings) for name, strings in reader.strings.items()}


def find_missing(name: str, font: pikepdf.Dictionary, strings: frozenset[bytes], glyph: Glyph) -> Iterator[Missing]:
    """Yield the characters of strings that a font does not draw.

    Args:
        name: of the font, for who reads the result.
        font: its dictionary.
        strings: what is shown in it.
        glyph: what `read_glyphs` found in the font.
    """
    wide = font.get("/Subtype") == "/Type0"
    codes = sorted({code for text in strings for code in _codes(text, wide)})
    lost = {code: verdict for code in codes if (verdict := glyph(code)) in ("absent", "blank")}
    texts = _texts(font) if lost else {}
    for code, verdict in lost.items():
        text = texts.get(code, "")
        if all(unicodedata.category(character) == "Cc" for character in text):
            text = ""  # a map that says U+0000 says nothing
        if _is_visible(text) or (not text and verdict == "absent"):
            yield Missing(font=name, code=code, text=text)


def read_glyphs(font: pikepdf.Dictionary) -> Glyph:
    """Return what a font draws for each code; ``unknown`` for all codes of a font that cannot be read."""
    try:
        return _glyphs(font)
    except BROKEN:
        return _unknown


def _is_visible(text: str) -> bool:
    """Check whether a text has anything to print: neither spaces nor control characters."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def _codes(text: bytes, wide: bool) -> Iterator[int]:
    if not wide:
        yield from text
        return
    for at in range(0, len(text) - 1, 2):
        yield int.from_bytes(text[at : at + 2], "big")


def _unknown(_code: int) -> Verdict:
    return "unknown"


def _texts(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return the text of each code, as far as the file says it."""
    with suppress(*BROKEN):
        found = font.get("/ToUnicode")
        if isinstance(found, pikepdf.Stream):
            return parse_unicode_map(found.read_bytes())
        return {code: toUnicode(name) for code, name in _names(font).items()}
    return {}


def _glyphs(font: pikepdf.Dictionary) -> Glyph:
    """Return what says whether a code of a font has a glyph."""
    program, kind = program_of(font), str(font.get("/Subtype", ""))
    if program is None:
        return _unknown
    data, is_bare = program.read_bytes(), program.get("/Subtype") in ("/Type1C", "/CIDFontType0C")
    if kind == "/Type0":
        return _composite(font, data, is_bare)
    if is_bare:
        return _named_cff(font, data)
    if kind == "/TrueType" and data[:4] != b"OTTO":
        return _simple_truetype(font, data)
    return _unknown


def _simple_truetype(font: pikepdf.Dictionary, data: bytes) -> Glyph:
    """Return the verdicts of a simple TrueType font.

    Readers have several ways from a code to a glyph; a character is missing if none leads anywhere.
    """
    program = TTFont(BytesIO(data), lazy=True)
    tables = program["cmap"].tables if "cmap" in program else []
    unicode_maps = [t.cmap for t in tables if (t.platformID, t.platEncID) == (3, 1) or t.platformID == 0]
    symbol_maps = [t.cmap for t in tables if (t.platformID, t.platEncID) == (3, 0)]
    mac_maps = [t.cmap for t in tables if t.platformID == 1]
    names, order, drawn = _names(font), set(program.getGlyphOrder()), _drawn(program)

    def find(code: int) -> Iterator[object]:
        yield from (table.get(page + code) for table in symbol_maps for page in _SYMBOL_PAGES)
        yield from (table.get(code) for table in mac_maps)
        if name := names.get(code):
            yield name if name in order else None
            text = toUnicode(name)
            yield from (table.get(ord(text)) for table in unicode_maps if len(text) == 1)
            yield from (table.get(MacRoman.index(name)) for table in mac_maps if name in MacRoman)
        elif not names:
            yield from (table.get(code) for table in unicode_maps)

    def best(code: int) -> Verdict:
        numbers = [program.getGlyphID(glyph) for glyph in find(code) if isinstance(glyph, str)]
        verdicts = {_verdict(number, drawn) for number in numbers}
        return "drawn" if "drawn" in verdicts else "blank" if "blank" in verdicts else "absent"

    verdicts = tuple(best(code) for code in range(256))
    return lambda code: verdicts[code]


def _composite(font: pikepdf.Dictionary, data: bytes, is_bare: bool) -> Glyph:
    encoding, inner = font.get("/Encoding"), descendant(font)
    cids: dict[int, int] | None = None
    if isinstance(encoding, pikepdf.Stream):
        cids = parse_cid_map(encoding.read_bytes())
    elif encoding not in ("/Identity-H", "/Identity-V"):
        return _unknown
    if is_bare:
        known = _cids(CFFFontSet(), data)
        return lambda code: "drawn" if (code if cids is None else cids.get(code, 0)) in known else "absent"
    program = TTFont(BytesIO(data), lazy=True)
    if "glyf" not in program:
        return _unknown
    drawn, table = _drawn(program), inner.get("/CIDToGIDMap")
    numbers = table.read_bytes() if isinstance(table, pikepdf.Stream) else None

    def look(code: int) -> Verdict:
        cid = code if cids is None else cids.get(code, 0)
        number = cid if numbers is None else int.from_bytes(numbers[2 * cid : 2 * cid + 2], "big")
        return _verdict(number, drawn)

    return look


def _cids(fonts: CFFFontSet, data: bytes) -> frozenset[int]:
    """Return the CIDs of a CFF program that have a glyph, .notdef apart."""
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    if hasattr(top, "ROS"):
        return frozenset(int(name[3:]) for name in top.charset if name.startswith("cid"))
    return frozenset(range(1, len(top.charset)))


def _named_cff(font: pikepdf.Dictionary, data: bytes) -> Glyph:
    """Return the verdicts of a simple font of CFF: codes are names, by the file's encoding or the program's."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    names, own, charset = _names(font), top.Encoding, frozenset(top.charset[1:])
    if isinstance(own, str):
        own = StandardEncoding if own == "StandardEncoding" else []

    def look(code: int) -> Verdict:
        is_known = names.get(code) in charset or (code < len(own) and own[code] in charset)
        return "drawn" if is_known else "absent"

    return look


def _drawn(program: TTFont) -> bytes:
    """Return 1 for each glyph with an outline, else 0, by its number."""
    count = int(program["maxp"].numGlyphs)
    if "glyf" not in program or _DRAWN_ELSEWHERE & set(program.keys()):
        return b"\1" * count
    places = program["loca"].locations
    return bytes(places[at + 1] > places[at] for at in range(min(count, len(places) - 1)))


def _verdict(number: int, drawn: bytes) -> Verdict:
    """Return what is printed for a glyph: number 0 is the one for characters that a font lacks."""
    if not 0 < number < len(drawn):
        return "absent"
    return "drawn" if drawn[number] else "blank"


def _names(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return the names that the file's encoding gives to codes (§9.6.6); none if it has no encoding."""
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Name):
        return _base_names(str(encoding))
    if not isinstance(encoding, pikepdf.Dictionary):
        return {}
    names, code = _base_names(str(encoding.get("/BaseEncoding", "/StandardEncoding"))), 0
    for item in encoding.get("/Differences") or ():
        if isinstance(item, pikepdf.Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return names


def _base_names(encoding: str) -> dict[int, str]:
    if encoding == "/WinAnsiEncoding":
        return {
            code: _WINDOWS.get(code) or _name(bytes([code]).decode("cp1252", "replace")) for code in range(32, 256)
        }
    table = MacRoman if encoding == "/MacRomanEncoding" else StandardEncoding
    return {code: name for code, name in enumerate(table) if name != ".notdef"}


def _name(text: str) -> str:
    return UV2AGL.get(ord(text), f"uni{ord(text):04X}") if text != "\ufffd" else "bullet"
