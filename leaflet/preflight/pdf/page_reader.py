"""Read the evidence of a page with PDFium: from its text, its objects, and its picture.

Only the part of a page with objects is rendered, finely if there may be a code, and the picture is not kept.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.geometry import PT_PER_INCH, Box, PageView, Sides, mm, pt, to_pt
from leaflet.layout.palette import contrast_of
from leaflet.preflight.pdf.evidence import Color, Evidence, FoundImage, FoundWord, WritingLine
from leaflet.preflight.pdf.page_pixels import COARSE, FINE, PagePixels, find_codes

Point = tuple[float, float]

_DEPTH = 8  # forms within forms
_MOST_SEGMENTS = 64  # of a path that is looked at for lines: crop marks have eight, a QR code has hundreds
_IMAGE, _TEXT, _PATH = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_THIN = to_pt(mm(0.8))
_LEAST_LINE = to_pt(mm(0.9))  # dashes of fold marks are 1 mm


class Painted(Struct, frozen=True):
    """One object that PDFium finds painted."""

    item: pypdfium2.PdfObject  # PDFium's object
    sides: Sides  # of the object on the page
    matrix: pypdfium2.PdfMatrix  # from the object's coordinates to the page's

    @property
    def kind(self) -> int:
        """The kind of object that it is, by PDFium's number."""
        return int(self.item.type)

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
        if pdfium.FPDFPath_CountSegments(self.item.raw) > _MOST_SEGMENTS or not self._draw_mode()[1]:
            return
        for one, two, kind in self._segments():
            sides = self.matrix.on_rect(*_around([one, two]))
            thickness, length = sorted((sides[2] - sides[0], sides[3] - sides[1]))
            if kind == pdfium.FPDF_SEGMENT_LINETO and thickness <= _THIN / 8 and length >= _LEAST_LINE:
                yield sides

    @property
    def areas(self) -> Iterator[Sides]:
        """The areas that it may cover: all of it, but of lines that are drawn and not filled each part by itself."""
        is_drawn = self.kind == _PATH and self._draw_mode() == (False, True)
        if not is_drawn or pdfium.FPDFPath_CountSegments(self.item.raw) > _MOST_SEGMENTS:
            yield self.seen
            return
        for one, two, _ in self._segments():
            yield self.matrix.on_rect(*_around([one, two]))

    def _draw_mode(self) -> tuple[bool, bool]:
        """Return whether a path is filled, and whether it is stroked."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        is_known = pdfium.FPDFPath_GetDrawMode(self.item.raw, fill, stroke)
        return bool(is_known and fill.value), bool(is_known and stroke.value)

    def _segments(self) -> Iterator[tuple[Point, Point, int]]:
        """Yield the ends of the segments of a path, where they stand, and their kinds."""
        count, own = pdfium.FPDFPath_CountSegments(self.item.raw), self.item.get_matrix()
        segments = [pdfium.FPDFPath_GetPathSegment(self.item.raw, at) for at in range(count)]
        points = [own.on_point(*_point(segment)) for segment in segments]
        for (one, two), segment in zip(pairwise(points), segments[1:], strict=True):
            yield one, two, pdfium.FPDFPathSegment_GetType(segment)


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


_LEAST_WRITING = mm(25)  # the length of a line that somebody may write on
_THIN_WRITING = mm(0.8)
_WRITING_HEIGHT = mm(5)  # above a line, which is kept blank
_CLEAR = mm(0.7)  # between line and blank
_BESIDE = mm(0.4)  # beside a line, where the paper is
_LEAST_CORNERS = 100  # of all paths of a piece; a code of 21 modules has some four hundred
_BLOCKS = re.compile(r"[\u2580-\u259f\u25a0-\u25ff\ue000-\uf8ff]")  # letters that are squares, or drawn in any way
_FIELD_HEIGHT = mm(20)  # of the highest box that somebody writes one line in
_FILLED, _INVISIBLE = 0, 3  # text rendering modes, ISO 32000-1 table 106
_HYPHENS = {0x02, 0xFFFE}  # what PDFium makes of a hyphen at the end of a line
_OPAQUE = 255
_HEAD_DOWN = 180  # degrees
_TOUCHING = 0.18  # em; the gap between parts of one word, whose letters have bearings; a space is wider
_FONT_NAME = 256  # bytes
_FIGURE = "Figure".encode("utf-16-le") + b"\0\0"  # the name of marked content, as PDFium writes it


def read_pages(data: bytes) -> tuple[Evidence, ...]:
    """Read the evidence of each page of a file."""
    with pypdfium2.PdfDocument(data) as document:
        return tuple(_PageReader(page).read() for page in document)


class _CollectedWord(Struct):
    """A word whose characters are being collected, with the sides of each and the index of the first."""

    first: int
    line: int
    text: str = ""
    is_mapped: bool = True
    sides: list[Sides] = field(default_factory=list)

    @property
    def around(self) -> Sides:
        """The sides around all characters."""
        lefts, bottoms, rights, tops = zip(*self.sides, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


class _Type(Struct, frozen=True, kw_only=True):
    """The look of the characters of a text object."""

    ink: Color
    font: str
    mode: int  # how it is painted
    is_pictured: bool  # whether it stands inside marked content called Figure, however deep (§14.6.1)
    alpha: int = 255  # how opaque its filling is
    is_plain: bool = False  # whether that is known to be one plain colour


class _PageReader:
    """A reader of one page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._types: dict[int | None, _Type] = {}  # by the addresses of text objects
        self._turning = PageView(page.get_cropbox(), page.get_rotation())

    def read(self) -> Evidence:
        """Read the evidence of the page."""
        objects = list(find_painted(self._page))
        text = self._page.get_textpage()
        words = list(_words(text))
        may_hold_code = _may_hold_code(objects, words)
        look = PagePixels(
            self._page, [self._box(painted.sides) for painted in objects], FINE if may_hold_code else COARSE
        )
        shapes = [painted for painted in objects if painted.kind != _TEXT]
        return Evidence(
            words=tuple(_in_reading_order([self._word(text, letters, look) for letters in words])),
            codes=find_codes(look) if may_hold_code else (),
            images=tuple(self._images(objects)),
            writing_lines=tuple(self._writing_lines(objects, look)),
            rules=tuple(self._box(sides) for shape in shapes if shape.kind == _PATH for sides in shape.lines),
            painted=tuple(self._box(sides) for shape in shapes for sides in shape.areas),
        )

    def _box(self, sides: Sides) -> Box:
        if not math.isfinite(sum(sides)):
            left, bottom, right, top = (side if math.isfinite(side) else 0.0 for side in sides)
            sides = left, bottom, right, top
        return self._turning.place(sides)

    def _type(self, text: Any, index: int) -> _Type:
        """Return the look of a character, which all of its text object have."""
        item = pdfium.FPDFText_GetTextObject(text, index)
        place = ctypes.cast(item, ctypes.c_void_p).value
        if place is None or place not in self._types:
            self._types[place] = _read_type(text, index, item)
        return self._types[place]

    def _word(self, text: Any, letters: _CollectedWord, look: PagePixels) -> FoundWord:
        box, kind = self._box(letters.around), self._type(text, letters.first)
        hidden = kind.mode == _INVISIBLE
        behind = None if hidden else look.around(box)
        ink = kind.ink if behind is None else _mixed(kind.ink, behind, kind.alpha)
        matrix, size = _matrix(text, letters.first), pdfium.FPDFText_GetFontSize(text, letters.first)
        turn = pdfium.FPDFText_GetCharAngle(text, letters.first)  # −1 where PDFium does not know it
        return FoundWord(
            text=letters.text,
            box=box,
            size=round(size if matrix is None else size * math.hypot(matrix.c, matrix.d), 2),
            font=kind.font,
            ink=ink,
            contrast=round(contrast_of(ink, behind), 2) if behind is not None else 0.0,
            line=letters.line,
            is_hidden=hidden,
            is_mapped=letters.is_mapped,
            behind=behind,
            angle=round(math.degrees(turn)) % 360 if turn >= 0 else 0,
            is_pictured=kind.is_pictured,
            is_seen=behind is None or self._is_seen(kind, letters, ink, behind, look),
            is_mirrored=matrix is not None and matrix.a * matrix.d < matrix.b * matrix.c,
        )

    def _is_seen(self, kind: _Type, letters: _CollectedWord, ink: Color, behind: Color, look: PagePixels) -> bool:
        """Check whether each letter of a word that is filled with one colour shows it; of another one, anything."""
        with_area = (sides for sides in letters.sides if sides[2] > sides[0] and sides[3] > sides[1])
        boxes = map(self._box, with_area)
        if kind.mode != _FILLED or kind.alpha != _OPAQUE or not kind.is_plain:
            return look.shows_anything(boxes)
        return look.shows(boxes, ink, behind)

    def _images(self, objects: list[Painted]) -> Iterator[FoundImage]:
        for painted in (painted for painted in objects if painted.kind == _IMAGE):
            sides = painted.sides
            width, height = painted.item.get_px_size()
            inches = [max(side, 1e-3) / PT_PER_INCH for side in (sides[2] - sides[0], sides[3] - sides[1])]
            dpi = min(width / inches[0], height / inches[1])
            yield FoundImage(box=self._box(painted.seen), width=width, height=height, dpi=dpi, bits=painted.bits)

    def _writing_lines(self, objects: list[Painted], look: PagePixels) -> Iterator[WritingLine]:
        for painted in objects:
            box = self._box(painted.sides)
            is_thin = box.height <= _THIN_WRITING
            if painted.kind != _PATH or box.width < _LEAST_WRITING:
                continue
            # else a box to write in, or one with only its lower edge drawn
            if not (is_thin or (_WRITING_HEIGHT <= box.height <= _FIELD_HEIGHT and look.has_lower_edge(box))):
                continue
            base, aside = (box.y, 0) if is_thin else (box.bottom, _CLEAR)
            room = Box(box.x + aside, base - _WRITING_HEIGHT, box.width - 2 * aside, _WRITING_HEIGHT - _CLEAR)
            if room.y >= 0:
                yield WritingLine(
                    room=room,
                    is_free=look.is_uniform(room),
                    is_seen=not is_thin or not look.is_uniform(box.grown(_BESIDE)),
                )


