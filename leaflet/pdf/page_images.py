"""Pages of PDF files as pictures, drawn by PDFium as most browsers do.

A picture is a raster, which needs no other library; where finished files are judged, a Pillow image or a NumPy
array. All have memory of their own, so they outlive the page.
"""

from math import floor
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from leaflet.files.raster import Raster
from leaflet.geometry import PT_PER_INCH, Box, to_pt

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL.Image import Image


PDFIUM = RLock()  # held by who uses PDFium where other threads may: made for one at a time, it ends the process else
_WHITE = (255, 255, 255, 255)
_CLEAR = (255, 255, 255, 0)


class Margins(NamedTuple):
    """Whole pixels that are cut off the picture of a page, on each side of the page as it is seen."""

    left: int
    bottom: int
    right: int
    top: int


WHOLE_PAGE = Margins(0, 0, 0, 0)


def margins_around(page: pypdfium2.PdfPage, box: Box, dpi: int) -> Margins:
    """Return the margins that leave a box of a page, grown to whole pixels."""
    scale, (width, height) = dpi / PT_PER_INCH, page.get_size()
    sides = to_pt(box.x), height - to_pt(box.bottom), width - to_pt(box.right), to_pt(box.y)
    left, bottom, right, top = (max(floor(side * scale), 0) for side in sides)
    return Margins(left, bottom, right, top)


def render_raster(
    page: pypdfium2.PdfPage,
    scale: float,
    margins: Margins = WHOLE_PAGE,
    *,
    is_clear: bool = False,
    is_grey: bool = False,
) -> Raster:
    """Draw a page or a part of it in colours (RGB); see `render_image`.

    With `is_clear` it has transparency (RGBA), and is clear where nothing is; as grey it takes a tenth of the time.
    """
    bitmap = _render(page, scale, margins, is_grey=is_grey, fill_color=_CLEAR if is_clear else _WHITE)
    return Raster(bitmap.width, bitmap.height, _samples(bitmap))


def render_image(page: pypdfium2.PdfPage, scale: float) -> "Image":
    """Draw a page of an open document in colours (RGB), stretched to whole pixels, at so many of them a point.

    Others draw a part of one: what is in the margins is not drawn; a ValueError if they leave nothing.
    """
    image: Image = _render(page, scale).to_pil()
    return image


def render_pixels(page: pypdfium2.PdfPage, scale: float, margins: Margins) -> "npt.NDArray[np.uint8]":
    """Draw a page or a part of it as rows, columns and the channels red, green and blue; see `render_image`."""
    pixels: npt.NDArray[np.uint8] = _render(page, scale, margins).to_numpy().copy()
    return pixels


def render_to_scale(
    page: pypdfium2.PdfPage, scale: float, part: tuple[int, int, int, int] | None = None
) -> "npt.NDArray[np.uint8]":
    """Draw a page as `render_pixels` does, but exactly to scale, or its pixels from left and top to right and bottom.

    Pages whose sizes differ by a fraction of a pixel are stretched differently by PDFium; here they can be compared.
    """
    right, bottom = (max(1, round(side * scale)) for side in page.get_size())
    left, top, *ends = part or (0, 0, right, bottom)
    width, height = min(ends[0], right) - left, min(ends[1], bottom) - top
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect(_WHITE, 0, 0, width, height)
        matrix, clip = raw.FS_MATRIX(scale, 0, 0, scale, -left, -top), raw.FS_RECTF(0, 0, width, height)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, flags)
        pixels: npt.NDArray[np.uint8] = bitmap.to_numpy().copy()
        return pixels
    finally:
        bitmap.close()


def _render(
    page: pypdfium2.PdfPage,
    scale: float,
    margins: Margins = WHOLE_PAGE,
    *,
    is_grey: bool = False,
    fill_color: tuple[int, int, int, int] = _WHITE,
) -> pypdfium2.PdfBitmap:
    crop = tuple(max(margin - 0.5, 0) / scale for margin in margins)  # pypdfium2 rounds up, to pixels
    return page.render(scale=scale, crop=crop, grayscale=is_grey, fill_color=fill_color, rev_byteorder=True)


def _samples(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Return a bitmap's samples without the bytes that its rows are filled up with."""
    row, stride = bitmap.width * bitmap.n_channels, bitmap.stride
    samples = bytes(bitmap.buffer)
    if stride == row:
        return samples
    return b"".join([samples[start : start + row] for start in range(0, stride * bitmap.height, stride)])
