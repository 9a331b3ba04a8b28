"""Write the faults of a review in the formats that code hosts show, and its counts for later steps of a job."""

from collections.abc import Mapping
from pathlib import Path

from leaflet.compare import Comparison
from leaflet.faults import Lang, count_faults
from leaflet.preflight.formats import Format, to_gitlab, to_json, to_junit, to_sarif
from leaflet.preflight.verdict import Verdict

FILES: Mapping[str, Format] = {
    "findings.json": to_json,
    "findings.sarif": to_sarif,
    "findings.gitlab.json": to_gitlab,
    "findings.junit.xml": to_junit,
}
COUNTS = "counts.env"


def write_findings(out: Path, verdict: Verdict, lang: Lang) -> None:
    """Write one file for each format."""
    for name, form in FILES.items():
        (out / name).write_text(form(verdict, lang), "utf-8")


def write_counts(out: Path, verdict: Verdict, found: Comparison | None) -> None:
    """Write counts as lines ``NAME=value``, which GitHub takes as outputs of a step and GitLab as variables of a job.

    What was not compared is empty, not nought.
    """
    faults = count_faults(one.fault for one in verdict.located())
    counts = found.counts if found else {}
    values = {name: counts.get(name, "") for name in ("changed", "added", "removed", "unreadable")}
    values |= {"errors": faults["error"], "warnings": faults["warning"], "files": len(verdict.files)}
    lines = (f"LEAFLET_{name.upper()}={value}\n" for name, value in values.items())
    (out / COUNTS).write_text("".join(lines), "utf-8")
