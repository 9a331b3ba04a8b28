"""Small fonts and pages that show their codes: every way in which a PDF file leads from a code to a glyph."""

from io import BytesIO
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

LETTERS = {"a": 97, "eacute": 233}  # besides a space without outline
_ORDER = [".notdef", "space", *LETTERS]
_MAP = {32: "space", **{code: name for name, code in LETTERS.items()}}
_SQUARE = ((0, 0), (0, 500), (500, 500), (500, 0))


def truetype(**tables: int) -> bytes:
    """A font with outlines of TrueType for a, é and the missing glyph."""
    return _built(True, **tables)


def cff() -> bytes:
    """The same as a bare CFF program."""
    stored = BytesIO()
    font = TTFont(BytesIO(_built(False)))
    font["CFF "].cff.compile(stored, font)
    return stored.getvalue()


def _built(is_truetype: bool, **os2: int) -> bytes:
    builder = FontBuilder(1000, isTTF=is_truetype)
    builder.setupGlyphOrder(_ORDER)
    builder.setupCharacterMap(_MAP)
    pens: dict[str, Any] = {name: TTGlyphPen(None) if is_truetype else T2CharStringPen(600, None) for name in _ORDER}
    for name, pen in pens.items():
        if name != "space":
            pen.moveTo(_SQUARE[0])
            for point in _SQUARE[1:]:
                pen.lineTo(point)
            pen.closePath()
    if is_truetype:
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    else:
        builder.setupCFF("Essai", {}, {name: pen.getCharString() for name, pen in pens.items()}, {})
    builder.setupHorizontalMetrics(dict.fromkeys(_ORDER, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Essai", "styleName": "Regular"})
    builder.setupOS2(**os2)
    builder.setupPost()
    stored = BytesIO()
    builder.save(stored)
    return stored.getvalue()


def simple(pdf: pikepdf.Pdf, program: bytes, *, encoding: Any = None, flags: int = 32) -> pikepdf.Dictionary:
    """A font of one byte a code; TrueType, or Type 1 for a bare CFF."""
    is_truetype = program[:4] == b"\0\1\0\0"
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType if is_truetype else pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/ABCDEF+Essai"),
        FontDescriptor=_descriptor(pdf, program, flags),
    )
    if encoding is not None:
        font.Encoding = encoding
    return font


def composite(
    pdf: pikepdf.Pdf, program: bytes, *, numbers: bytes | None = None, encoding: bytes | None = None
) -> pikepdf.Dictionary:
    """A font of two bytes a code; `numbers` is its CIDToGIDMap, `encoding` its map from codes to CIDs."""
    is_truetype = program[:4] == b"\0\1\0\0"
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2 if is_truetype else pikepdf.Name.CIDFontType0,
        BaseFont=pikepdf.Name("/ABCDEF+Essai"),
        FontDescriptor=_descriptor(pdf, program, 4, "/CIDFontType0C"),
    )
    if numbers is not None:
        inner.CIDToGIDMap = pikepdf.Stream(pdf, numbers)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/ABCDEF+Essai"),
        Encoding=pikepdf.Name("/Identity-H") if encoding is None else pikepdf.Stream(pdf, encoding),
        DescendantFonts=[pdf.make_indirect(inner)],
    )


def _descriptor(pdf: pikepdf.Pdf, program: bytes, flags: int, bare: str = "/Type1C") -> pikepdf.Dictionary:
    stream = pikepdf.Stream(pdf, program)
    if program[:4] == b"\0\1\0\0":
        return pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, Flags=flags, FontFile2=stream)
    stream.Subtype = pikepdf.Name(bare)
    return pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, Flags=flags, FontFile3=stream)
