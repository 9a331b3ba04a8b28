"""Split names of people as lists have them: first and last name in one cell, courtesy titles before them.

A cell is split where the list itself says how: the last name stands in capitals (« DUPONT Julie », « Julie DE LA
TOUR »), a comma follows it, or the header names the order (« Nom Prénom ») and no second way to split is left. A name
that can be split in two ways, or of which the comma, the capitals and the header say different things, is not split;
it is printed whole, as it stands.
"""

import re
from collections.abc import Iterable
from typing import Literal

from leaflet.confidential import normalise

# Particles that stand before last names, in small letters without accents.
FRENCH = frozenset({"de", "du", "des", "la", "le", "les"})
JOINED = FRENCH | {"van", "von", "der", "den", "zu", "di", "da", "do", "dos", "das", "del", "della"}
"""Those that a user name of a mailbox has, joined to the name by hyphens."""
PARTICLES = JOINED | {
    *("d", "l", "el", "al", "ben", "bin", "ibn", "ould", "ait", "saint", "sainte", "st", "ste", "mc", "mac")
}
"""Words that begin a last name and are none alone."""
SMALL = frozenset({"de", "dit", "dite", "von", "zu"})
"""Those that French writes with a small letter."""


NameOrder = Literal["last-first", "first-last", "unknown"]

# « M. Ali » and « M Ali »; not « M'Hamed », « M.-Claire », nor « M. et Mme », who are two.
_TITLE = re.compile(
    r"(?:MM|Mr|M|Mmes|Mme|Mlle|Monsieur|Madame|Mademoiselle)(?:\.(?!-)|(?=\s))(?!\s*(?:(?:et|ou)\s|[&/]))\s*",
    re.IGNORECASE,
)
_TITLE_BEHIND = re.compile(
    r"\s*\((?:Mr\.?|M\.?|Mme|Mlle)\)|[\s,]+(?:Mme|Mlle|Monsieur|Madame|Mademoiselle)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(?<!\w)\d{1,3}(?!\w)[.)]?|(?<=[^\W\d_])\d(?!\w)")
_ENDS = (")", "e", "E", "r", "R")  # of courtesy titles behind a name
# « J.-P. », « J-P », « JM »: single letters, or two and three without a vowel, but for the surname « NG ».
_INITIALS = re.compile(r"[^\W\d_](?:[.-]+[^\W\d_])+\.?|(?!NG\b)[B-DF-HJ-NP-TV-XZ]{2,3}")
_SEVERAL = re.compile(r"[&/]|\s(?:et|ou)\s", re.IGNORECASE)  # « M. et Mme DUPONT »
_FEW = 3  # capitals that may be the initials of a first name
_BEFORE_CAPITALS = re.compile(r"(?:[dl]['’]|Mc|Mac|O['’])(?=[^\W\d_]{2})")  # « d’ARTAGNAN », « McDONALD »


def without_courtesy_title(text: str) -> str:
    """Return a name without « M. », « Mme », « Madame » before or behind it; a text that is nothing else stays."""
    before = _TITLE.match(text)
    name = text[before.end() :] if before else text
    behind = _TITLE_BEHIND.search(name) if name.endswith(_ENDS) else None  # most names end otherwise
    return (name[: behind.start()] if behind and behind.end() == len(name) else name) or text


def without_numbers(text: str) -> str:
    """Return a name without the number of its row, or of a namesake: « 1. LABERT Julie », « ROY Paul2 »."""
    return " ".join(_NUMBERS.sub(" ", text).split()) or text


def name_order(header: str) -> NameOrder:
    """Return the order that a header names: « Nom Prénom », « Prénom et nom »; unknown for « Agent »."""
    words = normalise(header).split("_")
    last = next((at for at, word in enumerate(words) if word.startswith("nom")), None)
    first = next((at for at, word in enumerate(words) if word.startswith("prenom")), None)
    if last is None or first is None:
        return "unknown"
    return "last-first" if last < first else "first-last"


def split_name(text: str, order: NameOrder = "unknown") -> tuple[str, str] | None:
    """Return first and last name, by capitals, a comma, then the order of the header; None where a doubt is left."""
    if _SEVERAL.search(text):
        return None
    if "," in text:
        parts = [part.split() for part in text.split(",")]
        return _split_by_comma(*parts, order=order) if len(parts) == 2 and all(parts) else None
    words = text.split()
    capitals = list(map(_is_capitals, words))
    if any(capitals) and not all(capitals):
        return _split_by_capitals(words, capitals, order)
    return _split_by_order(words, order)


def common_order(names: Iterable[str]) -> NameOrder | Literal["mixed"]:
    """Return the order that most names show, by capitals or a comma; mixed if some show the other one."""
    several = [name for name in map(without_courtesy_title, names) if name.split()[1:]]
    shown = [name.startswith(parts[1]) for name in several if (parts := split_name(name))]
    if len({*shown}) > 1:
        return "mixed"
    return ("last-first" if shown[0] else "first-last") if len(shown) * 2 > len(several) else "unknown"


def _split_by_comma(last: list[str], first: list[str], *, order: NameOrder) -> tuple[str, str] | None:
    """Split at a comma, unless header or capitals say otherwise: « Julie DUPONT, CPE »."""
    if not _is_run_of_capitals(last):
        if order == "first-last" or any(map(_is_capitals, last + first)):
            return None
        if order == "unknown" and not _is_one_name(last):
            return None
    return " ".join(first), " ".join(last)


def _split_by_capitals(words: list[str], capitals: list[bool], order: NameOrder) -> tuple[str, str] | None:
    """Split at the one run of words in capitals, with the particles before and in it."""
    start, end = capitals.index(True), len(capitals) - capitals[::-1].index(True)
    while start and _is_particle(words[start - 1]):
        start -= 1
    before, last, after = words[:start], words[start:end], words[end:]
    if not _is_run_of_capitals(last) or bool(before) == bool(after) or any(map(_is_particle, after)):
        return None
    other = "last-first" if before else "first-last"
    if order == other and max(map(len, last)) <= _FEW:  # « Julie LY », or « Dupont MA » for Marie-Anne
        return None
    return " ".join(before or after), " ".join(last)


def _split_by_order(words: list[str], order: NameOrder) -> tuple[str, str] | None:
    """Split where one word is the first name, and one, with its particles, the last name."""
    if order == "unknown":
        return None
    first, last = (words[-1:], words[:-1]) if order == "last-first" else (words[:1], words[1:])
    if not _is_one_name(last) or _is_particle(first[0]):
        return None
    return first[0], " ".join(last)


def _is_one_name(words: list[str]) -> bool:
    """Check for one last name with the particles before it; a particle alone is none."""
    return bool(words) and all(map(_is_particle, words[:-1])) and not _is_particle(words[-1])


def _is_run_of_capitals(words: list[str]) -> bool:
    """Check for a last name in capitals throughout, whatever its particles are in; particles alone are none."""
    return all(_is_capitals(w) or _is_particle(w) for w in words) and not all(map(_is_particle, words))


def _is_capitals(word: str) -> bool:
    """Check for a word in capitals; initials are a first name, not a last one."""
    core = _BEFORE_CAPITALS.sub("", word, count=1)
    return core == core.upper() and sum(map(str.isalpha, core)) > 1 and not _INITIALS.fullmatch(word)


def _is_particle(word: str) -> bool:
    return word.casefold().strip("'’.") in PARTICLES
