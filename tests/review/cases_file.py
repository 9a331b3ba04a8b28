"""Whole and damaged files."""

from reportlab.pdfgen.canvas import Canvas

from tests.review.samples import Case, Cases, Sample, drawn


def text(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Je vote du 3 au 10 décembre 2026.")


def text_and_white_back(canvas: Canvas) -> None:
    text(canvas)
    canvas.showPage()


def cut_short() -> bytes:
    return drawn(text)[:-200]


CASES: Cases = {
    "K001": Case(
        broken=Sample(what="the last 200 bytes are missing", make=cut_short),
        near=Sample(what="a line break more at the end", make=lambda: drawn(text) + b"\r\n"),
    ),
    "K005": Case(
        broken=Sample(what="a page with nothing on it", make=lambda: drawn(lambda canvas: None)),
        near=Sample(what="a white back", make=lambda: drawn(text_and_white_back)),
    ),
}
