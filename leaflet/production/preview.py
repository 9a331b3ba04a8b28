"""Draw records as picture files: ``OUT/<document>-<uai>-p1.png``, all of them or none.

Pages are made by the pipeline of the build, and drawn from the bytes of its files.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.confidential import hide_secrets
from leaflet.faults import SEVERITIES, Fault, LeafletError, Place, Report, error_of, fail, unexpected_fault
from leaflet.files.raster import make_png
from leaflet.geometry import PT_PER_INCH
from leaflet.pdf.page_images import PDFIUM, render_raster
from leaflet.production.build_options import InputOptions
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import choose_documents, choose_schools, load_inputs
from leaflet.production.materials import Materials
from leaflet.production.outcome import Outcome
from leaflet.production.printed_facts import explain_blanks
from leaflet.production.staging import Staging, is_own
from leaflet.tables import School

_MAX_DPI = 300  # at which an A3 poster has 17 million pixels
_PAGE = re.compile(r"p([0-9]+)")

_Drawn = tuple[DocumentMaker, School, Sequence[bytes]]  # who made a file, of which school, and a PNG for each page


class PreviewOptions(InputOptions, frozen=True, kw_only=True):
    """The inputs of a preview, and what is shown of them: the first school, or those of one of three options."""

    longest: bool = False  # the school with most text
    shortest: bool = False  # the school with least
    sample: int | None = None  # this many schools: the first, the longest, then some evenly spread
    dpi: int = 110  # the resolution of the pictures

    def ways(self) -> list[str]:
        """Return the options that say which schools are shown: none or one; U050 for more, which contradict."""
        given = {"--longest": self.longest, "--shortest": self.shortest, "--sample": self.sample is not None}
        names = [name for name, is_given in given.items() if is_given]
        if len(names) > 1:
            raise fail("U050", Place(), value=", ".join(names))
        return names


def select_records(schools: Sequence[School], options: PreviewOptions) -> list[School]:
    """Return the selected schools of a list that has at least one."""
    if options.sample is not None:
        return sample_schools(schools, options.sample)
    if options.longest:
        return [max(schools, key=text_length)]
    return [min(schools, key=text_length) if options.shortest else schools[0]]


def text_length(school: School) -> int:
    """Return how much text is printed of a school: the characters of name, address, postcode and town."""
    return sum(map(len, (school.name, *school.address, school.postcode, school.town)))


def sample_schools(schools: Sequence[School], count: int) -> list[School]:
    """Return the first school, the longest one, then some spread evenly over the others; `count` if there are."""
    chosen = list({school.key: school for school in (schools[0], max(schools, key=text_length))}.values())[:count]
    known = {school.key for school in chosen}
    others = [school for school in schools if school.key not in known]
    rest = min(count - len(chosen), len(others))
    return chosen + [others[(2 * number + 1) * len(others) // (2 * rest)] for number in range(rest)]


class PreviewResult(Struct, frozen=True, kw_only=True):
    """The pictures that were written."""

    paths: tuple[Path, ...]  # the picture files, page after page
    faults: tuple[Fault, ...]  # warnings and notes about the records shown
    other_faults: int  # the number of faults in other rows of the lists
    is_personal: bool  # whether pictures show names of people


def preview(options: PreviewOptions) -> PreviewResult:
    """Draw the selected records, of the document asked for or of all."""
    options.ways()  # before anything is read
    report = Report()
    materials = load_inputs(replace(options, keep_going=True), report)
    documents = choose_documents(materials.campaign, options.document)
    if options.document is None:
        documents = [document for document in documents if document.is_paper] or documents
    schools, selected = _choose(options, materials, report)
    drawing = _Drawing(materials=materials, schools=schools, report=report, dpi=min(options.dpi, _MAX_DPI))
    files = drawing.draw_all(documents, selected)
    return PreviewResult(
        paths=tuple(_write_pictures(options.out, files, replace_others=options.replace_others)),
        faults=tuple(drawing.outcome.report),
        other_faults=drawing.other_faults,
        is_personal=any(document.per == "person" for document in documents),
    )


def _choose(
    options: PreviewOptions, materials: Materials, report: Report
) -> tuple[Sequence[School], Sequence[School]]:
    """Return the schools that passed the filters, and those of them that are drawn."""
    lists = materials.campaign.schools.name
    if errors := [one for one in report.errors if one.place.file == lists and one.values.get("uai") in options.only]:
        raise error_of(errors)
    if not materials.schools:
        report.raise_errors()
        raise fail("U005", Place(file=lists))
    try:
        schools = choose_schools(options, materials, Report())
    except LeafletError as error:  # the line asked for may have an error of its own
        raise error_of([*error.faults, *report.errors]) from None
    if options.only and not options.ways():
        return schools, schools  # named one by one: all of them are wanted
    return schools, select_records(schools, options)


class _Drawing(Struct, kw_only=True):
    """Files that are drawn one after the other and not kept, and what is found on the way."""

    materials: Materials  # what documents are made from
    schools: Sequence[School]  # all that could be drawn
    report: Report  # the faults found in the lists
    dpi: int  # dots per inch
    outcome: Outcome = field(default_factory=Outcome)  # the faults of what was drawn
    other_faults: int = 0  # the number of faults in other rows

    def draw_all(self, documents: Iterable[Document], selected: Sequence[School]) -> Iterator[_Drawn]:
        """Yield the file of each document for each school; raise all errors together at the end."""
        for document in documents:
            maker: DocumentMaker | None = None
            for school in selected:
                drawn: _Drawn | None = None
                faults: Sequence[Fault]
                try:
                    maker = maker or DocumentMaker(self.materials, document)
                    layout = maker.lay_out(school)
                    drawn = maker, school, draw_pages(maker.write(layout).data, self.dpi)
                    said, others = _split_faults(self.report, school, self.materials.campaign)
                    self.other_faults = max(self.other_faults, others)
                    faults = [*said, *maker.notes(school, layout)]
                except LeafletError as error:
                    named = self.materials.campaign.documents
                    faults = explain_blanks(error, self.materials, named, self.schools).faults
                except Exception as error:  # the other files are tried all the same
                    faults = [unexpected_fault(error)]
                self.outcome.add_faults(_without_repeats(faults))
                if drawn is not None:
                    yield drawn
        self.outcome.report.raise_errors()


def draw_pages(data: bytes, dpi: float) -> list[bytes]:
    """Return each page of a PDF file as a PNG, drawn by PDFium, which most browsers use."""
    with PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
        return [make_png(render_raster(page, dpi / PT_PER_INCH)) for page in document]


def _split_faults(report: Report, school: School, campaign: Campaign) -> tuple[list[Fault], int]:
    """Return the faults to say of a school's pages, and the number of faults in other rows; no notes."""
    lists = {path.name for path in (campaign.schools, campaign.staff) if path is not None}
    told = [fault for fault in report if fault.severity != "note"]
    of_rows = ((one, one.place.file if one.place.file in lists and one.row is not None else "") for one in told)
    said = [one for one, file in of_rows if not file or (file == campaign.schools.name and school.is_at(one.place))]
    return said, len(told) - len(said)


