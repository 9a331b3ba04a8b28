"""What looks like a secret or a person's number, by its name or by its value: known here and nowhere else.

A leaflet never needs a NUMEN, a code de vote, a password or a social-security number, and a campaign is copied,
mailed and printed: whatever looks like one is refused wherever it stands, with no option to keep it, and its value
is never shown again in a message. Names count as whole words, so that « Épinal » and « secrétariat » pass.

Sources: shape of the NUMEN, https://fr.wikipedia.org/wiki/Num%C3%A9ro_d%27identification_%C3%A9ducation_nationale;
the social-security number and its key (97 − n mod 97), décret n° 82-103 of 22 January 1982; words: notices of votes.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from leaflet.faults import Fault

Kind = Literal["numen", "social-security", "link", "labelled", "random"]
HIDDEN = "…"

# --- names: columns, settings, files, labels ------------------------------------------------------------------

# A line to write on may be called after the password (the leaflet of 2018 has one), after the others never.
_PASSWORDS = (
    *("mot de passe", "mot passe", "motdepasse", "mdp", "password", "passwd", "pwd", "passphrase", "passcode"),
    *("phrase de passe", "secret"),
)
_OTHERS = (
    *("code de vote", "code du vote", "code vote", "vote code", "voting code", "voter code", "ballot code"),
    *("identifiant de vote", "identifiant vote", "identifiant electeur", "identifiant de l electeur", "voting id"),
    *("voter id", "code electeur", "code secret", "code confidentiel", "code personnel", "code d activation"),
    *("code activation", "activation code", "code de reassort", "code reassort", "code d acces", "code acces"),
    *("access code", "code d authentification", "code de verification", "verification code", "code de confirmation"),
    *("confirmation code", "one time code", "code a usage unique", "code pin", "pin code", "voter pin", "user pin"),
    *("pin electeur", "numero pin", "pin number", "otp", "token", "jeton", "numen", "question defi", "reponse defi"),
    *("reponse a la question defi", "reponse question defi", "question secrete", "reponse secrete", "cle secrete"),
    *("clef secrete", "cle privee", "security question", "security answer", "challenge answer", "secret answer"),
    *("secret key", "private key", "api key", "apikey", "access key", "nir", "securite sociale", "social security"),
    *("ssn", "numero secu", "num secu", "no secu"),
)
_INNOCENT = ("token_ring", "scrutin_secret", "bulletin_secret")
_GLUED = re.compile(r"password|passwd|passphrase|motdepasse|codedevote|codevote|votecode|votingcode|secretkey")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_INITIALS = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]\.){2,}")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "’": "'"})
# Names of values in web addresses that belong to one person or one moment.
_PARAMETERS = re.compile(
    r"\w*(?:token|jeton|password|secret)|code|key|cle|apikey|pass|passwd|pwd|mdp|motdepasse|sid|\w*session|"
    r"\w*sessionid|phpsessid|ticket|st|auth|jwt|otp|sig|signature|hash|nonce|numen|codedevote|invite|confirm|"
    r"confirmation|reset|activation"
)


def normalise(name: str) -> str:
    """A name reduced to ``[a-z0-9_]``: « Code postal » and « CODE_POSTAL » are both ``code_postal``."""
    return re.sub(r"[^a-z0-9]+", "_", _unaccented(name.casefold())).strip("_")


@lru_cache(maxsize=512)
def is_secret_name(name: str) -> bool:
    """Whether a column, a setting or a file called `name` would hold a secret.

    Case, accents, plurals and writing together do not matter: ``Mots de passe``, ``code_de_vote``, ``voterPassword``.
    A PIN is one when it stands alone or beside a word such as « code »: « Le Pin » is a village.
    """
    forms = _forms(name)
    return _is_pin(forms) or any(wanted in form or _GLUED.search(form) for form in forms for wanted in _WANTED)


def is_secret_file(stem: str) -> bool:
    """Whether a file called `stem`, without its extension, announces secrets or has one in its name.

    A long run of digits and letters does not count: programs call their exports so.
    """
    return is_secret_name(stem) or find_secret(stem) not in (None, "random")


def find_asked_secret(label: str) -> str | None:
    """What a writing line called `label` asks for and must not: « code de vote », « numen » …, or None."""
    forms = _forms(label)
    return next((phrase for phrase in (*_OTHERS, "pin") if _is_asked(phrase, forms)), None)


def is_secret_parameter(name: str) -> bool:
    """Whether a value called `name` in a web address is a personal key: ``token``, ``PHPSESSID``, ``code`` …"""
    return _PARAMETERS.fullmatch(re.sub(r"[^a-z]", "", name.lower())) is not None


def _is_asked(phrase: str, forms: frozenset[str]) -> bool:
    return _is_pin(forms) if phrase == "pin" else any(_key(phrase) in form for form in forms)


def _is_pin(forms: frozenset[str]) -> bool:
    return any(re.fullmatch(r"_pin_(?:\d+_)?", form) for form in forms)


def _forms(name: str) -> frozenset[str]:
    """The words of a name in the singular, as ``_code_de_vote_``; also with words written together taken apart."""
    plain = _INITIALS.sub(lambda match: match[0].replace(".", ""), _unaccented(name))
    keys = (_key(plain), _key(_CAMEL.sub(" ", plain)))
    return frozenset(re.sub("|".join(_INNOCENT), "", key) for key in keys)


def _key(name: str) -> str:
    return f"_{'_'.join(map(_singular, normalise(name).split('_')))}_"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word != "pins" else word


def _unaccented(text: str) -> str:
    """`text` without accents and without what nobody sees; line ends stay, to part words."""
    opened = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in opened if unicodedata.category(c) not in {"Mn", "Cf", "Cc"} or c in "\t\n\r")


_WANTED = tuple(_key(phrase) for phrase in (*_PASSWORDS, *_OTHERS))

# --- values ---------------------------------------------------------------------------------------------------

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
_ESCAPED = (("%3f", "?"), ("%26", "&"), ("%3d", "="), ("&amp;", "&"))
_RANDOM = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{20,}(?![0-9A-Za-z])")
_DIGIT = re.compile(r"[0-9]")
_ALNUM = re.compile(r"[0-9A-Za-z]{12,}")
_GROUPED = re.compile(r"[0-9A-Z]{3,6}(?:-[0-9A-Z]{3,6}){2,}|[0-9a-z]{3,6}(?:-[0-9a-z]{3,6}){2,}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", re.IGNORECASE)
_WEB = re.compile(r"[a-z]+://|www\.|[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
_MARKS = re.compile(r"[!@#$%^*?]")  # in passwords; « / », « ' », « & », « + » are in addresses and names too


def find_secret(text: str) -> Kind | None:
    """What kind of secret `text` seems to hold, or None. For prose: short values count only beside their name."""
    plain = _plain(text)
    return _find_shape(plain) or ("random" if is_random(plain) else None)


def find_cell_secret(text: str) -> Kind | None:
    """The same for a cell of a table, where one long word of mixed signs is no word of any language."""
    plain = _plain(text)
    return _find_shape(plain) or ("random" if is_random(plain) or _has_password(plain) else None)


def find_personal_number(text: str) -> Kind | None:
    """Whether `text` holds a NUMEN or a social-security number."""
    return _find_number(_plain(text))


def is_random(text: str) -> bool:
    """Whether `text` holds a run of 20 letters and digits that no word has: a token, a key, a digest."""
    return any(_is_mixed(match[0]) for match in _RANDOM.finditer(text))


def hide_secrets(fault: Fault) -> Fault:
    """The same fault, « … » standing for every value, line or name in it that holds a secret."""
    place = fault.place
    file = HIDDEN if place.file and find_secret(place.file) not in (None, "random") else place.file
    shown = replace(place, file=file, field=_hide(place.field), source=_hide(place.source))
    return Fault(fault.code, shown, {name: _hide(value) for name, value in fault.values.items()})


def _hide(value: Any) -> Any:
    return HIDDEN if value is not None and find_secret(str(value)) else value


def _plain(text: str) -> str:
    """`text` as a reader sees it: nothing invisible, one kind of space and of dash, no letters in fancy dress."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_DASHES) if _DASHED.search(text) else text


