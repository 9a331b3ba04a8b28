"""Makes the faces of ``assets/fonts`` from those of Atkinson Hyperlegible Next and Be Vietnam Pro, and their metrics.

``python -m docs.make_fonts FOLDER``, where FOLDER holds the five original files of each. ``assets/fonts/README.md``
says where they come from, and in what ours differ from them. Without FOLDER it writes the metrics alone, of the faces
that are there.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import copy, deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.roundingPen import RoundingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from msgspec import to_builtins

from leaflet.layout.fonts import FONT_FILES, METRICS, NARROW_SPACE, SLASHED_ZERO, FaceMetrics, Weight
from leaflet.program import assets

ORIGINALS: dict[Weight, str] = {
    "regular": "AtkinsonHyperlegibleNext_400Regular.ttf",
    "medium": "AtkinsonHyperlegibleNext_500Medium.ttf",
    "semibold": "AtkinsonHyperlegibleNext_600SemiBold.ttf",
    "bold": "AtkinsonHyperlegibleNext_700Bold.ttf",
    "extrabold": "AtkinsonHyperlegibleNext_800ExtraBold.ttf",
}
LETTERS: dict[Weight, str] = {  # those that the originals lack
    "regular": "BeVietnamPro_400Regular.ttf",
    "medium": "BeVietnamPro_500Medium.ttf",
    "semibold": "BeVietnamPro_600SemiBold.ttf",
    "bold": "BeVietnamPro_700Bold.ttf",
    "extrabold": "BeVietnamPro_800ExtraBold.ttf",
}
LATIN = (*range(0x0180, 0x0250), *range(0x1E00, 0x1F00))  # Latin Extended-B and Additional (Unicode 16)
FAMILY = "Leaflet Text"
ORIGINAL_FAMILY = "Atkinson Hyperlegible Next"
NARROW_SPACE_WIDTH = 160  # 1/1000 em: the « espace fine » of French punctuation
NO_BREAK_HYPHEN = "\u2011"
OKINA, LEFT_MARK = "\u02bb", "‘"  # a letter of Tahitian, and the mark of the same form
COMPOSED = {"ũ": "ū", "ĩ": "ī", "ō": "õ", "Ũ": "Ū", "Ĩ": "Ī", "Ō": "Õ"}
"""Letters of names, each with the letter it has all but the accent of."""
_SLASHED = "zero.slash"
_NAMED = {1, 3, 4, 6, 16}  # the entries of the table of names that hold the name of the family
_COPYRIGHT = 0
_KEPT = {*_NAMED, _COPYRIGHT, 2, 5, 13, 14, 17}  # and style, version, licence
_SPACES = {" ", "\u00a0", NARROW_SPACE}  # not kerned: a word is as wide whatever stands beside it
_DROPPED = ["DSIG", "GDEF", "GSUB", "STAT", "gasp"]  # of no use in a PDF


def make_face(original: bytes, letters: bytes | None = None) -> bytes:
    """Return the face made from an original; equal originals give equal bytes.

    Args:
        original: a file of Atkinson Hyperlegible Next.
        letters: a file of the same weight with the Latin letters that the original lacks.
    """
    font = TTFont(BytesIO(original), recalcTimestamp=False, recalcBBoxes=False)  # other outlines stay as they are
    _separate_zeros(font)
    if letters is not None:
        _add_letters(font, TTFont(BytesIO(letters)))
    _add_glyph(font, "uni202F", Glyph(), (round(NARROW_SPACE_WIDTH * font["head"].unitsPerEm / 1000), 0))
    _map_character(font, NARROW_SPACE, "uni202F")
    _map_character(font, NO_BREAK_HYPHEN, font.getBestCmap()[ord("-")])
    _map_character(font, OKINA, font.getBestCmap()[ord(LEFT_MARK)])
    for letter, alike in COMPOSED.items():
        _compose(font, letter, alike)
    _reduce(font)
    _rename(font)
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _separate_zeros(font: TTFont) -> None:
    """Give the zero with a slash a character of its own, and take the slash out of the other."""
    zero = font.getBestCmap()[ord("0")]
    slashed = font["glyf"][zero]
    _add_glyph(font, _SLASHED, slashed, font["hmtx"][zero])
    _map_character(font, SLASHED_ZERO, _SLASHED)
    font["glyf"][zero] = _without_slash(slashed, font["glyf"])
    _kern_alike(font, zero, _SLASHED)


def _without_slash(slashed: Glyph, outlines: Any) -> Glyph:
    """Return a zero of one counter: its outer contour, and that contour again, in the box of the two holes."""
    points, ends, flags = slashed.getCoordinates(outlines)
    starts = [0, *(end + 1 for end in ends)]
    contours = [points[start : end + 1] for start, end in zip(starts, ends, strict=False)]
    outer = max(contours, key=lambda contour: _box(contour)[2])
    holes = [point for contour in contours if contour is not outer for point in contour]
    left, bottom, width, height = _box(outer)
    hole_left, hole_bottom, hole_width, hole_height = _box(holes)
    counter = [
        (round(hole_left + (x - left) * hole_width / width), round(hole_bottom + (y - bottom) * hole_height / height))
        for x, y in outer
    ]
    first = starts[contours.index(outer)]
    curve = flags[first : first + len(outer)]
    glyph = Glyph()
    glyph.numberOfContours = 2
    glyph.coordinates = GlyphCoordinates([*outer, *reversed(counter)])  # the other way round: what it encloses is cut
    glyph.flags = bytearray([flag & 1 for flag in (*curve, *reversed(curve))])
    glyph.endPtsOfContours = [len(outer) - 1, 2 * len(outer) - 1]
    glyph.program = slashed.program
    glyph.recalcBounds(outlines)
    return glyph


def _add_letters(font: TTFont, others: TTFont) -> None:
    """Add the Latin letters of another font that this one lacks, in its heights of small and of capital letters."""
    known, glyphs = font.getBestCmap(), others.getGlyphSet()
    heights = [(file["OS/2"].sxHeight, file["OS/2"].sCapHeight) for file in (font, others)]
    small, capital = (own / other for own, other in zip(*heights, strict=True))
    for entry in font["name"].names:
        if entry.nameID == _COPYRIGHT:
            entry.string = f"{entry.toUnicode()}\n{others['name'].getDebugName(_COPYRIGHT)}"
    for code, name in others.getBestCmap().items():
        if code in LATIN and code not in known:
            scale = capital if chr(code).isupper() else small
            outline, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
            glyphs[name].draw(outline)
            outline.replay(TransformPen(RoundingPen(pen), (scale, 0, 0, scale, 0, 0)))
            advance, bearing = others["hmtx"][name]
            added = f"uni{code:04X}"
            _add_glyph(font, added, pen.glyph(), (round(advance * scale), round(bearing * scale)))
            font["glyf"][added].recalcBounds(font["glyf"])
            _map_character(font, chr(code), added)


def _compose(font: TTFont, letter: str, alike: str) -> None:
    """Add a letter that has the base of another one, and over it the accent that « a » has with the letter's own."""
    glyphs, shown, added = font["glyf"], font.getBestCmap(), f"uni{ord(letter):04X}"
    a = "A" if letter.isupper() else "a"
    known, marked, between = (
        glyphs[shown[ord(one)]].components for one in (alike, _accented(a, letter), _accented(a, alike))
    )
    accent = copy(marked[1])
    accent.x, accent.y = (
        getattr(known[1], side) + getattr(marked[1], side) - getattr(between[1], side) for side in ("x", "y")
    )
    glyph = copy(glyphs[shown[ord(alike)]])
    glyph.components = [known[0], accent]
    _add_glyph(font, added, glyph, font["hmtx"][shown[ord(alike)]])
    glyph.recalcBounds(glyphs)
    _map_character(font, letter, added)
    _kern_alike(font, shown[ord(alike)], added)


