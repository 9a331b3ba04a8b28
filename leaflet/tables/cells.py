"""Read a cell: clean text that can be printed exactly, or a fault that names the cell.

Three kinds of cleaning:

- Always, without a message: NFC, plain spaces collapsed; ligatures, Roman numerals, raised and wide letters as the
  letters they are made of (« ﬁ », « Ⅻ », « 1ʳᵉ »); the letter ʼ of Breton as the apostrophe it is (Le Penmarcʼh).
- Always, with a warning: zero-width characters are removed, and a line break becomes a space, because what is
  printed from a cell is one line.
- On request only (`Cleaning`), with a note for each change: lost zeros of codes, text that was read in a wrong
  encoding, names in capitals.

Everything else stays as written: ``<b>``, ``&``, ``{{7*7}}`` and quotes are text. What would look otherwise than it
is written (controls, bidi marks, private use) is refused, not repaired. The list itself is never changed.

Write text for spreadsheets: never a formula, and CSV as French spreadsheets open it.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from msgspec import Struct

from leaflet.confidential import Kind, find_cell_secret, names_secret
from leaflet.faults import Fault, Place, Report

_CHANGES = {"T412": "texts", "T414": "codes", "T415": "capitals"}
# « é » saved as UTF-8 and read as cp1252 is « Ã© ». First bytes of French: C2, C3, C5, E2; C6 and CB if it is
# misread once more.
_CONTINUED = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MISREAD = re.compile(f"(?:[ÂÃÅÆË][{_CONTINUED}]|â[{_CONTINUED}][{_CONTINUED}]|ï»¿)+")
# Misread characters, and what is left where a byte was lost or a program gave up: « LycÃ e », « Lyc\ufffde ».
_DAMAGED = re.compile(f"[ÂÃÅ][{_CONTINUED}]|Ã(?![^\\W\\d_])|â[€‚\u0080-\u009f]|ï»¿|\ufffd")
_FRENCH = frozenset("ÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜŸàâäæçèéêëîïôöœùûüÿ«»‹›“”‘’„–—…•·°²³€\u00a0\u202f\u2011\ufeff")
_SPACES = re.compile(" {2,}")
_EDGES = " \t\r\n\u00a0\u202f"
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, ZWSP, word joiner, BOM
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Forms of letters that mean no more than the letters do, and the apostrophe of Breton; « ½ », « m² » and « … » stay.
_FORMS = re.compile("[\u02b0-\u02b8\u02bc\u02e1-\u02e3\u1d2c-\u1d61\u207f\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e]")
ERROR = re.compile(  # what Excel and LibreOffice show in French and in English, and a CSV keeps
    r"#(?:N/?[AD]|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NULL!|NUL!|NUM!|NOMBRE!|SPILL!|CALC!)|Err:\d{3}"
)
UNKNOWN = "#VALEUR!"  # stands for the result of a formula that nobody knows: one such error
_BREAKS = re.compile("[\n\v\f\r\x85\u2028\u2029]+")
_REFUSED = frozenset({"Cf", "Cs", "Co"})  # invisible formats, lone surrogates, private use
_SECRETS: dict[Kind, str] = {
    "numen": "T317", "link": "T318", "social-security": "T319", "labelled": "T320", "random": "T320",
}  # fmt: skip


class Cleaning(Struct, frozen=True, kw_only=True):
    """The changes that the user asks for."""

    fix_codes: bool = False  # put lost zeros back at the head of postcodes and UAIs, where only one code is possible
    repair_text: bool = False  # read « LycÃ©e » as « Lycée »
    french_capitals: bool = False  # write names and towns that are typed in capitals only as French does


NO_CLEANING = Cleaning()


def looks_damaged(text: str) -> bool:
    """Check for characters that no French text has, and that come from reading it in a wrong encoding."""
    return not text.isascii() and _DAMAGED.search(text) is not None


def repair_text(text: str) -> str | None:
    """Return a damaged text as it must have been; None if that is not certain for all of it."""
    after = _MISREAD.sub(lambda match: _reread(match.group()), text)
    return None if looks_damaged(after) else after


def _reread(misread: str, times: int = 4) -> str:
    """Decode a few characters as they should have been, misread more than once perhaps; unchanged if not French."""
    try:
        shown = (one.encode("latin-1" if "\u0080" <= one <= "\u009f" else "cp1252") for one in misread)
        after = b"".join(shown).decode("utf-8")
    except UnicodeError:
        return misread
    if times > 1 and _MISREAD.fullmatch(after):
        after = _reread(after, times - 1)
    return after if _FRENCH.issuperset(after) else misread


def count_changes(faults: Iterable[Fault]) -> Counter[str]:
    """Return how many changes of each kind were made on request, by the notes of them."""
    return Counter(_CHANGES[fault.code] for fault in faults if fault.code in _CHANGES)


def report_changes(report: Report, place: Place, counts: Counter[str]) -> None:
    """Add one warning with the number of changes made on request, if there are any (T416)."""
    if counts.total():
        report.add("T416", place, count=counts.total(), **{kind: counts[kind] for kind in _CHANGES.values()})


class Cell(Struct, frozen=True, kw_only=True):
    """The text of a cell, with its place and the report that takes its faults."""

    text: str
    place: Place
    report: Report

    def add_fault(self, code: str, **values: object) -> None:
        """Report a fault of the cell; its value is the cell's text."""
        self.report.add(code, self.place, value=self.text, **values)


