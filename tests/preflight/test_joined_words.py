"""What a screen reader hears where lines end, whichever operators moved to the next one."""

import pikepdf
import pytest

from leaflet.preflight.joined_words import find_joined_words

LETTERS = {"/F": ({code: chr(code) for code in range(32, 127)}, 1)}
WIDE = {"/W": ({0x41: "a", 0x42: "b"}, 2)}


def joined(content: str, letters: dict[str, tuple[dict[int, str], int]] = LETTERS) -> list[tuple[str, str]]:
    with pikepdf.new() as pdf:
        return list(find_joined_words([pikepdf.Stream(pdf, content.encode())], letters))


@pytest.mark.parametrize(
    "move",
    [
        "0 -14 Td",
        "0 -14 TD",
        "14 TL T*",
        "1 0 0 1 72 686 Tm",
        "ET BT 72 686 Td",
        "ET q 1 0 0 1 0 -14 cm BT /F 12 Tf 72 700 Td",
    ],
)
def test_a_line_may_end_in_many_ways(move: str) -> None:
    """Moves, matrices, text objects, the coordinate system of the page."""
    start = "/P << /MCID 0 >> BDC BT /F 12 Tf 72 700 Td (si tu es) Tj "
    assert joined(f"{start}{move} (en ville) Tj ET EMC") == [("es", "en")]
    assert joined(f"{start}( ) Tj {move} (en ville) Tj ET EMC") == []


def test_quotes_show_on_the_next_line() -> None:
    """The operators that are a quotation mark."""
    assert joined("/P << /MCID 0 >> BDC BT /F 12 Tf 14 TL 72 700 Td (un) Tj (deux) ' ET EMC") == [("un", "deux")]


def test_a_raised_figure_is_no_line() -> None:
    """Nor is text that goes on, kerned, on the same line."""
    assert joined("/P << /MCID 0 >> BDC BT /F 12 Tf 72 700 Td (le 1) Tj 9 4 Td (er) Tj [(ju)-9(in)] TJ ET EMC") == []


def test_elements_part_words() -> None:
    """Two marked contents, and what is not marked, are not one text."""
    text = "BT /F 12 Tf 72 700 Td (un) Tj ET"
    lower = "BT /F 12 Tf 72 680 Td (deux) Tj ET"
    assert joined(f"/P << /MCID 0 >> BDC {text} EMC /P << /MCID 1 >> BDC {lower} EMC") == []
    assert joined(f"/Artifact BMC {text} {lower} EMC") == []
    assert joined(f"/P << /MCID 0 >> BDC /Span BMC {text} EMC {lower} EMC") == [("un", "deux")]


def test_codes_of_two_bytes_are_read() -> None:
    """As most programs write them; an unknown code is no word."""
    content = "/P << /MCID 0 >> BDC BT /W 12 Tf 72 700 Td <0041> Tj 0 -14 Td <00420041> Tj 0 -14 Td <0099> Tj ET EMC"
    assert joined(content, WIDE) == [("a", "ba")]
