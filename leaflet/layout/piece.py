"""A laid-out block: marks in groups, the structure that owns the groups, and what must be checked later.

The structure tree of the PDF is made of the `Node` values of the pieces; a group without a node is an artifact.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from msgspec import Struct, field

from leaflet.geometry import Box, Um
from leaflet.layout.fonts import plain_zeros
from leaflet.layout.marks import Mark, Text


class Group(NamedTuple):
    """Marks painted together; `leaf` numbers the marked content of the piece, None makes an artifact.

    Compared by identity, as pieces are.
    """

    marks: tuple[Mark, ...]
    leaf: int | None
    role: str = ""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


class Link(Struct, frozen=True):
    """An address and the boxes that are clickable for it, one a line."""

    href: str
    boxes: tuple[Box, ...]


class Node(NamedTuple):  # a tuple, because structures are looked up by their nodes for every record
    """An element of the structure tree: standard role, kids (nodes and leaf numbers) in reading order."""

    role: str
    kids: tuple["Node | int", ...]
    alt: str | None = None  # the alternative text of a figure
    link: Link | None = None
    box: Box | None = None  # of a figure
    numbered: bool = False  # a list whose items have labels


class Blank(Struct, frozen=True):
    """A place to write by hand: nothing may ever be drawn inside `box`."""

    label: str
    box: Box


class Code(Struct, frozen=True):
    """A QR code: `box` includes its quiet zone of four modules."""

    href: str
    box: Box
    module: Um


class PieceStencil(Struct, frozen=True, eq=False):
    """A piece with holes, which pieces share that differ in the letters of some texts alone; compared by identity."""

    variable: tuple[int, ...]  # the numbers of the groups that hold those texts


class Piece(Struct, frozen=True, eq=False):
    """One block, laid out in a width. Equal sources in equal widths give the same piece, compared by identity."""

    name: str  # the word of the vocabulary
    at: str  # ``file:line`` of the template
    width: Um
    height: Um
    groups: tuple[Group, ...]  # marks in painting order
    nodes: tuple[Node, ...]  # the structure that owns them, in reading order
    leaves: int  # how many of the groups are marked content
    blanks: tuple[Blank, ...] = ()
    codes: tuple[Code, ...] = ()
    areas: tuple[Box, ...] = ()  # where it prints, if that is far less than its box (a sheet's marks); empty for all
    stencil: PieceStencil | None = None  # which it was filled from; None for a piece laid out for itself

    @property
    def text(self) -> str:
        """The text as it is read, in reading order."""
        said = {g.leaf: plain_zeros("".join([m.text for m in g.marks if isinstance(m, Text)])) for g in self.groups}

        def read(kid: "Node | int") -> str:
            if isinstance(kid, int):
                return said[kid]
            is_line = any(isinstance(below, int) for below in kid.kids)  # with links in it, perhaps
            return ("" if is_line else " ").join(filter(None, map(read, kid.kids)))

        return " ".join(filter(None, map(read, self.nodes)))

    @property
    def links(self) -> Iterator[Link]:
        """All links, in reading order."""
        stack: list[Node | int] = list(reversed(self.nodes))
        while stack:
            node = stack.pop()
            if isinstance(node, Node):
                if node.link:
                    yield node.link
                stack.extend(reversed(node.kids))


class _OpenElement(Struct):
    role: str
    kids: list[Node | int] = field(default_factory=list)


class Builder:
    """A collector of what block functions place, in reading order, with its structure."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._stack = [_OpenElement("")]
        self._leaves = 0
        self.blanks: list[Blank] = []
        self.codes: list[Code] = []

    @contextmanager
    def node(self, role: str, *, numbered: bool = False) -> Iterator[None]:
        """Open a structure element around everything placed inside the ``with``."""
        self._stack.append(_OpenElement(role))
        yield
        done = self._stack.pop()
        self.add_node(Node(done.role, tuple(done.kids), numbered=numbered))

    def add_node(self, node: Node) -> None:
        """Add a finished element to the innermost open one."""
        self._stack[-1].kids.append(node)

    def leaf(self, marks: tuple[Mark, ...], role: str) -> int:
        """Add marked content of the innermost open element, or of a node made by the caller; return its number."""
        number = self._leaves
        self._leaves += 1
        self.groups.append(Group(marks, number, role))
        return number

    def content(self, marks: tuple[Mark, ...]) -> None:
        """Add marked content owned by the innermost open element."""
        self._stack[-1].kids.append(self.leaf(marks, self._stack[-1].role))

    def paragraph(self, marks: tuple[Mark, ...], role: str) -> None:
        """Add a structure element around marked content and nothing else."""
        self.add_node(Node(role, (self.leaf(marks, role),)))

    def artifact(self, *marks: Mark) -> None:
        """Add decoration: it has no meaning and is skipped by screen readers."""
        if marks:
            self.groups.append(Group(marks, None))

    def reserve(self) -> int:
        """Reserve a place for an artifact whose size is not known yet, behind what comes next; see `fill`."""
        self.groups.append(Group((), None))
        return len(self.groups) - 1

    def fill(self, place: int, *marks: Mark) -> None:
        """Put marks into a reserved place."""
        self.groups[place] = Group(marks, None)

    def piece(self, name: str, at: str, width: Um, height: Um) -> Piece:
        """Return the finished piece."""
        assert len(self._stack) == 1, "a structure element was left open"
        nodes = self._stack[0].kids
        assert all(isinstance(node, Node) for node in nodes), "content outside any structure element"
        groups = tuple([group for group in self.groups if group.marks])
        owners = tuple([node for node in nodes if isinstance(node, Node)])
        blanks, codes = tuple(self.blanks), tuple(self.codes)
        return Piece(name, at, width, height, groups, owners, self._leaves, blanks, codes)
