"""Text as it is compared: without accents, without invisible characters, and the known name most like a mistyped one.

What is not here: which columns of a list resemble a known one (`leaflet.tables`), names of files (`leaflet.slug`).
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import filterfalse

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "’": "'"})
_LOOKALIKES = str.maketrans(  # Cyrillic and Greek letters that look like Latin ones, by Unicode's confusables.txt
    "аеорсухіјѕԁԛԝһАВЕКМНОРСТУХІЈЅԌοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdqwhABEKMHOPCTYXIJSGoavikptuxABEZHIKMNOPTYX",
)
_INVISIBLE = frozenset({"Mn", "Cf", "Cc"})  # combining accents, format characters, controls
_WORD = re.compile(r"[a-z0-9]+")
_ALIKE = str.maketrans("oil", "011")  # letters that are taken for digits, in lower case
_FOREIGN = re.compile(r"[^\0-\x7f]")
_NO_LETTER = re.compile(r"[\W\d_]")
_LIKE = 0.6  # difflib ratio; below it a proposal would only puzzle


def fold(text: str) -> str:
    """Return `text` without accents and in lower case, for comparisons: « Décembre » → ``decembre``."""
    if text.isascii():
        return text.casefold()
    return _FOREIGN.sub(lambda found: _open(found[0]), text).casefold()


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
    « tours » is meant for ``orleans-tours``, though more letters of ``toulouse`` are the same.

    Returns:
        An empty text if none is like it.
    """
    names: dict[str, str] = {}
    for name in known:
        names.setdefault(fold(name), name)
    folded = [*names]
    look = fold(text).translate(_ALIKE)
    if (found := next((name for name in folded if name.translate(_ALIKE) == look), None)) is not None:
        return names[found]
    words = _words(text)
    if words and (found := next((name for name in folded if words <= _words(name)), None)) is not None:
        return names[found]
    return next((names[found] for found in get_close_matches(fold(text), folded, n=1, cutoff=_LIKE)), "")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))
