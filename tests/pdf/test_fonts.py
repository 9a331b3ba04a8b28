"""Fonts in the file: what is shown is what a reader extracts, kerned or not, and everything is embedded."""

import re
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.layout.fonts import FONT_FILES, WEIGHTS, Weight
from leaflet.pdf.fonts_embedded import to_unicode_map
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from tests.support import (
    LETTERS,
    LONG_NAME,
    THEMES,
    compose_page,
    extract_text,
    fontbook,
    leaflet_layout,
    leaflet_pdf,
    make_writer,
    write,
    writer,
)

FRENCH = [
    *("Œuvre, cœur, nœud, L’Haÿ-les-Roses, Ÿ", "«\u00a0Élections\u00a0» – 2018 — fin…"),
    *("À Ç É È Ê Ë Î Ï Ô Ù Û Ü à â ä ç é è ê ë î ï ô ö ù û ü æ", "12\u00a0€, 50\u00a0%, n° 3, 4 ½, 20 °C"),
    *("Prêt\u202f? Oui\u202f! Donc\u00a0: voilà\u202f; l’école", "porte\u2011parole"),
]
KERNED = ["AVATAR", "To Ta Te Vo Va Wa Ya", "LT LV LY", "P. F. T. V. Y.", "r. f. y. «A» ’A"]


def printed(text: str, theme: str = "default") -> str:
    """What is extracted from a page with one paragraph, both weights."""
    return extract_text(write(compose_page(f'<p at="t.xml:3">{text}</p>', theme), theme))


@pytest.mark.parametrize("text", FRENCH + KERNED)
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_french_text_is_extracted_as_it_was_set(text: str, weight: str) -> None:
    """Also ligatures, guillemets and narrow spaces; reportlab writes the wide no-break space as an ordinary one."""
    marked = f'<strong at="t.xml:3">{text}</strong>' if weight == "bold" else text
    assert printed(marked) == text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text",
    [
        '<code at="t.xml:3">0370036N</code>',
        '<a at="t.xml:3" href="https://a0.fr/"><strong at="t.xml:3">a0.fr</strong>/00</a>',
    ],
)
def test_slashed_zeros_are_extracted_as_zeros(text: str) -> None:
    """They have a code of their own in the file, and the same meaning; no private character is left in it."""
    data = write(compose_page(f'<p at="t.xml:3">Le 10 : {text}</p>'))
    assert extract_text(data) == _shown_text(data) == "Le 10 : " + re.sub("<[^>]*>", "", text)
    with pikepdf.open(BytesIO(data)) as pdf:
        maps = [font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()]
    assert all(cmap.count(b"> <0030>") == 2 and b"E030" not in cmap for cmap in maps)


@pytest.mark.parametrize("weights", [("regular",), ("regular", "semibold", "extrabold")])
def test_no_other_weights_are_embedded(weights: tuple[Weight, ...]) -> None:
    """Each weight takes some eight kilobytes of every file."""
    master = Master(fontbook(), LETTERS, ScreenInks({}), {}, weights=weights)
    assert set(re.findall(rb"/BaseFont /\w+\+LeafletText-(\w+)", master.prefix)) == {
        FONT_FILES[weight].removeprefix("LeafletText-").removesuffix(".ttf").encode() for weight in weights
    }


@pytest.mark.parametrize("start", range(0, len(LETTERS), 30))
def test_every_character_of_the_alphabet_is_extracted(start: int) -> None:
    """Each character a build may print maps back to itself."""
    spaced = " ".join("".join(c for c in LETTERS[start : start + 30] if c not in " <>&\"'\u00a0\u202f"))
    assert printed(spaced) == spaced


def test_words_at_line_ends_stay_apart() -> None:
    """The space is in the content itself, so that readers that only follow operators hear two words."""
    text = "Le courriel peut mettre quelques minutes à arriver dans la messagerie professionnelle de chacun. " * 4
    assert printed(text.strip()).split() == text.split()
    assert _shown_text(write(compose_page('<p at="t.xml:3">' + "mot " * 60 + "</p>"))).split() == ["mot"] * 60


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_fonts_of_a_leaflet(theme: str) -> None:
    """Every word of a piece is a word of the extracted text; no font is left to the reader's machine."""
    words = set(extract_text(leaflet_pdf(theme, LONG_NAME)).split())
    for face in leaflet_layout(LONG_NAME, theme).faces:
        for placed in face.placed:
            assert {word for word in placed.piece.text.split() if "//" not in word and "." not in word} <= words
    with pikepdf.open(BytesIO(leaflet_pdf(theme))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor
            assert re.fullmatch(r"/[A-Z]{6}\+LeafletText-\w+", str(font.BaseFont)) and "/ToUnicode" in font
        for page in pdf.pages:
            assert {f.objgen for f in page.Resources.Font.values()} <= {f.objgen for f in fonts}


def _shown_text(data: bytes) -> str:
    """The text of the first page by its operators and ToUnicode maps alone."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        maps = {name: _read_map(font.ToUnicode.read_bytes()) for name, font in page.Resources.Font.items()}
        current: dict[int, str] = {}
        text = ""
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "Tf":
                current = maps[str(operands[0])]
            elif operator in ("Tj", "TJ"):
                parts = [operands[0]] if operator == "Tj" else operands[0]
                text += "".join(current[c] for part in parts if isinstance(part, pikepdf.String) for c in bytes(part))
        return text


def _read_map(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4,8})>\n", cmap)
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs}


def test_a_to_unicode_map_follows_the_rules() -> None:
    """Blocks of 100 entries at most, nothing for unused codes, surrogates beyond the BMP (ISO 32000-1 §9.10.3)."""
    cmap = to_unicode_map([0, *range(0x41, 0x41 + 250), 0x1F5F3, 0])
    counts = [int(count) for count in re.findall(rb"(\d+) beginbfchar", cmap)]
    assert counts == [100, 100, 51]
    assert sum(counts) == len(re.findall(rb"^<[0-9A-F]{2}> <[0-9A-F]{4,8}>$", cmap, re.MULTILINE))
    read = _read_map(cmap)
    assert (read[1], read[251]) == ("A", "🗳") and 0 not in read
    assert 252 not in read
    assert b"<00> <FF>" in cmap


def test_alphabets_of_any_length_and_order() -> None:
    """Beyond 256 characters the next subset has them; the same in another order give the same file."""
    many = LETTERS + "".join(chr(code) for code in range(0xA1, 0x17F) if code != 0xAD)
    text = " ".join(["Ľupčo", "Őszi", "Žďár", "naïve"])
    layout = compose_page(f'<p at="t.xml:3">{text}</p>')
    data = make_writer(letters=many).write(layout).data
    assert extract_text(data) == text
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages[0].Resources.Font) >= 3
    layout = leaflet_layout()
    assert (
        make_writer(letters=LETTERS[::-1]).write(layout).data == make_writer(letters=LETTERS * 2).write(layout).data
    )


@given(st.text(st.sampled_from(LETTERS), max_size=40), st.sampled_from(WEIGHTS))
def test_words_put_together_are_the_text(text: str, weight: Weight) -> None:
    """Made of words or letter by letter, operators are the same; spaces kern with nothing, so widths add up."""
    face = writer()._master.fonts.faces[weight]
    assert face.show(text, "9").partition(b"(")[2].rpartition(b")")[0] == (face._set_word(text) if text else b"")
    face = fontbook().face(weight)
    letters = sum(face.advances[letter] for letter in text)
    assert face.width(text) == letters + sum(face.kerning.get(a + b, 0) for a, b in pairwise(text))
