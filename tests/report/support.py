"""Builds to report on, and a report read back as a browser would."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from leaflet.preflight.report.make import ReportOptions, ReportResult, make_report
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import campaign_text, write_small_campaign

DAY = date(2018, 11, 25)
CAMPAIGN = campaign_text(head='version = "v1"\n')
CARDS = """
[[document]]
name = "cartes"
template = "memo-card"
per = "person"
"""
_SEEN = 'compared = [{ field = "vote.closes_at", value = "18 h", on = 2018-11-20 }]'
LATER = CAMPAIGN.replace('version = "v1"', f'version = "v1"\n{_SEEN}\nvote.closes_at = "18 h"')
"""The campaign with another hour, which somebody compared."""
HEADER = "uai;nom;commune;code_postal;exemplaires\n"
ROWS = (
    "0370035M;Lycée Descartes;Tours;37010;150\n"
    "0370036N;Lycée Balzac;Tours;37013;100\n"
    "9741051Z;Lycée Paul Moreau;Bras-Panon;97412;\n"
)
STAFF = "prenom;nom;uai\nOndine;Passiflore;0370035M\n"


def campaign(folder: Path, text: str = CAMPAIGN, rows: str = ROWS) -> Path:
    return write_small_campaign(folder, text, HEADER + rows, STAFF)


def with_cards() -> str:
    return CAMPAIGN.replace('schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"') + CARDS


def built(folder: Path, text: str = CAMPAIGN, rows: str = ROWS, out: str = "out") -> Path:
    """A campaign, built into the folder `out` beside it."""
    path = campaign(folder, text, rows)
    shutil.copytree(_built_once(text, rows), folder / out)
    return path


_BUILT = TemporaryDirectory()


@cache
def _built_once(text: str, rows: str) -> Path:
    """What a campaign makes; many tests ask for the same."""
    folder = Path(tempfile.mkdtemp(dir=_BUILT.name))
    build(BuildOptions(campaign=campaign(folder, text, rows), out=folder / "out"))
    return folder / "out"


def report(out: Path, **options: Any) -> tuple[str, str, ReportResult]:
    """The report on a folder: HTML, Markdown, what the command is told."""
    asked: dict[str, Any] = {"out": out, "campaign": None, "baseline": None, "lang": "fr", "day": DAY}
    asked |= {"html": out.parent / "report.html", "summary": out.parent / "summary.md"}
    result = make_report(ReportOptions(**{**asked, **options}))
    html, summary = result.written
    return html.read_text("utf-8"), summary.read_text("utf-8"), result


@dataclass
class Element:
    """One element with its text, that of its children included."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page:
    """All elements of a page, in the order they begin."""

    elements: list[Element] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a kind with these attributes; ``class_`` is one of its classes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [found for found in self.elements if found.tag == tag and _has(found, wanted)]

    @property
    def text(self) -> str:
        return " ".join(found.text for found in self.elements if found.tag == "body")


def _has(element: Element, wanted: dict[str, str]) -> bool:
    return all(value in element.attributes.get(name, "").split() for name, value in wanted.items())


class _Parser(HTMLParser):
    """Reads a page that closes what it opens; void elements have no text."""

    _CELLS = frozenset({"td", "th"})
    _VOID = frozenset({"meta", "img", "br", "wbr", "path", "circle", "use"})

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[Element] = []
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in self._VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().tag != tag:
            self.mistakes.append(tag)
        if tag in self._CELLS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parsed(html: str) -> Page:
    """A page, whose elements must all be closed in order."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert (parser.mistakes, parser.open) == ([], [])
    return parser.page