def _find_shape(plain: str) -> Kind | None:
    if number := _find_number(plain):
        return number
    lower = plain.lower()
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
    """A month of the calendar; or one of the numbers given to people whose month is not known, with the right key."""
    parts = [part for part in match.groups() if part not in (None, ".", "-", "/")]
    if 1 <= int(parts[2]) <= 12:
        return True
    if len(parts) < 7:
        return False
    corsica = {"2A": "19", "2B": "18"}
    number = int("".join((*parts[:3], corsica.get(parts[3].upper(), parts[3]), *parts[4:6])))
    return 97 - number % 97 == int(parts[6])


def _is_mixed(run: str) -> bool:
    """Many digits, or digits with letters that change case more often than words written together do."""
    digits = sum(c.isdigit() for c in run)
    return 0 < digits < len(run) and (digits > len(run) // 5 or _changes(run) > len(run) // 3)


def _changes(run: str) -> int:
    """How often the kind of sign changes from one to the next: digit, upper case, lower case, mark."""
    kinds = ["digit" if c.isdigit() else "upper" if c.isupper() else "lower" if c.isalpha() else "mark" for c in run]
    return sum(before != after for before, after in pairwise(kinds))


def _has_password(plain: str) -> bool:
    """Whether a word of 12 signs and more mixes them as passwords do; addresses of mail and web do not count."""
    return any(_is_password(word.lstrip("@#")) for word in plain.split() if len(word) >= 12 and _DIGIT.search(word))


def _is_password(word: str) -> bool:
    if len(word) < 12 or _EMAIL.search(word) or _WEB.match(word.lstrip("(<«\"'")):
        return False
    kinds = (any(map(str.isupper, word)), any(map(str.islower, word)), any(map(str.isdigit, word)))
    if all(kinds) and _MARKS.search(word):
        return True
    runs = [match[0] for match in _ALNUM.finditer(word)]
    runs += [match[0].replace("-", "") for match in _GROUPED.finditer(word)]
    return any(map(_is_jumbled, runs))


def _is_jumbled(run: str) -> bool:
    """Letters and digits by turns: five signs of twelve are of another kind than the one before."""
    digits = sum(c.isdigit() for c in run)
    return 2 <= digits < len(run) and _changes(run) * 12 >= len(run) * 5


# --- values beside their name: « mot de passe : Xx12yy » -------------------------------------------------------

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
_ROOTS = re.compile(r"pass|mdp|pwd|code|pin\b|otp|numen|jeton|token|cl[eé]|identifiant|d[eé]fi|secr[eè]t|answer|key")
_MOMENT = re.compile(
    r"\d{1,2}h(?:\d\d)?(?:[-/a]\d{1,2}h(?:\d\d)?)?|\d{1,2}:\d\d|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|"
    r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?|0\d(?:[. -]\d\d){4}"
)
_UAI = re.compile(r"\d{7}[a-z]")
_EDGES = ".,;:!?()[]{}«»“”\"'…*_<>"


def is_labelled(lower: str) -> bool:
    """Whether a text in lower case names a secret and then gives it; « mot de passe : voir la notice » does not."""
    if not _ROOTS.search(lower):
        return False
    text = _unaccented(lower)
    stated, bare = _SECRETS
    return (
        any(_is_value(match[1], digits=4, signs=5) for match in stated.finditer(text))
        or any(_is_value(match[1], digits=8, signs=6) for match in bare.finditer(text))
        or _GLUED_VALUE.search(text) is not None
        or _ANSWER.search(text) is not None
        or any(_is_mixture(match[1].strip(_EDGES)) for match in _GENERIC.finditer(text))
    )


def _is_value(token: str, *, digits: int, signs: int) -> bool:
    """Whether a word beside the name of a secret is one: so many digits, or so many letters with digits or marks."""
    word = token.strip(_EDGES)
    if not word or _MOMENT.fullmatch(word) or _EMAIL.fullmatch(word) or _WEB.match(word):
        return False
    number = re.sub(r"[-./]", "", word)
    if number.isdigit():
        return len(number) >= digits
    return _is_mixture(word, signs) or (len(word) >= 6 and _MARKS.search(word) is not None)


def _is_mixture(word: str, signs: int = 6) -> bool:
    """So many signs, letters and digits among them, and no school's number, moment or address."""
    if len(word) < signs or _UAI.fullmatch(word) or _MOMENT.fullmatch(word) or _EMAIL.fullmatch(word):
        return False
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))
