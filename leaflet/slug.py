"""Names of schools as parts of file names."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")  # all of them are combining marks
_FALLBACK = "ecole"
_SHORTEST = 16  # room for the fallback before a reserved name
# Device names that Windows refuses as a file name, with any extension.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


@lru_cache(maxsize=1024)
def slug(text: str, limit: int = 60) -> str:
    """Return `text` as 1 to `limit` characters of ``[a-z0-9-]``, cut between words where one is near.

    Accents are dropped, œ and æ written out. Two names can give the same slug: put the UAI beside it.

    Raises:
        ValueError: `limit` is under 16.
    """
    if limit < _SHORTEST:
        raise ValueError(f"limit of at least {_SHORTEST} expected, found {limit}")
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    if not plain.isascii():
        plain = _ACCENTS.sub("", plain)
    if not plain.isascii():  # marks of other scripts
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
    name = _cut(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), limit)
    if not name:
        return _FALLBACK
    return f"{_FALLBACK}-{name}" if name in _RESERVED else name


def _cut(name: str, limit: int) -> str:
    if len(name) <= limit:
        return name
    word_end = name.rfind("-", 0, limit + 1)
    return name[:word_end] if word_end > limit // 2 else name[:limit].rstrip("-")
