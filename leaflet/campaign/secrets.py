"""Texts that look like a secret or a person's number, or that ask for one.

A leaflet never needs a NUMEN, a code de vote, a password or a social-security number; a campaign file is
copied, mailed and printed, so such a value is refused wherever it stands. The value itself is never shown
again in a message.
"""

import re
from itertools import pairwise
from typing import Literal

from leaflet.campaign.french import fold

Kind = Literal["numen", "social-security", "labelled", "random"]

# NUMEN: 2 digits, letter, 2 + 5 digits, 3 letters (the shape the administration documents).
_NUMEN = re.compile(r"(?<![0-9A-Z])\d{2}[A-Z]\d{7}[A-Z]{3}(?![0-9A-Z])", re.IGNORECASE)
# Social-security number: sex, year, month, département (2A and 2B too), commune, order, optional key.
_NIR = re.compile(r"(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?(?!\d)")
_LABELLED = re.compile(
    r"(?:mot de passe|password|mdp|code de vote|code|identifiant|numen|jeton|token)"
    r"(?:\s+\w+){0,2}\s*[:=]\s*(?=\S*\d)(?=\S*[a-z])\S{6,}"
)
_RANDOM = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{20,}(?![0-9A-Za-z])")
_SECRET_KEYS = re.compile(
    r"numen|code(?:de)?vote|motdepasse|mdp|secret|token|jeton|nir|(?:numerode)?securitesociale|"
    r"reponse(?:question)?defi|identifiantdevote"
)
_ASKED = ("code de vote", "code vote", "numen", "question defi", "reponse defi", "securite sociale")


def find_secret(text: str) -> Kind | None:
    """What kind of secret `text` seems to hold, or None."""
    if _NUMEN.search(text):
        return "numen"
    if _NIR.search(text.replace("\u00a0", " ")):
        return "social-security"
    if _LABELLED.search(fold(text)):
        return "labelled"
    return "random" if is_random(text) else None


def is_random(text: str) -> bool:
    """Whether `text` holds a run of 20 letters and digits that no word has: a token, a key, a digest."""
    return any(_is_mixed(match[0]) for match in _RANDOM.finditer(text))


def is_secret_key(name: str) -> bool:
    """Whether a setting called `name` would hold a secret: ``numen``, ``code_de_vote``, ``mdp`` …"""
    return _SECRET_KEYS.fullmatch(re.sub(r"[^a-z]", "", fold(name))) is not None


def find_asked_secret(label: str) -> str | None:
    """What a writing line called `label` asks for and must not: « code de vote », « numen » …, or None."""
    words = re.sub(r"[^a-z]+", " ", fold(label))
    return next((asked for asked in _ASKED if asked in words), None)


def _is_mixed(run: str) -> bool:
    """Many digits, or digits with letters that change case more often than words written together do."""
    digits = sum(c.isdigit() for c in run)
    kinds = ["digit" if c.isdigit() else "upper" if c.isupper() else "lower" for c in run]
    changes = sum(before != after for before, after in pairwise(kinds))
    return 0 < digits < len(run) and (digits > len(run) // 5 or changes > len(run) // 3)
