"""The marked content of a page, read with pikepdf (ISO 32000-1 §14.6): what is tagged, an artifact, or neither."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pikepdf
from msgspec import Struct

from leaflet.conformance.content_stream import PAINT_PATH, SHOW_TEXT, read_instructions

ObjectId = tuple[int, int]  # object and generation number

_PATHS = PAINT_PATH | {"sh"}
_PAINTING = _PATHS | SHOW_TEXT | {"Do", "INLINE IMAGE"}
_NOT_IN_TEXT = frozenset(["q", "Q", "cm", "Do", "re", "m"]) | _PATHS  # §8.2, figure 9


class MarkedPage(Struct):
    """A page as read.

    Attributes:
        name: of the page in messages.
        id: of its object.
        dictionary: the page's own.
        identifiers: how often each MCID begins a sequence.
        messages: what is wrong with its marked content.
    """

    name: str
    id: ObjectId
    dictionary: Any
    identifiers: Counter[int]
    messages: list[str]


class _Sequence(NamedTuple):
    """A marked-content sequence: its tag, its MCID, and whether it began inside a text object."""

    tag: str
    identifier: int | None
    in_text: bool

    @property
    def is_artifact(self) -> bool:
        """Return whether it marks what is no content: a fold, a background."""
        return self.tag == "/Artifact"

    @property
    def is_content(self) -> bool:
        """Return whether tags can refer to it."""
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

    def read(self, stream: Any) -> None:
        """Walk through a whole content stream, to what is still open at its end."""
        methods: dict[str, Callable[[Sequence[Any]], None]] = {
            "q": self._save,
            "Q": self._restore,
            "BT": self._begin_text,
            "ET": self._end_text,
            "BMC": self._begin_sequence,
            "BDC": self._begin_sequence,
            "EMC": self._end_sequence,
            "Do": self._paint_object,
        }
        for instruction in read_instructions(stream):
            operator = str(instruction.operator)
            self._check_place(operator)
            if operator in methods:
                methods[operator](instruction.operands)
        self._check_end()

    def _check_place(self, operator: str) -> None:
        """Check that an operator may stand where it stands, and count what is painted outside tags and artifacts."""
        if self._in_text and operator in _NOT_IN_TEXT:
            self._report(f"{operator} stands inside BT … ET (§9.4.1)")
        if operator in _PAINTING and not any(one.is_artifact or one.is_content for one in self._sequences):
            self._unmarked[operator] += 1  # ISO 14289-1 §7.1

    def _paint_object(self, operands: Sequence[Any]) -> None:
        """Execute Do: a form inside a marked-content sequence has no marked content of its own (§14.7.4.2)."""
        name = operands[0]
        form = self._resources.get("/XObject", {}).get(name)
        if form is None:
            self._report(f"XObject {name} is not among the resources (§7.8.3)")
        elif form.get("/Subtype") == "/Form":
            inner = _MarkedContentWalker(self._name, form.get("/Resources", self._resources))
            inner._sequences.append(_Sequence("/Artifact", None, False))
            inner.read(form)
            if inner.identifiers:
                self._report(f"the form {name} has marked-content identifiers of its own (§14.7.4.2)")

    def _begin_sequence(self, operands: Sequence[Any]) -> None:
        """Execute BMC and BDC, and check that they may stand here."""
        outer = list(self._sequences)
        properties = operands[1] if len(operands) > 1 else None  # of BDC, written there or named
        if isinstance(properties, pikepdf.Name):
            properties = self._resources.get("/Properties", pikepdf.Dictionary()).get(properties)
        found = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        sequence = _Sequence(str(operands[0]), None if found is None else int(found), self._in_text)
        self._sequences.append(sequence)
        in_content = any(one.is_content for one in outer)
        if sequence.identifier is not None:
            in_artifact = any(one.is_artifact for one in self._sequences)
            self._check_identifier(sequence.identifier, in_artifact, in_content)
        if sequence.is_artifact and in_content:
            self._report("an artifact stands inside tagged content (ISO 14289-1 §7.1)")

    def _check_identifier(self, identifier: int, in_artifact: bool, in_content: bool) -> None:
        self.identifiers[identifier] += 1
        if self.identifiers[identifier] == 2:
            self._report(f"marked content {identifier} stands twice (§14.7.4.2)")
        if in_artifact:
            self._report(f"marked content {identifier} stands inside an artifact (ISO 14289-1 §7.1)")
        elif in_content:
            self._report(
                f"marked content {identifier} stands inside other marked content with an identifier (§14.7.4.2)"
            )

    def _end_sequence(self, _: Sequence[Any]) -> None:
        """Execute EMC, and check that it may stand here."""
        if not self._sequences:
            self._report("EMC without BMC or BDC (§14.6.1)")
        elif self._sequences.pop().in_text != self._in_text:
            self._report("a marked-content sequence and a text object overlap (§14.6.1)")

    def _save(self, _: Sequence[Any]) -> None:
        """Execute q."""
        self._saved += 1

    def _restore(self, _: Sequence[Any]) -> None:
        """Execute Q, and check that it may stand here."""
        if not self._saved:
            self._report("Q without q (§8.4.2)")
        self._saved = max(self._saved - 1, 0)

    def _begin_text(self, _: Sequence[Any]) -> None:
        """Execute BT, and check that it may stand here."""
        if self._in_text:
            self._report("BT inside BT (§9.4.1)")
        self._in_text = True

    def _end_text(self, _: Sequence[Any]) -> None:
        """Execute ET, and check that it may stand here."""
        if not self._in_text:
            self._report("ET without BT (§9.4.1)")
        self._in_text = False

    def _check_end(self) -> None:
        for operator, count in self._unmarked.items():
            self._report(f"{operator} paints {count} times outside marked content and artifacts (ISO 14289-1 §7.1)")
        if self._sequences:
            self._report(f"{len(self._sequences)} marked-content sequences are not closed (§14.6.1)")
        if self._saved:
            self._report(f"{self._saved} q without Q (§8.4.2)")
        if self._in_text:
            self._report("BT without ET (§9.4.1)")

    def _report(self, message: str) -> None:
        self.messages.append(f"{self._name}: {message}")


def read_page(page: pikepdf.Page, number: int) -> MarkedPage:
    """Read all streams of a page's contents as one (§7.8.2); `number` counts pages from 1."""
    name = f"page {number}"
    walker = _MarkedContentWalker(name, page.resources)
    walker.read(page)
    return MarkedPage(name, page.obj.objgen, page.obj, walker.identifiers, walker.messages)
