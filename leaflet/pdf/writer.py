"""A record's file: the master's bytes, the chunks of its pieces, a few objects of the file itself, cross-references.

A normal single-revision PDF. The bytes depend on the layout, the metadata and the master, on nothing else. Assembly
numbers the objects, and says what refers to which. What is painted stands in the file itself; what says how it is
read, tags and links, is held by streams of objects. A file too long for memory has the same bytes: its objects are
written as they are made, and 8 bytes of each are kept, its cross-reference.
"""

import hashlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO, NamedTuple, Protocol

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.layout.face import Face, Layout, Placed
from leaflet.pdf.chunks import NUMBERED, Chunk, ChunkMaker, ChunkReferences, ObjectNumbers
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import FREE, INDIRECT, end_of_file, held, object_stream, rectangle, ref, reference, stream

_HELD = 1024  # objects that a stream of objects holds, and those of a page: readers unpack all for one
_LAST = frozenset({"strip", "footer"})  # blocks that name their record: behind all that files share
_LONE = ChunkReferences(b"", b"", b"", b"", 0, 0)


class AssembledFile(NamedTuple):
    """A file in parts, in the order of the file: the number of an object, and its bytes or the number of a chunk.

    The numbers of the last two chunks are for the metadata and the information, which are not among `chunks`.
    """

    parts: Sequence[tuple[int, bytes | int]]
    held: Mapping[int, int]  # the cross-references of the objects that stand in another, by number
    chunks: Sequence[Chunk]  # the pieces, in reading order; `numbers` are those of their objects
    numbers: Sequence[ObjectNumbers]
    free: int  # the next free object number


class Parts(Protocol):
    """The place that the parts of a file go to, in the order of the file."""

    def add(self, number: int, body: bytes) -> None:
        """Add an object."""

    def hold(self, references: Mapping[int, int]) -> None:
        """Note the cross-references of objects that stand in the one added last."""

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk, *, is_last: bool) -> None:
        """Add the content of a chunk, that of the last ones behind all but metadata and document information."""


class _KeptParts:
    """The parts of a file, kept in memory."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, bytes | int]] = []
        self.late: list[tuple[int, bytes | int]] = []  # chunks that stand last
        self.held: dict[int, int] = {}
        self.hold = self.held.update
        self.chunks: list[Chunk] = []
        self.numbers: list[ObjectNumbers] = []

    def add(self, number: int, body: bytes) -> None:
        self.parts.append((number, INDIRECT % (number, body)))

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk, *, is_last: bool) -> None:
        (self.late if is_last else self.parts).append((numbers.first, len(self.chunks)))
        self.numbers.append(numbers)
        self.chunks.append(chunk)


def assemble(master: Master, make: Callable[[Placed, ObjectNumbers], Chunk], layout: Layout) -> AssembledFile:
    """Number everything of a laid-out record's file; `make` serialises a placed piece."""
    parts = _KeptParts()
    assembly = Assembly(master, make, parts, len(layout.faces))
    for face in layout.faces:
        assembly.add(face)
    free, count = assembly.end(), len(parts.chunks)
    titles = (master.numbers.metadata, count), (master.numbers.information, count + 1)
    return AssembledFile((*parts.parts, *parts.late, *titles), parts.held, parts.chunks, parts.numbers, free)


