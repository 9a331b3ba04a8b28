"""A long file, written as it is made: the same leaflet many times over, thousands of records, flat memory.

What pages share are form XObjects: each piece is written once. Faces that differ in their variable pieces alone
share their resources, and the content before and after those; what is between is a stream of each face (ISO 32000-1
§7.8.2), so that all is painted in reading order. Each copy is a page that names the same streams. Nothing is tagged.
Only numbers are kept, 8 bytes an object and as many a page, so the size of a run is bounded by the disk alone.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Box, Um, mm
from leaflet.layout.face import Face, FaceStencil
from leaflet.layout.marks import Text
from leaflet.layout.piece import Group, Piece, PieceStencil
from leaflet.pdf.chunks import matrix
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import WORTHWHILE, rectangle, ref, stream
from leaflet.pdf.writer import ObjectWriter, StreamedFile, title_objects

_OVERHANG = mm(8)  # numbers of tiles, half a dashed line, hang over the edge of their piece; a box would cut them off
_FORMS = 1024  # forms remembered: the shared ones of a build number in the dozens
_VARIABLE = 2048  # bytes of variable content worth the compressor's time: those of a code, not those of a few texts
_BRANCH = 100  # pages under one node of the page tree


class _Painted(NamedTuple):
    """The content that the faces of a stencil share."""

    before: bytes  # name of the content before their variable pieces, of all if they have none; empty for nothing
    between: tuple[bytes, ...]  # what paints the pieces from the first variable one to the last, nothing in the holes
    after: bytes  # name of the content after their variable pieces; empty for nothing
    entries: bytes  # of their pages


class PrintRunWriter:
    """A writer of one print run into a binary file opened for writing.

    Args:
        reach: how far pieces paint beyond their own box (bleed), µm, if farther than anything hangs over an edge.
    """

    def __init__(self, file: BinaryIO, master: Master, metadata: Metadata, *, reach: Um = 0) -> None:
        assert not master.flavour.is_tagged, "a run has no tags"
        self._master, self._metadata, self._reach = master, metadata, max(reach, _OVERHANG)
        self._objects = ObjectWriter(file, master)
        self._form = lru_cache(maxsize=_FORMS)(self._write_form)
        self._painted_pieces: BoundedCache[PieceStencil, tuple[bytes, ...]] = BoundedCache(_FORMS)
        self._painted_faces: BoundedCache[FaceStencil, _Painted] = BoundedCache(_FORMS)
        self._nodes: list[int] = []
        self._branch: list[int] = []  # pages of the node being filled
        self._pages = array("Q")

    @property
    def pages(self) -> int:
        """The number of pages so far."""
        return len(self._pages)

    def add(self, pages: Iterable[tuple[Sequence[Face], int]]) -> None:
        """Append groups of faces, each shown so many times over."""
        for faces, copies in pages:
            drawn = [self._draw(face) for face in faces]
            for _ in range(copies):
                for face in drawn:
                    self._page(face)

    def close(self, title: str) -> StreamedFile:
        """Write page tree, metadata, cross-references."""
        numbers = self._master.numbers
        self._end_branch()
        kids = b" ".join(map(ref, self._nodes))
        self._objects.add(numbers.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (self.pages, kids))
        identity = self._objects.identity()
        for number, body in title_objects(self._master, self._metadata, title, identity):
            self._objects.add(number, body)
        return self._objects.finish(identity, self._pages)

    def _new(self, body: bytes) -> int:
        number = self._objects.take()
        self._objects.add(number, body)
        return number

    def _write_form(self, piece: Piece) -> int:
        """Write a piece as a form XObject in its own coordinates, painted once and for all."""
        entries = b"/Type /XObject /Subtype /Form /BBox %b /Resources %b " % (
            rectangle(Box(0, 0, piece.width, piece.height).grown(self._reach), 0),
            ref(self._master.resources),
        )
        return self._new(stream(self._operators(piece), entries))

    def _operators(self, piece: Piece) -> bytes:
        """Return what paints a piece; where it fills a stencil, only its variable groups are painted anew."""
        stencil, painter = piece.stencil, self._master.painter
        if stencil is None:
            return b"\n".join(map(self._paint_group, piece.groups))
        known = self._painted_pieces.get(stencil)
        if known is None:
            known = self._painted_pieces[stencil] = tuple(map(self._paint_group, piece.groups))
        painted = [*known]
        for number in stencil.variable:
            painted[number] = painter.paint_marks(piece.groups[number].marks)
        return b"\n".join(painted)

    def _paint_group(self, group: Group) -> bytes:
        """Return what paints a group; words in a picture are marked as such, for who judges the size of type."""
        painted = self._master.painter.paint(group)
        is_drawn_text = group.role == "Figure" and any(isinstance(mark, Text) for mark in group.marks)
        return b"/Figure BMC\n%b\nEMC" % painted if is_drawn_text else painted

    def _draw(self, face: Face) -> bytes:
        """Write what all copies of a face share; return the entries of its pages."""
        stencil, variable = face.stencil, face.variable
        shared = self._painted_faces.get(stencil) if stencil else None
        if shared is None:
            shared = self._paint(face)
            if stencil:
                self._painted_faces[stencil] = shared
        if not variable:
            return b"%b/Contents %b" % (shared.entries, shared.before)
        calls = [*shared.between]  # from the first variable piece to the last
        for index in variable:
            placed = face.placed[index]
            calls[index - variable[0]] = b"q %b\n%b\nQ" % (matrix(placed, face.height), self._operators(placed.piece))
        content = self._content(calls, worthwhile=_VARIABLE)
        return b"%b/Contents [%b %b %b]" % (shared.entries, shared.before, content, shared.after)

    def _content(self, calls: Sequence[bytes], *, worthwhile: int = WORTHWHILE) -> bytes:
        """Write a content stream; return its name."""
        return ref(self._new(stream(b"\n".join(calls), worthwhile=worthwhile)))

    def _paint(self, face: Face) -> _Painted:
        """Write what does not vary of a face: content, and resources, the build's and those of its form XObjects."""
        forms: dict[int, None] = {}
        calls: list[bytes] = []
        variable = face.variable
        for index, placed in enumerate(face.placed):
            if index in variable:
                calls.append(b"")
            else:
                form = self._form(placed.piece)
                forms[form] = None
                calls.append(b"q %b /P%d Do Q" % (matrix(placed, face.height), form))
        start, end = (variable[0], variable[-1] + 1) if variable else (len(calls), len(calls))
        before = self._content(calls[:start]) if start or not variable else b""
        after = self._content(calls[end:]) if end < len(calls) else b""
        names = b" ".join(b"/P%d %b" % (form, ref(form)) for form in forms)
        resources = self._new(self._master.resources_with(names))
        return _Painted(before, tuple(calls[start:end]), after, b"%b /Resources %b " % (_boxes(face), ref(resources)))

    def _page(self, entries: bytes) -> None:
        if not self._branch:
            self._nodes.append(self._objects.take())
        page = self._new(b"<< /Type /Page /Parent %b %b >>" % (ref(self._nodes[-1]), entries))
        self._branch.append(page)
        self._pages.append(page)
        if len(self._branch) == _BRANCH:
            self._end_branch()

    def _end_branch(self) -> None:
        if self._branch:
            body = b"<< /Type /Pages /Parent %b /Count %d /Kids [%b] >>"
            kids = b" ".join(map(ref, self._branch))
            self._objects.add(self._nodes[-1], body % (ref(self._master.numbers.pages), len(self._branch), kids))
            self._branch.clear()


def _boxes(face: Face) -> bytes:
    """Return the boxes of a page: the sheet, what is left when it is cut, what is printed beyond that."""
    sheet = Box(0, 0, face.width, face.height)
    trim = face.trim or sheet
    entries: Iterable[tuple[bytes, Box]] = [(b"Media", sheet), (b"Bleed", trim.grown(face.bleed)), (b"Trim", trim)]
    return b" ".join(b"/%bBox %b" % (name, rectangle(box, face.height)) for name, box in entries)
