"""Read days as people write them: 26/11/2026, « 26 novembre 2026 »."""

import calendar
import re

from leaflet.text import unaccented

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_NUMBERED = {unaccented(month): number for number, month in enumerate(_MONTHS, 1)}
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


def nearest_day(day: str) -> str | None:
    """Return a day such as 2018-02-28, or the last of its month if the month has none of its number; else None."""
    year, month, number = map(int, day.split("-"))
    if not 1 <= month <= 12 or year == 0 or number == 0:
        return None
    last = calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{min(number, last):02}"
