"""Verifies files too long for memory: every distinct QR code and writing line, on the page where it stands.

Thousands of pages show the same pieces; each is looked at once, in the finished file, by another reader (PDFium).
Only what has to be looked at is kept, a few hundred bytes each.
"""

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import BinaryIO

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Box
from leaflet.layout.face import Face
from leaflet.layout.piece import Piece
from leaflet.pdf import verify_file
from leaflet.pdf.objects import FREE, INDIRECT, end_of_file, offset_of, ref, reference
from leaflet.pdf.writer import StreamedFile

_LOOKS = 64  # before the file is opened anew: its reader keeps every page it has seen
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
                        for code in piece.codes:
                            self._looks.append(_Look(number, placed.locate(code.box), code.href))
                        for blank in piece.blanks:
                            self._looks.append(_Look(number, placed.locate(blank.box), label=blank.label))
        if stencils is not None and len(self._judged) < _SEEN:
            self._judged.add(stencils)

    def verify(self, stored: BinaryIO, file: StreamedFile, place: Place) -> None:
        """Look at everything noted in a finished file, and forget it; the first thing that is wrong is raised."""
        try:
            with verify_file.opened(stored, place) as document:
                if len(document) != len(file.pages):
                    raise fail("V102", place, found=len(document), expected=len(file.pages))
            objects, looks = _Objects(stored, file), self._looks
            for start in range(0, max(len(looks), 1), _LOOKS):
                _look(objects, file, looks[start : start + _LOOKS], place, is_first=start == 0)
        finally:
            self._looks = []
            self._seen.clear()
            self._judged.clear()


def _look(objects: "_Objects", file: StreamedFile, looks: Sequence[_Look], place: Place, *, is_first: bool) -> None:
    """Look at some places; the first time at the fonts of the first sheet, too, which all others share."""
    first = range(min(_SHEET, len(file.pages))) if is_first else ()
    pages = sorted({look.page for look in looks}.union(first))
    numbers = {page: number for number, page in enumerate(pages)}
    with verify_file.opened(objects.extract(pages), place) as document:
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


class _Objects:
    """The objects of a finished file, as they stand in it."""

    def __init__(self, stored: BinaryIO, file: StreamedFile) -> None:
        self._stored, self._file = stored, file
        self._offsets = [*map(offset_of, file.references)]
        self._ends = sorted(self._offsets)  # the last is that of the cross-references

    def read(self, number: int) -> bytes:
        """Return an object."""
        start = self._offsets[number]
        self._stored.seek(start)
        return self._stored.read(self._ends[bisect_right(self._ends, start)] - start)

    def needed(self, pages: Iterable[int]) -> dict[int, bytes]:
        """Return all objects that some pages need by their numbers, found by what refers to what; tags are not."""
        found = {number: self.read(number) for number in range(1, self._file.first) if self._offsets[number]}
        ahead = [*pages]
        while ahead:
            number = ahead.pop()
            if number not in found and self._offsets[number]:
                data = found[number] = self.read(number)
                ahead += map(int, _REFERENCE.findall(_UPWARDS.sub(b"", data.partition(b"\nstream\n")[0])))
        return found

    def extract(self, pages: Sequence[int]) -> bytes:
        """Return a file of a few pages: a reader goes through all before the one it is asked for, and all objects."""
        wanted, tree, end = [self._file.pages[page] for page in pages], self._file.tree, len(self._offsets)
        kids = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(map(ref, wanted)))
        data, references = bytearray(b"%PDF-1.7\n"), {0: FREE}
        for number, body in sorted((self.needed(wanted) | {tree: INDIRECT % (tree, kids)}).items()):
            references[number] = reference(len(data))
            data += body
        references[end] = reference(len(data))
        return bytes(data + end_of_file(references.values(), self._file.roots, b"0" * 32, len(data), references))


def _stencils(faces: Sequence[Face]) -> Hashable | None:
    """Return the stencils of faces whose filled files differ in nothing that is judged; None for others."""
    variable = [face.placed[index].piece for face in faces for index in face.variable]
    if any(piece.codes or piece.blanks for piece in variable):
        return None
    parts = (*(face.stencil for face in faces), *(piece.stencil for piece in variable))
    return None if None in parts else parts
