"""The structure tree and the parent tree of a file, read with pikepdf (ISO 32000-1 §14.7); ``structure`` judges."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct, field

from leaflet.conformance.marked_content import MarkedPage, ObjectId

Owned = tuple[ObjectId, int]  # page, marked-content identifier


class StructElement(Struct):
    """A structure element as read.

    Attributes:
        id: of its object.
        dictionary: its own.
        role: its structure type.
        parent: the object from which it was reached.
        kids: the elements below it.
        contents: the marked contents it owns.
        objects: the page and the object of each annotation it owns.
    """

    id: ObjectId
    dictionary: Any
    role: str
    parent: ObjectId
    kids: list["StructElement"] = field(default_factory=list)
    contents: list[Owned] = field(default_factory=list)
    objects: list[tuple[ObjectId, ObjectId]] = field(default_factory=list)  # page, object

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
        for kid in as_list(element.dictionary.get("/K")):
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
        numbers = as_list(node.get("/Nums"))
        for key, value in zip(numbers[::2], numbers[1::2], strict=False):
            self._keys.append(int(key))
            self._entries[int(key)] = value
        for kid in as_list(node.get("/Kids")):
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


def as_list(value: Any) -> list[Any]:
    """Return the items of an array, or the one value that stands for an array of one, or nothing."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
