"""Weekdays, periods and years are judged for every date of two decades."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.dates import FRENCH, WEEKDAYS
from leaflet.preflight.pdf.written_dates import find_dates
from leaflet.preflight.rule import Context, Finding
from leaflet.preflight.rules import RULES
from tests.preflight.cases_dates import campaign
from tests.preflight.samples import CONTEXT
from tests.support import tables_of

BY_CODE = {rule.code: rule for rule in RULES}
DAYS = st.dates(date(2014, 1, 1), date(2035, 12, 31))


def file(*pages: str) -> Any:
    """What the rules see of a file with these pages."""
    made = [SimpleNamespace(number=at, text=text, dates=find_dates(text)) for at, text in enumerate(pages, 1)]
    return SimpleNamespace(pages=made)


def messages(found: Iterator[Finding]) -> list[str]:
    return [str(value) for finding in found for value in finding.values.values()]


@given(DAYS, st.integers(1, 6))
def test_each_wrong_weekday_is_reported_with_the_right_one(when: date, shift: int) -> None:
    """And no right one, in any form the program prints."""
    wrong = WEEKDAYS[(when.weekday() + shift) % 7]
    text = f"Ouverture {wrong} {FRENCH.short_day_year(when)}"
    assert messages(BY_CODE["K301"].file(file(text), CONTEXT, {}))[1] == FRENCH.weekday(when)
    later = when + timedelta(days=7)
    right = f"{FRENCH.day_year(when)}, {FRENCH.period(when, later)}, {FRENCH.day(when)}"
    if when.year == later.year or when.month == 12:
        assert messages(BY_CODE["K301"].file(file(right), CONTEXT, {})) == []


@given(DAYS, DAYS)
def test_periods_are_reported_if_they_end_before_they_begin(one: date, other: date) -> None:
    if one == other:
        return
    text = f"du {FRENCH.day_year(one)} au {FRENCH.day_year(other)}"
    (page,) = file(text).pages
    assert bool(messages(BY_CODE["K303"].page(page, CONTEXT, {}))) == (other < one)


@given(st.times(), st.times())
def test_hours_of_one_day(one: time, other: time) -> None:
    """« de 17 h à 8 h » is reported, « de 22 h à 6 h » is a night."""
    one, other = one.replace(second=0, microsecond=0), other.replace(second=0, microsecond=0)
    (page,) = file(f"ouvert de {FRENCH.hour(one)} à {FRENCH.hour(other)}").pages
    assert bool(messages(BY_CODE["K303"].page(page, CONTEXT, {}))) == (other <= one < time(18))


@given(DAYS, DAYS)
def test_an_election_is_over_the_day_after(last: date, today: date) -> None:
    text = f"Vote du 1er janvier 2011 au {FRENCH.day_year(last)}"
    assert bool(messages(BY_CODE["K304"].file(file(text), Context(day=today), {}))) == (last < today)


def test_the_year_is_said_elsewhere_in_the_file() -> None:
    """« jeudi 29 novembre » on the back belongs to the year on the front."""
    assert messages(BY_CODE["K301"].file(file("Vote le 6 décembre 2018", "jeudi 29 novembre"), CONTEXT, {})) == []
    assert messages(BY_CODE["K301"].file(file("Le 6 décembre 2019", "jeudi 29 novembre"), CONTEXT, {}))
    assert messages(BY_CODE["K301"].file(file("jeudi 29 novembre"), CONTEXT, {})) == []


@pytest.mark.parametrize(("text", "is_reported"), tables_of(__file__)["dates"])
def test_dates_of_the_vote_are_the_campaigns(text: str, *, is_reported: bool) -> None:
    """Dates of anything else are nobody's business."""
    context = Context(day=CONTEXT.day, campaign=campaign())
    assert bool(messages(BY_CODE["K305"].file(file(text), context, {}))) == is_reported
