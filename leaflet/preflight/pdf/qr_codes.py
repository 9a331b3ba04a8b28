"""Find QR codes in the picture of a page: content, modules, quiet zone, and whether a photocopy can be read.

Each code is first turned upright with its surroundings, so that all are measured in the same way.
"""

import math

import numpy as np
import zxingcpp
from msgspec import Struct
from PIL import Image, ImageFilter, ImageOps

from leaflet.layout.palette import contrast_of
from leaflet.preflight.pdf.evidence import Color, FoundCode
from leaflet.preflight.pdf.page_pixels import Gray, PagePixels

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
