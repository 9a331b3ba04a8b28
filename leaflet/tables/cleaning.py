"""What may be cleaned on request, and how it is told: nothing here happens unless an option asks for it.

Every change is a note with what stood there and what is printed (T412, T414, T415), and one warning per list counts
them (T416). The list itself is never written: without the option everything is as it was.
"""

import re
from collections import Counter

from msgspec import Struct

from leaflet.faults import Place, Report

_CHANGES = {"T412": "texts", "T414": "codes", "T415": "capitals"}
# « é » saved as UTF-8 and read as cp1252 is « Ã© ». First bytes of French: C2, C3, C5, E2; C6 and CB if it is
# misread once more.
_CONTINUED = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MISREAD = re.compile(f"(?:[ÂÃÅÆË][{_CONTINUED}]|â[{_CONTINUED}][{_CONTINUED}]|ï»¿)+")
# The same, and what is left where a byte was lost or a program gave up: « LycÃ e », « Lyc\ufffde ».
_DAMAGED = re.compile(f"[ÂÃÅ][{_CONTINUED}]|Ã(?![^\\W\\d_])|â[€‚\u0080-\u009f]|ï»¿|\ufffd")
_FRENCH = frozenset("ÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜŸàâäæçèéêëîïôöœùûüÿ«»‹›“”‘’„–—…•·°²³€\u00a0\u202f\u2011\ufeff")
_TIMES = 4  # a file can be misread more than once


class Cleaning(Struct, frozen=True, kw_only=True):
    """What the user asks to be changed.

    Args:
        fix_codes: put lost zeros back at the head of postcodes and UAIs, where only one code is possible.
        repair_text: read « LycÃ©e » as « Lycée ».
        french_capitals: names and towns typed in capitals only, set as French does.
    """

    fix_codes: bool = False
    repair_text: bool = False
    french_capitals: bool = False


AS_IT_IS = Cleaning()


def looks_damaged(text: str) -> bool:
    """Whether a text holds what no French text does, because a program read it in a wrong encoding."""
    return not text.isascii() and _DAMAGED.search(text) is not None


def repaired(text: str) -> str | None:
    """A damaged text as it must have been; None if that is not certain for all of it."""
    after = _MISREAD.sub(lambda match: _reread(match.group(), _TIMES), text)
    return None if looks_damaged(after) else after


def _reread(misread: str, times: int) -> str:
    """A few characters decoded as they should have been; unchanged if that gives no French."""
    try:
        after = b"".join(map(_byte, misread)).decode("utf-8")
    except UnicodeError:
        return misread
    if times > 1 and _MISREAD.fullmatch(after):
        after = _reread(after, times - 1)
    return after if _FRENCH.issuperset(after) else misread


def _byte(char: str) -> bytes:
    """The byte that a program showed as `char`: in cp1252, or in Latin-1 where cp1252 has nothing."""
    return bytes([ord(char)]) if "\u0080" <= char <= "\u009f" else char.encode("cp1252")


def tell_changes(report: Report, place: Place) -> None:
    """One warning that counts what was changed on request, if anything was."""
    counts = Counter(_CHANGES[fault.code] for fault in report if fault.code in _CHANGES)
    if counts:
        kinds = {kind: counts[kind] for kind in _CHANGES.values()}
        report.add("T416", place, count=counts.total(), **kinds)
