"""Digests of the glyphs of embedded fonts: what each code looks like and means, whatever else is in the subset.

A build embeds the letters it needs. One school with a letter more, and the subset, its codes and so every file
change; the pages still look the same. Digests show it without drawing. They know simple TrueType fonts with one
character map, which is what ``leaflet build`` embeds; pages with other fonts are drawn.
"""

import hashlib
import logging
import re
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import Glyph

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # damage is reported as a fault, not on the terminal

CODES = 256
_BYTE_MAP = (1, 0)  # platform and encoding of a map from bytes (ISO 32000-1 §9.6.6.4)
_STRICTLY = 2  # fontTools raises where a table is not what its checksum says
_PROGRAMS = ("cvt ", "fpgm", "prep")  # instructions that all glyphs share
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)

GlyphDigests = tuple[bytes, ...]  # a digest for each code


def digest_glyphs(font: Any) -> GlyphDigests | None:
    """Return for each of 256 codes a digest of outline, width and character; None for fonts of other kinds."""
    descriptor = font.get("/FontDescriptor")
    if font.get("/Subtype") != "/TrueType" or "/Encoding" in font or not isinstance(descriptor, pikepdf.Dictionary):
        return None
    program, mapping = descriptor.get("/FontFile2"), font.get("/ToUnicode")
    if not isinstance(program, pikepdf.Stream) or not isinstance(mapping, pikepdf.Stream):
        return None
    characters = _characters(mapping.read_bytes())
    try:
        with TTFont(BytesIO(program.read_bytes()), lazy=True, checkChecksums=_STRICTLY) as file:
            outlines = _outlines(file) if _is_whole(file) else None
    except (TTLibError, KeyError, AssertionError, IndexError, ValueError):  # what a damaged font makes it raise
        return None
    if characters is None or outlines is None:
        return None
    widths = _widths(font)
    return tuple(
        hashlib.sha256(b"%b|%b|%b" % (outlines[code], characters.get(code, b""), widths[code])).digest()
        for code in range(CODES)
    )


def _is_whole(file: TTFont) -> bool:
    """Check that all tables are as they were made: a whole glyph may be in a font that no renderer opens."""
    return all(len(file.reader[tag]) == entry.length for tag, entry in file.reader.tables.items())


def _characters(cmap: bytes) -> dict[int, bytes] | None:
    """Return what each code means; None for a map with ranges."""
    if b"beginbfrange" in cmap:
        return None
    pairs = (pair for block in _BLOCK.findall(cmap) for pair in _PAIR.findall(block))
    return {int(code, 16): value.lower() for code, value in pairs}


def _widths(font: Any) -> list[bytes]:
    """Return the width of each code as written, the missing one where none is."""
    first, widths = int(font.get("/FirstChar", 0)), font.get("/Widths", [])
    missing = str(font.FontDescriptor.get("/MissingWidth", 0)).encode()
    found = [missing] * CODES
    for index, width in enumerate(widths):
        if 0 <= first + index < CODES:
            found[first + index] = b"%g" % float(width)
    return found


def _outlines(file: TTFont) -> list[bytes] | None:
    """Return what draws each code; None if more than one map leads from codes to glyphs."""
    maps = file["cmap"].tables
    if len(maps) != 1 or (maps[0].platformID, maps[0].platEncID) != _BYTE_MAP:
        return None
    shared = b"".join(file.reader[tag] for tag in _PROGRAMS if tag in file.reader)
    common = hashlib.sha256(shared + b"%d" % file["head"].unitsPerEm).digest()
    names, missing = maps[0].cmap, file.getGlyphOrder()[0]
    glyphs = file["glyf"]
    return [common + _outline_of(glyphs, names.get(code, missing)) for code in range(CODES)]


def _outline_of(glyphs: Any, name: str, depth: int = 0) -> bytes:
    """Return the curves of a glyph; of one made of others, theirs with their places."""
    glyph = glyphs.glyphs[name]  # as it stands in the font
    if depth > 8:
        raise ValueError("glyphs made of one another")
    if not glyph.isComposite():
        return _compiled(getattr(glyph, "data", b""))  # an empty one has none
    parts = []
    for component in glyphs[name].components:
        place = (component.getComponentInfo()[1], component.flags)
        parts.append(repr(place).encode() + _outline_of(glyphs, component.glyphName, depth + 1))
    return b"composite" + b"".join(parts)


@lru_cache(4096)  # most fonts that are looked at are subsets of the same few
def _compiled(data: bytes) -> bytes:
    """Return a simple glyph as it is written without what programs fill up with."""
    glyph = Glyph(data)
    glyph.expand(None)
    return bytes(glyph.compile(None, recalcBBoxes=False))
