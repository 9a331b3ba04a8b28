"""Make the files of one document of a campaign: the steps of its pipeline, and what they are applied to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias

from msgspec.structs import replace

from leaflet.campaign import Document
from leaflet.campaign.model import DraftDocument
from leaflet.faults import RECORD_ERRORS, Fault, LeafletError, Place, RenderError, fail
from leaflet.imposition.impose import Imposer, LongLayout, fit_theme, name_nearest, sheets_for
from leaflet.layout.drawings.store import Drawings
from leaflet.layout.face import Layout
from leaflet.layout.fonts import Letters
from leaflet.layout.page import Layouter
from leaflet.layout.setter import PictureInfo
from leaflet.layout.theme import Theme
from leaflet.markup.blanks import OTHER_PORTAL
from leaflet.markup.flow import Container, parse_flow
from leaflet.markup.page_words import marked_texts
from leaflet.markup.record_values import record_context
from leaflet.markup.render import prints, read_template
from leaflet.pdf.flavour import Flavour, screen_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import PdfFile, Writer
from leaflet.production.design import compile_design
from leaflet.production.draft_pages import DraftPages
from leaflet.production.materials import Materials
from leaflet.production.no_room import TOO_SMALL, Cause, find_cause, find_least_size, too_small_card
from leaflet.production.own_message import MESSAGE, is_printed, message_without_room, words_of
from leaflet.production.pipeline import Record, SchoolRecords, Steps, lay_out_records, lay_out_schools
from leaflet.production.printed_links import PrintedLinks
from leaflet.reuse.file_stencils import Likeness, StencilWriter
from leaflet.reuse.flow_stencils import FilledFlow, FlowReader
from leaflet.reuse.page_stencils import StencilLayouter
from leaflet.reuse.traced_template import FilledText, TracedTemplate
from leaflet.tables import Person, School
from leaflet.tables.staff import format_places
from leaflet.text import slug


def for_record(
    fault: Fault, files: Mapping[str, str], row: Place, school: School, person: Person | None = None
) -> Fault:
    """Return a fault with the record it was found in, and the line of the template or of the list it comes from.

    Messages end up in logs. For a person the fault therefore names the line of the staff list and nothing of its
    content, and only the first of the letters without glyph: all of them would spell a name in another alphabet.
    """
    letters = _letters(fault)
    texts = [school.name, school.town, *school.address]
    texts += [person.name, person.address, person.user_name] if person is not None else []
    written = (text for text in texts if {*letters} <= {*text, *text.upper(), *text.lower()})
    if fault.code == "G101" and (found := next(written, None)) is not None:
        fault = replace(fault, place=row, values={**fault.values, "text": found})
    else:
        fault = replace(fault, place=with_source(replace(fault.place, key=row.key, person=row.person), files))
    if person is None:
        return fault
    values = {**fault.values, **({"text": "…"} if "text" in fault.values else {})}
    if letters[1:]:
        values["characters"] = f"{Letters(letters[:1])}, …"
    return replace(fault, values=values)


def for_records(
    faults: Iterable[Fault], materials: Materials, files: Mapping[str, str], school: School, person: Person | None
) -> list[Fault]:
    """Return the faults of a record, each once, as `for_record` does; that of a missing portal is the campaign's."""
    row, portal = materials.row_of(school, person), materials.campaign.place("links", "portal")
    placed = (replace(fault, place=portal) if fault.code == OTHER_PORTAL else fault for fault in faults)
    told: list[Fault] = []
    for fault in (for_record(fault, files, row, school, person) for fault in placed):
        if fault not in told:  # a name stands in several blocks
            told.append(fault)
    return told


def _letters(fault: Fault) -> Letters:
    """Return the letters without glyph that a fault names; none for other faults."""
    letters = fault.values.get("characters")
    return letters if isinstance(letters, Letters) else Letters()


