"""Values beside the name of what they are: « mot de passe : Xx12yy ».

After the name of a secret and a colon everything is a value, unless a sentence begins there: « voir la notice ».
Without a colon only what has the shape of one is, for « mot de passe oublié » is no secret.
"""

import re
from collections.abc import Callable

from leaflet.text import unaccented

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", re.IGNORECASE)
WEB = re.compile(r"[a-z]+://|www\.|[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
MARKS = re.compile(r"[!@#$%^*?]")  # in passwords; « / », « ' », « & », « + » are in addresses and names too
_PASS = (  # « m.d.p. » and « m0t de pase » are written, too
    r"m[o0]ts? d[e'] ?p[a@][s5]{1,3}e|m\W?d\W?p\.?|p[a@]ssw[o0]rds?|passworts?|contrasena|passwd|pwd|passphrase|"
    r"passcode|cle secrete|secret key"
)
_OF_CODES = (
    r"(?:secret|pin|confid(?:entiel)?|perso(?:nnel)?|unique|provisoire|temporaire|candidat|(?:d')?electeur)s?|sms|otp|"
    r"a usage unique|de connexion|d'?identification|d'?acces|d'?activation|(?:de )?reassort|de verification|"
    r"de confirmation|de retrait"
)
_CODE = (
    rf"c[o0]des? (?:de |du )?vote|voting code|c[o0]des? (?:{_OF_CODES})|otp|numen|jeton|token|"
    r"identifiants? (?:de vote|(?:d')?electeur)|clef? (?:de vote|d'?activation)"
)
_KEY = (  # before a colon only
    r"(?:api|access|private) key|clef? (?:privee|api|d'?acces|wi-?fi)|secret|pass(?:e)?(?: vote| ent)?"
)
_PIN = r"(?<!l[ea][\s-])(?<!du[\s-])(?<!au[\s-])(?<!les[\s-])pin"  # « Le Pin », « La Tour-du-Pin » are places
_HELP = r"(?:perdu|oubli|egar|vole|bloqu|expir|incorrect|errone|non|pas|et|ou|puis|par|via|est|is|sur)\w*\b"
_HELPFUL = re.compile(_HELP)
_ASIDE = r"(?:\s*\([^()]{0,40}\))?"
_BETWEEN = rf"(?:[\s_-]+(?!{_HELP})[\w']+){{0,3}}?{_ASIDE}"
_OPENS = r"\s*(?:[.…_·]{2,}\s*)?[\"'«“(\[]*\s*"  # dots to write on, then a quotation mark
_SAYS = r"\s*(?:[:=|/]|-+>|\best\b|\bis\b|(?=[«“]))"


def _named(label: str) -> str:
    return rf"(?<![a-z0-9])(?:{label.replace(' ', r'[ _-]*')})(?![a-z])(?:\d{{1,2}}(?![\w-]))?"


_SECRET = _named(f"{_PASS}|{_CODE}")
_LABEL = re.compile(_SECRET)
_WAITS = re.compile(
    rf"^\W*(?:(?:le|mon|son|votre|nouveau)\s+)?{_SECRET}{_BETWEEN}\W*$|{_SECRET}{_BETWEEN}\s*[:=]\s*$"
)
_NEAR = 80  # signs behind a label in which its value is looked for
_WORDS = 4  # between a label and its value, when nothing else parts them
_MOST_ALONE = 6  # words; a sentence has more
_PROSE = re.compile(  # how a sentence begins or goes on that says where a secret is, or how it is made
    r"(?:(?:l|d|s|j|m|c|n|qu)'|(?:voir|cf|le|la|les|l|un|une|des?|du|votre|vos|mon|ma|mes|son|sa|ses|leur|celui|celle|ce|"
    r"cette|en|a|au|aux|dans|sur|sous|par|avec|sans|via|selon|pour|entre|plus|moins|minimum|maximum|jamais|ne|non|pas|"
    r"aucun|inchange|identique|meme|obligatoire|personnel|confidentiel|facultatif|secret|provisoire|initial|nouveau|"
    r"oubli|perdu|egar|remis|recu|envoy|donn|fourni|communiqu|distribu|choisi|defini|cree|modifi|change|garde|demande|"
    r"saisi|note|ecri|tape|je|vous|tu|il|elle|on|nous|si|quand|comme|depuis|jusqu|et|ou|puis|caractere|chiffre|lettre|"
    r"majuscule|minuscule|numen|identifiant|code|portail|notice|courrier|courriel|messagerie|ci|see|the|your|my|an?|in|on|at|by|from|to|"
    r"sent|given|received|chosen|not|never|same|as|oui|yes|no)(?:e|s|es|ez|er|ee|ees|le|lle|ls|ment|sse|aux|te|ree|z)?\b)"
)
_STATED = re.compile(
    rf"(?:{_named(f'{_PASS}|{_CODE}|{_PIN}')}(?:{_BETWEEN}{_SAYS}|(?:\s+[\w']+){{0,5}},?\s+(?:c'est|voici)\s)|"
    rf"{_named(_KEY)}\s*[:=]){_OPENS}(\S+)"
)
_BEFORE = re.compile(  # « Xx12yy (mot de passe) », « Xx12yy = mot de passe », « 4321 comme code PIN »
    r"(?<!\S)((?!\d{1,5}\s*[=(])\S{1,40})(?:\s*=\s*|\s+(?:comme|est)\s+|\s*(\()\s*)"
    rf"(?:(?:le|mon|ton|son|votre|notre|un)\s+)?{_SECRET}(?(2)\))"
)
# Words that stand alone in the place of a value: « azertyuiop », « cheval correct batterie agrafe ».
_ALONE = re.compile(rf"{_named(_PASS)}{_BETWEEN}\s*[:=]\s*[\"'«“]?\s*([a-z0-9][^\n:=|.,;()«»]*)")
_LAST = re.compile(rf"{_named('mdp|pwd|passwd')}{_BETWEEN}\s+-+\s+([a-z0-9]\S{{3,}})(?:\s*(?:[.;,#]|$)|\s\s)")
_GLUED = re.compile(rf"{_SECRET}=[\"']?(?=[\w!@#$])(?!votre|numen)([^\s\"'&<>]{{4,}})")
_NUMBERED = re.compile(  # codes that are numbers, written in groups perhaps; the number of a voter
    rf"(?<![a-z])(?:(?:code (?:a \d+ chiffres?|recu)|{_PASS}|{_CODE})(?:\s+[\w']+){{0,3}}{_ASIDE}\s*[:=]|"
    r"(?:n ?[°o]|num(?:ero)?)\.? ?(?:de |du |d'? ?|l'? ?)*(?:electeur|electrice|votant)s?\s*[:=]?)\s*(\d[\d \-]*\d)"
)
_BARE_NUMBER = re.compile(  # of a secret code, or a PIN; not a year, not « Pin 70150 », a place
    rf"(?<![a-z0-9])(?:c[o0]des?[ _-]*(?:(?:de |du )?vote|{_OF_CODES})|(?<![\w-] )(?<![\w-])pin)\.?\s+"
    r"(?!19\d\d\b|20\d\d\b)(\d{4}|\d{6}|\d\d(?: \d\d){1,3}|\d{3}(?: \d{3}){1,2})(?![\d/h-]|[.,]\d|\s*\d|\s+h\b)"
)
# A code or an identifiant of no kind in particular; a school has both.
_GENERIC = re.compile(
    r"(?<![a-z])(?:code|identifiant)(?!s? (?:postal|uai|rne|etablissement|insee|commune|naf|ape|ecole|academie))"
    r"(?:\s+[\w']+){0,3}\s*[:=]\s*(\S+)"
)
_PAIR = re.compile(r"(?<![a-z])identifiants?(?:\s+[\w']+){0,2}\s*[:=]\s*\S+\s*/\s*(\S+)")
_ANSWER = re.compile(
    rf"(?<![a-z])(?:reponse (?:a la )?(?:question )?(?:defi|secrete)|question (?:defi|secrete)\W*reponse|"
    r"(?:secret|security|challenge) answer)"
    rf"\s*[:=]\s*[\"'«“]?\s*(?!{_PROSE.pattern})([a-z0-9][\w'-]+)(?:\W*$|\s{{2}}|[.;,!]\s)"
)
_CHALLENGE = re.compile(
    rf"(?<![a-z])question (?:defi|secrete)\s*:[^:.;?!\n]{{1,60}}:\s*(?!{_PROSE.pattern})([a-z0-9]{{3,}})"
)
_ARROWS = re.compile("[\u2190-\u21ff\u2700-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff\U0001f300-\U0001faff]+")
_ROOTS = re.compile(  # of all that names a secret; « impasse » and « Clemenceau » are in many addresses
    r"(?<!im)pass|mdp|m[. ]d[. ]p|m[o0]ts? d[e'] ?p|p@ss|contrase|votant|[eé]lect|pwd|c[o0]de|pin\b|otp|numen|jeton|"
    r"token|cl[eé]f?[ _-]*[sadpvw]|identifiant|d[eé]fi|secr[eè]t|answer|key"
)
# One of these is in every text that _ROOTS is found in; a search for words is much quicker than for patterns.
_STEMS = (
    *("pass", "mdp", "pwd", "code", "pin", "otp", "numen", "jeton", "token", "cle", "clé", "identifiant"),
    *("defi", "défi", "secr", "answer", "key", "votant", "elect", "élect"),
    *("m.d.p", "m d p", "mot d", "mots d", "m0t", "p@ss", "c0de", "contrase"),
)
_MOMENT = re.compile(
    r"\d{1,2}h(?:\d\d)?(?:[-/a]\d{1,2}h(?:\d\d)?)?|\d{1,2}:\d\d|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|"
    r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?|0\d(?:[. -]\d\d){4}"
)
_PHONE = re.compile(r"(?:0|33|0033)[1-9]\d{8}")
_UAI = re.compile(r"\d{7}[a-z]")
_EDGES = ".,;:!?()[]{}«»“”\"'…*_<>"
_TAG = re.compile(r"<[^<>]*>")
_PRINTED = re.compile(  # a value of a record behind the name of a secret, in a template
    rf"{_SECRET}{_BETWEEN}\s*[:=]\s*(?:[.…_·]{{2,}}\s*)?\{{\{{-?\s*(?:school|person)\b"
)
_WRITTEN_ON = re.compile(r"<(?:blank|memo|worksheet)\b[^>]*\{\{-?\s*(?:school|person)\b")  # a line to write on


def prints_a_value(source: str) -> bool:
    """Check whether a template prints a value of its record behind the name of a secret, or on a line to write on."""
    lower = source.lower()
    if "{{" not in lower:
        return False
    is_named = has_label(lower) and _PRINTED.search(unaccented(_TAG.sub(" ", lower))) is not None
    return is_named or _WRITTEN_ON.search(lower) is not None


def has_label(lower: str) -> bool:
    """Check whether a text in lower case may name a secret; few that name none do."""
    return any(map(lower.replace("impass", "i s").__contains__, _STEMS))


def names_secret(text: str) -> bool:
    """Check whether a text is the name of a secret and no more, or ends with one and a colon: a value may follow."""
    lower = text.lower()
    return has_label(lower) and _WAITS.search(unaccented(lower)) is not None


def is_bare_value(text: str) -> bool:
    """Check whether a text is one word with the signs of a password or a code: where a name is wanted."""
    return " " not in text.strip() and _is_value(text.strip().lower(), digits=4, signs=6)


def is_labelled(lower: str) -> bool:
    """Check whether a text in lower case names a secret and gives it; « mot de passe : voir la notice » does not."""
    if not _ROOTS.search(lower):
        return False
    text = unaccented(_ARROWS.sub(" : ", lower))
    return any(_is_near(text, label.end()) for label in _LABEL.finditer(text)) or any(
        is_secret(match[1]) for pattern, is_secret in _BESIDE for match in pattern.finditer(text)
    )


def _is_near(text: str, start: int) -> bool:
    """Check whether a value stands a few words behind the name of a secret, which ends at `start`."""
    for word in text[start : start + _NEAR].lstrip(".").split()[:_WORDS]:
        if _HELPFUL.match(word):
            return False
        if _is_value(word, digits=8, signs=6):
            return True
        if word[-1] in ".;!?" and len(word) > 1:
            return False
    return False


def _is_value(token: str, *, digits: int, signs: int) -> bool:
    """Check whether a word beside the name of a secret is one: so many digits, or letters with digits or marks."""
    word = token.strip(_EDGES)
    if not word or _MOMENT.fullmatch(word) or EMAIL.fullmatch(word) or WEB.match(word):
        return False
    number = re.sub(r"[-./]", "", word)
    if number.isdigit():
        return len(number) >= digits
    return _is_mixture(word, signs) or (len(word) >= 6 and MARKS.search(word) is not None)


def _is_alone(words: str) -> bool:
    """Check whether words after « mot de passe : » are one, for no sentence begins with them."""
    found = words.split()
    return (
        len(found) <= _MOST_ALONE
        and len("".join(found)) >= 4
        and not any(map(_PROSE.match, found))
        and not _UAI.fullmatch(found[0])
        and not (_MOMENT.fullmatch(found[0]) or EMAIL.match(found[0]) or WEB.match(found[0]))
    )


def _is_number(text: str) -> bool:
    """Check for a code of six digits or more, which is no telephone number and no date."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 6 and not _PHONE.fullmatch(digits) and not _MOMENT.fullmatch(text.strip())


def _is_mixture(word: str, signs: int = 6) -> bool:
    """Check for a word of so many signs, with letters and digits, that is no school's number, moment or address."""
    word = word.strip(_EDGES)
    if len(word) < signs or _UAI.fullmatch(word) or _MOMENT.fullmatch(word) or EMAIL.fullmatch(word):
        return False
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


# What stands beside the name of a secret, in a text without accents, and whether it is one.
_BESIDE: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_STATED, lambda word: _is_value(word, digits=4, signs=5)),
    (_BEFORE, lambda word: _is_value(word, digits=4, signs=6)),
    (_ALONE, _is_alone),
    (_LAST, _is_alone),
    (_GLUED, bool),
    (_NUMBERED, _is_number),
    (_BARE_NUMBER, bool),
    (_ANSWER, bool),
    (_CHALLENGE, bool),
    (_GENERIC, _is_mixture),
    (_PAIR, _is_mixture),
)
