"""Fonts are read straight from their tables; what fontTools makes of the same tables is the measure."""

import hashlib
import pickle
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

from docs.make_fonts import FAMILY, make_face
from leaflet.layout.fonts import (
    FONT_FILES,
    NARROW_SPACE,
    SLASHED_ZERO,
    WEIGHTS,
    FontError,
    Kerning,
    Weight,
    load_fontbook,
    read_kerning,
    slash_zeros,
)
from leaflet.production.inputs import BASE, FRENCH
from leaflet.program import assets
from tests.support import fontbook

FOLDER = assets() / "fonts"
FRENCH_NEEDS = set(BASE + FRENCH) - {"№"}

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


def opened(weight: Weight) -> TTFont:
    """A face, as fontTools opens it; every checksum must be right."""
    return TTFont(FOLDER / FONT_FILES[weight], checkChecksums=2, recalcTimestamp=False, recalcBBoxes=False)


def advance(value: Any) -> int:
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


def as_fonttools_reads(font: TTFont) -> list[Kerning]:
    gpos = font["GPOS"].table
    wanted = {i for f in gpos.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    found = []
    for index in sorted(wanted):
        lookup = gpos.LookupList.Lookup[index]
        if lookup.LookupType == 2:
            kerning: Kerning = {}
            for subtable in lookup.SubTable:
                for left, right, value in pairs(subtable):
                    kerning.setdefault(font.getGlyphID(left), {}).setdefault(font.getGlyphID(right), value)
            found.append(kerning)
    return found


def without_empty(kerning: list[Kerning]) -> list[Kerning]:
    """The kerning without first glyphs that no second one follows."""
    return [{left: seconds for left, seconds in lookup.items() if seconds} for lookup in kerning]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_kerning_of_the_faces(weight: Weight) -> None:
    """Thousands of pairs, each as fontTools reads it; none of them is in a lookup that is not read."""
    font = opened(weight)
    kerning = read_kerning(font.reader["GPOS"])
    assert sum(len(seconds) for lookup in kerning for seconds in lookup.values()) > 4000
    assert without_empty(kerning) == as_fonttools_reads(font)
    assert {lookup.LookupType for lookup in font["GPOS"].table.LookupList.Lookup} == {2}
    face = fontbook().face(weight)
    assert face.kerning["Te"] < 0 and face.kerning["LT"] < 0


@pytest.mark.parametrize("features", FEATURES.values(), ids=list(FEATURES))
def test_kerning_in_every_form(features: str) -> None:
    """Formats, value records, coverages and classes that the faces may come with one day."""
    font = opened("regular")
    addOpenTypeFeaturesFromString(font, features)
    written = BytesIO()
    font.save(written)
    font = TTFont(written)
    kerning = read_kerning(font.reader["GPOS"])
    assert any(kerning) and without_empty(kerning) == as_fonttools_reads(font)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_metrics_and_names_of_the_faces(weight: Weight) -> None:
    """As fontTools reads them; a changed face has another name, its licence, and no more tables than a PDF needs."""
    font, face = opened(weight), fontbook().face(weight)
    assert font["head"].unitsPerEm == 1000
    assert face.advances == {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    assert (face.cap_height, face.x_height) == (font["OS/2"].sCapHeight, font["OS/2"].sxHeight)
    assert (face.ascent, face.descent) == (font["hhea"].ascent, font["hhea"].descent)
    assert face.x_height == font["glyf"]["x"].yMax
    names = opened(weight)["name"]
    texts = {number: names.getDebugName(number) or "" for number in range(26)}
    assert (texts[16] or texts[1]) == FAMILY
    assert texts[6] == FONT_FILES[weight].removesuffix(".ttf")
    assert not [text for number, text in texts.items() if "Hyperlegible" in text and number != 0]
    assert "Atkinson Hyperlegible Next Project Authors" in texts[0]
    assert "SIL Open Font License" in texts[13]
    assert texts[0] in (FOLDER / "OFL.txt").read_text("utf-8")
    needed = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep", "OS/2", "GPOS"}
    assert set(opened(weight).keys()) - {"GlyphOrder"} == needed


def test_all_weights_cover_the_same_characters() -> None:
    """What French needs, letters of names from elsewhere, and the private zero, which no text may hold."""
    book = fontbook()
    for weight in WEIGHTS:
        assert book.face(weight).advances.keys() == {*book.covered, SLASHED_ZERO}
    assert book.covered >= FRENCH_NEEDS | {"\u2011", "\u202f"}
    assert book.missing(f"0{SLASHED_ZERO}") == (SLASHED_ZERO,)
    assert fontbook().missing(NAMES) == ()


NAMES = (
    "Anh-Thư Nguyễn, Phạm Thị Ngọc, Vũ Văn Vĩnh, TRẦN ƯỚC, VŨ VĨNH, Tehōtū Faʻaʻā, TEHŌTŪ, "
    "Ẽva, Łukasz Żółć, Gülşen İpek, Ștefan Țuțea, Ñuñez, Šárka Růžičková"
)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_letters_that_were_added_and_the_two_zeros(weight: Weight) -> None:
    """As high and wide as their base letters, kerned alike; the zero of codes has a stroke, that of prose none."""
    font, face = opened(weight), fontbook().face(weight)
    glyphs, shown = font["glyf"], font.getBestCmap()
    for added, base in (("ư", "u"), ("ạ", "a"), ("ọ", "o"), ("Ạ", "A"), ("Ư", "U")):
        assert 0.9 < face.advances[added] / face.advances[base] < 1.4
        top = glyphs[shown[ord(base)]].yMax
        assert top - 25 <= glyphs[shown[ord(added)]].yMax <= top + 120
    for letter in "ẾỆỮỘẴ":
        assert face.descent - 20 < glyphs[shown[ord(letter)]].yMin
        assert glyphs[shown[ord(letter)]].yMax < face.ascent + 80
    for letter, alike, marked in ("ũūã", "ĩīã", "ōõā", "ŨŪÃ", "ĨĪÃ", "ŌÕĀ"):
        composed, other, accented = (glyphs[shown[ord(one)]] for one in (letter, alike, marked))
        assert face.advances[letter] == face.advances[alike]
        assert face.width(f"T{letter}") - face.advances["T"] == face.width(f"T{alike}") - face.advances["T"]
        assert abs(composed.yMax - accented.yMax) <= 2
        assert abs((composed.xMin + composed.xMax) - (other.xMin + other.xMax)) < 60
    assert shown[ord("ʻ")] == shown[ord("‘")]
    glyphs = font.getBestCmap()
    opened_zero, slashed = (font["glyf"][glyphs[ord(zero)]] for zero in ("0", SLASHED_ZERO))
    assert (opened_zero.numberOfContours, slashed.numberOfContours) == (2, 3)
    for side in ("xMin", "xMax", "yMin", "yMax"):
        assert getattr(opened_zero, side) == getattr(slashed, side)
    for text in ("0", "00", "T0T", "370036N.7/0"):
        assert face.width(text) == face.width(slash_zeros(text))


def test_readme_names_the_files() -> None:
    """By their SHA-256: who changes a face says so."""
    written = dict(
        re.findall(r"`(LeafletText-\w+\.ttf)` \| `([0-9a-f]{64})`", (FOLDER / "README.md").read_text("utf-8"))
    )
    assert written == {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in FONT_FILES.values()}


def test_making_a_face_again_gives_the_same_bytes() -> None:
    """From a face that stands in for an original, which is not here: no clock and no chance go into it."""
    font = opened("regular")
    font["glyf"]["zero"] = font["glyf"][font.getBestCmap()[ord(SLASHED_ZERO)]]
    for table in font["cmap"].tables:
        table.cmap = {
            code: glyph for code, glyph in table.cmap.items() if chr(code) not in (SLASHED_ZERO, NARROW_SPACE)
        }
    stand_in = BytesIO()
    font.save(stand_in)
    made = make_face(stand_in.getvalue())
    assert made == make_face(stand_in.getvalue())
    assert TTFont(BytesIO(made))["glyf"]["zero"] == opened("regular")["glyf"]["zero"]


@pytest.mark.parametrize("at", [100, 20_000, -1])
def test_a_damaged_file_is_refused(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte of one face is enough, wherever it is; and so is a file cut short."""
    (tmp_path / "fonts").mkdir()
    for name in FONT_FILES.values():
        (tmp_path / "fonts" / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr("leaflet.layout.fonts.assets", lambda: tmp_path)
    assert load_fontbook().key == fontbook().key
    file = tmp_path / "fonts" / FONT_FILES["semibold"]
    whole = bytearray(file.read_bytes())
    for damaged in (bytes([*whole[:at], whole[at] ^ 1, *whole[at:][1:]]), bytes(whole[:at])):
        file.write_bytes(damaged)
        with pytest.raises(FontError, match=file.name):
            load_fontbook()


def test_other_processes_get_the_files_alone() -> None:
    """Faces that are read here are read there again, which is less to send."""
    book = load_fontbook()
    book.face("bold")
    sent = pickle.loads(pickle.dumps(book.faces))
    assert dict(sent) == {} and sent["bold"].advances == book.face("bold").advances
