"""The vote's hours where a school is: overseas they are not those of Paris, and sometimes of another day."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from leaflet.campaign.election import Vote
from leaflet.records.blanks import blank

_UNKNOWN = blank("vote.timezone", "notice")
_NOWHERE_ELSE: dict[str, Any] = {"opens": _UNKNOWN, "closes": _UNKNOWN}


def local_context(vote: Vote, timezone: str | None) -> dict[str, Any]:
    """Return the moments of the vote in local time, each with its day ``on`` and its hour ``at``.

    Args:
        vote: days, hours and their time zone.
        timezone: of the school; None where it is the same.

    Returns:
        ``opens`` and ``closes``: blank where the hour is not known, or is the same as the vote's own. Of hours that
        have a time zone in words alone, day and hour are blank: they are those of another place, and cannot be told.
    """
    found = dict(_NOWHERE_ELSE)
    if timezone is None or (vote.timezone is None and vote.timezone_label is None):
        return found
    for name, day, hour in (("opens", vote.opens_on, vote.opens_at), ("closes", vote.closes_on, vote.closes_at)):
        if day is None or hour is None:
            continue
        if vote.timezone is None:
            found[name] = {"on": _UNKNOWN, "at": _UNKNOWN}
            continue
        local = datetime.combine(day, hour, ZoneInfo(vote.timezone)).astimezone(ZoneInfo(timezone))
        if local.replace(tzinfo=None) != datetime.combine(day, hour):
            found[name] = {"on": local.date(), "at": local.time()}
    return found
