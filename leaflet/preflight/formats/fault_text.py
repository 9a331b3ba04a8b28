"""The texts of a fault that all formats share: message and place without secrets, path, family."""

from collections.abc import Mapping
from functools import cache

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, visible
from leaflet.preflight.verdict import FaultGroup

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
_CLIP = 1000  # characters of a name
_FILES: dict[Lang, str] = {"en": "{count} files: {text}", "fr": "{count} fichiers\u00a0: {text}"}


def format_message(fault: Fault, lang: Lang) -> str:
    """Format reason and way out on one line."""
    fault = hide_secrets(fault)
    return f"{fault.reason(lang)} → {fault.way_out(lang)}"


def format_group(group: FaultGroup, lang: Lang) -> str:
    """Format the message of a fault, after the number of its files if there are several."""
    text = format_message(group.first, lang)
    return _FILES[lang].format(count=len(group.paths), text=text) if len(group.paths) > 1 else text


def format_place(fault: Fault, lang: Lang) -> str:
    """Format the place as messages show it."""
    return visible(hide_secrets(fault).place.text(lang), _CLIP)


def format_path(path: str) -> str:
    """Format a path on one line."""
    return visible(path, _CLIP)


def find_family(code: str) -> str:
    """Return the family of a rule, or the part of a campaign that a fault's code belongs to."""
    other = _FAMILIES[code[0]]
    return _of_rules().get(code, other) if code[0] == "K" else other


def list_families() -> tuple[str, ...]:
    """List the families of rules, in their order."""
    return tuple(dict.fromkeys(_of_rules().values()))


@cache
def _of_rules() -> Mapping[str, str]:
    """Return the family of each rule by its code; a check of campaigns does without the rules and their libraries."""
    from leaflet.preflight.all_rules import all_rules

    return {rule.code: rule.family for rule in all_rules()}
