"""Pictures too coarse, and pictures just fine enough."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import qrcode
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import Case, Cases, Sample, drawn, edited


def bitmap(width: int, height: int) -> ImageReader:
    """A picture with two halves, so that it is no plain fill."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("navy", (0, 0, width // 2, height))
    return readable(picture)


def readable(picture: Image.Image) -> ImageReader:
    stored = BytesIO()
    picture.save(stored, "PNG")
    return ImageReader(stored)


def shown(picture: ImageReader, *, side: float = 25.4, x: float = 30) -> Callable[[], bytes]:
    """A page with a picture as wide and as high as `side`, in mm."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture, x * mm, 100 * mm, side * mm, side * mm)

    return lambda: drawn(draw)


def line_art(pixels: int, side: float) -> bytes:
    def put(pdf: pikepdf.Pdf) -> None:
        picture = pikepdf.Stream(pdf, Image.new("1", (pixels, pixels), 1).tobytes())
        for key, value in {"Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceGray}.items():
            picture[f"/{key}"] = value
        for key, number in {"Width": pixels, "Height": pixels, "BitsPerComponent": 1}.items():
            picture[f"/{key}"] = number
        page = pdf.pages[0]
        page.obj.Resources.XObject = pikepdf.Dictionary(Art=picture)
        page.contents_add(b"q %f 0 0 %f 90 300 cm /Art Do Q" % (side * mm, side * mm))

    return edited(drawn(lambda canvas: canvas.drawString(72, 700, "Je vote.")), put)


def code() -> ImageReader:
    made = qrcode.QRCode(border=4, box_size=1)
    made.add_data("https://elections2018.education.gouv.fr/")
    return readable(made.make_image().get_image())


CASES: Cases = {
    "K551": Case(broken=Sample("100 pixels an inch", shown(bitmap(100, 100))),
                 near=Sample("a QR code of one pixel a module", shown(code(), side=40))),
    "K552": Case(broken=Sample("line art of 400 pixels an inch", lambda: line_art(400, 25.4)),
                 near=Sample("a photograph of 221 pixels an inch", shown(bitmap(221, 221)))),
    "K553": Case(broken=Sample("a picture 10 mm beyond the edge", shown(bitmap(400, 400), x=210 - 15.4)),
                 near=Sample("a picture 3 mm beyond the edge", shown(bitmap(400, 400), x=-3))),
}  # fmt: skip
