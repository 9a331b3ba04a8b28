"""Measure: whole micrometres inside, a number with its unit in files, points only for type and in ``pdf/``.

Boxes are in µm on a page as it is seen, in points in a PDF file; here is the one way from these to those.
"""

import re
from typing import NamedTuple

Um = int  # a length in whole micrometres

UM_PER_MM = 1000
UM_PER_INCH = 25_400
PT_PER_INCH = 72

_UM_PER_UNIT = {"mm": 1000.0, "cm": 10_000.0, "in": 25_400.0, "pt": UM_PER_INCH / PT_PER_INCH}
LENGTH = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)\s*")


def mm(value: float) -> Um:
    """Return micrometres in `value` millimetres, rounded to the nearest."""
    return round(value * UM_PER_MM)


def pt(value: float) -> Um:
    """Return micrometres in `value` typographic points (1/72 inch), rounded to the nearest."""
    return round(value * UM_PER_INCH / PT_PER_INCH)


def to_mm(length: Um) -> float:
    """Return millimetres in `length` µm."""
    return length / UM_PER_MM


def to_pt(length: Um) -> float:
    """Return points (1/72 inch) in `length` µm."""
    return length * PT_PER_INCH / UM_PER_INCH


def to_px(length: Um, dpi: int) -> float:
    """Return pixels in `length` µm of a picture of `dpi` dots per inch."""
    return length * dpi / UM_PER_INCH


def parse_length(text: str) -> Um:
    """Return micrometres of a length written with its unit, mm, cm, in or pt: « 85 mm », "12pt", "2,5 cm"."""
    match = LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a length with its unit, such as '85 mm'")
    return round(float(match[1].replace(",", ".")) * _UM_PER_UNIT[match[2]])


Sides = tuple[float, float, float, float]  # left, bottom, right, top, in points from the file's origin


class Box(NamedTuple):  # a tuple, because every record makes some
    """A rectangle in µm, from its top left corner, y downwards."""

    x: Um
    y: Um
    width: Um
    height: Um

    @property
    def right(self) -> Um:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Um:
        """The y of the lower edge."""
        return self.y + self.height

    def moved(self, dx: Um, dy: Um) -> "Box":
        """Return a box of the same size, moved to the right and downwards."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: Um) -> "Box":
        """Return a box that is larger by `by` on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def scaled(self, by: float) -> "Box":
        """Return the box with the coordinates of its edges multiplied."""
        x, y = round(self.x * by), round(self.y * by)
        return Box(x, y, round(self.right * by) - x, round(self.bottom * by) - y)

    def joined(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def overlaps(self, other: "Box") -> bool:
        """Check whether both share more than an edge."""
        x, y, width, height = self  # a sheet of cards asks hundreds of times
        left, top, wide, high = other
        return x < left + wide and left < x + width and y < top + high and top < y + height

    def contains(self, other: "Box") -> bool:
        """Check whether the other box lies inside, edges included."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom

    def holds_middle(self, other: "Box") -> bool:
        """Check whether the middle of the other box lies inside, edges included."""
        x, y = other.x + other.width // 2, other.y + other.height // 2
        return self.x <= x <= self.right and self.y <= y <= self.bottom


class Rectangle(NamedTuple):
    """A rectangle of a PDF file in points, y upwards, its sides in order (ISO 32000-1 §7.9.5)."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: "Rectangle") -> bool:
        """Check whether both share more than an edge; a line without width overlaps what it runs through."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not is_beside and self.bottom < other.top and self.top > other.bottom

    def contains(self, other: "Rectangle", slack: float = 0.0) -> bool:
        """Check whether the other rectangle goes beyond this one by no more than `slack`."""
        return (
            self.left <= other.left + slack
            and self.bottom <= other.bottom + slack
            and self.right >= other.right - slack
            and self.top >= other.top - slack
        )

    def __str__(self) -> str:
        """Write it as an array of a PDF file."""
        return "[" + " ".join(f"{side:g}" for side in self) + "]"


class PageView(NamedTuple):
    """The part of a page that is seen: its crop box, and the quarter turn (/Rotate) it is shown with."""

    crop: Sides
    degrees: int = 0  # clockwise; 0, 90, 180 or 270

    @property
    def visible(self) -> Box:
        """All that is seen; its corner is the origin of the other boxes."""
        return self.place(self.crop)

    def place(self, sides: Sides) -> Box:
        """Return a rectangle of the file as a box on the page as it is seen (ISO 32000-1 table 30)."""
        left, bottom, right, top = sides
        crop_left, crop_bottom, crop_right, crop_top = self.crop
        width, height = pt(right - left), pt(top - bottom)
        match self.degrees % 360:
            case 90:
                return Box(pt(bottom - crop_bottom), pt(left - crop_left), height, width)
            case 180:
                return Box(pt(crop_right - right), pt(bottom - crop_bottom), width, height)
            case 270:
                return Box(pt(crop_top - top), pt(crop_right - right), height, width)
            case _:
                return Box(pt(left - crop_left), pt(crop_top - top), width, height)
