"""A verdict on the terminal: the same fault of many files once, the counts, the times, the rules there are."""

from collections.abc import Iterable, Mapping
from itertools import islice

import click
from rich.console import Console

from leaflet.cli.messages import counted, say
from leaflet.cli.terminal import print_lines
from leaflet.faults import Fault, Lang, Place, catalogue, visible
from leaflet.preflight.judge import OPENING, READING
from leaflet.preflight.rules import RULES
from leaflet.preflight.verdict import FaultGroup, LocatedFault, Verdict, group_faults

_NAMED = 3  # files named of those with the same fault
_SLOWEST = 10
_INDENT = " " * 5


def print_finished(verdict: Verdict, lang: Lang, *, verbose: bool) -> None:
    """What is wrong with finished files and outputs; notes on request."""
    console = Console(stderr=True)
    found = [one for part in (*verdict.outputs, *verdict.files) for one in part.located()]
    for group in group_faults(one for one in found if verbose or one.fault.severity != "note"):
        print_lines(group_lines(group, lang), group.first, console)
    if not verbose and (notes := _count_notes(found)):
        click.echo(say("checks_notes", lang, notes=counted(notes, "note", lang)), err=True)


def group_lines(group: FaultGroup, lang: Lang) -> list[str]:
    """A fault as printed, with the other places it is in under its head."""
    lines = group.first.lines(lang)
    if len(group.paths) > 1:
        names = ", ".join(visible(path) for path in group.paths[:_NAMED])
        more = ", …" if len(group.paths) > _NAMED else ""
        text = say("in_files", lang, files=counted(len(group.paths), "file", lang), names=names + more)
        lines.insert(1, _INDENT + text)
    elif len(group.pages) > 1:
        text = say("on_pages", lang, names=", ".join(map(str, group.pages)))
        lines.insert(1, _INDENT + text)
    return lines


def print_summary(verdict: Verdict, lang: Lang, *, err: bool) -> None:
    """« 310 fichiers, 2 erreurs, 5 avertissements. »"""
    said = {f"{severity}s": counted(verdict.count(severity), severity, lang) for severity in ("error", "warning")}
    click.echo(say("judged", lang, files=counted(len(verdict.files), "file", lang), **said), err=err)


def print_times(seconds: Mapping[str, float], files: int, lang: Lang) -> None:
    """Time for each file, and the ten slowest rules."""
    shown = {name: _milliseconds(total / max(files, 1), lang) for name, total in seconds.items()}
    rules = {code: total for code, total in seconds.items() if code not in (OPENING, READING)}
    times = {
        "each": _milliseconds(sum(seconds.values()) / max(files, 1), lang),
        "opening": shown.get(OPENING, "0"),
        "reading": shown.get(READING, "0"),
        "rules": _milliseconds(sum(rules.values()) / max(files, 1), lang),
    }
    click.echo(say("time_each", lang, **times), err=True)
    for code in islice(sorted(rules, key=lambda code: -rules[code]), _SLOWEST):
        click.echo(_INDENT + say("time_rule", lang, code=code, each=shown[code]), err=True)


def print_rules(lang: Lang) -> None:
    """Every rule: code, severity, family, what it tells, and its options with their usual numbers."""
    console = Console()
    for rule in RULES:
        head = f"{rule.code} {rule.family} · {rule.source}"
        options = [f"{name} = {value:g}" for name, value in rule.options.items()]
        lines = [
            head,
            _INDENT + catalogue()[rule.code].outline(lang),
            *([_INDENT + ", ".join(options)] if options else []),
        ]
        print_lines(lines, Fault(rule.code, Place()), console)


def _count_notes(found: Iterable[LocatedFault]) -> int:
    return sum(one.fault.severity == "note" for one in found)


def _milliseconds(seconds: float, lang: Lang) -> str:
    text = f"{seconds * 1000:.2f}"
    return text.replace(".", ",") if lang == "fr" else text
