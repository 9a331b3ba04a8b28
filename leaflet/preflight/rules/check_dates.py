"""Dates in print: do they exist, do they agree with themselves, with the calendar, and with the campaign?

A weekday copied from the last election is the commonest slip of these leaflets. Sources: the calendar; `Context.day`;
the campaign's own dates.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache

from leaflet.campaign import load_academies
from leaflet.campaign.dates import FRENCH
from leaflet.campaign.election import flat, laid_over, parts_of
from leaflet.markup.record_values import local_context
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.written_dates import WrittenDate, find_hours, find_periods
from leaflet.preflight.rule import Context, Finding, Options, rules

_VOTE = re.compile(r"\bvot(?:e|er|ez|ons|ant)\b|scrutin|[ée]lection|ouverture|cl[ôo]ture", re.IGNORECASE)
_OPENING = re.compile(r"ouverture|cl[ôo]ture", re.IGNORECASE)
_NEAR = 120  # characters before a period in which it is said what it is of
_BESIDE = 30  # characters between a date and « ouverture » or « clôture »
_NIGHT = time(18)  # « de 22 h à 6 h » is a night


@rules.file("K301")
def _check_weekdays(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    year = _usual_year(file, context)
    for page in file.pages:
        for found in page.dates:
            when = found.on(year)
            if when is not None and found.weekday is not None and found.weekday != when.weekday():
                values = {"date": _format_date(found, when), "weekday": FRENCH.weekday(when)}
                yield Finding(values=values, page=page.number)


def _format_date(found: WrittenDate, when: date) -> str:
    return found.text if found.year else f"{found.text} {when.year}"


@rules.page("K302")
def _check_existence(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (Finding(values={"date": found.text}) for found in page.dates if not found.is_possible)


@rules.page("K303")
def _check_order(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for period in find_periods(page.text, page.dates):
        if period.is_backwards(None):
            ends = (period.first, period.opens_at), (period.last, period.closes_at)
            texts = (f"{end.text}, {FRENCH.hour(at)}" if at else end.text for end, at in ends)
            yield Finding(values=dict(zip(("first", "last"), texts, strict=True)))
    for first, last in find_hours(page.text):
        if last <= first < _NIGHT:
            yield Finding(values={"first": FRENCH.hour(first), "last": FRENCH.hour(last)})


@rules.file("K304")
def _check_ahead(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    year = _named_year(file)
    dated = [(when, page) for page in file.pages for found in page.dates if (when := found.on(year)) is not None]
    if not dated:
        return
    last, page = max(dated, key=lambda item: item[0])
    if last < context.day and any(_VOTE.search(page.text) for page in file.pages):
        values = {"last": FRENCH.day_year(last), "day": FRENCH.short_day_year(context.day)}
        yield Finding(values=values, page=page.number)


@rules.file("K305")
def _check_campaign(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    """Check the dates of the vote."""
    campaign = context.campaign
    if campaign is None or campaign.election.vote.opens_on is None or campaign.election.vote.closes_on is None:
        return
    known, year = _campaign_dates(context), _usual_year(file, context)
    right = FRENCH.short_period(campaign.election.vote.opens_on, campaign.election.vote.closes_on)
    for page in file.pages:
        for found in dict.fromkeys(_of_the_vote(page)):
            when = found.on(year)
            if when is not None and when not in known:
                yield Finding(values={"date": _format_date(found, when), "right": right}, page=page.number)


def _of_the_vote(page: FinishedPage) -> Iterator[WrittenDate]:
    """Find the dates of the vote on a page: those of its periods, and those beside « ouverture » or « clôture »."""
    for period in find_periods(page.text, page.dates):
        if _VOTE.search(page.text, max(period.first.start - _NEAR, 0), period.first.start):
            yield from (period.first, period.last)
    for found in page.dates:
        around = page.text[max(found.start - _BESIDE, 0) : found.start], page.text[found.end : found.end + _BESIDE]
        if any(map(_OPENING.search, around)):
            yield found


@lru_cache(maxsize=1)
def _campaign_dates(context: Context) -> frozenset[date]:
    """Return all dates of the campaign, those of groups that vote on days of their own, or sleep then, among them."""
    campaign = context.campaign
    assert campaign is not None
    parts = [laid_over(campaign.election, part) for _, part in parts_of(campaign.election)]
    votes = [part.vote for part in parts]
    zones = {academie.timezone for academie in load_academies(campaign.resources).by_key.values()}
    local = [local_context(vote, zone) for vote in votes for zone in zones if vote.timezone is not None]
    found = (
        *(moment["on"] for moments in local for moment in moments.values() if isinstance(moment, dict)),
        *(value for part in parts for _, value in flat(part.model_dump())),
        *(day for part in parts for one in part.rounds or () for day in (one.opens_on, one.closes_on)),
        campaign.issued_on,
    )
    return frozenset(when for when in found if isinstance(when, date))


def _usual_year(file: FinishedFile, context: Context) -> int | None:
    """Return the year of dates that name none: the most frequent year of the file, else the campaign's."""
    if (year := _named_year(file)) is not None:
        return year
    opens = context.campaign.election.vote.opens_on if context.campaign else None
    return opens.year if opens else None


def _named_year(file: FinishedFile) -> int | None:
    """Return the most frequent year in the file's dates, of years as frequent the last; None if no date has one."""
    named = Counter(found.year for page in file.pages for found in page.dates if found.year)
    return max(named, key=lambda year: (named[year], year)) if named else None
