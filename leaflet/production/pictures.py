"""Read the logo of a campaign, and give colours their inks on a press, through the profile of the paper it prints on.

Bitmaps are decoded, SVG stays lines, PDF becomes a bitmap: no byte of the logo's file gets into a PDF.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from math import floor
from pathlib import Path

import pypdfium2

from leaflet.campaign.logo import MAX_LOGO_BYTES, MAX_LOGO_PX, format_of
from leaflet.faults import Place, fail
from leaflet.files.raster import HugeRasterError, Raster, RasterError, UnknownRasterError, make_png, picture_decoder
from leaflet.layout.drawings.logo_svg import read_logo
from leaflet.layout.marks import Path as PathMark
from leaflet.layout.palette import contrast
from leaflet.layout.theme import MOST_INK, Theme
from leaflet.pdf.master import Bitmap, Vector
from leaflet.pdf.page_images import PDFIUM, Margins, render_raster


def inks_of(theme: Theme, profile: bytes) -> dict[str, str]:
    """Return shares of cyan, magenta, yellow, black in percent, « 100 70 0 30 », of each colour not black alone."""
    colors = {name: color for name, color in theme.colors.items() if color.startswith("#") and name not in theme.inks}
    inks = inks_by_color(sorted(set(colors.values())), profile, MOST_INK)
    return {**{name: inks[color] for name, color in colors.items()}, **theme.inks}


_MOST_PIXELS = 50_000_000  # a decompression bomb is refused before it is decoded
_MOST_INK = 300  # percent: sum of the four inks on coated paper (FOGRA39)
_ONE_INK = {"#000000": "0 0 0 100", "#ffffff": "0 0 0 0"}
_WIDEST = 1000  # pixels: more than 600 dpi in the room a logo has
_DRAWN_WIDTH, _DRAWN_HEIGHT = 1400, 600  # pixels that the page of a PDF is drawn in: 600 dpi in 59 × 25 mm
_LIGHT = 3.0  # contrast with white under which a colour of a logo is lost (WCAG 2.2 §1.4.11)
_LEAST_DARK = 0.01  # of the visible pixels: fewer dark ones do not make a logo
# the light of a level of sRGB
_LINEAR = [level / 3294.6 if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in range(256)]
_SAMPLE = (256, 256)  # pixels in which dark ones are counted
_FIRST_LOOK = 400  # pixels of the longer side of a page in which its empty margins are looked for


def load_logo(path: Path, *, gray: bool, profile: bytes | None = None, data: bytes | None = None) -> Bitmap | Vector:
    """Read a logo: PNG, JPEG, SVG, or the first page of a PDF; `path` is only for messages if `data` is given.

    Themes without colour get shades of grey; an ICC `profile` converts colours to its inks, 300 % at most.
    """
    try:
        data = path.read_bytes() if data is None else data
        kind = format_of(data)
        if kind == "SVG":
            return _load_vector(data, path.name, gray=gray, profile=profile)
        if kind == "PDF":
            return _to_bitmap(_draw_page(data, path.name), gray=gray, profile=profile)
        decoder = picture_decoder()
        width, height = decoder.measure(data)
        if width * height > _MOST_PIXELS:
            raise fail("W104", Place(file=path.name), problem=f"{width} × {height} pixels")
        return _to_bitmap(decoder.decode(data, _WIDEST), gray=gray, profile=profile)
    except UnknownRasterError:
        raise fail("W104", Place(file=path.name), problem="neither PNG, JPEG, SVG nor PDF") from None
    except (OSError, RasterError) as error:
        raise fail("W104", Place(file=path.name), problem=str(error)) from None


def shrink_logo(data: bytes, name: str) -> bytes | None:
    """Return a PNG or JPEG that is too large for a campaign as a PNG of the size that is printed; any other: None.

    A damaged one is C139, however large it says it is.
    """
    try:
        decoder = picture_decoder()
        if max(decoder.measure(data)) <= MAX_LOGO_PX and len(data) <= MAX_LOGO_BYTES:
            return None
        raster = decoder.decode(data, _WIDEST)
        while len(smaller := make_png(raster)) > MAX_LOGO_BYTES:
            raster = decoder.shrink(raster, raster.width * 3 // 4, raster.height * 3 // 4)
        return smaller
    except (UnknownRasterError, HugeRasterError):
        return None
    except RasterError as error:
        raise fail("C139", Place(field="publisher.logo"), value=name, problem=str(error)) from None


def _load_vector(data: bytes, name: str, *, gray: bool, profile: bytes | None) -> Vector:
    drawing = read_logo(data, name)
    paths = tuple(shape for shape in drawing.shapes if isinstance(shape, PathMark))
    used = sorted({color for path in paths for color in (path.fill, path.line) if color})
    colors = {color: color for color in used}
    for color in used if gray else ():  # as a share of black, such as « K 85 »; luminance as in bitmaps (Rec. 601)
        red, green, blue = _channels(color)
        colors[color] = f"K {round(100 - (299 * red + 587 * green + 114 * blue) / 2550)}"
    inks = inks_by_color(used, profile) if used and profile is not None and not gray else {}
    is_light = all(contrast(color, "#ffffff") < _LIGHT for color in used)
    return Vector(drawing.width, drawing.height, paths, colors, inks, is_light)


def inks_by_color(colors: Sequence[str], profile: bytes, most: int = _MOST_INK) -> dict[str, str]:
    """Return the inks of colours in percent, such as « 100 70 0 30 », together `most` percent at most.

    Black is one ink, and so in register; white is none.
    """
    row = Raster(len(colors), 1, bytes(channel for color in colors for channel in _channels(color)))
    levels = iter(picture_decoder().to_inks(row, profile, most))
    shares = {color: " ".join(str(int(next(levels) / 2.55)) for _ in range(4)) for color in colors}
    return {**shares, **{color: ink for color, ink in _ONE_INK.items() if color in shares}}


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def count_pages(data: bytes) -> int:
    """Return how many pages a PDF has; 0 if it cannot be opened, which is told when it is drawn."""
    with suppress(pypdfium2.PdfiumError, ValueError), PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)
    return 0


def _draw_page(data: bytes, name: str) -> Raster:
    """Draw the first page of a PDF without its empty margins, transparent where nothing is."""
    try:
        with PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
            return _draw_content(document[0])
    except (pypdfium2.PdfiumError, ValueError, ArithmeticError, IndexError, MemoryError) as error:
        raise fail("W104", Place(file=name), problem=str(error)) from None


def _draw_content(page: pypdfium2.PdfPage) -> Raster:
    width, height = page.get_size()
    scale = _FIRST_LOOK / max(width, height)
    look = render_raster(page, scale, is_clear=True)
    alpha = look.samples[3::4]
    rows = [alpha[start : start + look.width] for start in range(0, len(alpha), look.width)]
    if not any(alpha):
        raise ValueError("nothing is on its first page")
    seen = [number for number, row in enumerate(rows) if any(row)]
    left = min(len(row) - len(row.lstrip(b"\0")) for row in rows) - 1  # a pixel more, for edges are blurred
    right = max(len(row.rstrip(b"\0")) for row in rows) + 1
    top, bottom = seen[0] - 1, seen[-1] + 2
    sides = (max(0, left), max(0, look.height - bottom), max(0, look.width - right), max(0, top))
    finer = min(_DRAWN_WIDTH / (right - left), _DRAWN_HEIGHT / (bottom - top))
    return render_raster(page, scale * finer, Margins(*(floor(side * finer) for side in sides)), is_clear=True)


def _to_bitmap(rgba: Raster, *, gray: bool, profile: bytes | None) -> Bitmap:
    decoder, mask = picture_decoder(), rgba.samples[3::4]
    if not mask.strip(b"\xff"):
        mask = b""
    mode, samples = "L" if gray else "RGB", decoder.flatten(rgba, gray=gray)
    if profile is not None and not gray:
        mode, samples = "CMYK", decoder.to_inks(Raster(rgba.width, rgba.height, samples), profile, _MOST_INK)
    return Bitmap(rgba.width, rgba.height, mode, samples, mask, is_light=bool(mask) and _is_light(rgba))


def _is_light(rgba: Raster) -> bool:
    """Tell whether next to nothing that is seen of a picture is darker than a colour that is lost on white."""
    levels = picture_decoder().shrink(rgba, *_SAMPLE).samples
    dark = seen = 0
    for color, count in Counter(zip(*[iter(levels)] * 4, strict=True)).items():
        red, green, blue, alpha = color
        if alpha > 127:
            seen += count
            if 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue] <= 1.05 / _LIGHT - 0.05:
                dark += count
    return dark < _LEAST_DARK * seen
