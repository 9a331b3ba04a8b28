"""The texts of a fault that all formats share: message and place without secrets, path, family."""

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, visible
from leaflet.preflight.rules import RULES

_FAMILIES = {
    "C": "campaign",
    "L": "addresses",
    "T": "tables",
    "P": "press",
    "U": "usage",
    "M": "templates",
    "F": "fit",
    "G": "glyphs",
    "W": "writing",
    "V": "verification",
    "K": "file",
}
_OF_RULES = {rule.code: rule.family for rule in RULES}
_CLIP = 1000  # characters of a name


def format_message(fault: Fault, lang: Lang) -> str:
    """Format reason and way out on one line."""
    fault = hide_secrets(fault)
    return f"{fault.reason(lang)} → {fault.way_out(lang)}"


def format_place(fault: Fault, lang: Lang) -> str:
    """Format the place as messages show it."""
    return visible(hide_secrets(fault).place.text(lang), _CLIP)


def format_path(path: str) -> str:
    """Format a path on one line."""
    return visible(path, _CLIP)


def find_family(code: str) -> str:
    """Return the family of a rule, or the part of a campaign that a fault's code belongs to."""
    return _OF_RULES.get(code, _FAMILIES[code[0]])


def list_families() -> tuple[str, ...]:
    """List the families of rules, in their order."""
    return tuple(dict.fromkeys(_OF_RULES.values()))
