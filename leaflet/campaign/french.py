"""French dates and hours as a proofreader wants them; the weekday is always computed, never copied.

Inside « 29 novembre » and « 17 h 30 » spaces are U+00A0, so that a line never breaks there; a line may
break between the weekday and the number. What is not here: the spaces of running text (templates have them).
"""

import re
from datetime import date, time

from msgspec import Struct

from leaflet.text import fold

NBSP = "\u00a0"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
BRIEF_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")


def number(day_of_month: int) -> str:
    """Return « 1er », « 2 » … « 31 »: only the first is an ordinal in French dates."""
    return "1er" if day_of_month == 1 else str(day_of_month)


def weekday(when: date) -> str:
    """Return the weekday: « jeudi »."""
    return WEEKDAYS[when.weekday()]


def month(when: date) -> str:
    """Return the month: « novembre »."""
    return MONTHS[when.month - 1]


def day_number(when: date) -> str:
    """Return the day of the month: « 1er », « 29 »."""
    return number(when.day)


def day(when: date) -> str:
    """Return weekday, day and month: « jeudi 29 novembre »."""
    return f"{weekday(when)} {_number_month(when)}"


def day_year(when: date) -> str:
    """Return weekday and date: « jeudi 29 novembre 2018 »."""
    return f"{day(when)} {when.year}"


def short_day_year(when: date) -> str:
    """Return the date without its weekday: « 29 novembre 2018 »."""
    return f"{_number_month(when)} {when.year}"


def period(first: date, last: date) -> str:
    """Return « du jeudi 29 novembre au jeudi 6 décembre 2018 »; a month or year in common is written once.

    Raises:
        ValueError: `last` is before `first`.
    """
    _check_order(first, last)
    if first == last:
        return f"le {day_year(first)}"
    return f"du {_start(first, last, named=True)} au {day_year(last)}"


def short_period(first: date, last: date) -> str:
    """Return the period without weekdays: « du 29 novembre au 6 décembre 2018 ».

    Raises:
        ValueError: `last` is before `first`.
    """
    _check_order(first, last)
    if first == last:
        return f"le {short_day_year(first)}"
    return f"du {_start(first, last, named=False)} au {short_day_year(last)}"


def brief_period(first: date, last: date) -> str:
    """Return the period where there is little room: « 29 nov. – 6 déc. 2018 », « 3 – 10 déc. 2026 ».

    Raises:
        ValueError: `last` is before `first`.
    """
    _check_order(first, last)
    end = f"{_brief(last)}{NBSP}{last.year}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{_brief(first)}{NBSP}{first.year} –{NBSP}{end}"
    start = number(first.day) if first.month == last.month else _brief(first)
    return f"{start}{NBSP}–{NBSP}{end}"


def _brief(when: date) -> str:
    return f"{number(when.day)}{NBSP}{BRIEF_MONTHS[when.month - 1]}"


def hour(when: time) -> str:
    """Return the hour: « 10 h », « 17 h 30 », « 8 h 05 »."""
    minutes = f"{NBSP}{when.minute:02}" if when.minute else ""
    return f"{when.hour}{NBSP}h{minutes}"


def _check_order(first: date, last: date) -> None:
    if last < first:
        raise ValueError(f"a period cannot end on {last} before it begins on {first}")


def _number_month(when: date) -> str:
    return f"{number(when.day)}{NBSP}{MONTHS[when.month - 1]}"


def _start(first: date, last: date, *, named: bool) -> str:
    prefix = f"{weekday(first)} " if named else ""
    if first.year != last.year:
        return f"{prefix}{short_day_year(first)}"
    if first.month != last.month:
        return f"{prefix}{_number_month(first)}"
    return f"{prefix}{number(first.day)}"


class Mismatch(Struct, frozen=True, kw_only=True):
    """A date in a text whose weekday is wrong.

    Args:
        found: the words of the text.
        right: the weekday computed, or None when there is no such day (31 novembre).
    """

    found: str
    right: str | None


_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(fold(month) for month in MONTHS)
_MONTH_YEAR = rf"(?P<month>{_MONTH})\b(?:\s+(?P<year>\d{{4}})\b)?"
_DATE = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})\s+(?P<day>\d{{1,2}})(?:er)?"
    rf"(?=\s+(?:(?:au|et|ou)\s+(?:(?:{_WEEKDAY})\s+)?\d{{1,2}}(?:er)?\s+)?{_MONTH_YEAR})"
)


def weekday_mismatches(text: str, year: int | None) -> list[Mismatch]:
    """Return dates of `text` such as « mardi 29 novembre 2018 » with another weekday than the calendar has.

    `year` completes dates written without one; with None such dates are not judged.
    """
    judged = (_judge(match, year) for match in _DATE.finditer(fold(text)))
    return [mismatch for mismatch in judged if mismatch is not None]


def _judge(match: re.Match[str], year: int | None) -> Mismatch | None:
    the_year = int(match["year"]) if match["year"] else year
    if the_year is None:
        return None
    month = [fold(name) for name in MONTHS].index(match["month"]) + 1
    found = f"{match['weekday']} {number(int(match['day']))} {MONTHS[month - 1]} {the_year:04}"
    try:
        right = weekday(date(the_year, month, int(match["day"])))
    except ValueError:
        return Mismatch(found=found, right=None)
    return None if right == match["weekday"] else Mismatch(found=found, right=right)
