"""Read and validate everything a build is made from, before the first page."""

import os
import string
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from leaflet.campaign import Campaign, Document, load_academies, load_campaign
from leaflet.campaign.list_columns import ListSettings
from leaflet.campaign.load import UNFINISHED
from leaflet.campaign.logo import format_of
from leaflet.campaign.model import KeySettings
from leaflet.confidential import normalise
from leaflet.faults import LANGUAGES, Fault, LeafletError, Place, Report, fail
from leaflet.files.plain_files import FIRST_BYTES, SETTINGS, meant_file, recognise
from leaflet.files.words import NO_HINT, in_both
from leaflet.imposition.impose import name_nearest
from leaflet.imposition.printer import Printer, load_printer
from leaflet.imposition.records_on_sheets import check_start
from leaflet.imposition.stock import Stock, find_stock, load_stock, nearest_name, read_stock
from leaflet.layout.fonts import FAMILY, FontBook, FontError, Letters, load_fontbook
from leaflet.markup.blanks import PERHAPS_ELSEWHERE
from leaflet.markup.groups import Ranked, find_clashes, school_groups
from leaflet.markup.page_words import check_own_words, note_words
from leaflet.markup.record_values import RecordContexts, closes_elsewhen
from leaflet.markup.render import any_prints, read_template
from leaflet.production.build_options import InputOptions
from leaflet.production.design import load_design
from leaflet.production.materials import Materials
from leaflet.production.printed_facts import check_compared, find_not_compared, missing_faults
from leaflet.production.printed_links import PrintedLinks
from leaflet.production.staging import check_out, disk_faults
from leaflet.tables import Person, ReadOptions, School, load_schools, load_staff
from leaflet.tables.column_names import SCHOOLS, STAFF
from leaflet.tables.filters import assign_filters, choose, is_filterable, may_filter_people, parse_choice
from leaflet.tables.keys import KINDS, UAI, KeyKind
from leaflet.tables.opening import ListFile, lists_people
from leaflet.tables.staff import choose_people, hide_cell_texts
from leaflet.text import nearest, texts_in

# Filters and layout add these to the characters of templates and data: dates, numbers, punctuation, French.
BASE = string.ascii_letters + string.digits + string.punctuation + " \u00a0\u202f"
FRENCH = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ«»‹›“”‘’–—…·•€°²№½×"


def alphabet(context: object, schools: Iterable[School], people: Iterable[Person] = ()) -> set[str]:
    """Return all characters of the texts in contexts and of the fields of schools and people, in both cases.

    It is taken from the whole list, so that a file made alone has the bytes it has in the full build.
    """
    letters = set(BASE + FRENCH)
    letters.update(*(text for _, text in texts_in(context)))
    for school in schools:
        letters.update(school.name, school.town, school.postcode, *school.address, *dict(school.columns).values())
    for person in people:
        letters.update(person.name, person.address, person.user_name, *dict(person.columns).values())
    return letters.union(*(letter.upper() + letter.lower() for letter in letters))


PRINTER_FILE = "printer.toml"  # beside the campaign
LISTS = (".csv", ".ods", ".tsv", ".xls", ".xlsm", ".xlsx")  # what somebody may give in place of the campaign
_LARGE = 5000  # schools whose files still go into one folder
_R = TypeVar("_R", School, Person)


class Loader:
    """A reader of lists and fonts, which take long to read. The window has one with a cache."""

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        """Return the list of schools."""
        return load_schools(campaign.schools, report=report, options=options.reading, choice=options.choice)

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        """Return the staff of each school, by its UAI, but for names that cannot be printed; empty without a list."""
        if campaign.staff is None:
            return {}
        people = load_staff(
            campaign.staff,
            schools={school.key for school in schools} or None,  # without schools, do not report every person
            report=report,
            options=staff_reading_of(options.reading, campaign),
            choice=options.choice,
            domains=load_academies(campaign.resources).domains if campaign.profile.academies else None,
        )
        if any(document.per == "person" for document in campaign.documents):
            book, file = self.fonts(), campaign.staff.name
            people = {uai: _printable(staff, book, file, report) for uai, staff in people.items()}
        return {uai: staff for uai, staff in people.items() if staff}

    def fonts(self) -> FontBook:
        """Return the fonts of the build."""
        return load_fonts()


_LOADER = Loader()


def load_inputs(options: InputOptions, report: Report, loader: Loader = _LOADER) -> Materials:
    """Load campaign, lists, stock, printer and fonts; rows with errors are reported and left out."""
    return load_materials(options, find_campaign(options, report), report, loader)