def uncovered_characters(missing: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    """Return a fault for the characters without glyph that no fault names yet; a block's names those of a text."""
    first = next((fault for fault in faults if fault.code == "G101"), None)
    named = {letter for fault in faults for letter in _letters(fault)}
    left = Letters(c for c in missing if c.isprintable() and c not in named)
    if first is None or not left:
        return []
    return [replace(first, values={**first.values, "characters": left, "text": "…"})]


def with_source(place: Place, files: Mapping[str, str]) -> Place:
    """Return a place in a template with the line itself, if the file is one of the template's."""
    if place.source is not None or place.file is None or place.line is None:
        return place
    lines = files.get(place.file, "").splitlines()
    return replace(place, source=lines[place.line - 1]) if place.line <= len(lines) else place


LONG = 1000  # cards of a file from which on it is made sheet by sheet: some forty megabytes in memory

LaidOut: TypeAlias = Layout | LeafletError | None


class DocumentMaker:
    """A maker of the files of one document of a campaign.

    The document's own way of turning sheets is added to `flavour`; `beside` are the sources of templates whose pages
    stand in the same files.
    """

    def __init__(
        self, materials: Materials, document: Document, flavour: Flavour | None = None, beside: Iterable[str] = ()
    ) -> None:
        self.document = document
        self.is_personal = document.per == "person"
        """Tells whether its files hold names of people, so that their owner alone may read them."""
        self.materials, self._contexts = materials, materials.contexts.of(document)
        design, place_of = materials.design_of(document), partial(materials.campaign.place_of, document)
        about, theme, self.pages = design.about, design.theme, design.pages
        if document.per not in about.per:
            raise fail("M006", place_of("per"), key="per", value=document.per, allowed=", ".join(about.per))
        own = words_of(materials.campaign.publisher.message)
        self._message = own if own and prints(design.template, design.files, MESSAGE) else ""
        stock = materials.stocks[document.sheet] if document.sheet else None
        self.theme = theme
        if stock is not None:
            size, stocks = (stock.width, stock.height), materials.stocks.values()
            self.theme = fit_theme(
                theme,
                stock,
                place_of("sheet"),
                lambda: {"template": design.template, **name_nearest(stocks, theme, self.pages, size)},
            )
        sheets = sheets_for(
            document.name,
            theme,
            stock,
            fold=document.fold,
            flip=document.flip,
            order=document.order,
            start=materials.start,
            printer=materials.printer,
        )
        renderer = compile_design(design)
        self._draft = DraftPages(materials, document) if isinstance(document, DraftDocument) else None
        if self._draft is not None:
            beside = (*beside, *self._draft.sources)
        flavour = replace(flavour or screen_flavour(), duplex=sheets.duplex, language=design.words.language)
        book = materials.book_for((*renderer.files.values(), *design.drawings, *beside))
        self.master = materials.master(self.theme, book, flavour, materials.campaign.logo)
        publisher = materials.campaign.publisher
        self.metadata = Metadata(publisher.name, materials.created, flavour.claim, flavour.language)
        pictures = {
            name: PictureInfo(picture.width, picture.height, picture.is_light)
            for name, picture in self.master.pictures.items()
        }
        drawings = Drawings(design.icons, design.scenes)
        self._causes: dict[int, Cause | None] = {}  # by area, whose records mostly lack room for one thing

        def plain_layouter(theme: Theme) -> Layouter:
            return Layouter(book, theme, pictures, sheets.widths, drawings, design.words.texts["sheet.folio"])

        self._renderer, self._plain_layouter = renderer, plain_layouter
        self._layouter = layouter = plain_layouter(self.theme)
        self.imposer = Imposer(sheets, layouter.caption, design.words.texts["sheet.control"], press=flavour.is_press)
        outline = materials.outline
        links, reader = PrintedLinks(materials.campaign, materials.domains), FlowReader()

        def parse(filled: FilledText) -> FilledFlow | Container:
            links.check_filled(filled)
            return reader.parse(filled)

        def parse_plainly(markup: str) -> Container:
            links.check(markup)
            return parse_flow(markup)

        self.steps = Steps(
            render=TracedTemplate(renderer).render,
            parse=parse,
            lay_out=StencilLayouter(layouter).lay_out,
            impose=self.impose,
            write=StencilWriter(self.master, self.metadata, outline=outline).write,
        )
        self.likeness = Likeness()
        self.plain_steps = Steps(
            render=lambda shared, variables: renderer.render({**shared, **variables}),
            parse=parse_plainly,
            lay_out=layouter.lay_out,
            impose=self.impose,
            write=Writer(self.master, self.metadata, outline=outline).write,
        )
        if self._draft is not None:  # nobody makes many, and a memory knows pages by what they were
            self.steps = self.plain_steps

    def records_of(self, school: School) -> SchoolRecords:
        """Return what the template sees of a school, or of each of its people, once."""
        return SchoolRecords(school, self._records(school, self._people_of(school)))

    def cards(self, school: School) -> int:
        """Return how many cards are in a school's file; 1 for a leaflet."""
        return len(self._people_of(school)) if self.is_personal else self._count(school)

    def is_long(self, school: School) -> bool:
        """Tell whether a school's file has so many cards that it is made sheet by sheet (`long_layout`)."""
        return self.imposer.sheets.stock is not None and self._draft is None and self.cards(school) > LONG

    def long_layout(self, school: School) -> LongLayout:
        """Return the pages of a school's file, which are laid out as they are asked for."""
        people = self._people_of(school)

        def lay_out(numbers: Sequence[int]) -> Sequence[Layout]:
            own = self._records(school, [people[number] for number in numbers] if self.is_personal else (None,))
            try:
                layouts = lay_out_records(self.steps, own)
            except LeafletError:  # of one record: each alone, without memory
                layouts = [self._lay_out_record(school, record) for record in own]
            return layouts if self.is_personal else layouts * len(numbers)

        return self.imposer.impose_in_turn(self.cards(school), lay_out)

    def _people_of(self, school: School) -> Sequence[Person | None]:
        """Return those whom a school's records are of; None stands for nobody in particular."""
        return self.materials.people.get(school.key, ()) if self.is_personal else (None,)

    def _records(self, school: School, people: Iterable[Person | None]) -> list[Record]:
        shared = self._contexts.shared_by(school)
        return [Record(shared, record_context(school, person), person) for person in people]

    def lay_out_together(self, schools: Sequence[School]) -> list[LaidOut]:
        """Return for each school its layout, None if there is nobody to make it for, or the error met first."""
        try:
            return [*lay_out_schools(self.steps, [self.records_of(school) for school in schools])]
        except LeafletError as error:  # of one record
            if not schools[1:]:
                return [error]
            return [layout for school in schools for layout in self.lay_out_together([school])]

    def lay_out_each(self, schools: Sequence[School]) -> list[LaidOut]:
        """Return for each school its layout, None if there is nobody to make it for, or its own faults."""
        return [
            self._lay_out_one(*self.records_of(school)) if isinstance(layout, LeafletError) else layout
            for school, layout in zip(schools, self.lay_out_together(schools), strict=True)
        ]

    def try_out(self, school: School) -> Iterator[Layout | LeafletError]:
        """Yield the layout of each different record of a school, or an error with all its faults."""
        for record in self.records_of(school).records:
            rendered, flow = "", None
            try:
                rendered = self.plain_steps.render(record.shared, record.variables)
                flow = self.plain_steps.parse(rendered)
                yield self._layouter.lay_out(flow)
            except RenderError as error:
                found = self._layouter.check(flow) if flow is not None else []
                faults = [*(fault for fault in error.faults if fault not in found), *found]
                faults = self._explained(faults, record, flow)
                faults += uncovered_characters(self.materials.book.missing(rendered), faults)
                yield RenderError(self._for_record(faults, school, record))
            except LeafletError as error:
                yield type(error)(self._for_record(error.faults, school, record))

    def lay_out(self, school: School, *, alone: int = 0) -> Layout:
        """Lay out the file of a school to be looked at; unlike `lay_out_each`, tell the faults of all its records.

        Of `alone`, the number of a record, it is this one by itself, without the sheet that it is printed on.
        """
        records = list(self.try_out(school))[max(0, alone - 1) : alone or None]
        if failed := [record for record in records if isinstance(record, LeafletError)]:
            raise type(failed[0])(fault for error in failed for fault in error.faults)
        layouts = [record for record in records if isinstance(record, Layout)]
        layout = next(iter(layouts), None) if alone else self.impose(school, layouts)
        if layout is None:
            raise fail("F202", Place(file=self.document.name, key=school.key))
        return layout

    def said_texts(self, school: School) -> dict[str, str]:
        """Return the texts that the markup of a school's first record says, by their fields: ``words.vote.title``.

        One of a group is ``groups.NAME.words.vote.title``.
        """
        design, campaign = self.materials.design_of(self.document), self.materials.campaign
        words = design.words
        files = read_template(campaign.resources, design.template, words=words.marked())
        record = self.records_of(school).records[0]
        markup = compile_design(replace(design, files=files)).render({**record.shared, **record.variables})
        return dict(words.of_groups(name, record.shared["groups"]) for name in marked_texts(markup))

    def write(self, layout: Layout) -> PdfFile:
        """Return the file of a layout."""
        return self.steps.write(layout)

    def file_name(self, school: School) -> str:
        """Return where a school's file is in the output folder; one of chosen people is called by their lines."""
        return file_of(self.materials, self.document, school)

    def leaves_out_message(self, layout: Layout) -> bool:
        """Tell whether the publisher's own message, for which the template has a place, had no room in a file."""
        return bool(self._message) and not is_printed(self._message, layout)

    def notes(self, school: School, layout: Layout) -> list[Fault]:
        """Return what there is to say of a school's file by itself: type set smaller, the message without room."""
        found = notes_of_fit(self.theme, layout.step, self.document.name, school.key)
        if self.leaves_out_message(layout):
            message = self.materials.campaign.publisher.message
            found.append(message_without_room(self.document, [school.key], 0, message))
        return found

    def _lay_out_one(self, school: School, records: Sequence[Record]) -> Layout | LeafletError | None:
        """Lay out the file of one school, record by record."""
        try:
            return self.impose(school, [self._lay_out_record(school, record) for record in records])
        except RECORD_ERRORS as error:
            return error

    def _lay_out_record(self, school: School, record: Record) -> Layout:
        steps, flow = self.plain_steps, None
        try:
            flow = steps.parse(steps.render(record.shared, record.variables))
            return steps.lay_out(flow)
        except LeafletError as error:
            faults = self._explained(error.faults, record, flow)
            raise type(error)(self._for_record(faults, school, record)) from None

    def _explained(self, faults: Sequence[Fault], record: Record, flow: Container | None) -> list[Fault]:
        """Return faults of a record that say what of it is too long, and how large a card must be, if that is why."""
        codes = TOO_SMALL.intersection(fault.code for fault in faults)
        if flow is None or not codes:
            return [*faults]
        place = Place(file=self.document.name)
        cause = self._cause_of(record, is_word=codes == {"F102"})
        least = find_least_size(self.theme, lambda theme: _holds(self._plain_layouter(theme), flow))
        if least is not None:
            told = too_small_card(least, cause, self.theme, self.pages, self.materials.stocks.values(), place)
        elif cause is not None:
            told = fail("F105", place, document=self.document.name, **cause).faults
        else:
            return [*faults]
        return [*told, *(fault for fault in faults if fault.code not in TOO_SMALL)]

    def _cause_of(self, record: Record, *, is_word: bool) -> Cause | None:
        """Return what is too long for the pages of a record; a word of its own is told by the fault itself."""

        def holds(values: Mapping[str, Any]) -> bool:
            return _holds(layouter, parse_flow(self._renderer.render(values)))

        layouter, values = self._plain_layouter(self.theme), {**record.shared, **record.variables}
        if not is_word and (cause := find_cause(values, holds, own=True)) is not None:
            return cause
        area = id(record.shared)
        if area not in self._causes:
            self._causes[area] = find_cause(values, holds, own=False)
        return self._causes[area]

    def _for_record(self, faults: Iterable[Fault], school: School, record: Record) -> list[Fault]:
        """Return faults that say which record they are about."""
        return for_records(faults, self.materials, self._renderer.files, school, record.person)

    def impose(self, school: School, layouts: Sequence[Layout]) -> Layout | None:
        """Put the layouts of a school's records on sheets; None if there are none."""
        times = 1 if self.is_personal else self._count(school)
        records = [layout for layout in layouts for _ in range(times)]
        layout = self.imposer.impose(records) if records else None
        return layout if self._draft is None or layout is None else self._draft.make(layout, school, self.materials)

    def _count(self, school: School) -> int:
        """Return how many cards without names: as many as the school has staff, else one sheet full of them."""
        stock = self.imposer.sheets.stock
        if stock is None:
            return 1
        if school.staff is not None:
            return school.staff
        return len(self.materials.people.get(school.key, ())) or stock.count - self.materials.start + 1


def _holds(layouter: Layouter, flow: Container) -> bool:
    """Tell whether pages have room for a record."""
    try:
        layouter.lay_out(flow)
    except RenderError:
        return False
    return True


PART = "-ligne-"  # in the name of a file of some people, before their lines
_LONGEST_PART = 40
OTHERS = "autres"  # the folder of those whose département nobody knows


def notes_of_fit(theme: Theme, step: int, document: str, uai: str) -> list[Fault]:
    """Return the note that a file's type had to be set smaller; spaces give way before that, which is no news."""
    factors = theme.fit.type
    if factors[step] >= 1:
        return []
    how_far = {"step": step, "steps": len(factors) - 1, "percent": round(factors[step] * 100)}
    return [Fault("F201", Place(file=document, key=uai), {**how_far})]


def file_of(materials: Materials, document: Document, school: School) -> str:
    """Return where a school's file is in the output folder; one of chosen people is called by their lines."""
    name = file_name(document, school, grouped=materials.is_large)
    if not materials.is_selection:
        return name
    people = materials.people.get(school.key, ())
    # ``12``, ``5a9-12``, ``agents-4``; a digest of many
    lines = materials.choice.people.called or format_places(people)
    part = slug(lines.replace("–", "a"))
    if len(lines) > _LONGEST_PART:
        part = sha256(repr([(person.sheet, person.line) for person in people]).encode()).hexdigest()[:8]
    return f"{name.removesuffix('.pdf')}{PART}{part}.pdf"


def file_name(document: Document, school: School, *, grouped: bool) -> str:
    """Return ``document/uai-slug.pdf``, as the campaign says; `grouped` by département, ``document/037/…``."""
    stem = document.file_stem(uai=school.key, name=school.name, town=school.town, columns=school.columns)
    folder = f"{document.name}/{school.territory or OTHERS}" if grouped else document.name
    return f"{folder}/{stem}.{document.makes}"
