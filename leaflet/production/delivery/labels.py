"""Write address labels for parcels: one file, all schools in the order of the print run, sheet after sheet.

A sheet is laid out and written before the next one is begun, so that memory does not grow with the list. Addresses
are set as La Poste reads them (NF Z10-011): six lines at most, 38 characters each.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import RECORD_ERRORS, LeafletError, Place, Report, fail
from leaflet.imposition.impose import Imposer, fit_theme, name_nearest, sheets_for
from leaflet.imposition.records_on_sheets import check_start
from leaflet.imposition.stock import Stock, named_stock, size_values
from leaflet.layout.face import Layout
from leaflet.layout.page import Layouter
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import Renderer, load_renderer
from leaflet.pdf.flavour import office_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.pdf.verify_codes import warn_of_codes
from leaflet.pdf.verify_streamed import StreamedVerifier
from leaflet.pdf.writer import StreamedFile
from leaflet.production.delivery.letters import PostOptions, PostResult, choose_parcels, open_delivery
from leaflet.production.document import for_record
from leaflet.production.materials import Materials
from leaflet.production.no_room import TOO_SMALL
from leaflet.production.packing_list import Parcel
from leaflet.production.staging import Staging
from leaflet.production.worker import gc_relaxed
from leaflet.program import own_table
from leaflet.tables import School
from leaflet.tables.school import FIVE_DIGITS, is_postcode
from leaflet.text import unaccented

MOST_LINES = 6
MOST_CHARS = 38
_PUNCTUATION = re.compile(r"[^A-Z0-9/ ]+")
_SPACES = re.compile(r"\s+")
_SHORT: Mapping[str, str] = own_table("abbreviations.toml")


class AddressLines(Struct, frozen=True):
    """An address in lines: those of the name, as the list has it, and those of the place, in capitals."""

    name: tuple[str, ...]
    place: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether it has no more lines, and none longer, than the norm allows."""
        lines = (*self.name, *self.place)
        return len(lines) <= MOST_LINES and _fits(lines)


def has_postcode(school: School) -> bool:
    """Tell whether a school has a postcode, not what stands in its place abroad."""
    return is_postcode(school.postcode, school.key)


def address_lines(school: School) -> AddressLines:
    """Return the address of a school, which may have too many lines; a British one ends with the postcode."""
    town, postcode = in_capitals(school.town), school.postcode
    last = [f"{postcode} {town}"] if FIVE_DIGITS.fullmatch(postcode) else [town, postcode]
    lines = [*map(in_capitals, school.address), *last]
    place = [part for line in lines for part in _broken(shorten(line))]
    return AddressLines(tuple(_broken(school.name)), tuple(place))


def in_capitals(text: str) -> str:
    """Return a text in capitals, without accents and without punctuation."""
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", unaccented(text).upper())).strip()


def shorten(line: str) -> str:
    """Return a line in capitals with as few abbreviations as make it fit, longest word first."""
    words = line.split(" ")
    for number in sorted(range(len(words)), key=lambda number: -len(words[number])):
        if len(" ".join(words)) <= MOST_CHARS:
            break
        words[number] = _SHORT.get(words[number], words[number])
    return " ".join(words)


def _broken(line: str) -> list[str]:
    """Return a line in as few parts as fit, broken between words; none much longer than the others."""
    parts = _wrap(line, MOST_CHARS)
    if len(parts) < 2:
        return parts
    narrower = (_wrap(line, width) for width in range(1, MOST_CHARS))
    return next((found for found in narrower if len(found) == len(parts) and _fits(found)), parts)


