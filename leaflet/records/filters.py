"""The filters templates format values with: French dates and hours, addresses as links."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup

from leaflet.campaign.french import brief_period, day, day_year, hour, period, short_day_year, short_period
from leaflet.campaign.links import GOVERNMENT, display_parts, is_under

_VALUES = 512  # formatted values kept a filter: a few an académie


def span(first: date, last: date) -> str:
    """Return « du 5 au 13 novembre »: a period without its year, for calendars that name it elsewhere."""
    return short_period(first, last).removesuffix(f" {last.year}")


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def address(url: str) -> Markup:
    """Return the full address as a link, the domain a reader must check in bold."""
    parts = display_parts(url)
    link = Markup('<a href="{}">{}<strong>{}</strong>{}</a>')
    return link.format(url, parts.before, parts.domain, parts.after)


def host(url: str) -> Markup:
    """Return the address as one types it, without scheme or final slash, as a link in bold."""
    typed = url.removeprefix("https://").removesuffix("/")
    return Markup('<a href="{}"><strong>{}</strong></a>').format(url, typed)


def site_name(url: str) -> Markup:
    """Return the host of an address, the name a reader checks before the first slash, as a link in bold."""
    return Markup('<a href="{}"><strong>{}</strong></a>').format(url, urlsplit(url).hostname or "")


def site_end(url: str) -> Markup:
    """Return what the host of an address must end with, in bold: « .gouv.fr », or a foreign host whole."""
    host = urlsplit(url).hostname or ""
    return Markup("<strong>{}</strong>").format(f".{GOVERNMENT}" if is_under(host, (GOVERNMENT,)) else host)


_PURE: tuple[Callable[..., object], ...] = (
    address,
    brief_period,
    capital,
    day,
    day_year,
    host,
    hour,
    period,
    short_day_year,
    short_period,
    site_end,
    site_name,
    span,
)
# The same few dates and addresses are asked for by every record.
FILTERS = {function.__name__: lru_cache(maxsize=_VALUES)(function) for function in _PURE}
