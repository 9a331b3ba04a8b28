"""Read what a page paints: follow matrices and paths through its content stream, which pikepdf cuts up."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from tests.one_school.boxes import PT, Box, box_of, corners

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Painted:
    """A fill, a stroke (with its thickness) or a text (the point it starts at), as the content stream says."""

    kind: str
    box: Box
    rectangles: tuple[Box, ...]
    line_width: float
    content: int | None
    turned: bool


@cache
def painted(path: Path) -> tuple[tuple[Painted, ...], ...]:
    with pikepdf.open(path) as pdf:
        return tuple(tuple(Reader(page).read()) for page in pdf.pages)


def codes(path: Path, page: int) -> list[Painted]:
    """Return the QR symbols of a page: paths of many squares, filled at once."""
    return [item for item in painted(path)[page] if item.kind == "fill" and len(item.rectangles) > 50]


@cache
def sizes(path: Path) -> tuple[tuple[float, float], ...]:
    with pikepdf.open(path) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    return tuple(((right - left) * PT, (top - bottom) * PT) for left, bottom, right, top in boxes)


class Reader:
    """A reader of one page, which follows matrices and paths through its content stream."""

    def __init__(self, page: pikepdf.Page) -> None:
        left, _, _, top = (float(side) for side in page.mediabox)
        self._page, self._base = page, (PT, 0.0, 0.0, -PT, -left * PT, top * PT)
        self._ctm: Matrix = self._base
        self._width, self._stack = 1.0, []
        self._contents: list[int | None] = []
        self._points: list[tuple[float, float]] = []
        self._rectangles: list[Box] = []
        self._text: Matrix = (1, 0, 0, 1, 0, 0)

    def read(self) -> Iterator[Painted]:
        """Yield what is painted, in order; an operator that this reader does not follow is an error."""
        for instruction in pikepdf.parse_content_stream(self._page):
            operands = instruction.operands
            match str(instruction.operator):
                case "q":
                    self._stack.append((self._ctm, self._width))
                case "Q":
                    self._ctm, self._width = self._stack.pop()
                case "cm":
                    self._ctm = times(matrix(operands), self._ctm)
                case "w":
                    self._width = float(operands[0])
                case "BDC":
                    known = operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
                    self._contents.append(None if known is None else int(known))
                case "BMC":
                    self._contents.append(None)
                case "EMC":
                    self._contents.pop()
                case "re":
                    x, y, width, height = map(float, operands)
                    self._rectangles.append(box_of([self._at(x, y), self._at(x + width, y + height)]))
                case "m" | "l" | "c" | "v" | "y":
                    numbers = [float(operand) for operand in operands]
                    self._points += [self._at(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
                case "f" | "F" | "f*":
                    yield self._paint("fill")
                case "S" | "s" | "B" | "B*" | "b" | "b*":  # of filling and line, the line is the larger
                    yield self._paint("stroke")
                case "n":
                    self._points, self._rectangles = [], []
                case "Do":
                    self._points = [self._at(0, 0), self._at(1, 1)]
                    yield self._paint("picture")
                case "Tm":
                    self._text = matrix(operands)
                case "Tj" | "TJ":
                    a, _, _, _, x, y = times(self._text, self._ctm)
                    yield Painted("text", Box(x, y, x, y), (), 0, self._content, a < 0)
                case "Td" | "TD" | "T*" | "'" | '"' | "sh" | "BI":
                    raise AssertionError(f"this reader does not follow {instruction.operator}")

    @property
    def _content(self) -> int | None:
        return self._contents[-1] if self._contents else None

    def _at(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._ctm
        return a * x + c * y + e, b * x + d * y + f

    def _paint(self, kind: str) -> Painted:
        box = box_of(self._points + corners(self._rectangles))
        width = self._width * abs(self._ctm[0]) if kind == "stroke" else 0
        if len(self._points) == 2 and not self._rectangles:  # a straight line, its ends cut square
            level = box.height < box.width
            box = box.grown(0, width / 2) if level else box.grown(width / 2, 0)
        else:
            box = box.grown(width / 2)
        found = Painted(kind, box, tuple(self._rectangles), width, self._content, self._ctm[0] < 0)
        self._points, self._rectangles = [], []
        return found


def times(one: Matrix, two: Matrix) -> Matrix:
    """Return the product of two matrices; `one` is applied first."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f
