"""What the content streams of a print-shop file paint, read for print rules (ISO 32000-1 §7.8.2, §8.10).

A stream met again in the same graphics state is not interpreted again: of a print run of many pages that share
forms, each form is read a few times. The operators are in ``press_operators``.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from leaflet.conformance.pdf_objects import UNREADABLE, Page, entries, items, key_of, read_box
from leaflet.conformance.pdfx.images import Image, read_image
from leaflet.conformance.pdfx.inks import Ink, Spaces
from leaflet.conformance.pdfx.interpreter import UNREAD, Finding, Judge, Run
from leaflet.conformance.pdfx.operators import OPERATORS
from leaflet.conformance.pdfx.state import EVERYWHERE, UPRIGHT, Graphics, Mark, Sheet, State

_REMEMBERED = 4096  # streams, and images, whose findings are kept
_DEEPEST = 16  # forms within forms
_MOST_RUNS = 5000  # streams interpreted for one page, those that were remembered not counted


class Memory:
    """The most recently asked for answers."""

    def __init__(self, limit: int = _REMEMBERED) -> None:
        self._known: OrderedDict[Any, Any] = OrderedDict()
        self._limit = limit

    def recall(self, key: Any, find: Callable[[], Any]) -> Any:
        """The answer to a key, found out if it is not known."""
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        found = find()
        self._known[key] = found
        if len(self._known) > self._limit:
            self._known.popitem(last=False)
        return found


class Interpreter:
    """Reads content streams and has what they paint judged; remembers what it has read."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.spaces = Spaces()
        self.streams = Memory()
        self.images = Memory()
        self.active: list[Any] = []
        self.runs = 0  # streams interpreted for the present page

    def read_page(self, page: Page, sheet: Sheet) -> tuple[Finding, ...]:
        """What is wrong with the content of a page."""
        self.runs = 0
        graphics = Graphics(clip=page.box("/MediaBox") or EVERYWHERE)
        parts = items(page.dictionary.get("/Contents"))
        findings = self._read_parts(parts, page, sheet, graphics)
        if len(parts) > 1 and any(number == UNREAD for number, _ in findings):  # operators may straddle two streams
            findings = self._read_parts([page.dictionary], page, sheet, graphics)
        return tuple(dict.fromkeys([*self.group(page.dictionary, page.resources, sheet), *findings]))

    def _read_parts(self, parts: list[Any], page: Page, sheet: Sheet, graphics: Graphics) -> list[Finding]:
        """The streams of a page are one (§7.8.2): each begins in the state in which the one before it ended."""
        state = State(graphics)
        resources, found = page.resources, []
        of = key_of(resources)
        for part in parts:
            key = (part.objgen, of, sheet, state.key())
            state, findings = self.streams.recall(key, partial(self._run, part, resources, sheet, state))
            found += findings
        return found

    def _run(self, stream: Any, resources: Any, sheet: Sheet, state: State) -> tuple[State, tuple[Finding, ...]]:
        self.runs += 1
        run = Run(self, resources, sheet, state.copy())
        if self.runs > _MOST_RUNS:  # forms that paint forms that paint forms: a page that never ends
            run.say("the page paints more forms than can be followed")
        else:
            run.read(stream, OPERATORS)
        return run.state, tuple(run.findings)

    def read_form(self, form: Any, resources: Any, sheet: Sheet, graphics: Graphics) -> tuple[Finding, ...]:
        """A form, or another stream with resources of its own, in a graphics state (§8.10.1)."""
        own = form.get("/Resources", resources)
        key = (form.objgen, key_of(own), sheet, graphics)
        if key[0] in self.active or len(self.active) > _DEEPEST:
            return ((UNREAD, f"object {form.objgen[0]} paints itself, or forms are nested too deeply"),)
        self.active.append(key[0])
        try:
            found: tuple[Finding, ...] = self.streams.recall(key, lambda: self._form(form, own, sheet, graphics))
            return found
        finally:
            self.active.pop()

    def _form(self, form: Any, resources: Any, sheet: Sheet, graphics: Graphics) -> tuple[Finding, ...]:
        graphics = graphics.within([float(part) for part in form.get("/Matrix", UPRIGHT)])
        bounds = read_box(form.get("/BBox"))
        if bounds and graphics.placed:
            graphics = graphics.clipped(graphics.box(bounds))
        _, findings = self._run(form, resources, sheet, State(graphics))
        return (*self.group(form, resources, sheet), *findings)

    def group(self, holder: Any, resources: Any, sheet: Sheet) -> Iterator[Finding]:
        """The colour space in which a transparency group blends (§11.6.6)."""
        space = entries(holder, "/Group").get("/CS")
        if space is not None:
            try:
                yield from self.judge(Mark("group", Ink(self.spaces.find(space, resources), None)), sheet)
            except UNREADABLE as error:
                yield UNREAD, f"a transparency group has no colour space that can be read: {error}"

    def read_image(self, name: str, image: Any, resources: Any) -> Image:
        key = image.objgen
        found: Image = self.images.recall(key, lambda: read_image(name, image, resources, self.spaces))
        return found
