"""One document's pipeline: a school becomes the bytes of its file.

    render (markup) → parse_flow → compose (layout) → impose (press) → write (pdf)

Each stage remembers what it has seen; between two schools nearly everything is the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, LeafletError, Place, RenderError, TemplateError, fail
from leaflet.fonts import FontBook
from leaflet.imposition import Printer, Stock
from leaflet.imposition.impose import Imposer, fitted, sheets_for
from leaflet.layout.face import Layout
from leaflet.layout.page import Compositor
from leaflet.layout.setter import PictureSize
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.about import load_about
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import Context, Renderer, load_renderer
from leaflet.pdf.flavour import Flavour, screen_flavour
from leaflet.pdf.inks import Inks, PressInks, ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import PdfFile, Writer
from leaflet.production.composing import Composer
from leaflet.records import FILTERS, RecordContexts, Suggestion, record_context
from leaflet.resources import assets, templates
from leaflet.tables import Person, School
from leaflet.tables.filters import EVERYTHING, Choice

AT_ONCE = 16  # schools laid out together: in turn, each step would find the processor busy with another
LOGO = "logo"  # the name templates give to the campaign's picture


class Materials(Struct, frozen=True, kw_only=True):
    """What all documents of a build are made from.

    Attributes:
        schools: the whole list, so that a file made alone has the bytes it has in the full build.
        choice: which of them are asked for, by the campaign and by the command.
        people: the staff of each school by its UAI; empty without a staff list.
        suggestions: what is probable of a person.
        stocks: label and card stock by name, the campaign's own too.
        logo: the bytes of the campaign's picture, which other machines cannot read; empty without one.
        letters: every character that a record of the whole list may need, those of templates apart.
        is_large: there are so many schools that their files go into a folder for each département.
        printer: the correction of the printer; `start` the first free place of the first sheet.
        epoch: SOURCE_DATE_EPOCH, or None.
        outline: draw the outline of every box.
    """

    campaign: Campaign
    contexts: RecordContexts
    schools: Sequence[School]
    book: FontBook
    choice: Choice = EVERYTHING
    people: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    suggestions: Mapping[Person, Suggestion] = field(default_factory=dict)
    stocks: Mapping[str, Stock] = field(default_factory=dict)
    logo: bytes = b""
    letters: frozenset[str] = frozenset()
    is_large: bool = False
    printer: Printer = field(default_factory=Printer)
    start: int = 1
    epoch: int | None = None
    outline: bool = False

    @property
    def created(self) -> datetime | None:
        """The date files carry: from SOURCE_DATE_EPOCH or the campaign's own date, never from the clock."""
        if self.epoch is not None:
            return datetime.fromtimestamp(self.epoch, UTC)
        if self.campaign.issued_on is not None:
            return datetime.combine(self.campaign.issued_on, time(), UTC)
        return None

    def book_for(self, sources: Iterable[str]) -> FontBook:
        """The fonts of a document, with every character that its templates or any record may need."""
        return self.book.limited(self.letters.union(*sources))

    def master(self, theme: Theme, book: FontBook, flavour: Flavour, logo: Path | None) -> Master:
        """What the files of a document share."""
        letters = book.letters or frozenset()
        inks: Inks = PressInks(theme.colors, theme.inks) if flavour.is_press else ScreenInks(theme.colors)
        bitmaps = {}
        if logo is not None:
            from leaflet.production.pictures import load_bitmap  # most campaigns have no picture to decode

            profile = flavour.intent.profile if flavour.is_press else None
            bitmaps[LOGO] = load_bitmap(logo, gray=theme.is_gray, profile=profile, data=self.logo)
        return Master(book, letters, inks, bitmaps, flavour)


