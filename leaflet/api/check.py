"""``leaflet.check``: check campaigns and finished files."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Unpack

from leaflet.api.keywords import Inputs, StrPath, input_fields
from leaflet.preflight.check import CheckOptions
from leaflet.preflight.check import check as run
from leaflet.preflight.verdict import Verdict
from leaflet.production.options import InputOptions


def check(
    *targets: StrPath,
    out: StrPath | None = None,
    day: date | None = None,
    off: Collection[str] = (),
    jobs: int = 1,
    **inputs: Unpack[Inputs],
) -> Verdict:
    """Check campaigns with their lists and every record, and judge finished files; write nothing.

    Args:
        targets: campaign files, PDF files, made by leaflet or not, and folders of them.
        out: what was built from the one campaign: each file is made again and compared.
        day: the day that leaflets are judged on; today by default.
        off: codes of rules that are not asked.
        jobs: processes that judge files.
        inputs: see `leaflet.api.keywords.Inputs`.

    Returns:
        The faults of each campaign, file and folder; a campaign that is wrong raises nothing.

    Raises:
        UsageError: a target does not exist, or does not go with another; or the libraries that judge finished files
            are not installed (``leaflet-print[check]``).
    """
    options = CheckOptions(
        inputs=InputOptions(**input_fields("", "", inputs)),
        out=None if out is None else Path(out),
        day=day or date.today(),
        off=tuple(off),
        jobs=jobs,
    )
    return run([Path(target) for target in targets], options)
