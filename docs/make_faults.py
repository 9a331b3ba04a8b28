"""Writes ``docs/faults.md`` from the catalogue of faults: ``make docs``."""

from pathlib import Path

from leaflet.faults import CatalogueEntry, Family, catalogue, error_class

_TITLES: dict[Family, str] = {
    "campaign": "Campaign",
    "addresses": "Links",
    "tables": "Tables",
    "press": "Press and post: sheets, printers, print shop, e-mails, labels",
    "usage": "Usage",
    "templates": "Templates and themes",
    "fit": "Fit",
    "glyphs": "Glyphs and fonts",
    "writing": "Writing",
    "verification": "Verification",
    "file": "Checks of finished files",
    "differences": "Differences",
}
_HEAD = """# Faults

Every fault the program reports: code, severity, message in English and French, way out. Errors stop the run and
nothing is written; warnings and notes do not. `--keep-going` leaves faulty rows out instead. What cannot be made for
one school (F, G, V, P113) leaves its file out and stops nothing else; the run ends with exit code 1. Words in
{braces} stand for the values found. Written by `make docs` from `assets/faults/`; each is caused by a test.
"""


def faults_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for family, title in _TITLES.items():
        entries = [entry for entry in catalogue().values() if entry.family == family]
        parts.append(f"\n## {title} ({entries[0].code[0]}…, exit code {error_class(family).exit_code})\n")
        parts.append("| Code | | What | Ce qui ne va pas | Way out · Que faire |\n| --- | --- | --- | --- | --- |")
        parts += [_row(entry) for entry in entries]
    return "\n".join(parts) + "\n"


def _row(entry: CatalogueEntry) -> str:
    way_out = f"{entry.way_out['en']} · {entry.way_out['fr']}"
    cells = (entry.code, entry.severity, entry.reason["en"], entry.reason["fr"], way_out)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


if __name__ == "__main__":
    Path(__file__).with_name("faults.md").write_text(faults_page(), "utf-8")
