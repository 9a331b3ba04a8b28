"""Parse the key of a list, the code that tells its establishments apart; each kind has its own check.

The UAI (formerly RNE) is seven digits and a check letter; the other kinds are rows of ``assets/keys.toml``.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, convert
from msgspec.structs import replace

from leaflet.faults import Lang
from leaflet.program import own_table
from leaflet.tables.column_names import Vocabulary
from leaflet.text import DEVICES

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"  # of check letters
_SHAPE = re.compile(r"[0-9]{7}[A-Z]")
_DIGITS = re.compile(r"[0-9]{7}")
_LOST_ZEROS = re.compile(r"[0-9]{5,6}[A-Z]")  # prefixes begin at 001: two zeros at most
_ABROAD = re.compile(r"[0-9]{3}[A-Z][0-9]{2}")  # what a public list of lycées has for 221 schools, in 130 countries
_METROPOLE = frozenset(f"{n:03d}" for n in range(1, 96)) - {"020"}
_CORSICA = frozenset({"620", "720"})
_OVERSEAS = frozenset({"971", "972", "973", "974", "975", "976", "977", "978", "983", "984", "986", "987", "988"})
_OF_POSTCODES = frozenset({"977", "978", "986", "988"})  # codes of territories that begin no UAI of public lists
FRENCH_PREFIXES = _METROPOLE | _CORSICA | _OVERSEAS


class UaiError(ValueError):
    """The error that a text is no UAI: the code of the fault, and the values that its messages name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def check_letter(digits: str) -> str:
    """Return the letter that follows seven digits; anything else is a ValueError."""
    if not _DIGITS.fullmatch(digits):
        raise ValueError(f"seven digits expected, found {digits!r}")
    return ALPHABET[int(digits) % len(ALPHABET)]


@lru_cache(maxsize=8)  # called several times for each row
def is_uai(text: str) -> bool:
    """Check whether a text is a UAI as it is: in upper case, without spaces, with the right letter."""
    return _SHAPE.fullmatch(text) is not None and check_letter(text[:7]) == text[7]


def parse_uai(text: str) -> str:
    """Return the UAI in a text, in upper case and without spaces around it (T302 to T304, T326)."""
    uai = text.strip().upper()
    if is_uai(uai):
        return uai
    if _LOST_ZEROS.fullmatch(uai) and is_uai(whole := uai.zfill(8)) and not is_abroad(whole):
        raise UaiError("T303", value=text, proposal=whole)
    if not _SHAPE.fullmatch(uai):
        raise UaiError("T326" if _ABROAD.fullmatch(uai) else "T302", value=text)
    raise UaiError("T304", value=text, found=uai[7], expected=check_letter(uai[:7]), digits=uai[:7])


def is_abroad(key: str) -> bool:
    """Check whether a UAI is of no département or territory (Monaco, …), or a code is that of a school abroad."""
    return key[:3] not in FRENCH_PREFIXES if _SHAPE.fullmatch(key) else _ABROAD.fullmatch(key) is not None


class KeyKind(Struct, frozen=True):
    """A kind of key, as ``assets/keys.toml`` or a campaign describes it; the UAI has functions of its own."""

    name: str
    what: Mapping[Lang, str]  # with its shape, in words
    columns: str  # normalised names of its column
    shapes: tuple[str, ...] = ()
    check: Literal["luhn", ""] = ""


UAI = KeyKind("uai", {}, "")
KINDS = {name: convert({"name": name, **row}, KeyKind) for name, row in own_table("keys.toml").items()}
_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9_-]{0,38}[A-Z0-9])?")  # what all keys are: safe in names of files
_SIGNS = str.maketrans({"#": "[0-9]", "@": "[A-Z]"})  # of shapes
FIELD = "uai"  # the name that the key has as a field, whatever its kind
_LA_POSTE = "356000000"
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# Territories by the beginning of a postcode, as UAI codes name them. 20 is Corsica, 98 are the Pacific and Monaco.
_TERRITORIES = {"200": "620", "201": "620", "202": "720", "206": "720", "986": "987", "987": "984", "988": "983"}
_OVERSEAS_KEYS = frozenset({"971", "972", "973", "974", "975", "976"})


def parse_key(kind: KeyKind, text: str) -> str:
    """Return the key in a text, in upper case and without the spaces that people put into long numbers."""
    if kind == UAI:
        return parse_uai(text)
    key = (_SPACES.sub("", text) if kind.shapes else text.strip()).upper()
    is_shaped = not kind.shapes or re.fullmatch("|".join(kind.shapes).translate(_SIGNS), key)
    if not (is_shaped and _CODE.fullmatch(key)) or DEVICES.fullmatch(key.lower()):
        raise UaiError("T322", value=text, **{f"what_{lang}": words for lang, words in kind.what.items()})
    if kind.check and key.isdigit() and not _is_checked(key):
        raise UaiError("T324", value=text)
    return key


def find_key(kind: KeyKind, text: str) -> str:
    """Return the key in a text; empty if it holds none."""
    with suppress(UaiError):
        return parse_key(kind, text)
    return ""


def is_key(kind: KeyKind, text: str) -> bool:
    """Check whether a text is a key of this kind as it is."""
    return bool(text) and find_key(kind, text) == text


def kind_of(names: Sequence[str]) -> KeyKind | None:
    """Return the kind of key, no UAI, that a list with columns of these names has."""
    return next((kind for kind in KINDS.values() if set(kind.columns.split()) & set(names)), None)


def with_key(vocabulary: Vocabulary, kind: KeyKind) -> Vocabulary:
    """Return the names of columns of lists whose key is of another kind.

    Codes may stand in a column of UAI: lists have those of schools abroad among them.
    """
    if kind == UAI:
        return vocabulary
    names = (*kind.columns.split(),) or vocabulary.aliases[FIELD]
    others = {field: tuple(n for n in known if n not in names) for field, known in vocabulary.aliases.items()}
    aliases = MappingProxyType({**others, FIELD: names})
    unused = (vocabulary.unused | frozenset(vocabulary.aliases[FIELD])) - frozenset(names)
    second = {} if kind.shapes else {FIELD: vocabulary.aliases[FIELD]}
    return replace(vocabulary, aliases=aliases, unused=unused, second={**vocabulary.second, **second})


def with_key_field(given: Mapping[str, str], kind: KeyKind) -> Mapping[str, str]:
    """Return a campaign's mapping of columns, in which the key may be called by its kind."""
    return {FIELD if field == kind.name else field: header for field, header in given.items()}


def territory_of(key: str, postcode: str) -> str:
    """Return the three digits of a territory, as UAI codes begin: of the key, else by the postcode; empty if unknown.

    The postcode of a school names another département now and then, so a UAI comes first if its beginning is in use.
    """
    if is_uai(key) and key[:3] not in _OF_POSTCODES:
        return key[:3]
    if len(postcode) != 5 or not postcode.isdigit():
        return ""
    head = postcode[:3]
    if head in _OVERSEAS_KEYS:
        return head
    if head in _TERRITORIES or head[:2] in ("20", "97", "98", "00", "99"):
        return _TERRITORIES.get(head, "")
    return f"0{postcode[:2]}"


def _is_checked(digits: str) -> bool:
    """Check the last digit of a number by Luhn's formula."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    if sum(number // 10 + number % 10 for number in doubled) % 10 == 0:
        return True
    return digits.startswith(_LA_POSTE) and len(digits) == 14 and sum(map(int, digits)) % 5 == 0
