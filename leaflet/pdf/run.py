"""A long file, written as it is made: the same leaflet many times over, thousands of records, flat memory.

What pages share are form XObjects: each piece is written once; faces that differ in their own pieces alone are one
content stream that paints pieces by name, and what a name stands for is in the resources of each. Each copy is a page
that names that stream. Nothing is tagged. Only numbers are kept, 8 bytes an object and as many a page, so the size of
a run is bounded by the disk alone.
"""

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from leaflet.layout.face import Face
from leaflet.layout.marks import Box
from leaflet.layout.piece import Kind, Piece
from leaflet.pdf.chunks import matrix
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import indirect, rectangle, ref, stream, string
from leaflet.units import Um

_FORMS = 1024  # forms remembered: the shared ones of a build number in the dozens
_BRANCH = 100  # pages under one node of the page tree
_FREE = b"0000000000 65535 f \n"
_ENTRY = b"%010d 00000 n \n"  # of the cross-reference table: 20 bytes (ISO 32000-1 §7.5.4)
_BUFFER = 1 << 18  # bytes gathered before they go to the disk
_ENTRIES = 4096  # cross-reference entries written at a time


@dataclass(frozen=True, slots=True)
class RunFile:
    """A finished run.

    Attributes:
        sha256: in hexadecimal; `size` in bytes.
        pages: the object number of each page.
        root: the object number of the page tree's root.
        offsets: where each object begins, 0 where there is none; those below `first` are shared by all pages.
    """

    sha256: str
    size: int
    pages: Sequence[int]
    root: int
    offsets: Sequence[int]
    first: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A face ready for pages: numbers of its content and its resources, and its boxes as entries."""

    content: int
    resources: int
    boxes: bytes


class _Painted(NamedTuple):
    """The content of faces that are alike: its number, entries of resources for the forms they share, boxes."""

    content: int
    names: bytes
    boxes: bytes


class _Common(NamedTuple):
    """What form XObjects of one kind of piece have in common: entries, and painted groups, the own ones of one."""

    entries: bytes
    painted: tuple[bytes, ...]


class RunWriter:
    """Writes one run into a binary file opened for writing.

    Args:
        reach: how far pieces may paint beyond their own box (bleed), µm.
    """

    def __init__(self, file: BinaryIO, master: Master, metadata: Metadata, *, reach: Um = 0) -> None:
        assert not master.flavour.is_tagged, "a run has no tags"
        self._file, self._master, self._metadata, self._reach = file, master, metadata, reach
        self._offsets = array("Q", bytes(8 * master.first))
        for number, offset in master.offsets.items():
            self._offsets[number] = offset
        self._position = 0
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._form = lru_cache(maxsize=_FORMS)(self._write_form)
        self._kinds: dict[Kind, _Common] = {}
        self._alike: dict[int, tuple[Face, _Painted]] = {}  # keeps faces alive, so that their identity is their own
        self._nodes: list[int] = []
        self._branch: list[int] = []  # pages of the node being filled
        self._parts: list[int] = []
        self._root_part = self._take() if master.flavour.claim == "vt1" else 0
        self._pages = array("Q")
        self._write(master.prefix)

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def add(self, pages: Iterable[tuple[Sequence[Face], int]], part: str) -> None:
        """Append a part of the document: groups of faces, each shown so many times over; `part` names it.

        In a file of variable data (PDF/VT-1) it is a part of its own.
        """
        leaf = self._take() if self._root_part else 0
        start = end = 0
        for faces, copies in pages:
            drawn = [self._draw(face) for face in faces]
            for _ in range(copies):
                for face in drawn:
                    end = self._page(face, leaf)
                    start = start or end
        if leaf:
            body = b"<< /Type /DPart /Parent %b /Start %b /End %b /DPM << /Record %b >> >>"
            self._add(leaf, body % (ref(self._root_part), ref(start), ref(end), string(part)))
            self._parts.append(leaf)

    def close(self, title: str) -> RunFile:
        """Write page tree, metadata, cross-reference table and trailer."""
        own = self._master.own
        self._end_branch()
        kids = b" ".join(map(ref, self._nodes))
        self._add(own.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (self.pages, kids))
        if self._root_part:
            self._end_parts()
        self._flush()
        identity = self._digest.hexdigest()[:32]
        xmp = self._metadata.xmp(title, identity)
        self._add(own.metadata, stream(xmp, b"/Type /Metadata /Subtype /XML ", compress=False))
        self._add(own.information, self._metadata.information(title))
        return self._finish(identity.upper().encode())

    def _take(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _add(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._position
        self._write(indirect(number, body))

    def _write(self, data: bytes) -> None:
        self._buffer += data
        self._position += len(data)
        if len(self._buffer) > _BUFFER:
            self._flush()

    def _flush(self) -> None:
        self._file.write(self._buffer)
        self._digest.update(self._buffer)
        self._buffer.clear()

    def _new(self, body: bytes) -> int:
        number = self._take()
        self._add(number, body)
        return number

    def _write_form(self, piece: Piece) -> int:
        """A piece as a form XObject in its own coordinates, painted once and for all."""
        common = self._common(piece)
        painted = [*common.painted]
        for number in piece.kind.own if piece.kind else ():
            painted[number] = self._master.painter.paint_own(piece.groups[number].marks)
        return self._new(stream(b"\n".join(painted), common.entries))

    def _common(self, piece: Piece) -> _Common:
        """What the form of a piece shares with those of its kind."""
        if piece.kind is None:
            return self._make_common(piece)
        if piece.kind not in self._kinds:
            if len(self._kinds) == _FORMS:
                self._kinds.clear()
            self._kinds[piece.kind] = self._make_common(piece)
        return self._kinds[piece.kind]

    def _make_common(self, piece: Piece) -> _Common:
        area = Box(0, 0, piece.width, piece.height).grown(self._reach)
        hints = b"/GTS_Encapsulated true /GTS_Scope /File " if self._root_part else b""
        entries = b"/Type /XObject /Subtype /Form /BBox %b /Resources %b %b" % (
            rectangle(area, 0),
            ref(self._master.resources),
            hints,
        )
        return _Common(entries, tuple(map(self._master.painter.paint, piece.groups)))

    def _draw(self, face: Face) -> _Drawn:
        """Write the content and the resources that all copies of a face share."""
        if face.like is None:
            content, shared, boxes = self._paint(face, ())
        else:
            content, shared, boxes = self._painted_like(face)
        own = [(number, self._form(face.placed[index].piece)) for number, index in enumerate(face.own)]
        names = [shared, *[b"/O%d %b" % (number, ref(form)) for number, form in own]]
        return _Drawn(content, self._new(b"<< /XObject << %b >> >>" % b" ".join(names)), boxes)

    def _painted_like(self, face: Face) -> _Painted:
        """As `_paint`, once for all faces that are alike but for their own pieces."""
        like = face.like
        assert like is not None
        if id(like) not in self._alike:
            if len(self._alike) == _FORMS:
                self._alike.pop(next(iter(self._alike)))
            self._alike[id(like)] = like, self._paint(face, face.own)
        return self._alike[id(like)][1]

    def _paint(self, face: Face, own: Sequence[int]) -> _Painted:
        """Write a content stream; the pieces `own` are called by their number there, others by that of their form."""
        forms: dict[int, None] = {}
        lines = []
        for index, placed in enumerate(face.placed):
            if index in own:
                name = b"O%d" % own.index(index)
            else:
                form = self._form(placed.piece)
                forms[form] = None
                name = b"P%d" % form
            lines.append(b"q %b /%b Do Q" % (matrix(placed, face.height), name))
        content = self._new(stream(b"\n".join(lines)))
        return _Painted(content, b" ".join(b"/P%d %b" % (form, ref(form)) for form in forms), _boxes(face))

    def _page(self, face: _Drawn, leaf: int) -> int:
        if not self._branch:
            self._nodes.append(self._take())
        part = b"/DPart %b " % ref(leaf) if leaf else b""
        body = b"<< /Type /Page /Parent %b %b %b/Resources %b /Contents %b >>"
        node = ref(self._nodes[-1])
        page = self._new(body % (node, face.boxes, part, ref(face.resources), ref(face.content)))
        self._branch.append(page)
        self._pages.append(page)
        if len(self._branch) == _BRANCH:
            self._end_branch()
        return page

    def _end_branch(self) -> None:
        if self._branch:
            body = b"<< /Type /Pages /Parent %b /Count %d /Kids [%b] >>"
            kids = b" ".join(map(ref, self._branch))
            self._add(self._nodes[-1], body % (ref(self._master.own.pages), len(self._branch), kids))
            self._branch.clear()

    def _end_parts(self) -> None:
        """The document's parts, one level below the root (ISO 16612-2 §6.5)."""
        own = self._master.own.parts
        parts = b" ".join(map(ref, self._parts))
        self._add(self._root_part, b"<< /Type /DPart /Parent %b /DParts [[%b]] >>" % (ref(own), parts))
        body = b"<< /Type /DPartRoot /DPartRootNode %b /RecordLevel 1 /NodeNameList [/Run /Record] >>"
        self._add(own, body % ref(self._root_part))

    def _finish(self, identity: bytes) -> RunFile:
        size, start = len(self._offsets), self._position
        self._write(b"xref\n0 %d\n" % size)
        for first in range(0, size, _ENTRIES):
            block = self._offsets[first : first + _ENTRIES]
            self._write(b"".join(_ENTRY % offset if offset else _FREE for offset in block))
        self._write(
            b"trailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n"
            % (size, ref(self._master.catalog), ref(self._master.own.information), identity, identity, start)
        )
        self._flush()
        first = self._master.first
        return RunFile(
            self._digest.hexdigest(), self._position, self._pages, self._master.own.pages, self._offsets, first
        )


def _boxes(face: Face) -> bytes:
    """The boxes of a page: the sheet, what is left when it is cut, what is printed beyond that."""
    sheet = Box(0, 0, face.width, face.height)
    trim = face.trim or sheet
    entries: Iterable[tuple[bytes, Box]] = [(b"Media", sheet), (b"Bleed", trim.grown(face.bleed)), (b"Trim", trim)]
    return b" ".join(b"/%bBox %b" % (name, rectangle(box, face.height)) for name, box in entries)
