"""What differs from an earlier build, as a report tells it; no baseline is said to be none, never no change."""

from typing import Literal

from msgspec import Struct

from leaflet.faults import Fault
from leaflet.report.pictures import Picture
from leaflet.report.words import Words

State = Literal["none", "failed", "compared"]


class Problem(Struct, frozen=True, kw_only=True):
    """Why nothing could be compared, and what to do."""

    reason: str
    way_out: str


class ChangedRow(Struct, frozen=True, kw_only=True):
    """One file that was added, removed or changed, in words."""

    school: str
    document: str
    change: str
    what: str


class ChangedText(Struct, frozen=True, kw_only=True):
    """Words, or an address, that went or came."""

    kind: Literal["gone", "new"]
    text: str
    is_link: bool = False


class Side(Struct, frozen=True, kw_only=True):
    """One picture of a changed page: ``old``, ``new`` or ``overlay``."""

    key: str
    picture: Picture
    alt: str


class ChangedPage(Struct, frozen=True, kw_only=True):
    """One changed page that stands for all that change in the same way."""

    id: str
    title: str
    caption: str
    texts: tuple[ChangedText, ...] = ()
    pictures: tuple[Side, ...] = ()


class Changes(Struct, frozen=True, kw_only=True):
    """The comparison.

    Args:
        headline: in a few words.
        tally: how many files were added, removed, changed …, each in words.
        left_out: ways of changing that are not shown.
        personal: changed files with names, of which nothing more is said.
    """

    state: State
    headline: str
    baseline: str = ""
    problems: tuple[Problem, ...] = ()
    tally: tuple[str, ...] = ()
    rows: tuple[ChangedRow, ...] = ()
    pages: tuple[ChangedPage, ...] = ()
    left_out: int = 0
    personal: int = 0

    @property
    def is_same(self) -> bool:
        """Whether it was compared and nothing differs."""
        return self.state == "compared" and not self.rows


def no_changes(words: Words) -> Changes:
    """Nobody asked for a comparison."""
    return Changes(state="none", headline=words.say("no_baseline"))


def failed_changes(faults: list[Fault], words: Words) -> Changes:
    """It was asked for and could not be made."""
    problems = tuple(Problem(reason=f.reason(words.lang), way_out=f.way_out(words.lang)) for f in faults)
    return Changes(state="failed", headline=words.say("bad_baseline"), problems=problems)
