"""Faults that do not repeat the secret they were found in."""

from typing import Any

from msgspec.structs import replace

from leaflet.confidential.values import find_secret
from leaflet.faults import Fault

HIDDEN = "…"


def hide_secrets(fault: Fault) -> Fault:
    """The same fault, « … » standing for every value, line or name in it that holds a secret."""
    place = fault.place
    file = HIDDEN if place.file and find_secret(place.file) not in (None, "random") else place.file
    shown = replace(place, file=file, field=_hide(place.field), source=_hide(place.source))
    return replace(fault, place=shown, values={name: _hide(value) for name, value in fault.values.items()})


def _hide(value: Any) -> Any:
    return HIDDEN if value is not None and find_secret(str(value)) else value
