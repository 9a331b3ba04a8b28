"""Add to a fault the record it was found in, and the line of the template."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from leaflet.faults import Fault, Place
from leaflet.tables import Person


def for_record(fault: Fault, files: Mapping[str, str], uai: str, person: Person | None = None) -> Fault:
    """Return a fault with the record it was found in and the line of the template.

    Messages end up in logs. For a person the fault therefore names the line of the staff list and nothing of its
    content, and only the first of the letters without glyph: all of them would spell a name in another alphabet.

    Args:
        fault: the fault.
        files: the source of the template's files, by name.
        uai: of the record's school.
        person: of the record, if it is one's.
    """
    fault = replace(fault, place=with_source(replace(fault.place, record=uai), files))
    if person is None:
        return fault
    values = {**fault.values, **({"text": "…"} if "text" in fault.values else {})}
    if "characters" in values:
        first, _, more = str(values["characters"]).partition(", ")
        values["characters"] = f"{first}, …" if more else first
    return replace(fault, place=replace(fault.place, record=f"{uai} ({person.line})"), values=values)


def uncovered_characters(missing: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    """Return a fault for the characters without glyph that no fault names yet; a block's fault names those of a text.

    Args:
        missing: all characters of the record that have no glyph.
        faults: those found so far.
    """
    first = next((fault for fault in faults if fault.code == "G101"), None)
    named = "".join(str(fault.values["characters"]) for fault in faults if fault.code == "G101")
    left = [c for c in missing if c.isprintable() and f"« {c} »" not in named]
    if first is None or not left:
        return []
    characters = ", ".join(f"« {c} » (U+{ord(c):04X})" for c in left)
    return [replace(first, values={**first.values, "characters": characters, "text": "…"})]


def with_source(place: Place, files: Mapping[str, str]) -> Place:
    """Return a place in a template with the line itself, if the file is one of the template's."""
    if place.source is not None or place.file is None or place.line is None:
        return place
    lines = files.get(place.file, "").splitlines()
    return replace(place, source=lines[place.line - 1]) if place.line <= len(lines) else place
