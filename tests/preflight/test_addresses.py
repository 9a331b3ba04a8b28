"""Addresses are found in the text of a page as a reader finds them."""

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.pdf.page_reader import read_pages
from leaflet.preflight.pdf.web_addresses import find_addresses, find_host, shorten_address
from tests.preflight.samples import drawn, written
from tests.support import tables_of


def addresses(data: bytes) -> list[str]:
    return [address.text for address in find_addresses(read_pages(data)[0])]


@pytest.mark.parametrize(("lines", "wanted"), tables_of(__file__)["addresses"])
def test_addresses_in_text(lines: tuple[str, ...], wanted: list[str]) -> None:
    """With or without https, in brackets, at the end of a sentence, broken at the end of a line."""
    assert addresses(written(*lines, pitch=5)) == wanted


def test_a_sentence_does_not_go_on_in_an_address() -> None:
    """A full stop above an address in other type ends a sentence; no half of a mail address is a site."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(20 * mm, 250 * mm, "mot de passe ou NUMEN.")
        canvas.setFont("Helvetica", 9.5)
        canvas.drawString(50 * mm, 245 * mm, "vote2026.education.gouv.fr")
        canvas.drawString(50 * mm, 235 * mm, "basile.cerisier.pro")
        canvas.drawString(50 * mm, 231 * mm, "@ac-lyon.fr")

    assert addresses(drawn(draw)) == ["vote2026.education.gouv.fr"]


def test_a_sentence_may_end_above_an_address() -> None:
    """In the same type nobody knows whether it goes on: both readings are kept."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20 * mm, 250 * mm, "Je vote du 1er au 8 décembre.")
        canvas.drawString(20 * mm, 245 * mm, "vote-2026.education.gouv.fr")
        canvas.drawString(20 * mm, 235 * mm, "vote2026.")
        canvas.drawString(20 * mm, 231 * mm, "education.gouv.fr")

    one, two = find_addresses(read_pages(drawn(draw))[0])
    assert one.readings >= {"vote-2026.education.gouv.fr"}
    assert two.readings >= {"vote2026.education.gouv.fr", "education.gouv.fr"}


@pytest.mark.parametrize("is_below", [True, False])
def test_an_address_head_down(is_below: bool) -> None:
    """An address is found on a page that stands on its head: in two lines, or in one that is set in two weights."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(210 * mm, 297 * mm)
        canvas.rotate(180)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(20 * mm, 250 * mm, "vote2026.")
        right = 20 * mm + canvas.stringWidth("vote2026.", "Helvetica", 10)
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(*((20 * mm, 246 * mm) if is_below else (right, 250 * mm)), "education.gouv.fr")

    assert addresses(drawn(draw)) == ["vote2026.education.gouv.fr"]


def test_far_lines_are_not_one_address() -> None:
    """What begins with a dot elsewhere on the page goes on with nothing."""
    assert addresses(written("www.ac-lyon.fr", ".education.gouv.fr", pitch=50)) == ["www.ac-lyon.fr"]


@pytest.mark.parametrize("address", ["https://www.ac-lyon.fr/", "HTTP://WWW.AC-LYON.FR", "ac-lyon.fr", "Ac-Lyon.fr/"])
def test_plain_addresses_are_compared(address: str) -> None:
    """Scheme, www, last slash and case of the host do not count; a site may tell /Voter from /voter."""
    assert shorten_address(address) == "ac-lyon.fr" and find_host(address).removeprefix("www.") == "ac-lyon.fr"
    assert shorten_address("https://AC-Lyon.fr/Voter/") == "ac-lyon.fr/Voter"
