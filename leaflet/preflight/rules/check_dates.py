"""Dates in print: do they exist, do they agree with themselves, with the calendar, and with the campaign?

A weekday copied from the last election is the commonest slip of these leaflets. Sources: the calendar; `Context.day`;
the campaign's own dates. Not here: how dates are found in a text; see `leaflet.preflight.pdf.written_dates`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING

from leaflet.campaign import french_dates, load_academies
from leaflet.markup.record_values import local_context
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.written_dates import WrittenDate, find_hours, find_periods
from leaflet.preflight.rule import Context, Finding, Options, Rule

if TYPE_CHECKING:
    from leaflet.campaign import Campaign


_VOTE = re.compile(r"\bvot(?:e|er|ez|ons|ant)\b|scrutin|[ée]lection|ouverture|cl[ôo]ture", re.IGNORECASE)
_OPENING = re.compile(r"ouverture|cl[ôo]ture", re.IGNORECASE)
_NEAR = 120  # characters before a period in which it is said what it is of
_BESIDE = 30  # characters between a date and « ouverture » or « clôture »
_NIGHT = time(18)  # « de 22 h à 6 h » is a night


def check_weekdays(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a date falls on the weekday that is printed with it."""
    year = _usual_year(file, context)
    for page in file.pages:
        for found in page.dates:
            when = found.on(year)
            if when is not None and found.weekday is not None and found.weekday != when.weekday():
                yield Finding(
                    values={"date": _format_date(found, when), "weekday": french_dates.weekday(when)},
                    page=page.number,
                )


def _format_date(found: WrittenDate, when: date) -> str:
    return found.text if found.year else f"{found.text} {when.year}"


def check_existence(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that dates exist in the calendar."""
    for found in page.dates:
        if not found.is_possible:
            yield Finding(values={"date": found.text})


def check_order(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that closing is after opening."""
    for period in find_periods(page.text, page.dates):
        if period.is_backwards(None):
            yield Finding(values={"first": _with_hour(period.first, period.opens_at),
                                  "last": _with_hour(period.last, period.closes_at)})  # fmt: skip
    for first, last in find_hours(page.text):
        if last <= first < _NIGHT:
            yield Finding(values={"first": french_dates.hour(first), "last": french_dates.hour(last)})


def _with_hour(found: WrittenDate, hour: time | None) -> str:
    return f"{found.text}, {french_dates.hour(hour)}" if hour else found.text


def check_ahead(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the election of a leaflet is not over."""
    year = _named_year(file)
    dated = [(when, page) for page in file.pages for found in page.dates if (when := found.on(year)) is not None]
    if not dated:
        return
    last, page = max(dated, key=lambda item: item[0])
    if last < context.day and any(_VOTE.search(page.text) for page in file.pages):
        yield Finding(
            values={"last": french_dates.day_year(last), "day": french_dates.short_day_year(context.day)},
            page=page.number,
        )


def check_campaign(file: FinishedFile, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the dates of the vote are those of the campaign."""
    campaign = context.campaign
    if campaign is None or campaign.election.vote.opens_on is None or campaign.election.vote.closes_on is None:
        return
    known, year = _campaign_dates(campaign), _usual_year(file, context)
    right = french_dates.short_period(campaign.election.vote.opens_on, campaign.election.vote.closes_on)
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


def _campaign_dates(campaign: "Campaign") -> frozenset[date]:
    """Return all dates of the campaign, those of areas that vote on days of their own, or sleep then, among them."""
    election = campaign.election
    votes = (election.vote, *(area.vote for area in election.areas.values()))
    zones = {academie.timezone for academie in load_academies(campaign.resources).by_key.values()}
    local = [local_context(vote, zone) for vote in votes for zone in zones if vote.timezone is not None]
    found = (
        *(when for vote in votes for when in (vote.opens_on, vote.closes_on)),
        *(moment["on"] for moments in local for moment in moments.values() if isinstance(moment, dict)),
        *(election.mail.sent_on, election.reissue.opens_on),
        *(election.notice.from_on, election.notice.to_on, election.notice.deadline_computed, campaign.issued_on),
    )
    return frozenset(when for when in found if when is not None)


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


RULES = (
    Rule(code="K301", family="dates", name="weekdays are right", source="the calendar", file=check_weekdays),
    Rule(code="K302", family="dates", name="dates exist", source="the calendar", page=check_existence),
    Rule(code="K303", family="dates", name="closing is after opening", source="the calendar", page=check_order),
    Rule(code="K304", family="dates", name="the election is ahead", source="day of the check", file=check_ahead),
    Rule(code="K305", family="dates", name="dates are the campaign's", source="the campaign", file=check_campaign),
)
