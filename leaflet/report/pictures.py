"""Pages as small pictures: PNG of few colours, which every browser shows and which flat print compresses well."""

import base64
from io import BytesIO
from pathlib import Path

import pypdfium2
from msgspec import Struct
from PIL import Image

from leaflet.rendering import render_image

WIDTH_PX = 800  # of a page as it is shown large: body text of 11 pt can be read
_TALLEST_PX = 1600
_LEVEL = 7  # of zlib: the last two take five times as long for a twentieth
_COLORS = 128  # with fewer, a soft blue box turns pink and a small coloured word grey


class Picture(Struct, frozen=True, kw_only=True):
    """A PNG file in memory, and its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def uri(self) -> str:
        """The picture as an address."""
        return f"data:image/png;base64,{base64.b64encode(self.data).decode('ascii')}"


def picture_of_page(path: Path, number: int, width: int = WIDTH_PX) -> Picture | None:
    """A page (counted from 1) of a file; None if it cannot be drawn."""
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError):
        return None
    try:
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / max(across, 1.0), _TALLEST_PX / max(down, 1.0))
        return picture_of(render_image(page, scale))
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return None
    finally:
        document.close()


def picture_in(path: Path, width: int = WIDTH_PX) -> Picture | None:
    """A picture file of the program's own, made smaller; None if it cannot be read."""
    try:
        with Image.open(path, formats=("PNG",)) as image:
            image.load()
            if image.width <= width:
                return picture_of(image)
            height = round(image.height * width / image.width)
            return picture_of(image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS))
    except (OSError, ValueError):
        return None


def picture_of(image: Image.Image) -> Picture:
    """An image in few colours, each near its own: never dithered, for grain would hide what is printed."""
    palette = image.convert("RGB").quantize(_COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = BytesIO()
    palette.save(out, "PNG", compress_level=_LEVEL)
    return Picture(data=out.getvalue(), width=palette.width, height=palette.height)
