"""Content streams, read operator by operator (ISO 32000-1 §7.8.2): nothing else in the program parses them.

`read_instructions` parses streams. A `ContentWalker` executes the operators that it binds to a method.

Who walks: ``conformance.marked_content`` (tags). Who reads instructions without a walker says why in its docstring:
``preflight.pieces``, ``preflight.rules.file``, ``compare.content``.
Not here: colours, paths and clipping, which nobody asks for.
"""

import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pikepdf

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


class ContentWalker(ABC):
    """A walk through content streams that executes the operators that matter to it."""

    def walk(self, instructions: Iterable[Instruction]) -> None:
        """Execute the instructions of a content stream."""
        methods = self.bind()
        for instruction in instructions:
            method = methods.get(str(instruction.operator))
            if method is not None:
                method(instruction.operands)

    @abstractmethod
    def bind(self) -> Mapping[str, Execute]:
        """Return what executes each operator; operators that are not in it are passed over."""
