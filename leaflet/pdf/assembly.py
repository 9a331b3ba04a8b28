"""Numbers the objects of a file, and says what refers to which."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from leaflet.geometry import Box
from leaflet.layout.face import Face, Layout, Placed
from leaflet.pdf.chunks import NUMBERED, Chunk, ChunkReferences, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.objects import indirect, rectangle, ref

_LAST = frozenset({"strip", "footer"})  # blocks that name their record: behind all that files share


class AssembledFile(NamedTuple):
    """A file in parts.

    Attributes:
        parts: in the order of the file: the bytes of an object, or the number of a chunk. The numbers of the last two
            chunks are for the metadata and the document information, which are not among `chunks`.
        order: the parts in the order of the numbers of their objects: index of the part.
        chunks: the pieces, in reading order; `numbers` are those of their objects.
    """

    parts: Sequence[bytes | int]
    order: Sequence[int]
    chunks: Sequence[Chunk]
    numbers: Sequence[ObjectNumbers]


class Assembly:
    """The assembly of one file: hands out object numbers.

    Args:
        master: the shared part of the build's files.
        make: serialises a placed piece.
    """

    def __init__(self, master: Master, make: Callable[[Placed, ObjectNumbers], Chunk]) -> None:
        self._numbers: list[ObjectNumbers] = []
        self._chunks: list[Chunk] = []
        self._master = master
        self._make = make
        self._parts: list[bytes | int] = []
        self._late: list[tuple[int, int]] = []  # chunks that stand last, by number of their first object
        self._places: dict[int, int] = {}  # the part of each object, of each chunk by its first object
        self._next = master.first
        self._kids: list[bytes] = []
        self._keys: list[bytes] = []  # of the parent tree, for pages
        self._annotation_keys: list[bytes] = []
        self._annotations = 0
        self._sections: dict[int, tuple[int, list[bytes]]] = {}  # object number and kids of each

    def assemble(self, layout: Layout) -> AssembledFile:
        """Number everything of a laid-out record's file; call it once."""
        numbers = self._master.numbers
        self._annotations = len(layout.faces)  # keys 0 … n-1 are the pages'
        pages = [self._take() for _ in layout.faces]
        for index, face in enumerate(layout.faces):
            self._page(pages[index], index, face)
        self._end_sections()
        kids = b" ".join(map(ref, pages))
        self._add(numbers.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids))
        self._add(
            numbers.document,
            b"<< /Type /StructElem /S /Document /P %b /K [%b] >>"
            % (ref(self._master.structure), b" ".join(self._kids)),
        )
        keys = b" ".join(self._keys + self._annotation_keys)
        self._add(numbers.parent_tree, b"<< /Nums [%b] >>" % keys)
        count = len(self._chunks)
        for first, number in (*self._late, (numbers.metadata, count), (numbers.information, count + 1)):
            self._put(first, number)
        order = tuple(part for _, part in sorted(self._places.items()))
        return AssembledFile(tuple(self._parts), order, self._chunks, self._numbers)

    def _take(self) -> int:
        number = self._next
        self._next += 1
        return number

    def _add(self, number: int, body: bytes) -> None:
        self._put(number, indirect(number, body))

    def _put(self, number: int, part: bytes | int) -> None:
        self._places[number] = len(self._parts)
        self._parts.append(part)

    def _page(self, page: int, index: int, face: Face) -> None:
        streams: list[bytes] = []
        owners: list[bytes] = []
        annotations: list[bytes] = []
        content = 0
        for section, list_at, items in _segments(face):
            above, siblings = self._above(section)
            parent = self._take() if list_at else above
            kids: list[bytes] = []
            for placed in items:
                numbers = ObjectNumbers(page, face.height, self._next, content, self._annotations, parent)
                references = self._place(placed, numbers)
                content += references.contents
                self._annotations += references.links
                streams.append(ref(references.stream))
                _append(kids, references.kids)
                _append(owners, references.owners)
                _append(annotations, references.annotations)
                _append(self._annotation_keys, references.annotation_owners)
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
            ref(self._master.numbers.pages),
            box,
            trim,
            ref(self._master.resources),
            b" ".join(streams),
            links,
            index,
        )

    def _above(self, section: int | None) -> tuple[int, list[bytes]]:
        """Return the structure element above a section's pieces, and the list its kids go to."""
        if section is None:
            return self._master.numbers.document, self._kids
        if section not in self._sections:
            self._sections[section] = self._take(), []
        return self._sections[section]

    def _end_sections(self) -> None:
        """Write the sections in the order of reading, whatever the order they were met in."""
        for _, (number, kids) in sorted(self._sections.items()):
            body = b"<< /Type /StructElem /S /Sect /P %b /K [%b] >>"
            self._add(number, body % (ref(self._master.numbers.document), b" ".join(kids)))
            self._kids.append(ref(number))

    def _list(self, above: int, page: int, kids: list[bytes]) -> bytes:
        return b"<< /Type /StructElem /S /L /P %b /Pg %b %b/K [%b] >>" % (
            ref(above),
            ref(page),
            NUMBERED,
            b" ".join(kids),
        )

    def _place(self, placed: Placed, numbers: ObjectNumbers) -> ChunkReferences:
        chunk = self._make(placed, numbers)
        if placed.piece.name in _LAST:
            self._late.append((numbers.first, len(self._chunks)))
        else:
            self._put(numbers.first, len(self._chunks))
        self._numbers.append(numbers)
        self._chunks.append(chunk)
        self._next += chunk.references.objects
        return chunk.references


def _segments(face: Face) -> Iterable[tuple[int | None, str, list[Placed]]]:
    """Group neighbours of one section that belong to the same list, or to none."""
    segments: list[tuple[int | None, str, list[Placed]]] = []
    sections = face.sections or (None,) * len(face.placed)
    for item, section in zip(face.placed, sections, strict=True):
        if segments and segments[-1][:2] == (section, item.list_at):
            segments[-1][2].append(item)
        else:
            segments.append((section, item.list_at, [item]))
    return segments


def _append(parts: list[bytes], part: bytes) -> None:
    if part:
        parts.append(part)
