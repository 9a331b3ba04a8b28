"""Find words that cannot be read: glued together, spaced out, without known characters, left over from a template.

Made for French school prose: elisions, hyphenated names, UAI codes, « 17 h 30 », « 2ndes », inclusive spellings and
brands such as ÉduConnect are accepted. Not here: the places of words; see ``paragraphs``.
"""

import re
from collections.abc import Iterator, Sequence

from leaflet.preflight.evidence import Evidence, FoundWord
from leaflet.units import pt

LONGEST = 28  # letters: « intergouvernementalisations » has 27
_SPACED = 4  # single letters in a row
_GAP = 0.8  # times the type size; letters further apart are the heads of columns

_EDGES = " \t«»“”\"'‘’()[]{}<>,;:.!?…·•–—-*"
_ADDRESS = re.compile(
    r"@|://|www\.|[#=_\\]|/\w+[./]|"
    r"(?:^|[^\w])[\w-]*[a-z0-9]\.(?:[a-z0-9-]+\.)*[a-z]{2,}(?:[/:]|[^\w]|$)|"  # a host
    r"\w\.(?i:pdf|docx?|od[ts]|xlsx?|csv|png|jpe?g|zip|toml)$"  # a file
)
_LOWER, _UPPER = "a-zß-öø-ÿœ", "A-ZÀ-ÖØ-ÞŒŸ"
_LETTER = f"{_LOWER}{_UPPER}"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_SMALL = "du|au|aux|le|la|les|en|de|des|dès|et|ou|par|sur|à"
_ENDINGS = r"(?:[eè]res?|i?[eè]mes?|ndes?|ndaires?|aines?)(?:[^\w]|$)"  # 1ères, 5ème, 2ndes, 100aine
_STOPS = "Je|Le|La|Les|Un|Une|De|Du|Des|Et|En|Au|Aux|Ou|Vous|Nous|Il|Elle|Pour|Dans|Sur"

_GLUED = (
    re.compile(rf"[{_LOWER}]{{2}}[.!?…][{_UPPER}][{_LOWER}’']"),  # la fin.Le début
    re.compile(rf"[{_LETTER}]{{2}}[,;][{_LETTER}]{{2}}"),
    re.compile(rf"[{_LOWER}]{{2}}[:!?][{_LETTER}]{{2}}"),
    re.compile(rf"[{_LETTER}]{{3}}\([^)]*$"),  # école(primaire
    re.compile(rf"^[^(]*\([^)]*\)[{_LETTER}]{{4,}}$"),  # délégué(e)suppléant
    re.compile(rf"(?:^|[^\w])\d{{1,4}}(?!{_ENDINGS})[{_LOWER}]{{4,}}"),  # 29novembre
    re.compile(rf"(?:^|[^\w])[{_LOWER}]{{2,}}\d{{1,4}}[{_LOWER}]{{3,}}"),  # du29novembre
    re.compile(rf"(?:^|[^\w])(?:{_SMALL}|{_DAYS}|{_MONTHS})\d{{1,4}}(?:[^\w]|$)", re.IGNORECASE),  # novembre2026
    re.compile(rf"^[{_UPPER}][{_LOWER}]{{2,}}(?:{_STOPS})$"),  # PasseJe
)
_SUFFIXED = re.compile(rf"^[^(]*\((?:[{_LOWER}]{{1,6}})\)s?$")  # directeur(trice)s
_HUMP = re.compile(rf"^(?!(?:mon|mes|nos|vos|mail)[{_UPPER}])[{_LOWER}]{{3,}}[{_UPPER}][{_LOWER}]")
_PARTS = re.compile(r"[-‑–/·’'.]")
_LONG = re.compile(rf"[{_LETTER}]{{{LONGEST},}}")

_NO_TEXT = re.compile(
    "[\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x9f]"  # replacement characters, controls
    "|[^\\W\\d_][■□▯\ue000-\uf8ff]|[■□▯\ue000-\uf8ff][^\\W\\d_]|[\ue000-\uf8ff]{2}"  # within words
    "|Ã[\x80-\xbf©¨ª«§´»¹®¯¢ ]|â€[™œ\x9d“”¦]|Â[«»°]"  # UTF-8 read as something else
)

_LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\$\{\w*\}?|%\(\w+\)[sd]|«\w+_\w+»|<<\w+>>|\[\[\w+\]\]"
    r"|\b(?:None|undefined|NaN|TODO|FIXME|TBD|MERGEFIELD)\b|(?<![\w-])null(?![\w-])"
    r"|\b[Ll]orem\s+ipsum\b|\bXXX+\b|\b\?\?\?+"
    r"|#(?:REF|VALEUR|VALUE|NOM|NAME|DIV/0)[!?]?|#N/[AD]\b"
    r"|Erreur\s?!\s(?:Source du renvoi introuvable|Signet non défini)|Error! (?:Reference source|Bookmark) not"
    r"|(?:^|[:\[(«<])\s*à\s+compléter\s*(?:$|[\])»>])",
    re.MULTILINE,
)


def is_glued(text: str) -> bool:
    """Check whether a space is missing in a word."""
    if len(text) < 6:
        return False
    if text.isalpha() and (text.islower() or text[1:].islower()):
        return len(text) >= LONGEST or (text[0].isupper() and bool(_GLUED[-1].match(text)))
    if is_address(text) or text.isdigit():
        return False
    word = text.strip(_EDGES) if text[-1] != ")" or "(" not in text else text
    if any(pattern.search(word) for pattern in _GLUED) and not _SUFFIXED.match(word):
        return True
    return any(_HUMP.match(part) for part in _PARTS.split(word)) or bool(_LONG.search(word))


def is_address(text: str) -> bool:
    """Check whether a word is a web or mail address, or a part of one."""
    return _ADDRESS.search(text) is not None


def find_spaced(line: Sequence[FoundWord]) -> Iterator[tuple[FoundWord, ...]]:
    """Find words whose letters are set apart, such as « L y c é e »."""
    letters: list[FoundWord] = []
    for word in line:
        if len(word.text) == 1 and word.text.isalpha():
            if letters and not 0 <= word.box.x - letters[-1].box.right <= _em(word) * _GAP:
                yield from _spaced(letters)
                letters = []
            letters.append(word)
        elif letters:
            yield from _spaced(letters)
            letters = []
    yield from _spaced(letters)


def _spaced(letters: list[FoundWord]) -> Iterator[tuple[FoundWord, ...]]:
    if len(letters) >= _SPACED:
        yield tuple(letters)


def _em(word: FoundWord) -> float:
    return pt(word.size)


def find_no_text(evidence: Evidence) -> Iterator[FoundWord]:
    """Find words with characters that cannot be read, searched or read aloud.

    A single private character is a picture of a symbol font, such as a bullet.
    """
    if all(word.is_mapped for word in evidence.words) and not _NO_TEXT.search(evidence.text):
        return
    for word in evidence.words:
        if not word.is_mapped or _NO_TEXT.search(word.text):
            yield word


def find_leftovers(text: str) -> Iterator[str]:
    """Find what templates, mail merges and spreadsheets leave behind when a value is missing."""
    for match in _LEFTOVERS.finditer(text):
        yield match[0].strip(" \n:")
