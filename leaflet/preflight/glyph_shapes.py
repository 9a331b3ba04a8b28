"""Find letters of our own fonts that are drawn as other letters: whoever reads the file gets the right ones.

An embedded font can draw a 9 for the code of an 8, and say that it is an 8. The fonts of leaflet are known, and each
glyph of a subset is cut out of them unchanged. Not here: fonts of others, whose letters may look in any way.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont

from leaflet.compare.glyphs import outline_of
from leaflet.fonts import FONT_FILES, SLASHED_ZERO
from leaflet.preflight.cmaps import parse_unicode_map
from leaflet.preflight.fonts import BROKEN, descendant, program_of
from leaflet.resources import assets


def find_swapped(name: str, font: pikepdf.Dictionary) -> tuple[str, ...]:
    """Return the characters that a font draws otherwise than the font of its name; none for fonts of others.

    Args:
        name: of the font, without the prefix of a subset.
        font: its dictionary.
    """
    try:
        return tuple(_swapped(name, font))
    except BROKEN:
        return ()


def _swapped(name: str, font: pikepdf.Dictionary) -> Iterator[str]:
    program, mapping = program_of(font), font.get("/ToUnicode")
    is_ours = f"{name}.ttf" in FONT_FILES.values()
    if not is_ours or program is None or not isinstance(mapping, pikepdf.Stream):
        return
    known = _outlines(f"{name}.ttf")
    with TTFont(BytesIO(program.read_bytes()), lazy=True) as file:
        glyphs, names = file["glyf"], _glyph_names(font, file)
        for code, text in parse_unicode_map(mapping.read_bytes()).items():
            if text in known and code in names and outline_of(glyphs, names[code]) not in known[text]:
                yield text


def _glyph_names(font: pikepdf.Dictionary, file: TTFont) -> Mapping[int, str]:
    """Return the glyphs that codes of a font draw; none where the codes are somebody else's."""
    if font.get("/Subtype") == "/TrueType" and "/Encoding" not in font:
        names: Mapping[int, str] = file["cmap"].tables[0].cmap
        return names
    if font.get("/Subtype") == "/Type0" and font.get("/Encoding") == "/Identity-H":
        order, indices = file.getGlyphOrder(), descendant(font).get("/CIDToGIDMap")
        if not isinstance(indices, pikepdf.Stream):
            return dict(enumerate(order))
        pairs = indices.read_bytes()
        found = (int.from_bytes(pairs[at : at + 2], "big") for at in range(0, len(pairs) - 1, 2))
        return {code: order[index] for code, index in enumerate(found) if 0 < index < len(order)}
    return {}


@cache
def _outlines(file_name: str) -> dict[str, frozenset[bytes]]:
    """Return the outlines that stand for each character in a font of ours; a zero has two."""
    with TTFont(BytesIO((assets() / "fonts" / file_name).read_bytes()), lazy=True) as file:
        glyphs = file["glyf"]
        found = {chr(code): frozenset({outline_of(glyphs, name)}) for code, name in file.getBestCmap().items()}
    found["0"] |= found[SLASHED_ZERO]
    return found
