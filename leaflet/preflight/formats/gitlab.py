"""Write a verdict as a Code Quality report of GitLab, which a merge request shows beside the lines of its files.

Source: GitLab Docs, « Code Quality report format », read on 27 November 2026: every entry has a description, the name
of the check, a fingerprint of its own, a severity, a path in the repository and a line. A merge request shows what is
new by comparing fingerprints, so none depends on a line, which moves when another one is added above it.
"""

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from leaflet.faults import Lang, Severity
from leaflet.preflight.formats.fault_text import format_group, format_path, format_place
from leaflet.preflight.verdict import FaultGroup, Verdict, group_faults

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
