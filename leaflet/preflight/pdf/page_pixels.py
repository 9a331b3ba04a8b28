"""The picture of a page, where something stands on it: colours, blankness, contrast, and QR codes.

A code is found with its content, modules and quiet zone, and whether a photocopy of it can be read. It is first
turned upright with its surroundings, so that all are measured in the same way.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pypdfium2
import zxingcpp
from msgspec import Struct
from PIL import Image, ImageFilter, ImageOps

from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Box, Um, mm, to_pt, to_px
from leaflet.layout.palette import contrast_of
from leaflet.pdf.page_images import Margins, margins_around, render_pixels
from leaflet.preflight.pdf.evidence import Color, FoundCode

FINE, COARSE = 200, 100  # dots per inch: where a code may stand; where only colours and blankness are asked
_MOST = 16_000_000  # pixels: A3 is 8 million at 200 dpi; what is larger is rendered coarser
_MARGIN = mm(6)  # of paper rendered around what stands there: more than any quiet zone's four modules of 1 mm
_EDGE = 2  # pixels that a line may lie off the edge of its shape
_DARKER = 40  # of 255
_ON_THE_WAY = 0.2  # of the way from the colour behind to the ink: a thin stroke of small type
_LARGE, _ON_THE_WAY_LARGE = 8, 0.45  # pixels on the shorter side of a letter, whose strokes cover whole pixels
_TINY, _ON_THE_WAY_TINY = 2, 0.03  # pixels of a dash or a dot, of which each pixel shows a part
_NO_WAY = 60.0**2  # of 255, squared
_LEAST_SEEN = 20  # of 255
_SAME = 6  # of 255: what a renderer's rounding makes of one colour

Pixels = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
Gray = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


class PagePixels:
    """The part of a page that holds all `boxes`, as RGB pixels; nothing if there are none."""

    def __init__(self, page: pypdfium2.PdfPage, boxes: Sequence[Box], dpi: int = FINE) -> None:
        shown = [box for box in boxes if box.width >= 0 and box.height >= 0]
        self.dpi, self._x, self._y, self.pixels = _render(page, shown, dpi)

    @property
    def gray(self) -> Gray:
        """Levels of grey as a copier sees them (Rec. 601)."""
        return np.array(Image.fromarray(self.pixels).convert("L"))

    def locate(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The box on the page of a part of `pixels`, given in pixels."""
        x, y = self._x + self._um(left), self._y + self._um(top)
        return Box(x, y, self._um(right - left), self._um(bottom - top))

    def around(self, box: Box) -> Color | None:
        """The colour behind something: the median of the pixels 0.25 mm outside of its box; None off the picture."""
        left, top, right, bottom = self._span(box)
        height, width = self.pixels.shape[:2]
        away = max(round(self.dpi / COARSE), 1)
        left, top, right, bottom = left - away, top - away, min(right + away, width), min(bottom + away, height)
        left, top = max(left, 0), max(top, 0)
        if right - left < 3 or bottom - top < 3:
            return None
        part = self.pixels[top:bottom, left:right]
        edge = np.concatenate([part[0], part[-1], part[1:-1, 0], part[1:-1, -1]])
        middle = len(edge) // 2
        red, green, blue = (int(value) for value in np.partition(edge, middle, axis=0)[middle])
        return red, green, blue

    def shows(self, boxes: Iterable[Box], ink: Color, behind: Color) -> bool:
        """Tell whether an ink is seen in each of some boxes: one pixel of it is a good part of the way to the ink."""
        start = np.array(behind, np.float32)
        way = np.array(ink, np.float32) - start
        length, zero = float(way @ way), float(start @ way)
        if length < _NO_WAY:
            return True  # not to be told apart: contrast has a rule of its own
        letters = [self._letter(box) for box in boxes]
        x, y = (min((letter[at] for letter, _ in letters), default=0) for at in (0, 1))
        right, bottom = (max((letter[at] for letter, _ in letters), default=0) for at in (2, 3))
        around = self.pixels[y:bottom, x:right]
        reached = (around.reshape(-1, 3) @ (way / length)).reshape(around.shape[:2]) - zero / length
        parts = ((reached[s[1] - y : s[3] - y, s[0] - x : s[2] - x], least) for s, least in letters)
        return all(part.size == 0 or part.max() >= least for part, least in parts)  # off the picture nobody knows

    def shows_anything(self, boxes: Iterable[Box]) -> bool:
        """Tell whether something is seen in each of some boxes, of whatever colour."""
        away = self._um(1)
        return all(self._range(box.grown(away)) > _LEAST_SEEN for box in boxes)

    def _letter(self, box: Box) -> tuple[tuple[int, int, int, int], float]:
        """Return the pixels of a letter on the picture, and which part of the way to its ink one of them shows."""
        side = min(to_px(box.width, self.dpi), to_px(box.height, self.dpi))
        is_tiny = side < _TINY
        left, top, right, bottom = self._span(box.grown(self._um(1)) if is_tiny else box)
        least = _ON_THE_WAY_TINY if is_tiny else _ON_THE_WAY_LARGE if side >= _LARGE else _ON_THE_WAY
        return (max(left, 0), max(top, 0), max(right, 0), max(bottom, 0)), least

    def is_uniform(self, box: Box) -> bool:
        """Tell whether nothing is printed in a box but one colour."""
        return self._range(box, unknown=0) <= _SAME

    def _range(self, box: Box, unknown: int = 255) -> int:
        """Return how far the levels of a channel differ in a box; off the picture nobody knows."""
        left, top, right, bottom = self._span(box)
        part = self.pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        if part.size == 0:
            return unknown
        return int((part.max(axis=(0, 1)).astype(int) - part.min(axis=(0, 1)).astype(int)).max())

    def has_lower_edge(self, box: Box) -> bool:
        """Tell whether a line is drawn along the lower edge of a box, darker than what is inside."""
        left, top, right, bottom = self._span(box)
        part = self.pixels[max(top, 0) : bottom + _EDGE, max(left, 0) : right].mean(axis=2)
        if len(part) <= 4 * _EDGE or part.shape[1] == 0:
            return False
        rows = np.median(part, axis=1)
        return bool(rows[-3 * _EDGE :].min() < rows[-4 * _EDGE] - _DARKER)

    def _span(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in whole pixels, right and bottom beyond the last."""
        (x, y, width, height), dpi = box, self.dpi
        x, y = x - self._x, y - self._y
        right, bottom = int(to_px(x + width, dpi)) + 1, int(to_px(y + height, dpi)) + 1
        return int(to_px(x, dpi)), int(to_px(y, dpi)), right, bottom

    def _um(self, pixels: float) -> Um:
        return _to_um(pixels, self.dpi)


def _render(page: pypdfium2.PdfPage, boxes: Sequence[Box], dpi: int) -> tuple[int, Um, Um, Pixels]:
    """Resolution and corner of the rendered part on the page, and its pixels."""
    nothing = dpi, 0, 0, np.zeros((0, 0, 3), np.uint8)
    if not boxes:
        return nothing
    x, y = min(box.x for box in boxes) - _MARGIN, min(box.y for box in boxes) - _MARGIN
    right, bottom = max(box.right for box in boxes) + _MARGIN, max(box.bottom for box in boxes) + _MARGIN
    width, height = page.get_size()
    area = (min(to_pt(right), width) - max(to_pt(x), 0)) * (min(to_pt(bottom), height) - max(to_pt(y), 0))
    most = int(math.sqrt(_MOST / max(area, 1)) * PT_PER_INCH)
    dpi = max(min(dpi, most), 1)
    scale = dpi / PT_PER_INCH
    margins = margins_around(page, Box(x, y, right - x, bottom - y), dpi)
    if (margins.left + margins.right) / scale >= width or (margins.top + margins.bottom) / scale >= height:
        return nothing
    # margins are whole pixels, so that places found in the picture are places on the page
    cut = Margins(*(math.ceil(margin / scale * scale) for margin in margins))
    return dpi, _to_um(margins.left, dpi), _to_um(margins.top, dpi), render_pixels(page, scale, cut)


def _to_um(pixels: float, dpi: int) -> Um:
    return round(pixels * UM_PER_INCH / dpi)


_LEAST_SIDE = 10  # pixels; smaller things are no codes
_MOST_QUIET = 8  # modules of the quiet zone that are measured
_AROUND = _MOST_QUIET + 1  # modules of the surroundings that are cut out with a code
_OFF = 2  # pixels; the error of the reader's corners
_EDGE_OFF = 2.75  # pixels; by which they may lie inside the code, when what is inked in part counts in part
_FINDER_CENTRE = (2.5, 4.5)  # modules from its corner, well within the black centre of a finder pattern
_BLUR = 1.2  # pixels at 200 dpi; the blur of a copier's lens
_GRAIN = 24  # of 255; the largest error of a pixel by a copier's toner
_COPY_RANGE = (60, 215)  # the grey levels of black and white on a poor copy
_COPY_AROUND = 6  # modules of the surroundings that are copied with a code
_COPY_MODULE = 5.0  # pixels of a module as a telephone sees it; a large code is held further away

Point = tuple[float, float]
Ink = np.ndarray[tuple[int, ...], np.dtype[np.float64]]  # how much of each pixel is inked, 0 to 1


def find_codes(look: PagePixels) -> tuple[FoundCode, ...]:
    """Find all codes, also those that are recognised but cannot be read."""
    if look.pixels.size == 0:
        return ()
    gray = look.gray
    read = zxingcpp.read_barcodes(gray, formats=_formats(), return_errors=True)
    kept: list[FoundCode] = []  # without codes that could not be read at the place of another code
    for barcode in sorted(read, key=lambda barcode: not barcode.valid):
        code = _measure(barcode, look, gray)
        if code and (code.text is not None or not any(code.box.overlaps(other.box) for other in kept)):
            kept.append(code)
    return tuple(kept)


def _measure(barcode: zxingcpp.Barcode, look: PagePixels, gray: Gray) -> FoundCode | None:
    at = barcode.position
    corners = tuple((point.x, point.y) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
    side = sum(math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4)) / 4
    if side < _LEAST_SIDE:
        return None
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    dark, light = _ends(look.pixels[top:bottom, left:right].reshape(-1, 3))
    box, ratio = look.locate(left, top, right, bottom), round(contrast_of(dark, light), 2)
    told = barcode.extra.get("Version") if isinstance(barcode.extra, dict) else None
    version = int(told) if told and str(told).isdecimal() else 0  # 1 to 40, if the reader knows it
    if not version:
        return FoundCode(text=None, box=box, module=0, quiet=0.0, contrast=ratio, survives=False)
    patch = _turned(gray, corners, side, 17 + 4 * version)  # ISO/IEC 18004: 21 modules, and 4 more each version
    text = barcode.text if barcode.valid else None
    return FoundCode(
        text=text,
        box=box,
        module=look.locate(0, 0, patch.module, 0).width,
        quiet=patch.quiet_zone(),
        contrast=ratio,
        survives=text is not None and patch.survives(text),
        is_inverted=patch.is_inverted,
    )


def _ends(pixels: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> tuple[Color, Color]:
    """Return the colours of dark and light modules: the medians of the darker and the lighter half of pixels."""
    if len(pixels) == 0:
        return (0, 0, 0), (0, 0, 0)
    weights = pixels @ np.array([0.299, 0.587, 0.114])
    middle = (float(weights.min()) + float(weights.max())) / 2
    ends = []
    for half in (pixels[weights <= middle], pixels[weights >= middle]):
        red, green, blue = (int(value) for value in np.median(half, axis=0))
        ends.append((red, green, blue))
    return ends[0], ends[1]


def _turned(gray: Gray, corners: tuple[Point, ...], side: float, modules: int) -> "_UprightCode":
    """Turn a code upright and dark on light, with its surroundings; there is white paper where the picture ends."""
    module = side / modules
    margin = math.ceil(_AROUND * module)
    size = round(side) + 2 * margin
    (x, y), (right_x, right_y), _, (down_x, down_y) = corners
    across, along = _direction(right_x - x, right_y - y), _direction(down_x - x, down_y - y)
    start = (x - margin * (across[0] + along[0]), y - margin * (across[1] + along[1]))
    affine = (across[0], along[0], start[0], across[1], along[1], start[1])
    picture = Image.fromarray(gray).transform(
        (size, size), Image.Transform.AFFINE, affine, Image.Resampling.BILINEAR, fillcolor=255
    )
    patch = _UprightCode(np.asarray(picture), module, margin, round(side))
    if not patch.looks_inverted():
        return patch
    return _UprightCode(np.asarray(ImageOps.invert(picture)), module, margin, round(side), is_inverted=True)


def _direction(x: float, y: float) -> Point:
    """Return a direction of length 1, exactly level or upright if it nearly is, so that no pixel is blurred."""
    if min(abs(x), abs(y)) <= _OFF:
        return (math.copysign(1.0, x), 0.0) if abs(x) > abs(y) else (0.0, math.copysign(1.0, y))
    length = math.hypot(x, y)
    return x / length, y / length


class _UprightCode(Struct, frozen=True):
    """An upright code in grey."""

    gray: Gray  # its picture with its surroundings
    module: float  # the side of a module, in pixels
    margin: int  # the width of the surroundings, in pixels
    side: int  # the side of the code, in pixels
    is_inverted: bool = False  # whether its colours were inverted to make it dark on light

    def looks_inverted(self) -> bool:
        """Check whether the centre of the finder pattern in the corner, three modules wide, is light."""
        start, stop = (self.margin + round(modules * self.module) for modules in _FINDER_CENTRE)
        dark, light = self._levels
        return float(self.gray[start:stop, start:stop].mean()) > (dark + light) / 2

    @property
    def _levels(self) -> tuple[float, float]:
        """The grey levels of dark and of light modules."""
        inside = self.gray[self.margin : self.margin + self.side, self.margin : self.margin + self.side]
        return float(np.percentile(inside, 5)), float(np.percentile(inside, 95))

    def quiet_zone(self) -> float:
        """Count the blank modules on the narrowest side, corners included, up to 8."""
        dark, light = self._levels
        ink = np.clip((light - self.gray.astype(np.float64)) / max(light - dark, 1.0), 0, 1)
        return min(self._blank_above(np.rot90(ink, turns)) for turns in range(4))

    def _blank_above(self, ink: Ink) -> float:
        """Count the blank modules from the code's upper edge to the first row with ink half a module wide."""
        rows = []  # the pixels with ink in each as long as the code, with the corners of the zone above it
        for row in range(self.margin + round(self.module / 2) + 2):
            away = max(self.margin - row, 0)
            rows.append(float(ink[row, self.margin - away : self.margin + self.side + away].sum()))
        row = len(rows) - 2
        while row >= 0 and rows[row] > self.module / 2:
            row -= 1
        edge = row
        above = _rest(rows[edge + 1], rows[edge + 2])  # a row of pixels that is inked in part is blank in part
        if self.margin - 1 - edge - above > _EDGE_OFF:
            return 0.0
        while row >= 0 and rows[row] <= self.module / 2:
            row -= 1
        if row < 1:
            return float(_MOST_QUIET)
        blank = edge - row + above + _rest(rows[row], rows[row - 1])
        return min(blank / self.module, float(_MOST_QUIET))

    def survives(self, text: str) -> bool:
        """Check whether the code can be read from a copy: paler, blurred, with grain, which is the same each time."""
        cut = max(self.margin - math.ceil(_COPY_AROUND * self.module), 0)
        part = Image.fromarray(self.gray[cut : len(self.gray) - cut, cut : len(self.gray) - cut])
        if self.is_inverted:
            part = ImageOps.invert(part)
        blurred = np.asarray(part.filter(ImageFilter.GaussianBlur(_BLUR)), np.float32)
        low, high = _COPY_RANGE
        copy = np.clip(low + blurred * (high - low) / 255 + _grain(blurred.shape), 0, 255).astype(np.uint8)
        scale = min(_COPY_MODULE / self.module, 1.0)  # a module is a few pixels wide, as a telephone sees it
        size = round(copy.shape[1] * scale), round(copy.shape[0] * scale)
        held_away = np.asarray(Image.fromarray(copy).resize(size, Image.Resampling.BOX))
        pictures = (np.ascontiguousarray(seen) for seen in (copy, held_away))
        found = (zxingcpp.read_barcode(picture, formats=_formats()) for picture in pictures)
        return any(read is not None and read.text == text for read in found)


def _rest(part: float, whole: float) -> float:
    return max(1 - part / whole, 0.0) if whole else 0.0


def _formats() -> zxingcpp.BarcodeFormats:
    """Return the kinds of code to look for, made anew.

    A value of this library that outlives its call, in a module say, is reported as leaked when the program ends.
    """
    return zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def _grain(shape: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Make speckles that look random but are the same each time (linear congruence, Numerical Recipes §7.1)."""
    count = int(np.prod(shape))
    state = (np.arange(count, dtype=np.uint32) * np.uint32(1664525) + np.uint32(1013904223)) ^ np.uint32(0x9E3779B9)
    state = (state ^ (state >> np.uint32(15))) * np.uint32(2246822519)
    levels = (state >> np.uint32(16)).astype(np.float64) / 65535
    return ((levels * 2 - 1) * _GRAIN).reshape(shape)
