"""The faces and their metrics are as they were made; what fontTools reads of their tables is the measure."""

import hashlib
import pickle
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec.json import decode

from docs.make_fonts import FAMILY, make_face, read_metrics
from leaflet.layout import fonts
from leaflet.layout.fonts import (
    FONT_FILES,
    METRICS,
    NARROW_SPACE,
    SLASHED_ZERO,
    WEIGHTS,
    FaceMetrics,
    FontError,
    Weight,
    load_fontbook,
    slash_zeros,
)
from leaflet.production.inputs import BASE, FRENCH
from leaflet.program import assets
from tests.support import fontbook

FOLDER = assets() / "fonts"
FRENCH_NEEDS = set(BASE + FRENCH) - {"№"}


def opened(weight: Weight) -> TTFont:
    """A face, as fontTools opens it; every checksum must be right."""
    return TTFont(FOLDER / FONT_FILES[weight], checkChecksums=2, recalcTimestamp=False, recalcBBoxes=False)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_metrics_are_those_of_the_faces(weight: Weight) -> None:
    """Thousands of pairs of characters, none of which is a space or in a lookup of another kind."""
    metrics = read_metrics((FOLDER / FONT_FILES[weight]).read_bytes())
    assert decode((FOLDER / METRICS).read_bytes(), type=dict[Weight, FaceMetrics])[weight] == metrics
    assert {lookup.LookupType for lookup in opened(weight)["GPOS"].table.LookupList.Lookup} == {2}
    face = fontbook().face(weight)
    assert len(face.kerning) > 17_000 and face.kerning["Te"] < 0 and face.kerning["LT"] < 0
    assert not set("".join(face.kerning)) & {" ", "\u00a0", NARROW_SPACE}


@pytest.mark.parametrize("weight", WEIGHTS)
def test_metrics_and_names_of_the_faces(weight: Weight) -> None:
    """As fontTools reads them; a changed face has another name, its licence, and no more tables than a PDF needs."""
    font, face = opened(weight), fontbook().face(weight)
    assert font["head"].unitsPerEm == 1000
    assert face.advances == {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    assert (face.cap_height, font["OS/2"].sxHeight) == (font["OS/2"].sCapHeight, font["glyf"]["x"].yMax)
    assert (face.ascent, face.descent) == (font["hhea"].ascent, font["hhea"].descent)
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
    shutil.copytree(FOLDER, tmp_path / "fonts")
    monkeypatch.setattr("leaflet.layout.fonts.assets", lambda: tmp_path)
    assert load_fontbook().key == fontbook().key
    file = tmp_path / "fonts" / FONT_FILES["semibold"]
    whole = bytearray(file.read_bytes())
    for damaged in (bytes([*whole[:at], whole[at] ^ 1, *whole[at:][1:]]), bytes(whole[:at])):
        file.write_bytes(damaged)
        with pytest.raises(FontError, match=file.name):
            load_fontbook()


def test_damaged_metrics_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file cut short is told by its name, too."""
    shutil.copytree(FOLDER, tmp_path / "fonts")
    (tmp_path / "fonts" / METRICS).write_bytes((FOLDER / METRICS).read_bytes()[:9000])
    monkeypatch.setattr(fonts, "assets", lambda: tmp_path)
    fonts._load_metrics.cache_clear()
    fonts._read_face.cache_clear()
    with pytest.raises(FontError, match=METRICS):
        load_fontbook()


def test_other_processes_get_the_files_alone() -> None:
    """Faces that are read here are read there again, which is less to send."""
    book = load_fontbook()
    book.face("bold")
    sent = pickle.loads(pickle.dumps(book.faces))
    assert dict(sent) == {} and sent["bold"].advances == book.face("bold").advances
