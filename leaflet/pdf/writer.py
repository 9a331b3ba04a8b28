"""A record's file: the master's bytes, the chunks of its pieces, its own few objects, xref, trailer.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from leaflet.layout.marks import Box
from leaflet.layout.page import Face, Layout, Placed
from leaflet.pdf.chunks import NUMBERED, Chunk, Slot, make_chunk
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import indirect, rectangle, ref, stream

_ENTRY = b"%010d 00000 n \n"  # of the cross-reference table: 20 bytes (ISO 32000-1 §7.5.4)
_CHUNKS = 1024  # chunks kept: the shared ones of a build are a few dozen a variant


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


class Writer:
    """Writes the files of one build."""

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master = master
        self._metadata = metadata
        self._outline = outline
        self._chunk = lru_cache(maxsize=_CHUNKS)(self._make)

    def write(self, layout: Layout) -> PdfFile:
        """The file of a laid-out record."""
        return _File(self._master, self._metadata, self._chunk).write(layout)

    def _make(self, placed: Placed, slot: Slot) -> Chunk:
        return make_chunk(placed, slot, self._master.painter, outline=self._outline)


class _File:
    """The assembly of one file: hands out numbers, keeps offsets."""

    def __init__(self, master: Master, metadata: Metadata, chunk: Callable[[Placed, Slot], Chunk]) -> None:
        self._master, self._metadata = master, metadata
        self._chunk = chunk
        self._parts: list[bytes] = []
        self._position = len(master.prefix)
        self._offsets = dict(master.offsets)
        self._next = master.first
        self._kids: list[bytes] = []
        self._keys: list[bytes] = []  # of the parent tree, for pages
        self._annotation_keys: list[bytes] = []
        self._annotations = 0
        self._sections: dict[int, tuple[int, list[bytes]]] = {}  # object number and kids of each

    def write(self, layout: Layout) -> PdfFile:
        own = self._master.own
        self._annotations = len(layout.faces)  # keys 0 … n-1 are the pages'
        pages = [self._take() for _ in layout.faces]
        for index, face in enumerate(layout.faces):
            self._page(pages[index], index, face)
        self._end_sections()
        kids = b" ".join(ref(page) for page in pages)
        self._add(own.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids))
        xmp = stream(self._metadata.xmp(layout.title), b"/Type /Metadata /Subtype /XML ", compress=False)
        self._add(own.metadata, xmp)
        self._add(own.information, self._metadata.information(layout.title))
        self._add(
            own.document,
            b"<< /Type /StructElem /S /Document /P %b /K [%b] >>"
            % (ref(self._master.structure), b" ".join(self._kids)),
        )
        numbers = b" ".join(self._keys + self._annotation_keys)
        self._add(own.parent_tree, b"<< /Nums [%b] >>" % numbers)
        return self._finish(len(pages))

    def _take(self) -> int:
        number = self._next
        self._next += 1
        return number

    def _add(self, number: int, body: bytes) -> None:
        data = indirect(number, body)
        self._offsets[number] = self._position
        self._parts.append(data)
        self._position += len(data)

    def _page(self, page: int, index: int, face: Face) -> None:
        streams: list[bytes] = []
        owners: list[bytes] = []
        annotations: list[bytes] = []
        content = 0
        for section, list_at, items in _runs(face):
            above, siblings = self._above(section)
            parent = self._take() if list_at else above
            kids: list[bytes] = []
            for placed in items:
                slot = Slot(page, face.height, self._next, content, self._annotations, parent)
                chunk = self._chunk(placed, slot)
                self._place(chunk)
                content += chunk.contents
                self._annotations += chunk.links
                streams.append(ref(chunk.stream))
                _append(kids, chunk.kids)
                _append(owners, chunk.owners)
                _append(annotations, chunk.annotations)
                _append(self._annotation_keys, chunk.annotation_owners)
            if list_at:
                self._add(parent, self._list(above, page, kids))
                kids = [ref(parent)]
            siblings += kids
        self._keys.append(b"%d [%b]" % (index, b" ".join(owners)))
        self._add(page, self._page_body(index, face, streams, annotations))

    def _page_body(self, index: int, face: Face, streams: list[bytes], annotations: list[bytes]) -> bytes:
        box = rectangle(Box(0, 0, face.width, face.height), face.height)
        trim = rectangle(face.trim, face.height) if face.trim else box
        links = b"/Annots [%b] " % b" ".join(annotations) if annotations else b""
        return (
            b"<< /Type /Page /Parent %b /MediaBox %b /TrimBox %b /Resources %b "
            b"/Contents [%b] %b/StructParents %d /Tabs /S >>"
        ) % (
            ref(self._master.own.pages),
            box,
            trim,
            ref(self._master.resources),
            b" ".join(streams),
            links,
            index,
        )

    def _above(self, section: int | None) -> tuple[int, list[bytes]]:
        """The structure element above a section's pieces, and the list its kids go to."""
        if section is None:
            return self._master.own.document, self._kids
        if section not in self._sections:
            self._sections[section] = self._take(), []
        return self._sections[section]

    def _end_sections(self) -> None:
        """The sections in the order of reading, whatever the order they were met in."""
        for _, (number, kids) in sorted(self._sections.items()):
            body = b"<< /Type /StructElem /S /Sect /P %b /K [%b] >>"
            self._add(number, body % (ref(self._master.own.document), b" ".join(kids)))
            self._kids.append(ref(number))

    def _list(self, above: int, page: int, kids: list[bytes]) -> bytes:
        return b"<< /Type /StructElem /S /L /P %b /Pg %b %b/K [%b] >>" % (
            ref(above),
            ref(page),
            NUMBERED,
            b" ".join(kids),
        )

    def _place(self, chunk: Chunk) -> None:
        first, position, offsets = self._next, self._position, self._offsets
        for index, offset in enumerate(chunk.offsets):
            offsets[first + index] = position + offset
        self._next += len(chunk.offsets)
        self._parts.append(chunk.data)
        self._position += len(chunk.data)

    def _finish(self, pages: int) -> PdfFile:
        size = self._next
        offsets = self._offsets
        entries = _ENTRY * (size - 1) % tuple([offsets[number] for number in range(1, size)])
        digest = self._master.hash.copy()
        body = b"".join(self._parts)
        digest.update(body)
        identity = digest.hexdigest()[:32].upper().encode()
        trailer = (
            b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\n"
            b"startxref\n%d\n%%%%EOF\n"
        ) % (
            size,
            entries,
            size,
            ref(self._master.catalog),
            ref(self._master.own.information),
            identity,
            identity,
            self._position,
        )
        digest.update(trailer)
        return PdfFile(b"".join((self._master.prefix, body, trailer)), digest.hexdigest(), pages)


def _runs(face: Face) -> Iterable[tuple[int | None, str, list[Placed]]]:
    """Neighbours of one section that belong to the same list, or to none, together."""
    runs: list[tuple[int | None, str, list[Placed]]] = []
    sections = face.sections or (None,) * len(face.placed)
    for item, section in zip(face.placed, sections, strict=True):
        if runs and runs[-1][:2] == (section, item.list_at):
            runs[-1][2].append(item)
        else:
            runs.append((section, item.list_at, [item]))
    return runs


def _append(parts: list[bytes], part: bytes) -> None:
    if part:
        parts.append(part)
