"""Text that cannot be read, and text that nearly cannot."""

from collections.abc import Callable

import pikepdf
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import FONT, Case, Cases, Sample, drawn, edited
from tests.support import later

Draw = Callable[[Canvas], None]
LEFT, TOP = 20 * mm, 250 * mm
NAMED = "0370000Z-ecole.pdf"
DATES = "Je vote du 3 au 10 décembre 2026."


@later
def line(
    canvas: Canvas, text: str, *, x: float = LEFT, y: float = TOP, size: float = 12, color: str = "#000000"
) -> None:
    canvas.setFillColor(color)
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


@later
def both(canvas: Canvas, *draws: Draw) -> None:
    for one in draws:
        one(canvas)


def sample(what: str, *draws: Draw) -> Sample:
    return Sample(what, lambda: drawn(both(*draws)))


@later
def block(canvas: Canvas, color: str) -> None:
    canvas.setFillColor(color)
    canvas.rect(15 * mm, TOP - 10 * mm, 120 * mm, 25 * mm, stroke=0, fill=1)


@later
def placed(canvas: Canvas, draw_it: Draw, across: float, down: float) -> None:
    """Draw something mirrored (scales −1, 1) or turned by half (−1, −1)."""
    canvas.saveState()
    canvas.translate(210 * mm, TOP if down > 0 else 2 * TOP)
    canvas.scale(across, down)
    canvas.translate(0, -TOP if down > 0 else 0)
    draw_it(canvas)
    canvas.restoreState()


def unmapped() -> bytes:
    """A file whose font names no letter: « Lycée » in characters of private use."""

    def forget(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                item.ToUnicode = pikepdf.Stream(pdf, _PRIVATE)

    return edited(drawn(line("Lycée")), forget)


_PRIVATE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <00> <FF> <E000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""

CASES: Cases = {
    "K501": Case(broken=sample("a line that runs off the right edge", line(DATES, x=170 * mm)),
                 near=sample("a line that ends 1 mm before it", line("2026", x=(210 - 10.5) * mm))),
    "K503": Case(broken=sample("a line of 5.5 pt", line(DATES, size=5.5)),
                 near=sample("a raised « er » of 5.5 pt beside 11 pt", line("le 1", size=11),
                             line("er", x=73, size=5.5))),
    "K504": Case(
        broken=sample("a line of 6.5 pt", line(DATES, size=6.5)), near=sample("a line of 7 pt", line(DATES, size=7))
    ),
    "K505": Case(broken=sample("grey of 4.1 to 1 on white, 12 pt", line(DATES, color="#808080")),
                 near=sample("the same grey, 18 pt", line(DATES, color="#808080", size=18))),
    "K506": Case(broken=sample("red on black", block("#000000"), line(DATES, color="#e00000", size=18)),
                 near=sample("red on white", line(DATES, color="#e00000", size=18))),
    "K507": Case(broken=Sample("a font that says its letters are private characters", unmapped),
                 near=sample("a bullet, a dash and a letter with an accent", line("• Élève – œuvre"))),
    "K510": Case(broken=sample("« {{ ecole.nom }} »", line("{{ ecole.nom }}")),
                 near=sample("« Aucun (none) »",
                             line("Aucun (none), le XXe siècle, une case à compléter par l’électeur"))),
    "K514": Case(broken=sample("a line under a coloured block", line(DATES), block("#2040c0")),
                 near=sample("a line on a coloured block", block("#ffd34d"), line(DATES))),
    "K515": Case(broken=Sample("a page of another school", lambda: drawn(line(f"{DATES} 0370001A")), name=NAMED),
                 near=Sample("a page of the school of the file’s name", lambda: drawn(line("0370000Z")), name=NAMED)),
    "K516": Case(broken=sample("a number with another letter", line("0370000A")),
                 near=sample("a number with its letter", line("0370000Z"))),
    "K517": Case(broken=sample("two hours at which the vote closes", line("Le vote ferme à 17 h."),
                               line("Avant la clôture, à 16 h 30, je vote.", y=TOP - 40)),
                 near=sample("an hour of opening, one of closing, and the same in another zone",
                             line("Le vote ouvre à 9 h."), line("Il ferme à 12 h (Guadeloupe).", y=TOP - 80),
                             line("Avant la clôture, à 17 h 00, je vote. Il ferme à 17 h.", y=TOP - 40),
                             line("1er tour : du 2 au 6 mai, de 9 h à 17 h.", y=TOP - 120),
                             line("2e tour : du 9 au 11 mai, de 9 h à 18 h.", y=TOP - 160))),
    "K518": Case(broken=sample("a mirrored line", placed(line(DATES), -1, 1)),
                 near=sample("a line that is turned by half", placed(line(DATES), -1, -1))),
}  # fmt: skip
