"""Make the sheet on top of each bundle of a print run: the school, the copies, a QR code of its UAI."""

from collections.abc import Sequence

from leaflet.faults import LeafletError
from leaflet.layout.face import Face, Layout
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import Context, load_renderer
from leaflet.production.materials import Materials
from leaflet.production.record_faults import for_record
from leaflet.records import FILTERS, record_context
from leaflet.reuse.flow_stencils import FlowReader
from leaflet.reuse.page_stencils import StencilLayouter
from leaflet.reuse.traced_template import TracedSandbox, TracedTemplate
from leaflet.tables import School
from leaflet.units import Um, mm

_TEMPLATE = "bundle-sheet"  # and its format
_NARROWEST = mm(148)  # A5: under it a school's name cannot be read from the other side of a table


class BundleSheets:
    """A maker of bundle sheets of the size of the leaflets."""

    def __init__(self, inputs: Materials, theme: str) -> None:
        self._inputs = inputs
        self._renderer = load_renderer(inputs.campaign.resources, _TEMPLATE, FILTERS, sandbox=TracedSandbox)
        self._render, self._parse = TracedTemplate(self._renderer).render, FlowReader().parse
        self._theme = load_theme(inputs.campaign.resources, theme, _TEMPLATE, inputs.campaign.publisher.color)
        self._layouters: dict[tuple[Um, Um], StencilLayouter] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The template's files, whose letters the run's fonts must have."""
        return tuple(self._renderer.files.values())

    def make(
        self, school: School, leaflet: Sequence[Face], *, number: int, total: int, copies: int
    ) -> tuple[Face, ...]:
        """Return the front of a sheet and its white back; the front alone for leaflets of one side."""
        bundle = {"number": number, "total": total, "copies": copies}
        variables = {**record_context(school), "bundle": bundle}
        try:
            shared = self._inputs.contexts.shared_by(school)
            layout = self._lay_out(shared, variables, self._layouter(leaflet[0]))
        except LeafletError as error:
            files, row = self._renderer.files, self._inputs.place_of(school)
            raise type(error)(for_record(fault, files, row, school) for fault in error.faults) from None
        front = layout.faces[0]
        return (front,) if len(leaflet) == 1 else (front, Face(front.width, front.height, ()))

    def _lay_out(self, shared: Context, variables: Context, layouter: StencilLayouter) -> Layout:
        try:
            return layouter.lay_out(self._parse(self._render(shared, variables)), folio=False)
        except LeafletError:  # once more without stencils, so that each fault names this record
            return layouter.lay_out(parse_flow(self._renderer.render({**shared, **variables})), folio=False)

    def _layouter(self, leaflet: Face) -> StencilLayouter:
        """Return the layouter of a sheet as large as the leaflet; for cards, of one of A4."""
        page = self._theme.page
        size = (leaflet.width, leaflet.height) if leaflet.width >= _NARROWEST else (page.width, page.height)
        if size not in self._layouters:
            book = self._inputs.book_for(self.sources)
            self._layouters[size] = StencilLayouter(book, self._theme.resized(*size), {})
        return self._layouters[size]