def find_campaign(options: InputOptions, report: Report) -> Campaign:
    """Load the campaign file.

    What is unfinished in it is reported and stops later, together with the facts that are missing.
    """
    check_campaign_file(options.campaign)
    campaign = load_campaign(options.campaign, report)
    if any(fault.code not in UNFINISHED for fault in report.errors):
        report.raise_errors()
    check_own_words(campaign)
    return campaign


def check_asked(options: InputOptions, campaign: Campaign, documents: Iterable[Document], *, is_folder: bool) -> None:
    """Check before a long list is read that the templates of documents are there, and that the folder may be one."""
    for document in documents:
        read_template(campaign.resources, document.template, campaign.place_of(document, "template"))
    if is_folder:
        with disk_faults(options.out):
            check_out(options.out)


def check_campaign_file(path: Path) -> None:
    """Check that a path is that of a campaign file, as far as its name and its first bytes tell."""
    place = Place(file=str(path))
    if os.path.isdir(path):  # noqa: PTH112 - Path raises for a name too long (Python 3.11), here and below
        raise fail("U031", place)
    if not os.path.isfile(path):  # noqa: PTH113
        hidden = path.with_name(f"{path.name}.txt") if path.name else path
        if os.path.isfile(hidden):  # noqa: PTH113
            raise fail("U029", place, value=path.name, found=hidden.name)
        raise fail("U001", place, value=path.name, proposal=meant_file(str(path), SETTINGS))
    if path.suffix.lower() in LISTS:
        raise list_for_campaign(path)
    kind = None
    if path.suffix.lower() != ".toml":
        with suppress(OSError), path.open("rb") as file:  # reading it has a fault for that
            kind = recognise(file.read(FIRST_BYTES))
    if kind is not None:
        hint = in_both("hint", f"hint_{kind}", file=path.name) if kind in ("pdf", "archive") else NO_HINT
        raise fail("U032", place, **in_both("kind", f"file_{kind}"), **hint)


def list_for_campaign(path: Path) -> LeafletError:
    """Return the fault of a list given in place of the campaign; it says how to start one."""
    key, command = ("staff", "") if lists_people(path, ReadOptions()) else ("schools", f" --schools {path}")
    return fail("U030", Place(file=str(path)), value=path.name, key=key, command=f"leaflet init campagne{command}")


def open_inputs(options: InputOptions, campaign: Campaign) -> Materials:
    """Load what a campaign names, and report its lists; stop at errors unless the build keeps going."""
    outcome = options.outcome
    try:
        inputs = load_materials(options, campaign, outcome.report)
    except LeafletError:
        if not options.leaves_out:
            outcome.report.raise_errors()  # errors found before this one come first
        raise
    outcome.set_inputs(campaign, inputs.schools)
    if any(fault.code in UNFINISHED for fault in outcome.report.errors):
        documents = choose_documents(campaign, options.document)
        outcome.report.extend(missing_faults(inputs, documents, inputs.schools))
        found = find_not_compared(inputs, documents, inputs.schools)
        check_compared(campaign, found, outcome.report, draft=options.draft)
        outcome.report.raise_errors()
    if not options.leaves_out:
        outcome.report.raise_errors()
    return inputs


