"""Write the packing list of a print run, in the order of delivery, as CSV and as PDF."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from leaflet.layout.face import Face, Placed
from leaflet.layout.page import Layouter
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.jinja_filters import FILTERS
from leaflet.markup.render import load_renderer
from leaflet.pdf.flavour import office_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.production.materials import Materials
from leaflet.tables import School
from leaflet.tables.cells import BOM, csv_line
from leaflet.text import fold

_TEMPLATE = "packing-list"  # and its format
_LINES = 400  # schools laid out at a time

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
    return sorted(schools, key=lambda s: (s.postcode, fold(s.town), fold(s.name), s.uai))


def packing_csv(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """Yield lines as French spreadsheets open them: UTF-8 with a mark, semicolons, every cell quoted, no formulas."""
    yield csv_line(HEADER, BOM)
    for bundle in bundles:
        school = bundle.school
        cells = (bundle.number, bundle.volume, bundle.first, bundle.last, school.uai, school.name)
        place = (", ".join(school.address), school.postcode, school.town)
        yield csv_line((*cells, *place, bundle.copies, bundle.pages))


def write_packing_list(
    file: BinaryIO, parcels: Sequence[Parcel], inputs: Materials, theme: str, *, on_labels: bool = False
) -> None:
    """Write the list as a PDF, on as many pages as it needs.

    Args:
        file: the file.
        parcels: in the order of delivery.
        inputs: what documents are made from.
        theme: the name of its theme.
        on_labels: the numbers stand on labels, not on the sheets of bundles.
    """
    _PackingListPdf(inputs, theme, on_labels=on_labels).write(file, parcels)


class _PackingListPdf:
    """A writer of the list as a PDF, some hundred schools at a time."""

    def __init__(self, inputs: Materials, theme: str, *, on_labels: bool) -> None:
        self._inputs, self._on_labels = inputs, on_labels
        self._renderer = load_renderer(inputs.campaign.resources, _TEMPLATE, FILTERS)
        self._theme = load_theme(inputs.campaign.resources, theme, _TEMPLATE, inputs.campaign.publisher.color)

    def write(self, file: BinaryIO, parcels: Sequence[Parcel]) -> None:
        """Lay the list out and write it into a file."""
        flavour = office_flavour()
        book = self._inputs.book_for(self._renderer.files.values())
        master = self._inputs.master(self._theme, book, flavour, None)
        metadata = Metadata(self._inputs.campaign.publisher.name, self._inputs.created, flavour.claim)
        writer = PrintRunWriter(file, master, metadata)
        layouter = Layouter(book, self._theme, {})
        for context in self._parts(parcels):
            faces = layouter.lay_out(parse_flow(self._renderer.render(context)), folio=False).faces
            numbered = [self._numbered(layouter, face, writer.pages + n) for n, face in enumerate(faces, 1)]
            writer.add([(numbered, 1)], "")
        writer.close(f"Liste de colisage – {self._inputs.campaign.election.title or ''}")

    def _parts(self, parcels: Sequence[Parcel]) -> Iterator[dict[str, object]]:
        """Yield the context of the template for each part of the list."""
        totals = {"schools": len(parcels), "copies": sum(parcel.copies for parcel in parcels)}
        for start in range(0, len(parcels), _LINES):
            part = parcels[start : start + _LINES]
            yield {
                **self._inputs.contexts.shared,
                "lines": list(map(_entry, part)),
                "totals": totals,
                "on_labels": self._on_labels,
                "is_first": start == 0,
                "is_last": start + len(part) == len(parcels),
            }

    def _numbered(self, layouter: Layouter, face: Face, number: int) -> Face:
        page = self._theme.page
        folio = layouter.caption(f"page\u00a0{number}", page.width - 2 * page.margin, "right")
        y = page.height - page.footer - folio.height
        numbered = Placed(folio, page.margin, y, artifact=True)
        return replace(
            face, placed=(*face.placed, numbered), stencil=None
        )  # a stencil would have the number of another page


def _entry(parcel: Parcel) -> dict[str, object]:
    """Return the line of a parcel, as the template reads it."""
    school = parcel.school
    return {
        "number": parcel.number,
        "uai": school.uai,
        "name": school.name,
        "town": school.town,
        "copies": parcel.copies,
    }
