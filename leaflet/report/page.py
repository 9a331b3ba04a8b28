"""The report as one HTML file: no scripts, nothing fetched, every value escaped."""

import base64
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from leaflet.faults import visible
from leaflet.report.content import Content
from leaflet.report.words import FOLDER, Words
from leaflet.resources import assets

_LONGEST = 2000  # characters of a text from outside


def render_page(content: Content, words: Words) -> str:
    """The file's text."""
    folder = assets() / FOLDER
    style = (folder / "report.css").read_text("utf-8")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shown"] = shown
    return environment.get_template("report.html").render(
        c=content,
        words=words,
        say=words.say,
        number=words.number,
        size=words.size,
        style=style,
        style_hash=style_hash(style),
    )


def style_hash(style: str) -> str:
    """How a content security policy names the one style sheet that it lets in (CSP level 3, §6.7)."""
    return f"sha256-{base64.b64encode(sha256(style.encode()).digest()).decode('ascii')}"


def shown(text: object) -> str:
    """A text from outside with its controls and direction marks written out, so that none acts on the page."""
    return visible(str(text), _LONGEST)
