"""French spacing of templates and campaigns, so that their authors type ordinary spaces and apostrophes.

In a template the marking happens in its source, before it is filled. Of lists only the names of schools and places
are touched, and only their apostrophes.
Source of the rules: « Lexique des règles typographiques en usage à l'Imprimerie nationale ».
"""

import re

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_RULES = (
    (re.compile(r" (?=[;!?])"), NARROW_NO_BREAK),
    (re.compile(r" (?=[:»%€·])"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=\w)'(?=$|<)"), "’"),
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
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"[/@\\]|\w\.\w")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def campaign_spacing(text: str) -> str:
    """Return a text of a campaign with French spaces and apostrophes; addresses, hours and codes stay as typed."""
    for pattern, replacement in _CAREFUL_RULES:
        text = pattern.sub(replacement, text)
    return _WORD.sub(lambda word: word[0] if _ADDRESS.search(word[0]) else _APOSTROPHE.sub("’", word[0]), text)


def typographic(name: str) -> str:
    """Return a name of a list as it is printed: with typographic apostrophes between letters."""
    return _APOSTROPHE.sub("’", name) if "'" in name else name


def french_spacing(text: str) -> str:
    """Put no-break spaces before « : ; ! ? · » and inside guillemets, and typographic apostrophes."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
