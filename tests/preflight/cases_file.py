"""Whole and damaged files."""

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import Case, Cases, Sample, drawn, edited
from tests.support import leaflet_pdf


def text(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Je vote du 3 au 10 décembre 2026.")


def text_and_white_back(canvas: Canvas) -> None:
    text(canvas)
    canvas.showPage()


def cut_short() -> bytes:
    return drawn(text)[:-200]


def other_link() -> bytes:
    """A leaflet of ours whose first link leads elsewhere."""

    def edit(pdf: pikepdf.Pdf) -> None:
        link = next(item for page in pdf.pages for item in page.obj.Annots if item.Subtype == "/Link")
        link.A.URI = pikepdf.String("https://example.org/")

    return edited(leaflet_pdf(), edit)


def titled(title: str) -> bytes:
    """A leaflet of ours with another title."""

    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = title

    return edited(leaflet_pdf(), edit)


CASES: Cases = {
    "K001": Case(broken=Sample("the last 200 bytes are missing", cut_short),
                 near=Sample("a line break more at the end", lambda: drawn(text) + b"\r\n")),
    "K005": Case(broken=Sample("a page with nothing on it", lambda: drawn(lambda canvas: None)),
                 near=Sample("a white back", lambda: drawn(text_and_white_back))),
    "K006": Case(broken=Sample("a leaflet of ours in which a link was changed", other_link),
                 near=Sample("a leaflet of ours as it was written", leaflet_pdf)),
    "K015": Case(broken=Sample("a draft of ours", lambda: titled("PROJET – à comparer à la notice – Lycée")),
                 near=Sample("a leaflet whose school has such a name", lambda: titled("Lycée PROJET – Tours"))),
}  # fmt: skip
