"""Values beside the name of what they are: « mot de passe : Xx12yy »."""

import re

from leaflet.text import unaccented

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", re.IGNORECASE)
WEB = re.compile(r"[a-z]+://|www\.|[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
MARKS = re.compile(r"[!@#$%^*?]")  # in passwords; « / », « ' », « & », « + » are in addresses and names too
_PASS = r"mots? de passe|mdp|passwords?|passwd|pwd|passphrase|passcode|cle secrete|secret key"
_CODE = (
    r"codes? (?:de |du )?vote|voting code|code (?:secret|pin|confidentiel|personnel|d'?acces|d'?activation|"
    r"(?:de )?reassort)|otp|numen|jeton|token|identifiants? de vote"
)
_PIN = r"(?<!l[ea][\s-])(?<!du[\s-])(?<!au[\s-])(?<!les[\s-])pin"  # « Le Pin », « La Tour-du-Pin » are places
_SAYS = r"\s*(?:[:=]|-+>|→|\best\b|\bis\b)\s*[\"'«“(\[]*\s*"
_HELP = r"(?:perdu|oubli|egar|vole|bloqu|expir|incorrect|errone|non|pas|et|ou|puis|par|via|est|is|sur)\w*\b"
_BETWEEN = rf"(?:[\s_-]+(?!{_HELP})[\w']+){{0,3}}?"


def _named(label: str) -> str:
    return rf"(?<![a-z0-9])(?:{label.replace(' ', r'[ _-]*')})(?![a-z])"


_SECRETS = (
    re.compile(rf"{_named(f'{_PASS}|{_CODE}|{_PIN}')}{_BETWEEN}{_SAYS}(\S+)"),
    re.compile(rf"{_named(f'{_PASS}|{_CODE}')}{_BETWEEN}\s+(\S+)"),
)
_GLUED_VALUE = re.compile(rf"{_named(f'{_PASS}|{_CODE}')}=[\"']?(?=[\w!@#$])(?!votre|numen)[^\s\"'&<>]{{4,}}")
# A code or an identifiant of no kind in particular; a school has both.
_GENERIC = re.compile(
    r"(?<![a-z])(?:code|identifiant)(?!s? (?:postal|uai|rne|etablissement|insee|commune|naf|ape|ecole|academie))"
    r"(?:\s+\w+){0,2}\s*[:=]\s*(\S+)"
)
_ANSWER = re.compile(
    r"(?<![a-z])(?:reponse (?:a la )?(?:question )?(?:defi|secrete)|(?:secret|security|challenge) answer)"
    r"\s*[:=]\s*[\"'«“]?\s*(?!obligatoire|personnelle|confidentielle|secrete|facultative|voir)[a-z0-9][\w'-]+(?:\W*$|\s{2})"
)
_ROOTS = re.compile(  # of all that names a secret; « impasse » and « Clemenceau » are in many addresses
    r"(?<!im)pass|mdp|pwd|code|pin\b|otp|numen|jeton|token|cl[eé][ _-]*s|identifiant|d[eé]fi|secr[eè]t|answer|key"
)
# One of these is in every text that _ROOTS is found in; a search for words is much quicker than for patterns.
_STEMS = (
    *("pass", "mdp", "pwd", "code", "pin", "otp", "numen", "jeton", "token", "cle", "clé", "identifiant"),
    *("defi", "défi", "secr", "answer", "key"),
)
_MOMENT = re.compile(
    r"\d{1,2}h(?:\d\d)?(?:[-/a]\d{1,2}h(?:\d\d)?)?|\d{1,2}:\d\d|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|"
    r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?|0\d(?:[. -]\d\d){4}"
)
_UAI = re.compile(r"\d{7}[a-z]")
_EDGES = ".,;:!?()[]{}«»“”\"'…*_<>"


def has_label(lower: str) -> bool:
    """Check whether a text in lower case may name a secret; few that name none do."""
    return any(map(lower.replace("impass", "i s").__contains__, _STEMS))


def is_labelled(lower: str) -> bool:
    """Check whether a text in lower case names a secret and gives it; « mot de passe : voir la notice » does not."""
    if not _ROOTS.search(lower):
        return False
    text = unaccented(lower)
    stated, bare = _SECRETS
    return (
        any(_is_value(match[1], digits=4, signs=5) for match in stated.finditer(text))
        or any(_is_value(match[1], digits=8, signs=6) for match in bare.finditer(text))
        or _GLUED_VALUE.search(text) is not None
        or _ANSWER.search(text) is not None
        or any(_is_mixture(match[1].strip(_EDGES)) for match in _GENERIC.finditer(text))
    )


def _is_value(token: str, *, digits: int, signs: int) -> bool:
    """Check whether a word beside the name of a secret is one: so many digits, or letters with digits or marks."""
    word = token.strip(_EDGES)
    if not word or _MOMENT.fullmatch(word) or EMAIL.fullmatch(word) or WEB.match(word):
        return False
    number = re.sub(r"[-./]", "", word)
    if number.isdigit():
        return len(number) >= digits
    return _is_mixture(word, signs) or (len(word) >= 6 and MARKS.search(word) is not None)


def _is_mixture(word: str, signs: int = 6) -> bool:
    """Check for a word of so many signs, with letters and digits, that is no school's number, moment or address."""
    if len(word) < signs or _UAI.fullmatch(word) or _MOMENT.fullmatch(word) or EMAIL.fullmatch(word):
        return False
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
