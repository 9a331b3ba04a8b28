"""Check that structure tree, parent tree, marked content and annotations of a file agree, which no validator does.

An independent reading with pikepdf: nothing here is shared with what writes files. Clauses are of ISO 32000-1
(PDF 1.7) unless ISO 14289-1 (PDF/UA-1) is named. Lengths are points, as in the file.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import pikepdf
from msgspec import Struct, field

from leaflet.pdf.standards.pdf_objects import PAINT_PATH, SHOW_TEXT, ObjectId, items, read_instructions

_PATHS = PAINT_PATH | {"sh"}
_PAINTING = _PATHS | SHOW_TEXT | {"Do", "INLINE IMAGE"}
_NOT_IN_TEXT = frozenset(["q", "Q", "cm", "Do", "re", "m"]) | _PATHS  # §8.2, figure 9


class MarkedPage(Struct):
    """A page as read."""

    name: str  # of the page in messages
    id: ObjectId  # of its object
    dictionary: Any  # the page's own
    identifiers: Counter[int]  # how often each MCID begins a sequence
    messages: list[str]  # what is wrong with its marked content


class _Sequence(NamedTuple):
    """A marked-content sequence: its tag, its MCID, and whether it began inside a text object."""

    tag: str
    identifier: int | None
    in_text: bool

    @property
    def is_artifact(self) -> bool:
        return self.tag == "/Artifact"

    @property
    def is_content(self) -> bool:
        return self.identifier is not None and not self.is_artifact


class _MarkedContentWalker:
    """A walk through one page or form that notes what is marked, how often, and what is not (§14.6)."""

    def __init__(self, name: str, resources: Any) -> None:
        self.identifiers: Counter[int] = Counter()
        self.messages: list[str] = []
        self._name, self._resources = name, resources
        self._unmarked: Counter[str] = Counter()
        self._sequences: list[_Sequence] = []  # that are open, the innermost at the end
        self._saved = 0  # graphics states
        self._in_text = False

    def read(self, stream: Any, *, strict: bool = False) -> None:
        for instruction in read_instructions(stream, strict=strict):
            operator = str(instruction.operator)
            if self._in_text and operator in _NOT_IN_TEXT:
                self._report(f"{operator} stands inside BT … ET (§9.4.1)")
            if operator in _PAINTING and not any(one.is_artifact or one.is_content for one in self._sequences):
                self._unmarked[operator] += 1
            self._execute(operator, instruction.operands)
        for operator, count in self._unmarked.items():
            self._report(f"{operator} paints {count} times outside marked content and artifacts (ISO 14289-1 §7.1)")
        if self._sequences:
            self._report(f"{len(self._sequences)} marked-content sequences are not closed (§14.6.1)")
        if self._saved:
            self._report(f"{self._saved} q without Q (§8.4.2)")
        if self._in_text:
            self._report("BT without ET (§9.4.1)")

    def _execute(self, operator: str, operands: Sequence[Any]) -> None:
        if operator == "q":
            self._saved += 1
        elif operator == "Q":
            if not self._saved:
                self._report("Q without q (§8.4.2)")
            self._saved = max(self._saved - 1, 0)
        elif operator in {"BT", "ET"}:
            if self._in_text == (operator == "BT"):
                self._report("BT inside BT (§9.4.1)" if self._in_text else "ET without BT (§9.4.1)")
            self._in_text = operator == "BT"
        elif operator in {"BMC", "BDC"}:
            self._begin_sequence(operands)
        elif operator == "EMC" and not self._sequences:
            self._report("EMC without BMC or BDC (§14.6.1)")
        elif operator == "EMC" and self._sequences.pop().in_text != self._in_text:
            self._report("a marked-content sequence and a text object overlap (§14.6.1)")
        elif operator == "Do":
            self._paint_object(operands)

    def _paint_object(self, operands: Sequence[Any]) -> None:
        """Execute Do: a form inside a marked-content sequence has no marked content of its own (§14.7.4.2)."""
        name = operands[0]
        if (form := self._resources.get("/XObject", {}).get(name)) is None:
            self._report(f"XObject {name} is not among the resources (§7.8.3)")
        elif form.get("/Subtype") == "/Form":
            inner = _MarkedContentWalker(self._name, form.get("/Resources", self._resources))
            inner._sequences.append(_Sequence("/Artifact", None, False))
            inner.read(form)
            if inner.identifiers:
                self._report(f"the form {name} has marked-content identifiers of its own (§14.7.4.2)")

    def _begin_sequence(self, operands: Sequence[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None  # of BDC, written there or named
        if isinstance(properties, pikepdf.Name):
            properties = self._resources.get("/Properties", pikepdf.Dictionary()).get(properties)
        found = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        sequence = _Sequence(str(operands[0]), None if found is None else int(found), self._in_text)
        in_content = any(one.is_content for one in self._sequences)
        self._sequences.append(sequence)
        if sequence.identifier is not None:
            self.identifiers[sequence.identifier] += 1
            name = f"marked content {sequence.identifier}"
            if self.identifiers[sequence.identifier] == 2:
                self._report(f"{name} stands twice (§14.7.4.2)")
            if any(one.is_artifact for one in self._sequences):
                self._report(f"{name} stands inside an artifact (ISO 14289-1 §7.1)")
            elif in_content:
                self._report(f"{name} stands inside other marked content with an identifier (§14.7.4.2)")
        if sequence.is_artifact and in_content:
            self._report("an artifact stands inside tagged content (ISO 14289-1 §7.1)")

    def _report(self, message: str) -> None:
        self.messages.append(f"{self._name}: {message}")


StreamReader = Callable[[Any, Any], Counter[int] | None]  # from a content stream and the resources of its page


def read_stream(stream: Any, resources: Any) -> Counter[int] | None:
    """Return how often each MCID begins a sequence in a stream; None if by itself anything is wrong with it."""
    walker = _MarkedContentWalker("", resources)
    with suppress(pikepdf.PdfError, UserWarning, UnicodeError):
        walker.read(stream, strict=True)
        return None if walker.messages else walker.identifiers
    return None


def read_page(page: pikepdf.Page, number: int, read: StreamReader) -> MarkedPage:
    """Read all streams of a page's contents as one (§7.8.2) if any is wrong by itself; `number` counts from 1."""
    walker = _MarkedContentWalker(f"page {number}", page.resources)
    streams = items(page.obj.get("/Contents"))
    known = [read(one, page.resources) if isinstance(one, pikepdf.Stream) else None for one in streams]
    found = Counter(identifier for one in known if one is not None for identifier in one)
    if known and None not in known and found.total() == len(found):
        walker.identifiers = found
    else:
        walker.read(page)
    return MarkedPage(f"page {number}", page.obj.objgen, page.obj, walker.identifiers, walker.messages)


