"""What a print run checks of its own file: every distinct QR code and writing line, on the page where it stands.

Thousands of pages show the same pieces; each is looked at once, in the finished file, by another reader (PDFium).
Only what has to be looked at is kept, a few hundred bytes each.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2

from leaflet.check.verify import DPI, Picture, check_blanks_are_free, decode, is_blank_paper
from leaflet.faults import Place, fail
from leaflet.layout.marks import Box
from leaflet.layout.page import Face
from leaflet.layout.piece import Piece
from leaflet.units import PT_PER_INCH, Um, to_pt

_SEEN = 1024  # pieces remembered as looked at


@dataclass(frozen=True, slots=True)
class _Look:
    """Something to look at: a page (from 0) with its height, a box, and the address a code must hold, or a label."""

    page: int
    height: Um
    box: Box
    href: str = ""
    label: str = ""


class RunVerifier:
    """Notes what is printed while it is, and looks at it when the file is finished."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, Piece] = OrderedDict()  # keeps the piece alive: its identity stays its own
        self._looks: list[_Look] = []

    def note(self, page: int, faces: tuple[Face, ...], place: Place) -> None:
        """Faces that stand from a page (from 0) on.

        Raises:
            RenderError: something stands where a writing line is.
        """
        for number, face in enumerate(faces, page):
            check_blanks_are_free(face, place)
            for placed in face.placed:
                piece = placed.piece
                if (piece.codes or piece.blanks) and not self._is_seen(piece):
                    for code in piece.codes:
                        self._looks.append(_Look(number, face.height, placed.locate(code.box), href=code.href))
                    for blank in piece.blanks:
                        self._looks.append(_Look(number, face.height, placed.locate(blank.box), label=blank.label))

    def _is_seen(self, piece: Piece) -> bool:
        if id(piece) in self._seen:
            self._seen.move_to_end(id(piece))
            return True
        self._seen[id(piece)] = piece
        if len(self._seen) > _SEEN:
            self._seen.popitem(last=False)
        return False

    def verify(self, path: Path, pages: int, place: Place) -> None:
        """Look at everything noted in a finished volume, and forget it.

        Raises:
            RenderError: the first thing that is wrong with it.
        """
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise fail("V107", place, problem=str(error)) from None
        try:
            if len(document) != pages:
                raise fail("V102", place, found=len(document), expected=pages)
            for look, picture in self._pictures(document):
                _check(look, picture, place)
        finally:
            document.close()
            self._looks.clear()
            self._seen.clear()

    def _pictures(self, document: pypdfium2.PdfDocument) -> Iterator[tuple[_Look, Picture]]:
        for look in self._looks:
            page = document[look.page]
            try:
                yield look, _render(page, look)
            finally:
                page.close()


def _render(page: pypdfium2.PdfPage, look: _Look) -> Picture:
    """The part of a page under a box, as grey levels."""
    width, height = page.get_size()
    left, top = to_pt(look.box.x), to_pt(look.box.y)
    right, bottom = width - to_pt(look.box.right), height - to_pt(look.box.bottom)
    crop = tuple(max(side, 0) for side in (left, bottom, right, top))
    bitmap = page.render(scale=DPI / PT_PER_INCH, grayscale=True, crop=crop)
    picture = np.array(bitmap.to_numpy(), copy=True)
    return picture[:, :, 0] if picture.ndim == 3 else picture


def _check(look: _Look, picture: Picture, place: Place) -> None:
    if not look.href:
        if not is_blank_paper(picture):
            raise fail("V105", place, label=look.label, page=look.page + 1)
        return
    text = decode(picture)
    if text is None:
        raise fail("V103", place, page=look.page + 1)
    if text != look.href:
        raise fail("V104", place, page=look.page + 1, found=text, expected=look.href)
