"""Rectangles on a page, in mm from its top left corner."""

from dataclasses import dataclass

import numpy as np

PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float, up: float | None = None) -> "Box":
        """Return a box that reaches further: to all sides, or up and down by another length."""
        up = by if up is None else up
        return Box(self.left - by, self.top - up, self.right + by, self.bottom + up)

    def contains(self, other: "Box") -> bool:
        across = self.left <= other.left and self.right >= other.right
        return across and self.top <= other.top and self.bottom >= other.bottom

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def distance(self, other: "Box") -> float:
        """Return how far the nearest points of two boxes are from each other."""
        across = max(self.left - other.right, other.left - self.right, 0)
        return float(np.hypot(across, max(self.top - other.bottom, other.top - self.bottom, 0)))


def box_of(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def corners(boxes: list[Box]) -> list[tuple[float, float]]:
    return [point for box in boxes for point in ((box.left, box.top), (box.right, box.bottom))]


def union(boxes: list[Box]) -> Box:
    """Return the smallest box that holds others."""
    return box_of(corners(boxes))
