"""What is found painted on a page: in forms, under clips, in paths of several lines."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from leaflet.geometry import pt
from leaflet.preflight.pdf.evidence import Evidence
from leaflet.preflight.pdf.page_reader import read_pages
from tests.preflight.cases_images import bitmap
from tests.preflight.samples import drawn

SLACK = 60  # µm: coordinates of PDFium are of single precision, and reportlab writes three digits


def read(draw: Callable[[Canvas], None]) -> Evidence:
    return read_pages(drawn(draw))[0]


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("inner")
    canvas.drawImage(bitmap(200, 100), 0, 0, 20 * mm, 10 * mm)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.translate(5 * mm, 0)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.translate(30 * mm, 100 * mm)
    canvas.scale(2, 2)
    canvas.doForm("outer")


def test_a_picture_in_forms_is_where_they_put_it() -> None:
    """Two forms deep, moved and enlarged: its box and its resolution are those on the page."""
    (image,) = read(in_a_form).images
    sides = (image.box.x, image.box.y, image.box.width, image.box.height)
    assert sides == pytest.approx((40_000, 177_000, 40_000, 20_000), abs=SLACK)
    assert image.dpi == pytest.approx(127, abs=0.5)


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(20 * mm, 20 * mm, 30 * mm, 30 * mm)
    canvas.clipPath(path, stroke=0)
    canvas.drawImage(bitmap(300, 300), -50 * mm, 20 * mm, 300 * mm, 300 * mm)


def test_a_clipped_picture_is_as_large_as_what_is_seen() -> None:
    (image,) = read(clipped).images
    assert (image.box.width, image.box.height) == pytest.approx((30_000, 30_000), abs=SLACK)
    assert image.dpi == pytest.approx(25.4, abs=0.1)


@pytest.mark.parametrize(("mode", "bits"), [("1", 1), ("L", 8), ("RGB", 24)])
def test_the_bits_of_a_pixel_are_reported(mode: str, bits: int) -> None:
    """Line art needs more pixels than a photograph."""
    stored = BytesIO()
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    space = pikepdf.Name.DeviceRGB if mode == "RGB" else pikepdf.Name.DeviceGray
    picture = pikepdf.Stream(pdf, Image.new(mode, (16, 16)).tobytes())
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "ColorSpace": space}
    picture.stream_dict = pikepdf.Dictionary(**kind, Width=16, Height=16, BitsPerComponent=1 if mode == "1" else 8)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    page.contents_add(b"100 0 0 100 50 50 cm /P Do")
    pdf.save(stored)
    (image,) = read_pages(stored.getvalue())[0].images
    assert image.bits == bits


def test_lines_of_one_path_are_kept_apart() -> None:
    """Crop marks are often one path; slanting lines and curves are no rules."""

    def draw(canvas: Canvas) -> None:
        canvas.lines([(10 * mm, 0, 10 * mm, 5 * mm), (0, 20 * mm, 8 * mm, 20 * mm), (0, 0, 50 * mm, 50 * mm)])
        canvas.circle(100 * mm, 100 * mm, 20 * mm)

    places = [place for rule in read(draw).rules for place in (rule.x, rule.y)]
    assert places == pytest.approx([10_000, 292_000, 0, 277_000], abs=SLACK)


def test_text_set_on_its_side_is_reported() -> None:
    """The angle of a word, clockwise; its size is that of its type."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(50 * mm, -50 * mm, "debout")

    (word,) = read(draw).words
    assert (word.angle, word.size) == (270, 12) and word.box.height > word.box.width > pt(8)