Owned = tuple[ObjectId, int]  # page, marked-content identifier


class StructElement(Struct):
    """A structure element as read."""

    id: ObjectId  # of its object
    dictionary: Any  # its own
    role: str  # its structure type
    parent: ObjectId  # the object from which it was reached
    kids: list["StructElement"] = field(default_factory=list)  # the elements below it
    contents: list[Owned] = field(default_factory=list)  # the marked contents it owns
    objects: list[tuple[ObjectId, ObjectId]] = field(default_factory=list)  # page and object of its annotations

    def __str__(self) -> str:
        return f"{self.role} (object {self.id[0]})"

    def walk(self) -> Iterator["StructElement"]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


class StructTree:
    """The structure elements reachable from the root, each with what it owns (§14.7.2, §14.7.4)."""

    def __init__(self, root: Any) -> None:
        self.elements: dict[ObjectId, StructElement] = {}
        self.owners: dict[Owned, list[StructElement]] = {}
        self.object_owners: dict[ObjectId, list[StructElement]] = {}
        self.messages: list[str] = []
        self.top = StructElement(root.objgen, root, "StructTreeRoot", root.objgen)
        self._read_kids(self.top)

    def __iter__(self) -> Iterator[StructElement]:
        return iter(self.elements.values())

    def _read_kids(self, element: StructElement) -> None:
        for kid in items(element.dictionary.get("/K")):
            if isinstance(kid, int):
                self._own(element, element.dictionary.get("/Pg"), kid)
            elif not isinstance(kid, pikepdf.Dictionary):
                self.messages.append(f"{element} has a kid that is neither number nor dictionary (§14.7.4)")
            elif kid.get("/Type") == "/MCR":
                self._own(element, kid.get("/Pg", element.dictionary.get("/Pg")), int(kid.get("/MCID", -1)))
            elif kid.get("/Type") == "/OBJR":
                self._own_object(element, kid)
            else:
                self._read_element(kid, element)

    def _read_element(self, dictionary: Any, parent: StructElement) -> None:
        """Read a structure element, an indirect object whose P is the element above it (table 323)."""
        role = str(dictionary.get("/S", "/?"))[1:]
        element = StructElement(dictionary.objgen, dictionary, role, parent.id)
        if element.id == (0, 0):
            self.messages.append(f"a {role} below {parent} is not an indirect object (table 323)")
        elif element.id in self.elements:
            self.messages.append(f"{element} is reached twice, the second time from {parent} (§14.7.2)")
            return
        above = dictionary.get("/P")
        if above is None or above.objgen != parent.id:
            self.messages.append(f"{element}: its P is not {parent}, from which it is reached (table 323)")
        self.elements[element.id] = element
        parent.kids.append(element)
        self._read_kids(element)

    def _own(self, element: StructElement, page: Any, identifier: int) -> None:
        if page is None:
            self.messages.append(f"{element} owns marked content {identifier} of no page: Pg is missing (table 323)")
            return
        owned = (page.objgen, identifier)
        element.contents.append(owned)
        self.owners.setdefault(owned, []).append(element)

    def _own_object(self, element: StructElement, reference: Any) -> None:
        page, target = reference.get("/Pg", element.dictionary.get("/Pg")), reference.get("/Obj")
        if page is None or target is None:
            self.messages.append(f"{element}: an OBJR lacks Pg or Obj (table 325)")
            return
        element.objects.append((page.objgen, target.objgen))
        self.object_owners.setdefault(target.objgen, []).append(element)


