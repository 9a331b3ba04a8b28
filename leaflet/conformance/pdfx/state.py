"""The graphics state of a content stream, as far as print rules ask for it, and marks painted in it (§8.4).

Coordinates are those of the page: every box has gone through the current matrix.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from leaflet.conformance.pdfx.images import Image
from leaflet.conformance.pdfx.inks import BLACK, Ink
from leaflet.geometry import Rectangle

Matrix = tuple[float, float, float, float, float, float]

UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE = Rectangle(-1e9, -1e9, 1e9, 1e9)
NOWHERE = Rectangle(math.inf, math.inf, -math.inf, -math.inf)  # shares nothing with any box


class Sheet(NamedTuple):
    """What content is judged by: where the page is cut, how large its unit is, which device colours it may use."""

    trim: Rectangle | None
    bleed: Rectangle | None
    unit: float
    devices: frozenset[str]


class Graphics(NamedTuple):
    """The graphics state (§8.4), as far as print rules ask for it; `placed` is false inside patterns and glyphs."""

    matrix: Matrix = UPRIGHT
    clip: Rectangle = EVERYWHERE
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_overprints: bool = False
    stroke_overprints: bool = False
    overprint_mode: int = 0
    text_mode: int = 0
    placed: bool = True

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def box(self, box: Rectangle) -> Rectangle:
        """Around a rectangle of user space."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        across, along = zip(*corners, strict=True)
        return Rectangle(min(across), min(along), max(across), max(along))

    def within(self, matrix: Sequence[float]) -> "Graphics":
        """With a matrix set before the present one (§8.3.4)."""
        a, b, c, d, e, f = matrix
        m = self.matrix
        product = (
            a * m[0] + b * m[2],
            a * m[1] + b * m[3],
            c * m[0] + d * m[2],
            c * m[1] + d * m[3],
            e * m[0] + f * m[2] + m[4],
            e * m[1] + f * m[3] + m[5],
        )
        return self._replace(matrix=product)

    def clipped(self, box: Rectangle) -> "Graphics":
        return self._replace(clip=self.clip.cut(box) or NOWHERE)


class Mark(NamedTuple):
    """Something painted: `boxes` around its parts as far as they are visible, None if their place is not known."""

    kind: str  # "text", "fill", "stroke", "image", "gradient", "group"
    ink: Ink | None
    overprints: bool = False
    overprint_mode: int = 0
    boxes: tuple[Rectangle, ...] | None = None
    parts: int = 1
    image: Image | None = None
    dpi: float | None = None


class Path:
    """The path under construction: a box around each of its parts, in page coordinates."""

    def __init__(self) -> None:
        self.boxes: list[Rectangle] = []
        self.clips = False
        self._open: list[float] | None = None
        self._drawn = False

    def move(self, point: tuple[float, float]) -> None:
        self._close()
        self._open = [*point, *point]

    def line(self, *points: tuple[float, float]) -> None:
        for x, y in points:
            left, bottom, right, top = self._open or [x, y, x, y]
            self._open = [min(left, x), min(bottom, y), max(right, x), max(top, y)]
        self._drawn = True

    def add(self, box: Rectangle) -> None:
        self._close()
        self.boxes.append(box)

    def finish(self) -> list[Rectangle]:
        self._close()
        return self.boxes

    def _close(self) -> None:
        if self._open and self._drawn:
            self.boxes.append(Rectangle(*self._open))
        self._open, self._drawn = None, False

    def copy(self) -> "Path":
        twin = Path()
        twin.boxes, twin.clips, twin._drawn = list(self.boxes), self.clips, self._drawn
        twin._open = self._open and list(self._open)
        return twin

    def key(self) -> tuple[Any, ...]:
        return tuple(self.boxes), self.clips, tuple(self._open or ()), self._drawn


class State:
    """Where a content stream stands: graphics state, saved ones, path."""

    def __init__(self, graphics: Graphics) -> None:
        self.graphics = graphics
        self.saved: list[Graphics] = []
        self.path = Path()

    def copy(self) -> "State":
        twin = State(self.graphics)
        twin.saved = list(self.saved)
        twin.path = self.path.copy()
        return twin

    def key(self) -> tuple[Any, ...]:
        return self.graphics, tuple(self.saved), self.path.key()
