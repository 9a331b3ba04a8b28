"""Rectangles on a page, in mm from its top left corner."""

from dataclasses import dataclass

import numpy as np

PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its four sides."""

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
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def distance(self, other: "Box") -> float:
        """Return how far the nearest points of two boxes are from each other."""
        across = max(self.left - other.right, other.left - self.right, 0)
        down = max(self.top - other.bottom, other.top - self.bottom, 0)
        return float(np.hypot(across, down))


def union(boxes: list[Box]) -> Box:
    """Return the smallest box that holds others."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