class ParentTree:
    """The number tree from keys of pages and annotations to structure elements (§14.7.4.4, §7.9.7)."""

    def __init__(self, root: Any) -> None:
        self.messages: list[str] = []
        self._entries: dict[int, Any] = {}
        self._users: dict[int, str] = {}
        self._keys: list[int] = []
        tree = root.get("/ParentTree")
        if tree is None:
            self.messages.append("the structure tree has no parent tree (table 322)")
        else:
            self._read(tree)
        if self._keys != sorted(set(self._keys)):
            self.messages.append("the keys of the parent tree are not in ascending order, each once (§7.9.7)")

    def _read(self, node: Any) -> None:
        numbers = items(node.get("/Nums"))
        for key, value in zip(numbers[::2], numbers[1::2], strict=False):
            self._keys.append(int(key))
            self._entries[int(key)] = value
        for kid in items(node.get("/Kids")):
            self._read(kid)

    def page_entries(self, page: MarkedPage) -> dict[int, ObjectId]:
        """Return the element of each MCID of a page, by its StructParents; nulls are no entries."""
        key = page.dictionary.get("/StructParents")
        if key is None:
            if page.identifiers:
                self.messages.append(f"{page.name} has no StructParents (table 326)")
            return {}
        value = self._use(int(key), page.name)
        if not isinstance(value, pikepdf.Array):
            return {}
        return {index: item.objgen for index, item in enumerate(value) if isinstance(item, pikepdf.Dictionary)}

    def object_entry(self, key: int, name: str) -> ObjectId | None:
        """Return the element that an annotation's StructParent names."""
        value = self._use(key, name)
        return value.objgen if isinstance(value, pikepdf.Dictionary) else None

    def _use(self, key: int, name: str) -> Any:
        if key in self._users:
            self.messages.append(f"{name} and {self._users[key]} share the key {key} of the parent tree (table 326)")
        self._users[key] = name
        return self._entries.get(key)

    def check_used(self) -> Iterator[str]:
        """Check that a page or an annotation names each key; yield what was wrong in look-ups, too."""
        for key in sorted(set(self._entries) - set(self._users)):
            yield f"the parent tree has a stale key {key} (§14.7.4.4)"
        yield from self.messages


