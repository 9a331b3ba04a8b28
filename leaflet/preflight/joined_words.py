"""Words that a screen reader joins: where a line ends inside marked content and nothing parts it from the next.

Readers that look at the page see two lines; those that read along the tags hear « jointtu peux », unless the line
ends with a space or a hyphen. Not here: lines that end where a marked content ends, for elements part words.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import Any

import pikepdf
from msgspec import Struct

from leaflet.conformance.content_stream import (
    IDENTITY,
    MARKED_CONTENT,
    SAVING,
    SHOW_TEXT,
    TEXT_STATE,
    TextWalker,
    multiply,
    read_instructions,
    read_matrix,
)
from leaflet.preflight.font_texts import FontTexts, decode
from leaflet.preflight.text.wording import is_address

_NEXT_LINE = 0.7  # of the type's size, down: less is a raised figure
_JOINTS = (" ", "\u00a0", "\u202f", "-", "\u00ad", "\u2010", "\u2011", "–", "—", "/", "’", "'", "\t")
_OPERATORS = {
    **SAVING,
    **TEXT_STATE,
    **MARKED_CONTENT,
    **dict.fromkeys(SHOW_TEXT, "show"),
    **dict.fromkeys(("'", '"'), "show_on_next_line"),
    "cm": "concatenate",
    "BT": "begin_text",
    "Tm": "set_text_matrix",
    "Td": "move",
    "TD": "move_and_set_leading",
    "T*": "next_line",
}


class _MarkedLine(Struct):
    """The line that is being read: the MCID it belongs to, its height on the page, its type's size, its text."""

    identifier: int | None
    y: float
    size: float
    text: str


class _LineReader(TextWalker):
    """A walk that reads text line by line, and collects the ends of lines that nothing parts.

    Attributes:
        joined: the last line and the next, each time.
    """

    operators = _OPERATORS

    def __init__(self, font_texts: FontTexts) -> None:
        super().__init__()
        self.joined: list[tuple[str, str]] = []
        self._font_texts = font_texts
        self._text_matrix = self._line_matrix = IDENTITY
        self._line: _MarkedLine | None = None

    def concatenate(self, operands: Sequence[Any]) -> None:
        """Execute cm."""
        self.graphics.matrix = multiply(read_matrix(operands), self.graphics.matrix)

    def begin_text(self, operands: Sequence[Any]) -> None:
        """Execute BT."""
        super().begin_text(operands)
        self._text_matrix = self._line_matrix = IDENTITY

    def set_text_matrix(self, operands: Sequence[Any]) -> None:
        """Execute Tm."""
        self._text_matrix = self._line_matrix = read_matrix(operands)

    def move(self, operands: Sequence[Any]) -> None:
        """Execute Td."""
        self._move(float(operands[0]), float(operands[1]))

    def move_and_set_leading(self, operands: Sequence[Any]) -> None:
        """Execute TD."""
        self.move(operands)
        self.graphics.leading = -float(operands[1])

    def next_line(self, _: Sequence[Any]) -> None:
        """Execute T*."""
        self._move(0, -self.graphics.leading)

    def show_on_next_line(self, operands: Sequence[Any]) -> None:
        """Execute the operators that are quotation marks."""
        self._move(0, -self.graphics.leading)
        self.show(operands)

    def show(self, operands: Sequence[Any]) -> None:
        """Execute Tj and TJ: text at the present place, on the same line or on the next."""
        text = decode(self._font_texts, self.graphics.font, operands)
        identifier = next((one.identifier for one in reversed(self.sequences) if _is_content(one.identifier)), None)
        placed = multiply(self._text_matrix, self.graphics.matrix)
        size, y = self.graphics.size * hypot(placed[2], placed[3]), placed[5]
        line = self._line
        if line is None or line.identifier != identifier or identifier is None:
            self._line = _MarkedLine(identifier, y, size, text)
        elif abs(line.y - y) <= _NEXT_LINE * max(line.size, size):
            line.text += text
        else:
            if text and line.text and not _is_parted(line.text, text):
                self.joined.append((line.text, text))
            self._line = _MarkedLine(identifier, y, size, text)

    def _move(self, x: float, y: float) -> None:
        self._text_matrix = self._line_matrix = multiply((1, 0, 0, 1, x, y), self._line_matrix)


def find_joined_words(parts: Sequence[pikepdf.Stream], font_texts: FontTexts) -> tuple[tuple[str, str], ...]:
    """Return the last and the first words of lines that nothing parts, in content streams that are read as one."""
    reader = _LineReader(font_texts)
    reader.walk(read_instructions(*parts))
    pairs = [(one.split()[-1], two.split()[0]) for one, two in reader.joined if one.strip() and two.strip()]
    nexts = [two if one == before else "" for (_, before), (one, two) in pairwise([*pairs, ("", "")])]  # a third line
    return tuple(pair for pair, third in zip(pairs, nexts, strict=True) if not is_address("".join(pair) + third))


def _is_parted(one: str, two: str) -> bool:
    """Check whether a reader hears two words; what the file does not say is no word."""
    return one.endswith(_JOINTS) or two.startswith(_JOINTS) or one[-1] == "\ufffd" or two[0] == "\ufffd"


def _is_content(identifier: int | None) -> bool:
    """Check whether a marked-content sequence is content; a negative identifier is a mistake, and means nothing."""
    return identifier is not None and identifier >= 0
