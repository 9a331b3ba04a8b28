"""Make drafts: files whose pages say that nobody has compared what they print, and at their end what that is.

A draft is for the eye of whoever compares it with the notice de vote. It has no code that opens anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from leaflet.campaign.dates import calendar_of
from leaflet.campaign.election import value_of
from leaflet.campaign.facts import in_words, row_of, shown_value
from leaflet.campaign.load import PORTAL
from leaflet.campaign.model import DraftDocument, lang_of_facts
from leaflet.imposition.draft_frame import DraftFrame
from leaflet.imposition.draft_numbers import find_rings
from leaflet.layout.face import Face, Layout
from leaflet.layout.page import Layouter
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_renderer
from leaflet.production.materials import Materials
from leaflet.production.printed_facts import find_not_compared
from leaflet.tables import School

TEMPLATE = "draft-list"  # of the last page
_FORMAT = "packing-list"  # whose lines it has


class DraftPages:
    """A maker of the pages of drafts of one document."""

    def __init__(self, materials: Materials, document: DraftDocument) -> None:
        campaign = materials.campaign
        self._campaign, self._document = campaign, document
        self._renderer = load_renderer(campaign.resources, TEMPLATE, document.lang)
        self._theme = load_theme(campaign.resources, document.theme, _FORMAT, campaign.publisher.color)
        self._lang = lang_of_facts(document.lang)
        texts, self._dates = self._renderer.words.texts, calendar_of(self._renderer.words.calendar)
        self._legend = texts["draft.legend-one"], texts["draft.legend"]
        book, no_code = materials.book_for(self.sources), texts["draft.no-code"].split("<br/>")
        self._frame = DraftFrame(book, self._theme.weights[-1], texts["draft.frame"], no_code)
        self._layouter = Layouter(book, self._theme, {})
        self._book = book
        self._lists: dict[tuple[int, str], tuple[dict[int, list[str]], Layout]] = {}  # by what an area prints

    @property
    def sources(self) -> tuple[str, ...]:
        """The template's files, whose letters the fonts of a draft must have."""
        return tuple(self._renderer.files.values())

    def make(self, layout: Layout, school: School, materials: Materials) -> Layout:
        """Return the pages of a school's draft, and behind them the list of what is to be compared."""
        shared = materials.contexts.shared_by(school)
        key = id(shared), school.sector
        if key not in self._lists:
            found = find_not_compared(materials, [self._document], [school])
            self._lists[key] = self._list(found or self._document.facts, shared)  # those of other areas, if none
        wanted, listed = self._lists[key]
        legend = self._legend[len(wanted) > 1].replace("{count}", str(len(wanted)))
        left, faces = dict(wanted), list[Face]()
        for face in layout.faces:  # each fact has its number once, where it is first read
            rings = find_rings(face, left, self._book)
            left = {number: texts for number, texts in left.items() if number not in rings}
            faces.append(self._frame.put_around(face, legend, rings))
        faces += [self._frame.put_around(face, legend, {}) for face in listed.faces]
        return replace(layout, title=f"{listed.title} – {layout.title}", faces=tuple(faces))

    def _list(self, found: Sequence[str], shared: Mapping[str, Any]) -> tuple[dict[int, list[str]], Layout]:
        """Return the words by which pages say each fact to compare, by its number, and the pages that list them."""
        facts, wanted, lang = list[dict[str, object]](), dict[int, list[str]](), self._lang
        show = partial(in_words, lang=lang, dates=self._dates)
        for number, field in enumerate(found, 1):
            row, value = row_of(field, self._campaign.profile), shown_value(self._campaign, field, show)
            facts.append({"number": number, "what": row.what[lang], "value": value, "where": row.where[lang]})
            wanted[number] = [*self._printed(field, value_of(self._campaign.election, field))]
        markup = self._renderer.render({**shared, "facts": facts})
        return wanted, self._layouter.lay_out(parse_flow(markup), folio=False)

    def _printed(self, field: str, value: object) -> Iterator[str]:
        """Yield the words by which pages say a fact: an address without what browsers add, a day without its year."""
        if isinstance(value, date | time):
            yield self._dates.day(value) if isinstance(value, date) else self._dates.hour(value)
        elif isinstance(value, str):
            yield value.removeprefix("https://").removeprefix("heure de ").removesuffix("/")
            if field == PORTAL:
                yield urlsplit(value).hostname or ""
