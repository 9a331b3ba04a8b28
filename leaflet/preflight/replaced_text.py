"""Texts that stand in marked content for the letters it shows (``/ActualText`` and ``/Alt``, ISO 32000-1 §14.9).

Screen readers say them, and PDFium gives them for the text of the page: compared with that, they would be compared
with themselves. So the letters are decoded here.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pikepdf

from leaflet.conformance.content_stream import (
    MARKED_CONTENT,
    SAVING,
    SHOW_TEXT,
    TEXT_STATE,
    TextWalker,
    read_instructions,
)
from leaflet.preflight.font_texts import UNKNOWN, FontTexts, decode
from leaflet.text import fold

_KEYS = ("/ActualText", "/Alt")
_LONG = 4  # letters of a word that says something
_FEW = 3  # letters: fewer may be a sign, of which the text says what it means


class ReplacedText(NamedTuple):
    """A text, and the letters it stands for."""

    said: str
    shown: str

    @property
    def is_other(self) -> bool:
        """Tell whether a number or a longer word is said that is not shown; unknown letters may show anything."""
        letters = "".join(re.findall(r"\w", fold(self.shown)))
        if UNKNOWN in self.shown or len(letters) < _FEW:
            return False
        words = re.findall(r"\w+", fold(self.said.replace("\u00ad", "")))
        return any(word not in letters for word in words if len(word) >= _LONG or word.isdigit())


class _ReplacementReader(TextWalker):
    """A walk that collects the texts of marked content that has ended."""

    operators = {**SAVING, **TEXT_STATE, **MARKED_CONTENT, **dict.fromkeys((*SHOW_TEXT, "'", '"'), "show")}  # noqa: RUF012

    def __init__(self, font_texts: FontTexts, resources: pikepdf.Dictionary) -> None:
        super().__init__(resources)
        self.found: list[ReplacedText] = []
        self._font_texts = font_texts
        self._open: list[tuple[list[str], list[str]]] = []  # of each sequence: what is said, what is shown

    def begin_sequence(self, operands: Sequence[Any]) -> None:
        """Execute BMC and BDC."""
        super().begin_sequence(operands)
        properties = self.properties(operands) or pikepdf.Dictionary()
        texts = [properties.get(key) for key in _KEYS]
        self._open.append(([str(text) for text in texts if isinstance(text, pikepdf.String | str)], []))

    def end_sequence(self, operands: Sequence[Any]) -> None:
        """Execute EMC."""
        super().end_sequence(operands)
        said, shown = self._open.pop() if self._open else ([], [])
        self.found += [ReplacedText(text, "".join(shown)) for text in said]

    def show(self, operands: Sequence[Any]) -> None:
        """Execute the operators that show text."""
        for said, shown in self._open:
            if said:
                shown.append(decode(self._font_texts, self.graphics.font, operands))


def find_replaced(
    parts: Sequence[pikepdf.Stream], font_texts: FontTexts, resources: pikepdf.Dictionary
) -> tuple[ReplacedText, ...]:
    """Return the texts that stand for others in content streams that are read as one."""
    if "/Properties" not in resources and not any(key.encode() in one.read_bytes() for one in parts for key in _KEYS):
        return ()
    reader = _ReplacementReader(font_texts, resources)
    reader.walk(read_instructions(*parts))
    return tuple(reader.found)
