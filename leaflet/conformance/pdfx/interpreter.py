"""One content stream, operator by operator (ISO 32000-1 §7.8.2); ``press_operators`` says what each does."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from leaflet.conformance.pdf_objects import UNREADABLE, entries, parse_content
from leaflet.conformance.pdfx.images import Image
from leaflet.conformance.pdfx.inks import Ink, Spaces
from leaflet.conformance.pdfx.state import Graphics, Mark, Sheet, State
from leaflet.geometry import Rectangle

Finding = tuple[str, str]  # number of the rule, what is wrong
Judge = Callable[[Mark, Sheet], Iterable[Finding]]

UNREAD = "0"  # the rule that content can be read
_OF_MASKS = (UNREAD, "9", "12")  # rules for what only masks: it is no ink


class Reader(Protocol):
    """What a stream needs of the interpreter that reads it: the other streams."""

    judge: Judge
    spaces: Spaces

    def read_form(self, form: Any, resources: Any, sheet: Sheet, graphics: Graphics) -> tuple[Finding, ...]: ...

    def read_image(self, name: str, image: Any, resources: Any) -> Image: ...


class Run:
    """One content stream from its first operator to its last."""

    def __init__(self, reader: Reader, resources: Any, sheet: Sheet, state: State) -> None:
        self.reader = reader
        self.resources = resources
        self.sheet = sheet
        self.state = state
        self.findings: dict[Finding, None] = {}  # in order, each once

    @property
    def graphics(self) -> Graphics:
        return self.state.graphics

    def set(self, **changes: Any) -> None:
        """Change the graphics state."""
        self.state.graphics = self.state.graphics._replace(**changes)

    def read(self, stream: Any, operators: "Mapping[str, Operator]") -> None:
        """Follow all instructions of a stream; what cannot be read is a finding."""
        try:
            instructions = parse_content(stream)
        except UNREADABLE as error:
            self.say(f"a content stream cannot be read: {error}")
            return
        for instruction in instructions:
            operator = str(instruction.operator)
            follow = operators.get(operator)
            if follow is None:
                continue
            try:
                follow(self, list(instruction.operands))
            except UNREADABLE as error:
                self.say(f"the operator {operator} cannot be followed: {error or type(error).__name__}")

    def say(self, text: str) -> None:
        self.findings[UNREAD, text] = None

    def add(self, findings: Iterable[Finding]) -> None:
        self.findings.update(dict.fromkeys(findings))

    def resource(self, kind: str, name: Any) -> Any:
        """A named resource (§7.8.3).

        Raises:
            ValueError: it is not there.
        """
        found = entries(self.resources, kind).get(str(name))
        if found is None:
            raise ValueError(f"{name} is not among the resources")
        return found

    def paint(self, kind: str, ink: Ink, boxes: Iterable[Rectangle], **more: Any) -> None:
        """Judge a mark; what is clipped away is not painted."""
        graphics = self.graphics
        parts = list(boxes)
        visible = tuple(filter(None, (graphics.clip.cut(box) for box in parts))) if graphics.placed else None
        if visible == () and kind != "text":
            return
        overprints = graphics.stroke_overprints if more.pop("stroked", kind == "stroke") else graphics.fill_overprints
        mark = Mark(kind, ink, overprints, graphics.overprint_mode, visible, len(parts), **more)
        self.add(self.reader.judge(mark, self.sheet))

    def aside(self, form: Any, *, masks: bool) -> None:
        """A stream that paints elsewhere or no ink: pattern, glyph, soft mask."""
        findings = self.reader.read_form(form, self.resources, self.sheet, Graphics(placed=False))
        self.add(finding for finding in findings if not masks or finding[0] in _OF_MASKS)


Operator = Callable[[Run, list[Any]], None]
