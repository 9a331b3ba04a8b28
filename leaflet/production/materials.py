"""Hold all that the documents of a build are made from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from msgspec import Struct, field

from leaflet.campaign import Campaign, Document
from leaflet.faults import Place
from leaflet.imposition.printer import Printer
from leaflet.imposition.stock import Stock
from leaflet.layout.fonts import FontBook
from leaflet.layout.theme import Theme
from leaflet.markup.record_values import RecordContexts
from leaflet.pdf.flavour import Flavour
from leaflet.pdf.inks import Inks, PressInks, ScreenInks
from leaflet.pdf.master import Master
from leaflet.production.design import Design, load_design
from leaflet.production.pictures import inks_of
from leaflet.tables import Person, School
from leaflet.tables.row_selection import EVERYTHING, Choice

LOGO = "logo"  # the name templates give to the campaign's picture


class Materials(Struct, frozen=True, kw_only=True):
    """The campaign, its lists, stock, fonts and settings."""

    campaign: Campaign  # the campaign file
    contexts: RecordContexts  # the part of a record that many schools share
    schools: Sequence[School]  # the whole list, so that a file made alone has the bytes it has in the full build
    book: FontBook  # the fonts
    choice: Choice = EVERYTHING  # which of them are asked for, by the campaign and by the command
    people: Mapping[str, Sequence[Person]] = field(default_factory=dict)  # the staff by UAI, or those chosen of it
    domains: tuple[str, ...] = ()  # of all académies, under which printed addresses may be
    designs: Mapping[str, Design] = field(default_factory=dict)  # by document, read once for all workers
    stocks: Mapping[str, Stock] = field(default_factory=dict)  # label and card stock by name, the campaign's included
    logo: bytes = b""  # the bytes of the campaign’s picture, read once; empty without one
    letters: frozenset[str] = frozenset()  # that a record of the whole list may need, those of templates apart
    is_large: bool = False  # there are so many schools that their files go into a folder for each département
    is_selection: bool = False  # `people` are not everybody; their files have names of their own
    printer: Printer = field(default_factory=Printer)  # the correction of the printer
    start: int = 1  # the first free place of the first sheet, from 1
    epoch: int | None = None  # SOURCE_DATE_EPOCH, or None
    outline: bool = False  # draw the outline of every box

    @property
    def created(self) -> datetime | None:
        """The date that files carry, from SOURCE_DATE_EPOCH or the campaign's own date, never from the clock."""
        if self.epoch is not None:
            return datetime.fromtimestamp(self.epoch, UTC)
        if self.campaign.issued_on is not None:
            return datetime.combine(self.campaign.issued_on, time(), UTC)
        return None

    def place_of(self, school: School) -> Place:
        """Return the row of a school in its list, which faults of this school are counted to."""
        return school.place(self.campaign.schools.name)

    def row_of(self, school: School, person: Person | None) -> Place:
        """Return the row of a record in its list: of a school, or of one of its people, who is told by the line."""
        staff = self.campaign.staff
        if person is None or staff is None:
            return self.place_of(school)
        return Place(file=staff.name, line=person.line, key=school.key, person=person.line)

    def design_of(self, document: Document) -> Design:
        """Return the template and the theme of a document, read now if they are not yet."""
        return self.designs.get(document.name) or load_design(self.campaign, document)

    def book_for(self, sources: Iterable[str]) -> FontBook:
        """Return the fonts of a document, with every character that its templates or any record may need."""
        return self.book.limited(self.letters.union(*sources))

    def master(self, theme: Theme, book: FontBook, flavour: Flavour, logo: Path | None) -> Master:
        """Return the part that all files of a document share."""
        letters = book.letters or frozenset()
        profile = flavour.intent.profile if flavour.is_press else None
        inks: Inks = PressInks(theme.colors, inks_of(theme, profile)) if profile else ScreenInks(theme.colors)
        pictures = {}
        if logo is not None:
            from leaflet.production.pictures import load_logo

            pictures[LOGO] = load_logo(logo, gray=theme.is_gray, profile=profile, data=self.logo)
        return Master(book, letters, inks, pictures, flavour, theme.weights)
