"""Names of secrets: columns, settings, files, labels of writing lines, values in web addresses."""

import re
from functools import lru_cache

from leaflet.confidential.values import find_secret
from leaflet.text import latin, unaccented

# A line to write on may be called after the password (the leaflet of 2018 has one), after the others never.
_PASSWORDS = (
    *("mot de passe", "mot passe", "motdepasse", "mdp", "password", "passwd", "pwd", "passphrase", "passcode"),
    *("phrase de passe", "secret", "mot 2 passe"),
)
_OTHERS = (
    *("code de vote", "code du vote", "code vote", "vote code", "voting code", "voter code", "ballot code"),
    *("identifiant de vote", "identifiant vote", "identifiant electeur", "identifiant de l electeur", "voting id"),
    *("voter id", "code electeur", "code secret", "code confidentiel", "code personnel", "code d activation"),
    *("code unique", "code recu", "code de connexion", "code d identification", "code candidat", "code a chiffre"),
    *("cle de vote", "cle activation", "cle d activation", "id vote", "vote id", "electeur id", "id electeur"),
    *("code activation", "activation code", "code de reassort", "code reassort", "code d acces", "code acces"),
    *("access code", "code d authentification", "code de verification", "verification code", "code de confirmation"),
    *("confirmation code", "one time code", "code a usage unique", "code pin", "pin code", "voter pin", "user pin"),
    *("pin electeur", "numero pin", "pin number", "otp", "token", "jeton", "numen", "question defi", "reponse defi"),
    *("reponse a la question defi", "reponse question defi", "question secrete", "reponse secrete", "cle secrete"),
    *("clef secrete", "cle privee", "security question", "security answer", "challenge answer", "secret answer"),
    *("secret key", "private key", "api key", "apikey", "access key", "nir", "securite sociale", "social security"),
    *("n electeur", "num electeur", "numero electeur", "numero d electeur", "n votant", "n de votant", "num votant"),
    *("numero votant", "numero de votant", "code sms", "code de retrait", "code a gratter", "code sous la case"),
    *("clef activation", "clef d activation", "clef de vote", "mdpasse", "code perso"),
    *("ssn", "nss", "num ss", "numero ss", "numero secu", "num secu", "no secu", "n secu"),
)
# Words that name a secret if nothing but a number stands beside them: « passe » is in « passe partout », too.
_OWNER = "user|username|login|utilisateur|identifiant|id|compte|ent|vote"
_ALONE = re.compile(
    rf"_(?:(?:(?:{_OWNER})_)?(?:pass|passe|pw|sesame)(?:_(?:{_OWNER}))?"
    r"|num_en|code_\d+|code_(?:a_)?\d+_chiffre)_(?:\d+_)*"
)
_INNOCENT = ("token_ring", "scrutin_secret", "bulletin_secret")
_GLUED = re.compile(r"password|passwd|passphrase|motdepasse|codedevote|codevote|votecode|votingcode|secretkey")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_SIGNS = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]\.){2,}")
# Names of values in web addresses that belong to one person or one moment.
_PARAMETERS = re.compile(
    r"\w*(?:token|jeton|password|secret)|code|key|cle|apikey|pass|passwd|pwd|mdp|motdepasse|sid|\w*session|"
    r"\w*sessionid|phpsessid|ticket|st|auth|jwt|otp|sig|signature|hash|nonce|numen|codedevote|invite|confirm|"
    r"confirmation|reset|activation"
)


def normalise(name: str) -> str:
    """Return a name reduced to ``[a-z0-9_]``: « Code postal » and « CODE_POSTAL » are both ``code_postal``."""
    return _SIGNS.sub("_", unaccented(latin(name).casefold())).strip("_")


@lru_cache(maxsize=512)
def is_secret_name(name: str) -> bool:
    """Check whether a column, a setting or a file called `name` would hold a secret.

    Case, accents, plurals and writing together do not matter: ``Mots de passe``, ``code_de_vote``, ``voterPassword``.
    A PIN is one when it stands alone or beside a word such as « code »: « Le Pin » is a village.
    """
    forms = _forms(name)
    return _is_pin(forms) or any(
        _GLUED.search(form) or _ALONE.fullmatch(form) or any(map(form.__contains__, _WANTED)) for form in forms
    )


def is_secret_file(stem: str) -> bool:
    """Check whether a file called `stem`, without its extension, announces secrets or has one in its name.

    A long run of digits and letters does not count: programs call their exports so.
    """
    return is_secret_name(stem) or find_secret(stem) not in (None, "random")


def find_asked_secret(label: str) -> str | None:
    """Return what a writing line called `label` asks for and must not: « code de vote », « numen » …, or None."""
    forms = _forms(label)
    return next((phrase for phrase in (*_OTHERS, "pin") if _is_asked(phrase, forms)), None)


def is_secret_parameter(name: str) -> bool:
    """Check whether a value called `name` in a web address is a personal key: ``token``, ``PHPSESSID``, ``code``."""
    return _PARAMETERS.fullmatch(re.sub(r"[^a-z]", "", name.lower())) is not None


def _is_asked(phrase: str, forms: frozenset[str]) -> bool:
    return _is_pin(forms) if phrase == "pin" else any(_key(phrase) in form for form in forms)


def _is_pin(forms: frozenset[str]) -> bool:
    return any(re.fullmatch(r"_pin_(?:\d+_)?", form) for form in forms)


def _forms(name: str) -> frozenset[str]:
    """Return the words of a name in the singular, as ``_code_de_vote_``; again with words written together apart."""
    plain = _INITIALS.sub(lambda match: match[0].replace(".", ""), unaccented(latin(name)))
    keys = (_key(plain), _key(_CAMEL.sub(" ", plain)))
    return frozenset(re.sub("|".join(_INNOCENT), "", key) for key in keys)


def _key(name: str) -> str:
    return f"_{'_'.join(map(_singular, normalise(name).split('_')))}_"


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" and word != "pins" else word


_WANTED = tuple(_key(phrase) for phrase in (*_PASSWORDS, *_OTHERS))
