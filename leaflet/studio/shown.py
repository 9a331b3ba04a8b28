"""Say a fault as the page shows it: what is wrong, what to do in this window, and where.

Messages of the catalogue are for people who write a campaign file or type commands. Where they say how, the window
has words of its own (``fault_CODE`` in ``assets/studio/words.toml``).
"""

import re
from typing import Any

from leaflet.faults import Fault, Lang
from leaflet.page_words import Words
from leaflet.production.outcome import row_number
from leaflet.studio.questions import has_question

_TYPED = re.compile(r"\bleaflet [a-z]|\[\[?[a-z]|\b[a-z_]+ = |--[a-z]")  # a command, a setting, an option


def show_fault(fault: Fault, words: Words) -> dict[str, Any]:
    """Return a fault with its place in the window; where the window has words for it, the way out is to go there."""
    lang, at = words.lang, find_place(fault)
    key = f"fault_{fault.code}"
    values = {name: str(value) for name, value in fault.values.items()}
    is_own = key in words.texts
    ways: list[dict[str, Any]] = [] if is_own else ways_out(fault, lang)
    return {
        "code": fault.code,
        "severity": fault.severity,
        "text": words.say(key, **values) if is_own else fault.reason(lang),
        "ways": [*ways, {"text": words.say(f"go_{at['station']}"), "at": at}],
        "at": at,
    }


def ways_out(fault: Fault, lang: Lang) -> list[dict[str, Any]]:
    """Return the way out of the catalogue, unless it is something to type into a file or a terminal."""
    text = fault.way_out(lang)
    return [] if _TYPED.search(text) else [{"text": text}]


def find_place(fault: Fault) -> dict[str, Any]:
    """Return the station, and the field or line, where a fault is mended."""
    field = fault.place.field or ""
    if fault.code[0] == "T":
        line = row_number(fault.place)
        return {"station": "list", "part": "rows" if line else "columns", **({"line": line} if line else {})}
    if has_question(field):
        return {"station": "election", "field": field}
    if field.startswith("academies.") or fault.code in ("C165", "C166"):
        return {"station": "list", "part": "addresses"}
    if field.startswith(("data.", "columns.")):
        return {"station": "list", "part": "columns"}
    return {"station": "election" if fault.code[0] in "CL" else "pages"}
