"""One cell: clean text that can be printed exactly, or a fault that names the cell.

Cleaning is what nobody sees: NFC, plain spaces collapsed, zero-width characters taken out (with a warning).
A line break becomes a space (with a warning): what is printed from a cell is one line. All else stays as written:
``<b>``, ``&``, ``{{7*7}}`` and quotes are text. What would be seen otherwise than it is written (controls, bidi
marks, private use) is refused, not repaired; text read in a wrong encoding is repaired on request (`cleaning`).
"""

import re
import unicodedata
from collections.abc import Callable

from msgspec import Struct

from leaflet.confidential import Kind, find_cell_secret
from leaflet.faults import Place, Report
from leaflet.tables.cleaning import AS_IT_IS, Cleaning, looks_damaged, repaired

_SPACES = re.compile(" {2,}")
_EDGES = " \t\r\n\u00a0\u202f"
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, ZWSP, word joiner, BOM
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]+")
_REFUSED = frozenset({"Cf", "Cs", "Co"})  # invisible formats, lone surrogates, private use
_SECRETS: dict[Kind, str] = {
    "numen": "T317", "link": "T318", "social-security": "T319", "labelled": "T320", "random": "T320",
}  # fmt: skip

Locate = Callable[[int], Place]


class Cell(Struct, frozen=True, kw_only=True):
    """A cell's text with its place and the report its faults go to."""

    text: str
    place: Place
    report: Report

    def fault(self, code: str, **values: object) -> None:
        self.report.add(code, self.place, value=self.text, **values)


def is_clean(text: str, limit: int) -> bool:
    """Whether `clean_text` would return the text unchanged: the quick answer for nearly every cell."""
    return not text or (
        len(text) <= limit
        and text.isprintable()  # so the one space there may be is the plain one
        and "  " not in text
        and text[0] not in " ="
        and text[-1] != " "
        and (text.isascii() or (not looks_damaged(text) and unicodedata.is_normalized("NFC", text)))
    )


def clean_text(cell: Cell, limit: int, cleaning: Cleaning = AS_IT_IS) -> str | None:
    """The text as it will be printed, at most `limit` characters; None when it is refused."""
    whole = _repair(cell, cleaning)
    if whole is None:
        return None
    text = whole.strip(_EDGES)
    if text.startswith("="):  # what a program leaves of a formula, above all ="01505"
        cell.fault("T321")
    if not text.isprintable():
        text = _join_lines(cell, _strip_zero_width(cell, text))
        if not _is_visible(cell, text):
            return None
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(_EDGES)
    if len(text) > limit:
        cell.fault("T312", count=len(text), limit=limit)
        return None
    if text not in cell.text and (kind := find_cell_secret(text)):  # it was parted, or in other characters
        cell.report.add(_SECRETS[kind], cell.place)
        return None
    return text


def _repair(cell: Cell, cleaning: Cleaning) -> str | None:
    """The text, mended on request if it looks damaged; None if that is not possible, or not asked for.

    Characters without width may stand in the middle of the damage, and a soft hyphen may be a part of it.
    """
    damaged = [text for text in (cell.text, _ZERO_WIDTH.sub("", cell.text)) if looks_damaged(text)]
    if not damaged:
        return cell.text
    after = next((mended for text in damaged if (mended := repaired(text)) is not None), None)
    if after is None:
        cell.fault("T413")
    elif cleaning.repair_text:
        cell.fault("T412", after=after)
        return after
    else:
        cell.fault("T411", after=after)
    return None


def _join_lines(cell: Cell, text: str) -> str:
    joined = _BREAKS.sub(" ", text)
    if joined != text:
        cell.fault("T410", after=_SPACES.sub(" ", joined).strip(_EDGES))
    return joined


def _strip_zero_width(cell: Cell, text: str) -> str:
    found = sorted(set(_ZERO_WIDTH.findall(text)))
    if not found:
        return text
    cell.fault("T311", characters=", ".join(map(_codepoint, found)))
    return _ZERO_WIDTH.sub("", text)


def _is_visible(cell: Cell, text: str) -> bool:
    for position, character in enumerate(text, start=1):
        if code := refusal(character):
            cell.fault(code, character=_codepoint(character), position=position)
            return False
    return True


def refusal(character: str) -> str | None:
    """The fault code of a character that cannot be printed as it is written; None if it can."""
    category = unicodedata.category(character)
    if character == "\t":
        return "T307"
    if category == "Cc":
        return "T308"
    if character in _BIDI:
        return "T309"
    if category in _REFUSED or _is_noncharacter(character):
        return "T310"
    return None


def _is_noncharacter(character: str) -> bool:
    number = ord(character)
    return 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE


def _codepoint(character: str) -> str:
    return f"U+{ord(character):04X}"


def check_secrets(cells: tuple[str, ...], locate: Locate, report: Report) -> bool:
    """Whether no cell of a row holds a secret; the faults never repeat the value."""
    if find_cell_secret(" | ".join(cells)) is None:
        return True
    found = [(column, kind) for column, text in enumerate(cells) if (kind := find_cell_secret(text))]
    for column, kind in found:
        report.add(_SECRETS[kind], locate(column))
    return not found
