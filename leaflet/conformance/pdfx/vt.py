"""Document parts of a print run (PDF/VT-1, ISO 16612-2): the tree that says which pages are whose.

Read once, depth first, without keeping a node: of each leaf only its number and its pages.
"""

import re
from array import array
from collections.abc import Iterator
from typing import Any

import pikepdf

from leaflet.conformance.pdf_objects import ObjectId, PressFile, PressPage, entries, is_dictionary

_NAME_TOKEN = re.compile(r"[-.:\w·]+")  # NMTOKEN of XML 1.0
_SCOPES = {"/Unknown", "/SingleUse", "/Record", "/File", "/Stream", "/Global"}
_WITH_ENVIRONMENT = {"/Stream", "/Global"}
_DEEPEST = 32
_MOST_MESSAGES = 100  # of one kind


class PartTree:
    """The document parts of a file as read.

    Attributes:
        levels: how many levels the tree has.
        nodes: what is wrong with nodes.
        ranges: what is wrong with ranges of pages.
        metadata: what is wrong with metadata.
        leaves: the objects of the leaves, in order.
    """

    def __init__(self, file: PressFile) -> None:
        self.root = file.root.get("/DPartRoot")
        self.levels = 0
        self.nodes: list[str] = []
        self.ranges: list[str] = []
        self.metadata: list[str] = []
        self.leaves: list[ObjectId] = []
        self._leaf_of_page = array("l")
        self._pages = {page.dictionary.objgen: page.number - 1 for page in file.pages()}
        self._met: set[ObjectId] = set()
        if _is_own(self.root) and _is_own(self.root.get("/DPartRootNode")):
            self._read()
            self._check_end()

    def leaf_of(self, number: int) -> ObjectId | None:
        """Return the leaf of a page, counted from 1."""
        if not 0 < number <= len(self._leaf_of_page):
            return None
        return self.leaves[self._leaf_of_page[number - 1]]

    def _read(self) -> None:
        waiting = [(self.root.DPartRootNode, self.root.objgen, 0)]
        while waiting:
            node, parent, level = waiting.pop()
            if node.objgen in self._met or level > _DEEPEST:
                self._add(self.nodes, f"{_named(node)} is reached twice, or too deep")
                continue
            self._met.add(node.objgen)
            self.levels = max(self.levels, level + 1)
            kids = list(self._read_node(node, parent))
            waiting += [(kid, node.objgen, level + 1) for kid in reversed(kids)]

    def _read_node(self, node: Any, parent: ObjectId) -> Iterator[Any]:
        """Check type, parent and metadata of a node and that it has either kids or pages; yield the kids."""
        if node.get("/Type") != "/DPart":
            self._add(self.nodes, f"{_named(node)} is not of /Type /DPart")
        above = node.get("/Parent")
        if not is_dictionary(above) or above.objgen != parent:
            self._add(self.nodes, f"{_named(node)}: its /Parent is not object {parent[0]}, from which it is reached")
        if ("/DParts" in node) == ("/Start" in node) or ("/DParts" in node and "/End" in node):
            self._add(self.nodes, f"{_named(node)} has not either /DParts or /Start")
        if "/DPM" in node:
            for text in _check_metadata(node.get("/DPM")):
                self._add(self.metadata, f"{_named(node)}: {text}")
        if "/DParts" in node:
            yield from self._kids(node)
        elif "/Start" in node:
            self._read_range(node)

    def _kids(self, node: Any) -> Iterator[Any]:
        """Yield the kids of a node; /DParts is an array of arrays of references."""
        rows = node.get("/DParts")
        if not isinstance(rows, pikepdf.Array) or not len(rows):
            self._add(self.nodes, f"{_named(node)}: /DParts is no array of arrays")
            return
        for row in rows:
            if not isinstance(row, pikepdf.Array) or not len(row):
                self._add(self.nodes, f"{_named(node)}: /DParts is no array of arrays")
                continue
            for kid in row:
                if _is_own(kid):
                    yield kid
                else:
                    self._add(self.nodes, f"{_named(node)}: /DParts holds something that is no reference to a part")

    def _read_range(self, node: Any) -> None:
        """Read the pages of a leaf, which go on where the leaf before it ended."""
        first = self._index(node.get("/Start"))
        last = self._index(node.get("/End")) if "/End" in node else first
        expected = len(self._leaf_of_page)
        if first is None or last is None:
            self._add(self.ranges, f"{_named(node)} starts or ends at something that is no page")
        elif first != expected or last < first:
            shown = f"pages {first + 1} to {last + 1}"
            self._add(self.ranges, f"{_named(node)} has {shown}, page {expected + 1} was to follow")
        else:
            self._leaf_of_page.extend([len(self.leaves)] * (last - first + 1))
        self.leaves.append(node.objgen)

    def _index(self, page: Any) -> int | None:
        return self._pages.get(page.objgen) if is_dictionary(page) else None

    def _check_end(self) -> None:
        if len(self._leaf_of_page) != len(self._pages) and not self.ranges:
            self._add(self.ranges, f"pages {len(self._leaf_of_page) + 1} to {len(self._pages)} are in no part")

    @staticmethod
    def _add(messages: list[str], text: str) -> None:
        if len(messages) < _MOST_MESSAGES:
            messages.append(text)


