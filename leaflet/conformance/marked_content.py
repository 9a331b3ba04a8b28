"""The marked content of a page, read with pikepdf (ISO 32000-1 §14.6): what is tagged, an artifact, or neither."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pikepdf
from msgspec import Struct

from leaflet.conformance.content_stream import (
    MARKED_CONTENT,
    PAINT_PATH,
    SAVING,
    SHOW_TEXT,
    TEXT_OBJECTS,
    Execute,
    MarkedSequence,
    TextWalker,
    read_instructions,
)

ObjectId = tuple[int, int]  # object and generation number

_PATHS = PAINT_PATH | {"sh"}
_PAINTING = _PATHS | SHOW_TEXT | {"Do", "INLINE IMAGE"}
_NOT_IN_TEXT = frozenset(["q", "Q", "cm", "Do", "re", "m"]) | _PATHS  # §8.2, figure 9
_OPERATORS = {
    **dict.fromkeys(_PAINTING | _NOT_IN_TEXT, "skip"),
    **SAVING,
    **TEXT_OBJECTS,
    **MARKED_CONTENT,
    "Do": "paint_object",
}


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


class _MarkedContentWalker(TextWalker):
    """A walk through one page or form that notes what is marked, how often, and what is not (§14.6)."""

    operators = _OPERATORS

    def __init__(self, name: str, resources: Any) -> None:
        super().__init__(resources)
        self.name = name
        self.identifiers: Counter[int] = Counter()
        self.messages: list[str] = []
        self._unmarked: Counter[str] = Counter()

    def read(self, stream: Any) -> None:
        """Walk through a whole content stream, to what is still open at its end."""
        self.walk(read_instructions(stream))
        self._check_end()

    def bind(self) -> Mapping[str, Execute]:
        """Return the methods of operators, each behind the check that the operator may stand where it stands."""
        return {operator: partial(self._execute, operator, method) for operator, method in super().bind().items()}

    def _execute(self, operator: str, method: Execute, operands: Sequence[Any]) -> None:
        if self.in_text and operator in _NOT_IN_TEXT:
            self._report(f"{operator} stands inside BT … ET (§9.4.1)")
        if operator in _PAINTING:
            self._check_marked(operator)
        method(operands)

    def _check_marked(self, operator: str) -> None:
        """Count what is painted and is neither tagged nor an artifact (ISO 14289-1 §7.1)."""
        if not any(_is_artifact(one) or _is_content(one) for one in self.sequences):
            self._unmarked[operator] += 1

    def skip(self, operands: Sequence[Any]) -> None:
        """Do nothing with an operator of which only its place matters."""

    def paint_object(self, operands: Sequence[Any]) -> None:
        """Execute Do: a form inside a marked-content sequence has no marked content of its own (§14.7.4.2)."""
        name = operands[0]
        form = self.resources.get("/XObject", {}).get(name)
        if form is None:
            self._report(f"XObject {name} is not among the resources (§7.8.3)")
        elif form.get("/Subtype") == "/Form":
            inner = _MarkedContentWalker(self.name, form.get("/Resources", self.resources))
            inner.sequences.append(MarkedSequence("/Artifact", None, False))
            inner.read(form)
            if inner.identifiers:
                self._report(f"the form {name} has marked-content identifiers of its own (§14.7.4.2)")

    def begin_sequence(self, operands: Sequence[Any]) -> None:
        """Execute BMC and BDC, and check that it may stand here."""
        outer = list(self.sequences)
        super().begin_sequence(operands)
        sequence = self.sequences[-1]
        in_content = any(map(_is_content, outer))
        if sequence.identifier is not None:
            self._check_identifier(sequence.identifier, any(map(_is_artifact, [*outer, sequence])), in_content)
        if _is_artifact(sequence) and in_content:
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

    def end_sequence(self, operands: Sequence[Any]) -> None:
        """Execute EMC, and check that it may stand here."""
        if not self.sequences:
            self._report("EMC without BMC or BDC (§14.6.1)")
        elif self.sequences[-1].in_text != self.in_text:
            self._report("a marked-content sequence and a text object overlap (§14.6.1)")
        super().end_sequence(operands)

    def restore(self, operands: Sequence[Any]) -> None:
        """Execute Q, and check that it may stand here."""
        if not self.saved:
            self._report("Q without q (§8.4.2)")
        super().restore(operands)

    def begin_text(self, operands: Sequence[Any]) -> None:
        """Execute BT, and check that it may stand here."""
        if self.in_text:
            self._report("BT inside BT (§9.4.1)")
        super().begin_text(operands)

    def end_text(self, operands: Sequence[Any]) -> None:
        """Execute ET, and check that it may stand here."""
        if not self.in_text:
            self._report("ET without BT (§9.4.1)")
        super().end_text(operands)

    def _check_end(self) -> None:
        for operator, count in self._unmarked.items():
            self._report(f"{operator} paints {count} times outside marked content and artifacts (ISO 14289-1 §7.1)")
        if self.sequences:
            self._report(f"{len(self.sequences)} marked-content sequences are not closed (§14.6.1)")
        if self.saved:
            self._report(f"{len(self.saved)} q without Q (§8.4.2)")
        if self.in_text:
            self._report("BT without ET (§9.4.1)")

    def _report(self, message: str) -> None:
        self.messages.append(f"{self.name}: {message}")


def _is_artifact(sequence: MarkedSequence) -> bool:
    return sequence.tag == "/Artifact"


def _is_content(sequence: MarkedSequence) -> bool:
    return sequence.identifier is not None and not _is_artifact(sequence)


def read_page(page: pikepdf.Page, number: int) -> MarkedPage:
    """Read all streams of a page's contents as one (§7.8.2); `number` counts pages from 1."""
    name = f"page {number}"
    walker = _MarkedContentWalker(name, page.resources)
    walker.read(page)
    return MarkedPage(name, page.obj.objgen, page.obj, walker.identifiers, walker.messages)
