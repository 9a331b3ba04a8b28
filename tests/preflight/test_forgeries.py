"""Forged files are found, whatever was changed; files that were only saved again are not taken for them."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest

from leaflet.preflight.judge import Judge
from tests.groups import with_drills
from tests.preflight.forgeries import FORGERIES, forge, save_again
from tests.preflight.samples import CONTEXT
from tests.support import leaflet_pdf, tables_of

# What only the campaign knows: nothing that the file shows contradicts it.
UNKNOWABLE = {
    *("other_hour_everywhere", "other_postcode", "other_contact", "other_title", "swap_glyphs"),
    *("lie_to_screen_readers", "lie_by_actual_text", "say_another_hour", "say_another_day"),
}


@cache
def judge() -> Judge:
    """One judge for all: what files share is read once."""
    return Judge(CONTEXT)


def errors(data: bytes, *, expected: bytes | None = None) -> set[str]:
    """The codes of errors in a file; that of an election which is over is not its forger's."""
    faults = judge().judge_bytes(data, "a.pdf", expected=expected).faults
    return {fault.code for fault in faults if fault.severity == "error"}


def test_the_leaflet_itself_has_no_error() -> None:
    """Else the tests below would find it everywhere."""
    assert errors(leaflet_pdf()) == set()


@pytest.mark.parametrize("kind", with_drills([*FORGERIES][::5], sorted({*FORGERIES} - {*[*FORGERIES][::5]})))
def test_a_forgery_is_an_error(kind: str) -> None:
    assert errors(forge(leaflet_pdf(), kind, 1), expected=leaflet_pdf()) & {"K010", "K011", "K012"}


@pytest.mark.drill
@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forgery_is_an_error_without_the_campaign(kind: str) -> None:
    assert errors(forge(leaflet_pdf(), kind, 1))


@pytest.mark.drill
@pytest.mark.parametrize("kind", sorted(FORGERIES.keys() - UNKNOWABLE))
def test_a_forgery_without_any_mark_is_an_error(kind: str) -> None:
    """Where nothing says that leaflet made the file, what is seen contradicts what is read."""
    assert errors(forge(leaflet_pdf(), kind, 1, signed=False))


TOLD = tables_of(__file__)["told"]


@pytest.mark.parametrize("kind", TOLD)
@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.drill)])
def test_what_is_told_of_a_forgery(kind: str, number: int) -> None:
    """The rule that looks for a forgery tells it, without the campaign and without any mark of the program."""
    assert set(TOLD[kind].split()) & errors(forge(leaflet_pdf(), kind, number, signed=False))


def test_another_file_before_the_beginning() -> None:
    """A file that begins as HTML is refused; white space and a byte order mark before the PDF are not."""
    data = save_again(leaflet_pdf(), 0)
    assert "K001" in errors(b"<script>alert(1)</script><!--" + data)
    assert "K001" not in errors(b"\xef\xbb\xbf\r\n" + data)


def test_a_page_with_two_contents() -> None:
    """A page with two entries /Contents is refused, for readers differ in which they take; the next file is not."""
    data = save_again(leaflet_pdf(), 0)
    twice = data.replace(b"/Contents [", b"/Contents 1 0 R /Contents [", 1)
    faults = judge().judge_bytes(twice, "a.pdf").faults
    assert any(fault.code == "K001" and "duplicated key" in fault.reason("en") for fault in faults)
    assert errors(data) == {"K006"}


@pytest.mark.parametrize("number", range(5))
def test_a_file_that_was_saved_again(number: int) -> None:
    """With the campaign nothing is wrong with it; without, nobody can tell."""
    data = save_again(leaflet_pdf(), number)
    assert errors(data, expected=leaflet_pdf()) == set() and errors(data) == {"K006"}


def test_a_stream_that_ends_with_a_carriage_return() -> None:
    """A stream has the length it says, also if its last byte looks like a part of the line end behind it."""
    with pikepdf.open(BytesIO(leaflet_pdf())) as pdf:
        stream = pdf.pages[0].Contents[0]
        stream.write(stream.read_bytes() + b"\r")
        pdf.save(out := BytesIO(), compress_streams=False)
    assert b"\r\nendstream" in out.getvalue() and not errors(out.getvalue()) & {"K001", "K702"}
