"""The samples of all families."""

from tests.review import cases_dates, cases_file, cases_links, cases_memo, cases_privacy, cases_qr, cases_text
from tests.review.samples import Case

CASES: dict[str, Case] = {
    **cases_file.CASES,
    **cases_links.CASES,
    **cases_qr.CASES,
    **cases_dates.CASES,
    **cases_memo.CASES,
    **cases_text.CASES,
    **cases_privacy.CASES,
}
