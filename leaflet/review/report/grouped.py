"""Faults as a report lists them: by rule, each message once, with its places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, Severity

MOST_PLACES = 5  # named of one message
MOST_MESSAGES = 25  # listed of one rule
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleFaults:
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
    for fault in map(hide_secrets, faults):
        groups.setdefault((SEVERITIES.index(fault.severity), fault.code), []).append(fault)
    return tuple(_rule(groups[key], lang) for key in sorted(groups))


def _rule(faults: Sequence[Fault], lang: Lang) -> RuleFaults:
    texts: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        texts.setdefault((fault.reason(lang), fault.way_out(lang)), []).append(fault)
    commonest = sorted(texts.items(), key=lambda item: -len(item[1]))
    messages = [_message(reason, way_out, found, lang) for (reason, way_out), found in commonest]
    return RuleFaults(
        code=faults[0].code,
        severity=faults[0].severity,
        messages=tuple(messages[:MOST_MESSAGES]),
        more=len(messages[MOST_MESSAGES:]),
        count=len(faults),
        files=_files(faults),
    )


def _message(reason: str, way_out: str, faults: Sequence[Fault], lang: Lang) -> Message:
    places = list(dict.fromkeys(text for fault in faults if (text := fault.place.text(lang))))
    return Message(
        reason=reason,
        way_out=way_out,
        places=tuple(places[:MOST_PLACES]),
        more=len(places[MOST_PLACES:]),
        files=_files(faults),
    )


def _files(faults: Iterable[Fault]) -> int:
    return len({fault.place.file for fault in faults if fault.place.file})
