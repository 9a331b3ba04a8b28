"""A fact: one value with its source, how sure it is, and two dates: of the source, and of the day it was read.

The two dates are kept apart because an old page that is read today is still old.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# H official · M union, teacher or code source, or official but old · L one unofficial page · INF computed
Confidence = Literal["H", "M-H", "M", "M-L", "L-M", "L", "INF"]
PRINTED: frozenset[Confidence] = frozenset({"H", "M-H", "M", "INF"})

# « 2014 », « 2014-02 » or « 2014-02-17 »: no more exact than the source says
Attested = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class Fact(BaseModel):
    """One value with where it comes from.

    Args:
        value: text, number, date, hour or list, as TOML has them.
        source: address of the page, or title of the paper, where it was read.
        read_on: day on which the source was read; it says nothing of the age of the source.
        attested: date of the source, as exact as it is known; None if the source has no date.
        undated: why the date of the source is not known.
        unprinted: why no template prints the fact.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: object
    source: str
    confidence: Confidence
    read_on: date
    attested: Attested | None = None
    undated: str | None = None
    unprinted: str | None = None

    @property
    def is_printable(self) -> bool:
        """Return whether the fact may be printed although the campaign does not confirm it."""
        return self.confidence in PRINTED

    def is_older_than(self, day: date) -> bool:
        """Return whether the source may be older than `day`; a year or a month counts from its first day."""
        return self.attested is not None and self.attested < day.isoformat()


class AddressFact(Fact):
    """A fact about a mailbox, always a text: a web address, a path in words, or a rule for user names."""

    value: str

    @property
    def is_printable(self) -> bool:
        """Return whether it may be printed although the campaign does not confirm it."""
        return super().is_printable and self.unprinted is None
