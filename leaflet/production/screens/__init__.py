"""Make what is read on screens, of the same markup as what is printed: pages, texts and calendars, one a school.

`ScreenMaker` renders a school's markup and writes its file · ``column`` reads it in one column, and writes it as a
text to paste · ``web_page`` as a page for a telephone, without script or request · ``calendar`` as entries for a
calendar; pictures are pages, drawn. What stands on a screen as what is in ``assets/screens/elements.toml``.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from leaflet.campaign import Document
from leaflet.faults import LeafletError
from leaflet.markup.flow import Container, parse_flow
from leaflet.markup.record_values import record_context
from leaflet.production.design import Design, compile_design
from leaflet.production.document import DocumentMaker, file_of, for_records
from leaflet.production.materials import Materials
from leaflet.production.preview import draw_pages
from leaflet.production.printed_links import PrintedLinks
from leaflet.production.screens.calendar import write_calendar
from leaflet.production.screens.column import write_text
from leaflet.production.screens.web_page import WebPageWriter
from leaflet.reuse.traced_template import TracedTemplate
from leaflet.tables import School

_Writer: TypeAlias = Callable[[Container, School], str]
_DPI = 253.9  # of pictures: a pixel is a tenth of a millimetre of their page, whose size PDFium rounds up
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # of a calendar whose campaign has no date


class ScreenMaker:
    """A maker of the files of one document, one for each school."""

    def __init__(self, materials: Materials, document: Document) -> None:
        self.materials, self.document = materials, document
        design, campaign = materials.design_of(document), materials.campaign
        self._renderer = compile_design(design)
        self._template, self._contexts = TracedTemplate(self._renderer), materials.contexts.of(document)
        self._links = PrintedLinks(campaign, materials.domains)
        self._write = _writer(materials, document, design)
        self._pages = DocumentMaker(materials, document) if document.makes == "png" else None

    def file_name(self, school: School) -> str:
        """Return where a school's file is in the output folder."""
        return file_of(self.materials, self.document, school)

    def make(self, school: School) -> bytes:
        """Return the file of a school.

        Raises:
            LeafletError: its record has faults, or the template.
        """
        if self._pages is not None:
            return draw_pages(self._pages.write(self._pages.lay_out(school)).data, _DPI)[0]
        try:
            filled = self._template.render(self._contexts.shared_by(school), record_context(school))
            self._links.check_filled(filled)
            return self._write(parse_flow(filled.text), school).encode()
        except LeafletError as error:
            raise type(error)(for_records(error.faults, self.materials, self._renderer.files, school, None)) from None


def _writer(materials: Materials, document: Document, design: Design) -> _Writer:
    """Return what writes the flow of a school as the text of its file."""
    if document.makes == "html":
        page = WebPageWriter(design)
        return lambda flow, _school: page.write(flow)
    if document.makes == "txt":
        return lambda flow, _school: write_text(flow)
    election, made = materials.campaign.profile.id, materials.created or _UNDATED
    return lambda flow, school: write_calendar(flow, f"{election} {school.key}", made, design.words.language)
