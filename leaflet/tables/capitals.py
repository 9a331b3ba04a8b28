"""Write texts typed in capitals as French does: « LYCEE LEONARD DE VINCI » → « Lycée Léonard de Vinci ».

Only a text without a single small letter is touched. Accents come back where ``assets/capitals.toml`` knows the word,
nowhere else; a town that is a commune gets its hyphens, too (`communes`). In all other texts only letters change.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct

from leaflet.program import own_table
from leaflet.tables.person_names import SMALL
from leaflet.text import grouped, unaccented

TextKind = Literal["school", "town", "address"]

_WORD = re.compile("[A-ZÀ-ÖØ-ÞŒŸ0-9]+")
_ROMAN = re.compile("X{0,3}(IX|IV|V?I{0,3})")  # up to 39: « MIX » and « DIX » are words
_REGNAL = {"IER": "Ier", "IERE": "Ière"}
_ORDINAL = re.compile("([0-9]+)(ER|ERE|ÈRE|E|EME|ÈME|ND|NDE|BIS|TER)")
_SCOTTISH = re.compile("MC[A-Z]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[AEIOUYÀ-ÆÈ-ÏÒ-ÖÙ-ÝŒŸ]")
_ELIDED = frozenset("DL")
_ARTICLES = frozenset({"L", "LA", "LE", "LES"})
_APOSTROPHES = ("'", "’")
_FRESH = re.compile(r"[(\[/:;«\"“–—]|\s-\s")  # after these a text begins again


class _Lexicon(Struct, frozen=True, kw_only=True):
    """The contents of ``assets/capitals.toml``, by words in capitals without accents."""

    small: frozenset[str]  # words that begin with a small letter inside a name
    acronyms: frozenset[str]  # words that stay in capitals
    common: Mapping[str, str]  # with a small letter in the name of a school, a capital one in a town or an address
    streets: Mapping[str, str]  # words with a small letter in an address: « 81 rue »
    words: Mapping[str, str]  # other words, with their accents and capitals
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]  # by their first word, the longest first


class _NameToken(Struct, frozen=True, kw_only=True):
    """A word and its neighbours."""

    text: str
    before: str  # the characters between it and the word before
    after: str  # those between it and the word after
    left: str  # the word before
    right: str  # the word after

    @property
    def begins(self) -> bool:
        """Return whether a text begins with the word."""
        return not self.left or _FRESH.search(self.before) is not None


def french_capitals(text: str, kind: TextKind = "school") -> str:
    """Return a text with capitals where French has them; in a town or an address, « Collège » is a name."""
    if text != text.upper() or text == text.lower():
        return text
    found = list(_WORD.finditer(text))
    if not found:
        return text
    words = [match.group() for match in found]
    ends = [0, *(match.end() for match in found)]
    between = [text[end : match.start()] for end, match in zip(ends, found, strict=False)] + [text[ends[-1] :]]
    tokens = [
        _NameToken(text=word, before=between[n], after=between[n + 1], left=left, right=right)
        for n, (left, word, right) in enumerate(zip(["", *words], words, [*words[1:], ""], strict=False))
    ]
    written = [*_write_words(tokens, kind), ""]
    return "".join(f"{before}{word}" for before, word in zip(between, written, strict=True))


def person_capitals(text: str) -> str:
    """Return the name of a person with capitals where French has them; unchanged if it has a small letter already.

    Letters keep the accents they have and gain none: nobody but the person knows them. « DE » and « D’ » begin with a
    small letter; articles, « DU » and « DES » with a capital one (« de La Tour », « Du Bellay »).
    """
    return text if text != text.upper() or text == text.lower() else _LETTERS.sub(_write_person_word, text)


def _write_person_word(match: re.Match[str]) -> str:
    word, after = match.group(), match.string[match.end() :]
    if (word.lower() in SMALL and after.startswith(" ")) or (word == "D" and after.startswith(_APOSTROPHES)):
        return word.lower()
    return _capitalised(word)


def _capitalised(word: str) -> str:
    return f"Mc{word[2]}{word[3:].lower()}" if _SCOTTISH.fullmatch(word) else word[0] + word[1:].lower()


def _write_words(tokens: list[_NameToken], kind: TextKind) -> Iterable[str]:
    lexicon, n = _load_lexicon(), 0
    while n < len(tokens):
        phrase = _find_phrase(tokens, n, lexicon)
        yield from phrase or (_write_word(tokens[n], lexicon, kind),)
        n += len(phrase) or 1


def _find_phrase(tokens: list[_NameToken], start: int, lexicon: _Lexicon) -> tuple[str, ...]:
    """Return the words of the known phrase that begins at a token; none if there is no such phrase."""
    for phrase in lexicon.phrases.get(_key(tokens[start].text), ()):
        part = tokens[start : start + len(phrase)]
        if len(part) == len(phrase) and all(
            _agrees(token.text, spelling) and (n == 0 or (len(token.before) == 1 and not token.begins))
            for n, (token, spelling) in enumerate(zip(part, phrase, strict=True))
        ):
            return phrase
    return ()


def _write_word(token: _NameToken, lexicon: _Lexicon, kind: TextKind) -> str:
    word, key = token.text, _key(token.text)
    if kind == "address" and key in lexicon.streets and not token.begins:
        return lexicon.streets[key]
    if word[0].isdigit():
        match = _ORDINAL.fullmatch(word)
        return f"{match[1]}{match[2].lower()}" if match and word not in lexicon.acronyms else word
    if token.after.startswith(_APOSTROPHES) and word in _ELIDED:
        return word if token.begins or _begins_name(token, lexicon) else word.lower()
    if token.before in _APOSTROPHES and len(token.left) > 1:  # « PRESQU’ILE »
        return word.lower()
    if len(word) == 1 and not _is_preposition(token):
        return word
    if word in _REGNAL:
        return _REGNAL[word]
    if key in lexicon.acronyms or _ROMAN.fullmatch(word):
        return word
    if len(word) == 1:
        return "à"
    if key in lexicon.small and token.right and not token.begins:
        return word.capitalize() if _begins_name(token, lexicon) else word.lower()
    return _write_name(word, key, lexicon, is_small=kind == "school" and not token.begins)


def _is_preposition(token: _NameToken) -> bool:
    """Check whether a single A is « à »: between hyphens, or before an article. Elsewhere it may be an initial."""
    if token.text not in ("A", "À") or token.begins:
        return False
    return token.before == token.after == "-" or (token.after == " " and token.right in ("L", "LA"))


def _begins_name(token: _NameToken, lexicon: _Lexicon) -> bool:
    """Check whether the name of a school begins with the article: « Collège Les Tilleuls », « IME L’Orée »."""
    left = _key(token.left)
    return token.text in _ARTICLES and token.before == " " and (left in lexicon.acronyms or left in lexicon.common)


def _write_name(word: str, key: str, lexicon: _Lexicon, *, is_small: bool) -> str:
    common = lexicon.common.get(key)
    if common is not None and _agrees(word, common):
        return common if is_small else common[0].upper() + common[1:]
    known = lexicon.words.get(key) or lexicon.streets.get(key, "").capitalize()
    if known and _agrees(word, known):
        return known
    return _capitalised(word) if _VOWEL.search(word) else word


def _agrees(word: str, spelling: str) -> bool:
    """Check whether a word is a known spelling, typed without accents or with the same ones."""
    return word in (_key(spelling), spelling.upper())


def _key(word: str) -> str:
    return unaccented(word).upper()


@cache
def _load_lexicon() -> _Lexicon:
    """Load ``assets/capitals.toml``, which comes with the program and is the same for every list."""
    lexicon = own_table("capitals.toml")
    phrases = (tuple(re.split("[ '’-]", text)) for text in lexicon["phrases"])
    by_first = grouped((_key(phrase[0]), phrase) for phrase in phrases)
    return _Lexicon(
        small=frozenset(map(_key, lexicon["small"])),
        acronyms=frozenset(lexicon["acronyms"]),
        common={_key(word): word for word in lexicon["common"]},
        streets={_key(word): word for word in lexicon["streets"]},
        words={_key(word): word for word in lexicon["words"]},
        phrases={first: tuple(sorted(some, key=len, reverse=True)) for first, some in by_first.items()},
    )
