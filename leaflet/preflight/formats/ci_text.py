"""Write a verdict as CI servers show it: commands of GitHub Actions, GitLab's Code Quality, JUnit XML.

Commands become annotations of the commit; the report of Code Quality stands beside the lines of a merge request. In
JUnit each file is a suite with a case for each family of rules; a family with errors is a failed case, its warnings
and notes are the output of the case. All show message and place of a fault without secrets.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from leaflet.confidential import hide_secrets
from leaflet.faults import Family, Fault, Lang, Severity, visible
from leaflet.preflight.verdict import FaultGroup, Verdict, group_faults

_CLIP = 1000  # characters of a name
_FILES: dict[Lang, str] = {"en": "{count} files: {text}", "fr": "{count} fichiers\u00a0: {text}"}


def format_message(fault: Fault, lang: Lang) -> str:
    """Format reason and way out on one line."""
    fault = hide_secrets(fault)
    return f"{fault.reason(lang)} → {fault.way_out(lang)}"


def format_group(group: FaultGroup, lang: Lang) -> str:
    """Format the message of a fault, after the number of its files if there are several."""
    text = format_message(group.first, lang)
    return _FILES[lang].format(count=len(group.paths), text=text) if len(group.paths) > 1 else text


def format_place(fault: Fault, lang: Lang) -> str:
    """Format the place as messages show it."""
    return visible(hide_secrets(fault).place.text(lang), _CLIP)


def format_path(path: str) -> str:
    """Format a path on one line."""
    return visible(path, _CLIP)


def find_family(code: str, family: Family) -> str:
    """Return the family of a rule, or the part of a campaign that a fault's code belongs to."""
    return _of_rules().get(code, family) if family == "file" else family


def list_families() -> tuple[str, ...]:
    """List the families of rules, in their order."""
    return tuple(dict.fromkeys(_of_rules().values()))


@cache
def _of_rules() -> Mapping[str, str]:
    """Return the family of each rule by its code; a check of campaigns does without the rules and their libraries."""
    from leaflet.preflight.rules.rule_list import all_rules

    return {rule.code: rule.family for rule in all_rules()}


SHOWN = 10
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_MORE: dict[Lang, str] = {
    "en": "{count} more are not shown here: leaflet check --format json lists them all.",
    "fr": "{count} autres ne sont pas montrés ici\u00a0: leaflet check --format json les énumère tous.",
}


def to_github(verdict: Verdict, lang: Lang) -> str:
    """Write one line for each annotation."""
    groups = group_faults(verdict.located())
    lines = [
        line
        for severity in _COMMANDS
        for line in _annotations([group for group in groups if group.first.severity == severity], severity, lang)
    ]
    return "".join(f"{line}\n" for line in lines)


def _annotations(groups: Sequence[FaultGroup], severity: Severity, lang: Lang) -> Iterator[str]:
    shown = groups if len(groups) <= SHOWN else groups[: SHOWN - 1]
    for group in shown:
        yield _annotation(group, severity, lang)
    if len(shown) < len(groups):
        text = _MORE[lang].format(count=len(groups) - len(shown))
        yield f"::{_COMMANDS[severity]} title=leaflet::{_data(text)}"


def _annotation(group: FaultGroup, severity: Severity, lang: Lang) -> str:
    place = group.first.place
    properties = {"file": format_path(group.paths[0])}
    if group.line is not None:
        properties["line"] = str(group.line)
    title = group.first.code if place.page is None else f"{group.first.code} · page {place.page}"
    text = format_group(group, lang)
    pairs = ",".join(f"{name}={_property(value)}" for name, value in (properties | {"title": title}).items())
    return f"::{_COMMANDS[severity]} {pairs}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "note": "info"}


def to_gitlab(verdict: Verdict, lang: Lang) -> str:
    """Write one entry for each fault; the same fault of many files is one entry."""
    seen: Counter[str] = Counter()
    entries = [_entry(group, seen, lang) for group in group_faults(verdict.located())]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _entry(group: FaultGroup, seen: Counter[str], lang: Lang) -> dict[str, Any]:
    """Return an entry; `seen` counts those with the same text, which need fingerprints of their own."""
    fault, path = group.first, format_path(group.paths[0])
    text = format_group(group, lang)
    key = "\0".join((fault.code, path, fault.place.field or "", fault.place.record or "", text))
    seen[key] += 1
    return {
        "description": " · ".join(part for part in (format_place(fault, lang), text) if part),
        "check_name": fault.code,
        "fingerprint": sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[fault.severity],
        "location": {"path": path, "lines": {"begin": max(group.line or 1, 1)}},
    }


def to_junit(verdict: Verdict, lang: Lang) -> str:
    """Write the XML text, with its declaration."""
    root = Element("testsuites", name="leaflet check")
    for campaign in verdict.campaigns:
        _suite(root, campaign.path.as_posix(), ("campaign",), campaign.faults, 0.0, lang)
    for file in chain(verdict.outputs, verdict.files):
        _suite(root, file.name, list_families(), file.faults, file.seconds, lang, verdict.packages)
    for name in ("tests", "failures"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(
    root: Element,
    name: str,
    cases: Sequence[str],
    faults: Sequence[Fault],
    seconds: float,
    lang: Lang,
    packages: Sequence[str] = (),
) -> None:
    by_family: dict[str, list[Fault]] = {family: [] for family in cases}
    for fault in faults:
        by_family.setdefault(find_family(fault.code, fault.family), []).append(fault)
    suite = SubElement(root, "testsuite", name=format_path(name), time=f"{seconds:.6f}")
    if packages:
        SubElement(SubElement(suite, "properties"), "property", name="packages", value=", ".join(packages))
    failed = [_case(suite, format_path(name), family, found, lang) for family, found in by_family.items()]
    suite.set("tests", str(len(failed)))
    suite.set("failures", str(sum(failed)))


def _case(suite: Element, name: str, family: str, faults: Sequence[Fault], lang: Lang) -> bool:
    """Add a case, and return whether it failed."""
    case = SubElement(suite, "testcase", classname=name, name=family)
    errors = [fault for fault in faults if fault.severity == "error"]
    others = [fault for fault in faults if fault.severity != "error"]
    if errors:
        failure = SubElement(case, "failure", type=errors[0].code, message=format_message(errors[0], lang))
        failure.text = _lines(errors, lang)
    if others:
        SubElement(case, "system-out").text = _lines(others, lang)
    return bool(errors)


def _lines(faults: Sequence[Fault], lang: Lang) -> str:
    return "\n".join(f"{fault.code} {format_place(fault, lang)}: {format_message(fault, lang)}" for fault in faults)
