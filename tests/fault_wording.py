"""What holds for the words of every fault: its values and its place are there, in both languages."""

import re

from leaflet.faults import LANGUAGES, Fault

UNFILLED = re.compile(r"\{(?![{%#\s”]|uai|slug|commune|nom)")  # a quoted template or pattern of file names has braces
# They have no place, or are at an option or a setting, which is their place.
OF_THE_WHOLE_RUN = {
    *("G102", "G103", "U004", "U008", "U050", "V109"),
    *("W107", "W108", "W118", "W119", "W120", "W122"),
}
AT_AN_OPTION = {
    *("P110", "P114", "P206", "P209", "P210", "P301", "P302", "P303", "U010", "U012", "U018", "U020", "U021"),
    *("U025", "U033", "U041", "U043", "U051", "U069", "U070", "U071", "U072", "U073", "U080", "U081"),
    *("C251", "P115", "U090", "U091", "U093", "U095", "U096"),
    *("U110", "U111", "U112", "U119", "U120", "U121", "U130", "U131", "U132", "U145"),
}


def check_wording(fault: Fault, code: str) -> None:
    """Check a fault that a test about a code has caused: no name in braces and no None; a file or option is named."""
    for lang in LANGUAGES:
        text = "\n".join(fault.lines(lang))
        assert not UNFILLED.search(text), text
        assert "None" not in text
    if fault.code == code:
        assert fault.place.file or code in AT_AN_OPTION | OF_THE_WHOLE_RUN
        assert fault.place.file or fault.place.field or code in OF_THE_WHOLE_RUN
        assert fault.place.line or not re.match(r"document\b", fault.place.field or "") or code == "C120"
