"""Pillow decodes raster pictures, as `leaflet.files.raster.PictureDecoder` says."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageFile, ImageFilter, ImageMath, ImageOps, UnidentifiedImageError

from leaflet.files import raster as photocopier
from leaflet.files.raster import HugeRasterError, Raster, RasterError, UnknownRasterError, read_size

_FORMATS = ("PNG", "JPEG")
_SPREAD = 12  # pixels: a logo is shrunk that much on a screen
_LOOK = (120, 120)  # pixels: enough to see the colours of a logo
_COLORS = 12


def measure(data: bytes, most: int = 0) -> tuple[int, int]:
    """Return the size of a picture; a truncated one fails only when it is decoded."""
    with _opened(data) as picture:
        if max(picture.size) <= most:
            picture.load()
        return picture.size


def decode(data: bytes, widest: int) -> Raster:
    """Return a picture as RGBA."""
    with _opened(data) as opened:
        picture = ImageOps.exif_transpose(opened)
        if picture.mode.startswith("I"):  # 16 bits: Pillow would cut them off at 255
            picture = picture.convert("I").point(lambda level: level / 257).convert("L")
        rgba = picture.convert("RGBA")
        if rgba.width > widest:
            rgba = rgba.resize((widest, round(rgba.height * widest / rgba.width)), Image.Resampling.LANCZOS)
        return _raster(rgba)


def flatten(raster: Raster, *, gray: bool) -> bytes:
    """Return the samples of a picture without its transparency."""
    rgba = _image(raster, "RGBA")
    alpha = rgba.getchannel("A")
    if alpha.getextrema() != (255, 255):
        around = rgba.convert("RGBa").filter(ImageFilter.BoxBlur(_SPREAD)).convert("RGBA")
        around.paste(rgba, mask=alpha.point(lambda level: 255 if level else 0))
        rgba = around
    return rgba.convert("L" if gray else "RGB").tobytes()


def shrink(raster: Raster, width: int, height: int) -> Raster:
    """Return a picture in another size."""
    return _raster(_image(raster, "RGBA").resize((width, height), Image.Resampling.BOX))


def to_inks(raster: Raster, profile: bytes, most: int) -> bytes:
    """Return CMYK samples; above the ink limit the colours are reduced, never the black."""
    convert = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    converted = ImageCms.applyTransform(_image(raster, "RGB"), convert)
    assert converted is not None
    *colors, black = converted.split()

    def reduced(bands: Mapping[str, Any]) -> Any:
        """Return a colour's share of the room beside the black; whole numbers, rounded down."""
        total = bands["c"] + bands["m"] + bands["y"]
        room = bands["max"](most * 255 // 100 - bands["k"], 0)
        return bands["color"] * bands["min"](total, room) / bands["max"](total, 1)

    named = dict(zip("cmyk", (*colors, black), strict=True))
    kept = [ImageMath.lambda_eval(reduced, **named, color=color).convert("L") for color in colors]
    return Image.merge("CMYK", (*kept, black)).tobytes()


def main_colors(data: bytes) -> list[tuple[int, int, int]]:
    """Return the few colours of a picture."""
    with _opened(data) as image:
        image.thumbnail(_LOOK)
        pixels = image.convert("RGBA")
    seen = Image.new("RGBA", pixels.size, "#ffffff")
    seen.alpha_composite(pixels)
    few = seen.convert("RGB").quantize(_COLORS).convert("RGB")
    counts = sorted(few.getcolors() or (), reverse=True)
    return [color for _, color in counts if isinstance(color, tuple) and len(color) == 3]


def photocopy(raster: Raster) -> Raster:
    """Return a picture as a worn photocopier gives it back, three times: dark, askew, grainy, on grey paper."""
    copy = ImageOps.grayscale(_image(raster, "RGB"))
    grain = Image.new("L", copy.size)
    tile = Image.frombytes("L", (photocopier.GRAIN_SIDE, photocopier.GRAIN_SIDE), photocopier.grain())
    for across in range(0, copy.width, photocopier.GRAIN_SIDE):
        for down in range(0, copy.height, photocopier.GRAIN_SIDE):
            grain.paste(tile, (across, down))
    for tilt in photocopier.TILTS:
        copy = copy.filter(ImageFilter.GaussianBlur(photocopier.BLUR))
        copy = copy.rotate(tilt, Image.Resampling.BILINEAR, fillcolor=255)
        copy = ImageChops.add(copy.point(photocopier.LEVELS), grain, offset=-photocopier.GRAIN)
    return _raster(copy.point(photocopier.TONES))


def _image(raster: Raster, mode: str) -> Image.Image:
    return Image.frombytes(mode, (raster.width, raster.height), raster.samples)


def _raster(image: Image.Image) -> Raster:
    return Raster(image.width, image.height, image.tobytes())


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Open a PNG or JPEG; what Pillow says of it becomes our error.

    Pillow refuses truncated pictures here, even if another library allows them (WeasyPrint does).
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_FORMATS) as picture:
                yield picture
    except UnidentifiedImageError:  # its text has a memory address
        raise UnknownRasterError("neither PNG nor JPEG") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise HugeRasterError(*(read_size(data) or (0, 0))) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise RasterError(str(error)) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
