"""The graphics state of a content stream, as far as print rules ask for it, and marks painted in it (§8.4).

Coordinates are those of the page: every box has gone through the current matrix.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from leaflet.conformance.content_stream import IDENTITY, Matrix, multiply
from leaflet.conformance.pdfx.images import Image
from leaflet.conformance.pdfx.inks import BLACK, Ink
from leaflet.geometry import Rectangle

EVERYWHERE = Rectangle(-1e9, -1e9, 1e9, 1e9)
NOWHERE = Rectangle(math.inf, math.inf, -math.inf, -math.inf)  # shares nothing with any box


class PrintArea(NamedTuple):
    """The area of a page that its marks are judged by.

    Attributes:
        trim: where the page is cut.
        bleed: to where it must be painted.
        unit: points in a unit of the page.
        devices: the device colour spaces it may use.
    """

    trim: Rectangle | None
    bleed: Rectangle | None
    unit: float
    devices: frozenset[str]


class Graphics(NamedTuple):
    """The graphics state (§8.4), as far as print rules ask for it; `placed` is false inside patterns and glyphs."""

    matrix: Matrix = IDENTITY
    clip: Rectangle = EVERYWHERE
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_overprints: bool = False
    stroke_overprints: bool = False
    overprint_mode: int = 0
    text_mode: int = 0
    placed: bool = True

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of user space is on the page."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def box(self, box: Rectangle) -> Rectangle:
        """Return the box around a rectangle of user space, on the page."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        across, along = zip(*corners, strict=True)
        return Rectangle(min(across), min(along), max(across), max(along))

    def within(self, matrix: Sequence[float]) -> "Graphics":
        """Return the state with a matrix set before the present one (§8.3.4)."""
        return self._replace(matrix=multiply(matrix, self.matrix))

    def clipped(self, box: Rectangle) -> "Graphics":
        """Return the state clipped by a box more."""
        return self._replace(clip=self.clip.cut(box) or NOWHERE)


class PaintedMark(NamedTuple):
    """Something painted; `boxes` are around its visible parts, None if their place is not known."""

    kind: str  # "text", "fill", "stroke", "image", "gradient", "group"
    ink: Ink | None
    overprints: bool = False
    overprint_mode: int = 0
    boxes: tuple[Rectangle, ...] | None = None
    parts: int = 1
    image: Image | None = None
    dpi: float | None = None


class PaintedPath:
    """The path under construction: a box around each of its parts, in page coordinates."""

    def __init__(self) -> None:
        self.boxes: list[Rectangle] = []
        self.clips = False
        self._open: list[float] | None = None
        self._drawn = False

    def move(self, point: tuple[float, float]) -> None:
        """Begin a part at a point."""
        self._close()
        self._open = [*point, *point]

    def line(self, *points: tuple[float, float]) -> None:
        """Extend the part to some points."""
        for x, y in points:
            left, bottom, right, top = self._open or [x, y, x, y]
            self._open = [min(left, x), min(bottom, y), max(right, x), max(top, y)]
        self._drawn = True

    def add(self, box: Rectangle) -> None:
        """Add a rectangle as a part."""
        self._close()
        self.boxes.append(box)

    def finish(self) -> list[Rectangle]:
        """Return the boxes of all parts."""
        self._close()
        return self.boxes

    def _close(self) -> None:
        if self._open and self._drawn:
            self.boxes.append(Rectangle(*self._open))
        self._open, self._drawn = None, False

    def copy(self) -> "PaintedPath":
        """Return a copy that can be extended by itself."""
        twin = PaintedPath()
        twin.boxes, twin.clips, twin._drawn = list(self.boxes), self.clips, self._drawn
        twin._open = self._open and list(self._open)
        return twin

    def key(self) -> tuple[Any, ...]:
        """Return what two equal paths have in common."""
        return tuple(self.boxes), self.clips, tuple(self._open or ()), self._drawn


class StreamState:
    """The state of a content stream at one of its instructions: graphics state, saved ones, path."""

    def __init__(self, graphics: Graphics) -> None:
        self.graphics = graphics
        self.saved: list[Graphics] = []
        self.path = PaintedPath()

    def copy(self) -> "StreamState":
        """Return a copy that can be changed by itself."""
        twin = StreamState(self.graphics)
        twin.saved = list(self.saved)
        twin.path = self.path.copy()
        return twin

    def key(self) -> tuple[Any, ...]:
        """Return what two equal states have in common."""
        return self.graphics, tuple(self.saved), self.path.key()
