"""Sheets whose fronts and backs do not meet, and sheets where they just do."""

from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import FONT, Case, Cases, Sample, drawn

WIDTH, HEIGHT = 210, 297
Side = Callable[[Canvas], None]


def sheets(*sides: Side) -> bytes:
    """Fronts and backs by turns, to be turned about their long edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
        for number, side in enumerate(sides, 1):
            canvas.setPageSize((WIDTH * mm, HEIGHT * mm))
            side(canvas)
            if number < len(sides):
                canvas.showPage()
                canvas.setFont(FONT, 12)

    return drawn(draw)


def text(canvas: Canvas) -> None:
    canvas.drawString(30 * mm, 250 * mm, "Je crée mon compte électeur.")


def small(canvas: Canvas) -> None:
    canvas.setPageSize((HEIGHT * mm, WIDTH * mm))
    canvas.drawString(30 * mm, 150 * mm, "Je crée mon compte électeur.")


def white(_canvas: Canvas) -> None:
    """Nothing."""


def sample(what: str, *sides: Side) -> Sample:
    return Sample(what, lambda: sheets(*sides))


CASES: Cases = {
    "K951": Case(broken=sample("three pages", text, text, text), near=sample("four pages", text, text, text, text)),
    "K952": Case(broken=sample("an upright front, a level back", text, small), near=sample("two alike", text, text)),
    "K956": Case(broken=sample("a white back", text, white), near=sample("a back with a word", text, text)),
}  # fmt: skip
