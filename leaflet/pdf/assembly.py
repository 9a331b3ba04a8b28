"""Numbers the objects of a file, and says what refers to which."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from leaflet.geometry import Box
from leaflet.layout.face import Face, Layout, Placed
from leaflet.pdf.chunks import NUMBERED, Chunk, ChunkReferences, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.objects import INDIRECT, rectangle, ref

_LAST = frozenset({"strip", "footer"})  # blocks that name their record: behind all that files share


class AssembledFile(NamedTuple):
    """A file in parts.

    Attributes:
        parts: in the order of the file: the bytes of an object, or the number of a chunk. The numbers of the last two
            chunks are for the metadata and the document information, which are not among `chunks`.
    """

    parts: Sequence[bytes | int]
    order: Sequence[int]  # the parts in the order of the numbers of their objects: index of the part
    chunks: Sequence[Chunk]  # the pieces, in reading order; `numbers` are those of their objects
    numbers: Sequence[ObjectNumbers]


class Parts(Protocol):
    """The place that the parts of a file go to, in the order of the file."""

    def add_object(self, number: int, body: bytes) -> None:
        """Add an object."""

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Add a chunk with the numbers of its objects."""

    def add_late_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Add a chunk that stands behind everything else but metadata and document information."""


class _KeptParts:
    """The parts of a file, kept in memory."""

    def __init__(self) -> None:
        self._chunks: list[Chunk] = []
        self._numbers: list[ObjectNumbers] = []
        self._parts: list[bytes | int] = []
        self._late: list[tuple[int, int]] = []  # chunks that stand last, by number of their first object
        self._places: dict[int, int] = {}  # the part of each object, of each chunk by its first object

    def add_object(self, number: int, body: bytes) -> None:
        """Keep an object."""
        self._put(number, INDIRECT % (number, body))

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Keep a chunk."""
        self._put(numbers.first, len(self._chunks))
        self._keep(numbers, chunk)

    def add_late_chunk(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        """Keep a chunk that stands last."""
        self._late.append((numbers.first, len(self._chunks)))
        self._keep(numbers, chunk)

    def end(self, metadata: int, information: int) -> AssembledFile:
        """Return the file; these are the numbers of its last two objects."""
        count = len(self._chunks)
        for first, number in (*self._late, (metadata, count), (information, count + 1)):
            self._put(first, number)
        order = tuple(part for _, part in sorted(self._places.items()))
        return AssembledFile(tuple(self._parts), order, self._chunks, self._numbers)

    def _keep(self, numbers: ObjectNumbers, chunk: Chunk) -> None:
        self._numbers.append(numbers)
        self._chunks.append(chunk)

    def _put(self, number: int, part: bytes | int) -> None:
        self._places[number] = len(self._parts)
        self._parts.append(part)


def assemble(master: Master, make: Callable[[Placed, ObjectNumbers], Chunk], layout: Layout) -> AssembledFile:
    """Number everything of a laid-out record's file.

    Args:
        master: the shared part of the build's files.
        make: serialises a placed piece.
        layout: of the record.
    """
    parts = _KeptParts()
    assembly = Assembly(master, make, parts, len(layout.faces))
    for face in layout.faces:
        assembly.add(face)
    assembly.end()
    return parts.end(master.numbers.metadata, master.numbers.information)


class Assembly:
    """The assembly of one file, page by page: hands out object numbers.

    Args:
        master: the shared part of the build's files.
        make: serialises a placed piece.
        parts: gets what the file is made of, but metadata and document information.
        count: of all its pages.
    """

    def __init__(
        self, master: Master, make: Callable[[Placed, ObjectNumbers], Chunk], parts: Parts, count: int
    ) -> None:
        self._master, self._make, self._parts = master, make, parts
        self.pages = range(master.first, master.first + count)  # their object numbers
        self._next = master.first + count
        self._kids: list[bytes] = []
        self._keys: list[bytes] = []  # of the parent tree, for pages: 0 … n-1
        self._annotation_keys: list[bytes] = []
        self._annotations = count
        self._sections: dict[int, tuple[int, list[bytes]]] = {}  # object number and kids of each

    def add(self, face: Face) -> None:
        """Add the next page."""
        index = len(self._keys)
        self._page(self.pages[index], index, face)

    def end(self) -> None:
        """Add what all pages have in common: sections, page tree, document element and parent tree."""
        assert len(self._keys) == len(self.pages), "a file has the pages it was announced with"
        numbers = self._master.numbers
        self._end_sections()
        kids = b" ".join(map(ref, self.pages))
        self._add(numbers.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self.pages), kids))
        self._add(
            numbers.document,
            b"<< /Type /StructElem /S /Document /P %b /K [%b] >>"
            % (ref(self._master.structure), b" ".join(self._kids)),
        )
        keys = b" ".join(self._keys + self._annotation_keys)
        self._add(numbers.parent_tree, b"<< /Nums [%b] >>" % keys)

    def _take(self) -> int:
        number = self._next
        self._next += 1
        return number

    def _add(self, number: int, body: bytes) -> None:
        self._parts.add_object(number, body)

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
        add = self._parts.add_late_chunk if placed.piece.name in _LAST else self._parts.add_chunk
        add(numbers, chunk)
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
