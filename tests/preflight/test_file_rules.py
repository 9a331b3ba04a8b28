"""White pages: those that were made so, and those that lost what stood on them."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import Sample, drawn, edited


def two_pages(canvas: Canvas) -> None:
    """A front, and a back whose text is in a form."""
    canvas.drawString(72, 700, "Je vote du 3 au 10 décembre 2026.")
    canvas.showPage()
    canvas.beginForm("back")
    canvas.setFont("sample", 12)
    canvas.drawString(72, 700, "Où m’adresser ?")
    canvas.endForm()
    canvas.doForm("back")


def lose_contents(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Contents


def lose_form(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Resources.XObject


def lose_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"q Q")


@pytest.mark.parametrize(
    ("edit", "codes"),
    [(lambda pdf: None, set()), (lose_contents, {"K005"}), (lose_form, {"K005"}), (lose_page, set())],
)
def test_a_back_that_lost_its_contents_is_reported(
    edit: Callable[[pikepdf.Pdf], None], codes: set[str], tmp_path: Path
) -> None:
    """A back with contents that paint nothing was left white on purpose."""
    sample = Sample(what="", make=lambda: edited(drawn(two_pages), edit))
    assert {fault.code for fault in sample.judged(tmp_path)} & {"K005"} == codes
