"""The samples of all families."""

from tests.review import cases_file, cases_fonts, cases_images, cases_text
from tests.review.samples import Case

CASES: dict[str, Case] = {**cases_file.CASES, **cases_text.CASES, **cases_images.CASES, **cases_fonts.CASES}
