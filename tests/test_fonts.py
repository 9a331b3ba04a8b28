"""Fonts are read straight from their tables; what fontTools makes of the same tables is the measure."""

from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from typing import Any

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from leaflet import fonts
from leaflet.fonts import PACKAGE, read_face
from leaflet.kerning import Pair, read_kerning

STYLES = ("Regular", "Bold")

# Ways to write pairs: format, value records, coverage and classes in lists or ranges.
FEATURES = {
    "glyphs": "feature kern { pos A V -50; pos A W 0; pos T o -30; } kern;",
    "classes": "feature kern { pos [A B] [V W] -40; pos [T] [o] -20; } kern;",
    "both": "feature kern { pos A V -50; enum pos [A] [W] 7; pos [A B C D E F] [V W X Y Z] -40; } kern;",
    "placed": "feature kern { pos A V <10 20 -50 0>; pos [A B] [V W] <1 0 -40 0>; } kern;",
    "second": "feature kern { pos A <0 0 -50 0> V <3 0 5 0>; pos [A B] <0 0 -9 0> [V W] <0 0 5 0>; } kern;",
    "moved": "feature kern { pos A V <10 20 0 0>; } kern;",
    "scattered": "feature kern { pos [A C E G I] [b d f h k] -40; pos A C -3; pos E b 2; pos K z 4; } kern;",
    "lookups": "lookup one { pos A V -5; } one; lookup two { pos A V -6; pos B V -7; } two;"
    "feature kern { lookup one; lookup two; } kern;",
    "others": "feature kern { pos A 30; pos A V -5; } kern; feature cpsp { pos B V 40; } cpsp;",
}


def original(style: str) -> bytes:
    """A face as the package has it."""
    return (resources.files(PACKAGE) / "files" / f"AtkinsonHyperlegible-{style}.ttf").read_bytes()


def advance(value: Any) -> int:
    """What a value record of fontTools says of the advance."""
    return getattr(value, "XAdvance", 0) or 0


def pairs(subtable: Any) -> Iterator[tuple[str, str, int]]:
    """Left and right glyph and adjustment, as fontTools reads one subtable."""
    if subtable.Format == 1:
        for left, pair_set in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
            for record in pair_set.PairValueRecord:
                yield left, record.SecondGlyph, advance(record.Value1)
        return
    for left in subtable.Coverage.glyphs:
        row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
        for right, number in subtable.ClassDef2.classDefs.items():
            if value := advance(row[number].Value1):
                yield left, right, value


def as_fonttools_reads(font: TTFont) -> list[dict[Pair, int]]:
    """The kerning of a font, lookup by lookup, by numbers of glyphs."""
    gpos = font["GPOS"].table
    wanted = {i for f in gpos.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    found = []
    for index in sorted(wanted):
        lookup = gpos.LookupList.Lookup[index]
        if lookup.LookupType == 2:
            kerning: dict[Pair, int] = {}
            for subtable in lookup.SubTable:
                for left, right, value in pairs(subtable):
                    kerning.setdefault((font.getGlyphID(left), font.getGlyphID(right)), value)
            found.append(kerning)
    return found


@pytest.mark.parametrize("style", STYLES)
def test_kerning_of_the_faces(style: str) -> None:
    """Thousands of pairs, each as fontTools reads it."""
    font = TTFont(BytesIO(original(style)))
    kerning = read_kerning(font.reader["GPOS"])
    assert sum(map(len, kerning)) > 4000
    assert kerning == as_fonttools_reads(font)


@pytest.mark.parametrize("features", FEATURES.values(), ids=list(FEATURES))
def test_kerning_in_every_form(features: str) -> None:
    """Formats, value records, coverages and classes that the faces may come with one day."""
    font = TTFont(BytesIO(original("Regular")))
    addOpenTypeFeaturesFromString(font, features)
    written = BytesIO()
    font.save(written)
    font = TTFont(written)
    kerning = read_kerning(font.reader["GPOS"])
    assert any(kerning)
    assert kerning == as_fonttools_reads(font)


@pytest.mark.parametrize("length", [0, 9, 40, 2000])
def test_a_table_cut_short_is_reported(length: int) -> None:
    """Wherever it ends: such a face is damaged, not one with less kerning."""
    font = TTFont(BytesIO(original("Regular")))
    cut = DefaultTable("GPOS")
    cut.data = font.reader["GPOS"][:length]
    font["GPOS"] = cut
    written = BytesIO()
    font.save(written)
    with pytest.raises(TTLibError, match="GPOS"):
        read_face(written.getvalue())


@pytest.mark.parametrize("style", STYLES)
def test_a_completed_face_is_a_whole_font(style: str) -> None:
    """Without the tables of no use in a PDF, with the characters French needs; written as fontTools would."""
    face = read_face(original(style))
    font = TTFont(BytesIO(face.data), checkChecksums=2, recalcTimestamp=False, recalcBBoxes=False)
    assert not set(font.keys()) & set(fonts._LAYOUT_TABLES)
    assert font.getBestCmap().keys() >= {0x202F, 0x2011}
    assert font["maxp"].numGlyphs == len(font.getGlyphOrder()) == len(TTFont(BytesIO(original(style)))["glyf"]) + 1
    outlines = TTFont(BytesIO(original(style))).reader["glyf"]
    assert font.reader["glyf"] == outlines
    for tag in font.keys():  # noqa: SIM118, the method of a TTFont, not of a dict
        assert font[tag] is not None
    saved = BytesIO()
    font.save(saved)
    assert saved.getvalue() == face.data
