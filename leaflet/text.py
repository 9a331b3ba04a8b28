"""Compare and shape text: without accents, with French spaces, as part of a file name.

A mistyped name is compared without accents and invisible characters, so that the known one most like it is found.
Templates and campaigns are given French spacing, so that their authors type ordinary spaces and apostrophes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import filterfalse
from typing import Any, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "’": "'"})
_LOOKALIKES = str.maketrans(  # Cyrillic and Greek letters that look like Latin ones, by Unicode's confusables.txt
    "аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅԌοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdqwhABEKMHOPCTYXIJSGoavikptuxABEZHIKMNOPTYX"
)
_INVISIBLE = frozenset({"Mn", "Cf", "Cc"})  # combining accents, format characters, controls
_WORD = re.compile(r"[a-z0-9]+")
_ALIKE = str.maketrans("oil", "011")  # letters that are taken for digits, in lower case
_FOREIGN = re.compile(r"[^\0-\x7f]")
_NO_LETTER = re.compile(r"[\W\d_]")
BRITISH_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? (?=[A-Z]*\d)[A-Z\d]{3,4}"  # or an Irish one
_LIKE = 0.6  # difflib ratio; below it a proposal would only puzzle


def fold(text: str) -> str:
    """Return `text` without accents and in lower case, for comparisons: « Décembre » → ``decembre``."""
    return text.casefold() if text.isascii() else _FOREIGN.sub(lambda found: _open(found[0]), text).casefold()


@lru_cache(maxsize=1024)  # a long list has a million of these, of which some thirty differ
def _open(character: str) -> str:
    """Return a character without its accents, a ligature as its letters."""
    opened = unicodedata.normalize("NFKD", character.translate(_LIGATURES))
    return "".join(filterfalse(unicodedata.combining, opened))


def latin(text: str) -> str:
    """Return `text` with Latin letters for those of other scripts that look the same: « pаss » with a Cyrillic а."""
    return text if text.isascii() else text.translate(_LOOKALIKES)


def unaccented(text: str) -> str:
    """Return `text` without accents and invisible characters, in its own case; line ends stay, to part words."""
    if text.isascii() and text.isprintable():
        return text
    opened = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in opened if unicodedata.category(c) not in _INVISIBLE or c in "\t\n\r")


def letters_around(text: str, character: str) -> str:
    """Return the word, as far as it is letters, in which a character stands: a message repeats no more of a cell."""
    before, found, after = text.partition(character)
    return _NO_LETTER.split(before)[-1] + found + _NO_LETTER.split(after)[0]


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known name that is most like `text`, without regard to case and accents.

    A name that looks the same comes first (the letter O for a nought), then one with `text` among its words:
    « tours » is meant for ``orleans-tours``, though more letters of ``toulouse`` are the same. It is empty if
    none is like it.
    """
    names: dict[str, str] = {}
    for name in known:
        names.setdefault(fold(name), name)
    folded, look = [*names], fold(text).translate(_ALIKE)
    if (found := next((name for name in folded if name.translate(_ALIKE) == look), None)) is not None:
        return names[found]
    words = _words(text)
    if words and (found := next((name for name in folded if words <= _words(name)), None)) is not None:
        return names[found]
    return next((names[found] for found in get_close_matches(fold(text), folded, n=1, cutoff=_LIKE)), "")


def texts_in(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts in nested tables and lists, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping | list | tuple):
        for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from texts_in(inner, (*path, key))


def value_at(tree: object, path: str | Sequence[str]) -> Any:
    """Return what tables have at a path, or at a dotted name; None if they have nothing there."""
    for name in path.split(".") if isinstance(path, str) else path:
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree


def grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Return the values of pairs by their keys, in the order in which they come."""
    groups: dict[_K, list[_V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_RULES = (
    (re.compile(r" (?=[;!?])"), NARROW_NO_BREAK),
    (re.compile(r" (?=[:»%€·])"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\w)'(?=\w|$|<)"), "’"),
)

# The same in texts of a campaign, among which addresses, rules of passwords and hours stand: a mark is one of French
# only if nothing but a closing mark follows it, an apostrophe only between letters of a word that is no address.
_END = r"(?=[\s»).,;:!?…]|$)"
_CAREFUL_RULES = (
    (re.compile(rf" (?=[;!?]{_END})"), NARROW_NO_BREAK),
    (re.compile(rf" (?=[:»·]{_END})"), NO_BREAK),
    (re.compile(rf"(?<=\d) (?=[%€]{_END})"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\b\d{5}) (?=[A-ZÀ-Ý])"), NO_BREAK),  # a postcode and its town
)
_PHONE = re.compile(  # a number, which breaks nowhere
    r"(?<![\d+])(?:(?:0|\+33 )[1-9](?: \d\d){4}|0 ?8\d\d(?:(?: \d\d){3}|(?: \d{3}){2}))(?!\d)"
)
_WORD_OR_SPACE = re.compile(r"\S+")
_ADDRESS = re.compile(r"[/@\\]|\w\.\w")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def campaign_spacing(text: str) -> str:
    """Return a text of a campaign with French spaces and apostrophes; addresses, hours and codes stay as typed."""
    for pattern, replacement in _CAREFUL_RULES:
        text = pattern.sub(replacement, text)
    text = _PHONE.sub(lambda phone: phone[0].replace(" ", NO_BREAK), text)
    return _WORD_OR_SPACE.sub(lambda word: word[0] if _ADDRESS.search(word[0]) else typographic(word[0]), text)


def typographic(name: str) -> str:
    """Return a name of a list as it is printed: with typographic apostrophes between letters."""
    return _APOSTROPHE.sub("’", name) if "'" in name else name


def apostrophes(text: str) -> str:
    """Return `text` with typographic apostrophes, and nothing else of French."""
    return _RULES[-1][0].sub("’", text)


def french_spacing(text: str) -> str:
    """Put no-break spaces before « : ; ! ? · » and inside guillemets, and typographic apostrophes."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # all of them are combining marks
_FALLBACK = "ecole"
_LONGEST = 60
DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # which Windows refuses as a file name, with any extension


@lru_cache(maxsize=1024)
def slug(text: str) -> str:
    """Return `text` as 1 to 60 characters of ``[a-z0-9-]``, cut between words where one is near.

    Accents are dropped, œ and æ written out. Two names can give the same slug: put the UAI beside it.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    if not plain.isascii():
        plain = _ACCENTS.sub("", plain)
    if not plain.isascii():  # marks of other scripts
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(name) > _LONGEST:
        word_end = name.rfind("-", 0, _LONGEST + 1)
        name = name[:word_end] if word_end > _LONGEST // 2 else name[:_LONGEST].rstrip("-")
    if not name:
        return _FALLBACK
    return f"{_FALLBACK}-{name}" if DEVICES.fullmatch(name) else name
