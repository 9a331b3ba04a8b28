"""Give towns typed in capitals their hyphens and accents back, by the official names of communes.

`assets/communes.txt` is read when the first name is asked for; a list that is printed as it is never loads it.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from leaflet.resources import assets

_ACCENTED, _PLAIN = "àâäçèéêëîïôöùûüÿÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸ-'’()", "aaaceeeeiioouuuyAAACEEEEIIOOUUUY     "
_TO_PLAIN = str.maketrans(_ACCENTED, _PLAIN, "") | str.maketrans({"œ": "oe", "Œ": "OE"})
_SUFFIX = re.compile(r"(?P<town>.*?\S)(?P<suffix>\s+(?:CEDEX(?:\s+[0-9]{1,2})?|[0-9]{1,2}))", re.IGNORECASE)
_SHORT = {"ST": "SAINT", "STE": "SAINTE", "STS": "SAINTS"}
_CORSICA = {"620": "2A", "720": "2B"}  # as UAI codes begin


def commune_name(town: str, territory: str) -> str | None:
    """Return a town as its commune is written; None if no commune, or more than one spelling, fits.

    Args:
        town: The town in capitals; « ST » is « SAINT », and « CEDEX 9 » behind it stays.
        territory: The three digits of its département, as UAI codes begin; they decide between « Saint-Remy » and
            « Saint-Rémy ». Empty if unknown.
    """
    match = _SUFFIX.fullmatch(town)
    name, suffix = (match["town"], match["suffix"].title()) if match else (town, "")
    spellings = _load_spellings().get(_key(name), {})
    if len(spellings) > 1:
        area = _CORSICA.get(territory, territory.removeprefix("0"))
        spellings = {spelling: areas for spelling, areas in spellings.items() if area in areas}
    if len(spellings) != 1:
        return None
    return "".join(spellings).replace("'", "'" if "'" in town else "’") + suffix


def _key(name: str) -> str:
    words = _plain(name.upper().replace("S/", "SUR ")).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _plain(text: str) -> str:
    """Return a text in capitals, without accents, and with spaces for hyphens and apostrophes."""
    return text.translate(_TO_PLAIN).upper()


@cache
def _load_spellings() -> Mapping[str, dict[str, set[str]]]:
    """Return the spellings of each name in capitals, each with the départements that have it."""
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    area = ""
    text = (assets() / "communes.txt").read_text("utf-8")
    # The whole text is made plain at once, which takes a tenth of the time that 37,000 names would take.
    for line, plain in zip(text.splitlines(), _plain(text).splitlines(), strict=True):
        if line.startswith("["):
            area = line[1:-1]
        elif not line.startswith("#"):
            found[" ".join(plain.split())].setdefault(line, set()).add(area)
    return dict(found)
