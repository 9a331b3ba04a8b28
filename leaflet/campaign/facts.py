"""Sourced facts: the flat profile of an election in ``assets/elections/*.toml``, and what may be printed.

Every fact has a source, a confidence and the day it was verified. What nobody found is absent, never guessed.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from leaflet.resources import assets

# H official · M union, teacher or code source, or official but old · L one unofficial page · INF computed
Confidence = Literal["H", "M-H", "M", "M-L", "L-M", "L", "INF"]
PRINTED: frozenset[Confidence] = frozenset({"H", "M-H", "M", "INF"})


class Fact(BaseModel):
    """One value with where it comes from.

    Args:
        value: text, number, date, hour or list, as TOML has them.
        source: address of the page, or title of the paper, that says so.
        verified_on: day on which the source was read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: object
    source: str
    confidence: Confidence
    verified_on: date

    @property
    def is_printable(self) -> bool:
        """Whether the fact may be printed although the campaign does not confirm it."""
        return self.confidence in PRINTED


class Profile(BaseModel):
    """The facts known about one election, by dotted name (``vote.opens_on``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    facts: dict[str, Fact]

    @property
    def year(self) -> int:
        """The year in which the vote takes place."""
        return int(self.id)


def profile_ids() -> list[str]:
    """The elections that have a profile, oldest first."""
    return sorted(path.stem for path in (assets() / "elections").glob("*.toml"))


def load_profile(election: str) -> Profile:
    """The profile called `election`, one of `profile_ids`."""
    path = assets() / "elections" / f"{election}.toml"
    return Profile.model_validate(tomllib.loads(path.read_text("utf-8")))


def nest(values: Mapping[str, object]) -> dict[str, object]:
    """Tables inside tables from dotted names: ``{"vote.opens_on": x}`` → ``{"vote": {"opens_on": x}}``."""
    tree: dict[str, object] = {}
    for dotted, value in values.items():
        *tables, last = dotted.split(".")
        here = tree
        for table in tables:
            inner = here.setdefault(table, {})
            assert isinstance(inner, dict), dotted
            here = inner
        here[last] = value
    return tree


def merge(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """`under` with the values of `over` laid on it, table by table; lists are replaced whole."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(below, value)
        else:
            merged[key] = value
    return merged
