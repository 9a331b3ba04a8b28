"""Print a verdict of ``leaflet check``: each fault once for all its files, counts, times, and the list of rules."""

from collections.abc import Iterable, Mapping
from itertools import islice

import click

from leaflet.cli.messages import format_count, message
from leaflet.cli.terminal import error_console, make_console, print_lines
from leaflet.faults import Fault, Lang, Place, visible
from leaflet.preflight.verdict import OPENING, READING, FaultGroup, LocatedFault, Verdict, group_faults

_NAMED = 3  # files named of those with the same fault
_SLOWEST = 10
_INDENT = " " * 5


def print_finished(verdict: Verdict, lang: Lang, *, verbose: bool) -> None:
    """Print the faults of finished files and outputs; notes are counted unless `verbose`."""
    console = error_console()
    found = [one for part in (*verdict.outputs, *verdict.files) for one in part.located()]
    for group in group_faults(one for one in found if verbose or one.fault.severity != "note"):
        print_lines(_group_lines(group, lang), group.first, console)
    if not verbose and (notes := _count_notes(found)):
        click.echo(message("checks_notes", lang, notes=format_count(notes, "note", lang)), err=True)


def _group_lines(group: FaultGroup, lang: Lang) -> list[str]:
    """Return the lines of a fault, with the other files or pages that have it under the first line."""
    lines = group.first.lines(lang)
    if len(group.paths) > 1:
        names = ", ".join(visible(path) for path in group.paths[:_NAMED])
        more = ", …" if len(group.paths) > _NAMED else ""
        text = message("in_files", lang, files=format_count(len(group.paths), "file", lang), names=names + more)
        lines.insert(1, _INDENT + text)
    elif len(group.pages) > 1:
        text = message("on_pages", lang, names=", ".join(map(str, group.pages)))
        lines.insert(1, _INDENT + text)
    return lines


def print_summary(verdict: Verdict, lang: Lang, *, err: bool) -> None:
    """Print the counts: « 310 fichiers, 2 erreurs, 5 avertissements. »."""
    files = format_count(len(verdict.files), "file", lang)
    errors = format_count(verdict.count("error"), "error", lang)
    warnings = format_count(verdict.count("warning"), "warning", lang)
    click.echo(message("judged", lang, files=files, errors=errors, warnings=warnings), err=err)
    if verdict.packages:
        click.echo(message("judged_by_packages", lang, names=", ".join(verdict.packages)), err=err)


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
    from leaflet.preflight.all_rules import all_rules

    console = make_console()
    for rule in all_rules():
        head = " · ".join((f"{rule.code} {rule.family}", rule.source, *([rule.package] if rule.package else [])))
        options = [f"{name} = {value:g}" for name, value in rule.options.items()]
        lines = [
            head,
            _INDENT + rule.entry.outline(lang),
            *([_INDENT + ", ".join(options)] if options else []),
        ]
        print_lines(lines, Fault(rule.code, Place(), message=rule.message), console)


def _count_notes(found: Iterable[LocatedFault]) -> int:
    return sum(one.fault.severity == "note" for one in found)


def _format_milliseconds(seconds: float, lang: Lang) -> str:
    text = f"{seconds * 1000:.2f}"
    return text.replace(".", ",") if lang == "fr" else text
