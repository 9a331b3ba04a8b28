"""Verifies files too long for memory: every distinct QR code and writing line, on the page where it stands.

Thousands of pages show the same pieces; each is looked at once, in the finished file, by another reader (PDFium).
Only what has to be looked at is kept, a few hundred bytes each.
"""

import io
import re
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Box
from leaflet.layout.face import Face, Placed
from leaflet.layout.piece import Blank, Code, Piece
from leaflet.pdf import verify_file
from leaflet.pdf.objects import INDIRECT, end_of_file, offset_of, ref, reference
from leaflet.pdf.streamed import StreamedFile

_LOOKS = 400  # before the file is opened anew: the reader keeps every page it has seen
_PIECE = 1024  # bytes read at a time of an object: most are shorter
_END_OF_DICTIONARY = re.compile(rb"\nstream\n|\nendobj\n")
_REFERENCE = re.compile(rb"(\d+) 0 R\b")
_UPWARDS = re.compile(rb"/Parent \d+ 0 R\b")  # to the tree that is replaced
_SHEET = 2  # pages, front and back
_SEEN = 1024  # pieces remembered as looked at in their places


class _Look(Struct, frozen=True, array_like=True):
    """A place to be looked at: a page (from 0), a box on it, and the address of a code, or a label."""

    page: int
    box: Box
    href: str = ""
    label: str = ""


class StreamedVerifier:
    """A verifier that notes what is printed while it is, and looks at it when the file is finished."""

    def __init__(self) -> None:
        self._seen: BoundedCache[Hashable, Piece] = BoundedCache(_SEEN)  # where pieces stand; keeps their identity
        self._judged: set[Hashable] = set()  # stencils of faces
        self._looks: list[_Look] = []
        self._boxes: dict[Box, Box] = {}  # equal ones are one object

    def note(self, page: int, faces: tuple[Face, ...], place: Place) -> None:
        """Note the faces that stand from a page (from 0) on; check that nothing stands where a writing line is."""
        stencils = _stencils(faces)
        if stencils is not None and stencils in self._judged:
            return
        for number, face in enumerate(faces, page):
            verify_file.check_blanks_are_free(face, place)
            for placed in face.placed:
                piece = placed.piece
                if piece.codes or piece.blanks:
                    key = id(piece), placed.x, placed.y, placed.turned
                    is_seen = self._seen.pop(key, None) is not None
                    self._seen[key] = piece  # now the last to be forgotten
                    if not is_seen:
                        codes, blanks = piece.codes, piece.blanks
                        self._looks += [_Look(number, self._box(placed, one), href=one.href) for one in codes]
                        self._looks += [_Look(number, self._box(placed, one), label=one.label) for one in blanks]
        if stencils is not None and len(self._judged) < _SEEN:
            self._judged.add(stencils)

    def _box(self, placed: Placed, inside: Code | Blank) -> Box:
        box = placed.locate(inside.box)
        return self._boxes.setdefault(box, box)

    def verify(self, stored: BinaryIO, file: StreamedFile, place: Place) -> None:
        """Look at everything noted in a finished file, and forget it; the first thing that is wrong is raised."""
        try:
            with verify_file.opened(stored, place) as document:
                if len(document) != len(file.pages):
                    raise fail("V102", place, found=len(document), expected=len(file.pages))
            for start in range(0, max(len(self._looks), 1), _LOOKS):
                self._look(stored, file, self._looks[start : start + _LOOKS], place, is_first=start == 0)
        finally:
            self._looks = []
            self._seen.clear()
            self._judged.clear()
            self._boxes.clear()

    def _look(
        self, stored: BinaryIO, file: StreamedFile, looks: Sequence[_Look], place: Place, *, is_first: bool
    ) -> None:
        """Look at some places; the first time at the fonts of the first sheet, too, which all others share."""
        first = range(min(_SHEET, len(file.pages))) if is_first else ()
        pages = sorted({look.page for look in looks}.union(first))
        numbers = {page: number for number, page in enumerate(pages)}
        with verify_file.opened(_Extract(stored, file, pages), place) as document:
            verify_file.check_fonts((document[page] for page in first), place)
            for number, on_page in groupby(looks, key=lambda look: look.page):
                page = document[numbers[number]]
                try:
                    for look in on_page:
                        picture, here = verify_file.render(page, look.box), look.page + 1
                        if look.href:
                            verify_file.check_code(picture, look.href, here, place)
                        else:
                            verify_file.check_blank(picture, look.label, here, place)
                finally:
                    page.close()


class _Extract(io.RawIOBase):
    """A finished file as it is, followed by another page tree that holds a few of its pages.

    A reader goes through all pages before the one it is asked for, and through the whole table of objects: in a long
    file that is hundreds of megabytes, each time it is opened. Pages, forms and fonts read here are the file's own.
    """

    def __init__(self, file: BinaryIO, written: StreamedFile, pages: Sequence[int]) -> None:
        self._file, self._size, self._position = file, written.size, 0
        wanted = [written.pages[page] for page in pages]
        kids = b" ".join(map(ref, wanted))
        tree = INDIRECT % (written.tree, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids))
        start = written.size + len(tree)
        references = {number: written.references[number] for number in sorted(_needed(file, written, wanted))}
        references |= {written.tree: reference(written.size), len(written.references): reference(start)}
        self._update = tree + end_of_file(references.values(), written.roots, b"0" * 32, start, references)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size + len(self._update)}
        self._position = start[whence] + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
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


def _needed(file: BinaryIO, written: StreamedFile, pages: Iterable[int]) -> set[int]:
    """Return the numbers of all objects that some pages need to be drawn, found by what refers to what."""
    found = {number for number in range(1, written.first) if offset_of(written.references[number])}
    ahead = [*pages]
    while ahead:
        number = ahead.pop()
        if number not in found and (offset := offset_of(written.references[number])):
            found.add(number)
            body = _dictionary(file, offset)
            ahead += map(int, _REFERENCE.findall(_UPWARDS.sub(b"", body)))
    return found


def _dictionary(file: BinaryIO, offset: int) -> bytes:
    """Return an object from its beginning to the end of its dictionary."""
    file.seek(offset)
    data = b""
    while not (end := _END_OF_DICTIONARY.search(data)):
        more = file.read(_PIECE)
        assert more, "an object ends"
        data += more
    return data[: end.start()]


def _stencils(faces: Sequence[Face]) -> Hashable | None:
    """Return the stencils of faces whose filled files differ in nothing that is judged; None for others."""
    if verify_file.has_variable_places(faces):
        return None
    parts: list[object] = []
    for face in faces:
        if face.stencil is None:
            return None
        parts.append(face.stencil)
        parts += [face.placed[index].piece.stencil for index in face.variable]
    return None if None in parts else tuple(parts)