def _wrap(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _fits(parts: Sequence[str]) -> bool:
    return all(len(part) <= MOST_CHARS for part in parts)


LABELS = "address-labels"
_TEMPLATE = "address-label"  # and its format


def write_labels(options: PostOptions) -> PostResult:
    """Write the labels of all parcels."""
    inputs, report = open_delivery(options)
    found = Report()
    stock = named_stock(inputs.stocks, options.sheet, Place(field="--labels"))
    check_start(stock, options.start, Place(field="--start"), found)
    found.raise_errors()
    parcels, name = choose_parcels(options, inputs, report), f"{LABELS}.pdf"
    with gc_relaxed(), Staging(options.out, replace_others=options.replace_others) as staging:
        maker = _LabelMaker(options, inputs, stock, report)
        with staging.stream(name) as file:
            count, finished = maker.write(file, parcels)
        options.outcome.check_made(count, keep_going=options.leaves_out)
        if options.verify:
            with staging.path(name).open("rb") as stored:
                StreamedVerifier().verify(stored, finished, Place(file=name))
            warn_of_codes(report)
        staging.commit()
    return PostResult(files=(name,), schools=count, out=options.out, faults=tuple(report))


class _LabelMaker:
    """A maker of sheets of labels."""

    def __init__(self, options: PostOptions, inputs: Materials, stock: Stock, report: Report) -> None:
        self._options, self._inputs, self._stock, self._report = options, inputs, stock, report
        resources, publisher = inputs.campaign.resources, inputs.campaign.publisher
        self._renderer: Renderer = load_renderer(resources, _TEMPLATE, inputs.campaign.lang)
        theme: Theme = load_theme(resources, "default", _TEMPLATE, publisher.color)
        theme = fit_theme(
            theme,
            stock,
            Place(field="--labels"),
            lambda: {"template": _TEMPLATE, **name_nearest(inputs.stocks.values(), theme, 1)},
        )
        flavour = replace(office_flavour(), duplex="Simplex", language=self._renderer.words.language)
        book = inputs.book_for(self._renderer.files.values())
        self._layouter = Layouter(book, theme, {})
        self._master = inputs.master(theme, book, flavour, None)
        self._metadata = Metadata(publisher.name, inputs.created, flavour.claim, flavour.language)
        self._sheets = sheets_for(_TEMPLATE, theme, stock, printer=inputs.printer)

    def write(self, file: BinaryIO, parcels: Sequence[Parcel]) -> tuple[int, StreamedFile]:
        """Write all sheets; return the number of labels, and the finished file."""
        writer = PrintRunWriter(file, self._master, self._metadata)
        left, start, count = self._layouts(parcels), self._options.start, 0
        said = self._renderer.words.texts
        while labels := list(islice(left, self._stock.count - start + 1)):
            imposer = Imposer(replace(self._sheets, start=start), self._layouter.caption, said["sheet.control"])
            writer.add([(imposer.impose(labels).faces, 1)])
            count += len(labels)
            start = 1
        return count, writer.close(f"{said['address-label.title']} – {self._inputs.campaign.publisher.name}")

    def _layouts(self, parcels: Sequence[Parcel]) -> Iterator[Layout]:
        """Yield the label of each parcel; report the faults of the others."""
        for parcel in parcels:
            try:
                yield self._layout(parcel)
            except RECORD_ERRORS as error:
                self._report.extend(error.faults)
            self._options.progress(parcel.number, len(parcels), parcel.school.key)

    def _layout(self, parcel: Parcel) -> Layout:
        """Return one label."""
        school = parcel.school
        place = self._inputs.place_of(school)
        if not has_postcode(school):
            raise fail("P407", place, name=school.name)
        address = address_lines(school)
        too_long = fail("P408", place, name=school.name, **size_values("size", self._stock.width, self._stock.height))
        if not address.is_whole:
            raise too_long
        address_of = {"name": list(address.name), "lines": list(address.place)}
        label = {**address_of, "number": parcel.number, "copies": parcel.copies}
        flow = parse_flow(self._renderer.render({**self._inputs.contexts.context(school), "label": label}))
        try:
            return self._layouter.lay_out(flow, folio=False)
        except LeafletError as error:
            if all(fault.code in TOO_SMALL for fault in error.faults):
                raise too_long from None
            files = self._renderer.files
            raise type(error)(for_record(fault, files, place, school) for fault in error.faults) from None
