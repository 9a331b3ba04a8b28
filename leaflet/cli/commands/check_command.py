"""Make ``leaflet check``: judge a campaign before anything is written, and finished files, whoever made them.

A verdict shows each fault once for all its files, then counts, times, or the list of rules.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click

from leaflet.api import Selection, check
from leaflet.cli.language import message
from leaflet.cli.options import TARGETS, command, declared, read_epoch, selection_options
from leaflet.cli.outcome import print_counts, reporting_outcome
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import MAX_SHOWN, print_faults, print_lines
from leaflet.faults import Fault, Lang, Place, UsageError, visible
from leaflet.files.extensions import require_judging
from leaflet.preflight.check import find_campaigns_using, find_named_people
from leaflet.preflight.formats import FORMATS, Format
from leaflet.preflight.verdict import OPENING, READING, CampaignVerdict, FaultGroup, Verdict, group_faults
from leaflet.production.outcome import Outcome

_NAMED = 3  # files named of those with the same fault
_SLOWEST = 10
_INDENT = " " * 5


def print_finished(verdict: Verdict, lang: Lang, *, verbose: bool) -> None:
    """Print the faults of finished files and outputs; notes are counted unless `verbose`."""
    found = [one for part in (*verdict.outputs, *verdict.files) for one in part.located()]
    for group in group_faults(one for one in found if verbose or one.fault.severity != "note"):
        print_lines(_group_lines(group, lang), group.said)
    if not verbose and (notes := sum(one.fault.severity == "note" for one in found)):
        click.echo(message("checks_notes", lang, notes=notes), err=True)


def _group_lines(group: FaultGroup, lang: Lang) -> list[str]:
    """Return the lines of a fault, with the other files or pages that have it under the first line."""
    lines = group.said.lines(lang)
    if len(group.paths) > 1:
        names = ", ".join(visible(path) for path in group.paths[:_NAMED])
        more = ", …" if len(group.paths) > _NAMED else ""
        text = message("in_files", lang, files=len(group.paths), names=names + more)
        lines.insert(1, _INDENT + text)
    elif len(group.pages) > 1:
        text = message("on_pages", lang, names=", ".join(map(str, group.pages)))
        lines.insert(1, _INDENT + text)
    return lines


def print_times(seconds: Mapping[str, float], files: int, lang: Lang) -> None:
    """Print the time that a file took on average, and the ten slowest rules."""
    shown = {name: _format_milliseconds(total / max(files, 1), lang) for name, total in seconds.items()}
    rules = {code: total for code, total in seconds.items() if code not in (OPENING, READING)}
    times = {
        "each": _format_milliseconds(sum(seconds.values()) / max(files, 1), lang),
        "opening": shown.get(OPENING, "0"),
        "reading": shown.get(READING, "0"),
        "rules": _format_milliseconds(sum(rules.values()) / max(files, 1), lang),
    }
    click.echo(message("time_each", lang, **times), err=True)
    for code in islice(sorted(rules, key=lambda code: -rules[code]), _SLOWEST):
        click.echo(_INDENT + message("time_rule", lang, code=code, each=shown[code]), err=True)


def print_rules(lang: Lang) -> None:
    """Print every rule: code, family, source, what it means, and its options with their default values."""
    from leaflet.preflight.rules.rule_list import all_rules

    for rule in all_rules():
        head = " · ".join((f"{rule.code} {rule.family}", rule.source, *([rule.package] if rule.package else [])))
        options = [f"{name} = {value:g}" for name, value in rule.options.items()]
        lines = [head, _INDENT + rule.entry.outline(lang), *([_INDENT + ", ".join(options)] if options else [])]
        print_lines(lines, Fault(rule.code, Place(), message=rule.message), err=False)


def _format_milliseconds(seconds: float, lang: Lang) -> str:
    text = f"{seconds * 1000:.2f}"
    return text.replace(".", ",") if lang == "fr" else text


def _list_rules(context: click.Context, _parameter: click.Parameter, is_set: bool) -> None:
    if is_set:
        require_judging("leaflet check --list-rules")
        print_rules(context.obj)
        context.exit()


_LIST_RULES = click.option(
    "--list-rules", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules,
    help="List the rules for finished files.",
)  # fmt: skip


@command("check", TARGETS, declared("check-document"), selection_options(), declared("check-files"), _LIST_RULES)
def check_command(
    lang: Lang,
    /,
    targets: tuple[Path, ...],
    selection: Selection,
    form: str,
    as_json: bool,
    timings: bool,
    day: datetime | None,
    changed: bool,
    names: bool,
    replace_others: bool,
    faults: Path | None,
    verbose: bool,
    **given: Any,
) -> int:
    """Check TARGETs and write nothing: a campaign.toml with its lists and templates, PDF files, folders of them."""
    if names:
        found = find_named_people(targets, Path.cwd())
        print_faults(found, lang)
        return UsageError.exit_code if any(fault.severity == "error" for fault in found) else 0
    if changed and not (targets := find_campaigns_using(targets, Path.cwd())):
        return 0
    written = FORMATS["json"] if as_json else FORMATS.get(form)
    outcome = Outcome()
    reporting = reporting_outcome(outcome, faults, lang, replace_others=replace_others)
    with reporting, ProgressDisplay(lang, quiet=False) as progress:
        verdict = check(
            *targets,
            day=day.date() if day else None,
            **selection,
            **given,
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
        errors, warnings = verdict.count("error"), verdict.count("warning")
        said = message("judged", lang, files=len(verdict.files), errors=errors, warnings=warnings)
        click.echo(said, err=not is_human)  # « 310 fichiers, 2 erreurs, 5 avertissements. »
        if verdict.packages:
            click.echo(message("judged_by_packages", lang, names=", ".join(verdict.packages)), err=not is_human)


def _print_campaign(campaign: CampaignVerdict, lang: Lang, *, is_human: bool, verbose: bool) -> None:
    if is_human:
        shown = [fault for fault in campaign.faults if verbose or fault.severity != "note"]
        print_faults(shown, lang, most=None if verbose else MAX_SHOWN)
    tight = sum(fault.code == "F201" for fault in campaign.faults)
    if tight and not verbose:
        click.echo(message("notes", lang, files=tight), err=True)
    if campaign.rows is not None:  # nothing is ready where what all schools share stops a build
        print_counts(campaign.rows, lang, err=not is_human, ready="read" if campaign.rows.elsewhere else "ready")
    else:
        errors = sum(fault.severity == "error" for fault in campaign.faults)
        click.echo(message("counts", lang, errors=errors), err=True)
