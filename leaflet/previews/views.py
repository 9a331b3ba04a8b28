"""A view of a page and its rendering: the values that the view cache passes on."""

import hashlib

import pypdfium2
from msgspec import Struct

from leaflet.faults import Fault
from leaflet.rasters import make_png
from leaflet.rendering import PDFIUM, render_raster
from leaflet.tables import School
from leaflet.units import PT_PER_INCH


class View(Struct, frozen=True, kw_only=True):
    """A request to see a record of a document.

    Args:
        document: the name of a document; empty for the campaign's first one.
        record: a UAI or a line of the list; empty for the first selected record.
        zoom: percent of the pictures' usual size.
    """

    document: str = ""
    record: str = ""
    zoom: int = 100


class PagePicture(Struct, frozen=True, kw_only=True):
    """One page as a PNG.

    Args:
        number: the number of the page, from 1.
        data: the PNG.
        key: the hash of the PNG, which names it.
        width_px: the width in pixels.
        height_px: the height in pixels.
    """

    number: int
    data: bytes
    key: str
    width_px: int
    height_px: int


class Navigation(Struct, frozen=True, kw_only=True):
    """The documents and schools that one can go to from a view.

    Args:
        documents: the names of the campaign's documents.
        first: the first school.
        longest: the school with the longest text.
        shortest: the school with the shortest text.
        previous: the school before the one shown, if any.
        next: the school after it, if any.
        position: the number of the school shown among `total`, from 1; 0 if it is none of them.
        total: the number of schools.
    """

    documents: tuple[str, ...]
    first: School
    longest: School
    shortest: School
    previous: School | None
    next: School | None
    position: int
    total: int


class RenderedView(Struct, frozen=True, kw_only=True):
    """A view as pictures, with all faults in it.

    Args:
        number: grows with every view rendered.
        document: the document of the pictures; empty if there never were any.
        school: the school of the pictures.
        is_personal: whether the pictures show names of people.
        dpi: the resolution of the pictures.
        pictures: the first pages.
        pages: the number of all pages, which may be more than the pictures.
        faults: what is wrong, errors first.
        other_faults: the number of faults in rows of other schools.
        navigation: where one can go from here; None if the campaign could not be read.
        is_outdated: whether the pictures are from before the errors.
        seconds: the time that rendering took.
        changed: which of inputs, template and theme changed since the last time; empty for the first.
    """

    number: int
    document: str = ""
    school: School | None = None
    is_personal: bool = False
    dpi: int = 0
    pictures: tuple[PagePicture, ...] = ()
    pages: int = 0
    faults: tuple[Fault, ...] = ()
    other_faults: int = 0
    navigation: Navigation | None = None
    is_outdated: bool = False
    seconds: float = 0.0
    changed: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Fault]:
        """The faults that are errors."""
        return [fault for fault in self.faults if fault.severity == "error"]


def draw_pages(data: bytes, dpi: int, most: int | None = None) -> tuple[PagePicture, ...]:
    """Draw the first pages of a PDF file with PDFium, which most browsers use.

    Args:
        data: the file.
        dpi: dots per inch.
        most: how many pages to draw; None for all.

    Returns:
        One picture a page.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            count = len(document) if most is None else min(most, len(document))
            return tuple(_draw_page(document, number, dpi) for number in range(count))
        finally:
            document.close()


def _draw_page(document: pypdfium2.PdfDocument, number: int, dpi: int) -> PagePicture:
    image = render_raster(document[number], dpi / PT_PER_INCH)
    data = make_png(image)
    return PagePicture(
        number=number + 1,
        data=data,
        key=hashlib.sha256(data).hexdigest()[:24],
        width_px=image.width,
        height_px=image.height,
    )
