"""The samples of all families."""

from tests.review import (
    cases_accessibility,
    cases_duplex,
    cases_file,
    cases_fonts,
    cases_images,
    cases_page,
    cases_run,
    cases_text,
)
from tests.review.samples import Case

_FAMILIES = (
    cases_file.CASES,
    cases_text.CASES,
    cases_images.CASES,
    cases_fonts.CASES,
    cases_page.CASES,
    cases_accessibility.CASES,
    cases_run.CASES,
    cases_duplex.CASES,
)

CASES: dict[str, Case] = {code: case for family in _FAMILIES for code, case in family.items()}
