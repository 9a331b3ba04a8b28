"""From a template and a record to pages: the quick way, and the plain one that tells what is wrong."""

from collections.abc import Sequence

from leaflet.faults import LeafletError
from leaflet.layout.face import Layout
from leaflet.layout.page import Compositor
from leaflet.markup.flow import parse_flow
from leaflet.markup.forms import FlowReader
from leaflet.markup.render import Context, Renderer


class Composer:
    """Fills one template again and again, and remembers what its records have in common."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._reader = FlowReader()

    def compose_all(self, compositor: Compositor, contexts: Sequence[tuple[Context, Context]]) -> list[Layout]:
        """Records laid out, the quick way, each step for all of them: so it finds the processor busy with it already.

        Args:
            contexts: what each record shares, and its own, as for `compose`.

        Raises:
            LeafletError: one of them is at fault, or wants the plain way.
        """
        rendered = [self._renderer.fill(shared, own) for shared, own in contexts]
        flows = [self._reader.read(filled) for filled in rendered]
        return [compositor.compose(flow) for flow in flows]

    def compose(self, compositor: Compositor, shared: Context, own: Context, *, folio: bool = True) -> Layout:
        """A record laid out.

        Args:
            shared: what many records have in common, as `Renderer.fill` wants it; `own` is the record's own.
            folio: as `Compositor.compose`.

        Raises:
            TemplateError, RenderError: as if the record were the only one.
        """
        try:
            return compositor.compose(self._reader.read(self._renderer.fill(shared, own)), folio=folio)
        except LeafletError:
            return compositor.compose(parse_flow(self._renderer.render({**shared, **own})), folio=folio)
