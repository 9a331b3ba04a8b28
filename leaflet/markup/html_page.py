"""Fill the HTML pages that the program writes: every value is escaped, a name that nobody gave is an error."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from leaflet.campaign.dates import FRENCH
from leaflet.faults import Lang


def render_html(path: Path, filters: Mapping[str, Callable[..., object]], values: Mapping[str, Any]) -> str:
    """Return the text of a page; what its template includes is beside it, and may call filters by name."""
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment.get_template(path.name).render(values)


_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def format_day(when: date, lang: Lang) -> str:
    """Format a date: « jeudi 29 novembre 2018 », “Thursday 29 November 2018”."""
    return FRENCH.day_year(when) if lang == "fr" else f"{when:%A} {when.day}\u00a0{when:%B} {when.year}"


def format_hour(clock: str, lang: Lang) -> str:
    """Return a time of day such as ``17:00`` as one says it: « 17 h », « 17 h 30 »; any other text as it is."""
    found = _CLOCK.fullmatch(clock)
    return f"{int(found[1])}\u00a0h\u00a0{found[2]}".removesuffix("\u00a000") if found and lang == "fr" else clock
