"""``leaflet check``: check a campaign before anything is written, and finished files, made by leaflet or not."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import FAULTS, PATH, REPLACE, TARGETS, read_epoch, selection_options
from leaflet.cli.outcome import print_counts, reporting_outcome
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import MAX_SHOWN, print_faults
from leaflet.cli.verdict import print_finished, print_rules, print_summary, print_times
from leaflet.faults import Lang, Place, Report
from leaflet.judging import require_judging
from leaflet.preflight.expected import expecting
from leaflet.preflight.formats import FORMATS
from leaflet.preflight.judging_keeper import judge_files, judge_output
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.settings import RuleSettings, load_context, make_context, read_codes
from leaflet.preflight.targets import CheckTarget, FileFilter, find_targets
from leaflet.preflight.verdict import CampaignVerdict, FileVerdict, Tally, Verdict
from leaflet.production.campaign_check import check_campaign
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.cells import Cleaning
from leaflet.tables.choice import Choice


class CheckOptions(Struct, frozen=True, kw_only=True):
    """The options of the command, without its targets.

    Args:
        inputs: how a campaign is checked; its `campaign` is set for each.
        out: the folder that a build of the campaign has written, to be judged too.
        day: the day that leaflets are judged on.
        off: codes of rules that are switched off.
        jobs: processes that judge files.
    """

    inputs: InputOptions
    out: Path | None
    day: date
    off: tuple[str, ...]
    jobs: int


def _file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the options for finished files; ``--json`` reaches it as the format."""
    options = (
        click.option("-o", "--out", type=PATH, help="What was built from the campaign: judge it too."),
        click.option("--format", "form", type=click.Choice(["human", *FORMATS]), default="human", show_default=True,
                     help="For people, or for programs on standard output."),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option("-j", "--jobs", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True,
                     help="Processes that judge finished files."),
        click.option("--timings", is_flag=True, help="Time for each file, and the slowest rules."),
        click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Judge as if it were this day; today."),
        click.option("--off", metavar="CODE", multiple=True, help="Do not ask this rule; may be repeated."),
        click.option("--list-rules", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules,
                     help="List the rules for finished files."),
    )  # fmt: skip

    @wraps(command)
    def with_format(*args: Any, form: str, as_json: bool, **given: Any) -> Any:
        return command(*args, form="json" if as_json else form, **given)

    decorated: Callable[..., Any] = with_format
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def _list_rules(context: click.Context, _parameter: click.Parameter, is_set: bool) -> None:
    if is_set:
        require_judging("leaflet check --list-rules")
        print_rules(context.obj)
        context.exit()


@click.command("check", cls=Command)
@TARGETS
@click.option("--document", metavar="NAME", help="Check this document of the campaign only.")
@selection_options
@_file_options
@REPLACE
@FAULTS
@click.option("-v", "--verbose", is_flag=True, help="List notes too.")
@click.pass_obj
def check_command(
    lang: Lang,
    targets: tuple[Path, ...],
    document: str | None,
    only: frozenset[str],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    out: Path | None,
    form: str,
    jobs: int,
    timings: bool,
    day: datetime | None,
    off: tuple[str, ...],
    replace_others: bool,
    faults: Path | None,
    verbose: bool,
) -> int:
    """Check TARGETs and write nothing: a campaign.toml with its lists and templates, PDF files, folders of them."""
    outcome = Outcome()
    reporting = reporting_outcome(outcome, faults, lang, replace_others=replace_others)
    with reporting, ProgressDisplay(lang, quiet=False) as progress:
        inputs = InputOptions(
            campaign=Path(),
            out=Path(),
            only=only,
            choice=choice,
            cleaning=cleaning,
            reading=replace(reading, progress=progress.show_rows),
            document=document,
            epoch=read_epoch(),
            progress=progress,
            outcome=outcome,
        )
        options = CheckOptions(inputs=inputs, out=out, day=day.date() if day else date.today(), off=off, jobs=jobs)
        verdict = _check(targets, options)
    _print(verdict, lang, form=form, verbose=verbose)
    if timings:
        print_times(verdict.seconds, len(verdict.files), lang)
    return verdict.exit_code


def _check(paths: tuple[Path, ...], options: CheckOptions) -> Verdict:
    """Find the targets, check the campaigns, judge the files.

    Raises:
        UsageError: a target does not exist, or does not go with another; or it is a finished file, and what judges
            those is not installed (U033).
    """
    report = Report()
    wanted = FileFilter(document=options.inputs.document, records=options.inputs.only)
    off = _read_off(options.off, report) if options.off else frozenset()
    targets = find_targets(
        [_relative(path) for path in paths], report, wanted, _relative(options.out) if options.out else None
    )
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
    from leaflet.preflight.rules import RULES

    return read_codes(codes, Place(field="--off"), report, RULES)


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
    return Verdict(files=tuple(tally.files), outputs=tuple(folders), seconds=dict(tally.seconds))


def _print(verdict: Verdict, lang: Lang, *, form: str, verbose: bool) -> None:
    is_human = form == "human"
    if not is_human:
        click.echo(FORMATS[form](verdict, lang), nl=False)
    for campaign in verdict.campaigns:
        _print_campaign(campaign, lang, is_human=is_human, verbose=verbose)
    if verdict.files or not verdict.campaigns:
        if is_human:
            print_finished(verdict, lang, verbose=verbose)
        print_summary(verdict, lang, err=not is_human)


def _print_campaign(campaign: CampaignVerdict, lang: Lang, *, is_human: bool, verbose: bool) -> None:
    if is_human:
        shown = [fault for fault in campaign.faults if verbose or fault.severity != "note"]
        print_faults(shown, lang, most=None if verbose else MAX_SHOWN)
    tight = sum(fault.code == "F201" for fault in campaign.faults)
    if tight and not verbose:
        click.echo(message("notes", lang, files=format_count(tight, "file", lang)), err=True)
    if campaign.rows is not None:
        print_counts(campaign.rows, lang, err=not is_human)
    else:
        errors = sum(fault.severity == "error" for fault in campaign.faults)
        click.echo(message("counts", lang, errors=format_count(errors, "error", lang)), err=True)
