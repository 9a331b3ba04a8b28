"""Sheets whose fronts and backs do not meet, and sheets where they just do."""

from collections.abc import Callable, Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import FONT, Case, Cases, Sample, drawn
from tests.support import later

WIDTH, HEIGHT = 210, 297
FRONT, BACK = "Aide-mémoire pour voter", "Vote du 3 au 10 décembre"
Side = Callable[[Canvas], None]
Places = Sequence[tuple[float, float]]  # mm from the top left of a side


def sheets(*sides: Side, edge: str = "Long") -> bytes:
    """Fronts and backs by turns, to be turned about an edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setViewerPreference("Duplex", f"DuplexFlip{edge}Edge")
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


def head_down(canvas: Canvas) -> None:
    canvas.translate(WIDTH * mm, HEIGHT * mm)
    canvas.rotate(180)
    text(canvas)


def white(_canvas: Canvas) -> None:
    """Nothing."""


@later
def marks(canvas: Canvas, *places: float) -> None:
    """Marks of upright cuts at both ends of a sheet, and a scale at its foot."""
    text(canvas)
    for x in places:
        canvas.line(x * mm, 5 * mm, x * mm, 10 * mm)
        canvas.line(x * mm, (HEIGHT - 10) * mm, x * mm, (HEIGHT - 5) * mm)
    for x in (40, 90):
        canvas.line(x * mm, 4 * mm, x * mm, 7 * mm)


@later
def cards(canvas: Canvas, line: str, places: Places) -> None:
    for x, y in places:
        canvas.drawString((x + 10) * mm, (HEIGHT - y - 20) * mm, line)


COLUMNS = (15, 110)  # of cards of 85 mm on A4, whose margins are equal: mirrored they change places
ROWS = (13.5, 67.5, 121.5)
FULL = [(x, y) for y in ROWS for x in COLUMNS]
LEFT = [(COLUMNS[0], y) for y in ROWS]
RIGHT = [(COLUMNS[1], y) for y in ROWS]


def sample(what: str, *sides: Side, edge: str = "Long") -> Sample:
    return Sample(what, lambda: sheets(*sides, edge=edge))


CASES: Cases = {
    "K951": Case(broken=sample("three pages", text, text, text), near=sample("four pages", text, text, text, text)),
    "K952": Case(broken=sample("an upright front, a level back", text, small), near=sample("two alike", text, text)),
    "K953": Case(broken=sample("an upright back, turned about the short edge", text, text, edge="Short"),
                 near=sample("a back head down, turned about the short edge", text, head_down, edge="Short")),
    "K954": Case(broken=sample("a margin of 20 mm on the left of both", marks(20, 180), marks(20, 180)),
                 near=sample("margins mirrored, a scale on both", marks(20, 180), marks(30, 190))),
    "K955": Case(broken=sample("a last sheet of one column, not mirrored",
                               *(cards(FRONT, FULL), cards(BACK, FULL), cards(FRONT, LEFT), cards(BACK, LEFT))),
                 near=sample("a last sheet of one column, mirrored",
                             *(cards(FRONT, FULL), cards(BACK, FULL), cards(FRONT, LEFT), cards(BACK, RIGHT)))),
    "K956": Case(broken=sample("a white back", text, white), near=sample("a back with a word", text, text)),
}  # fmt: skip
