"""Write a verdict as workflow commands of GitHub Actions, which become annotations of the commit.

Source: GitHub Docs, « Workflow commands for GitHub Actions ». A step shows ten annotations of each kind, so the same
fault of many files is one annotation, and the last one counts those that are left out.
"""

from collections.abc import Iterator, Sequence

from leaflet.faults import Lang, Severity
from leaflet.preflight.formats.fault_text import format_group, format_path
from leaflet.preflight.verdict import FaultGroup, Verdict, group_faults

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
