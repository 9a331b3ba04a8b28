"""What stands on a page is found where it is seen: in forms, on turned pages, in cropped ones."""

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from leaflet.geometry import to_mm
from tests.preflight.samples import FONT, drawn, edited, opened


def card(canvas: Canvas) -> None:
    canvas.setFont(FONT, 12)
    canvas.drawString(10 * mm, 30 * mm, "Adresse :")
    canvas.setLineWidth(0.5)
    canvas.line(40 * mm, 30 * mm, 100 * mm, 30 * mm)
    canvas.drawImage(ImageReader(Image.new("RGB", (100, 50), "navy")), 10 * mm, 40 * mm, 20 * mm, 10 * mm)


def in_a_form(canvas: Canvas) -> None:
    """The card twice, once moved and enlarged, through a form."""
    canvas.beginForm("card")
    card(canvas)
    canvas.endForm()
    canvas.doForm("card")
    canvas.translate(20 * mm, 100 * mm)
    canvas.scale(1.5, 1.5)
    canvas.doForm("card")


def test_what_a_form_holds_is_found_where_it_is_seen() -> None:
    """Writing lines and pictures, moved and enlarged with their form, as print runs have them."""
    found = opened(drawn(in_a_form)).pages[0].evidence
    lines = [(to_mm(line.room.x), to_mm(line.room.bottom), to_mm(line.room.width)) for line in found.writing_lines]
    assert lines[0] == pytest.approx((40, 266.3, 60), abs=0.8)
    assert lines[1] == pytest.approx((80, 151.3, 90), abs=1.2)
    assert [round(image.dpi) for image in found.images] == [127, 85]
    assert to_mm(found.images[1].box.x) == pytest.approx(35, abs=0.2)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_links_and_words_turn_together(degrees: int) -> None:

    def draw(canvas: Canvas) -> None:
        canvas.drawString(50 * mm, 200 * mm, "portail")
        canvas.linkURL("https://www.ac-lyon.fr/", (49 * mm, 198 * mm, 66 * mm, 206 * mm))

    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees
        pdf.pages[0].obj.CropBox = pikepdf.Array([20, 30, 500, 800])

    page = opened(edited(drawn(draw), turn)).pages[0]
    (word,), (link,) = page.evidence.words, page.links
    assert link.box.x < word.box.x < word.box.right < link.box.right
    assert link.box.y < word.box.y < word.box.bottom < link.box.bottom
    turned = degrees in (90, 270)
    assert (page.visible.width > page.visible.height) == turned and (word.box.height > word.box.width) == turned
