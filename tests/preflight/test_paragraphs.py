"""Lines and paragraphs as they are seen on a page of two columns."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.pdf.page_reader import read_pages
from leaflet.preflight.pdf.text_lines import find_lines, find_paragraphs
from tests.preflight.samples import FONT, drawn


def columns(canvas: Canvas) -> None:
    """A title, then two columns whose lines are on the same height, then small print."""
    canvas.setFont(FONT, 20)
    canvas.drawString(20 * mm, 270 * mm, "Pour voter")
    canvas.setFont(FONT, 11)
    for number, (left, right) in enumerate([("J’ouvre le portail", "Du 5 au 13"), ("des élections", "novembre")]):
        canvas.drawString(20 * mm, 250 * mm - 14 * number, left)
        canvas.drawString(120 * mm, 250 * mm - 14 * number, right)
    canvas.setFont(FONT, 8)
    canvas.drawString(20 * mm, 250 * mm - 28, "Imprimé par nos soins")


def test_lines_end_where_columns_do() -> None:
    """However a reader joins what is on one height."""
    lines = [line.text for line in find_lines(read_pages(drawn(columns))[0])]
    wanted = ["Pour voter", "J’ouvre le portail", "Du 5 au 13", "des élections", "novembre", "Imprimé par nos soins"]
    assert sorted(lines) == sorted(wanted)


def test_paragraphs_are_lines_of_one_size_below_each_other() -> None:
    def draw(canvas: Canvas) -> None:
        for y, x, size in ((700, 72, 11), (686, 72, 11), (672, 72, 9), (640, 72, 9), (629, 100, 9)):
            canvas.setFont(FONT, size)
            canvas.drawString(x, y, "une ligne de texte")

    found = [len(paragraph) for paragraph in find_paragraphs(read_pages(drawn(draw))[0])]
    assert found == [2, 1, 1, 1]