_KIDS = {"L": frozenset({"LI"}), "LI": frozenset({"Lbl", "LBody"})}  # ISO 14289-1 §7.6
_PARENTS = {"LI": frozenset({"L"}), "Lbl": frozenset({"LI"}), "LBody": frozenset({"LI"})}
_SLACK = 0.01  # points a rounded rectangle may stick out of its page


def check_tags(pdf: pikepdf.Pdf, read: StreamReader = read_stream) -> Iterator[str]:
    """Check tags, marked content and annotations of a PDF file; yield what does not agree, one message each.

    What `read_stream` says of its streams may be remembered.
    """
    if (root := pdf.Root.get("/StructTreeRoot")) is None:
        yield "the file has no structure tree (§14.7.2)"
        return
    tree = StructTree(root)
    pages = [read_page(page, number, read) for number, page in enumerate(pdf.pages, 1)]
    parents = ParentTree(root)
    yield from tree.messages
    yield from _check_reachable(pdf, tree)
    for page in pages:
        yield from page.messages
        yield from _check_contents(page, tree, parents)
        yield from _check_annotations(page, tree, parents)
    yield from _check_owned_things_exist(pages, tree)
    yield from _check_roles(tree)
    yield from _check_headings(tree)
    yield from _check_figures(pages, tree)
    yield from parents.check_used()


