"""The UAI (formerly RNE): seven digits and a check letter that name a school.

The first three digits are the département or territory, and not always its INSEE number: Corsica is 620 and 720, New
Caledonia 983, French Polynesia 984, Wallis-et-Futuna 987.

Source: check letter by modulo 23 over an alphabet without I, O, Q, as the ministry has used it since 1978;
it holds for all 5,182 codes of a public list of lycées.
"""

import re
from functools import lru_cache

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
_SHAPE = re.compile(r"[0-9]{7}[A-Z]")
_DIGITS = re.compile(r"[0-9]{7}")
_LOST_ZEROS = re.compile(r"[0-9]{5,6}[A-Z]")  # prefixes begin at 001: two zeros at most
_ABROAD = re.compile(r"[0-9]{3}[A-Z][0-9]{2}")  # what a public list of lycées has for 221 schools, in 130 countries
_METROPOLE = frozenset(f"{n:03d}" for n in range(1, 96)) - {"020"}
_CORSICA = frozenset({"620", "720"})
_OVERSEAS = frozenset({"971", "972", "973", "974", "975", "976", "977", "978", "983", "984", "986", "987", "988"})
FRENCH_PREFIXES = _METROPOLE | _CORSICA | _OVERSEAS


class UaiError(ValueError):
    """The error that a text is no UAI.

    Attributes:
        code: Code of the fault.
        values: The values that its messages name.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def check_letter(digits: str) -> str:
    """Return the letter that follows seven digits.

    Raises:
        ValueError: The text is not seven digits.
    """
    if not _DIGITS.fullmatch(digits):
        raise ValueError(f"seven digits expected, found {digits!r}")
    return ALPHABET[int(digits) % len(ALPHABET)]


@lru_cache(maxsize=8)  # called several times for each row
def is_uai(text: str) -> bool:
    """Check whether a text is a UAI as it is: in upper case, without spaces, with the right letter."""
    return _SHAPE.fullmatch(text) is not None and check_letter(text[:7]) == text[7]


def parse_uai(text: str) -> str:
    """Return the UAI in a text, in upper case and without spaces around it.

    Raises:
        UaiError: T302 the text is not seven digits and a letter, T303 leading zeros are missing, T304 the letter is
            wrong, T326 it is the code of a school abroad.
    """
    uai = text.strip().upper()
    if is_uai(uai):
        return uai
    if _LOST_ZEROS.fullmatch(uai) and is_uai(whole := uai.zfill(8)):
        raise UaiError("T303", value=text, proposal=whole)
    if not _SHAPE.fullmatch(uai):
        raise UaiError("T326" if _ABROAD.fullmatch(uai) else "T302", value=text)
    raise UaiError("T304", value=text, found=uai[7], expected=check_letter(uai[:7]), digits=uai[:7])


def is_abroad(key: str) -> bool:
    """Check whether a UAI is of no département or territory (Monaco, …), or a code is that of a school abroad."""
    return key[:3] not in FRENCH_PREFIXES if _SHAPE.fullmatch(key) else _ABROAD.fullmatch(key) is not None
