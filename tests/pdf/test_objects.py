"""PDF syntax: what is written as bytes is read back as the same value."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.geometry import Box, mm, to_pt
from leaflet.pdf.objects import INDIRECT, length, number, rectangle, ref, stream, string


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *((0, "0"), (-0.0001, "0"), (1, "1"), (1.5, "1.5"), (-2.25, "-2.25"), (0.1234, "0.123"), (100, "100")),
        *((1e6, "1000000"), (9.996, "9.996"), (9.9996, "10")),
    ],
)
def test_numbers_are_short_decimals(value: float, written: str) -> None:
    """Numbers have three decimals at most, no exponent and no useless zeros (ISO 32000-1 §7.3.3)."""
    assert number(value) == written


@given(st.integers(-2_000_000, 2_000_000))
def test_lengths_are_exact_to_half_a_thousandth(um: int) -> None:
    """A length in µm becomes points with an error no printer sees."""
    assert abs(float(length(um)) - to_pt(um)) <= 0.0005


@pytest.mark.parametrize(
    "text",
    [
        *("", "Lycée", "(a", "a)", "((a)) \\", "\\(", "a\rb", "a\nb", "\ta", "œŒÿ€ « » ’ –", "\u202f\u00a0", "🗳"),
        *("þÿ", "ÿþ", "<FEFF>", "\x7f", "\u2028"),
    ],
)
def test_strings_come_back_as_they_were(text: str) -> None:
    """Parentheses, backslashes, line ends and everything beyond ASCII survive (ISO 32000-1 §7.9.2.2)."""
    assert str(pikepdf.Object.parse(string(text))) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_string_comes_back_as_it_was(text: str) -> None:
    assert str(pikepdf.Object.parse(string(text))) == text


def read_back(body: bytes) -> tuple[bytes, str]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> /Test 4 0 R >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, body]
    data = bytearray(b"%PDF-1.7\n")
    offsets = []
    for count, item in enumerate(objects, 1):
        offsets.append(len(data))
        data += INDIRECT % (count, item)
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size 5 /Root %b >>\nstartxref\n%d\n%%%%EOF\n" % (ref(1), start)
    with pikepdf.open(BytesIO(bytes(data)), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []
        found = pdf.get_object(4, 0)
        assert isinstance(found, pikepdf.Stream)
        return found.read_bytes(), str(found.Kind)


@pytest.mark.parametrize(
    "content", [b"", b"\r", b"\n", b"a\r", b"a\r\n", b"a\n", b"endstream", b"\r" * 2000, bytes(range(256)) * 9]
)
@pytest.mark.parametrize("compress", [True, False])
def test_streams_keep_every_byte(content: bytes, compress: bool) -> None:
    """Data that end in a carriage return or hold « endstream » are read back whole (ISO 32000-1 §7.3.8)."""
    assert read_back(stream(content, b"/Kind /Test ", compress=compress)) == (content, "/Test")


def test_streams_and_rectangles() -> None:
    """Length counts the data alone (ISO 19005-2 §6.1.7.1); a page's origin is its lower left corner (§7.9.5)."""
    body = stream(b"q Q", compress=False)
    assert b"/Length 3 " in body and body.endswith(b"stream\nq Q\r\nendstream")
    packed = stream(b"q Q" * 1000)
    data = packed.split(b"stream\n", 1)[1].removesuffix(b"\r\nendstream")
    assert b"/Length %d " % len(data) in packed and zlib.decompress(data) == b"q Q" * 1000
    left, lower, right, upper = (
        float(v) for v in pikepdf.Object.parse(rectangle(Box(mm(10), mm(20), mm(30), mm(40)), mm(297)))
    )
    assert (left, upper) == pytest.approx((to_pt(mm(10)), to_pt(mm(277))), abs=0.001)
    assert (right, lower) == pytest.approx((to_pt(mm(40)), to_pt(mm(237))), abs=0.001)
