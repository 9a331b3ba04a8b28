"""The sheet on top of each bundle of a print run: for whom it is, how many, a QR code of the UAI for the packer."""

from collections.abc import Sequence

from leaflet.faults import LeafletError
from leaflet.layout.face import Face
from leaflet.layout.page import Compositor
from leaflet.layout.theme import load_theme
from leaflet.markup.render import load_renderer
from leaflet.production.composing import Composer
from leaflet.production.make import Materials, for_record
from leaflet.records import FILTERS, record_context
from leaflet.resources import assets, templates
from leaflet.tables import School
from leaflet.units import Um, mm

_TEMPLATE = "bundle-sheet"  # and its format
_NARROWEST = mm(148)  # A5: under it a school's name cannot be read from the other side of a table


class BundleSheets:
    """Makes the sheet on top of each bundle, as large as the leaflet's own."""

    def __init__(self, inputs: Materials, theme: str) -> None:
        self._inputs = inputs
        self._renderer = load_renderer(templates(), _TEMPLATE, FILTERS)
        self._composer = Composer(self._renderer)
        self._theme = load_theme(assets() / "themes", theme, _TEMPLATE)
        self._compositors: dict[tuple[Um, Um], Compositor] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The template's files, whose letters the run's fonts must have."""
        return tuple(self._renderer.files.values())

    def make(
        self, school: School, leaflet: Sequence[Face], *, number: int, total: int, copies: int
    ) -> tuple[Face, ...]:
        """The sheet's front and its white back; the front alone for leaflets of one side."""
        bundle = {"number": number, "total": total, "copies": copies}
        own = {**record_context(school), "bundle": bundle}
        try:
            shared = self._inputs.contexts.shared_by(school)
            layout = self._composer.compose(self._compositor(leaflet[0]), shared, own, folio=False)
        except LeafletError as error:
            raise type(error)(for_record(fault, school.uai) for fault in error.faults) from None
        front = layout.faces[0]
        return (front,) if len(leaflet) == 1 else (front, Face(front.width, front.height, ()))

    def _compositor(self, like: Face) -> Compositor:
        """For a sheet as large as the leaflet's; for cards, one of A4."""
        page = self._theme.page
        size = (like.width, like.height) if like.width >= _NARROWEST else (page.width, page.height)
        if size not in self._compositors:
            book = self._inputs.book_for(self.sources)
            self._compositors[size] = Compositor(book, self._theme.resized(*size), {})
        return self._compositors[size]
