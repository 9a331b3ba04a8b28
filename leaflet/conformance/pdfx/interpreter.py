"""The content of the pages of a print-shop file, interpreted for print rules (ISO 32000-1 §7.8.2, §8.10).

A stream met again in the same graphics state is not interpreted again: of a print run of many pages that share
forms, each form is read a few times. What operators do is in ``operators``.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from leaflet.bounded import BoundedCache
from leaflet.conformance.content_stream import IDENTITY
from leaflet.conformance.pdf_objects import UNREADABLE, PressPage, entries, items, key_of, read_rectangle
from leaflet.conformance.pdfx.images import Image, read_image
from leaflet.conformance.pdfx.inks import Ink, Spaces
from leaflet.conformance.pdfx.operators import OPERATORS
from leaflet.conformance.pdfx.state import EVERYWHERE, Graphics, PaintedMark, PrintArea, StreamState
from leaflet.conformance.pdfx.stream_walker import UNREAD, MarkJudge, PressFinding, StreamWalker

_REMEMBERED = 4096  # streams, and images, whose findings are kept
_DEEPEST = 16  # forms within forms
_MOST_STREAMS = 5000  # interpreted for one page, those that were remembered not counted

Findings = tuple[PressFinding, ...]


class PageInterpreter:
    """An interpreter of pages, which has what they paint judged and remembers what it has read."""

    def __init__(self, judge: MarkJudge) -> None:
        self.judge = judge
        self.spaces = Spaces()
        self._streams: BoundedCache[Any, tuple[StreamState, Findings]] = BoundedCache(_REMEMBERED)
        self._forms: BoundedCache[Any, Findings] = BoundedCache(_REMEMBERED)
        self._images: BoundedCache[Any, Image] = BoundedCache(_REMEMBERED)
        self._open: list[Any] = []  # the forms that are being read, each inside the one before it
        self._interpreted = 0  # streams of the present page

    def read_page(self, page: PressPage, area: PrintArea) -> Findings:
        """Return what is wrong with the content of a page."""
        self._interpreted = 0
        graphics = Graphics(clip=page.box("/MediaBox") or EVERYWHERE)
        parts = items(page.dictionary.get("/Contents"))
        findings = self._read_parts(parts, page, area, graphics)
        if len(parts) > 1 and any(number == UNREAD for number, _ in findings):  # operators may straddle two streams
            findings = self._read_parts([page.dictionary], page, area, graphics)
        return tuple(dict.fromkeys([*self._judge_group(page.dictionary, page.resources, area), *findings]))

    def _read_parts(
        self, parts: list[Any], page: PressPage, area: PrintArea, graphics: Graphics
    ) -> list[PressFinding]:
        """Read the streams of a page as one (§7.8.2): each begins in the state in which the one before it ended."""
        state = StreamState(graphics)
        resources = page.resources
        found: list[PressFinding] = []
        resources_key = key_of(resources)
        for part in parts:
            key = (part.objgen, resources_key, area, state.key())
            state, findings = self._streams.get_or_make(key, partial(self._interpret, part, resources, area, state))
            found += findings
        return found

    def _interpret(
        self, stream: Any, resources: Any, area: PrintArea, state: StreamState
    ) -> tuple[StreamState, Findings]:
        self._interpreted += 1
        walker = StreamWalker(self, resources, area, state.copy(), OPERATORS)
        if self._interpreted > _MOST_STREAMS:  # forms that paint forms that paint forms: a page that never ends
            walker.report("the page paints more forms than can be followed")
        else:
            walker.read(stream)
        return walker.state, tuple(walker.findings)

    def read_form(self, form: Any, resources: Any, area: PrintArea, graphics: Graphics) -> Findings:
        """Return what is wrong with a form, or another stream with resources, in a graphics state (§8.10.1).

        Args:
            form: the stream.
            resources: those of the stream that paints it, used if it has none.
            area: what marks are judged by.
            graphics: the state in which it is painted.
        """
        used = form.get("/Resources", resources)
        key = (form.objgen, key_of(used), area, graphics)
        if form.objgen in self._open or len(self._open) > _DEEPEST:
            return ((UNREAD, f"object {form.objgen[0]} paints itself, or forms are nested too deeply"),)
        self._open.append(form.objgen)
        try:
            return self._forms.get_or_make(key, partial(self._interpret_form, form, used, area, graphics))
        finally:
            self._open.pop()

    def _interpret_form(self, form: Any, resources: Any, area: PrintArea, graphics: Graphics) -> Findings:
        graphics = graphics.within([float(part) for part in form.get("/Matrix", IDENTITY)])
        bounds = read_rectangle(form.get("/BBox"))
        if bounds and graphics.placed:
            graphics = graphics.clipped(graphics.box(bounds))
        _, findings = self._interpret(form, resources, area, StreamState(graphics))
        return (*self._judge_group(form, resources, area), *findings)

    def _judge_group(self, holder: Any, resources: Any, area: PrintArea) -> Iterator[PressFinding]:
        """Judge the colour space in which a transparency group blends (§11.6.6)."""
        space = entries(holder, "/Group").get("/CS")
        if space is not None:
            try:
                yield from self.judge(PaintedMark("group", Ink(self.spaces.find(space, resources), None)), area)
            except UNREADABLE as error:
                yield UNREAD, f"a transparency group has no colour space that can be read: {error}"

    def read_image(self, name: str, image: Any, resources: Any) -> Image:
        """Return what print rules ask of an image XObject; of one painted under two names, by the first."""
        return self._images.get_or_make(image.objgen, lambda: read_image(name, image, resources, self.spaces))
