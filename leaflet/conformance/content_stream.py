"""Content streams, read operator by operator (ISO 32000-1 §7.8.2): nothing else in the program parses them.

`read_instructions` parses streams. A `TextWalker` executes operators, with methods for what several readers of text
need; a subclass takes the tables it needs (`SAVING`, `TEXT_STATE`, `TEXT_OBJECTS`, `MARKED_CONTENT`) and adds methods
of its own.

Who walks: ``conformance.marked_content`` (tags), ``preflight.glyphs`` (codes in each font),
``preflight.replaced_text`` (texts for screen readers). Who reads instructions without a walker says why in its
docstring: ``preflight.pieces``, ``preflight.rules.file``, ``compare.content``.
Not here: colours, paths and clipping, which nobody asks for.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

import pikepdf
from msgspec import Struct

Instruction = Any  # of pikepdf: `operator`, whose text is made when it is asked for, and `operands`
Execute = Callable[[Sequence[Any]], None]  # of the operands of an operator

# Operators by what they do (annex A).
SHOW_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT_PATH = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})


def read_instructions(*streams: Any, strict: bool = False) -> Sequence[Instruction]:
    """Parse content streams that are one text; pages and form XObjects are streams too.

    An inline image is one instruction, with the operator ``INLINE IMAGE``. In damaged contents ``str(operator)`` may
    raise UnicodeDecodeError.

    Args:
        streams: what pikepdf parses: streams, forms, pages, dictionaries of pages.
        strict: raise what pikepdf only warns of: tokens that end in the middle.

    Raises:
        pikepdf.PdfError: a stream cannot be parsed.
        UserWarning: the same, if `strict`.
    """
    if not strict:
        return [one for stream in streams for one in pikepdf.parse_content_stream(stream)]
    with warnings.catch_warnings(action="error"):
        return [one for stream in streams for one in pikepdf.parse_content_stream(stream)]


def shown_strings(operands: Iterable[Any]) -> Iterator[bytes]:
    """Yield the strings among the operands of an operator that shows text; those in arrays too (§9.4.3)."""
    for operand in operands:
        if isinstance(operand, pikepdf.String):
            yield bytes(operand)
        elif isinstance(operand, pikepdf.Array):
            yield from shown_strings(operand)


class TextGraphics(Struct):
    """The part of the graphics state that decides what a string says and whether it is seen (§9.3.1).

    Attributes:
        font: the name of the font among the resources.
        mode: whether text is filled, stroked, or invisible (table 106).
    """

    font: str = ""
    mode: int = 0


class MarkedSequence(NamedTuple):
    """A marked-content sequence (§14.6): its tag, its MCID, and whether it began inside a text object."""

    tag: str
    identifier: int | None
    in_text: bool


class TextWalker:
    """A walk that keeps the state of text and marked content, as far as its `operators` hold the tables below.

    Attributes:
        operators: the name of the method that executes each operator.
        resources: of the stream; names of property lists are looked up there.
        graphics: the graphics state.
        saved: the states that are saved, the last one at the end.
        sequences: the marked-content sequences that are open, the innermost at the end.
        in_text: whether the walk is inside a text object.
    """

    operators: Mapping[str, str]

    def __init__(self, resources: Any = None) -> None:
        self.resources = pikepdf.Dictionary() if resources is None else resources
        self.graphics = TextGraphics()
        self.saved: list[TextGraphics] = []
        self.sequences: list[MarkedSequence] = []
        self.in_text = False

    def walk(self, instructions: Iterable[Instruction]) -> None:
        """Execute the instructions of a content stream; operators that have no method are passed over."""
        methods = self.bind()
        for instruction in instructions:
            method = methods.get(str(instruction.operator))
            if method is not None:
                method(instruction.operands)

    def bind(self) -> Mapping[str, Execute]:
        """Return the methods that `operators` names."""
        return {operator: getattr(self, name) for operator, name in self.operators.items()}

    def save(self, _: Sequence[Any]) -> None:
        """Execute q."""
        self.saved.append(copy(self.graphics))

    def restore(self, _: Sequence[Any]) -> None:
        """Execute Q; one without q changes nothing."""
        if self.saved:
            self.graphics = self.saved.pop()

    def set_font(self, operands: Sequence[Any]) -> None:
        """Execute Tf."""
        self.graphics.font = str(operands[0])

    def set_mode(self, operands: Sequence[Any]) -> None:
        """Execute Tr."""
        self.graphics.mode = int(operands[0])

    def begin_text(self, _: Sequence[Any]) -> None:
        """Execute BT."""
        self.in_text = True

    def end_text(self, _: Sequence[Any]) -> None:
        """Execute ET."""
        self.in_text = False

    def begin_sequence(self, operands: Sequence[Any]) -> None:
        """Execute BMC and BDC."""
        properties = self.properties(operands)
        found = None if properties is None else properties.get("/MCID")
        self.sequences.append(MarkedSequence(str(operands[0]), None if found is None else int(found), self.in_text))

    def properties(self, operands: Sequence[Any]) -> pikepdf.Dictionary | None:
        """Return the property list of BDC, written there or named; None for BMC."""
        found = operands[1] if len(operands) > 1 else None
        if isinstance(found, pikepdf.Name):
            found = self.resources.get("/Properties", pikepdf.Dictionary()).get(found)
        return found if isinstance(found, pikepdf.Dictionary) else None

    def end_sequence(self, _: Sequence[Any]) -> None:
        """Execute EMC; one without BMC or BDC changes nothing."""
        if self.sequences:
            self.sequences.pop()


# Tables for `TextWalker.operators`: the names of methods, so that those of subclasses are called.
SAVING = {"q": "save", "Q": "restore"}
TEXT_STATE = {"Tf": "set_font", "Tr": "set_mode"}
TEXT_OBJECTS = {"BT": "begin_text", "ET": "end_text"}
MARKED_CONTENT = {"BMC": "begin_sequence", "BDC": "begin_sequence", "EMC": "end_sequence"}
