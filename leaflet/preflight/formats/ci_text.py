"""Write a verdict as code hosts show it: commands of GitHub Actions, GitLab's Code Quality, SARIF 2.1.0.

Commands become annotations of the commit; the report of Code Quality stands beside the lines of a merge request.
SARIF (OASIS Standard, 27 March 2020) is shown beside the files: GitHub shows 5,000 results of a log, so the most
severe are kept, and a notification in the log counts the others. All show message and place of a fault without
secrets.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from leaflet.confidential import hide_secrets
from leaflet.faults import SEVERITIES, Family, Fault, Lang, Severity, entry_of, visible
from leaflet.files.words import say_part
from leaflet.preflight.rule import Rule
from leaflet.preflight.verdict import FaultGroup, LocatedFault, Verdict, group_faults
from leaflet.program import __version__
from leaflet.text import grouped

_CLIP = 1000  # characters of a name
SHOWN = 10  # commands of a severity
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}  # of GitLab


def format_message(fault: Fault, lang: Lang) -> str:
    """Format reason and way out on one line."""
    fault = hide_secrets(fault)
    return f"{fault.reason(lang)} → {fault.way_out(lang)}"


def _format_group(group: FaultGroup, lang: Lang) -> str:
    """Format the message of a fault, after the number of its files or schools if there are several."""
    text = format_message(group.said, lang)
    for key, places in (("ci_files", group.paths), ("ci_schools", group.records)):
        if len(places) > 1 and not group.is_joined:
            return say_part(key, lang, count=str(len(places)), text=text)
    return text


def format_place(fault: Fault, lang: Lang) -> str:
    """Format the place as messages show it."""
    return visible(hide_secrets(fault).place.text(lang), _CLIP)


def format_path(path: str) -> str:
    """Format a path on one line."""
    return visible(path, _CLIP)


def find_family(code: str, family: Family) -> str:
    """Return the family of a rule, or the part of a campaign that a fault's code belongs to."""
    return _of_rules().get(code, family) if family == "file" else family


@cache
def _of_rules() -> Mapping[str, str]:
    """Return the family of each rule by its code; a check of campaigns does without the rules and their libraries."""
    from leaflet.preflight.rules.rule_list import all_rules

    return {rule.code: rule.family for rule in all_rules()}


def to_github(verdict: Verdict, lang: Lang) -> str:
    """Write one line for each annotation."""
    lines, groups = [], group_faults(verdict.located())
    for severity, command in _COMMANDS.items():
        found = [group for group in groups if group.said.severity == severity]
        shown = found if len(found) <= SHOWN else found[: SHOWN - 1]
        for group in shown:
            page, at = group.said.place.page, group.faults[0].line
            line = {} if at is None else {"line": str(at)}
            title = group.said.code if page is None else f"{group.said.code} · page {page}"
            properties = {"file": format_path(group.paths[0]), **line, "title": title}
            pairs = ",".join(
                f"{name}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties.items()
            )
            lines.append(f"::{command} {pairs}::{_data(_format_group(group, lang))}\n")
        if len(shown) < len(found):
            text = say_part("ci_more", lang, count=str(len(found) - len(shown)))
            lines.append(f"::{command} title=leaflet::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def to_gitlab(verdict: Verdict, lang: Lang) -> str:
    """Write one entry for each fault; the same fault of many files is one entry."""
    entries, seen = [], Counter[str]()
    for group in group_faults(verdict.located()):
        fault, path, text = group.said, format_path(group.paths[0]), _format_group(group, lang)
        key = "\0".join((fault.code, path, fault.place.field or "", fault.place.record or "", text))
        seen[key] += 1  # those with the same text need fingerprints of their own
        entry = {
            "description": " · ".join(part for part in (format_place(fault, lang), text) if part),
            "check_name": fault.code,
            "fingerprint": sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest(),
            "severity": _SEVERITIES[fault.severity],
            "location": {"path": path, "lines": {"begin": max(group.faults[0].line or 1, 1)}},
        }
        entries.append(entry)
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


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
    told = sorted({*rules, *(one.said.code for one in kept)})  # of the program and of each package
    codes = {"": list[str](), **grouped((rules[code].package if code in rules else "", code) for code in told)}
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
