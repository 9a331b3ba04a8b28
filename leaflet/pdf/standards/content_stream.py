"""Content streams, read operator by operator (ISO 32000-1 §7.8.2): nothing else in the program parses them."""

import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

import pikepdf

Instruction = Any  # of pikepdf: `operator`, whose text is made when it is asked for, and `operands`

# Operators by what they do (annex A).
SHOW_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT_PATH = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})


def read_instructions(*streams: Any, strict: bool = False) -> Sequence[Instruction]:
    """Parse content streams that are one text; pages and form XObjects are streams too.

    An inline image is one instruction, with the operator ``INLINE IMAGE``. In damaged contents ``str(operator)`` may
    raise UnicodeDecodeError.

    Raises:
        pikepdf.PdfError: a stream cannot be parsed.
        UserWarning: the same; if `strict`, also of tokens that end in the middle.
    """
    with warnings.catch_warnings(action="error") if strict else nullcontext():
        return [one for stream in streams for one in pikepdf.parse_content_stream(stream)]
