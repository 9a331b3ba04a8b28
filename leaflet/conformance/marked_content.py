"""The marked content of a page, read with pikepdf (ISO 32000-1 §14.6): what is tagged, an artifact, or neither."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pikepdf
from msgspec import Struct

ObjectId = tuple[int, int]  # object and generation number

_PATHS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"])
_TEXTS = frozenset(["Tj", "TJ", "'", '"'])
_PAINTING = _PATHS | _TEXTS | {"Do", "INLINE IMAGE"}
_NOT_IN_TEXT = frozenset(["q", "Q", "cm", "Do", "re", "m"]) | _PATHS  # §8.2, figure 9


class MarkedPage(Struct):
    """A page as read: `identifiers` counts how often each MCID opens a sequence."""

    name: str
    id: ObjectId
    dictionary: Any
    identifiers: Counter[int]
    messages: list[str]


class _Mark(Struct, frozen=True):
    """An open marked-content sequence."""

    kind: str  # "artifact", "content", "other"
    in_text: bool


class _Scanner:
    """Follows the operators of one page and notes what is marked, how often, and what is not (§14.6)."""

    def __init__(self, name: str, resources: Any) -> None:
        self.name = name
        self.identifiers: Counter[int] = Counter()
        self.messages: list[str] = []
        self._resources = resources
        self._marks: list[_Mark] = []
        self._saved = 0
        self._in_text = False
        self._loose: Counter[str] = Counter()

    def scan(self, instructions: Iterable[Any]) -> None:
        """Read a whole content stream."""
        for instruction in instructions:
            self._step(str(instruction.operator), instruction.operands)
        self._finish()

    def _step(self, operator: str, operands: Any) -> None:
        if self._in_text and operator in _NOT_IN_TEXT:
            self._say(f"{operator} stands inside BT … ET (§9.4.1)")
        if operator in _PAINTING:
            self._paint(operator, operands)
        elif operator in ("BMC", "BDC"):
            self._begin(str(operands[0]), operands[1] if operator == "BDC" else None)
        elif operator == "EMC":
            self._end()
        elif operator in ("q", "Q"):
            self._save(1 if operator == "q" else -1)
        elif operator in ("BT", "ET"):
            self._text(operator == "BT")

    def _paint(self, operator: str, operands: Any) -> None:
        """ISO 14289-1 §7.1: real content is tagged, everything else is an artifact."""
        if not any(mark.kind != "other" for mark in self._marks):
            self._loose[operator] += 1
        if operator == "Do":
            self._check_form(operands[0])

    def _check_form(self, name: Any) -> None:
        """§14.7.4.2: a form inside a marked-content sequence has no marked content of its own."""
        form = self._resources.get("/XObject", {}).get(name)
        if form is None:
            self._say(f"XObject {name} is not among the resources (§7.8.3)")
        elif form.get("/Subtype") == "/Form":
            inner = _Scanner(self.name, form.get("/Resources", self._resources))
            inner._marks.append(_Mark("artifact", False))
            inner.scan(pikepdf.parse_content_stream(form))
            if inner.identifiers:
                self._say(f"the form {name} has marked-content identifiers of its own (§14.7.4.2)")

    def _begin(self, tag: str, properties: Any) -> None:
        if isinstance(properties, pikepdf.Name):
            properties = self._resources.get("/Properties", {}).get(properties)
        identifier = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        kind = "artifact" if tag == "/Artifact" else "other" if identifier is None else "content"
        kinds = {mark.kind for mark in self._marks}
        if identifier is not None:
            self._identify(int(identifier), tag, kinds)
        if kind == "artifact" and "content" in kinds:
            self._say("an artifact stands inside tagged content (ISO 14289-1 §7.1)")
        self._marks.append(_Mark(kind, self._in_text))

    def _identify(self, identifier: int, tag: str, kinds: set[str]) -> None:
        self.identifiers[identifier] += 1
        if self.identifiers[identifier] == 2:
            self._say(f"marked content {identifier} stands twice (§14.7.4.2)")
        if "artifact" in kinds or tag == "/Artifact":
            self._say(f"marked content {identifier} stands inside an artifact (ISO 14289-1 §7.1)")
        elif "content" in kinds:
            self._say(
                f"marked content {identifier} stands inside other marked content with an identifier (§14.7.4.2)"
            )

    def _end(self) -> None:
        if not self._marks:
            self._say("EMC without BMC or BDC (§14.6.1)")
        elif self._marks.pop().in_text != self._in_text:
            self._say("a marked-content sequence and a text object overlap (§14.6.1)")

    def _save(self, change: int) -> None:
        self._saved += change
        if self._saved < 0:
            self._say("Q without q (§8.4.2)")
            self._saved = 0

    def _text(self, begins: bool) -> None:
        if begins == self._in_text:
            self._say("BT inside BT (§9.4.1)" if begins else "ET without BT (§9.4.1)")
        self._in_text = begins

    def _finish(self) -> None:
        for operator, count in self._loose.items():
            self._say(f"{operator} paints {count} times outside marked content and artifacts (ISO 14289-1 §7.1)")
        if self._marks:
            self._say(f"{len(self._marks)} marked-content sequences are not closed (§14.6.1)")
        if self._saved:
            self._say(f"{self._saved} q without Q (§8.4.2)")
        if self._in_text:
            self._say("BT without ET (§9.4.1)")

    def _say(self, message: str) -> None:
        self.messages.append(f"{self.name}: {message}")


def read_page(page: pikepdf.Page, number: int) -> MarkedPage:
    """All streams of /Contents, read as one (§7.8.2)."""
    name = f"page {number}"
    scanner = _Scanner(name, page.resources)
    scanner.scan(pikepdf.parse_content_stream(page))
    return MarkedPage(name, page.obj.objgen, page.obj, scanner.identifiers, scanner.messages)
