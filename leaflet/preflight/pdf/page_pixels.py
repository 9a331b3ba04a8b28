"""The picture of a page, where something stands on it, and what can be read off it: colours, blankness, contrast."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pypdfium2
from PIL import Image

from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Box, Um, mm, to_pt, to_px
from leaflet.pdf.page_images import Margins, margins_around, render_pixels
from leaflet.preflight.pdf.evidence import Color

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
