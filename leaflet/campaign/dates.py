"""Write dates and hours in the words of a language, and read days as people write them in French.

The weekday is always computed, never copied: for « 26 novembre 2026 » the day of the calendar that is meant is found.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date, time

from msgspec import Struct

from leaflet.faults import LANGUAGES
from leaflet.files.words import in_both
from leaflet.program import own_table
from leaflet.text import fold, unaccented


class Calendar(Struct, frozen=True):
    """Write days and hours in the words of a language, by patterns such as ``assets/dates.toml`` has."""

    patterns: Mapping[str, str]

    def weekday(self, when: date) -> str:
        """Return the weekday: « jeudi »."""
        return self.patterns["weekdays"].split(", ")[when.weekday()]

    def month(self, when: date) -> str:
        """Return the month: « novembre »."""
        return self.patterns["months"].split(", ")[when.month - 1]

    def number(self, day_of_month: int) -> str:
        """Return « 1er », « 2 » … « 31 »."""
        return self.patterns.get("first", "1") if day_of_month == 1 else str(day_of_month)

    def day_number(self, when: date) -> str:
        """Return the day of the month: « 1er », « 29 »."""
        return self.number(when.day)

    def short_day(self, when: date) -> str:
        """Return day and month: « 29 novembre »."""
        return self._filled("date", number=self.number(when.day), month=self.month(when), weekday=self.weekday(when))

    def day(self, when: date) -> str:
        """Return weekday, day and month: « jeudi 29 novembre »."""
        return self._filled("day", weekday=self.weekday(when), date=self.short_day(when))

    def short_day_year(self, when: date) -> str:
        """Return the date without its weekday: « 29 novembre 2018 »."""
        return self._filled("year", date=self.short_day(when), year=when.year)

    def day_year(self, when: date) -> str:
        """Return weekday and date: « jeudi 29 novembre 2018 »."""
        return self._filled("year", date=self.day(when), year=when.year)

    def span(self, first: date, last: date) -> str:
        """Return « du 29 novembre au 6 décembre », « du 3 au 10 décembre »: a period without its last year."""
        if last < first:
            raise ValueError(f"a period cannot end on {last} before it begins on {first}")
        start, kind = self.short_day(first), ""
        if first.year != last.year:
            start, kind = self.short_day_year(first), "-in-years"
        elif first == last:
            kind = "-one-day"
        elif first.month == last.month:
            kind = "-in-month"
        pattern = self.patterns.get(f"period{kind}", "{last}" if first == last else self.patterns["period"])
        number, weekday = self.number(first.day), self.weekday(first)
        return pattern.format(first=start, last=self.short_day(last), number=number, weekday=weekday)

    def short_period(self, first: date, last: date) -> str:
        """Return « du 29 novembre au 6 décembre 2018 »; a month or year in common is written once."""
        return self._filled("year", date=self.span(first, last), year=last.year)

    def period(self, first: date, last: date) -> str:
        """Return « du jeudi 29 novembre au jeudi 6 décembre 2018 »."""
        return self._laid_over("named-").short_period(first, last)

    def brief_period(self, first: date, last: date) -> str:
        """Return the period where there is little room: « 29 nov. – 6 déc. 2018 », « 3 – 10 déc. 2026 »."""
        return self._laid_over("brief-").short_period(first, last)

    def hour(self, when: time) -> str:
        """Return the hour: « 10 h », « 17 h 30 », « 8 h 05 »."""
        pattern = "hour" if when.minute or "hour-whole" not in self.patterns else "hour-whole"
        return self._filled(pattern, hour=when.hour, minutes=f"{when.minute:02}")

    def _filled(self, pattern: str, **values: object) -> str:
        return self.patterns[pattern].format_map(values)

    def _laid_over(self, prefix: str) -> "Calendar":
        """Return the calendar with the patterns whose names begin so in the place of those without."""
        own = {name.removeprefix(prefix): text for name, text in self.patterns.items() if name.startswith(prefix)}
        return Calendar({**self.patterns, **own})


FRENCH = Calendar(own_table("dates.toml"))
WEEKDAYS, MONTHS = (tuple(FRENCH.patterns[name].split(", ")) for name in ("weekdays", "months"))


def calendar_of(patterns: tuple[tuple[str, str], ...]) -> Calendar:
    """Return the calendar of a language with these patterns, the French one for none."""
    return Calendar(dict(patterns)) if patterns else FRENCH


class Mismatch(Struct, frozen=True, kw_only=True):
    """A date in a text whose weekday is wrong."""

    found: str  # the words of the text
    right: str | None  # the weekday computed, or None when there is no such day (31 novembre)


_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(fold(month) for month in MONTHS)
_MONTH_YEAR = rf"(?P<month>{_MONTH})\b(?:\s+(?P<year>\d{{4}})\b)?"
_DATE = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})\s+(?P<day>\d{{1,2}})(?:er)?"
    rf"(?=\s+(?:(?:au|et|ou)\s+(?:(?:{_WEEKDAY})\s+)?\d{{1,2}}(?:er)?\s+)?{_MONTH_YEAR})"
)


def weekday_mismatches(text: str, year: int | None) -> list[Mismatch]:
    """Return dates such as « mardi 29 novembre 2018 » with a wrong weekday; `year` is that of dates without one."""
    judged = (_judge(match, year) for match in _DATE.finditer(fold(text)))
    return [mismatch for mismatch in judged if mismatch is not None]


def _judge(match: re.Match[str], year: int | None) -> Mismatch | None:
    the_year = int(match["year"]) if match["year"] else year
    if the_year is None:
        return None
    month = [fold(name) for name in MONTHS].index(match["month"]) + 1
    found = f"{match['weekday']} {FRENCH.number(int(match['day']))} {MONTHS[month - 1]} {the_year:04}"
    try:
        right = FRENCH.weekday(date(the_year, month, int(match["day"])))
    except ValueError:
        return Mismatch(found=found, right=None)
    return None if right == match["weekday"] else Mismatch(found=found, right=right)


_NUMBERED = {unaccented(month): number for number, month in enumerate(MONTHS, 1)}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\s\u2010-\u2015\u2212-]+(\d{1,2})[/.\s\u2010-\u2015\u2212-]+(\d{1,2})")
_IN_WORDS = re.compile(r"(?:[a-z]+\s+)?(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{4})", re.IGNORECASE)


def parse_french_day(text: str) -> str | None:
    """Return a day as it is written here, such as 2026-11-26, for one in another order or in words; or None."""
    value = text.strip()
    if match := _DAY_FIRST.fullmatch(value):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        return f"{year}-{int(match[2]):02}-{int(match[1]):02}"
    if match := _YEAR_FIRST.fullmatch(value):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    if (match := _IN_WORDS.fullmatch(unaccented(value))) and match[2].lower() in _NUMBERED:
        return f"{match[3]}-{_NUMBERED[match[2].lower()]:02}-{int(match[1]):02}"
    return None


def calendar_day(written: str) -> tuple[str, dict[str, str] | None]:
    """Return the day of the calendar that is nearest to one such as 2018-02-31, and why the latter is none.

    The reason is None for a day of the calendar, else values of a message. Of a month that does not exist and a day
    that could be one, both have changed places: 2018-13-05 is 2018-05-13.
    """
    year, month, number = map(int, written.split("-"))
    why: dict[str, str] | None = None
    if year == 0:
        why, year = in_both("why", "no_day_in_year_0"), 1
    if not 1 <= month <= 12:
        why = in_both("why", "no_day_in_month")
        month, number = (number, month) if 1 <= number <= 12 and month else (min(max(month, 1), 12), number)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= number <= last:
        why = why or in_both("why", "no_day_of_month", last=str(last))
    return f"{year:04}-{month:02}-{min(max(number, 1), last):02}", why


def if_day_first(text: str) -> dict[str, str]:
    """Return on what condition a day was read right, that the first number is it, as values of a message."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None or int(match[1]) == int(match[2]) or max(int(match[1]), int(match[2])) > 12:
        return {f"if_{lang}": "" for lang in LANGUAGES}
    return in_both("if", "if_day_first", day=match[1], month=match[2])


def why_no_day(text: str) -> dict[str, str]:
    """Return the values of a message that say why a text such as « 31 novembre 2018 » is no day of the calendar."""
    written = parse_french_day(text)
    why = calendar_day(written)[1] if written is not None else None
    assert why is not None, text
    return why
