"""Pages that paint the same are told, packed otherwise without drawing them, or with a letter more in the font."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from leaflet.preflight.compare.differences import Comparison
from tests.preflight.samples import edited
from tests.preflight.support import compare_files, lines, only_page, only_record
from tests.support import LETTERS, compose_page, leaflet_pdf, make_writer

PAGE = '<h1 at="t.xml:3">Élections</h1><p at="t.xml:4">du <strong>29 novembre</strong> au 6 décembre</p>'

REWRITTEN: dict[str, dict[str, Any]] = {
    "compressed again": {"recompress_flate": True},
    "not compressed": {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    "object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "linearised": {"linearize": True},
    "one after the other": {"qdf": True},
}


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(*_: object) -> None:
        raise AssertionError("a page was drawn")

    monkeypatch.setattr("leaflet.preflight.compare.pages_drawn.render_to_scale", draw)
    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", draw)


def page(letters: str = LETTERS, content: str = PAGE) -> bytes:
    return make_writer(letters=letters).write(compose_page(content)).data


def is_same(comparison: Comparison) -> bool:
    """Whether a comparison found the same content in other bytes."""
    assert not comparison.is_different
    return only_record(comparison).status == "same-content"


@pytest.mark.usefixtures("no_drawing")
@pytest.mark.parametrize("way", REWRITTEN)
@pytest.mark.parametrize("theme", ["default", "grey"])
def test_a_file_written_otherwise_is_the_same(tmp_path: Any, way: str, theme: str) -> None:
    old = leaflet_pdf(theme)
    new = edited(old, **REWRITTEN[way])
    assert new != old and is_same(compare_files(tmp_path, old, new))


def test_a_letter_more_in_the_font_is_the_same(tmp_path: Any) -> None:
    """Another alphabet gives each letter another code and both fonts other bytes; pages look and read the same."""
    old, new = page(), page(letters="\x21ÆŁøñ" + LETTERS)
    assert old != new and is_same(compare_files(tmp_path, old, new))


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    fonts = pdf.pages[0].resources.Font
    return next(fonts[name] for name in sorted(fonts.keys()) if "Bold" not in str(fonts[name].BaseFont))


def _code(font: pikepdf.Object, letter: str) -> int:
    """The code of a letter, from the map to characters."""
    text = font.ToUnicode.read_bytes().decode()
    line = next(line for line in text.splitlines() if line.endswith(f"<{ord(letter):04X}>"))
    return int(line[1:3], 16)


def _swap_outline(pdf: pikepdf.Pdf) -> None:
    """Draw n as the font draws u, at the same code, with the same meaning."""
    font = _font(pdf)
    program = font.FontDescriptor.FontFile2
    with TTFont(BytesIO(program.read_bytes())) as file:
        names = file["cmap"].tables[0].cmap
        glyphs = file["glyf"]
        glyphs[names[_code(font, "n")]] = glyphs[names[_code(font, "u")]]
        out = BytesIO()
        file.save(out)
    program.write(out.getvalue())


def test_a_letter_drawn_or_meant_otherwise_is_found(tmp_path: Any) -> None:
    """A glyph that is another under the same codes is found, and a text that is another behind the same picture."""
    old = page(content='<p at="t.xml:4">le 29 novembre</p>')
    change = only_page(compare_files(tmp_path, old, edited(old, _swap_outline)))
    assert change.words == () and len(change.boxes) >= 1

    def change_meaning(pdf: pikepdf.Pdf) -> None:
        text = _font(pdf).ToUnicode.read_bytes()
        assert b"<0039>" in text
        _font(pdf).ToUnicode.write(text.replace(b"<0039>", b"<0038>"))

    change = only_page(compare_files(tmp_path, old, edited(old, change_meaning)))
    assert lines(change) == [("le [29] novembre", "le [28] novembre")] and change.boxes == ()


def _circle(pdf: pikepdf.Pdf) -> None:
    odd = pdf.make_indirect(pikepdf.Dictionary())
    odd["/Again"] = odd
    pdf.pages[0].resources["/Odd"] = odd


def _nest(pdf: pikepdf.Pdf) -> None:
    inner: Any = pikepdf.Array()
    for _ in range(100):
        inner = pikepdf.Array([inner])
    pdf.pages[0].resources["/Odd"] = inner


def test_circles_end_and_nesting_without_end_is_a_fault(tmp_path: Any) -> None:
    """An object that leads back to itself is read once; the same circle is the same content."""
    old = edited(page(), _circle)
    assert is_same(compare_files(tmp_path, old, edited(old, compress_streams=False)))
    comparison = compare_files(tmp_path, edited(page(), _nest), page())
    assert [fault.code for fault in comparison.faults] == ["D103"]
    assert [record.status for record in comparison.records] == ["unreadable"]
