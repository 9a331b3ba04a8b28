"""One placed piece as PDF objects: its content stream, its structure elements, its link annotations.

A `Chunk` depends on the piece and on where it stands (`Slot`), on nothing else; a piece seen before in the same
slot is the same bytes. The page's content is the sequence of its chunks' streams, so marked content needs no
form XObjects, and a stream may serve many pages (ISO 32000-1 §7.8.2).
"""

from dataclasses import dataclass
from typing import NamedTuple

from leaflet.layout.page import Placed
from leaflet.layout.piece import Group, Node, Piece
from leaflet.pdf.objects import indirect, length, rectangle, ref, stream, string
from leaflet.pdf.paint import Painter
from leaflet.units import Um

NUMBERED = b"/A << /O /List /ListNumbering /Decimal >> "  # its items have labels (ISO 32000-1 table 347)


class Slot(NamedTuple):  # a tuple, as `Placed` is
    """Where a piece stands in a file.

    Attributes:
        page: object number of the page; `page_height` in µm.
        first: the first object number the piece may use.
        content: its first marked-content identifier on the page.
        annotation: the first key of the parent tree its link annotations may use.
        parent: object number of the structure element above it.
    """

    page: int
    page_height: Um
    first: int
    content: int
    annotation: int
    parent: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A placed piece, serialised.

    Attributes:
        data: its objects, one after the other, numbered from `Slot.first`.
        offsets: where each begins in `data`.
        stream: number of the content stream.
        kids: references to its top structure elements.
        owners: references to the elements that own its marked contents, in the order of their identifiers.
        annotations: references to its link annotations.
        annotation_owners: entries of the parent tree for them: key, reference.
        contents, links: how many identifiers and keys it used.
    """

    data: bytes
    offsets: tuple[int, ...]
    stream: int
    kids: bytes
    owners: bytes
    annotations: bytes
    annotation_owners: bytes
    contents: int
    links: int


def make_chunk(placed: Placed, slot: Slot, painter: Painter, *, outline: bool = False) -> Chunk:
    """Serialise a piece in its slot; `outline` draws its box, for debugging layouts."""
    return _Maker(placed, slot).make(painter, outline=outline)


def matrix(placed: Placed, page_height: Um) -> bytes:
    """The operator that puts a piece where it stands on a page: upright, or upside down."""
    if not placed.turned:
        return f"1 0 0 1 {length(placed.x)} {length(page_height - placed.y)} cm".encode()
    x, y = placed.x + placed.piece.width, page_height - placed.y - placed.piece.height
    return f"-1 0 0 -1 {length(x)} {length(y)} cm".encode()


class _Maker:
    def __init__(self, placed: Placed, slot: Slot) -> None:
        self._placed, self._slot = placed, slot
        self._bodies: list[bytes] = []
        self._owners: dict[int, int] = {}
        self._annotations: list[int] = []
        self._annotation_owners: list[bytes] = []

    def make(self, painter: Painter, *, outline: bool) -> Chunk:
        piece, slot = self._placed.piece, self._slot
        self._bodies.append(stream(self._content(piece, painter, outline)))
        kids: list[int] = []
        contents = 0
        if not self._placed.artifact:
            kids = [self._element(node, slot.parent) for node in piece.nodes]
            contents = piece.leaves
        data = bytearray()
        offsets = []
        for index, body in enumerate(self._bodies):
            offsets.append(len(data))
            data += indirect(slot.first + index, body)
        return Chunk(
            bytes(data),
            tuple(offsets),
            slot.first,
            b" ".join(ref(kid) for kid in kids),
            b" ".join(ref(self._owners[leaf]) for leaf in range(contents)),
            b" ".join(ref(annotation) for annotation in self._annotations),
            b" ".join(self._annotation_owners),
            contents,
            len(self._annotations),
        )

    def _content(self, piece: Piece, painter: Painter, outline: bool) -> bytes:
        parts = [b"q " + matrix(self._placed, self._slot.page_height)]
        parts += [self._marked(group, painter) for group in piece.groups]
        if outline:
            parts.append(b"/Artifact BMC " + painter.outline(piece.width, piece.height) + b" EMC")
        parts.append(b"Q\n")
        return b"\n".join(parts)

    def _marked(self, group: Group, painter: Painter) -> bytes:
        painted = painter.paint(group)
        if group.leaf is None or self._placed.artifact:
            return b"/Artifact BMC\n%b\nEMC" % painted
        identifier = self._slot.content + group.leaf
        return b"/%b << /MCID %d >> BDC\n%b\nEMC" % (group.role.encode(), identifier, painted)

    def _reserve(self) -> int:
        self._bodies.append(b"")
        return self._slot.first + len(self._bodies) - 1

    def _write(self, number: int, body: bytes) -> None:
        self._bodies[number - self._slot.first] = body

    def _element(self, node: Node, parent: int) -> int:
        """Write a structure element and all below it; returns its number."""
        number = self._reserve()
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(ref(self._element(kid, number)))
            else:
                self._owners[kid] = number
                kids.append(b"%d" % (self._slot.content + kid))
        if node.link:
            kids += self._link(node, number)
        entries = NUMBERED if node.numbered else b""
        if node.alt is not None:
            entries += b"/Alt %b " % string(node.alt)
        if node.box is not None:
            box = rectangle(self._placed.locate(node.box), self._slot.page_height)
            entries += b"/A << /O /Layout /Placement /Block /BBox %b >> " % box
        self._write(
            number,
            b"<< /Type /StructElem /S /%b /P %b /Pg %b %b/K [%b] >>"
            % (node.role.encode(), ref(parent), ref(self._slot.page), entries, b" ".join(kids)),
        )
        return number

    def _link(self, node: Node, owner: int) -> list[bytes]:
        """The clickable boxes of a link, each an annotation that the element owns."""
        assert node.link is not None
        kids = []
        uri = node.link.href
        for box in node.link.boxes:
            number = self._reserve()
            key = self._slot.annotation + len(self._annotations)
            area = rectangle(self._placed.locate(box), self._slot.page_height)
            self._write(
                number,
                b"<< /Type /Annot /Subtype /Link /Rect %b /Border [0 0 0] /F 4 /StructParent %d "
                b"/Contents %b /A << /S /URI /URI %b >> >>" % (area, key, string(f"Ouvrir {uri}"), string(uri)),
            )
            self._annotations.append(number)
            self._annotation_owners.append(b"%d %b" % (key, ref(owner)))
            kids.append(b"<< /Type /OBJR /Obj %b /Pg %b >>" % (ref(number), ref(self._slot.page)))
        return kids
