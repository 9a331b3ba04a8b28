"""One placed piece as PDF objects: its content stream, its structure elements, its link annotations.

A `Chunk` depends on the piece, on its place and on the numbers it gets in the file, and on nothing else. A page's
content is the sequence of its chunks' streams, so marked content needs no form XObjects (ISO 32000-1 §7.8.2).
"""

from collections.abc import Sequence
from typing import NamedTuple

from leaflet.geometry import Um
from leaflet.layout.face import Placed
from leaflet.layout.piece import Link, Node
from leaflet.pdf.objects import INDIRECT, length, rectangle, ref, stream, string
from leaflet.pdf.paint import Painter

NUMBERED = b"/A << /O /List /ListNumbering /Decimal >> "  # its items have labels (ISO 32000-1 table 347)


class ObjectNumbers(NamedTuple):  # a tuple, because chunks are looked up by it
    """The numbers that a piece has in a file."""

    page: int  # object number of the page; `page_height` in µm
    page_height: Um
    first: int  # the first object number the piece may use
    content: int  # its first marked-content identifier on the page
    annotation: int  # the first key of the parent tree its link annotations may use
    parent: int  # object number of the structure element above it


class ChunkReferences(NamedTuple):
    """The references by which the rest of the file knows a chunk."""

    kids: bytes  # references to its top structure elements
    owners: bytes  # references to the elements that own its marked contents, in the order of their identifiers
    annotations: bytes  # references to its link annotations
    annotation_owners: bytes  # entries of the parent tree for them: key, reference
    contents: int  # how many identifiers it used
    links: int  # how many keys


class Chunk(NamedTuple):
    """A placed piece as PDF objects."""

    data: bytes  # its content stream as an object, numbered `ObjectNumbers.first`
    bodies: tuple[bytes, ...]  # those of its other objects, none of which is a stream, with the numbers behind that
    references: ChunkReferences


class ChunkMaker:
    """Serialises pieces; draws the outline of each one's box, too, for debugging layouts."""

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        self._painter, self._outline = painter, outline

    def make(self, placed: Placed, numbers: ObjectNumbers) -> Chunk:
        """Write a piece with the numbers its objects have in the file."""
        (content,) = self._content(placed, numbers)
        return StructureWriter(placed, numbers).write(stream(content))

    def _content(self, placed: Placed, numbers: ObjectNumbers, holes: Sequence[int] = ()) -> list[bytes]:
        """Return the content stream, cut where the groups numbered `holes` are painted."""
        between = []
        parts = [b"q " + matrix(placed, numbers.page_height)]
        for number, group in enumerate(placed.piece.groups):
            if group.leaf is None or placed.artifact:
                parts.append(b"/Artifact BMC")
            else:
                parts.append(b"/%b << /MCID %d >> BDC" % (group.role.encode(), numbers.content + group.leaf))
            if number in holes:
                between.append(b"\n".join([*parts, b""]))
                parts = [b""]
            else:
                parts.append(self._painter.paint(group))
            parts.append(b"EMC")
        if self._outline:
            parts.append(b"/Artifact BMC " + self._painter.outline(placed.piece.width, placed.piece.height) + b" EMC")
        return [*between, b"\n".join([*parts, b"Q\n"])]


def matrix(placed: Placed, page_height: Um) -> bytes:
    """Return the operator that puts a piece where it stands on a page: upright, or upside down."""
    size = f"{placed.scale:.5g}"
    if not placed.turned:
        return f"{size} 0 0 {size} {length(placed.x)} {length(page_height - placed.y)} cm".encode()
    x, y = placed.box.right, page_height - placed.box.bottom
    return f"-{size} 0 0 -{size} {length(x)} {length(y)} cm".encode()


class StructureWriter:
    """A writer of the structure elements and annotations of one chunk."""

    def __init__(self, placed: Placed, numbers: ObjectNumbers) -> None:
        self._placed, self._numbers, self._page = placed, numbers, ref(numbers.page)
        self._bodies: dict[int, bytes] = {}
        self._owners: dict[int, int] = {}  # the element of each marked content
        self._annotations: list[int] = []
        self._annotation_owners: list[bytes] = []

    def write(self, content: bytes) -> Chunk:
        """Return the chunk; `content` is the body of its content stream."""
        piece, numbers = self._placed.piece, self._numbers
        nodes, contents = ((), 0) if self._placed.artifact else (piece.nodes, piece.leaves)
        kids = b" ".join([ref(self._element(node, numbers.parent)) for node in nodes])
        owners = b" ".join([ref(self._owners[leaf]) for leaf in range(contents)])
        links, of_links = b" ".join(map(ref, self._annotations)), b" ".join(self._annotation_owners)
        references = ChunkReferences(kids, owners, links, of_links, contents, len(self._annotations))
        return Chunk(INDIRECT % (numbers.first, content), tuple(self._bodies.values()), references)

    def _reserve(self) -> int:
        number = self._numbers.first + len(self._bodies) + 1
        self._bodies[number] = b""
        return number

    def _element(self, node: Node, parent: int) -> int:
        """Write a structure element and all below it; returns its number."""
        number = self._reserve()
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(ref(self._element(kid, number)))
            else:
                self._owners[kid] = number
                kids.append(b"%d" % (self._numbers.content + kid))
        if node.link:
            kids += self._link(node.link, number)
        entries = NUMBERED if node.numbered else b""
        if node.alt is not None:
            entries += b"/Alt %b " % string(node.alt)
        if node.box is not None:
            box = rectangle(self._placed.locate(node.box), self._numbers.page_height)
            entries += b"/A << /O /Layout /Placement /Block /BBox %b >> " % box
        head = b"<< /Type /StructElem /S /%b /P %b /Pg %b " % (node.role.encode(), ref(parent), self._page)
        self._bodies[number] = b"%b%b/K [%b] >>" % (head, entries, b" ".join(kids))
        return number

    def _link(self, link: Link, owner: int) -> list[bytes]:
        """Write the clickable boxes of a link, each an annotation that the element owns."""
        kids = []
        action = b"/Contents %b /A << /S /URI /URI %b >> >>" % (string(f"Ouvrir {link.href}"), string(link.href))
        for box in link.boxes:
            number, key = self._reserve(), self._numbers.annotation + len(self._annotations)
            area = rectangle(self._placed.locate(box), self._numbers.page_height)
            head = b"<< /Type /Annot /Subtype /Link /Rect %b /Border [0 0 0] /F 4 /StructParent %d " % (area, key)
            self._bodies[number] = head + action
            self._annotations.append(number)
            self._annotation_owners.append(b"%d %b" % (key, ref(owner)))
            kids.append(b"<< /Type /OBJR /Obj %b /Pg %b >>" % (ref(number), self._page))
        return kids
