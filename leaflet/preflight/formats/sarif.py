"""Write a verdict as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts show beside the files.

GitHub shows 5,000 results of a log, so the most severe are kept. A notification in the log counts the results that
are left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from leaflet.faults import Lang, Severity, entry_of
from leaflet.preflight.formats.ci_text import find_family, format_message, format_place
from leaflet.preflight.rule import Rule
from leaflet.preflight.verdict import LocatedFault, Verdict
from leaflet.program import __version__

MOST = 5_000
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEFT_OUT: dict[Lang, str] = {
    "en": "{count} results were left out, the least severe; leaflet check --format json has them all.",
    "fr": "{count} résultats ont été omis, les moins graves\u00a0; leaflet check --format json les a tous.",
}


def to_sarif(verdict: Verdict, lang: Lang) -> str:
    """Write a log with one SARIF run."""
    found = sorted(verdict.located(), key=lambda one: list(_LEVELS).index(one.fault.severity))
    kept = found[:MOST]
    rules = _applied(verdict)
    codes = _by_component({*rules, *(one.fault.code for one in kept)}, rules)
    components = [_component(package, codes[package], rules, lang) for package in codes]
    run = {
        "tool": {"driver": components[0], **({"extensions": components[1:]} if components[1:] else {})},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(len(found) - len(kept), lang)],
        "results": [_result(one, rules, codes, lang) for one in kept],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _applied(verdict: Verdict) -> Mapping[str, Rule]:
    """Return the rules for finished files by code; none if no file was judged."""
    if not verdict.files and not verdict.outputs:
        return {}
    from leaflet.preflight.rules.rule_list import all_rules

    return {rule.code: rule for rule in all_rules()}


def _by_component(codes: Iterable[str], applied: Mapping[str, Rule]) -> Mapping[str, Sequence[str]]:
    """Return the codes of the program (which is called "") and those of each package, sorted."""
    found: dict[str, list[str]] = {"": []}
    for code in sorted(codes):
        found.setdefault(_package_of(code, applied), []).append(code)
    return found


def _package_of(code: str, applied: Mapping[str, Rule]) -> str:
    return applied[code].package if code in applied else ""


def _component(package: str, codes: Sequence[str], applied: Mapping[str, Rule], lang: Lang) -> dict[str, Any]:
    """Return the program, or a package, with its rules (§3.19)."""
    name, _, version = package.rpartition(" ") if package else ("leaflet", "", __version__)
    return {"name": name, "version": version, "rules": _rules(codes, applied, lang)}


def _rules(codes: Sequence[str], applied: Mapping[str, Rule], lang: Lang) -> list[dict[str, Any]]:
    """List the rules that were applied, and the faults that were found and belong to none."""
    rules = []
    for code in codes:
        entry = applied[code].entry if code in applied else entry_of(code)
        rule = {
            "id": code,
            "shortDescription": {"text": entry.outline(lang)},
            "help": {"text": entry.way_out[lang]},
            "defaultConfiguration": {"level": _LEVELS[entry.severity]},
            "properties": {"tags": [find_family(code, entry.family)]},
        }
        if code in applied:
            rule["fullDescription"] = {"text": f"{applied[code].name} ({applied[code].source})"}
        rules.append(rule)
    return rules


def _invocation(left_out: int, lang: Lang) -> dict[str, Any]:
    made: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        text = _LEFT_OUT[lang].format(count=left_out)
        made["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return made


def _result(
    one: LocatedFault, applied: Mapping[str, Rule], codes: Mapping[str, Sequence[str]], lang: Lang
) -> dict[str, Any]:
    fault = one.fault
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.path)}}
    if one.line is not None and one.line > 0:
        physical["region"] = {"startLine": one.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place := format_place(fault, lang):
        logical = {"fullyQualifiedName": place, "kind": "element"}
        if fault.place.page is not None:
            logical["name"] = f"page {fault.place.page}"
        location["logicalLocations"] = [logical]
    return {
        "ruleId": fault.code,
        **_reference(fault.code, _package_of(fault.code, applied), codes),
        "level": _LEVELS[fault.severity],
        "message": {"text": format_message(fault, lang)},
        "locations": [location],
    }


def _reference(code: str, package: str, codes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return where the rule of a result is described: by the program, or by a package (§3.52, §3.54)."""
    index = codes[package].index(code)
    if not package:
        return {"ruleIndex": index}
    return {"rule": {"id": code, "index": index, "toolComponent": {"index": list(codes).index(package) - 1}}}


def _uri(path: str) -> str:
    """Format a path as a relative reference (RFC 3986 §4.2), an absolute one as the address of a file."""
    quoted = quote(path.encode("utf-8", "surrogatepass"), safe="/~!$&'()*+,;=@")
    return f"file://{quoted}" if path.startswith("/") else quoted
