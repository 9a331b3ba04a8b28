"""Letters of our fonts that are drawn as others are found in each way in which a file can name glyphs."""

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from leaflet.preflight.glyph_shapes import find_swapped
from leaflet.resources import assets

NAME = "LeafletText-Regular"
_MAP = "1 begincodespacerange <0000> <FFFF> endcodespacerange {count} beginbfchar {pairs} endbfchar"


def composite(pdf: pikepdf.Pdf, shown: str, said: str, *, by_map: bool) -> pikepdf.Dictionary:
    """A composite font that draws some letters, and says that they are others."""
    path = assets() / "fonts" / f"{NAME}.ttf"
    with TTFont(path) as file:
        indices = [file.getGlyphID(file.getBestCmap()[ord(letter)]) for letter in shown]
    codes = list(range(1, len(shown) + 1)) if by_map else indices
    pairs = " ".join(f"<{code:04X}> <{ord(letter):04X}>" for code, letter in zip(codes, said, strict=True))
    glyphs = pdf.make_stream(b"\0\0" + b"".join(index.to_bytes(2, "big") for index in indices))
    descendant = pikepdf.Dictionary(
        Subtype=pikepdf.Name.CIDFontType2,
        CIDToGIDMap=glyphs if by_map else pikepdf.Name.Identity,
        FontDescriptor=pikepdf.Dictionary(FontFile2=pdf.make_stream(path.read_bytes())),
    )
    font = pikepdf.Dictionary(
        Subtype=pikepdf.Name.Type0,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([descendant]),
        ToUnicode=pdf.make_stream(_MAP.format(count=len(codes), pairs=pairs).encode()),
    )
    return pdf.make_indirect(font)


@pytest.mark.parametrize("by_map", [True, False])
def test_a_composite_font(by_map: bool) -> None:
    """The codes of a composite font choose glyphs directly or through a CIDToGIDMap; both are followed."""
    with pikepdf.new() as pdf:
        assert find_swapped(NAME, composite(pdf, "123", "173", by_map=by_map)) == ("7",)
        assert find_swapped(NAME, composite(pdf, "123", "123", by_map=by_map)) == ()
