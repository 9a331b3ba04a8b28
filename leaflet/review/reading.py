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
from leaflet.review.evidence import Color, Evidence, FoundImage, Marked, Word, WritingLine
from leaflet.review.objects import Painted, find_painted
from leaflet.review.picture import Look, contrast
from leaflet.units import PT_PER_INCH, mm, pt

_LEAST_LINE = mm(25)  # of a line that somebody may write on
_THIN = mm(0.8)
_WRITING_HEIGHT = mm(5)  # above a line, which is kept blank
_CLEAR = mm(0.7)  # between line and blank
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
        self._left, self._bottom, _, self._top = page.get_cropbox()

    def read(self) -> Evidence:
        objects = list(find_painted(self._page))
        look = Look(self._page, [self._box(painted.sides) for painted in objects])
        text = self._page.get_textpage()
        return Evidence(
            words=tuple(self._word(text, letters, look) for letters in _words(text)),
            codes=find_codes(look),
            images=tuple(self._images(objects)),
            writing_lines=tuple(self._writing_lines(objects, look)),
            rules=tuple(self._box(sides) for painted in objects if painted.is_path for sides in painted.lines),
            marked=tuple(self._marked(objects)),
        )

    def _marked(self, objects: list[Painted]) -> Iterator[Marked]:
        """Where each marked content is, in the order of the page's content."""
        found: dict[int, list[Painted]] = {}
        for painted in objects:
            if painted.mark >= 0:
                found.setdefault(painted.mark, []).append(painted)
        for identifier, parts in found.items():
            left, bottom, right, top = zip(*(part.sides for part in parts), strict=True)
            yield Marked(identifier=identifier, box=self._box((min(left), min(bottom), max(right), max(top))))

    def _box(self, sides: tuple[float, float, float, float]) -> Box:
        left, bottom, right, top = (side if math.isfinite(side) else 0.0 for side in sides)
        x, y = pt(left - self._left), pt(self._top - top)
        return Box(x, y, pt(right - left), pt(top - bottom))

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
            behind=behind,
            angle=_angle(text, letters.first),
        )

    def _images(self, objects: list[Painted]) -> Iterator[FoundImage]:
        for painted in objects:
            if not painted.is_image:
                continue
            sides = painted.sides
            width, height = painted.item.get_px_size()
            inches = [max(side, 1e-3) / PT_PER_INCH for side in (sides[2] - sides[0], sides[3] - sides[1])]
            dpi = min(width / inches[0], height / inches[1])
            yield FoundImage(box=self._box(painted.seen), width=width, height=height, dpi=dpi, bits=painted.bits)

    def _writing_lines(self, objects: list[Painted], look: Look) -> Iterator[WritingLine]:
        for painted in objects:
            if not painted.is_path:
                continue
            box = self._box(painted.sides)
            if box.width < _LEAST_LINE or box.height > _THIN:
                continue
            room = Box(box.x, box.y - _WRITING_HEIGHT, box.width, _WRITING_HEIGHT - _CLEAR)
            if room.y >= 0:
                yield WritingLine(room=room, is_free=look.is_uniform(room))


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


def _angle(text: Any, index: int) -> int:
    """Degrees a character is turned by, clockwise; −1, which PDFium says where it does not know, is 0."""
    found: float = pdfium.FPDFText_GetCharAngle(text, index)
    return round(math.degrees(found)) % 360 if found >= 0 else 0


def _font(text: Any, index: int) -> str:
    name = ctypes.create_string_buffer(_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(text, index, name, _FONT_NAME, ctypes.c_int())
    return name.value.decode("utf-8", "replace").split("+", 1)[-1]


def _mode(text: Any, index: int) -> int:
    item = pdfium.FPDFText_GetTextObject(text, index)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if item else 0
