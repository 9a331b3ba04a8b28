"""Memo cards as they must not be."""

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import Case, Cases, Sample, drawn

LABEL_X, LINE_X, END_X, Y = 20.0, 60.0, 130.0, 200.0

Row = tuple[str, str]  # label, what is printed on the line


def card(
    *rows: Row,
    pitch: float = 12,
    end: float = END_X,
    lined: bool = True,
    title: str = "Aide-mémoire",
    covered: bool = False,
) -> bytes:
    """A title and labelled lines, `pitch` mm apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.drawString(LABEL_X * mm, (Y + 20) * mm, title)
        for at, (label, value) in enumerate(rows):
            y = (Y - at * pitch) * mm
            canvas.drawString(LABEL_X * mm, y, label)
            canvas.drawString((LINE_X + 3) * mm, y + 1 * mm, value)
            if lined and label != EXPLAINED:
                canvas.line(LINE_X * mm, y, end * mm, y)
        if covered:
            canvas.setFillGray(1)
            canvas.rect(LINE_X * mm, (Y - 1) * mm, (end - LINE_X) * mm, 2 * mm, stroke=0, fill=1)

    return drawn(draw)


def sample(what: str, *rows: Row, pitch: float = 12, end: float = END_X, lined: bool = True) -> Sample:
    return Sample(what, lambda: card(*rows, pitch=pitch, end=end, lined=lined))


ADDRESS, PASSWORD, CODE = ("Adresse pro :", ""), ("Mot de passe :", ""), ("Code de vote :", "")
EXPLAINED = "Mot de passe : le NUMEN en majuscules, sauf si je l’ai déjà modifié."

CASES: Cases = {
    "K401": Case(broken=sample("a word on the line of the password", ADDRESS, ("Mot de passe :", "tilleul")),
                 near=sample("the address filled in, the password blank, a sentence",
                             ("Adresse pro :", "contact@exemple.fr"), PASSWORD, (EXPLAINED, ""))),
    "K402": Case(broken=sample("labels without lines", ADDRESS, PASSWORD, lined=False),
                 near=sample("labels with lines", ADDRESS, PASSWORD)),
    "K403": Case(broken=sample("lines for the password and for the code", PASSWORD, CODE),
                 near=sample("lines for the password and for the address", PASSWORD, ADDRESS)),
    "K404": Case(broken=sample("a line of 35 mm", PASSWORD, end=LINE_X + 35),
                 near=sample("a line of 42 mm", PASSWORD, end=LINE_X + 42)),
    "K405": Case(broken=sample("lines 7 mm apart", ADDRESS, PASSWORD, pitch=7),
                 near=sample("sentences over boxes", ("Je n’ouvre qu’une adresse :", ""), PASSWORD, pitch=8.5)),
    "K406": Case(broken=sample("a line for the NUMEN", ("NUMEN :", "")),
                 near=sample("a line for the postcode", ("Code postal :", ""))),
    "K407": Case(broken=Sample("a line that is painted over", lambda: card(ADDRESS, PASSWORD, covered=True)),
                 near=sample("lines on the paper", ADDRESS, PASSWORD)),
}  # fmt: skip