def _in_reading_order(words: Sequence[FoundWord]) -> Iterator[FoundWord]:
    """Yield words in reading order: a line that stands on its head comes from its end, its words in parts."""
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        if len(line) < 2 or any(word.angle != _HEAD_DOWN for word in line):
            yield from line
            continue
        line.sort(key=lambda word: -word.box.right)
        before = line[0]
        for word in line[1:]:
            if before.box.x - word.box.right < _TOUCHING * pt(word.size):
                before = replace(before, text=before.text + word.text, box=before.box.joined(word.box))
            else:
                yield before
                before = word
        yield before


def _may_hold_code(objects: list[Painted], words: list[_CollectedWord]) -> bool:
    """Check whether a QR code may be among objects: a picture, a pattern, many paths, letters that are squares."""
    corners = 0
    for item in (painted.item for painted in objects):
        if item.type == _TEXT:
            continue
        channels = (ctypes.c_uint() for _ in range(4))
        if item.type != _PATH or not pdfium.FPDFPageObj_GetFillColor(item, *channels):
            return True
        corners += max(pdfium.FPDFPath_CountSegments(item), 0)
        if corners >= _LEAST_CORNERS:
            return True
    return any(_BLOCKS.search(letters.text) for letters in words)


def _words(text: Any) -> Iterator[_CollectedWord]:
    """Yield the words of a page in the order of the file, sorted into lines by PDFium."""
    sides_of = _sides_reader(text)
    line = 0
    letters: _CollectedWord | None = None
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = "-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"
        if character.isspace():
            if letters is not None:
                yield letters
            letters = None
            line += character == "\n"
            continue
        if letters is None:
            letters = _CollectedWord(index, line)
        letters.text += character
        letters.sides.append(sides_of(index))
        letters.is_mapped &= code not in (0, 0xFFFD) and pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
    if letters is not None:
        yield letters


