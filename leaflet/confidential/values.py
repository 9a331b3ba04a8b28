"""Values that are secrets by their shape: NUMEN, social-security number, one-time links, tokens, passwords.

Faults do not repeat the secret they were found in (`hide_secrets`).
"""

import re
import unicodedata
from itertools import pairwise
from typing import Any, Literal

from msgspec.structs import replace

from leaflet.confidential.labelled import EMAIL, MARKS, WEB, has_label, is_labelled
from leaflet.faults import Fault
from leaflet.text import latin

HIDDEN = "…"
Kind = Literal["numen", "social-security", "link", "labelled", "random"]

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_DASHED = re.compile("[\u2010-\u2014\u2212]")
_S = r"[ .\-/_]?"
# 2 digits, letter, 2 + 5 digits, 3 letters; « 12 h 30 » is an hour
_NUMEN = re.compile(
    rf"(?<![0-9a-z])\d\d{_S}(?!h[ .])[a-z]{_S}\d\d{_S}\d{{5}}{_S}[a-z]{{3}}(?![0-9a-z])", re.IGNORECASE
)
# sex, year, month, département (2A and 2B too), commune, order, key; written with spaces, or with dots throughout
_NIR = re.compile(
    r"(?:([12])(?<!\d[12])(?<!\d[.,][12]) ?(\d\d) ?(\d\d) ?(?!00)(\d\d|2[AB]) ?(\d{3}) ?(\d{3})(?: ?(\d\d))?|"
    r"([12])(?<!\d[12])(?<!\d[.,][12])([.\-/])(\d\d)\9(\d\d)\9(?!00)(\d\d|2[AB])\9(\d{3})\9(\d{3})"
    r"(?:[.\-/ ](\d\d))?)(?!\d)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:(?:[?&;#]|&amp;)(?:(?:\w*token|jeton|ticket|otp)=\s*[^\s&]|code=(?!\d{7}[a-z]\b)[^\s&]{6})|"
    r"(?<![\w.])(?:\w*token|jeton|otp)\s*=\s*[^\s&])"
)
_CREDENTIALS = re.compile(r"://[^\s/?#@:]+:[^\s/?#@]+@")  # a name and a password before a host
_ESCAPED = (("%3f", "?"), ("%26", "&"), ("%3d", "="), ("&amp;", "&"))
_RANDOM = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{20,}(?![0-9A-Za-z])")
# of texts on legifrance.gouv.fr: four letters of the collection, four of the kind, twelve digits
_LAW = re.compile(r"(?:JORF|LEGI|KALI|CNIL|CETA|JURI|CONS)(?:TEXT|ARTI|SCTA|CONT)[0-9]{12}")
_LONG = 12  # signs of a word that may be a password
_LONG_WORD = re.compile(rf"\S{{{_LONG},}}")
_DIGIT = re.compile(r"[0-9]")
_ALNUM = re.compile(r"[0-9A-Za-z]{12,}")
# Digits and letters as 9 and a, all else as |, without what may stand between the parts of a number.
_SIGNS = b"".join(b"9" if c.isdigit() else b"a" if c.isalpha() else b"|" for c in map(chr, range(128))) + b"|" * 128
_BETWEEN = b" .-/_"
_NUMBERS = (b"99a9999999aaa", b"9" * 13, b"999999a999999")  # NUMEN, social-security numbers, those of Corsica
_GROUPED = re.compile(r"[0-9A-Z]{3,6}(?:-[0-9A-Z]{3,6}){2,}|[0-9a-z]{3,6}(?:-[0-9a-z]{3,6}){2,}")


def find_secret(text: str) -> Kind | None:
    """Return what kind of secret `text` seems to hold, or None; short values count only beside their name."""
    plain = _plain(text)
    return None if _is_innocent(plain) else _find_shape(plain) or ("random" if is_random(plain) else None)


def find_cell_secret(text: str) -> Kind | None:
    """Return what kind of secret a cell of a table seems to hold, or None; one long word of mixed signs counts."""
    plain = _plain(text)
    if _is_innocent(plain):
        return None
    return _find_shape(plain) or ("random" if is_random(plain) or _has_password(plain) else None)


def find_personal_number(text: str) -> Kind | None:
    """Return whether `text` holds a NUMEN or a social-security number: its kind, or None."""
    return _find_number(_plain(text))