def _parts(file: PressFile) -> PartTree:
    """Return the tree of a file, read once."""
    if "parts" not in file.notes:
        file.notes["parts"] = PartTree(file)
    tree: PartTree = file.notes["parts"]
    return tree


def _is_own(value: Any) -> bool:
    """Check whether a value is a dictionary that is an object of its own."""
    return isinstance(value, pikepdf.Dictionary) and bool(value.is_indirect)


def _named(node: Any) -> str:
    return f"the document part {node.objgen[0]}"


def _check_metadata(value: Any) -> Iterator[str]:
    """Check metadata of parts: no names, streams or null, and keys that are name tokens."""
    if not isinstance(value, pikepdf.Dictionary):
        yield "/DPM is no dictionary"
    waiting, met = [("/DPM", value)], set()
    while waiting:
        key, part = waiting.pop()
        if isinstance(part, pikepdf.Object) and part.is_indirect:
            if part.objgen in met:  # references may go round in circles
                continue
            met.add(part.objgen)
        if part is None or isinstance(part, pikepdf.Name | pikepdf.Stream):
            kind = "null" if part is None else "a stream" if isinstance(part, pikepdf.Stream) else f"the name {part}"
            yield f"{key} holds {kind}, which is no value for metadata"
        elif isinstance(part, pikepdf.Array):
            waiting += [(key, inner) for inner in part]
        elif isinstance(part, pikepdf.Dictionary):
            names = list(part.keys())
            yield from (f"the key “{n[1:]}” is no name token" for n in names if not _NAME_TOKEN.fullmatch(n[1:]))
            waiting += [(name, part.get(name)) for name in names]


def check_root(file: PressFile) -> Iterator[str]:
    """Check that the catalog leads to the root of the parts, and that the root describes its levels."""
    root = file.root.get("/DPartRoot")
    if not _is_own(root):
        yield "the catalog has no /DPartRoot, or one that is no object of its own"
        return
    if root.get("/Type") != "/DPartRoot":
        yield "/DPartRoot is not of /Type /DPartRoot"
    if not _is_own(root.get("/DPartRootNode")):
        yield "/DPartRootNode is missing, or no object of its own"
        return
    if not _parts(file).nodes:  # else not all levels were found
        yield from _check_levels(root, _parts(file).levels)


def _check_levels(root: Any, levels: int) -> Iterator[str]:
    record, names = root.get("/RecordLevel"), root.get("/NodeNameList")
    if "/RecordLevel" in root and (not _is_whole(record) or not 0 <= record < levels):
        yield f"/RecordLevel is {record}, not one of the levels 0 to {levels - 1}"
    if "/NodeNameList" not in root:
        return
    if not isinstance(names, pikepdf.Array) or len(names) != levels:
        yield f"/NodeNameList does not name the {levels} levels"
    elif not all(isinstance(name, pikepdf.Name) and _NAME_TOKEN.fullmatch(str(name)[1:]) for name in names):
        yield "/NodeNameList holds something that is no name token"


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def check_nodes(file: PressFile) -> Iterator[str]:
    """Check that each part knows its parent and has either parts or pages."""
    yield from _parts(file).nodes


def check_ranges(file: PressFile) -> Iterator[str]:
    """Check that the leaves cover every page once, in order."""
    yield from _parts(file).ranges


def check_part_metadata(file: PressFile) -> Iterator[str]:
    """Check that metadata of parts are texts, numbers, truth values, lists and dictionaries."""
    yield from _parts(file).metadata


def check_page_part(page: PressPage) -> Iterator[str]:
    """Check that a page leads back to its leaf."""
    leaf = _parts(page.file).leaf_of(page.number)
    part = entries(page.dictionary, "/DPart")
    if leaf is not None and part.objgen != leaf:
        found = f"object {part.objgen[0]}" if part.is_indirect else "missing"
        yield f"its /DPart is {found}, not object {leaf[0]}, whose page it is"


def check_hints(file: PressFile) -> Iterator[str]:
    """Check hints that an XObject is used again: a known scope, with the environment it needs."""
    for name, part in file.suspect("hint"):
        if not isinstance(part, pikepdf.Stream):
            continue
        if not isinstance(part.get("/GTS_Encapsulated", False), bool):
            yield f"{name}: /GTS_Encapsulated is neither true nor false"
        scope = part.get("/GTS_Scope")
        if scope is None:
            continue
        if not isinstance(scope, pikepdf.Name) or str(scope) not in _SCOPES:
            yield f"{name}: /GTS_Scope is {scope}, no scope of PDF/VT"
        elif str(scope) in _WITH_ENVIRONMENT and not str(part.get("/GTS_Env", "")):
            yield f"{name}: /GTS_Scope {scope} needs a /GTS_Env"
        elif scope == "/Record" and "/RecordLevel" not in entries(file.root, "/DPartRoot"):
            yield f"{name}: /GTS_Scope /Record needs a /RecordLevel"