def _accented(base: str, letter: str) -> str:
    """Return another letter with the accent of a letter."""
    return normalize("NFC", base + normalize("NFD", letter)[1:])


def _box(points: Any) -> tuple[int, int, int, int]:
    """Return left, bottom, width and height of a contour; each of these has a point on every side of its box."""
    across, upwards = [x for x, _ in points], [y for _, y in points]
    return min(across), min(upwards), max(across) - min(across), max(upwards) - min(upwards)


def _kern_alike(font: TTFont, known: str, added: str) -> None:
    """Kern an added glyph, the last one of the font, as a known one."""
    for subtable in (one for lookup in font["GPOS"].table.LookupList.Lookup for one in lookup.SubTable):
        if subtable.LookupType != 2:
            continue
        is_first = known in subtable.Coverage.glyphs
        if subtable.Format == 1:
            for pairs in subtable.PairSet:
                others = [copy(pair) for pair in pairs.PairValueRecord if pair.SecondGlyph == known]
                pairs.PairValueRecord += others
                for pair in others:
                    pair.SecondGlyph = added
            if is_first:
                subtable.PairSet.append(deepcopy(subtable.PairSet[subtable.Coverage.glyphs.index(known)]))
        else:
            for definition in (subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs):
                if known in definition:
                    definition[added] = definition[known]
        if is_first:
            subtable.Coverage.glyphs.append(added)


