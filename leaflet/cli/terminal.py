"""Faults on the terminal: in colours for people, plain lines elsewhere."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from leaflet.cli.messages import say
from leaflet.cli.outcome import MOST
from leaflet.faults import Fault, Lang

_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def print_faults(faults: Iterable[Fault], lang: Lang, *, most: int | None = MOST) -> None:
    """Faults on standard error with place, reason and way out, the code in the colour of its severity.

    Args:
        most: of one code; the others are counted, for a list with one wrong column has as many faults as rows.
    """
    console = Console(stderr=True)
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.code] += 1
        if most is None or seen[fault.code] <= most:
            print_lines(fault.lines(lang), fault, console)
    for code, count in seen.items():
        if most is not None and count > most:
            console.print(Text(say("more", lang, code=code, more=count - most)), soft_wrap=True)


def print_lines(lines: Sequence[str], fault: Fault, console: Console) -> None:
    """Lines about a fault; the first begins with its code."""
    head = Text(lines[0])
    head.stylize(_STYLES[fault.severity], 0, len(fault.code))
    console.print(head, soft_wrap=True)
    for line in lines[1:]:
        console.print(Text(line), soft_wrap=True)
