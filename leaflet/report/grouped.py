"""Faults as a report lists them: by rule, each message once, with its places."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, Severity

MOST_PLACES = 5  # named of one message
MOST_MESSAGES = 25  # listed of one rule
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Message(Struct, frozen=True, kw_only=True):
    """What is wrong, the same words in several places.

    Args:
        places: the first ones, in words.
        more: places that are not named.
        files: how many files (or lines of lists) it is about.
    """

    reason: str
    way_out: str
    places: tuple[str, ...]
    more: int
    files: int


class RuleFaults(Struct, frozen=True, kw_only=True):
    """The faults of one code; `more` are messages that are not listed, `count` all its faults."""

    code: str
    severity: Severity
    messages: tuple[Message, ...]
    more: int
    count: int
    files: int

    @property
    def way_out(self) -> str | None:
        """What to do, if it is the same for all messages."""
        ways = {message.way_out for message in self.messages}
        return ways.pop() if len(ways) == 1 else None


def group_faults(faults: Iterable[Fault], lang: Lang) -> tuple[RuleFaults, ...]:
    """All faults by severity, then code; what holds a secret does not repeat it."""
    groups: dict[tuple[int, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((SEVERITIES.index(fault.severity), fault.code), []).append(fault)
    return tuple(_rule(groups[key], lang) for key in sorted(groups))


def _rule(faults: Sequence[Fault], lang: Lang) -> RuleFaults:
    texts: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        texts.setdefault((fault.reason(lang), fault.way_out(lang)), []).append(fault)
    commonest = sorted(texts.values(), key=len, reverse=True)
    return RuleFaults(
        code=faults[0].code,
        severity=faults[0].severity,
        messages=tuple(_message(found, lang) for found in commonest[:MOST_MESSAGES]),
        more=len(commonest[MOST_MESSAGES:]),
        count=len(faults),
        files=_files(faults),
    )


def _message(faults: Sequence[Fault], lang: Lang) -> Message:
    """Faults of one text. Looking for secrets takes time: it is done in what is shown, and nowhere else."""
    places = list({fault.place: fault for fault in faults if fault.place.text(lang)}.values())
    shown = [hide_secrets(fault) for fault in places[:MOST_PLACES]]
    first = hide_secrets(faults[0])
    return Message(
        reason=first.reason(lang),
        way_out=first.way_out(lang),
        places=tuple(fault.place.text(lang) for fault in shown),
        more=len(places[MOST_PLACES:]),
        files=_files(faults),
    )


def _files(faults: Iterable[Fault]) -> int:
    return len({fault.place.file for fault in faults if fault.place.file})
