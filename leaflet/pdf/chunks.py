"""One placed piece as PDF objects: its content stream, its structure elements, its link annotations.

A `Chunk` depends on the piece and on where it stands (`Slot`), on nothing else; a piece seen before in the same
slot is the same bytes. The page's content is the sequence of its chunks' streams, so marked content needs no
form XObjects, and a stream may serve many pages (ISO 32000-1 §7.8.2).
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from leaflet.layout.face import Placed
from leaflet.layout.piece import Node, Piece
from leaflet.pdf.objects import indirect, length, rectangle, ref, stream, string
from leaflet.pdf.paint import Painter
from leaflet.units import Um

_CHUNKS = 1024  # chunks kept: the shared ones of a build are a few dozen a variant
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


class Frame(Struct, frozen=True, eq=False):
    """What the rest of the file must know of a chunk; equal ones of a `ChunkMaker` are the same.

    Attributes:
        objects: how many it has.
        stream: number of the content stream.
        kids: references to its top structure elements.
        owners: references to the elements that own its marked contents, in the order of their identifiers.
        annotations: references to its link annotations.
        annotation_owners: entries of the parent tree for them: key, reference.
        contents, links: how many identifiers and keys it used.
    """

    objects: int
    stream: int
    kids: bytes
    owners: bytes
    annotations: bytes
    annotation_owners: bytes
    contents: int
    links: int


class Chunk(NamedTuple):
    """A placed piece, serialised.

    Attributes:
        data: its objects, one after the other, numbered from `Slot.first`.
        offsets: where each begins in `data`.
    """

    data: bytes
    offsets: tuple[int, ...]
    frame: Frame


class _Structure(NamedTuple):
    """The objects of a chunk behind its content stream, where each begins, and its frame."""

    data: bytes
    offsets: tuple[int, ...]
    frame: Frame


class ChunkForm(NamedTuple):
    """What chunks of one kind of piece in one slot have in common.

    Attributes:
        first: its first object number, that of its content stream.
        between: the content stream, cut where the groups `own` are painted.
    """

    first: int
    between: tuple[bytes, ...]
    own: tuple[int, ...]
    structure: _Structure

    def fill(self, painted: Sequence[bytes]) -> Chunk:
        """The chunk whose own groups are these."""
        parts = [self.between[0]]
        for group, after in zip(painted, self.between[1:], strict=True):
            parts += group, after
        content = indirect(self.first, stream(b"".join(parts)))
        start = len(content)
        offsets = [start + offset for offset in self.structure.offsets]
        return Chunk(content + self.structure.data, (0, *offsets), self.structure.frame)


class ChunkMaker:
    """Serialises pieces, and remembers them.

    Args:
        outline: draw the box of each piece, for debugging layouts.
    """

    def __init__(self, painter: Painter, *, outline: bool = False) -> None:
        self._painter, self._outline = painter, outline
        self._shared = lru_cache(maxsize=_CHUNKS)(self._make)
        self._frame = lru_cache(maxsize=_CHUNKS)(Frame)
        self._structures: dict[Hashable, _Structure] = {}
        self._forms: dict[Hashable, ChunkForm] = {}

    def make(self, placed: Placed, slot: Slot) -> Chunk:
        """A piece in its slot: the same as before, or one more of its kind."""
        if placed.piece.kind is None:
            made: Chunk = self._shared(placed, slot)
            return made
        return self.fill(self.form(placed, slot), placed.piece)

    def form(self, placed: Placed, slot: Slot) -> ChunkForm:
        """What the pieces of a kind have in common in a slot."""
        kind = placed.piece.kind
        assert kind is not None, "nothing is known of other pieces"
        key = kind, *placed[1:], slot
        form = self._forms.get(key)
        if form is None:
            if len(self._forms) == _CHUNKS:
                self._forms.clear()
            form = self._forms[key] = self._form(placed, slot, kind.own)
        return form

    def fill(self, form: ChunkForm, piece: Piece) -> Chunk:
        """The chunk of a piece of the form's kind."""
        groups, paint = piece.groups, self._painter.paint_own
        return form.fill([paint(groups[number].marks) for number in form.own])

    def _make(self, placed: Placed, slot: Slot) -> Chunk:
        return self._form(placed, slot, ()).fill(())

    def _form(self, placed: Placed, slot: Slot, own: tuple[int, ...]) -> ChunkForm:
        content = tuple(self._content(placed, slot, own))
        return ChunkForm(slot.first, content, own, self._structure(placed, slot))

    def _structure(self, placed: Placed, slot: Slot) -> _Structure:
        """Pieces that say different things are mostly built alike."""
        piece = placed.piece
        key = piece.nodes, piece.width, piece.height, *placed[1:], slot
        if key not in self._structures:
            if len(self._structures) == _CHUNKS:
                self._structures.clear()
            self._structures[key] = _Maker(placed, slot).make(self._frame)
        return self._structures[key]

    def _content(self, placed: Placed, slot: Slot, own: Sequence[int]) -> list[bytes]:
        """The content stream, cut where groups are painted that `own` numbers."""
        between = []
        parts = [b"q " + matrix(placed, slot.page_height)]
        for number, group in enumerate(placed.piece.groups):
            if group.leaf is None or placed.artifact:
                parts.append(b"/Artifact BMC")
            else:
                parts.append(b"/%b << /MCID %d >> BDC" % (group.role.encode(), slot.content + group.leaf))
            if number in own:
                between.append(b"\n".join([*parts, b""]))
                parts = [b""]
            else:
                parts.append(self._painter.paint(group))
            parts.append(b"EMC")
        if self._outline:
            outline = self._painter.outline(placed.piece.width, placed.piece.height)
            parts.append(b"/Artifact BMC " + outline + b" EMC")
        return [*between, b"\n".join([*parts, b"Q\n"])]


def matrix(placed: Placed, page_height: Um) -> bytes:
    """The operator that puts a piece where it stands on a page: upright, or upside down."""
    if not placed.turned:
        return f"1 0 0 1 {length(placed.x)} {length(page_height - placed.y)} cm".encode()
    x, y = placed.x + placed.piece.width, page_height - placed.y - placed.piece.height
    return f"-1 0 0 -1 {length(x)} {length(y)} cm".encode()


class _Maker:
    """Writes the structure elements and annotations of one chunk."""

    def __init__(self, placed: Placed, slot: Slot) -> None:
        self._placed, self._slot = placed, slot
        self._bodies: list[bytes] = []
        self._owners: dict[int, int] = {}
        self._annotations: list[int] = []
        self._annotation_owners: list[bytes] = []

    def make(self, frame: Callable[..., Frame]) -> _Structure:
        piece, slot = self._placed.piece, self._slot
        kids: list[int] = []
        contents = 0
        if not self._placed.artifact:
            kids = [self._element(node, slot.parent) for node in piece.nodes]
            contents = piece.leaves
        data = bytearray()
        offsets = []
        for number, body in enumerate(self._bodies, slot.first + 1):
            offsets.append(len(data))
            data += indirect(number, body)
        made = frame(
            len(offsets) + 1,
            slot.first,
            b" ".join(map(ref, kids)),
            b" ".join(ref(self._owners[leaf]) for leaf in range(contents)),
            b" ".join(map(ref, self._annotations)),
            b" ".join(self._annotation_owners),
            contents,
            len(self._annotations),
        )
        return _Structure(bytes(data), tuple(offsets), made)

    def _reserve(self) -> int:
        self._bodies.append(b"")
        return self._slot.first + len(self._bodies)

    def _write(self, number: int, body: bytes) -> None:
        self._bodies[number - self._slot.first - 1] = body

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
