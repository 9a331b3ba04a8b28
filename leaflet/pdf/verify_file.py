"""Verifies the files of a build before they get their names.

Every file is read back and compared with what was meant (`Verifier.verify`). Another PDF reader (PDFium) opens it if
it holds a writing line or a QR code that was not verified yet, or another number of pieces than the files before:
equal pieces are equal bytes, so each is judged once. A QR code must decode (ZXing) to its address, a writing line
must be blank paper. Where ZXing is not installed, all but the codes is verified (`can_decode`), and it is said.
"""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import closing, contextmanager
from ctypes import create_string_buffer
from io import IOBase
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as raw

from leaflet.faults import Place, fail
from leaflet.files.bounded_cache import BoundedCache
from leaflet.files.raster import Raster
from leaflet.geometry import PT_PER_INCH, Box
from leaflet.layout.face import Face, FaceStencil, Layout, Placed
from leaflet.pdf.page_images import PDFIUM, margins_around, render_raster
from leaflet.pdf.verify_codes import can_decode, decode
from leaflet.pdf.writer import PdfFile

DPI = 150  # of the picture QR codes are read from: less than a phone or a copier sees
_WHITE = bytes(range(250, 256))  # levels of blank paper, with room for anti-aliasing beside it
_CHECKED_FACES = 128  # faces remembered, without their letters
_INSET = 1  # pixels left out at the edges of a blank


class Verifier:
    """A verifier of the files of one document of one build; it judges each distinct piece once."""

    def __init__(self) -> None:
        self._pieces: dict[int, object] = {}  # keeps the piece alive, so that its identity stays its own
        self._shapes: set[tuple[int, ...]] = set()
        self._checked_faces: BoundedCache[Hashable, None] = BoundedCache(_CHECKED_FACES)  # what stands where on them
        self._stencils: BoundedCache[FaceStencil, None] = BoundedCache(_CHECKED_FACES)  # verified but for what varies

    def verify(self, stored: bytes, file: PdfFile, layout: Layout, place: Place) -> None:
        """Check a file just written, read back as `stored`; the first thing that is wrong is raised."""
        if stored != file.data:
            raise fail("V101", place)
        shape = tuple([len(face.placed) for face in layout.faces])
        fresh: list[tuple[int, Placed]] = []
        for number, face in enumerate(layout.faces):
            varying = [face.placed[index] for index in face.stencil.variable] if face.stencil else face.placed
            standing = face.stencil, *[(placed.piece.stencil or placed.piece, *placed[1:]) for placed in varying]
            if standing not in self._checked_faces:  # known by positions, for the text does not matter
                check_blanks_are_free(face, place)
                self._checked_faces[standing] = None
            for placed in varying if face.stencil in self._stencils else face.placed:
                if (placed.piece.codes or placed.piece.blanks) and id(placed.piece) not in self._pieces:
                    fresh.append((number, placed))
        if shape in self._shapes and not fresh:
            return
        with opened(stored, place) as document:
            self._check_new_pieces(document, layout, fresh, place)
        self._shapes.add(shape)
        self._pieces.update({id(placed.piece): placed.piece for _, placed in fresh})
        for face in layout.faces:
            if face.stencil is not None:
                self._stencils[face.stencil] = None

    def _check_new_pieces(
        self, document: pypdfium2.PdfDocument, layout: Layout, fresh: list[tuple[int, Placed]], place: Place
    ) -> None:
        if len(document) != len(layout.faces):
            raise fail("V102", place, found=len(document), expected=len(layout.faces))
        if not self._shapes:
            check_fonts(document, place)
        for number in sorted({number for number, _ in fresh}):
            page = document[number]
            for placed in (placed for on, placed in fresh if on == number):
                for code in placed.piece.codes:
                    check_code(render(page, placed.locate(code.box)), code.href, number + 1, place)
                for blank in placed.piece.blanks:
                    check_blank(render(page, placed.locate(blank.box)), blank.label, number + 1, place)


@contextmanager
def opened(source: bytes | BinaryIO | IOBase, place: Place) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file with PDFium; that it cannot be read is a fault (V107)."""
    with PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(source)) as document:
                yield document
        except pypdfium2.PdfiumError as error:
            raise fail("V107", place, problem=str(error)) from None


def render(page: pypdfium2.PdfPage, box: Box) -> Raster:
    """Render the part of a page under a box in µm, to the next whole pixels, as grey levels."""
    return render_raster(page, DPI / PT_PER_INCH, margins_around(page, box, DPI), is_grey=True)


def check_code(picture: Raster, href: str, page: int, place: Place) -> None:
    """Check that a QR code leads to its address, where codes can be decoded; `page` is counted from 1."""
    if not can_decode():
        return
    text = decode(picture)
    if text is None:
        raise fail("V103", place, page=page)
    if text != href:
        raise fail("V104", place, page=page, found=text, expected=href)


def check_blank(picture: Raster, label: str, page: int, place: Place) -> None:
    """Check that nothing is printed where a writing line is; `page` is counted from 1."""
    if not is_blank_paper(picture):
        raise fail("V105", place, label=label, page=page)


def is_blank_paper(picture: Raster) -> bool:
    """Tell whether nothing is printed in a picture, its very edges apart."""
    width, height, levels = picture
    rows = [levels[row * width + _INSET : (row + 1) * width - _INSET] for row in range(_INSET, height - _INSET)]
    return any(rows) and not any(row.translate(None, _WHITE) for row in rows)


def check_blanks_are_free(face: Face, place: Place) -> None:
    """Check that no other piece stands where a writing line is, whatever that piece looks like."""
    owners = [placed for placed in face.placed if placed.piece.blanks]
    printed = [(placed, area) for placed in face.placed for area in placed.areas] if owners else []
    for owner in owners:
        # nearly everything stands apart from the piece with the blanks: only the rest is held against each of them
        overlaps = owner.box.overlaps
        near = [area for placed, area in printed if placed is not owner and overlaps(area)]
        for blank in owner.piece.blanks if near else ():
            if any(map(owner.locate(blank.box).overlaps, near)):
                raise fail("F104", place, label=blank.label)


def check_fonts(pages: Iterable[pypdfium2.PdfPage], place: Place) -> None:
    """Check that every font that text of some pages is set in has its program in the file."""
    for page in pages:
        for text in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            font = raw.FPDFTextObj_GetFont(text)
            if not raw.FPDFFont_GetIsEmbedded(font):
                length = raw.FPDFFont_GetBaseFontName(font, None, 0)
                name = create_string_buffer(length)
                raw.FPDFFont_GetBaseFontName(font, name, length)
                raise fail("V106", place, name=name.value.decode("utf-8", "replace"))
