"""Pages as pictures: to be compared, and to be looked at: the old one, the new one, both on one another.

On the overlay what both have is pale grey, what only the old page has is red, what only the new page has is blue. Red
is light and blue is dark: they differ for everybody, on a grey print too. What changed is framed.
"""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from leaflet.compare.pixels import Picture
from leaflet.fonts import load_fontbook
from leaflet.geometry import Box
from leaflet.units import mm, to_px

LOOK_DPI = 150  # of the pictures people look at
_MOST = 40_000_000  # pixels of a picture; larger pages are drawn at fewer dots per inch
_BOTH, _OLD, _NEW, _FRAME = (188, 188, 188), (240, 100, 60), (0, 56, 150), (30, 30, 30)
_PAPER = 32  # of 255: how much darker than white counts as ink in full on an overlay
_MARGIN = mm(1.6)  # between what changed and its frame
_LINE = mm(0.5)  # of the frame
_CAPTION = mm(9)
_LEGEND = ((_OLD, "−  ancien · old"), (_NEW, "+  nouveau · new"), (_BOTH, "identique · same"))


def usable_dpi(sizes: Sequence[tuple[int, int]], dpi: int) -> int:
    """The resolution asked for, or the one at which pages of these sizes (µm) still are pictures of a usual size."""
    pixels = max(to_px(width, dpi) * to_px(height, dpi) for width, height in sizes)
    return dpi if pixels <= _MOST else max(1, int(dpi * (_MOST / pixels) ** 0.5))


def png(picture: Picture) -> bytes:
    """A picture as PNG; the same pixels give the same bytes."""
    return _png(Image.fromarray(picture))


def overlay(old: Picture, new: Picture, boxes: Sequence[Box], dpi: int) -> bytes:
    """Both pages on one another with frames around what changed and a legend below, as PNG."""
    height, width = (max(old.shape[axis], new.shape[axis]) for axis in (0, 1))
    before, after = _ink(old, height, width), _ink(new, height, width)
    both = np.minimum(before, after)
    paper = np.full((height, width, 3), 255.0)
    for colour, ink in ((_BOTH, both), (_OLD, before - both), (_NEW, after - both)):
        paper -= (255.0 - np.array(colour)) * ink[:, :, None]
    image = Image.new("RGB", (width, height + round(to_px(_CAPTION, dpi))), "white")
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)))
    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle(_frame(box, dpi), outline=_FRAME, width=max(2, round(to_px(_LINE, dpi))))
    _write_legend(pen, height, dpi)
    return _png(image)


def _ink(picture: Picture, height: int, width: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """How much is printed on each pixel, 0 to 1: pale tints count as ink too, so that a lost one is seen."""
    ink = np.zeros((height, width))
    dark = 255.0 - picture.min(axis=2)
    ink[: picture.shape[0], : picture.shape[1]] = np.minimum(dark / _PAPER, 1) * (0.35 + 0.65 * dark / 255)
    return ink


def _frame(box: Box, dpi: int) -> tuple[float, float, float, float]:
    left, top = to_px(box.x - _MARGIN, dpi), to_px(box.y - _MARGIN, dpi)
    right, bottom = to_px(box.x + box.width + _MARGIN, dpi), to_px(box.y + box.height + _MARGIN, dpi)
    return left, top, right, bottom


def _write_legend(pen: ImageDraw.ImageDraw, top: int, dpi: int) -> None:
    size, x = to_px(mm(3.6), dpi), to_px(mm(6), dpi)
    font = ImageFont.truetype(BytesIO(load_fontbook().face("regular").data), size)
    y = top + to_px(_CAPTION, dpi) / 2
    for colour, text in _LEGEND:
        pen.rectangle((x, y - size / 2, x + size, y + size / 2), fill=colour)
        pen.text((x + 1.5 * size, y), text, fill=_FRAME, font=font, anchor="lm")
        x += 3.5 * size + pen.textlength(text, font)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()
