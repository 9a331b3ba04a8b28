"""QR codes in the picture of a page: what they say, their modules, their quiet zone, whether a photocopy reads."""

import math
from typing import Any

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

from leaflet.review.evidence import Color, FoundCode
from leaflet.review.picture import Gray, Look, contrast

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MOST_QUIET = 8  # modules looked at around a code
_INK_SHARE = 0.02  # of the pixels of a ring that may be dark: dust, and rounding of its corners
_BLUR = 1.2  # pixels at 200 dpi, of a copier's lens
_GRAIN = 24  # of 255, of its toner: the most a pixel is off
_LOOKS = 3  # pictures a phone takes before its owner gives up; each has a grain of its own
_COPY_RANGE = (60, 215)  # grey levels that black and white are on a poor copy


def find_codes(look: Look) -> tuple[FoundCode, ...]:
    """All codes, those too that are seen and cannot be read."""
    if look.pixels.size == 0:
        return ()
    gray = look.gray
    barcodes = zxingcpp.read_barcodes(gray, formats=_FORMATS, return_errors=True)
    found = [code for barcode in barcodes if (code := _judge(barcode, look, gray)) is not None]
    return tuple(_distinct(found))


def _distinct(found: list[FoundCode]) -> list[FoundCode]:
    """Each code once: corners of one that cannot be read look like codes, and so does it itself a second time."""
    kept: list[FoundCode] = []
    for code in sorted(found, key=lambda code: (code.text is None, not code.module)):
        x, y = code.box.x + code.box.width // 2, code.box.y + code.box.height // 2
        boxes = [other.box for other in kept]
        if code.text is not None or not any(b.x <= x <= b.right and b.y <= y <= b.bottom for b in boxes):
            kept.append(code)
    return kept


def _judge(barcode: zxingcpp.Barcode, look: Look, gray: Gray) -> FoundCode | None:
    corners = [
        (point.x, point.y)
        for point in (
            barcode.position.top_left,
            barcode.position.top_right,
            barcode.position.bottom_right,
            barcode.position.bottom_left,
        )
    ]
    sides = [math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4)]
    side = sum(sides) / 4
    if side < 10:
        return None
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    version = _version(barcode.extra)
    module = side / (17 + 4 * version) if version else 0.0  # ISO/IEC 18004: 21 modules, and 4 more each version
    box = look.locate(left, top, right, bottom)
    inside = look.pixels[top:bottom, left:right].reshape(-1, 3)
    dark, light = _ends(inside)
    text = barcode.text if barcode.valid else None
    return FoundCode(
        text=text,
        box=box,
        module=look.locate(0, 0, module, 0).width,
        quiet=_quiet_zone(gray, (left, top, right, bottom), module) if module else 0.0,
        contrast=round(contrast(dark, light), 2),
        survives=text is not None and _survives(gray, (left, top, right, bottom), text),
    )


def _version(extra: object) -> int:
    """1 to 40; 0 if the reader does not say."""
    said = extra.get("Version") if isinstance(extra, dict) else None
    return int(said) if said and str(said).isdecimal() else 0


def _ends(pixels: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> tuple[Color, Color]:
    """The colours of dark and of light modules: the medians of the darker and of the lighter half of pixels."""
    if len(pixels) == 0:
        return (0, 0, 0), (0, 0, 0)
    weights = pixels @ np.array([0.299, 0.587, 0.114])
    middle = (float(weights.min()) + float(weights.max())) / 2
    ends = []
    for half in (pixels[weights <= middle], pixels[weights >= middle]):
        red, green, blue = (int(value) for value in np.median(half, axis=0))
        ends.append((red, green, blue))
    return ends[0], ends[1]


def _quiet_zone(gray: Gray, sides: tuple[int, int, int, int], module: float) -> float:
    """Blank modules around a code at its narrowest side; rings of half a module are looked at one by one."""
    left, top, right, bottom = sides
    height, width = gray.shape
    inside = gray[top:bottom, left:right]
    threshold = (int(inside.min()) + int(inside.max())) / 2
    steps = 2 * _MOST_QUIET
    for step in range(1, steps + 1):
        far, near = round(step * module / 2), round((step - 1) * module / 2) + 1
        strips = (
            gray[max(top - far, 0) : max(top - near + 1, 0), max(left, 0) : right],
            gray[bottom + near : bottom + far + 1, max(left, 0) : right],
            gray[max(top, 0) : bottom, max(left - far, 0) : max(left - near + 1, 0)],
            gray[max(top, 0) : bottom, right + near : right + far + 1],
        )
        if any(strip.size and float((strip < threshold).mean()) > _INK_SHARE for strip in strips):
            return (step - 1) / 2
        if top - far < 0 or left - far < 0 or bottom + far > height or right + far > width:
            return max((step - 1) / 2, 4.0)  # the rest of the page is paper: more than this was not rendered
    return float(_MOST_QUIET)


def _survives(gray: Gray, sides: tuple[int, int, int, int], text: str) -> bool:
    """Whether the code is still read in a copy: paler, blurred, grained; the grains are the same each time."""
    left, top, right, bottom = sides
    margin = max(12, (right - left) // 5)
    height, width = gray.shape
    part = gray[
        max(top - margin, 0) : min(bottom + margin, height), max(left - margin, 0) : min(right + margin, width)
    ]
    blurred = np.asarray(Image.fromarray(part).filter(ImageFilter.GaussianBlur(_BLUR)), np.float32)
    low, high = _COPY_RANGE
    pale = low + blurred * (high - low) / 255
    return any(_reads(np.clip(pale + _grain(part.shape, number), 0, 255), text) for number in range(_LOOKS))


def _reads(picture: np.ndarray[tuple[int, ...], np.dtype[np.floating[Any]]], text: str) -> bool:
    read = zxingcpp.read_barcode(np.ascontiguousarray(picture.astype(np.uint8)), formats=_FORMATS)
    return read is not None and read.text == text


def _grain(shape: tuple[int, ...], number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Speckles that look accidental, by a linear congruence (Numerical Recipes §7.1): no chance has a part in it."""
    count = int(np.prod(shape))
    state = (
        np.arange(number * count, (number + 1) * count, dtype=np.uint32) * np.uint32(1664525) + np.uint32(1013904223)
    ) ^ np.uint32(0x9E3779B9)
    state = (state ^ (state >> np.uint32(15))) * np.uint32(2246822519)
    levels = (state >> np.uint32(16)).astype(np.float64) / 65535
    return ((levels * 2 - 1) * _GRAIN).reshape(shape)
