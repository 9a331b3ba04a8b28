"""Find words without known characters, and what a template left behind."""

import re
from collections.abc import Iterator

from leaflet.preflight.evidence import Evidence, FoundWord

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
