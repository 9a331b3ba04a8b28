"""Add to a fault the record it was found in, and the line of the template."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from leaflet.faults import Fault, Place
from leaflet.tables import Person, School

_CODE = re.compile(r"\(U\+([0-9A-F]+)\)")


def for_record(
    fault: Fault, files: Mapping[str, str], row: Place, school: School, person: Person | None = None
) -> Fault:
    """Return a fault with the record it was found in, and the line of the template or of the list it comes from.

    Messages end up in logs. For a person the fault therefore names the line of the staff list and nothing of its
    content, and only the first of the letters without glyph: all of them would spell a name in another alphabet.

    Args:
        fault: the fault.
        files: the source of the template's files, by name.
        row: of the record in its list.
        school: of the record.
        person: of the record, if it is one's.
    """
    if fault.code == "G101" and (found := _find_written(fault, school, person)) is not None:
        fault = replace(fault, place=row, values={**fault.values, "text": found})
    else:
        fault = replace(fault, place=with_source(replace(fault.place, record=row.record), files))
    if person is None:
        return fault
    values = {**fault.values, **({"text": "…"} if "text" in fault.values else {})}
    if "characters" in values:
        first, _, more = str(values["characters"]).partition(", ")
        values["characters"] = f"{first}, …" if more else first
    return replace(fault, values=values)


def _find_written(fault: Fault, school: School, person: Person | None) -> str | None:
    """Return the text of a list that holds the letters without glyph of a fault; None if they come from elsewhere."""
    letters = {chr(int(code, 16)) for code in _CODE.findall(str(fault.values["characters"]))}
    texts = [school.name, school.town, *school.address]
    texts += [person.name, person.address, person.user_name] if person is not None else []
    return next((text for text in texts if letters <= {*text, *text.upper(), *text.lower()}), None)


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
