"""Decode the bitmaps of the campaign, with a limit on their size; no byte of their files gets into a PDF."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from leaflet.faults import Place, fail
from leaflet.pdf.master import Bitmap

_FORMATS = ("PNG", "JPEG")
_MOST_PIXELS = 50_000_000  # a decompression bomb is refused before it is decoded
_MOST_INK = 3.0  # sum of the four inks, each from 0 to 1, on coated paper (FOGRA39)
_WIDEST = 1000  # pixels: more than 600 dpi in the room a logo has


def load_bitmap(path: Path, *, gray: bool, profile: bytes | None = None, data: bytes | None = None) -> Bitmap:
    """Decode a PNG or JPEG.

    Args:
        path: of the picture; only for messages if `data` is given.
        gray: return DeviceGray samples, for themes without colour.
        profile: an ICC profile; colours are converted to its inks, 300 % at most.
        data: the bytes of the file; None reads them.

    Raises:
        RenderError: not such a picture, damaged, or larger than 50 million pixels.
    """
    try:
        source = BytesIO(path.read_bytes() if data is None else data)
        with _whole_pictures(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise fail("W104", Place(file=path.name), problem=f"{picture.width} × {picture.height} pixels")
                return _decode(picture, gray=gray, profile=profile)
    except UnidentifiedImageError:  # its text has a memory address
        raise fail("W104", Place(file=path.name), problem="neither PNG nor JPEG") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None
    except Image.DecompressionBombError as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Have Pillow refuse truncated pictures, even if another library allows them (WeasyPrint does)."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decode(picture: Image.Image, *, gray: bool, profile: bytes | None) -> Bitmap:
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):  # 16 bits: Pillow would cut them off at 255
        picture = picture.convert("I").point(lambda level: level / 257).convert("L")
    rgba = picture.convert("RGBA")
    if rgba.width > _WIDEST:
        rgba = rgba.resize((_WIDEST, round(rgba.height * _WIDEST / rgba.width)), Image.Resampling.LANCZOS)
    alpha = rgba.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    mode = "L" if gray else "RGB"
    flat = rgba.convert(mode)
    if profile is not None and not gray:
        mode, samples = "CMYK", _inks_of(flat, profile)
    else:
        samples = flat.tobytes()
    return Bitmap(rgba.width, rgba.height, mode, samples, b"" if opaque else alpha.tobytes())


def _inks_of(picture: Image.Image, profile: bytes) -> bytes:
    """Return CMYK samples of an RGB picture; above the ink limit the colours are reduced, never the black."""
    inks = np.asarray(_to_inks(picture, profile), dtype=np.float64)
    colors, black = inks[..., :3], inks[..., 3:]
    room = np.maximum(_MOST_INK * 255 - black, 0)
    total = colors.sum(axis=-1, keepdims=True)
    share = np.minimum(1, room / np.maximum(total, 1))
    return np.concatenate([np.floor(colors * share), black], axis=-1).astype(np.uint8).tobytes()


def convert_colors(colors: Sequence[str], profile: bytes) -> list[tuple[float, ...]]:
    """Return the inks of colours « #1f3a93 » through a profile: cyan, magenta, yellow and black, each from 0 to 1."""
    samples = bytes.fromhex("".join(color[1:] for color in colors))
    converted = _to_inks(Image.frombytes("RGB", (len(colors), 1), samples), profile)
    inks = converted.tobytes()
    return [tuple(level / 255 for level in inks[at : at + 4]) for at in range(0, len(inks), 4)]


def _to_inks(picture: Image.Image, profile: bytes) -> Image.Image:
    """Convert an RGB picture into a CMYK one (relative colorimetric, with black point compensation)."""
    convert = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    converted = ImageCms.applyTransform(picture, convert)
    assert converted is not None
    return converted