def load_materials(options: InputOptions, campaign: Campaign, report: Report, loader: Loader = _LOADER) -> Materials:
    """Load what a campaign names: lists, stock, printer and fonts; rows with errors are reported and left out."""
    groups = school_groups(campaign).ranked
    options = _with_assigned_filters(with_campaign_settings(options, campaign, groups), campaign)
    academies = load_academies(campaign.resources)
    schools = loader.schools(campaign, options, report)
    people = loader.people(campaign, schools, options, report)
    fonts = loader.fonts()
    if campaign.data.print:
        _check_printed(campaign, options, chain[School | Person](schools, *people.values()))
        links = PrintedLinks(campaign, academies.domains)
        schools = _right(campaign, schools, links, fonts, report)
        people = {uai: _right(campaign, staff, links, fonts, report) for uai, staff in people.items()}
    stocks = _load_stocks(campaign, options, report)
    prints_any = partial(any_prints, campaign.resources, [document.template for document in campaign.documents])
    publisher = campaign.publisher
    if publisher.address is None and publisher.imprint != "" and prints_any("publisher.imprint"):
        report.add("C240", campaign.place("publisher", "address"))
    note_words(campaign, report)
    contexts = RecordContexts(campaign, academies, report, prints_mailbox=prints_any("academie."))
    areas = {id(area): area for area in map(contexts.fresh_copy().shared_by, schools)}
    _check_groups(campaign, contexts, areas.values(), report)
    everybody = (person for staff in people.values() for person in staff)
    if any(closes_elsewhen(area["local"]) for area in areas.values()):
        for document in campaign.documents:
            prints_it = partial(any_prints, campaign.resources, [document.template])
            if prints_it("vote.closes_at") and not prints_it("local."):
                report.add("M218", campaign.place_of(document, "template"), value=document.template)
    letters = frozenset(alphabet([*areas.values()], schools, everybody))
    is_selection = not options.choice.people.is_all
    if is_selection:
        people = _choose_people(campaign, people, options, report)
    logo = b""
    if campaign.logo is not None:
        with disk_faults(campaign.logo.name, "W104"):
            logo = campaign.logo.read_bytes()
        if format_of(logo) == "PDF":
            # a campaign without such a logo needs no reader of PDF
            from leaflet.production.pictures import count_pages

            if (count := count_pages(logo)) > 1:
                report.add("C144", campaign.place("publisher", "logo"), value=campaign.logo.name, count=count)
    printer = options.printer or campaign.folder / PRINTER_FILE
    return Materials(
        campaign=campaign,
        contexts=contexts,
        schools=schools,
        book=fonts,
        choice=options.choice,
        people=people,
        domains=academies.domains,
        stocks=stocks,
        logo=logo,
        is_selection=is_selection,
        letters=letters,
        is_large=len(schools) > _LARGE,
        printer=load_printer(printer) if options.printer or printer.is_file() else Printer(),
        start=options.start,
        epoch=options.epoch,
        outline=options.outline,
    )


def with_campaign_settings(
    options: InputOptions, campaign: Campaign | ListSettings, groups: Sequence[Ranked] = ()
) -> InputOptions:
    """Return the options together with the campaign's settings of its lists.

    The command's options come first; cleaning and filters of both are combined. Columns that groups ask for are read.
    """
    data, asked, choice = campaign.data, options.reading, options.choice
    by_campaign = parse_choice(where=data.where, states=data.state, of="data.")
    cleanings = {name.replace("-", "_"): True for name in data.clean}
    return replace(
        options,
        reading=replace(reading_of("schools", asked, campaign), cleaning=replace(asked.cleaning, **cleanings)),
        choice=replace(
            choice,
            where=(*by_campaign.where, *choice.where),
            states=(*by_campaign.states, *choice.states),
            groups=tuple(groups),
            printed=data.print,
        ),
    )


def _check_groups(
    campaign: Campaign, contexts: RecordContexts, areas: Iterable[Mapping[str, Any]], report: Report
) -> None:
    """Report groups that hold for nobody, and two that say two things of one fact for a school."""
    found, clashes = {area["groups"]: None for area in areas}, Report()
    for _, name, where in contexts.groups.ranked:
        if where and not any(name in names for names in found):
            report.add("C199", campaign.place("groups", name, "where"), value=name)
        if campaign.election.groups[name].same_portal and name not in contexts.groups.telling:
            report.add("C179", campaign.place("groups", name, "same_portal"), value=name)
    told = chain.from_iterable(find_clashes(campaign.election, contexts.groups, names) for names in found)
    for one, other, fact in dict.fromkeys(told):
        clashes.add("C189", campaign.place("groups", other, *fact.split(".")), value=other, other=one, fact=fact)
    report.extend(clashes)
    clashes.raise_errors()


def _with_assigned_filters(options: InputOptions, campaign: Campaign) -> InputOptions:
    """Return the options with each filter of the command line on the list that has its column."""
    choice, report = options.choice, Report()
    if campaign.staff is None:
        if not choice.people.is_all:
            raise fail("U116", campaign.place("data", "staff"))
        return options
    if any(where.column.option == "--where" and not where.column.list for where in choice.where):
        of_schools, of_staff = _titles_of(campaign, options)
        names = {*map(normalise, of_schools), *campaign.columns.get("schools", {})}
        choice = assign_filters(choice, names, set(map(normalise, filter(may_filter_people, of_staff))), report)
        report.raise_errors()
    return replace(options, choice=choice)


def _titles_of(campaign: Campaign, options: InputOptions) -> tuple[frozenset[str], frozenset[str]]:
    """Return the titles of the columns of both lists; none without a staff list."""
    staff, reading = campaign.staff, staff_reading_of(options.reading, campaign)
    of_schools = ListFile(campaign.schools, SCHOOLS, options.reading).titles()
    return of_schools, ListFile(staff, STAFF, reading).titles() if staff else frozenset()


