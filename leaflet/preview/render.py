"""Pages of a finished file as pictures, drawn by PDFium as most browsers do."""

import hashlib
from io import BytesIO

import pypdfium2
from msgspec import Struct

from leaflet.units import PT_PER_INCH

_COMPRESSION = 1  # of 9: the others take twice as long for a tenth less


class Picture(Struct, frozen=True, kw_only=True):
    """One page as a PNG.

    Args:
        number: of the page, from 1.
        key: names the picture by its content.
        width_px, height_px: of the picture.
    """

    number: int
    data: bytes
    key: str
    width_px: int
    height_px: int


def draw_pages(data: bytes, dpi: int, most: int | None = None) -> tuple[Picture, ...]:
    """The first pages of a PDF file, `most` of them at most, in `dpi` dots per inch."""
    document = pypdfium2.PdfDocument(data)
    try:
        count = len(document) if most is None else min(most, len(document))
        return tuple(_draw(document, number, dpi) for number in range(count))
    finally:
        document.close()


def _draw(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Picture:
    image = document[number].render(scale=dpi / PT_PER_INCH).to_pil()
    out = BytesIO()
    image.save(out, "PNG", compress_level=_COMPRESSION)
    data = out.getvalue()
    return Picture(
        number=number + 1,
        data=data,
        key=hashlib.sha256(data).hexdigest()[:24],
        width_px=image.width,
        height_px=image.height,
    )
