"""Read days as people write them: 26/11/2026, « 26 novembre 2026 »; find the day of the calendar that is meant."""

import calendar
import re

from leaflet.campaign.french import MONTHS
from leaflet.text import unaccented

Why = tuple[str, str]
"""Why something is no day, after the words that name it: English, French."""

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


def calendar_day(written: str) -> tuple[str, Why | None]:
    """Return the day of the calendar that is nearest to one such as 2018-02-31, and why the latter is none.

    Args:
        written: as `parse_french_day` returns it.

    Returns:
        2018-02-28 with the reason; the day itself and None if it is in the calendar. Of a month that does not exist
        and a day that could be one, both have changed places: 2018-13-05 is 2018-05-13.
    """
    year, month, number = map(int, written.split("-"))
    why: Why | None = None
    if year == 0:
        why, year = ("does not exist: there was no year 0", "n’existe pas\u00a0: il n’y a pas eu d’an 0"), 1
    if not 1 <= month <= 12:
        why = ("does not exist: months go from 1 to 12", "n’existe pas\u00a0: les mois vont de 1 à 12")
        month, number = (number, month) if 1 <= number <= 12 and month else (min(max(month, 1), 12), number)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= number <= last:
        why = why or (
            f"does not exist: the days of that month go from 1 to {last}",
            f"n’existe pas\u00a0: les jours de ce mois vont de 1 à {last}",
        )
    return f"{year:04}-{month:02}-{min(max(number, 1), last):02}", why


def if_day_first(text: str) -> Why:
    """Return on what condition `parse_french_day` has read a day right: that of two small numbers the first is it.

    Returns:
        English, French, each after a comma; empty texts for a day that can be read in one way only.
    """
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None or int(match[1]) == int(match[2]) or max(int(match[1]), int(match[2])) > 12:
        return "", ""
    return (
        f", if {match[1]} is the day and {match[2]} the month",
        f", si {match[1]} est le jour et {match[2]} le mois",
    )


def why_no_day(text: str) -> dict[str, str]:
    """Return the values of a message that say why a text such as « 31 novembre 2018 » is no day of the calendar."""
    written = parse_french_day(text)
    why = calendar_day(written)[1] if written is not None else None
    assert why is not None, text
    return {"why_en": why[0], "why_fr": why[1]}
