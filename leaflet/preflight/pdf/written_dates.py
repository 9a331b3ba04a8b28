"""Find French dates and periods in a text as people write them: in full, brief, in figures, broken over lines.

« mardi 3 décembre 2026 », « 1er déc. », « mar. 03/12/2026 », « du jeudi 3 au jeudi 10 décembre 2026 », « 29 nov. – 6
déc. 2018 ». A date without month or year gets it from its period.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.dates import FRENCH, MONTHS, WEEKDAYS

_WEEKDAYS = (r"lun(?:di|\.)?", r"mar(?:di|\.)?", r"mer(?:credi|\.)?", r"jeu(?:di|\.)?", r"ven(?:dredi|\.)?",
             r"sam(?:edi|\.)?", r"dim(?:anche|\.)?")  # fmt: skip
_E = "(?:é|e\u0301?)"
_MONTHS = (r"janv(?:ier|\.)?", rf"f{_E}v(?:rier|r?\.)?", r"mars", r"avr(?:il|\.)?", r"mai", r"juin",
           r"juil(?:let|l?\.)?", r"ao(?:û|u\u0302?)t", r"sept(?:embre|\.)?", r"oct(?:obre|\.)?", r"nov(?:embre|\.)?",
           rf"d{_E}c(?:embre|\.)?")  # fmt: skip
_MONTH = "|".join(f"(?P<m{at}>{month})" for at, month in enumerate(_MONTHS, 1))
_WORDS = re.compile(
    rf"(?<![\d/.,])(?P<day>\d{{1,2}})(?:er)?\s+(?:{_MONTH})(?!\w)(?:\s+(?P<year>20\d\d)(?!\d))?", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>20\d\d)(?![\d/-])")
_WEEKDAY = "|".join(f"(?P<w{at}>{weekday})" for at, weekday in enumerate(_WEEKDAYS))
_ENDS_IN_WEEKDAY = re.compile(rf"(?<!\w)(?:{_WEEKDAY}),?\s+(?:le\s+)?$", re.IGNORECASE)
_LONGEST_WEEKDAY = 16  # characters, up to the day
_TO = r"(?:au|à|jusqu['’]au|[-–—])"
# « du jeudi 3 au », « 3 – »: a day that shares the month of the next one
_SHARES = re.compile(
    rf"(?<![\d/.,:])(?P<number>(?P<day>\d{{1,2}})(?:er)?)\s*(?:{_TO}|et|ou)\s*(?:le\s+)?$", re.IGNORECASE
)
_LONGEST_SHARE = 24
_HOUR = r"(?:,?\s*(?:à\s+|de\s+)?(?P<hour>\d{1,2})\s*h(?:eures?)?(?!\w)\s*(?P<minute>[0-5]\d)?(?!\d))"
_UNTIL = re.compile(rf"{_HOUR}?,?\s*(?:\([^)]{{0,30}}\)\s*)?{_TO}\s*(?:le\s+)?", re.IGNORECASE)
_AT = re.compile(_HOUR, re.IGNORECASE)
_HOURS = re.compile(
    r"(?<!\w)de\s+(?P<h1>\d{1,2})\s*h(?:eures?)?\s*(?P<m1>[0-5]\d)?\s+à\s+(?P<h2>\d{1,2})\s*h(?:eures?)?\s*(?P<m2>[0-5]\d)?",
    re.IGNORECASE,
)
_AUTUMN, _SPRING = 10, 3  # a period from autumn to spring ends in the next year


class WrittenDate(Struct, frozen=True, kw_only=True):
    """A date in a text."""

    day: int  # the day, which may not exist
    month: int  # the month, which may not exist
    year: int | None  # the year; None if the date does not name one
    weekday: int | None  # the weekday, 0 for Monday; None if the date does not name one
    start: int  # its place in the text
    end: int  # the place behind it

    def on(self, year: int | None) -> date | None:
        """Return the day of the calendar, in `year` if the date names none; None without one, or if there is none."""
        the_year = self.year or year
        try:
            return date(the_year, self.month, self.day) if the_year else None
        except ValueError:
            return None

    @property
    def is_possible(self) -> bool:
        """Tell whether this day exists in its year, or in some year if it names none."""
        return self.on(2024) is not None  # a leap year

    @property
    def text(self) -> str:
        """The date in full: « mardi 3 décembre 2026 »."""
        month = MONTHS[self.month - 1] if 1 <= self.month <= len(MONTHS) else str(self.month)
        weekday = WEEKDAYS[self.weekday] if self.weekday is not None else ""
        return " ".join(part for part in (weekday, FRENCH.number(self.day), month, str(self.year or "")) if part)


class WrittenPeriod(Struct, frozen=True, kw_only=True):
    """A period in a text."""

    first: WrittenDate  # its first date
    last: WrittenDate  # its last date
    opens_at: time | None = None  # the hour of the first date; None without one
    closes_at: time | None = None  # the hour of the last date; None without one

    def is_backwards(self, year: int | None) -> bool:
        """Check whether it ends before it begins."""
        first, last = self.first.on(year or 2001), self.last.on(year or 2001)
        if first is None or last is None:
            return False
        if first == last and self.opens_at and self.closes_at:
            return self.closes_at <= self.opens_at
        return last < first and not (self.last.year is None and _turns_year(self.first, self.last))


def find_dates(text: str) -> tuple[WrittenDate, ...]:
    """Find all dates of a text in their order, each with the year of its period."""
    in_words = [_made(text, one, next(at for at in range(1, 13) if one[f"m{at}"])) for one in _WORDS.finditer(text)]
    in_figures = [_made(text, one, int(one["month"])) for one in _FIGURES.finditer(text)]
    whole = sorted((*in_words, *in_figures), key=lambda found: found.start)
    dates = [found for one in whole for found in (*_sharing(text, one), one)]
    for at in range(len(dates) - 1, 0, -1):
        if _UNTIL.fullmatch(text, dates[at - 1].end, dates[at].start):
            dates[at - 1 : at + 1] = _with_years(dates[at - 1], dates[at])
    return tuple(dates)


def find_periods(text: str, dates: Sequence[WrittenDate]) -> Iterator[WrittenPeriod]:
    """Find the periods among the dates of a text."""
    for first, last in pairwise(dates):
        if between := _UNTIL.fullmatch(text, first.end, last.start):
            after = _AT.match(text, last.end)
            opens, closes = (_clock(one["hour"], one["minute"]) if one else None for one in (between, after))
            yield WrittenPeriod(first=first, last=last, opens_at=opens, closes_at=closes)


def find_hours(text: str) -> Iterator[tuple[time, time]]:
    """Find all periods of hours: « de 8 h à 17 h »."""
    for match in _HOURS.finditer(text):
        first, last = (_clock(match[f"h{at}"], match[f"m{at}"]) for at in (1, 2))
        if first is not None and last is not None:
            yield first, last


def _made(text: str, match: re.Match[str], month: int) -> WrittenDate:
    weekday, start = _weekday_before(text, match.start())
    year = int(match["year"]) if match["year"] else None
    return WrittenDate(day=int(match["day"]), month=month, year=year, weekday=weekday, start=start, end=match.end())


def _weekday_before(text: str, end: int) -> tuple[int | None, int]:
    """Find the weekday before the day that begins at `end`, and the place where the date begins with it."""
    before = _ENDS_IN_WEEKDAY.search(text, max(end - _LONGEST_WEEKDAY, 0), end)
    if before is None:
        return None, end
    return next(at for at in range(7) if before[f"w{at}"]), before.start()


def _sharing(text: str, whole: WrittenDate) -> Iterator[WrittenDate]:
    """Find the day before « au » that shares month and year with a date."""
    if match := _SHARES.search(text, max(whole.start - _LONGEST_SHARE, 0), whole.start):
        weekday, start = _weekday_before(text, match.start())
        yield replace(whole, day=int(match["day"]), weekday=weekday, start=start, end=match.end("number"))


def _with_years(first: WrittenDate, last: WrittenDate) -> tuple[WrittenDate, WrittenDate]:
    """Give a date without a year that of the other date in its period."""
    turns = _turns_year(first, last)
    if first.year is None and last.year is not None:
        return replace(first, year=last.year - turns), last
    if first.year is not None and last.year is None:
        return first, replace(last, year=first.year + turns)
    return first, last


def _turns_year(first: WrittenDate, last: WrittenDate) -> bool:
    return first.month >= _AUTUMN and last.month <= _SPRING


def _clock(hour: str | None, minute: str | None) -> time | None:
    return None if hour is None or int(hour) > 23 else time(int(hour), int(minute or 0))
