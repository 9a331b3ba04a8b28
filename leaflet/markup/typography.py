"""French spacing of template text, so that authors type ordinary spaces and apostrophes.

Data are never touched: the marking happens in the template's source, before it is filled.
Source of the rules: « Lexique des règles typographiques en usage à l'Imprimerie nationale ».
"""

import re

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_RULES = (
    (re.compile(r" (?=[;!?])"), NARROW_NO_BREAK),
    (re.compile(r" (?=[:»%€])"), NO_BREAK),
    (re.compile(r"(?<=«) "), NO_BREAK),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=\w)'(?=$|<)"), "’"),
)


def french_spacing(text: str) -> str:
    """Put no-break spaces before « : ; ! ? » and inside guillemets, and typographic apostrophes."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
