"""Check the campaign for « Vérifier »: what must be mended, what is to be looked at, and what was found right."""

from collections.abc import Iterable, Sequence
from typing import Any

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang
from leaflet.page_words import Words
from leaflet.production.campaign_check import CheckResult, check_campaign
from leaflet.production.fault_files import write_faults
from leaflet.production.options import InputOptions
from leaflet.production.outcome import find_row, row_number
from leaflet.studio.folder import MADE, CampaignFolder
from leaflet.studio.shown import show_fault

ANNOTATED = "defauts.xlsx"
_MOST_LINES = 200  # of one finding


def verify(folder: CampaignFolder, words: Words) -> dict[str, Any]:
    """Check the campaign, its lists and every record, without writing anything.

    Returns:
        Findings, grouped by kind and place; what was found right; and the rows counted.
    """
    options = InputOptions(campaign=folder.campaign, out=folder.path / MADE)
    result = check_campaign(options)
    groups = _grouped(fault for fault in map(hide_secrets, result.faults) if fault.severity != "note")
    counts = result.counts
    shown = [faults for faults in groups if finding_key(faults[0]) not in folder.state.accepted]
    accepted = [words.say("passed_accepted", n=len(groups) - len(shown))] if len(shown) < len(groups) else []
    return {
        "findings": [_finding(faults, words) for faults in shown],
        "passed": [*_passed(result, words), *accepted],
        "counts": {"ready": counts.ready, "mend": counts.refused, "look": counts.warned} if counts else None,
    }


def annotate(folder: CampaignFolder, lang: Lang) -> str:
    """Write a workbook of all faults, beside a copy of the list whose bad cells are marked; return its name.

    Raises:
        LeafletError: it cannot be written.
    """
    options = InputOptions(campaign=folder.campaign, out=folder.path / MADE)
    check_campaign(options)
    folder.remove(ANNOTATED)
    write_faults(folder.path / ANNOTATED, options.outcome, lang)
    return ANNOTATED


def _grouped(faults: Iterable[Fault]) -> list[list[Fault]]:
    """Return faults of one kind at one setting or column together, errors first."""
    found: dict[tuple[str, str | None, str | None], list[Fault]] = {}
    for fault in faults:
        place = fault.place
        key = fault.code, place.file, place.field if place.record is None else None
        found.setdefault(key, []).append(fault)
    return sorted(found.values(), key=lambda group: group[0].severity != "error")


def finding_key(fault: Fault) -> str:
    """Return what tells a finding from others, also after the next check."""
    return f"{fault.code} {fault.place.file or ''} {fault.place.field or fault.place.record or ''}".strip()


def _finding(faults: Sequence[Fault], words: Words) -> dict[str, Any]:
    """Return faults of one kind as one finding, with the lines of the list that it is found on.

    A wrong row stops nothing: it is left out, and somebody is to look at that.
    """
    first = faults[0]
    shown = show_fault(first, words)
    if _is_of_a_row(first):
        shown["severity"] = "warning"
    lines = [row_number(fault.place) for fault in faults if _is_of_a_row(fault)]
    way = {"text": words.say("accept"), "call": "accept", "args": {"id": finding_key(first)}}
    return {
        **shown,
        "ways": [*shown["ways"], *([way] if shown["severity"] == "warning" else [])],
        "id": finding_key(first),
        "title": shown["text"].split(". ", 1)[0].rstrip("."),
        "lines": lines[:_MOST_LINES],
        "count": len(faults),
        "record": (first.place.record or "").partition(" ")[0],
        "zone": shown.get("at", {}).get("field"),
    }


def _is_of_a_row(fault: Fault) -> bool:
    return fault.code[0] == "T" and find_row(fault) is not None


def _passed(result: CheckResult, words: Words) -> list[str]:
    """Return what was found right, in sentences."""
    codes = {fault.code[0] for fault in result.faults if fault.severity != "note"}
    passed = [words.say("passed_rows", n=result.ready)] if result.ready else []
    passed += [
        words.say(f"passed_{name}") for name, letter in (("links", "L"), ("layout", "F")) if letter not in codes
    ]
    return [*passed, words.say("passed_secrets")]
