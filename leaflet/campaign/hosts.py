"""Host names: label-by-label comparison, validity after IDNA 2008, look-alikes, registrable domain.

Hosts are compared by whole labels: ``evilac-lyon.fr`` and ``ac-lyon.fr.evil.com`` are not
``ac-lyon.fr``.
"""

import re
import unicodedata
from collections.abc import Iterable

import idna

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_MAX_HOST = 253  # characters, RFC 1035
# Latin letters that NFKD leaves alone and that a hurried reader takes for the plain one.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ɡ": "g", "ɑ": "a", "ſ": "s"})


def is_under(host: str, domains: Iterable[str]) -> bool:
    """Whether `host` is one of `domains` or has one of them as its last labels."""
    labels = host.lower().split(".")
    return any(labels[-len(wanted) :] == wanted for wanted in (d.lower().split(".") for d in domains))


def is_valid_host(host: str) -> bool:
    """Whether `host` is a full public name: two labels or more, no dot at the end."""
    ascii_host = to_ascii(host)
    if ascii_host is None or len(ascii_host) > _MAX_HOST:
        return False
    labels = ascii_host.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()


def to_ascii(host: str) -> str | None:
    """`host` as the DNS has it (``xn--…`` for accented labels), or None if IDNA 2008 refuses it."""
    lowered = host.lower()
    if lowered.isascii() and "xn--" not in lowered:
        return lowered
    try:
        return idna.encode(idna.decode(lowered)).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None


def to_unicode(host: str) -> str:
    """`host` as a browser shows it: ``xn--`` labels decoded where they can be."""
    return ".".join(_shown_label(label) for label in host.lower().split("."))


def is_lookalike(host: str) -> bool:
    """Whether `host`, as shown, holds letters that pass for others.

    Letters outside the Latin script, letters with a compatibility form (full width), and Latin letters
    that stand for a plain one in a name of the administration (``ac-lyón.fr``, ``éducation.gouv.fr``).
    """
    shown = to_unicode(host)
    if shown.isascii():
        return False
    if unicodedata.normalize("NFKC", shown) != unicodedata.normalize("NFC", shown):
        return True
    return not all(_is_latin(c) for c in shown if not c.isascii()) or _is_official(_skeleton(shown))


def registrable_domain(host: str) -> str:
    """The part of `host` that somebody owns, the part to check by eye.

    Two labels (``ac-lyon.fr``), three under ``gouv.fr``, where the second is the State's own
    (``education.gouv.fr``). Right for the hosts that the link rules allow, not for every suffix of the world.
    """
    labels = host.split(".")
    count = 3 if [label.lower() for label in labels[-2:]] == ["gouv", "fr"] else 2
    return ".".join(labels[-count:])


def _shown_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ") or bool(unicodedata.combining(character))


def _skeleton(host: str) -> str:
    opened = unicodedata.normalize("NFKD", host.translate(_PLAIN))
    return "".join(c for c in opened if not unicodedata.combining(c))


def _is_official(skeleton: str) -> bool:
    """Whether a name without accents is one of the administration's: ``….gouv.fr``, ``….ac-….fr``."""
    labels = skeleton.split(".")
    return labels[-2:] == ["gouv", "fr"] or (len(labels) > 1 and labels[-2].startswith("ac-"))
