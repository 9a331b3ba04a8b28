"""What is found on a page, whatever it is drawn with, and that reading by pieces is reading the page."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from qrcode import QRCode
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.compare.content import UPWARDS, FileDigests
from leaflet.preflight.pdf.evidence import Evidence, join_evidence
from leaflet.preflight.pdf.page_pieces import Memory, contents_of
from leaflet.preflight.pdf.page_reader import read_pages
from tests.preflight.samples import FONT, Sample, drawn, edited
from tests.support import leaflet_pdf, tables_of

ADDRESS = "https://www.education.gouv.fr/"
MODULE = 0.8 * mm


def matrix() -> list[list[bool]]:
    code = QRCode(border=0)
    code.add_data(ADDRESS)
    return code.get_matrix()


def as_squares(canvas: Canvas) -> None:
    for y, row in enumerate(matrix()):
        for x, is_dark in enumerate(row):
            if is_dark:
                canvas.rect(40 * mm + x * MODULE, 200 * mm - y * MODULE, MODULE, MODULE, stroke=0, fill=1)


def as_one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for y, row in enumerate(matrix()):
        for x, is_dark in enumerate(row):
            if is_dark:
                path.rect(40 * mm + x * MODULE, 200 * mm - y * MODULE, MODULE, MODULE)
    canvas.drawPath(path, stroke=0, fill=1)


def as_picture(canvas: Canvas) -> None:
    pixels = np.where(np.pad(np.array(matrix()), 4), 0, 255).astype(np.uint8).repeat(8, 0).repeat(8, 1)
    canvas.drawImage(ImageReader(Image.fromarray(pixels)), 40 * mm, 180 * mm, 33 * mm, 33 * mm)


def as_form(canvas: Canvas) -> None:
    canvas.beginForm("code")
    as_one_path(canvas)
    canvas.endForm()
    canvas.doForm("code")


@pytest.mark.parametrize("draw", [as_squares, as_one_path, as_picture, as_form])
def test_a_code_is_found_however_it_is_drawn(draw) -> None:
    """Pieces without anything a code can be made of are not searched; all others are."""
    found = read_pages(drawn(draw))[0]
    assert [code.text for code in found.codes] == [ADDRESS] and found.codes[0].survives


def test_contrast_is_measured_where_a_word_is_seen() -> None:
    """Also on a page that is shown turned."""

    def on_black(canvas: Canvas) -> None:
        canvas.rect(50, 690, 300, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(72, 700, "blanc")

    for degrees in (0, 90, 180, 270):
        turned = edited(drawn(on_black), lambda pdf, degrees=degrees: pdf.pages[0].rotate(degrees, relative=False))
        assert [word.contrast for word in read_pages(turned)[0].words] == [21]


def test_a_page_of_ten_metres_is_not_rendered_in_full() -> None:
    """A picture of it at 200 dpi would be nineteen gigabytes."""
    data = drawn(lambda canvas: canvas.rect(0, 0, 28000, 28000), width=28000, height=28000)
    (found,) = read_pages(data)
    assert (found.words, found.codes, len(found.rules)) == ((), (), 4)


def in_marks(operators: str) -> bytes:
    """A file of another program with these operators around and behind a line of 4 points."""

    def draw(canvas: Canvas) -> None:
        before, after = operators.split("…")
        canvas.setFont(FONT, 4)
        canvas._code.append(before)
        canvas.drawString(72, 700, "minuscule")
        canvas._code.append(after)

    return drawn(draw)


@pytest.mark.parametrize(("operators", "codes"), tables_of(__file__)["marks"])
def test_small_type_in_a_picture_is_a_picture(operators: str, codes: list[str], tmp_path: Path) -> None:
    """What it says, its alternative text says; beside the picture the same line is too small."""
    sample = Sample("4 pt", lambda: in_marks(operators))
    found = [fault.code for fault in sample.judged(tmp_path) if fault.code in ("K503", "K504")]
    assert found == codes


def page_of(data: bytes, memory: Memory, number: int = 0) -> Evidence:
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[number]
        read = memory.read(pdf, page, contents_of(page, FileDigests(UPWARDS, is_packed=True), memory))
        return join_evidence([found for _, found in read])


def test_pieces_read_apart_are_the_page() -> None:
    """Words with their lines, codes and writing lines are those of the page read whole, first and second time."""
    memory = Memory()
    for number, whole in enumerate(read_pages(leaflet_pdf())):
        first, again = page_of(leaflet_pdf(), memory, number), page_of(leaflet_pdf(), memory, number)
        assert first == again and first.text.split() == whole.text.split()
        assert [word.line for word in first.words] == sorted(word.line for word in first.words)
        assert len({word.line for word in first.words}) == first.words[-1].line + 1
        assert [code.text for code in first.codes] == [code.text for code in whole.codes]
        assert len(first.writing_lines) == len(whole.writing_lines)


def test_the_order_of_pieces_is_that_of_the_page() -> None:
    """Also when some of them were read before, with another page."""
    memory = Memory()
    streams = [
        b"q BT /F1 12 Tf 72 %d Td (%b) Tj ET Q" % (700 - 50 * at, word) for at, word in enumerate((b"un", b"deux"))
    ]

    def set_streams(chosen: list[bytes]) -> bytes:
        def edit(pdf: pikepdf.Pdf) -> None:
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Times)
            pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            pdf.pages[0].obj.Contents = pikepdf.Array([pdf.make_stream(stream) for stream in chosen])

        return edited(drawn(lambda canvas: None), edit)

    assert page_of(set_streams([streams[1], b"q Q"]), memory).text == "deux"
    assert page_of(set_streams(streams), memory).text == "un\ndeux"
