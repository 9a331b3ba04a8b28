"""Everything a build is made from, read and checked at the door, before the first page."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign import Academies, Campaign, Data, load_academies, load_campaign
from leaflet.faults import Place, Report, fail
from leaflet.fonts import PACKAGE, FontBook, TTLibError, load_fontbook
from leaflet.imposition import Printer, Stock, check_start, find_stock, load_printer, load_stock, read_own_stock
from leaflet.production.alphabet import alphabet
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions, ReadOptions, parse_choice
from leaflet.records import RecordContexts, Suggestion, make_suggestions
from leaflet.tables import Person, School, load_schools, load_staff
from leaflet.tables.filters import choose

PRINTER_FILE = "printer.toml"  # beside the campaign
_LARGE = 5000  # schools whose files still go into one folder


class Loader:
    """Reads what takes long: lists and fonts. Whoever makes a campaign again and again gives one that remembers."""

    def schools(self, campaign: Campaign, options: InputOptions, report: Report) -> Sequence[School]:
        """The list of schools."""
        return load_schools(
            campaign.schools,
            report=report,
            options=options.reading,
            given=campaign.columns.get("schools", {}),
            cleaning=options.cleaning,
            states=options.choice.states,
            extra_columns=options.choice.extra_columns,
        )

    def people(
        self, campaign: Campaign, schools: Sequence[School], options: InputOptions, report: Report
    ) -> Mapping[str, Sequence[Person]]:
        """The staff of each school, by its UAI; empty without a staff list."""
        if campaign.staff is None:
            return {}
        return load_staff(
            campaign.staff,
            schools={school.uai for school in schools} or None,  # where none could be read, all would be at fault
            report=report,
            options=staff_reading_of(options.reading, campaign.data),
            given=campaign.columns.get("staff", {}),
            cleaning=options.cleaning,
        )

    def fonts(self) -> FontBook:
        """The faces of the build."""
        return load_fonts()


_LOADER = Loader()


def load_inputs(options: InputOptions, report: Report, loader: Loader = _LOADER) -> Materials:
    """Load campaign, lists, stock, printer and fonts; rows with errors are reported and left out.

    Raises:
        LeafletError: something is missing without which nothing can be made.
    """
    return load_materials(options, find_campaign(options, report), report, loader)


def find_campaign(options: InputOptions, report: Report) -> Campaign:
    """Load the campaign file.

    Raises:
        LeafletError: it is not there, or faulty.
    """
    if not os.path.isfile(options.campaign):  # noqa: PTH113 - Path.is_file raises for a name too long (Python 3.11)
        raise fail("U001", Place(file=str(options.campaign)))
    campaign = load_campaign(options.campaign, report)
    report.raise_errors()
    return campaign


def load_materials(options: InputOptions, campaign: Campaign, report: Report, loader: Loader = _LOADER) -> Materials:
    """Load what a campaign names: lists, stock, printer and fonts; rows with errors are reported and left out.

    Raises:
        LeafletError: something is missing without which nothing can be made.
    """
    options = with_campaign_settings(options, campaign.data)
    academies = load_academies()
    schools = loader.schools(campaign, options, report)
    people = loader.people(campaign, schools, options, report)
    stocks = _load_stocks(campaign, options, report)
    contexts = RecordContexts(campaign, academies, report)
    suggestions = _suggest(campaign, people, academies, report)
    return Materials(
        campaign=campaign,
        contexts=contexts,
        schools=schools,
        book=loader.fonts(),
        choice=options.choice,
        people=people,
        suggestions=suggestions,
        stocks=stocks,
        logo=_read_logo(campaign),
        letters=_letters(contexts.fresh_copy(), schools, people, suggestions),
        is_large=len(schools) > _LARGE,
        printer=_load_printer(options.printer, campaign.folder),
        start=options.start,
        epoch=options.epoch,
        outline=options.outline,
    )


def with_campaign_settings(options: InputOptions, data: Data) -> InputOptions:
    """The options with what the campaign says of its lists.

    How the list of schools is read the command says, else the campaign; what is cleaned and chosen they say together.

    Raises:
        UsageError: schools are to be chosen by what is private (U018).
    """
    asked, told = options.reading, parse_choice(where=data.where, states=data.state, of="data.")
    choice = options.choice
    return replace(
        options,
        reading=replace(
            asked,
            encoding=asked.encoding or data.encoding,
            sheet=asked.sheet or data.sheet,
            header_row=asked.header_row or data.header_row,
        ),
        choice=replace(choice, where=(*told.where, *choice.where), states=(*told.states, *choice.states)),
        cleaning=replace(options.cleaning, **{name.replace("-", "_"): True for name in data.clean}),
    )


def staff_reading_of(asked: ReadOptions, data: Data) -> ReadOptions:
    """How the staff list is read: what the campaign says; the command speaks of the list of schools only."""
    return ReadOptions(
        encoding=data.encoding,
        sheet=data.staff_sheet,
        header_row=data.staff_header_row,
        progress=asked.progress,
    )


def choose_schools(options: InputOptions, inputs: Materials, report: Report) -> Sequence[School]:
    """The schools asked for, in the order asked for; the list's own if none is.

    Raises:
        UsageError: one of them is not in it, or nothing passes the filters.
    """
    schools = inputs.schools
    place, found = Place(file=inputs.campaign.schools.name), Report()
    unknown = options.only.difference(school.uai for school in schools) if options.only else frozenset()
    for uai in sorted(unknown):
        found.add("U002", place, value=uai, example=schools[0].uai if schools else "0370001A")
    chosen = choose(schools, inputs.choice, place, found)
    if chosen and options.only and not unknown:
        chosen = [school for school in chosen if school.uai in options.only]
        if not chosen:
            found.add("U016", place)
    report.extend(found)
    if found.errors:
        report.raise_errors()
    return chosen


def _load_stocks(campaign: Campaign, options: InputOptions, report: Report) -> Mapping[str, Stock]:
    """The program's stock and the campaign's own; what documents name must be there.

    The first free place need only be on the sheets of what is made.

    Raises:
        DataError: a table of stock does not close, or a document names another.
    """
    found = Report()
    stocks = load_stock()
    for key, table in campaign.stock.items():
        place = Place(file=campaign.file, field=f"stock.{key}")
        if (own := read_own_stock(key, table, place, found)) is not None:
            stocks[key] = own
    for number, document in enumerate(campaign.documents, 1):
        if document.sheet is None or (document.sheet in campaign.stock and document.sheet not in stocks):
            continue
        stock = find_stock(
            stocks, document.sheet, Place(file=campaign.file, field=f"document[{number}].sheet"), found
        )
        if stock is not None and options.document in (None, document.name):
            check_start(stock, options.start, Place(field="--start"), found)
    report.extend(found)
    if found.errors:  # without its sheets no document can be made, whatever rows are left out
        report.raise_errors()
    return stocks


def _suggest(
    campaign: Campaign, people: Mapping[str, Sequence[Person]], academies: Academies, report: Report
) -> Mapping[Person, Suggestion]:
    if campaign.staff is None or not any(document.suggest for document in campaign.documents):
        return {}
    return make_suggestions(people, academies.by_uai, report, Place(file=campaign.staff.name))


def _letters(
    contexts: RecordContexts,
    schools: Sequence[School],
    people: Mapping[str, Sequence[Person]],
    suggestions: Mapping[Person, Suggestion],
) -> frozenset[str]:
    """Every character of the whole list, and of what campaign, académies and départements give its schools."""
    areas = {id(area): area for area in map(contexts.shared_by, schools)}
    everybody = (person for staff in people.values() for person in staff)
    return frozenset(alphabet((), list(areas.values()), schools, everybody, suggestions.values()))


def _read_logo(campaign: Campaign) -> bytes:
    """The file of the campaign's picture; empty without one."""
    if campaign.logo is None:
        return b""
    try:
        return campaign.logo.read_bytes()
    except OSError as error:
        raise fail("W104", Place(file=campaign.logo.name), problem=error.strerror or str(error)) from None


def _load_printer(path: Path | None, folder: Path) -> Printer:
    """The printer named on the command line, else the one beside the campaign, else one without offset."""
    if path is None:
        path = folder / PRINTER_FILE
        if not path.is_file():
            return Printer()
    return load_printer(path)


def load_fonts() -> FontBook:
    """The faces of the build.

    Raises:
        RenderError: the font package is missing or damaged.
    """
    try:
        return load_fontbook()
    except (ImportError, OSError, TTLibError) as error:
        raise fail("G102", Place(), name=PACKAGE, problem=str(error)) from None
