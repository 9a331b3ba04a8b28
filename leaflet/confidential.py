"""Find what looks like a secret or a person's number, by its name or by its value; nothing else decides this.

A leaflet never needs a NUMEN, a code de vote, a password or a social-security number, and a campaign is copied,
mailed and printed: whatever looks like one is refused wherever it stands, with no option to keep it, and its value
is never shown again in a message. Names count as whole words, so that « Épinal » and « secrétariat » pass.

Secrets are told by their shape (NUMEN, social-security number, one-time links, tokens, passwords), by their name (of
columns, settings, files, labels, values in web addresses), and by a name beside them: « mot de passe : Xx12yy ».

Sources: shape of the NUMEN, https://fr.wikipedia.org/wiki/Num%C3%A9ro_d%27identification_%C3%A9ducation_nationale;
the social-security number and its key (97 − n mod 97), décret n° 82-103 of 22 January 1982; words: notices of votes.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from msgspec.structs import replace

from leaflet.faults import Fault
from leaflet.program import own_table
from leaflet.text import latin, unaccented

# Words by which secrets are known, and those that look so.
_LISTS: dict[str, Any] = own_table("secrets.toml")

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", re.IGNORECASE)
WEB = re.compile(r"[a-z]+://|www\.|[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
MARKS = re.compile(r"[!@#$%^*?]")  # in passwords; « / », « ' », « & », « + » are in addresses and names too
_IN_TEXTS = {name: "|".join(patterns) for name, patterns in _LISTS["in_texts"].items()}
_PASS, _OF_CODES, _KEY = (_IN_TEXTS[name] for name in ("passwords", "of_codes", "keys"))
_CODE = rf"{_IN_TEXTS['codes']}|c[o0]des? (?:{_OF_CODES})"
_PIN = r"(?<!l[ea][\s-])(?<!du[\s-])(?<!au[\s-])(?<!les[\s-])pin"  # « Le Pin », « La Tour-du-Pin » are places
_HELP = rf"(?:{_IN_TEXTS['help']})\w*\b"
_HELPFUL = re.compile(_HELP)
_ASIDE = r"(?:\s*\([^()]{0,40}\))?"
_BETWEEN_LABELLED = rf"(?:[\s_-]+(?!{_HELP})[\w']+){{0,3}}?{_ASIDE}"
_OPENS = r"\s*(?:[.…_·]{2,}\s*)?[\"'«“(\[]*\s*"  # dots to write on, then a quotation mark
_SAYS = r"\s*(?:[:=|/]|-+>|\best\b|\bis\b|(?=[«“]))"
# Patterns for texts that name a secret, which few do, are compiled when the first one is met: `re` keeps them.


def _named(label: str) -> str:
    return rf"(?<![a-z0-9])(?:{label.replace(' ', r'[ _-]*')})(?![a-z])(?:\d{{1,2}}(?![\w-]))?"


_SECRET = _named(f"{_PASS}|{_CODE}")
_WAITS = (
    rf"^\W*(?:(?:le|mon|son|votre|nouveau)\s+)?{_SECRET}{_BETWEEN_LABELLED}\W*$|"
    rf"{_SECRET}{_BETWEEN_LABELLED}\s*[:=]\s*$"
)
_NEAR = 80  # signs behind a label in which its value is looked for
_WORDS = 4  # between a label and its value, when nothing else parts them
_MOST_ALONE = 6  # words; a sentence has more
_PROSE = (
    rf"(?:(?:l|d|s|j|m|c|n|qu)'|(?:{'|'.join(_LISTS['prose'])})"
    r"(?:e|s|es|ez|er|ee|ees|le|lle|ls|ment|sse|aux|te|ree|z)?\b)"
)
_STATED = (
    rf"(?:{_named(f'{_PASS}|{_CODE}|{_PIN}')}(?:{_BETWEEN_LABELLED}{_SAYS}|(?:\s+[\w']+){{0,5}},?\s+(?:c'est|voici)\s)|"
    rf"{_named(_KEY)}\s*[:=]){_OPENS}(\S+)"
)
_BEFORE = (  # « Xx12yy (mot de passe) », « Xx12yy = mot de passe », « 4321 comme code PIN »
    r"(?<!\S)((?!\d{1,5}\s*[=(])\S{1,40})(?:\s*=\s*|\s+(?:comme|est)\s+|\s*(\()\s*)"
    rf"(?:(?:le|mon|ton|son|votre|notre|un)\s+)?{_SECRET}(?(2)\))"
)
# Words that stand alone in the place of a value: « azertyuiop », « cheval correct batterie agrafe ».
_ALONE_LABELLED = rf"{_named(_PASS)}{_BETWEEN_LABELLED}\s*[:=]\s*[\"'«“]?\s*([a-z0-9][^\n:=|.,;()«»]*)"
_LAST = rf"{_named('mdp|pwd|passwd')}{_BETWEEN_LABELLED}\s+-+\s+([a-z0-9]\S{{3,}})(?:\s*(?:[.;,#]|$)|\s\s)"
_NUMBERED = (  # codes that are numbers, written in groups perhaps; the number of a voter
    rf"(?<![a-z])(?:(?:code (?:a \d+ chiffres?|recu)|{_PASS}|{_CODE})(?:\s+[\w']+){{0,3}}{_ASIDE}\s*[:=]|"
    r"(?:n ?[°o]|num(?:ero)?)\.? ?(?:de |du |d'? ?|l'? ?)*(?:electeur|electrice|votant)s?\s*[:=]?)\s*(\d[\d \-]*\d)"
)
_BARE_NUMBER = (  # of a secret code, or a PIN; not a year, not « Pin 70150 », a place
    rf"(?<![a-z0-9])(?:c[o0]des?[ _-]*(?:(?:de |du )?vote|{_OF_CODES})|(?<![\w-] )(?<![\w-])pin)\.?\s+"
    r"(?!19\d\d\b|20\d\d\b)(\d{4}|\d{6}|\d\d(?: \d\d){1,3}|\d{3}(?: \d{3}){1,2})(?![\d/h-]|[.,]\d|\s*\d|\s+h\b)"
)
# A code or an identifiant of no kind in particular; a school has both.
_GENERIC = (
    r"(?<![a-z])(?:code|identifiant)(?!s? (?:postal|uai|rne|etablissement|insee|commune|naf|ape|ecole|academie))"
    r"(?:\s+[\w']+){0,3}\s*[:=]\s*(\S+)"
)
_PAIR = r"(?<![a-z])identifiants?(?:\s+[\w']+){0,2}\s*[:=]\s*\S+\s*/\s*(\S+)"
_ANSWER = (
    rf"(?<![a-z])(?:reponse (?:a la )?(?:question )?(?:defi|secrete)|question (?:defi|secrete)\W*reponse|"
    r"(?:secret|security|challenge) answer)"
    rf"\s*[:=]\s*[\"'«“]?\s*(?!{_PROSE})([a-z0-9][\w'-]+)(?:\W*$|\s{{2}}|[.;,!]\s)"
)
_CHALLENGE = rf"(?<![a-z])question (?:defi|secrete)\s*:[^:.;?!\n]{{1,60}}:\s*(?!{_PROSE})([a-z0-9]{{3,}})"
_ARROWS = re.compile("[\u2190-\u21ff\u2700-\u27bf\u27f0-\u27ff\u2900-\u297f\u2b00-\u2bff\U0001f300-\U0001faff]+")
_ROOTS = re.compile(  # of all that names a secret; « impasse » and « Clemenceau » are in many addresses
    r"(?<!im)pass|mdp|m[. ]d[. ]p|m[o0]ts? d[e'] ?p|p@ss|contrase|votant|[eé]lect|pwd|c[o0]de|pin\b|otp|numen|jeton|"
    r"token|cl[eé]f?[ _-]*[sadpvw]|identifiant|d[eé]fi|secr[eè]t|answer|key"
)
_MOMENT = re.compile(
    r"\d{1,2}h(?:\d\d)?(?:[-/a]\d{1,2}h(?:\d\d)?)?|\d{1,2}:\d\d|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|"
    r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?|0\d(?:[. -]\d\d){4}"
)
_PHONE = re.compile(r"(?:0|33|0033)[1-9]\d{8}")
_UAI = re.compile(r"\d{7}[a-z]")
_EDGES = ".,;:!?()[]{}«»“”\"'…*_<>"
_TAG = re.compile(r"<[^<>]*>")
_PRINTED = (  # a value of a record behind the name of a secret, in a template
    rf"{_SECRET}{_BETWEEN_LABELLED}\s*[:=]\s*(?:[.…_·]{{2,}}\s*)?\{{\{{-?\s*(?:school|person)\b"
)
_WRITTEN_ON = re.compile(r"<(?:blank|memo|worksheet)\b[^>]*\{\{-?\s*(?:school|person)\b")  # a line to write on


def prints_a_value(source: str) -> bool:
    """Check whether a template prints a value of its record behind the name of a secret, or on a line to write on."""
    lower = source.lower()
    if "{{" not in lower:
        return False
    is_named = has_label(lower) and re.search(_PRINTED, unaccented(_TAG.sub(" ", lower))) is not None
    return is_named or _WRITTEN_ON.search(lower) is not None


def has_label(lower: str) -> bool:
    """Check whether a text in lower case may name a secret; few that name none do."""
    return any(map(lower.replace("impass", "i s").__contains__, _LISTS["stems"]))


def names_secret(text: str) -> bool:
    """Check whether a text is the name of a secret and no more, or ends with one and a colon: a value may follow."""
    lower = text.lower()
    return has_label(lower) and re.search(_WAITS, unaccented(lower)) is not None


def is_bare_value(text: str) -> bool:
    """Check whether a text is one word with the signs of a password or a code: where a name is wanted."""
    return " " not in text.strip() and _is_value(text.strip().lower(), digits=4, signs=6)


def is_labelled(lower: str) -> bool:
    """Check whether a text in lower case names a secret and gives it; « mot de passe : voir la notice » does not."""
    if not _ROOTS.search(lower):
        return False
    text = unaccented(_ARROWS.sub(" : ", lower))
    return any(_is_near(text, label.end()) for label in re.finditer(_SECRET, text)) or any(
        is_secret(match[1]) for pattern, is_secret in _BESIDE for match in re.finditer(pattern, text)
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
        and not any(re.match(_PROSE, word) for word in found)
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
_BESIDE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (_STATED, lambda word: _is_value(word, digits=4, signs=5)),
    (_BEFORE, lambda word: _is_value(word, digits=4, signs=6)),
    (_ALONE_LABELLED, _is_alone),
    (_LAST, _is_alone),
    (_NUMBERED, _is_number),
    (_BARE_NUMBER, bool),
    (_ANSWER, bool),
    (_CHALLENGE, bool),
    (_GENERIC, _is_mixture),
    (_PAIR, _is_mixture),
)

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
_LONG = 12  # signs of a word that may be a password; shorter ones have a mark: no « CDI+Salle2 », no « Feuil1!B2 »
_SHORT = re.compile(r"(?!\S*[@/]|\S*![A-Z]{1,3}\d+$)(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[!?$%*^~])\S{8,11}")
_DIGIT = re.compile(r"[0-9]")
_ALNUM = re.compile(r"[0-9A-Za-z]{12,}")
# Digits and letters as 9 and a, all else as |, without what may stand between the parts of a number.
_SIGNS = b"".join(b"9" if c.isdigit() else b"a" if c.isalpha() else b"|" for c in map(chr, range(128))) + b"|" * 128
_BETWEEN = b" .-/_"
_NUMBERS = (b"99a9999999aaa", b"9" * 13, b"999999a999999")  # NUMEN, social-security numbers, those of Corsica
_GROUPED = re.compile(r"[0-9A-Z]{3,6}(?:-[0-9A-Z]{3,6}){2,}|[0-9a-z]{3,6}(?:-[0-9a-z]{3,6}){2,}")


def find_secret(text: str) -> Kind | None:
    """Return what kind of secret `text` seems to hold, or None; short values count only beside their name."""
    return _find(text, is_random)


def find_cell_secret(text: str) -> Kind | None:
    """Return what kind of secret a cell of a table seems to hold, or None; one long word of mixed signs counts."""
    return _find(text, lambda plain: is_random(plain) or _has_password(plain))


def _find(text: str, is_jumble: Callable[[str], bool]) -> Kind | None:
    plain = _plain(text)
    return None if _is_innocent(plain) else _find_shape(plain) or ("random" if is_jumble(plain) else None)


def find_personal_number(text: str) -> Kind | None:
    """Return whether `text` holds a NUMEN or a social-security number: its kind, or None."""
    return _find_number(_plain(text))


def is_random(text: str) -> bool:
    """Check whether `text` holds a run of 20 letters and digits that no word has: a token, a key, a digest.

    It has many digits, or digits with letters that change case more often than words written together do. The numbers
    of laws and decrees, which their addresses hold, are none.
    """
    for run in _RANDOM.findall(text):
        digits = sum(map(str.isdigit, run))
        is_mixed = 0 < digits < len(run) and (digits > len(run) // 5 or _changes(run) > len(run) // 3)
        if is_mixed and not _LAW.fullmatch(run):
            return True
    return False


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
    return not any(_DIGIT.search(word) for word in plain.split() if len(word) >= _LONG or _SHORT.fullmatch(word))


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


def _changes(run: str) -> int:
    """Return how often the kind of sign changes from one to the next: digit, upper case, lower case, mark."""
    kinds = ["digit" if c.isdigit() else "upper" if c.isupper() else "lower" if c.isalpha() else "mark" for c in run]
    return sum(before != after for before, after in pairwise(kinds))


def _has_password(plain: str) -> bool:
    """Check whether a word mixes signs as passwords do; addresses of mail and web do not count."""
    return any(_is_password(word.lstrip("@#")) for word in re.findall(r"\S{8,}", plain) if _DIGIT.search(word))


def _is_password(word: str) -> bool:
    if EMAIL.search(word) or WEB.match(word.lstrip("(<«\"'")):
        return False
    if len(word) < _LONG:
        return _SHORT.fullmatch(word) is not None
    kinds = (any(map(str.isupper, word)), any(map(str.islower, word)), any(map(str.isdigit, word)))
    if all(kinds) and MARKS.search(word):
        return True
    runs = _ALNUM.findall(word)
    runs += [match[0].replace("-", "") for match in _GROUPED.finditer(word)]
    # letters and digits by turns: five signs of twelve are of another kind than the one before
    return any(2 <= sum(map(str.isdigit, run)) < len(run) and _changes(run) * 12 >= len(run) * 5 for run in runs)


def _hide(value: Any) -> Any:
    return HIDDEN if value is not None and find_secret(str(value)) else value


# Words that name a secret if nothing but a number stands beside them: « passe » is in « passe partout », too.
_OWNER = "user|username|login|utilisateur|identifiant|id|compte|ent|vote"
_ALONE = re.compile(
    rf"_(?:(?:(?:{_OWNER})_)?(?:pass|passe|pw|sesame)(?:_(?:{_OWNER}))?"
    r"|pin|num_en|code_\d+|code_(?:a_)?\d+_chiffre)_(?:\d+_)*"
)
_INNOCENT = re.compile("|".join(_LISTS["innocent"]))
_GLUED = re.compile("|".join(_LISTS["glued"]))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_SIGNS_NAMES = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]\.){2,}")
_PARAMETERS = re.compile("|".join(_LISTS["parameters"]))


def normalise(name: str) -> str:
    """Return a name reduced to ``[a-z0-9_]``: « Code postal » and « CODE_POSTAL » are both ``code_postal``."""
    return _SIGNS_NAMES.sub("_", unaccented(latin(name).casefold())).strip("_")


@lru_cache(maxsize=512)
def is_secret_name(name: str) -> bool:
    """Check whether a column, a setting or a file called `name` would hold a secret, however it is written.

    A PIN is one when it stands alone or beside a word such as « code »: « Le Pin » is a village.
    """
    forms = _forms(name)
    return any(_GLUED.search(form) or _ALONE.fullmatch(form) or any(w in form for w in _WANTED) for form in forms)


def is_secret_file(stem: str) -> bool:
    """Check whether a file called `stem` announces secrets or has one in it; exports may be called at random."""
    return is_secret_name(stem) or find_secret(stem) not in (None, "random")


def find_asked_secret(label: str) -> str | None:
    """Return what a writing line called `label` asks for and must not: « code de vote », « numen » …, or None."""
    forms = _forms(label)
    asked = next((phrase for phrase in _LISTS["others"] if any(_key(phrase) in form for form in forms)), None)
    return asked or ("pin" if any(re.fullmatch(r"_pin_(?:\d+_)?", form) for form in forms) else None)


def is_secret_parameter(name: str) -> bool:
    """Check whether a value called `name` in a web address is a personal key: ``token``, ``PHPSESSID``, ``code``."""
    return _PARAMETERS.fullmatch(re.sub(r"[^a-z]", "", name.lower())) is not None


def _forms(name: str) -> frozenset[str]:
    """Return the words of a name in the singular, as ``_code_de_vote_``; again with words written together apart."""
    plain = _INITIALS.sub(lambda match: match[0].replace(".", ""), unaccented(latin(name)))
    return frozenset(_INNOCENT.sub("", key) for key in (_key(plain), _key(_CAMEL.sub(" ", plain))))


def _key(name: str) -> str:
    return f"_{'_'.join(map(_singular, normalise(name).split('_')))}_"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" and word != "pins" else word


_WANTED = tuple(_key(phrase) for phrase in (*_LISTS["passwords"], *_LISTS["others"]))
