"""Fills the HTML pages that the program writes: every value is escaped, and a name that nobody gave is an error."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render_html(path: Path, filters: Mapping[str, Callable[..., object]], values: Mapping[str, Any]) -> str:
    """Return the text of a page.

    Args:
        path: its template; what that includes is beside it.
        filters: what it may call, by name.
        values: what it is filled with.
    """
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
