"""Rules for content that can be read: operators, resources, forms; and that shared streams are read once."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from leaflet.conformance.pdfx import stream_walker
from leaflet.conformance.pdfx.rules import check_press
from tests.conformance.press_files import CONTENT, Edit, a_form, edited, form, good, paint, relinked, rules_of

BROKEN: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "0 - tokens that do not end": ("0", paint("q (abc")),
    "0 - a resource that is not there": ("0", paint("/Nope Do")),
    "0 - a graphics state that is not there": ("0", paint("/Nope gs")),
    "0 - operands that are missing": ("0", paint("0 0 k")),
    "0 - more restored than saved": ("0", paint("Q Q")),
    "0 - a form that paints itself": ("0", lambda pdf: _recursive(pdf)),
    "0 - more saved than can be": ("0", paint("q " * 300)),
    "0 - no colour space": ("0", paint("/Nope cs")),
    "0 - a group without colour space": ("0", a_form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.Nope))),
}


def _recursive(pdf: pikepdf.Pdf) -> None:
    made = form(pdf, b"/New Do")
    made.Resources = Dictionary(XObject=Dictionary(New=made))
    paint("/New Do", XObject_New=made)(pdf)


FINE: dict[str, Edit] = {
    "0 - operators across streams": lambda pdf: _split(pdf),
}


def _split(pdf: pikepdf.Pdf) -> None:
    """Streams that end between an operator and its operands."""
    parts = [b"q 0 0 0", b" 0.5 k 60 260 5", b" 5 re f Q"]
    pdf.pages[1].obj.Contents = Array([*pdf.pages[1].obj.Contents, *map(pdf.make_stream, parts)])


def _pages_number() -> bytes:
    with pikepdf.open(BytesIO(good(4, True))) as pdf:
        return b"%d 0 R " % pdf.Root.Pages.objgen[0]


def _avalanche(pdf: pikepdf.Pdf) -> None:
    made = form(pdf, b"")
    for _ in range(12):
        content = b"".join(b"q 1 0 0 1 %d 1 cm /New Do Q " % by for by in range(10))
        made = form(pdf, content, Dictionary(XObject=Dictionary(New=made)))
    paint("/New Do", XObject_New=made)(pdf)


def _circle(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.DPartRoot.DPartRootNode
    top.DParts = Array([Array([top, top])])


def _meta_circle(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.make_indirect(Dictionary())
    metadata.A = metadata.B = Array([metadata, metadata])
    pdf.Root.DPartRoot.DPartRootNode.DPM = metadata


def test_shared_streams_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages share streams and forms, each is interpreted once a graphics state."""
    read: list[Any] = []
    parse = stream_walker.read_instructions
    monkeypatch.setattr(
        stream_walker, "read_instructions", lambda stream, **how: read.append(stream.objgen) or parse(stream, **how)
    )
    assert check_press(good(40, True), vt=True) == []
    assert len(read) == len(set(read)) == len(CONTENT) + 1


def test_what_would_never_end_is_a_message() -> None:
    """Forms that paint forms tenfold, a page tree and metadata that lead back to themselves: all come to an end."""
    assert rules_of(check_press(edited(_avalanche))) == {"0"}
    for data in (edited(_circle, vt=True), edited(_meta_circle, vt=True)):
        assert isinstance(check_press(data, vt=True), list)
    tree = good(4, True).replace(b"/Kids [", b"/Kids [ 2 0 R 2 0 R ", 1)
    assert "0" in rules_of(check_press(relinked(tree.replace(b"2 0 R 2 0 R", _pages_number() * 2)), vt=True))
