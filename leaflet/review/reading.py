"""Reads the evidence of a page through PDFium: its text, its objects, and its picture.

A page is rendered where something stands on it, at 200 dpi; the picture is looked at and thrown away.
Not here: links and structure, which ``finished`` takes from the file itself.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from leaflet.layout.marks import Box
from leaflet.review.codes import find_codes
from leaflet.review.evidence import Color, Evidence, FoundImage, Word, WritingLine
from leaflet.review.picture import Look, contrast
from leaflet.review.turning import Turning
from leaflet.units import PT_PER_INCH, mm

_LEAST_LINE = mm(25)  # of a line that somebody may write on
_THIN = mm(0.8)
_WRITING_HEIGHT = mm(5)  # above a line, which is kept blank
_CLEAR = mm(0.7)  # between line and blank
_FIELD_HEIGHT = mm(20)  # of the highest box that somebody writes one line in
_DEPTH = 8  # forms within forms
_INVISIBLE = 3  # text rendering mode, ISO 32000-1 table 106
_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at the end of a line
_FONT_NAME = 256  # bytes


def read_evidence(data: bytes, page: int = 0) -> Evidence:
    """What stands on a page (counted from 0) of a file.

    Raises:
        pypdfium2.PdfiumError: PDFium cannot open the file or the page.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        return _Reader(document[page]).read()
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class _Letters:
    """A word being collected: its characters, their box in points from the bottom left, and its first index."""

    first: int
    line: int
    text: str
    sides: tuple[float, float, float, float]  # left, bottom, right, top
    is_mapped: bool


class _Reader:
    """One page being read."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._turning = Turning(page.get_cropbox(), page.get_rotation())

    def read(self) -> Evidence:
        objects = list(self._objects())
        look = Look(self._page, [self._box(sides) for item, sides in objects if item.container is None])
        text = self._page.get_textpage()
        return Evidence(
            words=tuple(self._word(text, letters, look) for letters in _words(text)),
            codes=find_codes(look),
            images=tuple(self._images(objects)),
            writing_lines=tuple(self._writing_lines(objects, look)),
        )

    def _objects(self) -> Iterator[tuple[Any, tuple[float, float, float, float]]]:
        """Every object with its sides on the page, forms and what they hold too."""
        for item in self._page.get_objects(max_depth=_DEPTH):
            try:
                sides, holder = item.get_bounds(), item.container
                while holder is not None:  # an object in a form has its sides in the form's own space
                    sides, holder = holder.get_matrix().on_rect(*sides), holder.container
                yield item, sides
            except pypdfium2.PdfiumError:  # an object without extent
                continue

    def _box(self, sides: tuple[float, float, float, float]) -> Box:
        left, bottom, right, top = (side if math.isfinite(side) else 0.0 for side in sides)
        return self._turning.place((left, bottom, right, top))

    def _word(self, text: Any, letters: _Letters, look: Look) -> Word:
        box, ink = self._box(letters.sides), _ink(text, letters.first)
        hidden = _mode(text, letters.first) == _INVISIBLE
        behind = None if hidden else look.around(box)
        return Word(
            text=letters.text,
            box=box,
            size=round(_size(text, letters.first), 2),
            font=_font(text, letters.first),
            ink=ink,
            contrast=round(contrast(ink, behind), 2) if behind is not None else 0.0,
            line=letters.line,
            is_hidden=hidden,
            is_mapped=letters.is_mapped,
        )

    def _images(self, objects: list[tuple[Any, tuple[float, float, float, float]]]) -> Iterator[FoundImage]:
        for item, sides in objects:
            if item.type != pdfium.FPDF_PAGEOBJ_IMAGE:
                continue
            box = self._box(sides)
            width, height = item.get_px_size()
            inches = [max(side, 1e-3) / PT_PER_INCH for side in (sides[2] - sides[0], sides[3] - sides[1])]
            yield FoundImage(box=box, width=width, height=height, dpi=min(width / inches[0], height / inches[1]))

    def _writing_lines(
        self, objects: list[tuple[Any, tuple[float, float, float, float]]], look: Look
    ) -> Iterator[WritingLine]:
        for item, sides in objects:
            if item.type != pdfium.FPDF_PAGEOBJ_PATH:
                continue
            box = self._box(sides)
            is_thin = box.height <= _THIN
            if box.width < _LEAST_LINE or not (is_thin or self._is_field(box, look)):
                continue
            base, aside = (box.y, 0) if is_thin else (box.bottom, _CLEAR)
            room = Box(box.x + aside, base - _WRITING_HEIGHT, box.width - 2 * aside, _WRITING_HEIGHT - _CLEAR)
            if room.y >= 0:
                yield WritingLine(room=room, is_free=look.is_uniform(room))

    def _is_field(self, box: Box, look: Look) -> bool:
        """Whether a shape is a box to write in, or one of which only the lower edge is drawn."""
        return _WRITING_HEIGHT <= box.height <= _FIELD_HEIGHT and look.has_lower_edge(box)


def _words(text: Any) -> Iterator[_Letters]:
    """The characters of a page between blanks, in the order of the file as PDFium sorts it into lines."""
    line = 0
    letters: _Letters | None = None
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = "-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"
        if character.isspace():
            if letters is not None:
                yield letters
            letters = None
            line += character == "\n"
            continue
        sides = _char_sides(text, index)
        is_mapped = code not in (0, 0xFFFD) and pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
        if letters is None:
            letters = _Letters(index, line, character, sides, is_mapped)
        else:
            letters = _Letters(
                letters.first,
                line,
                letters.text + character,
                _around(letters.sides, sides),
                letters.is_mapped and is_mapped,
            )
    if letters is not None:
        yield letters


def _around(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _char_sides(text: Any, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _ink(text: Any, index: int) -> Color:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _size(text: Any, index: int) -> float:
    """The size of the type on the page, in points: what the file says, times how much it is enlarged."""
    matrix = pdfium.FS_MATRIX()
    nominal: float = pdfium.FPDFText_GetFontSize(text, index)
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return nominal
    return nominal * math.hypot(matrix.c, matrix.d)


def _font(text: Any, index: int) -> str:
    name = ctypes.create_string_buffer(_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(text, index, name, _FONT_NAME, ctypes.c_int())
    return name.value.decode("utf-8", "replace").split("+", 1)[-1]


def _mode(text: Any, index: int) -> int:
    item = pdfium.FPDFText_GetTextObject(text, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if item else 0
