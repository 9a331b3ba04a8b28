"""The French names of steps: what a campaign may write in place of the ids that templates know.

The ids are the names of the files in ``templates/_shared/steps``; ``assets/steps.toml`` has a row for each.
"""

import tomllib
from functools import cache
from typing import Literal

from msgspec import Struct

from leaflet.resources import assets


class StepRow(Struct, frozen=True):
    """One step: its French name, and what it says in English and in French."""

    fr: str
    what: dict[Literal["en", "fr"], str]


@cache
def step_rows() -> dict[str, StepRow]:
    """Return the steps of the program's templates by their ids, in the order in which they are usually done."""
    rows = tomllib.loads((assets() / "steps.toml").read_text("utf-8"))
    return {step: StepRow(**row) for step, row in rows.items()}


def step_id(name: str) -> str:
    """Return the id of a step that is called by its French name; any other name unchanged."""
    return next((step for step, row in step_rows().items() if row.fr == name), name)


def french_name(step: str) -> str:
    """Return a step's French name; its id if it has none."""
    return step_rows()[step].fr if step in step_rows() else step
