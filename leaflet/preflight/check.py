"""Check campaigns before anything is written, and finished files: find them, check the one, judge the others."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, Report
from leaflet.judging import require_judging
from leaflet.preflight.expected import expecting
from leaflet.preflight.judging_keeper import judge_files, judge_output
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.settings import RuleSettings, load_context, make_context, read_codes
from leaflet.preflight.targets import CheckTarget, FileFilter, find_targets
from leaflet.preflight.verdict import CampaignVerdict, FileVerdict, Tally, Verdict
from leaflet.production.campaign_check import check_campaign
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions


class CheckOptions(Struct, frozen=True, kw_only=True):
    """The options of a check, without its targets.

    Args:
        inputs: how a campaign is checked; its `campaign` is set for each.
        out: what a build of the campaign has written, to be judged too.
        day: the day that leaflets are judged on.
        off: codes of rules that are switched off.
        jobs: processes that judge files.
    """

    inputs: InputOptions
    out: Path | None
    day: date
    off: tuple[str, ...]
    jobs: int


def check(paths: Sequence[Path], options: CheckOptions) -> Verdict:
    """Check campaigns and finished files, and write nothing.

    Args:
        paths: campaign files, PDF files and folders of them.
        options: of the check.

    Raises:
        UsageError: a target does not exist, or does not go with another; or it is a finished file, and what judges
            those is not installed (U033).
    """
    report = Report()
    wanted = FileFilter(document=options.inputs.document, records=options.inputs.only)
    off = _read_off(options.off, report) if options.off else frozenset()
    out = _relative(options.out) if options.out else None
    targets = find_targets([_relative(path) for path in paths], report, wanted, out)
    report.raise_errors()
    if targets.finished:
        require_judging(f"leaflet check {targets.finished[0]}")
    collected: list[CampaignVerdict] = []
    materials: Materials | None = None
    context, settings = make_context(options.day), RuleSettings()
    for path in targets.campaigns:
        found = Report()
        result = check_campaign(replace(options.inputs, campaign=path))
        materials = result.materials
        context, settings = load_context(path, options.day, found)
        rows = result.counts
        if rows is not None:
            errors, warnings = len(found.errors), len(found.warnings)
            rows = replace(rows, elsewhere=rows.elsewhere + errors, warned_elsewhere=rows.warned_elsewhere + warnings)
        collected.append(CampaignVerdict(path=path, rows=rows, faults=(*result.faults, *found)))
    with expecting(materials, targets.files) if materials else nullcontext(targets.files) as files:
        verdict = _judge(files, targets.outputs, context, settings.without(off), options)
    options.inputs.outcome.add_faults(one.fault for one in verdict.located())
    return replace(verdict, campaigns=tuple(collected))


def _read_off(codes: tuple[str, ...], report: Report) -> frozenset[str]:
    require_judging("leaflet check --off")
    from leaflet.preflight.all_rules import all_rules

    return read_codes(codes, Place(field="--off"), report, all_rules())


def _relative(path: Path) -> Path:
    """Return a path as reports show it: relative to the working directory if it is in there."""
    return path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path


def _judge(
    files: Sequence[CheckTarget],
    outputs: Sequence[OutputFolder],
    context: Context,
    settings: RuleSettings,
    options: CheckOptions,
) -> Verdict:
    if not files and not outputs:
        return Verdict()
    tally = Tally()
    progress = options.inputs.progress
    for judged in judge_files(files, context, settings, jobs=options.jobs, progress=progress):
        tally.add(judged)
    folders = [
        FileVerdict(name=output.folder.as_posix(), faults=judge_output(output, context, settings))
        for output in outputs
    ]
    return Verdict(
        files=tuple(tally.files),
        outputs=tuple(folders),
        seconds=dict(tally.seconds),
        packages=settings.packages(),
    )