class Assembly:
    """The assembly of one file of `count` pages, page by page: hands out object numbers.

    `make` serialises a placed piece; `parts` get what the file is made of, but metadata and document information.
    """

    def __init__(
        self, master: Master, make: Callable[[Placed, ObjectNumbers], Chunk], parts: Parts, count: int
    ) -> None:
        self._master, self._make, self._parts, self._add = master, make, parts, parts.add
        self.pages = range(master.first, master.first + count)  # their object numbers
        self._next = master.first + count
        self._kids: list[bytes] = []
        self._keys: list[bytes] = []  # of the parent tree, for pages: 0 … n-1
        self._annotation_keys: list[bytes] = []
        self._annotations = count
        self._sections: dict[int, tuple[int, list[bytes]]] = {}  # object number and kids of each
        self._held: dict[int, bytes] = {}  # objects to be held by the next stream of objects

    def add(self, face: Face) -> None:
        """Add the next page."""
        index = len(self._keys)
        page = self.pages[index]
        streams: list[bytes] = []
        owners: list[bytes] = []
        annotations: list[bytes] = []
        content = 0
        on_page = zip(face.sections or (None,) * len(face.placed), face.placed, strict=True)
        for (section, list_at), items in groupby(on_page, lambda one: (one[0], one[1].list_at)):
            above, siblings = self._above(section)
            parent = self._take() if list_at else above
            kids: list[bytes] = []
            for _, placed in items:
                numbers = ObjectNumbers(page, face.height, self._next, content, self._annotations, parent)
                chunk = self._make(placed, numbers)
                self._parts.add_chunk(numbers, chunk, is_last=placed.piece.name in _LAST)
                references = chunk.references
                self._next += 1 + len(chunk.bodies)
                self._held |= enumerate(chunk.bodies, numbers.first + 1)
                content += references.contents
                self._annotations += references.links
                streams.append(ref(numbers.first))
                _append(kids, references.kids)
                _append(owners, references.owners)
                _append(annotations, references.annotations)
                _append(self._annotation_keys, references.annotation_owners)
            if list_at:
                head = b"<< /Type /StructElem /S /L /P %b /Pg %b " % (ref(above), ref(page))
                self._held[parent] = b"%b%b/K [%b] >>" % (head, NUMBERED, b" ".join(kids))
                kids = [ref(parent)]
            siblings += kids
        self._keys.append(b"%d [%b]" % (index, b" ".join(owners)))
        self._add(page, self._page_body(index, face, streams, annotations))
        if len(self._held) >= _HELD:
            self._end_holder()

    def end(self) -> int:
        """Add what all pages have in common, from sections to the parent tree; return the next free number."""
        assert len(self._keys) == len(self.pages), "a file has the pages it was announced with"
        numbers = self._master.numbers
        for _, (number, below) in sorted(self._sections.items()):  # in reading order, whatever they were met in
            body = b"<< /Type /StructElem /S /Sect /P %b /K [%b] >>"
            self._held[number] = body % (ref(numbers.document), b" ".join(below))
            self._kids.append(ref(number))
        kids = b" ".join(map(ref, self.pages))
        self._add(numbers.pages, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self.pages), kids))
        body = b"<< /Type /StructElem /S /Document /P %b /K [%b] >>"
        self._held[numbers.document] = body % (ref(self._master.structure), b" ".join(self._kids))
        self._held[numbers.parent_tree] = b"<< /Nums [%b] >>" % b" ".join(self._keys + self._annotation_keys)
        self._end_holder()
        return self._next

    def _end_holder(self) -> None:
        """Add the stream of the objects that wait for one."""
        number = self._take()
        self._add(number, object_stream(self._held))
        self._parts.hold(held(number, self._held))
        self._held.clear()

    def _take(self) -> int:
        number = self._next
        self._next += 1
        return number

    def _page_body(self, index: int, face: Face, streams: list[bytes], annotations: list[bytes]) -> bytes:
        box = rectangle(Box(0, 0, face.width, face.height), face.height)
        trim = rectangle(face.trim, face.height) if face.trim else box
        links = b"/Annots [%b] " % b" ".join(annotations) if annotations else b""
        parent, resources = ref(self._master.numbers.pages), ref(self._master.resources)
        head = b"<< /Type /Page /Parent %b /MediaBox %b /TrimBox %b /Resources %b " % (parent, box, trim, resources)
        return head + b"/Contents [%b] %b/StructParents %d /Tabs /S >>" % (b" ".join(streams), links, index)

    def _above(self, section: int | None) -> tuple[int, list[bytes]]:
        """Return the structure element above a section's pieces, and the list its kids go to."""
        if section is None:
            return self._master.numbers.document, self._kids
        if section not in self._sections:
            self._sections[section] = self._take(), []
        return self._sections[section]


def _append(parts: list[bytes], part: bytes) -> None:
    if part:
        parts.append(part)


class PdfFile(Struct, frozen=True):
    """A finished file, its SHA-256 in hexadecimal, its number of pages."""

    data: bytes
    sha256: str
    pages: int


class Writer:
    """A writer of the files of one build; draws the outline of each piece's box, too, for debugging layouts."""

    def __init__(self, master: Master, metadata: Metadata, *, outline: bool = False) -> None:
        self._master, self._metadata = master, metadata
        self._chunks = ChunkMaker(master.painter, outline=outline)

    def write(self, layout: Layout) -> PdfFile:
        """Write the file of a laid-out record."""
        assembled = assemble(self._master, self._chunks.make, layout)
        chunks = (*assembled.chunks, *self._title_chunks(layout.title))
        return PdfFile(*join_file(self._master, assembled, chunks), len(layout.faces))

    def _title_chunks(self, title: str) -> tuple[Chunk, Chunk]:
        """Write the metadata and the document information."""
        metadata, information = title_objects(self._master, self._metadata, title)
        return Chunk(INDIRECT % metadata, (), _LONE), Chunk(INDIRECT % information, (), _LONE)


def title_objects(
    master: Master, metadata: Metadata, title: str, identity: str = ""
) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    """Return the numbers and bodies of the objects that hold the title: metadata, document information."""
    xmp = stream(metadata.xmp(title, identity), b"/Type /Metadata /Subtype /XML ", compress=False)
    return (master.numbers.metadata, xmp), (master.numbers.information, metadata.information(title))