class DocumentMaker:
    """Makes the files of one document of a campaign.

    Args:
        flavour: what the files claim to be; the document's own way of turning sheets is added.
        beside: sources of templates whose pages stand in the same files.
        renderer: the document's template if it is compiled already.

    Raises:
        TemplateError: template or theme missing or faulty.
        RenderError: the logo is not a picture.
        DataError: the stock does not suit the template.
    """

    def __init__(
        self,
        materials: Materials,
        document: Document,
        flavour: Flavour | None = None,
        beside: Iterable[str] = (),
        renderer: Renderer | None = None,
    ) -> None:
        self.document = document
        self.materials = materials
        about = load_about(templates(), document.template)
        if document.per not in about.per:
            allowed = ", ".join(about.per)
            raise fail("M006", Place(file=document.template), value=document.per, allowed=allowed)
        theme = load_theme(assets() / "themes", document.theme, about.paper)
        stock = materials.stocks[document.sheet] if document.sheet else None
        self.theme = fitted(theme, stock, Place(file=document.name)) if stock else theme
        sheets = sheets_for(document, theme, stock, start=materials.start, printer=materials.printer)
        self._renderer = renderer or load_renderer(templates(), document.template, FILTERS)
        flavour = (flavour or screen_flavour()).with_duplex(sheets.duplex)
        logo = materials.campaign.logo
        book = materials.book_for((*self._renderer.files.values(), *beside))
        self.master = materials.master(self.theme, book, flavour, logo)
        sizes = {name: PictureSize(width, height) for name, (width, height) in self.master.pictures.items()}
        self._composer = Composer(self._renderer)
        self._compositor = Compositor(book, self.theme, sizes, sheets.widths)
        self.imposer = Imposer(sheets, self._compositor.caption, press=flavour.is_press)
        self.metadata = Metadata(materials.campaign.publisher.name, materials.created, flavour.claim)
        self._writer = Writer(self.master, self.metadata, outline=materials.outline)

    @property
    def is_personal(self) -> bool:
        """Whether its files hold names, so that nobody else may read them."""
        return self.document.per == "person"

    def lay_out(self, school: School) -> Layout | None:
        """Where everything of a school's file goes; None if there is nobody to make it for.

        Raises:
            TemplateError, RenderError: with the school as the faults' record.
        """
        records = [self._compose(shared, own, school, person) for shared, own, person in self._contexts(school)]
        return self.put_on_sheets(school, records)

    def lay_out_each(self, schools: Sequence[School]) -> Sequence[Layout | LeafletError | None]:
        """The same for several schools, which is quicker; in the place of one that cannot be laid out, its faults.

        Raises:
            TemplateError: which is the same for every school: one report is enough.
        """
        try:
            return self._lay_out_all(schools)
        except LeafletError:
            return [self._lay_out_one(school) for school in schools]

    def _lay_out_all(self, schools: Sequence[School]) -> list[Layout | None]:
        contexts = [self._contexts(school) for school in schools]
        records = [(shared, own) for found in contexts for shared, own, _ in found]
        layouts = iter(self._composer.compose_all(self._compositor, records))
        return [
            self.put_on_sheets(school, [*islice(layouts, len(found))])
            for school, found in zip(schools, contexts, strict=True)
        ]

    def _lay_out_one(self, school: School) -> Layout | LeafletError | None:
        try:
            return self.lay_out(school)
        except TemplateError:
            raise
        except LeafletError as error:
            return error

    def try_out(self, school: School) -> Iterator[Layout | LeafletError]:
        """Each different record of a school laid out for itself, or all that is wrong with it."""
        for shared, own, person in self._contexts(school):
            rendered, flow = "", None
            try:
                rendered = self._renderer.render({**shared, **own})
                flow = parse_flow(rendered)
                yield self._compositor.compose(flow)
            except RenderError as error:
                found = self._compositor.check(flow) if flow is not None else []
                faults = [*(fault for fault in error.faults if fault not in found), *found]
                faults += _uncovered(self.materials.book.missing(rendered), faults)
                yield RenderError(for_record(fault, school.uai, person) for fault in faults)
            except LeafletError as error:
                yield type(error)(for_record(fault, school.uai, person) for fault in error.faults)

    def put_on_sheets(self, school: School, layouts: Sequence[Layout]) -> Layout | None:
        """What `lay_out` returns, of the layouts of each different record, as `try_out` gives them."""
        times = 1 if self.is_personal else self._count(school)
        records = [layout for layout in layouts for _ in range(times)]
        return self.imposer.impose(records) if records else None

    def _contexts(self, school: School) -> Sequence[tuple[Context, Context, Person | None]]:
        """What the template sees of each record, once: what it shares with others, and what is its own."""
        materials = self.materials
        shared = materials.contexts.shared_by(school)
        if not self.is_personal:
            return [(shared, record_context(school), None)]
        people = materials.people.get(school.uai, ())
        suggested = materials.suggestions if self.document.suggest else {}
        return [(shared, record_context(school, person, suggested.get(person)), person) for person in people]

    def _count(self, school: School) -> int:
        """How many cards without names: as many as the school has staff, else one sheet full of them."""
        stock = self.imposer.sheets.stock
        if stock is None:
            return 1
        if school.staff is not None:
            return school.staff
        return len(self.materials.people.get(school.uai, ())) or stock.count - self.materials.start + 1

    def _compose(self, shared: Context, own: Context, school: School, person: Person | None) -> Layout:
        try:
            return self._composer.compose(self._compositor, shared, own)
        except LeafletError as error:
            raise type(error)(for_record(fault, school.uai, person) for fault in error.faults) from None

    def write(self, layout: Layout) -> PdfFile:
        """The bytes of a laid-out file."""
        return self._writer.write(layout)

    def file_name(self, school: School) -> str:
        """Where a school's file is in the output folder."""
        return file_name(self.document, school, grouped=self.materials.is_large)

    def take_lists(self, people: Mapping[str, Sequence[Person]], suggestions: Mapping[Person, Suggestion]) -> None:
        """Go on with the people of other schools."""
        self.materials = replace(self.materials, people=people, suggestions=suggestions)

    def is_tight(self, layout: Layout) -> bool:
        """Whether the type had to be set smaller; spaces give way before that, which is no news."""
        return is_tight(self.theme, layout.step)

    def tightness(self, layout: Layout) -> dict[str, object]:
        """How far copy-fit went, for the note about it."""
        return tightness(self.theme, layout.step)


