"""The samples of all families, each judged once."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from leaflet.faults import Fault
from tests.preflight import (
    cases_accessibility,
    cases_dates,
    cases_delivery,
    cases_duplex,
    cases_expected,
    cases_file,
    cases_fonts,
    cases_images,
    cases_links,
    cases_memo,
    cases_page,
    cases_privacy,
    cases_qr,
    cases_text,
)
from tests.preflight.samples import Case

CASES: dict[str, Case] = {
    **cases_file.CASES,
    **cases_expected.CASES,
    **cases_links.CASES,
    **cases_qr.CASES,
    **cases_dates.CASES,
    **cases_memo.CASES,
    **cases_text.CASES,
    **cases_images.CASES,
    **cases_fonts.CASES,
    **cases_page.CASES,
    **cases_accessibility.CASES,
    **cases_privacy.CASES,
    **cases_delivery.CASES,
    **cases_duplex.CASES,
}


@cache
def judged(code: str, which: Literal["broken", "near"]) -> tuple[Fault, ...]:
    """Return all that is found in a sample of a rule; whoever asks for it shares it."""
    with TemporaryDirectory() as folder:
        sample = getattr(CASES[code], which)
        return tuple(sample.judged(Path(folder)))
