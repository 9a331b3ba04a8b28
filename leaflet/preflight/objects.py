"""The objects that PDFium finds painted on a page: where they are, bitmaps, straight lines.

Objects of a form XObject are found where the form puts them. Sides are points from the page's bottom left; a page's
evidence is made of them elsewhere. Not here: text, which PDFium's text page has.
"""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from leaflet.units import mm, to_pt

Sides = tuple[float, float, float, float]  # left, bottom, right, top
Point = tuple[float, float]

_DEPTH = 8  # forms within forms
_MOST_SEGMENTS = 64  # of a path that is looked at for lines: crop marks have eight, a QR code has hundreds
_THIN = to_pt(mm(0.8))
_LEAST_LINE = to_pt(mm(0.9))  # dashes of fold marks are 1 mm


class Painted(Struct, frozen=True):
    """One object that PDFium finds painted.

    Attributes:
        item: PDFium's object.
        sides: of the object on the page.
        matrix: from the object's coordinates to the page's.
    """

    item: pypdfium2.PdfObject
    sides: Sides
    matrix: pypdfium2.PdfMatrix

    @property
    def is_image(self) -> bool:
        """Return whether it is a bitmap."""
        return bool(self.item.type == pdfium.FPDF_PAGEOBJ_IMAGE)

    @property
    def is_text(self) -> bool:
        """Return whether it is text."""
        return bool(self.item.type == pdfium.FPDF_PAGEOBJ_TEXT)

    @property
    def is_path(self) -> bool:
        """Return whether it is a path."""
        return bool(self.item.type == pdfium.FPDF_PAGEOBJ_PATH)

    @property
    def seen(self) -> Sides:
        """The sides of the object, as far as its clipping lets them be seen."""
        clip = pdfium.FPDFPageObj_GetClipPath(self.item.raw)
        sides = self.sides
        for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
            count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
            found = [_point(pdfium.FPDFClipPath_GetPathSegment(clip, number, at)) for at in range(max(count, 0))]
            if found:
                sides = _common(sides, self.matrix.on_rect(*_around(found)))
        return sides

    @property
    def bits(self) -> int:
        """The bits of a pixel of a bitmap; 0 if PDFium does not know."""
        data = pdfium.FPDF_IMAGEOBJ_METADATA()
        if not pdfium.FPDFImageObj_GetImageMetadata(self.item.raw, self.item.page.raw, data):
            return 0
        return int(data.bits_per_pixel)

    @property
    def lines(self) -> Iterator[Sides]:
        """The parts of a path that are level or upright, thin, and long enough to be seen as a line."""
        left, bottom, right, top = self.sides
        if min(right - left, top - bottom) <= _THIN:
            if max(right - left, top - bottom) >= _LEAST_LINE:
                yield self.sides
            return
        for one, two in self._strokes():
            sides = self.matrix.on_rect(*_around([one, two]))
            if min(sides[2] - sides[0], sides[3] - sides[1]) <= _THIN / 8 and _length(sides) >= _LEAST_LINE:
                yield sides

    @property
    def areas(self) -> Iterator[Sides]:
        """The areas that it may cover: all of it, but of lines that are drawn and not filled each part by itself."""
        if not (self.is_path and self._is_drawn):
            yield self.seen
            return
        count = pdfium.FPDFPath_CountSegments(self.item.raw)
        if count > _MOST_SEGMENTS:
            yield self.seen
            return
        own = self.item.get_matrix()
        points = [own.on_point(*_point(pdfium.FPDFPath_GetPathSegment(self.item.raw, at))) for at in range(count)]
        for one, two in pairwise(points):
            yield self.matrix.on_rect(*_around([one, two]))

    @property
    def _is_drawn(self) -> bool:
        """Return whether it is a path that has lines and no filling."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        is_known = pdfium.FPDFPath_GetDrawMode(self.item.raw, fill, stroke)
        return bool(is_known and stroke.value and not fill.value)

    def _strokes(self) -> Iterator[tuple[Point, Point]]:
        """Yield the ends of the lines of a path that is stroked and has but a few, where they stand."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        count = pdfium.FPDFPath_CountSegments(self.item.raw)
        is_known = pdfium.FPDFPath_GetDrawMode(self.item.raw, fill, stroke)
        if count > _MOST_SEGMENTS or not is_known or not stroke.value:
            return
        own = self.item.get_matrix()
        segments = [pdfium.FPDFPath_GetPathSegment(self.item.raw, at) for at in range(count)]
        kinds = [pdfium.FPDFPathSegment_GetType(segment) for segment in segments]
        points = [own.on_point(*_point(segment)) for segment in segments]
        for (one, two), kind in zip(pairwise(points), kinds[1:], strict=True):
            if kind == pdfium.FPDF_SEGMENT_LINETO:
                yield one, two


def find_painted(page: pypdfium2.PdfPage) -> Iterator[Painted]:
    """Yield all that is painted, forms opened."""
    matrices = [pypdfium2.PdfMatrix()]
    for item in page.get_objects(max_depth=_DEPTH):
        del matrices[item.level + 1 :]
        matrix = matrices[item.level]
        if item.type == pdfium.FPDF_PAGEOBJ_FORM and item.level < _DEPTH - 1:
            matrices.append(item.get_matrix().multiply(matrix))
            continue
        try:
            sides = item.get_bounds()
        except pypdfium2.PdfiumError:  # an object without extent
            continue
        yield Painted(item, matrix.on_rect(*sides), matrix)


def _point(segment: Any) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _around(points: list[Point]) -> Sides:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _common(one: Sides, other: Sides) -> Sides:
    """Return what two rectangles share; without extent if that is nothing."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(min(one[2], other[2]), left), max(min(one[3], other[3]), bottom)


def _length(sides: Sides) -> float:
    return max(sides[2] - sides[0], sides[3] - sides[1])
