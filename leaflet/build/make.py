"""One document's pipeline: a school becomes the bytes of its file.

    render (markup) → parse_flow → compose (layout) → write (pdf)

Each stage remembers what it has seen; between two schools nearly everything is the same.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from leaflet.build.alphabet import alphabet
from leaflet.build.pictures import load_bitmap
from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, LeafletError, Place
from leaflet.fonts import FontBook
from leaflet.layout.page import Compositor, Layout
from leaflet.layout.setter import PictureSize
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_renderer
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import PdfFile, Writer
from leaflet.records import FILTERS, RecordContexts
from leaflet.resources import assets, templates
from leaflet.tables import School

LOGO = "logo"  # the name templates give to the campaign's picture


class DocumentMaker:
    """Makes the files of one document of a campaign.

    Raises:
        TemplateError: template or theme missing or faulty.
        RenderError: the logo is not a picture.
    """

    def __init__(
        self,
        campaign: Campaign,
        document: Document,
        contexts: RecordContexts,
        schools: Iterable[School],
        book: FontBook,
        *,
        epoch: int | None,
        outline: bool,
    ) -> None:
        self.document = document
        self.theme = load_theme(assets() / "themes", document.theme)
        self._contexts = contexts
        self._renderer = load_renderer(templates(), document.template, FILTERS)
        bitmaps = {}
        if campaign.logo is not None:
            bitmaps[LOGO] = load_bitmap(campaign.logo, gray=self.theme.is_gray)
        sizes = {name: PictureSize(bitmap.width, bitmap.height) for name, bitmap in bitmaps.items()}
        self._compositor = Compositor(book, self.theme, sizes)
        letters = alphabet(self._renderer.files.values(), contexts.shared, schools)
        self.master = Master(book, letters, self.theme.colors.__getitem__, bitmaps)
        metadata = Metadata(campaign.publisher.name, _created(campaign, epoch))
        self._writer = Writer(self.master, metadata, outline=outline)

    def lay_out(self, school: School) -> Layout:
        """Where everything of a school's leaflet goes.

        Raises:
            TemplateError, RenderError: with the school as the faults' record.
        """
        try:
            return self._compositor.compose(parse_flow(self._renderer.render(self._contexts.context(school))))
        except LeafletError as error:
            raise type(error)(for_record(fault, school.uai) for fault in error.faults) from None

    def write(self, layout: Layout) -> PdfFile:
        """The bytes of a laid-out leaflet."""
        return self._writer.write(layout)

    def file_name(self, school: School) -> str:
        """``document/uai-slug.pdf``, as the campaign's pattern says."""
        stem = self.document.file_stem(uai=school.uai, name=school.name, town=school.town)
        return f"{self.document.name}/{stem}.pdf"

    def is_tight(self, layout: Layout) -> bool:
        """Whether the type had to be set smaller; spaces give way before that, which is no news."""
        return self.theme.fit.type[layout.step] < 1

    def tightness(self, layout: Layout) -> dict[str, object]:
        """How far copy-fit went, for the note about it."""
        fit, body = self.theme.fit, self.theme.type["body"]
        size = max(body.floor, round(body.size * fit.type[layout.step], 2))
        return {"step": layout.step, "steps": len(fit.type) - 1, "size": f"{size:g}"}


def for_record(fault: Fault, uai: str) -> Fault:
    """The same fault, with the record it was found in and the line of the template shown."""
    return replace(fault, place=with_source(replace(fault.place, record=uai)))


def with_source(place: Place) -> Place:
    """A place in a template with the line itself, if the file is one of the program's own."""
    if place.source is not None or place.file is None or place.line is None:
        return place
    try:
        lines = (templates() / place.file).read_text("utf-8").splitlines()
        return replace(place, source=lines[place.line - 1])
    except (OSError, UnicodeDecodeError, IndexError):
        return place


def _created(campaign: Campaign, epoch: int | None) -> datetime | None:
    """The date files carry: from SOURCE_DATE_EPOCH or the campaign's own date, never from the clock."""
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    if campaign.issued_on is not None:
        return datetime.combine(campaign.issued_on, time(), UTC)
    return None
