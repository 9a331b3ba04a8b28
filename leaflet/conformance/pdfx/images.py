"""Pictures of a print-shop file: size, colour space, and the most ink any of their samples needs.

Samples of 8 and 16 bits are decoded, by qpdf; of JPEG 2000 a message says that it is not. Clauses are of
ISO 32000-1. Lengths are samples.
"""

from typing import Any, NamedTuple

import numpy as np
import pikepdf

from leaflet.conformance.pdf_objects import UNREADABLE, items
from leaflet.conformance.pdfx.inks import GRAY, Space, Spaces, component_ranges, make_ink

_MOST_BYTES = 1 << 30  # samples of one picture that are decoded
_ROWS = 1 << 18  # samples added up at a time
_CMYK = ("DeviceCMYK", "ICCBased CMYK")
_TYPES = {8: ("u1", 255.0), 16: (">u2", 65535.0)}


class Image(NamedTuple):
    """An image, as far as print rules ask.

    Attributes:
        name: by which it is painted.
        width: samples.
        height: samples.
        space: its colour space; None for a stencil mask.
        peak: the most ink of any sample, 1 for one full layer; None if it is unknown.
        filters: those its data went through.
        problem: why it cannot be judged.
    """

    name: str
    width: int
    height: int
    space: Space | None
    peak: float | None
    filters: tuple[str, ...]
    problem: str = ""


def read_image(name: str, image: Any, resources: Any, spaces: Spaces) -> Image:
    """Read an image XObject (§8.9.5); what is wrong with it stands in `problem`."""
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    filters = tuple(str(one) for one in items(image.get("/Filter")))
    if image.get("/ImageMask") is True:
        return Image(name, width, height, None, None, filters)
    try:
        space = spaces.find(image.get("/ColorSpace"), resources)
        peak = _peak(image, space, width, height)
    except UNREADABLE as error:
        return Image(name, width, height, GRAY, None, filters, str(error) or type(error).__name__)
    return Image(name, width, height, space, peak, filters)


def read_inline_image(inline: Any, resources: Any, spaces: Spaces) -> Image:
    """Read an inline image (§8.9.7): too small to matter as ink, so only its space is read."""
    filters = tuple(str(one) for one in items(inline.obj.get("/Filter")))
    if inline.image_mask:
        return Image("inline", inline.width, inline.height, None, None, filters)
    try:
        space = spaces.find(inline.obj.get("/ColorSpace"), resources)
    except UNREADABLE as error:
        return Image("inline", inline.width, inline.height, GRAY, None, filters, str(error))
    problem = "" if space.devices <= GRAY.devices else "colour in an inline image is not counted"
    return Image("inline", inline.width, inline.height, space, None, filters, problem)


def _peak(image: Any, space: Space, width: int, height: int) -> float | None:
    """Return the ink of the heaviest sample; None where a space cannot be counted."""
    bits = int(image.get("/BitsPerComponent", 8))
    if space is GRAY or space.name == "ICCBased gray":
        return 1.0
    ranges = component_ranges(image.get("/Decode"), space, bits)
    if space.channels == 1:
        return _table_peak(space, bits, ranges[0])
    if space.name not in _CMYK:
        return None
    if bits not in _TYPES:
        raise ValueError(f"samples of {bits} bits are not counted")
    return _sum_peak(_samples(image, bits, width * height * space.channels), ranges, _TYPES[bits][1])


def _table_peak(space: Space, bits: int, limits: tuple[float, float]) -> float | None:
    """Return the heaviest of all values, up to 256 of them, that one component can have."""
    low, high = limits
    steps = min((1 << bits) - 1, 255)
    values = {min(low + (high - low) * n / steps, float(space.top)) for n in range(steps + 1)}
    inks = [make_ink(space, [value]) for value in values]
    return max(ink.total for ink in inks) if all(ink.cmyk for ink in inks) else None


def _samples(image: Any, bits: int, count: int) -> "np.ndarray[Any, Any]":
    """Return the samples of all channels, in order.

    Raises:
        ValueError: fewer than width and height promise, or too many to decode.
    """
    kind = np.dtype(_TYPES[bits][0])
    if not 0 < count * kind.itemsize <= _MOST_BYTES:
        raise ValueError(f"{count} samples are not decoded")
    data = image.read_bytes(pikepdf.StreamDecodeLevel.all)
    if len(data) < count * kind.itemsize:
        raise ValueError(f"{count} samples are promised, {len(data) // kind.itemsize} are there")
    return np.frombuffer(data, kind, count)


def _sum_peak(samples: "np.ndarray[Any, Any]", ranges: list[tuple[float, float]], top: float) -> float:
    """Return the largest sum of all channels of a sample, each scaled to its range."""
    weights = np.array([(high - low) / top for low, high in ranges], np.float32)
    start = sum(low for low, _ in ranges)
    rows = samples.reshape(-1, len(ranges))
    return max(float((rows[n : n + _ROWS] @ weights).max()) + start for n in range(0, len(rows), _ROWS))
