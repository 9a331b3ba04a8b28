"""Files of one structure are known as such, whatever they say; a change of structure is not overlooked."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from leaflet.review.fingerprint import Fingerprints, skeleton
from tests.review.cases_links import describe
from tests.review.samples import drawn, edited
from tests.support import LETTERS

Edit = Callable[[pikepdf.Pdf], object]


def leaflet(name: str, title: str = "Voter") -> bytes:
    """A page with a school's name, aligned on the left, in the middle and on the right, and a link."""

    def draw(canvas: Canvas) -> None:
        canvas.setTitle(title)
        canvas.drawString(20 * mm, 260 * mm, LETTERS)  # so that both have the same font
        canvas.drawString(20 * mm, 250 * mm, name)
        canvas.drawCentredString(105 * mm, 240 * mm, name)
        canvas.drawRightString(190 * mm, 230 * mm, name)
        canvas.linkURL("https://www.ac-lyon.fr/", (20 * mm, 248 * mm, 60 * mm, 256 * mm))

    def finish(pdf: pikepdf.Pdf) -> None:
        describe(pdf.pages[0])
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = title
            metadata["pdfuaid:part"] = "1"

    return edited(drawn(draw), finish)


def skeleton_of(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return skeleton(pdf)


def test_schools_share_a_skeleton() -> None:
    """Names of any length, in text, title and metadata."""
    one = leaflet("Lycée Balzac", "Voter – Lycée Balzac")
    other = leaflet("Lycée polyvalent Thérèse Planiol (site nord)", "Voter – Lycée polyvalent Thérèse Planiol")
    assert skeleton_of(one) == skeleton_of(other)


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))


def no_description(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Contents = pikepdf.String("")


def no_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfuaid:part"] = "2"


def untagged(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact BMC EMC")


def another_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox[2] = 500


def test_an_array_counts_by_what_is_in_it() -> None:
    """Also when it is an object of its own: fonts of two files differ by such arrays alone."""

    def hash_with(width: int) -> bytes:
        pdf = pikepdf.new()
        font = pikepdf.Dictionary(Widths=pdf.make_indirect(pikepdf.Array([width, 500])))
        return Fingerprints(pdf).of(pdf.make_indirect(font))

    assert hash_with(300) != hash_with(301)
    assert hash_with(300) == hash_with(300)


@pytest.mark.parametrize("edit", [script, no_description, no_claim, untagged, another_size])
def test_another_structure_has_another_skeleton(edit: Edit) -> None:
    """A script, a missing description, another claim, another tag, another page."""
    data = leaflet("Lycée Balzac")
    assert skeleton_of(edited(data, edit)) != skeleton_of(edited(data, lambda pdf: None))


def test_a_broken_text_is_not_puzzled_over() -> None:
    """A row of type that never ends is read once, not in all the ways it could be taken."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"BT [" + b"<00>" * 60 + b"(x")

    assert skeleton_of(edited(leaflet("Lycée Balzac"), spoil))
