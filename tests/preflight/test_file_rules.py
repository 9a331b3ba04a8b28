"""White pages: those that were made so, and those that lost what stood on them."""

from collections.abc import Callable

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import codes_of, drawn, edited


def two_pages(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "Je vote du 3 au 10 décembre 2026.")
    canvas.showPage()
    canvas.beginForm("back")
    canvas.setFont("sample", 12)
    canvas.drawString(72, 700, "Où m’adresser ?")
    canvas.endForm()
    canvas.doForm("back")


@pytest.mark.parametrize(("edit", "codes"), [
    (lambda pdf: None, set()), (lambda pdf: delattr(pdf.pages[1].obj, "Contents"), {"K005"}),
    (lambda pdf: delattr(pdf.pages[1].obj.Resources, "XObject"), {"K005"}),
    (lambda pdf: setattr(pdf.pages[1].obj, "Contents", pikepdf.Stream(pdf, b"q Q")), set()),
])  # fmt: skip
def test_a_back_that_lost_its_contents_is_reported(edit: Callable[[pikepdf.Pdf], None], codes: set[str]) -> None:
    """A back with contents that paint nothing was left white on purpose."""
    assert codes_of(edited(drawn(two_pages), edit)) & {"K005"} == codes