def _without_repeats(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults without secrets, the gravest first; a fault of a template appears once, not for each person."""
    distinct: dict[tuple[object, ...], Fault] = {}
    for fault in map(hide_secrets, faults):
        place = fault.place
        distinct.setdefault((fault.code, place.file, place.line, place.cell, place.field, fault.reason("en")), fault)
    return sorted(distinct.values(), key=lambda fault: SEVERITIES.index(fault.severity))


def _write_pictures(out: Path, files: Iterable[_Drawn], *, replace_others: bool) -> list[Path]:
    """Write pictures into a folder, all or none; remove those of pages that no longer exist; return the files."""
    names: list[str] = []
    pages: dict[str, int] = {}
    with Staging(out, replace_others=replace_others) as staging:
        for maker, school, drawn in files:
            stem = f"{maker.document.name}-{school.key}-"  # no name of a person is in it
            pages[stem] = len(drawn)
            for number, data in enumerate(drawn, 1):
                names.append(f"{stem}p{number}.png")
                staging.write(names[-1], data, private=maker.is_personal)
        staging.commit()
    for stem, count in pages.items():
        for path in out.glob(f"{stem}p*.png"):
            page = _PAGE.fullmatch(path.stem.removeprefix(stem))
            if page is not None and int(page[1]) > count and is_own(path):
                path.unlink(missing_ok=True)
    return [out / name for name in names]
