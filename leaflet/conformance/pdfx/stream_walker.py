"""One content stream of a print-shop file, operator by operator; ``operators`` says what each of them does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from leaflet.conformance.content_stream import ContentWalker, Execute, read_instructions
from leaflet.conformance.pdf_objects import UNREADABLE, entries
from leaflet.conformance.pdfx.images import Image
from leaflet.conformance.pdfx.inks import Ink, Spaces
from leaflet.conformance.pdfx.state import Graphics, PaintedMark, PrintArea, StreamState
from leaflet.geometry import Rectangle

PressFinding = tuple[str, str]  # number of the rule, what is wrong
MarkJudge = Callable[[PaintedMark, PrintArea], Iterable[PressFinding]]

UNREAD = "0"  # the rule that content can be read
_OF_MASKS = (UNREAD, "9", "12")  # rules for what only masks: it is no ink


class Interpreter(Protocol):
    """The interpreter of a file, as far as a stream needs it: for other streams."""

    judge: MarkJudge
    spaces: Spaces

    def read_form(self, form: Any, resources: Any, area: PrintArea, graphics: Graphics) -> tuple[PressFinding, ...]:
        """Return what is wrong with the content of a form."""

    def read_image(self, name: str, image: Any, resources: Any) -> Image:
        """Return what print rules ask of an image."""


class StreamWalker(ContentWalker):
    """A walk through one content stream, from its first operator to its last.

    Its graphics state is not that of `TextWalker`: print rules ask for colours and clipping, and streams are
    remembered by the state they begin in, which must hold nothing that no rule asks for.

    Attributes:
        findings: what is wrong, in order, each thing once.
    """

    def __init__(
        self,
        interpreter: Interpreter,
        resources: Any,
        area: PrintArea,
        state: StreamState,
        operators: "Mapping[str, Operator]",
    ) -> None:
        self.interpreter = interpreter
        self.resources = resources
        self.area = area
        self.state = state
        self._operators = operators
        self.findings: dict[PressFinding, None] = {}

    @property
    def graphics(self) -> Graphics:
        """The graphics state in force."""
        return self.state.graphics

    def set(self, **changes: Any) -> None:
        """Change the graphics state."""
        self.state.graphics = self.state.graphics._replace(**changes)

    def read(self, stream: Any) -> None:
        """Walk through a stream; what cannot be read is a finding."""
        try:
            instructions = read_instructions(stream, strict=True)
        except UNREADABLE as error:
            self.report(f"a content stream cannot be read: {error}")
            return
        self.walk(instructions)

    def bind(self) -> Mapping[str, Execute]:
        """Return the functions of operators; what they cannot do is a finding."""
        return {
            operator: partial(self._execute, operator, function) for operator, function in self._operators.items()
        }

    def _execute(self, operator: str, function: "Operator", operands: Sequence[Any]) -> None:
        try:
            function(self, list(operands))
        except UNREADABLE as error:
            self.report(f"the operator {operator} cannot be followed: {error or type(error).__name__}")

    def report(self, text: str) -> None:
        """Add that something cannot be read."""
        self.findings[UNREAD, text] = None

    def add(self, findings: Iterable[PressFinding]) -> None:
        """Add findings of rules."""
        self.findings.update(dict.fromkeys(findings))

    def resource(self, kind: str, name: Any) -> Any:
        """Return a named resource (§7.8.3).

        Raises:
            ValueError: it is not there.
        """
        found = entries(self.resources, kind).get(str(name))
        if found is None:
            raise ValueError(f"{name} is not among the resources")
        return found

    def paint(self, kind: str, ink: Ink, boxes: Iterable[Rectangle], **more: Any) -> None:
        """Have a mark judged; what is clipped away is not painted."""
        graphics = self.graphics
        parts = list(boxes)
        visible = tuple(filter(None, (graphics.clip.cut(box) for box in parts))) if graphics.placed else None
        if visible == () and kind != "text":
            return
        overprints = graphics.stroke_overprints if more.pop("stroked", kind == "stroke") else graphics.fill_overprints
        mark = PaintedMark(kind, ink, overprints, graphics.overprint_mode, visible, len(parts), **more)
        self.add(self.interpreter.judge(mark, self.area))

    def read_aside(self, form: Any, *, masks: bool) -> None:
        """Read a stream that paints elsewhere, or no ink: a pattern, a glyph, a soft mask (`masks`)."""
        findings = self.interpreter.read_form(form, self.resources, self.area, Graphics(placed=False))
        self.add(finding for finding in findings if not masks or finding[0] in _OF_MASKS)


Operator = Callable[[StreamWalker, list[Any]], None]
