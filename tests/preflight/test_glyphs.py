"""From a code to a glyph, as a printer goes: what is drawn, what is blank, what is missing."""

from collections.abc import Callable, Iterator

import pikepdf
import pytest

from leaflet.preflight.cmaps import parse_cid_map, parse_unicode_map
from leaflet.preflight.fonts import read_font
from leaflet.preflight.glyphs import find_missing, read_codes, read_glyphs
from tests.preflight.made_fonts import cff, composite, simple, truetype

WIN = pikepdf.Name.WinAnsiEncoding
CID_MAP = b"1 begincidrange <0041> <0042> 2 endcidrange 1 begincidchar <0050> 9 endcidchar"


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    """A file that lives as long as a test: its objects die with it."""
    with pikepdf.new() as made:
        yield made


def missing(font: pikepdf.Dictionary, *strings: bytes) -> list[int]:
    """The codes of strings that a font does not draw."""
    return [found.code for found in find_missing("Essai", font, frozenset(strings), read_glyphs(font))]


@pytest.mark.parametrize("make", [truetype, cff])
def test_codes_of_an_encoding_are_names(make: Callable[[], bytes], pdf: pikepdf.Pdf) -> None:
    """A space has no outline, and none is missed; b is not in the font."""
    font = simple(pdf, make(), encoding=WIN)
    assert missing(font, b"a \xe9\xa0", b"ab") == [98]


@pytest.mark.parametrize("make", [truetype, cff])
def test_differences_name_single_codes(make: Callable[[], bytes], pdf: pikepdf.Pdf) -> None:
    """As Ghostscript writes them."""
    differences = pikepdf.Array([1, pikepdf.Name.a, pikepdf.Name.eacute, 9, pikepdf.Name.b])
    font = simple(pdf, make(), encoding=pikepdf.Dictionary(Differences=differences))
    assert missing(font, b"\1\2\x09") == [9]


def test_a_symbolic_font_has_codes_of_its_own(pdf: pikepdf.Pdf) -> None:
    """Without an encoding the program's own map counts."""
    font = simple(pdf, truetype(), flags=4)
    assert missing(font, b"a\xe9b") == [98]


@pytest.mark.parametrize("make", [truetype, cff])
def test_codes_of_two_bytes_are_numbers_of_glyphs(make: Callable[[], bytes], pdf: pikepdf.Pdf) -> None:
    """Number 0 is the box, and beyond the last there is none."""
    font = composite(pdf, make())
    assert missing(font, b"\0\2\0\3", b"\0\0", b"\0\x07") == [0, 7]


def test_a_map_of_the_file_leads_to_numbers(pdf: pikepdf.Pdf) -> None:
    """From codes to CIDs, from CIDs to glyphs."""
    numbers = bytes.fromhex("0000 0000 0003 0000 0002".replace(" ", ""))
    assert missing(composite(pdf, truetype(), numbers=numbers), b"\0\1\0\2\0\3\0\4") == [1, 3]
    assert missing(composite(pdf, truetype(), encoding=CID_MAP), b"\0A\0B\0P\0Z") == [80, 90]


def test_a_letter_without_outline_is_missing_if_it_is_one(pdf: pikepdf.Pdf) -> None:
    """A blank that the file calls a letter prints as nothing; one that it calls a space is a space."""
    font = composite(pdf, truetype())
    font.ToUnicode = pikepdf.Stream(pdf, b"1 beginbfchar <0001> <0078> endbfchar")
    assert missing(font, b"\0\1") == [1]
    font.ToUnicode = pikepdf.Stream(pdf, b"1 beginbfchar <0001> <0020> endbfchar")
    assert missing(font, b"\0\1") == []


def test_what_cannot_be_read_is_not_missing(pdf: pikepdf.Pdf) -> None:
    """A damaged program, none at all: another rule tells."""
    assert missing(simple(pdf, b"\0\1\0\0 damaged"), b"abc") == []
    bare = simple(pdf, truetype())
    del bare.FontDescriptor.FontFile2
    assert missing(bare, b"abc") == []
    assert missing(composite(pdf, b"damaged"), b"abcd") == []


def test_invisible_text_draws_nothing(pdf: pikepdf.Pdf) -> None:
    """The words under a scanned page are in a font without outlines; fonts and modes come back with Q."""
    content = b"BT /A 9 Tf (a) Tj q 3 Tr /B 9 Tf (b) Tj Q [(c) -20 (d)] TJ (e) ' 1 2 (f) \" ET"
    assert read_codes(pikepdf.Stream(pdf, content)) == {"/A": frozenset([b"a", b"c", b"d", b"e", b"f"])}


def test_maps_are_read() -> None:
    """Single codes, ranges, ranges with lists, letters beyond the first plane, ligatures."""
    data = b"""2 beginbfchar <01> <0041> <02> <D83DDDF3> endbfchar
    3 beginbfrange <10> <12> <0061> <20> <21> [<0066 0069> <00e9>] <30> <2f> <0000> endbfrange"""
    assert parse_unicode_map(data) == {1: "A", 2: "🗳", 16: "a", 17: "b", 18: "c", 32: "fi", 33: "é"}
    assert parse_cid_map(CID_MAP) == {0x41: 2, 0x42: 3, 0x50: 9}


@pytest.mark.parametrize(
    ("bits", "restricted", "misused"),
    [(0, False, False), (2, True, False), (4, False, False), (8, False, False), (6, False, False),
     (0x100, False, True), (0x108, False, True), (0x200, False, True)],
)  # fmt: skip
def test_licences_are_read_from_the_program(bits: int, restricted: bool, misused: bool, pdf: pikepdf.Pdf) -> None:
    """Restricted only if nothing weaker is allowed; no subset, no outlines."""
    font = read_font(simple(pdf, truetype(fsType=bits), encoding=WIN))
    assert (font.is_restricted, font.is_misused, font.licence) == (restricted, misused, bits)


def test_a_font_is_known_by_what_the_file_says(pdf: pikepdf.Pdf) -> None:
    """Name without prefix, kind, whether its codes are characters."""
    font = read_font(simple(pdf, truetype(), encoding=WIN))
    assert (font.name, font.kind, font.is_embedded, font.is_subset, font.is_readable) == (
        "Essai",
        "TrueType",
        True,
        True,
        True,
    )
    assert not read_font(simple(pdf, truetype(), flags=4)).is_readable
    assert not read_font(composite(pdf, truetype())).is_readable
    assert read_font(simple(pdf, cff(), encoding=WIN)).licence is None