def _check_reachable(pdf: pikepdf.Pdf, tree: StructTree) -> Iterator[str]:
    """Every structure element of the file hangs in the tree (§14.7.2)."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in tree.elements:
            continue
        if item.get("/Type") == "/StructElem" or ("/S" in item and "/P" in item and "/K" in item):
            yield f"{str(item.get('/S', '/?'))[1:]} (object {item.objgen[0]}) is not reached from the root (§14.7.2)"


def _check_contents(page: MarkedPage, tree: StructTree, parents: ParentTree) -> Iterator[str]:
    """Each MCID: owned once, by the element its parent tree entry names (§14.7.4.4)."""
    entries = parents.page_entries(page)
    for identifier in sorted(page.identifiers):
        owners = tree.owners.get((page.id, identifier), [])
        if len(owners) != 1:
            names = ", ".join(str(owner) for owner in owners) or "no structure element"
            yield f"{page.name}: marked content {identifier} is owned by {names} (§14.7.4.2)"
        if (entry := entries.get(identifier)) is None:
            yield f"{page.name}: the parent tree has no entry for marked content {identifier} (§14.7.4.4)"
        elif owners and entry != owners[0].id:
            yield (
                f"{page.name}: the parent tree gives marked content {identifier} to object {entry[0]}, "
                f"but {owners[0]} owns it (§14.7.4.4)"
            )
    for identifier in sorted(set(entries) - set(page.identifiers)):
        yield f"{page.name}: the parent tree has a stale entry for marked content {identifier} (§14.7.4.4)"


def _check_owned_things_exist(pages: list[MarkedPage], tree: StructTree) -> Iterator[str]:
    """Check that what elements own stands on a page, and that Pg is a page with their content (table 323)."""
    contents = {(page.id, identifier) for page in pages for identifier in page.identifiers}
    annotations = {(page.id, a.objgen) for page in pages for a in items(page.dictionary.get("/Annots"))}
    for element in tree:
        for owned in element.contents:
            if owned not in contents:
                yield f"{element} owns marked content {owned[1]}, which is not on its page (§14.7.4.2)"
        for reference in element.objects:
            if reference not in annotations:
                yield f"{element} owns object {reference[1][0]}, which is no annotation of its page (§14.7.4.3)"
        page = element.dictionary.get("/Pg")
        on = {owned[0] for below in element.walk() for owned in [*below.contents, *below.objects]}
        if page is not None and on and page.objgen not in on:
            yield f"{element}: its Pg is a page on which none of its content stands (table 323)"


def _check_annotations(page: MarkedPage, tree: StructTree, parents: ParentTree) -> Iterator[str]:
    """A link is owned by one Link element, which its StructParent leads to (ISO 14289-1 §7.18.5)."""
    for annotation in items(page.dictionary.get("/Annots")):
        name = f"{page.name}: annotation {annotation.objgen[0]}"
        role = "Link" if annotation.get("/Subtype") == "/Link" else "Annot"
        owners = tree.object_owners.get(annotation.objgen, [])
        if len(owners) != 1:
            yield f"{name} is owned by {len(owners)} structure elements (§14.7.4.3)"
        elif owners[0].role != role:
            yield f"{name} is owned by {owners[0]}, not by a {role} (ISO 14289-1 §7.18)"
        if (key := annotation.get("/StructParent")) is None:
            yield f"{name} has no StructParent (§14.7.4.4)"
            continue
        entry = parents.object_entry(int(key), name)
        if owners and entry != owners[0].id:
            found = f"object {entry[0]}" if entry else "nothing"
            yield f"{name}: the parent tree gives it to {found}, but {owners[0]} owns it (§14.7.4.4)"


def _check_roles(tree: StructTree) -> Iterator[str]:
    """Lists hold items, items hold label and body (ISO 14289-1 §7.6); a link has something to read out."""
    for element in tree:
        above = tree.elements.get(element.parent, tree.top)
        allowed = _KIDS.get(above.role)
        if allowed and element.role not in allowed:
            yield f"{element} stands in {above}, which holds only {', '.join(sorted(allowed))} (ISO 14289-1 §7.6)"
        wanted = _PARENTS.get(element.role)
        if wanted and above.role not in wanted:
            yield f"{element} stands in {above} instead of {', '.join(sorted(wanted))} (ISO 14289-1 §7.6)"
        if element.role in _KIDS and element.contents:
            yield f"{element} has content of its own, outside {' and '.join(sorted(_KIDS[element.role]))} (§14.8.4.3)"
        if element.role == "Link" and not any(
            below.contents or str(below.dictionary.get("/Alt", "")).strip() for below in element.walk()
        ):
            yield f"{element} has neither text nor alternative text (ISO 14289-1 §7.18.5)"


def _check_headings(tree: StructTree) -> Iterator[str]:
    """The first heading is H1, and no level is skipped on the way down (ISO 14289-1 §7.4.2)."""
    level = 0
    for element in tree.top.walk():
        if len(element.role) == 2 and element.role[0] == "H" and element.role[1].isdigit():
            if int(element.role[1]) > level + 1:
                before = f"H{level}" if level else "no heading"
                yield f"{element} follows {before}: a level is skipped (ISO 14289-1 §7.4.2)"
            level = int(element.role[1])


def _check_figures(pages: list[MarkedPage], tree: StructTree) -> Iterator[str]:
    """A figure has alternative text (ISO 14289-1 §7.3) and a BBox (table 344) inside its page."""
    by_id = {page.id: page for page in pages}
    for element in tree:
        if element.role != "Figure":
            continue
        if not str(element.dictionary.get("/Alt", element.dictionary.get("/ActualText", ""))).strip():
            yield f"{element} has no alternative text (ISO 14289-1 §7.3)"
        attributes = [one for one in items(element.dictionary.get("/A")) if isinstance(one, pikepdf.Dictionary)]
        boxes = [one.get("/BBox") for one in attributes if one.get("/O") == "/Layout" and "/BBox" in one]
        page = by_id.get(element.contents[0][0]) if element.contents else None
        if not boxes:
            yield f"{element} has no BBox (table 344)"
        elif page:
            left, lower, right, upper = box = [float(side) for side in items(boxes[0])]
            x0, y0, x1, y1 = (float(side) for side in page.dictionary.MediaBox)
            across = x0 - _SLACK <= left < right <= x1 + _SLACK
            if not (across and y0 - _SLACK <= lower < upper <= y1 + _SLACK):
                yield f"{element}: its BBox {box} is empty or leaves {page.name} (table 344)"