def _add_glyph(font: TTFont, name: str, glyph: Glyph, metrics: tuple[int, int]) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = metrics


def _map_character(font: TTFont, character: str, glyph: str) -> None:
    for table in font["cmap"].tables:
        table.cmap[ord(character)] = glyph


def _reduce(font: TTFont) -> None:
    """Keep the glyphs of characters and the kerning between them."""
    options = Options(layout_features=["kern"], notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    options.drop_tables += _DROPPED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)


def _rename(font: TTFont) -> None:
    names = font["name"]
    names.names = [entry for entry in names.names if entry.nameID in _KEPT]
    for entry in names.names:
        if entry.nameID in _NAMED:
            ours = entry.toUnicode().replace(ORIGINAL_FAMILY, FAMILY)
            entry.string = ours.replace(ORIGINAL_FAMILY.replace(" ", ""), FAMILY.replace(" ", ""))


def read_metrics(face: bytes) -> FaceMetrics:
    """Return the metrics of a face."""
    font = TTFont(BytesIO(face), recalcTimestamp=False, recalcBBoxes=False)
    advances, characters = defaultdict[int, str](str), defaultdict[str, str](str)
    for code, glyph in font.getBestCmap().items():
        advances[font["hmtx"][glyph][0]] += chr(code)
        characters[glyph] += chr(code) if chr(code) not in _SPACES else ""
    rows: defaultdict[str, defaultdict[int, str]] = defaultdict(lambda: defaultdict(str))
    for (left, right), value in _read_kerning(font).items():
        if value and characters[right]:
            rows[characters[left]][value] += characters[right]
    alike = defaultdict[tuple[tuple[int, str], ...], str](str)
    for firsts, row in rows.items():
        alike[tuple(sorted((value, "".join(sorted(seconds))) for value, seconds in row.items()))] += firsts
    return FaceMetrics(
        cap_height=font["OS/2"].sCapHeight,
        ascent=font["hhea"].ascent,
        descent=font["hhea"].descent,
        advances=dict(sorted(advances.items())),
        kerning=sorted((firsts, dict(row)) for row, firsts in alike.items() if firsts),
    )


def _read_kerning(font: TTFont) -> dict[tuple[str, str], int]:
    """Return what is added between two glyphs: of each lookup the first subtable that has the pair says it."""
    gpos, kerning = font["GPOS"].table, defaultdict[tuple[str, str], int](int)
    kept = {at for one in gpos.FeatureList.FeatureRecord for at in one.Feature.LookupListIndex}  # « kern » alone
    for index in sorted(kept):
        found: dict[tuple[str, str], int] = {}
        for subtable in gpos.LookupList.Lookup[index].SubTable:
            for left, right, value in _read_pairs(subtable):
                found.setdefault((left, right), value)
        for pair, value in found.items():
            kerning[pair] += value
    return kerning


def _read_pairs(subtable: Any) -> Iterator[tuple[str, str, int]]:
    """Yield left and right glyph of a subtable and what is added; glyphs of the second class 0 are not kerned."""
    if subtable.Format == 1:
        for left, pair_set in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
            for record in pair_set.PairValueRecord:
                yield left, record.SecondGlyph, _advance(record.Value1)
        return
    for left in subtable.Coverage.glyphs:
        row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
        for right, number in subtable.ClassDef2.classDefs.items():
            if value := _advance(row[number].Value1):
                yield left, right, value


def _advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) or 0


def metrics_text() -> str:
    """Return the metrics of all faces as their file has them."""
    read = {weight: read_metrics((assets() / "fonts" / name).read_bytes()) for weight, name in FONT_FILES.items()}
    return json.dumps(to_builtins(read, str_keys=True), ensure_ascii=False, indent=1) + "\n"


def main(folder: Path | None) -> None:
    """Write the five faces, made from the originals in a folder, and the metrics."""
    if folder is not None:
        for weight, name in ORIGINALS.items():
            made = make_face((folder / name).read_bytes(), (folder / LETTERS[weight]).read_bytes())
            (assets() / "fonts" / FONT_FILES[weight]).write_bytes(made)
    (assets() / "fonts" / METRICS).write_text(metrics_text(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else None)