def is_random(text: str) -> bool:
    """Check whether `text` holds a run of 20 letters and digits that no word has: a token, a key, a digest.

    The numbers of laws and decrees, which their addresses hold, are none.
    """
    return any(_is_mixed(match[0]) and not _LAW.fullmatch(match[0]) for match in _RANDOM.finditer(text))


def hide_secrets(fault: Fault) -> Fault:
    """Return `fault` with « … » for every value, line or name in it that holds a secret."""
    place = fault.place
    file = HIDDEN if place.file and find_secret(place.file) not in (None, "random") else place.file
    shown = replace(place, file=file, field=_hide(place.field), source=_hide(place.source))
    return replace(fault, place=shown, values={name: _hide(value) for name, value in fault.values.items()})


def _plain(text: str) -> str:
    """Return `text` as a reader sees it: nothing invisible, one kind of space and of dash, plain forms of letters."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = latin(text)
    return text.translate(_DASHES) if _DASHED.search(text) else text


def _is_innocent(plain: str) -> bool:
    """Check quickly whether `plain` holds no secret: nearly every text of a list passes, none that holds one."""
    lower = plain.lower()
    if "=" in lower or "%3d" in lower or has_label(lower) or ("://" in lower and "@" in lower):
        return False
    try:
        signs = plain.encode("cp1252").translate(_SIGNS, _BETWEEN)
    except UnicodeEncodeError:  # perhaps digits of another script
        return False
    if any(map(signs.__contains__, _NUMBERS)):
        return False
    return not any(map(_DIGIT.search, [word for word in plain.split(" ") if len(word) >= _LONG]))


def _find_shape(plain: str) -> Kind | None:
    if number := _find_number(plain):
        return number
    lower = plain.lower()
    if "://" in lower and _CREDENTIALS.search(lower):
        return "link"
    if "=" in lower or "%3d" in lower:
        for escaped, sign in _ESCAPED:
            lower = lower.replace(escaped, sign)
        if _LINK.search(lower):
            return "link"
    return "labelled" if is_labelled(lower) else None


def _find_number(plain: str) -> Kind | None:
    if _NUMEN.search(plain):
        return "numen"
    return "social-security" if any(map(_is_nir, _NIR.finditer(plain))) else None


def _is_nir(match: re.Match[str]) -> bool:
    """Check the month of a number; a month that is not of the calendar (unknown at birth) needs the right key."""
    parts = [part for part in match.groups() if part not in (None, ".", "-", "/")]
    if 1 <= int(parts[2]) <= 12:
        return True
    if len(parts) < 7:
        return False
    corsica = {"2A": "19", "2B": "18"}
    number = int("".join((*parts[:3], corsica.get(parts[3].upper(), parts[3]), *parts[4:6])))
    return 97 - number % 97 == int(parts[6])


def _is_mixed(run: str) -> bool:
    """Check for many digits, or digits with letters that change case more often than words written together do."""
    digits = sum(c.isdigit() for c in run)
    return 0 < digits < len(run) and (digits > len(run) // 5 or _changes(run) > len(run) // 3)


def _changes(run: str) -> int:
    """Return how often the kind of sign changes from one to the next: digit, upper case, lower case, mark."""
    kinds = ["digit" if c.isdigit() else "upper" if c.isupper() else "lower" if c.isalpha() else "mark" for c in run]
    return sum(before != after for before, after in pairwise(kinds))


def _has_password(plain: str) -> bool:
    """Check whether a word of 12 signs or more mixes them as passwords do; addresses of mail and web do not count."""
    words = _LONG_WORD.findall(plain)
    return any(_is_password(word.lstrip("@#")) for word in words if _DIGIT.search(word)) if words else False


def _is_password(word: str) -> bool:
    if len(word) < _LONG or EMAIL.search(word) or WEB.match(word.lstrip("(<«\"'")):
        return False
    kinds = (any(map(str.isupper, word)), any(map(str.islower, word)), any(map(str.isdigit, word)))
    if all(kinds) and MARKS.search(word):
        return True
    runs = [match[0] for match in _ALNUM.finditer(word)]
    runs += [match[0].replace("-", "") for match in _GROUPED.finditer(word)]
    return any(map(_is_jumbled, runs))


def _is_jumbled(run: str) -> bool:
    """Check for letters and digits by turns: five signs of twelve are of another kind than the one before."""
    digits = sum(c.isdigit() for c in run)
    return 2 <= digits < len(run) and _changes(run) * 12 >= len(run) * 5


def _hide(value: Any) -> Any:
    return HIDDEN if value is not None and find_secret(str(value)) else value
