"""Bitmaps of the campaign: opened by us, from its own folder, capped, decoded and written anew."""

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from leaflet.faults import Place, fail
from leaflet.pdf.master import Bitmap

_FORMATS = ("PNG", "JPEG")
_MOST_PIXELS = 50_000_000  # a decompression bomb is refused before it is decoded
_WIDEST = 1000  # pixels: more than 600 dpi in the room a logo has


def load_bitmap(path: Path, *, gray: bool) -> Bitmap:
    """Decode a PNG or JPEG; `gray` makes it DeviceGray for themes that have no colour.

    Raises:
        RenderError: not such a picture, damaged, or larger than 50 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise fail("W104", Place(file=path.name), problem=f"{picture.width} × {picture.height} pixels")
                return _decode(picture, gray=gray)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None
    except Image.DecompressionBombError as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None


def _decode(picture: Image.Image, *, gray: bool) -> Bitmap:
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):  # 16 bits: Pillow would cut them off at 255
        picture = picture.convert("I").point(lambda level: level / 257).convert("L")
    rgba = picture.convert("RGBA")
    if rgba.width > _WIDEST:
        rgba = rgba.resize((_WIDEST, round(rgba.height * _WIDEST / rgba.width)), Image.Resampling.LANCZOS)
    alpha = rgba.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    mode = "L" if gray else "RGB"
    samples = rgba.convert(mode).tobytes()
    return Bitmap(rgba.width, rgba.height, mode, samples, b"" if opaque else alpha.tobytes())
