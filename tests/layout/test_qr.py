"""QR symbols hold the address and nothing else; two decoders agree."""

import cv2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.layout.qr_matrix import QUIET_ZONE, Level, make_matrix
from tests.decoding import find_codes
from tests.support import render_matrix

HOST = "https://www.elections2018.education.gouv.fr/"


def address(length: int) -> str:
    if length <= len(HOST):
        return ("https://" + "abcdefghijklmnopqrstuvwxyz"[: length - 12].ljust(length - 12, "z") + ".fr/")[:length]
    return (HOST + "espace-electeur/Accueil?Etape=2&Langue=fr/" * 4)[:length]


@pytest.mark.parametrize("level", ["M", "Q"])
@pytest.mark.parametrize("length", range(20, 151, 10))
def test_two_decoders_read_the_address(length: int, level: Level) -> None:
    """An address of 20 to 150 bytes is decoded to the letter by zxing-cpp and by OpenCV."""
    href = address(length)
    assert len(href) == length
    rows = make_matrix(href, level).rows
    (found,) = find_codes(render_matrix(rows))
    assert (found.text, found.ec_level) == (href, level)
    # OpenCV's detector now and then takes data for a finder pattern at one size of picture; two sizes are tried
    pictures = (render_matrix(rows, pixels=pixels) for pixels in (3, 4))
    assert any(cv2.QRCodeDetector().detectAndDecode(picture)[0] == href for picture in pictures)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=80))
@settings(max_examples=25)
def test_any_address_is_held_byte_by_byte(tail: str) -> None:
    (found,) = find_codes(render_matrix(make_matrix(HOST + tail, "M").rows))
    assert found.text == HOST + tail


@pytest.mark.parametrize("level", ["M", "Q"])
def test_a_symbol_is_a_square_of_a_known_version(level: Level) -> None:
    """Rows are as long as they are many: 4 · version + 17; longer addresses never take fewer."""
    sizes = [make_matrix(address(length), level).size for length in range(20, 151, 10)]
    assert all((size - 17) % 4 == 0 for size in sizes) and sizes == sorted(sizes)
    matrix = make_matrix(HOST, level)
    assert {len(row) for row in matrix.rows} == {matrix.size} and set("".join(matrix.rows)) == {"0", "1"}


def test_the_matrix_has_no_quiet_zone_of_its_own() -> None:
    """The finder patterns touch the edges: the quiet zone is the layout's business."""
    rows = make_matrix(HOST, "Q").rows
    assert rows[0].startswith("1111111") and rows[-1].startswith("1111111")
    assert QUIET_ZONE == 4
