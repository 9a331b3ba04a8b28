"""Write a verdict as CI servers show it: commands of GitHub Actions, GitLab's Code Quality.

Commands become annotations of the commit; the report of Code Quality stands beside the lines of a merge request. Both
show message and place of a fault without secrets.
"""

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from leaflet.confidential import hide_secrets
from leaflet.faults import Family, Fault, Lang, Severity, visible
from leaflet.files.words import say_part
from leaflet.preflight.verdict import FaultGroup, Verdict, group_faults

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
