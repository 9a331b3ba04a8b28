"""French dates and names, from a table and against the calendar."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.dates import FRENCH, WEEKDAYS, weekday_mismatches
from tests.support import tables_of

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(("first", "last", "long", "short"), [
    (date(2018, 11, 29), date(2018, 12, 6), "du jeudi 29 novembre au jeudi 6 décembre 2018",
     "du 29 novembre au 6 décembre 2018"),
    (date(2026, 12, 3), date(2026, 12, 10), "du jeudi 3 au jeudi 10 décembre 2026", "du 3 au 10 décembre 2026"),
    (date(2022, 12, 1), date(2022, 12, 8), "du jeudi 1er au jeudi 8 décembre 2022", "du 1er au 8 décembre 2022"),
    (date(2018, 12, 31), date(2019, 1, 1), "du lundi 31 décembre 2018 au mardi 1er janvier 2019",
     "du 31 décembre 2018 au 1er janvier 2019"),
    (date(2018, 12, 1), date(2019, 12, 1), "du samedi 1er décembre 2018 au dimanche 1er décembre 2019",
     "du 1er décembre 2018 au 1er décembre 2019"),
    (date(2018, 11, 29), date(2018, 11, 29), "le jeudi 29 novembre 2018", "le 29 novembre 2018")
])  # fmt: skip
def test_periods(first: date, last: date, long: str, short: str) -> None:
    found = [text.replace("\u00a0", " ") for text in (FRENCH.period(first, last), FRENCH.short_period(first, last))]
    assert found == [long, short]


@pytest.mark.parametrize("make", [FRENCH.period, FRENCH.short_period])
def test_period_runs_forward(make: Callable[[date, date], str]) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        make(date(2018, 12, 6), date(2018, 11, 29))


def test_days_in_words() -> None:
    """A line may break after the weekday, never before the month; without a year nothing can be said of a date."""
    assert FRENCH.day(date(2018, 11, 29)) == "jeudi 29\u00a0novembre"
    assert FRENCH.day_year(date(2022, 12, 1)) == "jeudi 1er\u00a0décembre 2022"
    assert weekday_mismatches("mardi 29 novembre", None) == []


@pytest.mark.parametrize(
    ("when", "text"), [(time(10), "10 h"), (time(17, 30), "17 h 30"), (time(8, 5), "8 h 05"), (time(0), "0 h")]
)
def test_hours(when: time, text: str) -> None:
    assert FRENCH.hour(when) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(("text", "found"), tables_of(__file__)["weekdays"])
def test_weekdays_in_texts(text: str, found: list[list[str]]) -> None:
    assert [[m.found, m.right or ""] for m in weekday_mismatches(text, 2018)] == found


@given(DATES)
def test_own_dates_are_right(when: date) -> None:
    """What the program writes never contradicts the calendar."""
    assert weekday_mismatches(FRENCH.day_year(when), None) == []
    assert weekday_mismatches(FRENCH.day(when), when.year) == []


@given(DATES, st.integers(min_value=1, max_value=6))
def test_wrong_weekday_is_always_found(when: date, shift: int) -> None:
    right = FRENCH.weekday(when)
    wrong = WEEKDAYS[(when.weekday() + shift) % 7]
    assert [m.right for m in weekday_mismatches(FRENCH.day_year(when).replace(right, wrong, 1), None)] == [right]


@given(DATES, st.integers(min_value=0, max_value=500))
def test_period_names_each_part_once_or_twice(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    text = FRENCH.period(first, last)
    assert text.endswith(FRENCH.day_year(last))
    assert text.count(str(last.year)) == 1 or first.year == last.year == 0
    assert (str(first.year) in text) and weekday_mismatches(text, last.year) == []
