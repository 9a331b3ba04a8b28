"""Writes ``docs/checks.md`` from the rules and their samples, each really judged: ``make docs``."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from leaflet.faults import Fault, entry_of
from leaflet.preflight.rule import Rule
from leaflet.preflight.rules import RULES
from tests.preflight.rule_cases import CASES, judged

_HEAD = """# Checks of finished files

What `leaflet check FILE.pdf …` asks of every PDF file, ours or anybody's: one rule a row, its severity, who asks for
it, and the numbers that a campaign may change. Messages and ways out stand in [faults.md](faults.md) under the same
codes. For each rule the tests build a file that breaks it and a near miss that does not; the second table of each
family says what they are and what the check said of them when this page was written. Written by `make docs`.

Packages add rules of their own, which are not on this page: [extending.md](extending.md).

A campaign switches rules off and tunes them:

```toml
[check]
off = ["K005"]              # not asked; on the command line: --off K005

[check.K001]
severity = "warning"        # error, warning or note
# name_of_an_option = 8     # a number in the place of the one below
```"""


def checks_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for family, rules in groupby(sorted(RULES, key=lambda rule: _order(rule.family)), key=lambda rule: rule.family):
        parts += [f"\n## {family.capitalize()}\n", *_family(list(rules))]
    return "\n".join(parts) + "\n"


def _order(family: str) -> int:
    """Families stand in the order in which they are asked."""
    return [rule.family for rule in RULES].index(family)


def _family(rules: list[Rule]) -> Iterator[str]:
    yield "| Code | What is asked | | Source | Options |\n| --- | --- | --- | --- | --- |"
    for rule in rules:
        options = ", ".join(f"`{name}` = {value:g}" for name, value in rule.options.items())
        yield _row(rule.code, rule.name, entry_of(rule.code).severity, rule.source, options)
    yield "\n| Rule | A file that breaks it | Verdict | A near miss | Verdict |\n| --- | --- | --- | --- | --- |"
    for rule in rules:
        case = CASES[rule.code]
        broken, near = (_verdict(rule.code, judged(rule.code, which)) for which in ("broken", "near"))
        yield _row(rule.code, case.broken.what, broken, case.near.what, near)


def _verdict(code: str, faults: tuple[Fault, ...]) -> str:
    """Return what the check says of a sample, as far as this rule goes."""
    found = [fault for fault in faults if fault.code == code]
    return f"told: {found[0].severity}" if found else "not told"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"


if __name__ == "__main__":
    Path(__file__).with_name("checks.md").write_text(checks_page(), "utf-8")
