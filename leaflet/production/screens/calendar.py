"""Write the events of a record as entries of a calendar (RFC 5545), which any calendar reads.

Moments of a known time zone are written in UTC: no calendar has to know when summer time begins where. An hour whose
zone nobody knows is that of the reader's clock, and a day without an hour lasts the whole day.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from zoneinfo import ZoneInfo

from leaflet.faults import fail
from leaflet.markup.flow import Container
from leaflet.markup.parse import Element, place_of
from leaflet.production.screens.column import read_column

_MOST_OCTETS = 75  # of a line; what is longer goes on in the next one (§3.1)
_SPECIAL = re.compile(r"[\\;,]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ALARM = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|(\d{1,2})h")
_LEAST_LEFT = timedelta(hours=2)  # to vote, when the clock of an alarm shows its hour
_AWAKE = range(7, 22)  # hours at which an alarm may go off
_IN_UTC, _FLOATING, _DAY = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"


def write_calendar(leaflet: Container, key: str, made: datetime, language: str) -> str:
    """Return a calendar of the events of a record; one of the same key takes their place in a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//leaflet//leaflet//{language[:2].upper()}"]
    events = (block for block in read_column(leaflet) if block.tag == "event")
    for number, event in enumerate(events, 1):
        lines += _event(event, f"{number} {key}", made)
    return "".join(f"{line}\r\n" for one in [*lines, "END:VCALENDAR"] for line in _folded(one))


def _event(element: Element, key: str, made: datetime) -> Iterator[str]:
    title = " ".join(one.text for one in element.elements if one.tag == "h3")
    text = "\n".join(one.text for one in element.elements if one.tag == "p")
    begins, ends = _begin_and_end(element)
    yield "BEGIN:VEVENT"
    yield f"UID:{sha256(key.encode()).hexdigest()[:24]}@leaflet"
    yield f"DTSTAMP:{made:{_IN_UTC}}"
    yield f"DTSTART{_moment(begins)}"
    yield f"DTEND{_moment(ends)}"
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped(text)}"
    yield "TRANSP:TRANSPARENT"
    for when in _alarms(element, ends):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(title)}")
        yield f"TRIGGER;VALUE=DATE-TIME:{when:{_IN_UTC}}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _begin_and_end(element: Element) -> tuple[date, date]:
    """Return when an event begins and ends; a day ends where the next begins."""
    starts, ends = (_read(element, name) for name in ("starts", "ends"))
    minutes = element.attributes.get("minutes", "0")
    if not minutes.isdecimal():
        raise fail("M107", place_of(element.at), attribute="minutes", value=minutes, known="15, 120")
    length = timedelta(minutes=int(minutes))
    known = starts or ends
    if known is None:
        raise fail("M104", place_of(element.at), element="event", attribute="starts")
    if isinstance(known, datetime):
        return starts or known - length, ends or known + length
    return known, (ends or known) + timedelta(days=1)


def _read(element: Element, name: str) -> date | None:
    """Return a moment that an attribute says, in its time zone; a day if it says no hour."""
    said = element.attributes.get(name, "").strip()
    try:
        if len(said) <= len("2026-12-10"):
            return date.fromisoformat(said) if said else None
        zone = _zone(element.attributes, "zone")
        return datetime.fromisoformat(said).replace(tzinfo=zone)
    except (ValueError, KeyError, OSError):
        known = "2026-12-10, 2026-12-10 17:00:00"
        raise fail("M107", place_of(element.at), attribute=name, value=said, known=known) from None


def _zone(values: Mapping[str, str], *names: str) -> tzinfo | None:
    return next((ZoneInfo(values[name]) for name in names if values.get(name)), None)


def _alarms(element: Element, ends: date) -> Iterator[datetime]:
    """Yield when to remind of an end: some hours before, or when the clock last shows an hour with time to vote."""
    if not isinstance(ends, datetime) or ends.tzinfo is None:
        return
    here = ends.astimezone(_zone(element.attributes, "here", "zone"))
    for said in element.attributes.get("alarms", "").split():
        found = _ALARM.fullmatch(said)
        if found is None:
            raise fail("M107", place_of(element.at), attribute="alarms", value=said, known="18:00, 8:00, 2h")
        if found[3]:
            clock = here - timedelta(hours=int(found[3]))
            if clock.hour in _AWAKE:
                yield clock.astimezone(UTC)
            continue
        clock = here.replace(hour=int(found[1]), minute=int(found[2]))
        yield (clock if here - clock >= _LEAST_LEFT else clock - timedelta(days=1)).astimezone(UTC)


def _moment(when: date) -> str:
    """Return a moment with what is written before it."""
    if not isinstance(when, datetime):
        return f";VALUE=DATE:{when:{_DAY}}"
    return f":{when:{_FLOATING}}" if when.tzinfo is None else f":{when.astimezone(UTC):{_IN_UTC}}"


def _escaped(text: str) -> str:
    plain = _CONTROL.sub(" ", _SPECIAL.sub(r"\\\g<0>", text))
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the lines of a content line: each but the first begins with a space, no letter is cut."""
    part, room = "", _MOST_OCTETS
    for letter in line:
        if (size := len(letter.encode())) > room:
            yield part
            part, room = " ", _MOST_OCTETS - 1
        part, room = part + letter, room - size
    yield part
