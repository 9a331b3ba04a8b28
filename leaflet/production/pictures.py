"""Read the logo of a campaign, within limits: bitmaps are decoded, SVG stays lines, PDF becomes a bitmap.

No byte of its file gets into a PDF.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from math import floor
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageCms, ImageFile, ImageFilter, ImageMath, ImageOps, UnidentifiedImageError

from leaflet.campaign.logo_format import format_of
from leaflet.faults import Place, fail
from leaflet.layout.drawings.logo import read_logo
from leaflet.layout.marks import Path as PathMark
from leaflet.layout.palette import contrast
from leaflet.pdf.master import Bitmap, Vector
from leaflet.rendering import PDFIUM, Margins, render_transparent

_FORMATS = ("PNG", "JPEG")
_MOST_PIXELS = 50_000_000  # a decompression bomb is refused before it is decoded
_MOST_INK = 300  # percent: sum of the four inks on coated paper (FOGRA39)
_ONE_INK = {"#000000": "0 0 0 100", "#ffffff": "0 0 0 0"}
_WIDEST = 1000  # pixels: more than 600 dpi in the room a logo has
_DRAWN_WIDTH, _DRAWN_HEIGHT = 1400, 600  # pixels that the page of a PDF is drawn in: 600 dpi in 59 × 25 mm
_LIGHT = 3.0  # contrast with white under which a colour of a logo is lost (WCAG 2.2 §1.4.11)
_LEAST_DARK = 0.01  # of the visible pixels: fewer dark ones do not make a logo
_LINEAR = [
    level / 3294.6 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in range(256)
]  # of sRGB
_SAMPLE = (256, 256)  # pixels in which dark ones are counted
_SPREAD = 12  # pixels: a logo is shrunk that much on a screen
_FIRST_LOOK = 400  # pixels of the longer side of a page in which its empty margins are looked for


def load_logo(path: Path, *, gray: bool, profile: bytes | None = None, data: bytes | None = None) -> Bitmap | Vector:
    """Read a logo: PNG, JPEG, SVG, or the first page of a PDF.

    Args:
        path: of the file; only for messages if `data` is given.
        gray: return shades of grey, for themes without colour.
        profile: an ICC profile; colours are converted to its inks, 300 % at most.
        data: the bytes of the file; None reads them.

    Raises:
        RenderError: no such file, damaged, too large, or with what cannot be drawn (W104, W114, W115).
    """
    try:
        data = path.read_bytes() if data is None else data
    except OSError as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None
    match format_of(data):
        case "SVG":
            return _load_vector(data, path.name, gray=gray, profile=profile)
        case "PDF":
            return _to_bitmap(_draw_page(data, path.name), gray=gray, profile=profile)
        case _:
            return load_bitmap(path, gray=gray, profile=profile, data=data)


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
        raise fail("W104", Place(file=path.name), problem="neither PNG, JPEG, SVG nor PDF") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None
    except Image.DecompressionBombError as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None


def _load_vector(data: bytes, name: str, *, gray: bool, profile: bytes | None) -> Vector:
    drawing = read_logo(data, name)
    paths = tuple(shape for shape in drawing.shapes if isinstance(shape, PathMark))
    used = sorted({color for path in paths for color in (path.fill, path.line) if color})
    colors = {color: _shade(color) if gray else color for color in used}
    inks = inks_by_color(used, profile) if used and profile is not None and not gray else {}
    is_light = all(contrast(color, "#ffffff") < _LIGHT for color in used)
    return Vector(drawing.width, drawing.height, paths, colors, inks, is_light)


def _shade(color: str) -> str:
    """Return the shade of a colour as a share of black, such as « K 85 »; luminance as in bitmaps (Rec. 601)."""
    red, green, blue = _channels(color)
    return f"K {round(100 - (299 * red + 587 * green + 114 * blue) / 2550)}"


def inks_by_color(colors: Sequence[str], profile: bytes, most: int = _MOST_INK) -> dict[str, str]:
    """Return the inks of colours in percent, such as « 100 70 0 30 », together `most` percent at most.

    Black is one ink, and so in register; white is none.
    """
    picture = Image.new("RGB", (len(colors), 1))
    picture.putdata([_channels(color) for color in colors])
    levels = iter(_inks_of(picture, profile, most))
    shares = {color: " ".join(str(int(next(levels) / 2.55)) for _ in range(4)) for color in colors}
    return {**shares, **{color: ink for color, ink in _ONE_INK.items() if color in shares}}


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _draw_page(data: bytes, name: str) -> Image.Image:
    """Draw the first page of a PDF without its empty margins, transparent where nothing is."""
    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(data)
            try:
                return _draw_content(document[0])
            finally:
                document.close()
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError, IndexError, MemoryError) as error:
        raise fail("W104", Place(file=name), problem=str(error)) from None


def _draw_content(page: pypdfium2.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = _FIRST_LOOK / max(width, height)
    look = render_transparent(page, scale)
    box = look.getchannel("A").getbbox()
    if box is None:
        raise ValueError("nothing is on its first page")
    left, top, right, bottom = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1  # a pixel more, for edges are blurred
    sides = (max(0, left), max(0, look.height - bottom), max(0, look.width - right), max(0, top))
    finer = min(_DRAWN_WIDTH / (right - left), _DRAWN_HEIGHT / (bottom - top))
    margins = Margins(*(floor(side * finer) for side in sides))
    return render_transparent(page, scale * finer, margins)


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
    return _to_bitmap(rgba, gray=gray, profile=profile)


def _to_bitmap(rgba: Image.Image, *, gray: bool, profile: bytes | None) -> Bitmap:
    alpha = rgba.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    mode = "L" if gray else "RGB"
    flat = (rgba if opaque else _spread_colors(rgba)).convert(mode)
    if profile is not None and not gray:
        mode, samples = "CMYK", _inks_of(flat, profile)
    else:
        samples = flat.tobytes()
    mask = b"" if opaque else alpha.tobytes()
    return Bitmap(rgba.width, rgba.height, mode, samples, mask, is_light=not opaque and _is_light(rgba))


def _is_light(rgba: Image.Image) -> bool:
    """Tell whether next to nothing that is seen of a picture is darker than a colour that is lost on white."""
    levels = rgba.resize(_SAMPLE, Image.Resampling.BOX).tobytes()
    channels = zip(levels[0::4], levels[1::4], levels[2::4], levels[3::4], strict=True)
    seen = [(red, green, blue) for red, green, blue, alpha in channels if alpha > 127]
    dark = sum(
        0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue] <= 1.05 / _LIGHT - 0.05
        for red, green, blue in seen
    )
    return dark < _LEAST_DARK * len(seen)


def _spread_colors(rgba: Image.Image) -> Image.Image:
    """Give clear pixels the colour of those beside them: where a viewer shrinks a picture, it mixes them in."""
    around = rgba.convert("RGBa").filter(ImageFilter.BoxBlur(_SPREAD)).convert("RGBA")
    around.paste(rgba, mask=rgba.getchannel("A").point(lambda level: 255 if level else 0))
    return around


def _inks_of(picture: Image.Image, profile: bytes, most: int = _MOST_INK) -> bytes:
    """Return CMYK samples of an RGB picture; above the ink limit the colours are reduced, never the black."""
    *colors, black = _to_inks(picture, profile).split()

    def reduced(bands: Mapping[str, Any]) -> Any:
        """Return a colour's share of the room beside the black; whole numbers, rounded down."""
        total = bands["c"] + bands["m"] + bands["y"]
        room = bands["max"](most * 255 // 100 - bands["k"], 0)
        return bands["color"] * bands["min"](total, room) / bands["max"](total, 1)

    named = dict(zip("cmyk", (*colors, black), strict=True))
    kept = [ImageMath.lambda_eval(reduced, **named, color=color).convert("L") for color in colors]
    return Image.merge("CMYK", (*kept, black)).tobytes()


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
