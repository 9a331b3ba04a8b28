"""Write a verdict as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts show beside the files.

GitHub shows 5,000 results of a log, so the most severe are kept. A notification in the log counts the results that
are left out.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from leaflet.faults import SEVERITIES, Lang, entry_of
from leaflet.files.words import say_part
from leaflet.preflight.formats.ci_text import find_family, format_message, format_place
from leaflet.preflight.rule import Rule
from leaflet.preflight.verdict import FaultGroup, LocatedFault, Verdict, group_faults
from leaflet.program import __version__

MOST = 5_000
MOST_RELATED = 100  # places of one result, which GitHub shows as so many links
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def to_sarif(verdict: Verdict, lang: Lang) -> str:
    """Write a log with one SARIF run."""
    found = sorted(group_faults(verdict.located()), key=lambda one: SEVERITIES.index(one.said.severity))
    kept = found[:MOST]
    rules: dict[str, Rule] = {}  # those for finished files, by code
    if verdict.files or verdict.outputs:
        from leaflet.preflight.rules.rule_list import all_rules

        rules |= {rule.code: rule for rule in all_rules()}
    codes: dict[str, list[str]] = {"": []}  # of the program and of each package, sorted
    for code in sorted({*rules, *(one.said.code for one in kept)}):
        codes.setdefault(rules[code].package if code in rules else "", []).append(code)
    components = [_component(package, codes[package], rules, lang) for package in codes]
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out := len(found) - len(kept):
        text = say_part("sarif_left_out", lang, count=str(left_out))
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    run = {
        "tool": {"driver": components[0], **({"extensions": components[1:]} if components[1:] else {})},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(one, codes, lang) for one in kept],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _component(package: str, codes: Sequence[str], applied: Mapping[str, Rule], lang: Lang) -> dict[str, Any]:
    """Return the program, or a package, with the rules that were applied, and faults that belong to none (§3.19)."""
    name, _, version = package.rpartition(" ") if package else ("leaflet", "", __version__)
    rules = []
    for code in codes:
        entry = applied[code].entry if code in applied else entry_of(code)
        rule = {
            "id": code,
            "shortDescription": {"text": entry.outline(lang)},
            "help": {"text": entry.way_out[lang]},
            "defaultConfiguration": {"level": entry.severity},
            "properties": {"tags": [find_family(code, entry.family)]},
        }
        if code in applied:
            rule["fullDescription"] = {"text": f"{applied[code].name} ({applied[code].source})"}
        rules.append(rule)
    return {"name": name, "version": version, "rules": rules}


def _result(group: FaultGroup, codes: Mapping[str, Sequence[str]], lang: Lang) -> dict[str, Any]:
    """Return a result, said once of all that have it; its rule is described by the program, or a package (§3.52)."""
    fault, more = group.said, group.faults[1:MOST_RELATED]
    package = next(package for package, described in codes.items() if fault.code in described)
    index = codes[package].index(fault.code)
    tool = {"index": list(codes).index(package) - 1}
    return {
        "ruleId": fault.code,
        **({"rule": {"id": fault.code, "index": index, "toolComponent": tool}} if package else {"ruleIndex": index}),
        "level": fault.severity,
        "message": {"text": format_message(fault, lang)},
        "locations": [_location(group.faults[0], lang)],
        "occurrenceCount": len(group.faults),
        **({"relatedLocations": [_location(one, lang) for one in more]} if more else {}),
    }


def _location(one: LocatedFault, lang: Lang) -> dict[str, Any]:
    """Return where a fault is (§3.28)."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.path)}}
    if one.line is not None and one.line > 0:
        physical["region"] = {"startLine": one.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place := format_place(one.fault, lang):
        page = {} if one.fault.place.page is None else {"name": f"page {one.fault.place.page}"}
        location["logicalLocations"] = [{"fullyQualifiedName": place, "kind": "element", **page}]
    return location


def _uri(path: str) -> str:
    """Format a path as a relative reference (RFC 3986 §4.2), an absolute one as the address of a file."""
    quoted = quote(path.encode("utf-8", "surrogatepass"), safe="/~!$&'()*+,;=@")
    return f"file://{quoted}" if path.startswith("/") else quoted
