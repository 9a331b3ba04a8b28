"""Verifies the file of a print run: every distinct QR code and writing line, on the page where it stands.

Thousands of pages show the same pieces; each is looked at once, in the finished file, by another reader (PDFium).
Only what has to be looked at is kept, a few hundred bytes each.
"""

import io
import re
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2
from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.geometry import Box
from leaflet.layout.face import Face
from leaflet.layout.piece import Piece
from leaflet.pdf.print_run import PrintRunFile
from leaflet.rendering import PDFIUM
from leaflet.units import Um
from leaflet.verification.file import check_blank, check_blanks_are_free, check_code, has_variable_places, render

_LOOKS = 400  # before the file is opened anew: the reader keeps every page it has seen
_TAIL = 1024  # bytes at the end of a file that hold its trailer
_PIECE = 1024  # bytes read at a time of an object: most are shorter
_END = re.compile(r"trailer\n<< (.*) >>\nstartxref\n\d+\n%%EOF\n\Z")
_END_OF_DICTIONARY = re.compile(rb"\nstream\n|\nendobj\n")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_UPWARDS = re.compile(rb"/(?:Parent|DPart) \d+ 0 R\b")  # to the tree that is replaced, and to a part of the document
_SEEN = 1024  # pieces remembered as looked at


class _Look(Struct, frozen=True, array_like=True):
    """A place to be looked at: a page (from 0) with its height, a box, and the address of a code, or a label."""

    page: int
    height: Um
    box: Box
    href: str = ""
    label: str = ""


class PrintRunVerifier:
    """A verifier that notes what is printed while it is, and looks at it when the file is finished."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, Piece] = OrderedDict()  # keeps the piece alive: its identity stays its own
        self._judged: set[Hashable] = set()  # stencils of faces
        self._looks: list[_Look] = []

    def note(self, page: int, faces: tuple[Face, ...], place: Place) -> None:
        """Note the faces that stand from a page (from 0) on.

        Raises:
            RenderError: something stands where a writing line is.
        """
        stencils = _stencils(faces)
        if stencils is not None and stencils in self._judged:
            return
        for number, face in enumerate(faces, page):
            check_blanks_are_free(face, place)
            for placed in face.placed:
                piece = placed.piece
                if (piece.codes or piece.blanks) and not self._is_seen(piece):
                    for code in piece.codes:
                        self._looks.append(_Look(number, face.height, placed.locate(code.box), href=code.href))
                    for blank in piece.blanks:
                        self._looks.append(_Look(number, face.height, placed.locate(blank.box), label=blank.label))
        if stencils is not None and len(self._judged) < _SEEN:
            self._judged.add(stencils)

    def _is_seen(self, piece: Piece) -> bool:
        if id(piece) in self._seen:
            self._seen.move_to_end(id(piece))
            return True
        self._seen[id(piece)] = piece
        if len(self._seen) > _SEEN:
            self._seen.popitem(last=False)
        return False

    def verify(self, path: Path, file: PrintRunFile, place: Place) -> None:
        """Look at everything noted in a finished volume, and forget it.

        Raises:
            RenderError: the first thing that is wrong with it.
        """
        try:
            with _opened(path, place) as document:
                if len(document) != len(file.pages):
                    raise fail("V102", place, found=len(document), expected=len(file.pages))
            left = iter(self._looks)
            while looks := list(islice(left, _LOOKS)):
                self._look(path, file, looks, place)
        finally:
            self._looks = []
            self._seen.clear()
            self._judged.clear()

    def _look(self, path: Path, file: PrintRunFile, looks: Sequence[_Look], place: Place) -> None:
        pages = sorted({look.page for look in looks})
        with path.open("rb") as stored, _opened(_Extract(stored, file, pages), place) as document:
            numbers = {page: number for number, page in enumerate(pages)}
            for look in looks:
                page = document[numbers[look.page]]
                try:
                    _check(look, page, place)
                finally:
                    page.close()


class _Extract(io.RawIOBase):
    """A finished file as it is, followed by another page tree that holds a few of its pages.

    A reader goes through all pages before the one it is asked for, and through the whole table of objects: in a long
    run that is hundreds of megabytes, each time it is opened. Pages, forms and fonts read here are those of the file.
    """

    def __init__(self, file: BinaryIO, run: PrintRunFile, pages: Sequence[int]) -> None:
        self._file, self._size, self._position = file, run.size, 0
        wanted = [run.pages[page] for page in pages]
        kids = " ".join(f"{page} 0 R" for page in wanted)
        root = f"{run.root} 0 obj\n<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>\nendobj\n"
        places = {number: run.offsets[number] for number in sorted(_needed(file, run, wanted))} | {run.root: run.size}
        entries = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in sorted(places.items()))
        trailer = _trailer(file, run.size)
        table = run.size + len(root)
        end = f"xref\n0 1\n0000000000 65535 f \n{entries}trailer\n<< {trailer} >>\nstartxref\n{table}\n%%EOF\n"
        self._update = f"{root}{end}".encode()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read from any place."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size + len(self._update)}
        self._position = start[whence] + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer."""
        view = memoryview(buffer).cast("B")
        data = b""
        if self._position < self._size:
            self._file.seek(self._position)
            data = self._file.read(min(len(view), self._size - self._position))
        rest = max(self._position + len(data) - self._size, 0)
        data += self._update[rest : rest + len(view) - len(data)]
        view[: len(data)] = data
        self._position += len(data)
        return len(data)


def _needed(file: BinaryIO, run: PrintRunFile, pages: Iterable[int]) -> set[int]:
    """Return the numbers of all objects that some pages need, found by what refers to what."""
    found = {number for number in range(1, run.first) if run.offsets[number]}
    ahead = [*pages]
    while ahead:
        number = ahead.pop()
        if number not in found:
            found.add(number)
            ahead += map(int, _REFERENCE.findall(_UPWARDS.sub(b"", _dictionary(file, run.offsets[number]))))
    return found


def _dictionary(file: BinaryIO, offset: int) -> bytes:
    """Return an object from its beginning to the end of its dictionary."""
    file.seek(offset)
    data = b""
    while not (end := _END_OF_DICTIONARY.search(data)):
        more = file.read(_PIECE)
        assert more, "an object of a run ends"
        data += more
    return data[: end.start()]


def _trailer(file: BinaryIO, size: int) -> str:
    """Return the entries of a file's trailer."""
    file.seek(max(size - _TAIL, 0))
    found = _END.search(file.read(_TAIL).decode("latin-1"))
    assert found, "a run ends with its trailer"
    return found[1]


def _stencils(faces: Sequence[Face]) -> Hashable | None:
    """Return the stencils of faces whose filled files differ in nothing that is judged; None for others."""
    if has_variable_places(faces):
        return None
    parts: list[object] = []
    for face in faces:
        if face.stencil is None:
            return None
        parts.append(face.stencil)
        parts += [face.placed[index].piece.stencil for index in face.variable]
    return None if None in parts else tuple(parts)


@contextmanager
def _opened(source: Path | _Extract, place: Place) -> Iterator[pypdfium2.PdfDocument]:
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            raise fail("V107", place, problem=str(error)) from None
        try:
            yield document
        finally:
            document.close()


def _check(look: _Look, page: pypdfium2.PdfPage, place: Place) -> None:
    picture = render(page, look.box)
    if look.href:
        check_code(picture, look.href, look.page + 1, place)
    else:
        check_blank(picture, look.label, look.page + 1, place)
