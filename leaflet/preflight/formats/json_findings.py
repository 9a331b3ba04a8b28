"""Write a verdict as JSON, whose keys are always present and do not change: `JsonFindings` and what is in it."""

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct, to_builtins
from msgspec.structs import asdict

from leaflet.faults import SEVERITIES, Lang
from leaflet.preflight.formats.ci_text import find_family, format_path
from leaflet.preflight.verdict import Verdict, group_faults
from leaflet.production.fault_lists import FaultRecord, fault_record
from leaflet.production.outcome import RowCounts
from leaflet.program import __version__


class Counts(Struct, frozen=True, kw_only=True):
    """The finished files, counted.

    Args:
        files: how many.
        pages: of all of them.
        error, warning, note: their faults, by severity.
    """

    files: int
    pages: int
    error: int
    warning: int
    note: int


class Finding(FaultRecord, frozen=True, kw_only=True):
    """A fault with the family of its rule, and the paths of its files: said once of all that have the same.

    Args:
        code, severity: of the fault (docs/faults.md), or as severe as the campaign says.
        file, line, cell, field, record, page: its first place; None where it is not known.
        reason, way_out: what is wrong and why, and what to do about it.
        lang: of reason and way out.
        values: what the message names, by name.
        family: of the rule.
        paths: of the files as the user named them.
        records: the schools that have it, where it is of one or several.
        count: how many places have it.
    """

    family: str
    paths: Sequence[str]
    records: Sequence[str]
    count: int


class JsonFindings(Struct, frozen=True, kw_only=True):
    """A whole check.

    Args:
        leaflet: version of the program.
        packages: those whose rules were asked, too, with their versions.
        lang: language of the messages.
        rows: of the list of the one campaign that was checked; None without.
        counts: of finished files.
        faults: of campaigns, folders and files.
        seconds: of the processor, over all files: by rule, ``opening`` and ``reading``.
    """

    leaflet: str
    packages: Sequence[str]
    lang: Lang
    rows: RowCounts | None
    counts: Counts
    faults: Sequence[Finding]
    seconds: Mapping[str, float]


def to_json(verdict: Verdict, lang: Lang) -> str:
    """Write the whole verdict."""
    severities = {severity: verdict.count(severity) for severity in SEVERITIES}
    findings = JsonFindings(
        leaflet=__version__,
        packages=verdict.packages,
        lang=lang,
        rows=verdict.campaigns[0].rows if len(verdict.campaigns) == 1 else None,
        counts=Counts(files=len(verdict.files), pages=sum(file.pages for file in verdict.files), **severities),
        faults=[
            Finding(
                **asdict(fault_record(group.said, lang)),
                family=find_family(group.said.code, group.said.family),
                paths=tuple(map(format_path, group.paths)),
                records=tuple(map(format_path, group.records)),
                count=len(group.faults),
            )
            for group in group_faults(verdict.located())
        ],
        seconds={name: round(seconds, 6) for name, seconds in verdict.seconds.items()},
    )
    return json.dumps(to_builtins(findings), ensure_ascii=False, indent=1) + "\n"
