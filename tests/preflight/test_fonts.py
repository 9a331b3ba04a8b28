"""Fonts of a file: what kind they are, what their licence allows, and which of them a page shows words in."""

from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.judge import Judge
from leaflet.preflight.rules.check_fonts import Font, read_font
from tests.preflight.cases_fonts import TEXT, fonts_of, licensed, unexplained, with_fonts
from tests.preflight.samples import CONTEXT, FONT, codes_of, drawn, edited, written


def read(data: bytes) -> Font:
    """What is read of the only font that has a program."""
    with pikepdf.open(BytesIO(data)) as pdf:
        (font,) = fonts_of(pdf)
        return read_font(font)


@pytest.mark.parametrize(
    ("bits", "misused"),
    [(0, False), (2, True), (4, False), (8, False), (6, False), (0x100, True), (0x108, True), (0x200, True)],
)
def test_licences_are_read_from_the_program(bits: int, misused: bool) -> None:
    """Restricted only if nothing weaker is allowed; no subset, no outlines."""
    font = read(with_fonts(licensed(bits))())
    assert (font.is_misused, font.licence) == (misused, bits)


def test_a_font_is_known_by_what_the_file_says() -> None:
    font = read(written(TEXT))
    assert (font.name, font.kind, font.is_embedded, font.is_subset) == ("LeafletText-Regular", "TrueType", True, True)
    assert font.is_readable


@pytest.mark.parametrize(
    ("kind", "encoding", "flags", "is_readable"),
    [("TrueType", "WinAnsiEncoding", 32, True), ("TrueType", "WinAnsiEncoding", 4, False),
     ("Type0", "Identity-H", 4, False), ("Type0", "UniJIS-UTF16-H", 4, True), ("Type1", None, 32, True)],
)  # fmt: skip
def test_codes_are_characters_or_not(kind: str, encoding: str | None, flags: int, is_readable: bool) -> None:
    """A common encoding says it where the font has no symbols of its own; glyph numbers say nothing."""

    def change(pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
        unexplained(pdf, font)
        font.Subtype, font.FontDescriptor.Flags = pikepdf.Name(f"/{kind}"), flags
        if encoding is not None:
            font.Encoding = pikepdf.Name(f"/{encoding}")

    assert read(with_fonts(change)()).is_readable == is_readable


def test_arial_that_is_not_embedded_is_told_whatever_stands_for_it() -> None:
    """PDFium shows it as Helvetica."""

    def rename(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].obj.Resources.Font.values():
            font.BaseFont = pikepdf.Name.ArialMT

    faults = Judge(CONTEXT).judge_bytes(edited(written(TEXT, font="Helvetica"), rename), "a.pdf").faults
    assert [fault.values["font"] for fault in faults if fault.code == "K601"] == ["ArialMT"]


@pytest.mark.parametrize(("mode", "told"), [(0, True), (3, False)])
def test_a_font_of_invisible_words_harms_nobody(mode: int, told: bool) -> None:
    """The words under a scanned page are in a font that nothing is printed in; those of a form are seen."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("line")
        text = canvas.beginText(72, 600)
        text.setFont("Courier", 12)
        text.setTextRenderMode(mode)
        text.textLine(TEXT)
        canvas.drawText(text)
        canvas.endForm()
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 700, TEXT)
        canvas.doForm("line")

    assert ("K601" in codes_of(drawn(draw))) == told
