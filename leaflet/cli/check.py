"""``leaflet check``: check a campaign before anything is written, and finished files, made by leaflet or not."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from leaflet.api.check import check
from leaflet.api.keywords import Selection
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import FAULTS, PATH, REPLACE, TARGETS, document_option, read_epoch, selection_options
from leaflet.cli.outcome import print_counts, reporting_outcome
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import MAX_SHOWN, print_faults
from leaflet.cli.verdict import print_finished, print_rules, print_summary, print_times
from leaflet.faults import Lang, UsageError
from leaflet.judging import require_judging
from leaflet.preflight.changed_files import find_campaigns_using, find_named_people
from leaflet.preflight.formats import FORMATS, PEOPLE, Format
from leaflet.preflight.verdict import CampaignVerdict, Verdict
from leaflet.production.outcome import Outcome


def _file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the options for finished files; ``--json`` reaches it as the format."""
    options = (
        click.option("-o", "--out", type=PATH, help="What was built from the campaign: judge it too."),
        click.option("--format", "form", metavar="NAME", type=click.Choice([PEOPLE, *FORMATS]), default=PEOPLE,
                     show_default=True,
                     help="For people (human), or for programs on standard output: json, sarif, junit, github, "
                          "gitlab."),
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option("-j", "--jobs", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True,
                     help="Processes that judge finished files."),
        click.option("--timings", is_flag=True, help="Time for each file, and the slowest rules."),
        click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Judge as if it were this day; today."),
        click.option("--off", metavar="CODE", multiple=True, help="Do not ask this rule; may be repeated."),
        click.option("--changed", is_flag=True,
                     help="TARGETs are changed files of a repository: check the campaigns here that use them."),
        click.option("--names", is_flag=True,
                     help="Only refuse files that hold names: staff lists of campaigns here, documents per person."),
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
@document_option("Check this document of the campaign only.")
@selection_options
@_file_options
@REPLACE
@FAULTS
@click.option("-v", "--verbose", is_flag=True, help="List notes too, and each fault by itself.")
@click.pass_obj
def check_command(
    lang: Lang,
    targets: tuple[Path, ...],
    document: str | None,
    selection: Selection,
    out: Path | None,
    form: str,
    jobs: int,
    timings: bool,
    day: datetime | None,
    off: tuple[str, ...],
    changed: bool,
    names: bool,
    replace_others: bool,
    faults: Path | None,
    verbose: bool,
) -> int:
    """Check TARGETs and write nothing: a campaign.toml with its lists and templates, PDF files, folders of them."""
    if names:
        found = find_named_people(targets, Path.cwd())
        print_faults(found, lang)
        return UsageError.exit_code if found else 0
    if changed and not (targets := find_campaigns_using(targets, Path.cwd())):
        return 0
    written = None if form == PEOPLE else FORMATS[form]
    outcome = Outcome()
    reporting = reporting_outcome(outcome, faults, lang, replace_others=replace_others)
    with reporting, ProgressDisplay(lang, quiet=False) as progress:
        verdict = check(
            *targets,
            out=out,
            day=day.date() if day else None,
            off=off,
            jobs=jobs,
            **selection,
            document=document,
            epoch=read_epoch(),
            progress=progress,
            row_progress=progress.show_rows,
            outcome=outcome,
        )
    print_verdict(verdict, lang, written, verbose=verbose)
    if timings:
        print_times(verdict.seconds, len(verdict.files), lang)
    return verdict.exit_code


def print_verdict(verdict: Verdict, lang: Lang, written: Format | None, *, verbose: bool) -> None:
    """Print a verdict for people, or in a format for programs and its counts on standard error."""
    is_human = written is None
    if written is not None:
        click.echo(written(verdict, lang), nl=False)
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