def is_clean(text: str, limit: int) -> bool:
    """Check whether `clean_text` would return the text unchanged. This is quick, and true for nearly every cell."""
    return (
        not text
        or (
            len(text) <= limit
            and text.isprintable()  # so the one space there may be is the plain one
            and "  " not in text
            and text[0] not in " =#"
            and text[:4] != "Err:"
            and text[-1] != " "
            and (
                text.isascii()
                or (not looks_damaged(text) and unicodedata.is_normalized("NFC", text) and not _FORMS.search(text))
            )
        )
    )


def clean_text(cell: Cell, limit: int, cleaning: Cleaning = NO_CLEANING) -> str | None:
    """Return the text of a cell as it will be printed; None, with a fault, when it is refused or past the limit."""
    whole = _repair(cell, cleaning)
    if whole is None:
        return None
    text = whole.strip(_EDGES)
    if text.startswith("="):  # what a program leaves of a formula, above all ="01505"
        cell.add_fault("T321")
    elif ERROR.fullmatch(text):
        cell.add_fault("T144")
        return None
    if not text.isprintable():
        text = _on_one_line(cell, text)
        if not _is_visible(cell, text):
            return None
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(_EDGES)
    text = _FORMS.sub(lambda found: "’" if found[0] == "\u02bc" else unicodedata.normalize("NFKC", found[0]), text)
    if len(text) > limit:
        cell.add_fault("T312", count=len(text), limit=limit)
        return None
    if text not in cell.text and (kind := find_cell_secret(text)):  # that cleaning revealed
        cell.report.add(_SECRETS[kind], cell.place)
        return None
    return text


def _repair(cell: Cell, cleaning: Cleaning) -> str | None:
    """Return the text of a cell, repaired if it looks damaged; None if repair is impossible or not asked for."""
    # Characters without width may be in the middle of the damage, and a soft hyphen may be a part of it.
    damaged = [text for text in (cell.text, _ZERO_WIDTH.sub("", cell.text)) if looks_damaged(text)]
    if not damaged:
        return cell.text
    after = next((repaired for text in damaged if (repaired := repair_text(text)) is not None), None)
    if after is None:
        cell.add_fault("T413")
    elif cleaning.repair_text:
        cell.add_fault("T412", after=after)
        return after
    else:
        cell.add_fault("T411", after=after)
    return None


def _on_one_line(cell: Cell, text: str) -> str:
    """Return a text without characters without width (T311) and line breaks (T410)."""
    if found := sorted(set(_ZERO_WIDTH.findall(text))):
        cell.add_fault("T311", characters=", ".join(map(_codepoint, found)))
        text = _ZERO_WIDTH.sub("", text)
    joined = _BREAKS.sub(" ", text)
    if joined != text:
        cell.add_fault("T410", after=_SPACES.sub(" ", joined).strip(_EDGES))
    return joined


def _is_visible(cell: Cell, text: str) -> bool:
    for position, character in enumerate(text, start=1):
        if code := refusal_code(character):
            cell.add_fault(code, character=_codepoint(character), position=position)
            return False
    return True


def refusal_code(character: str) -> str | None:
    """Return the fault code of a character that cannot be printed as it is written; None if it can."""
    category, number = unicodedata.category(character), ord(character)
    if character == "\t":
        return "T307"
    if category == "Cc":
        return "T308"
    if character in _BIDI:
        return "T309"
    is_noncharacter = 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE
    return "T310" if category in _REFUSED or is_noncharacter else None


def _codepoint(character: str) -> str:
    return f"U+{ord(character):04X}"


def check_secrets(cells: tuple[str, ...], locate: Callable[[int], Place], report: Report) -> bool:
    """Check that no cell of a row holds a secret; the faults never repeat the value."""
    if find_cell_secret(" | ".join(cells)) is None:
        return True
    found = [(column, kind) for column, text in enumerate(cells) if (kind := find_cell_secret(text))]
    if not found:
        found = _behind_labels([(column, text) for column, text in enumerate(cells) if text.strip()])
    for column, kind in found:
        report.add(_SECRETS[kind], locate(column))
    return not found


def _behind_labels(cells: list[tuple[int, str]]) -> list[tuple[int, Kind]]:
    """Return the cells that give what the cell before them names: « Mot de passe », then « Xx12yy »."""
    named = ((label, column, text) for (_, label), (column, text) in pairwise(cells) if names_secret(label))
    kinds = ((column, find_cell_secret(f"{label.rstrip(' :=')} : {text}")) for label, column, text in named)
    return [(column, kind) for column, kind in kinds if kind]


BOM = "\ufeff"
# A spreadsheet reads text that begins so as a formula (CWE-1236). One that splits cells at other separators than ours
# finds such beginnings after each of them.
_FORMULA = re.compile(r"(\A|[;,|])(?=[\" \u00a0]*[=+\-@\t\r\n])")

_HARMLESS = re.compile(r"\w[^;,|]*")  # most cells: they begin with a letter or a digit, and have one beginning


def as_text(value: object) -> str:
    """Return a value that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    text = str(value)
    return text if _HARMLESS.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def as_lines(value: object) -> str:
    """Return a text of several lines, each of them as `as_text` does: a line may end with a comma."""
    return "\n".join(map(as_text, str(value).split("\n")))


def csv_line(cells: Iterable[object], mark: str = "", guard: Callable[[object], str] = as_text) -> bytes:
    """Return a row in UTF-8, semicolons between, every cell quoted, behind a mark; the guard makes values text."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(guard, cells))
    return (mark + out.getvalue()).encode()
