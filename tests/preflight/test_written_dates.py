"""Dates are found in a text however they are written."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.dates import FRENCH
from leaflet.preflight.pdf.written_dates import WrittenDate, WrittenPeriod, find_dates, find_hours, find_periods
from tests.support import tables_of

DAYS = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def periods(text: str) -> list[WrittenPeriod]:
    return list(find_periods(text, find_dates(text)))


def the_date(text: str) -> WrittenDate:
    (found,) = find_dates(text)
    return found


@given(DAYS)
def test_dates_as_the_program_prints_them(when: date) -> None:
    """Each date from 2014 to 2035 is found again, with its weekday, whatever kind of space is in it."""
    printed = FRENCH.day_year(when)
    for text in (printed, printed.replace("\u00a0", " ").replace(" ", "\n").upper()):
        found = the_date(f"Ouverture le {text}, à 10 h.")
        assert (found.on(None), found.weekday) == (when, when.weekday())
    assert the_date(FRENCH.short_day_year(when)).on(None) == when
    assert the_date(FRENCH.day(when)).on(when.year) == when
    assert the_date(f"{FRENCH.weekday(when)[:3]}. {when:%d/%m/%Y}").on(None) == when


@given(DAYS, st.integers(1, 90))
def test_periods_as_the_program_prints_them(first: date, days: int) -> None:
    """Long, short and brief; a date takes the month and the year it leaves out from the other."""
    last = first + timedelta(days=days)
    for write in (FRENCH.period, FRENCH.short_period, FRENCH.brief_period):
        text = write(first, last)
        if first.year != last.year and not (first.month >= 10 and last.month <= 3):
            continue
        (period,) = periods(f"Vote {text}.")
        assert (period.first.on(None), period.last.on(None)) == (first, last), text
        assert not period.is_backwards(None)


@pytest.mark.parametrize(("text", "wanted"), [
    ("mar. 1er déc. 2026", (1, 12, 2026, 1)), ("jeudi, 3 décembre 2026", (3, 12, 2026, 3)),
    ("JEUDI 3 DECEMBRE", (3, 12, None, 3)), ("le 14 août 2026", (14, 8, 2026, None)),
    ("1er fe\u0301vrier 2027", (1, 2, 2027, None)), ("3.12.2026", (3, 12, 2026, None)),
    ("31 novembre 2026", (31, 11, 2026, None)), ("rue du 8 Mai 1945", (8, 5, None, None))
])  # fmt: skip
def test_dates_as_people_write_them(text: str, wanted: tuple[int, int, int | None, int | None]) -> None:
    """Brief, in capitals, with a comma, in figures, as no calendar has them."""
    found = the_date(text)
    assert (found.day, found.month, found.year, found.weekday) == wanted


@pytest.mark.parametrize("text", ["02 47 60 10 10", "12 marsouins", "3 maisons", "article 12.3.2", "1234 mai"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_hours_belong_to_their_period_or_day() -> None:
    """« du … à 10 h au … à 17 h (heure de Paris) »."""
    (period,) = periods("du jeudi 3 décembre 2026, 8 h 30, au jeudi 10 décembre 2026 à 17 h (heure de Paris)")
    assert (period.opens_at, period.closes_at) == (time(8, 30), time(17))


@pytest.mark.parametrize(("text", "is_backwards"), tables_of(__file__)["periods"])
def test_a_period_may_be_backwards(text: str, *, is_backwards: bool) -> None:
    """It ends before it begins, unless the year turns in it."""
    (period,) = periods(text)
    assert period.is_backwards(None) == is_backwards
    assert list(find_hours("ouvert de 8 h à\n17 h 30, sauf de 12h00 à 13h00")) == [
        (time(8), time(17, 30)),
        (time(12), time(13)),
    ]


def test_two_dates_in_a_list_are_no_period() -> None:
    """« le 3 et le 10 décembre » are two days of one month."""
    first, last = find_dates("le jeudi 3 et le jeudi 10 décembre 2026")
    assert (first.on(None), last.on(None)) == (date(2026, 12, 3), date(2026, 12, 10))
    assert periods("le jeudi 3 et le jeudi 10 décembre 2026") == []