def is_tight(theme: Theme, step: int) -> bool:
    """Whether a step of copy-fit sets the type smaller."""
    return theme.fit.type[step] < 1


def tightness(theme: Theme, step: int) -> dict[str, object]:
    """How far copy-fit went, for the note about it (F201)."""
    fit, body = theme.fit, theme.type["body"]
    size = max(body.floor, round(body.size * fit.type[step], 2))
    return {"step": step, "steps": len(fit.type) - 1, "size": f"{size:g}"}


def file_name(document: Document, school: School, *, grouped: bool) -> str:
    """``document/uai-slug.pdf``, as the campaign's pattern says; `grouped`, in a folder for each département.

    The folder is called by the head of the UAI: ``document/037/uai-slug.pdf``.
    """
    stem = document.file_stem(uai=school.uai, name=school.name, town=school.town)
    folder = f"{document.name}/{school.uai[:3]}" if grouped else document.name
    return f"{folder}/{stem}.pdf"


def _uncovered(missing: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    """Characters of a record without glyph that no fault names yet: a block's fault names those of one text."""
    first = next((fault for fault in faults if fault.code == "G101"), None)
    named = "".join(str(fault.values["characters"]) for fault in faults if fault.code == "G101")
    left = [c for c in missing if c.isprintable() and f"« {c} »" not in named]
    if first is None or not left:
        return []
    characters = ", ".join(f"« {c} » (U+{ord(c):04X})" for c in left)
    return [replace(first, values={**first.values, "characters": characters, "text": "…"})]


def for_record(fault: Fault, uai: str, person: Person | None = None) -> Fault:
    """The same fault, with the record it was found in and the line of the template shown.

    Of a person it says the line of the staff list and nothing that stands on it: messages end up in logs. Of letters
    without glyph it names the first: all of them would spell a name in another alphabet.
    """
    fault = replace(fault, place=with_source(replace(fault.place, record=uai)))
    if person is None:
        return fault
    values = {**fault.values, **({"text": "…"} if "text" in fault.values else {})}
    if "characters" in values:
        first, _, more = str(values["characters"]).partition(", ")
        values["characters"] = f"{first}, …" if more else first
    return replace(fault, place=replace(fault.place, record=f"{uai} ({person.line})"), values=values)


def with_source(place: Place) -> Place:
    """A place in a template with the line itself, if the file is one of the program's own."""
    if place.source is not None or place.file is None or place.line is None:
        return place
    try:
        lines = (templates() / place.file).read_text("utf-8").splitlines()
        return replace(place, source=lines[place.line - 1])
    except (OSError, UnicodeDecodeError, IndexError):
        return place