def join_file(master: Master, file: AssembledFile, chunks: Sequence[Chunk]) -> tuple[bytes, str]:
    """Return a file as bytes, and their SHA-256 in hexadecimal."""
    out, references, digest = bytearray(master.prefix), known_references(master, file), master.hash.copy()
    for number, part in file.parts:
        references[number] = reference(len(out))
        out += part if isinstance(part, bytes) else chunks[part].data
    digest.update(out[len(master.prefix) :])
    out += end_file(master, len(out), references, digest)
    return bytes(out), digest.hexdigest()


def known_references(master: Master, file: AssembledFile) -> list[int]:
    """Return the cross-references of all objects; of those whose place is not known yet, as if they were free."""
    known = {**{number: reference(offset) for number, offset in master.offsets.items()}, **file.held}
    return [known.get(number, FREE) for number in range(file.free + 1)]


def end_file(master: Master, start: int, references: list[int], digest: "hashlib._Hash") -> bytes:
    """Return the end of a file, which begins at `start`, and add it to the digest of what is before.

    The file's identity is the hash of all before the end.
    """
    references[-1] = reference(start)
    identity, roots = digest.hexdigest()[:32].upper().encode(), (master.catalog, master.numbers.information)
    end = end_of_file(references, roots, identity, start)
    digest.update(end)
    return end


_BUFFER = 1 << 18  # bytes gathered before they go to the disk


class StreamedFile(Struct, frozen=True):
    """A finished file that nobody holds in memory."""

    sha256: str  # in hexadecimal
    size: int  # in bytes
    pages: Sequence[int]  # the object number of each page
    roots: tuple[int, int]  # the object numbers of the catalogue and of the information
    tree: int  # the object number of the page tree's root
    references: Sequence[int]  # the cross-reference of each object, 0 where there is none
    first: int  # objects below it are shared by all pages


class ObjectWriter:
    """A writer of numbered objects into a binary file opened for writing, behind the master's."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        self._file, self._master = file, master
        self._references = array("Q", bytes(8 * master.first))
        for number, offset in master.offsets.items():
            self._references[number] = reference(offset)
        self._position = 0
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._append(master.prefix)

    def take(self) -> int:
        """Return the next free object number."""
        self._references.append(0)
        return len(self._references) - 1

    def add(self, number: int, body: bytes) -> None:
        """Write an object."""
        self.write(number, INDIRECT % (number, body))

    def write(self, number: int, data: bytes) -> None:
        """Write an object that is ready to stand in a file."""
        self.hold({number: reference(self._position)})
        self._append(data)

    def hold(self, references: Mapping[int, int]) -> None:
        """Note the cross-references of some objects."""
        if (missing := max(references) + 1 - len(self._references)) > 0:
            self._references.frombytes(bytes(8 * missing))
        for number, one in references.items():
            self._references[number] = one

    def identity(self) -> str:
        """Return the digest of all that is written so far, 32 hexadecimal digits."""
        self._flush()
        return self._digest.hexdigest()[:32]

    def finish(self, identity: str, pages: Sequence[int]) -> StreamedFile:
        """Write the cross-references; `pages` are the object numbers of the pages."""
        numbers, start = self._master.numbers, self._position
        roots = self._master.catalog, numbers.information
        self._references.append(reference(start))
        references = [one or FREE for one in self._references]
        self._append(end_of_file(references, roots, identity.upper().encode(), start))
        self._flush()
        digest = self._digest.hexdigest()
        return StreamedFile(digest, self._position, pages, roots, numbers.pages, self._references, self._master.first)

    def _append(self, data: bytes) -> None:
        self._buffer += data
        self._position += len(data)
        if len(self._buffer) > _BUFFER:
            self._flush()

    def _flush(self) -> None:
        self._file.write(self._buffer)
        self._digest.update(self._buffer)
        self._buffer.clear()


class LongFileWriter:
    """A writer of one long file of so many pages into a binary file open for writing; `add` writes the next page."""

    def __init__(self, file: BinaryIO, master: Master, metadata: Metadata, chunks: ChunkMaker, pages: int) -> None:
        self._master, self._metadata = master, metadata
        self._parts = _WrittenParts(file, master)
        self._assembly = Assembly(master, chunks.make, self._parts, pages)
        self.add = self._assembly.add

    def close(self, title: str) -> StreamedFile:
        """Write what all pages have in common, metadata, cross-references."""
        self._assembly.end()
        for number, data in self._parts.late:
            self._parts.write(number, data)
        for number, body in title_objects(self._master, self._metadata, title):
            self._parts.add(number, body)
        return self._parts.finish(self._parts.identity(), self._assembly.pages)


class _WrittenParts(ObjectWriter):
    """The parts of a file, written as they come; those that stand last are kept until then."""

    def __init__(self, file: BinaryIO, master: Master) -> None:
        super().__init__(file, master)
        self.late: list[tuple[int, bytes]] = []

    def add_chunk(self, numbers: ObjectNumbers, chunk: Chunk, *, is_last: bool) -> None:
        if is_last:
            self.late.append((numbers.first, chunk.data))
        else:
            self.write(numbers.first, chunk.data)