def _check_printed(campaign: Campaign, options: InputOptions, rows: Iterable[School | Person]) -> None:
    """Check that a list has each column that is printed (U011), and that none is refused (U018)."""
    printed, place, report = campaign.data.printed, campaign.place("data", "print"), Report()
    if {name for row in rows for name, _ in row.columns}.issuperset(printed):
        return
    of_schools, of_staff = _titles_of(campaign, options)
    known = sorted({*filter(is_filterable, of_schools), *filter(may_filter_people, of_staff)})
    names, allowed = (set(map(normalise, titles)) for titles in (of_schools | of_staff, known))
    for title in (title for name, title in printed.items() if name not in allowed):
        code = "U018" if normalise(title) in names or not is_filterable(title) else "U011"
        report.add(code, place, value=title, known=", ".join(known), proposal=nearest(title, known))
    report.raise_errors()


def _right(campaign: Campaign, rows: Iterable[_R], links: PrintedLinks, book: FontBook, found: Report) -> list[_R]:
    """Return the rows whose printed cells hold no forbidden address (T336) and no unknown letter (G101)."""
    right, printed = list[_R](), campaign.data.printed
    for row in rows:
        faults, is_school = Report(), isinstance(row, School)
        file = campaign.schools if is_school else campaign.staff
        for name, text in row.columns:
            cell = replace(row.place(file.name if file else ""), field=printed[name])
            faults.extend(Fault("T336", cell, values) for values in links.find_in(text))
            if missing := book.missing(text):
                letters = missing if is_school else Letters(missing[:1])  # all of them would spell a text
                faults.add("G101", cell, characters=letters, text=text, font=book.family)
        found.extend(faults if is_school else map(hide_cell_texts, faults))
        right += [row] * (not faults.errors)
    return right


def _printable(people: list[Person], book: FontBook, file: str, report: Report) -> list[Person]:
    """Return the people whose names can be printed; of the letters of others the first is told: all spell a name."""
    unfit = {one: Letters(letters[:1]) for one in people if (letters := book.missing(one.name))}
    for one, first in unfit.items():
        place = replace(one.place(file), person=one.line)
        report.add("G101", place, characters=first, text="…", font=book.family)
    return [one for one in people if one not in unfit] if unfit else people


def _choose_people(
    campaign: Campaign, people: Mapping[str, Sequence[Person]], options: InputOptions, report: Report
) -> Mapping[str, Sequence[Person]]:
    """Return the people that the command chooses."""
    assert campaign.staff is not None, "asked by `_with_assigned_filters`"
    found = Report()
    chosen = choose_people(people, options.choice.people, Place(file=campaign.staff.name), found)
    if all(document.per != "person" for document in choose_documents(campaign, options.document)):
        found.add("U117", Place(file=campaign.file))
    report.extend(found)
    found.raise_errors()
    return chosen


def staff_reading_of(asked: ReadOptions, campaign: Campaign | ListSettings) -> ReadOptions:
    """Return how the staff list is read, by the campaign: the command names the sheets of the schools only."""
    return reading_of("staff", replace(asked, encoding=None, sheets=(), header_row=None), campaign)


def reading_of(name: str, asked: ReadOptions, campaign: Campaign | ListSettings) -> ReadOptions:
    """Return how a list of a campaign is read: as the command asks, else as the campaign says."""
    data, prefix = campaign.data, "staff_" if name == "staff" else ""
    said = {"sheets": getattr(data, f"{prefix}sheet"), "header_row": getattr(data, f"{prefix}header_row")}
    own = {key: getattr(asked, key) or value for key, value in {**said, "encoding": data.encoding}.items()}
    return replace(asked, key=kind_of_key(data.key), given=campaign.columns.get(name, {}), **own)


def kind_of_key(key: KeySettings) -> KeyKind:
    """Return the kind of key of lists: one of the program's, but for what a campaign describes anew."""
    what = key.what or dict.fromkeys(LANGUAGES, " / ".join(key.shapes))
    columns = " ".join(map(normalise, key.columns))
    own = {"what": any(what.values()) and what, "shapes": key.shapes, "check": key.check, "columns": columns}
    return replace(KINDS.get(key.kind, UAI), **{name: given for name, given in own.items() if given})


