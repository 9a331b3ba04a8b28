"""Write the packing list of a print run, in the order of delivery, as CSV and as PDF."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Document
from leaflet.faults import Report
from leaflet.layout.face import Face, Placed
from leaflet.layout.page import Layouter
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_renderer
from leaflet.pdf.flavour import office_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import choose_schools
from leaflet.production.materials import Materials
from leaflet.tables import School
from leaflet.tables.cells import BOM, csv_line
from leaflet.text import fold

_TEMPLATE = "packing-list"  # and its format
_LINES = 400  # schools laid out at a time
_OF_SCHOOL = ("key", "name", "town")  # what the template shows of one

HEADER = (
    *("paquet", "volume", "premiere_page", "derniere_page", "uai", "nom", "adresse", "code_postal", "commune"),
    *("exemplaires", "pages"),
)


class Parcel(Struct, frozen=True, kw_only=True, array_like=True):
    """The leaflets that one school gets."""

    number: int  # in the order of delivery, from 1
    school: School  # the school
    copies: int  # leaflets in it


class Bundle(Parcel, frozen=True, kw_only=True, array_like=True):
    """A parcel in a print run."""

    volume: int  # number of the file, from 1
    first: int  # its first page there, from 1
    last: int  # its last page there

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return self.last - self.first + 1


def in_delivery_order(schools: Iterable[School]) -> list[School]:
    """Sort by postcode, then commune, then name, without regard to accents and capitals."""
    return sorted(schools, key=lambda s: (s.postcode, fold(s.town), fold(s.name), s.key))


def schools_in_order(options: InputOptions, inputs: Materials, report: Report) -> Sequence[School]:
    """Return the schools asked for, in the order of delivery unless another is asked for."""
    schools = choose_schools(options, inputs, report)
    return schools if options.choice.sort else in_delivery_order(schools)


def packing_csv(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """Yield lines as French spreadsheets open them: UTF-8 with a mark, semicolons, every cell quoted, no formulas."""
    yield csv_line(HEADER, BOM)
    for bundle in bundles:
        school = bundle.school
        cells = (bundle.number, bundle.volume, bundle.first, bundle.last, school.key, school.name)
        place = (", ".join(school.address), school.postcode, school.town)
        yield csv_line((*cells, *place, bundle.copies, bundle.pages))


def write_packing_list(
    file: BinaryIO, parcels: Sequence[Parcel], inputs: Materials, document: Document, *, on_labels: bool = False
) -> None:
    """Write the list as a PDF, on as many pages as it needs; numbers stand on the sheets of bundles, or on labels."""
    campaign = inputs.campaign
    renderer = load_renderer(campaign.resources, _TEMPLATE, document.lang)
    flavour = replace(office_flavour(), language=renderer.words.language)
    design = load_theme(campaign.resources, document.theme, _TEMPLATE, campaign.publisher.color)
    book = inputs.book_for(renderer.files.values())
    metadata = Metadata(campaign.publisher.name, inputs.created, flavour.claim, flavour.language)
    writer = PrintRunWriter(file, inputs.master(design, book, flavour, None), metadata)
    layouter = Layouter(book, design, {})
    totals = {"schools": len(parcels), "copies": sum(parcel.copies for parcel in parcels)}
    for start in range(0, len(parcels), _LINES):
        part = parcels[start : start + _LINES]
        lines = [
            {"number": one.number, "copies": one.copies, **{name: getattr(one.school, name) for name in _OF_SCHOOL}}
            for one in part
        ]
        ends = {"is_first": start == 0, "is_last": start + len(part) == len(parcels)}
        context = {**inputs.contexts.shared, "lines": lines, "totals": totals, "on_labels": on_labels, **ends}
        faces = layouter.lay_out(parse_flow(renderer.render(context)), folio=False).faces
        writer.add([([_numbered(layouter, face, writer.pages + n) for n, face in enumerate(faces, 1)], 1)])
    writer.close(f"{renderer.words.texts['packing-list.title']} – {campaign.election.title or ''}")


def _numbered(layouter: Layouter, face: Face, number: int) -> Face:
    """Return a page with its number, and without a stencil, which would have the number of another."""
    page = layouter.theme.page
    folio = layouter.caption(f"page\u00a0{number}", page.width - 2 * page.margin, "right")
    y = page.height - page.footer - folio.height
    return replace(face, placed=(*face.placed, Placed(folio, page.margin, y, artifact=True)), stencil=None)
