"""Text as it is compared: without accents, without what nobody sees."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "’": "'"})


def unaccented(text: str) -> str:
    """`text` without accents and without what nobody sees; line ends stay, to part words."""
    if text.isascii() and text.isprintable():
        return text
    opened = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in opened if unicodedata.category(c) not in {"Mn", "Cf", "Cc"} or c in "\t\n\r")