def _sides_reader(text: Any) -> Callable[[int], Sides]:
    """Make a function from a character's index to its sides, which reuses the numbers that PDFium writes to."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))

    def read(index: int) -> Sides:
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    return read


def _read_type(text: Any, index: int, item: Any) -> _Type:
    ink, filling = ([ctypes.c_uint() for _ in range(4)] for _ in range(2))
    pdfium.FPDFText_GetFillColor(text, index, *ink)
    red, green, blue, _ = (channel.value for channel in ink)
    name = ctypes.create_string_buffer(_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(text, index, name, _FONT_NAME, ctypes.c_int())
    is_known = bool(item and pdfium.FPDFPageObj_GetFillColor(item, *filling))
    marks = range(pdfium.FPDFPageObj_CountMarks(item) if item else 0)
    return _Type(
        ink=(red, green, blue),
        font=name.value.decode("utf-8", "replace").split("+", 1)[-1],
        mode=int(pdfium.FPDFTextObj_GetTextRenderMode(item)) if item else 0,
        is_pictured=any(_is_figure(pdfium.FPDFPageObj_GetMark(item, number)) for number in marks),
        alpha=filling[3].value if is_known else _OPAQUE,
        is_plain=is_known and not pdfium.FPDFPageObj_HasTransparency(item),
    )


def _mixed(ink: Color, behind: Color, alpha: int) -> Color:
    """Return the colour that an ink makes on another one that shines through."""
    if alpha >= _OPAQUE:
        return ink
    red, green, blue = (
        round((over * alpha + under * (_OPAQUE - alpha)) / _OPAQUE) for over, under in zip(ink, behind, strict=True)
    )
    return red, green, blue


def _matrix(text: Any, index: int) -> Any:
    """Return how a character is placed on the page, as an `FS_MATRIX`; None where PDFium does not know."""
    matrix = pdfium.FS_MATRIX()
    return matrix if pdfium.FPDFText_GetMatrix(text, index, matrix) else None


def _is_figure(mark: Any) -> bool:
    name, length = ctypes.create_string_buffer(len(_FIGURE)), ctypes.c_ulong()
    buffer = ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR))
    is_read = pdfium.FPDFPageObjMark_GetName(mark, buffer, len(_FIGURE), length)
    return bool(is_read and length.value == len(_FIGURE) and name.raw == _FIGURE)