def documents_to_make(inputs: Materials, name: str | None) -> list[Document]:
    """Return the document asked for, or all; if people are chosen, only those made for people."""
    documents = choose_documents(inputs.campaign, name)
    return [document for document in documents if document.per == "person" or not inputs.is_selection]


def choose_documents(campaign: Campaign, name: str | None) -> list[Document]:
    """Return the document asked for, or all."""
    documents = [document for document in campaign.documents if name in (None, document.name)]
    if not documents:
        known = [document.name for document in campaign.documents]
        place = Place(file=campaign.file, field="--document")
        raise fail("U003", place, value=name, proposal=nearest(str(name), known), known=", ".join(known))
    return documents


def choose_schools(options: InputOptions, inputs: Materials, report: Report) -> Sequence[School]:
    """Return the schools asked for, in the order asked for, by default that of the list; the outcome counts them."""
    schools = inputs.schools
    place, found = Place(file=inputs.campaign.schools.name), Report()
    unknown = options.only.difference(school.key for school in schools) if options.only else frozenset()
    for uai in sorted(unknown - {fault.values.get("uai") for fault in report.errors}):  # whose row says what is wrong
        found.add("U002", replace(place, field="--only"), **unknown_school(uai, schools, place))
    chosen = choose(schools, inputs.choice, place, found)
    if chosen and options.only and not unknown:
        chosen = [school for school in chosen if school.key in options.only]
        if not chosen:
            found.add("U016", place)
    if chosen and inputs.is_selection and not found.errors:
        chosen = [school for school in chosen if school.key in inputs.people]
        if not chosen:
            found.add("U016", place)
    report.extend(found)
    if found.errors or unknown:
        report.raise_errors()
    for school in filter(inputs.contexts.groups.may_be_elsewhere, chosen):  # by its name
        report.add(PERHAPS_ELSEWHERE, school.place(inputs.campaign.schools.name), value=school.name)
    without = inputs.contexts.count_without_mailbox(chosen)
    options.outcome.set_chosen(chosen, without, by_state=bool(inputs.choice.states))
    return chosen


def unknown_school(uai: str, schools: Sequence[School], place: Place) -> dict[str, object]:
    """Return the values of the fault of a UAI that is not in the list at a place (U002)."""
    same_area = {school.key: school for school in schools if school.key[:3] == uai[:3]}
    near = same_area.get(nearest(uai, same_area))
    shown = f"{near.key}, {near.name}, {near.town}" if near is not None else ""
    return {"value": uai, **in_both("near", "nearest_school" if shown else "nothing", near=shown), "list": place.file}


def _load_stocks(campaign: Campaign, options: InputOptions, report: Report) -> Mapping[str, Stock]:
    """Return the program's stock and the campaign's own, by key and by the names that documents have for them.

    The first free place is validated for the sheets of the documents asked for only.
    """
    found = Report()
    stocks = load_known_stock(campaign, found)
    if options.start > 1 and all(document.sheet is None for document in choose_documents(campaign, options.document)):
        report.add("P115", Place(field="--start"))
    for document in campaign.documents:
        if document.sheet is None or (document.sheet in campaign.stock and document.sheet not in stocks):
            continue
        stock = find_stock(stocks, document.sheet)
        if stock is not None:
            stocks[document.sheet] = stock  # under the name that the document has for it, too
            if options.document in (None, document.name):
                check_start(stock, options.start, Place(field="--start"), found)
            continue
        values = {"value": document.sheet, "proposal": nearest_name(stocks, document.sheet)}
        try:
            design = load_design(campaign, document)
            values |= name_nearest(stocks.values(), design.theme, design.pages)
        except LeafletError:  # reported by whoever makes the document
            values |= in_both("fitting", "no_sheet")
        found.add("P111", campaign.place_of(document, "sheet"), template=document.template, **values)
    report.extend(found)
    if found.errors:  # also if the build keeps going: no document can be made without its sheets
        report.raise_errors()
    return stocks


def load_known_stock(campaign: Campaign, report: Report) -> dict[str, Stock]:
    """Return the stock of the program and the campaign's own, by key."""
    stocks = load_stock(campaign.resources)
    for key, table in campaign.stock.items():
        if (own := read_stock(key, table, campaign.place("stock", key), report)) is not None:
            stocks[key] = own
    return stocks


def load_fonts() -> FontBook:
    """Return the fonts of the build."""
    try:
        return load_fontbook()
    except (OSError, FontError) as error:
        raise fail("G102", Place(), name=FAMILY, problem=str(error)) from None
