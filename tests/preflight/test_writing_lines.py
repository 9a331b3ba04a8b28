"""Lines to write on are found with their labels, however they are drawn."""

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from leaflet.geometry import to_mm
from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.writing_lines import LabelledLine, asks_secret
from tests.preflight.cases_memo import ADDRESS, PASSWORD, card
from tests.preflight.samples import CONTEXT, FONT, codes_of, drawn, opened, written
from tests.support import tables_of


def labelled_lines(data: bytes) -> tuple[LabelledLine, ...]:
    return opened(data).pages[0].labelled_lines


def test_a_label_stands_before_its_line_or_above_it() -> None:
    address, password = labelled_lines(card(ADDRESS, PASSWORD))
    assert (address.label, password.label) == ("Adresse pro", "Mot de passe")
    assert to_mm(password.room.width) == pytest.approx(70, abs=0.5)
    assert to_mm(password.height) == pytest.approx(12, abs=0.5)
    assert password.asks_password and not address.asks_password

    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.drawString(20 * mm, 212 * mm, "Identifiant messagerie :")
        canvas.line(20 * mm, 200 * mm, 100 * mm, 200 * mm)

    (line,) = labelled_lines(drawn(draw))
    assert (line.label, line.printed) == ("Identifiant messagerie", ())


@pytest.mark.parametrize("line", ["Mot de passe : ____________________", "Mot de passe :____________________",
                                  "Mot de passe ............................................"])  # fmt: skip
def test_lines_may_be_characters(line: str) -> None:
    (found,) = labelled_lines(written(line))
    assert (found.label, found.printed, found.is_free) == ("Mot de passe", (), True)
    assert "K401" not in codes_of(written(line))


@pytest.mark.parametrize("is_framed", [True, False])
def test_a_box_is_a_place_to_write(*, is_framed: bool) -> None:
    """A rectangle, or one of which only the lower edge is drawn, as programs that set web pages do."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20 * mm, 202 * mm, "Mot de passe :")
        if not is_framed:
            clip = canvas.beginPath()
            clip.rect(60 * mm, 199 * mm, 70 * mm, 1.3 * mm)
            canvas.clipPath(clip, stroke=0)
        canvas.rect(60 * mm, 200 * mm, 70 * mm, 9 * mm, stroke=is_framed, fill=not is_framed)

    (line,) = labelled_lines(drawn(draw))
    assert (line.label, line.printed, line.is_free) == ("Mot de passe", (), True)


def test_what_asks_for_nothing() -> None:
    """A band filled as a whole; a link after « Mot de passe oublié : », which is underlined; a rule under a title."""

    def band(canvas: Canvas) -> None:
        canvas.drawString(20 * mm, 202 * mm, "Mot de passe :")
        canvas.setFillGray(0.8)
        canvas.rect(60 * mm, 200 * mm, 70 * mm, 9 * mm, stroke=0, fill=1)

    def underlined(canvas: Canvas) -> None:
        text = "cliquez sur SOS mot de passe"
        canvas.setLineWidth(0.5)
        canvas.drawString(20 * mm, 200 * mm, "Mot de passe oublié :")
        canvas.drawString(65 * mm, 200 * mm, text)
        canvas.line(65 * mm, 199.5 * mm, 65 * mm + canvas.stringWidth(text, FONT, 12), 199.5 * mm)

    def title(canvas: Canvas) -> None:
        canvas.drawString(20 * mm, 203 * mm, "Messagerie professionnelle")
        canvas.line(20 * mm, 200 * mm, 190 * mm, 200 * mm)

    assert [labelled_lines(drawn(draw)) for draw in (band, underlined, title)] == [(), (), ()]


@pytest.mark.parametrize(("text", "is_reported"), tables_of(__file__)["values"])
def test_a_value_without_a_line_is_reported_on_a_memo(text: str, *, is_reported: bool) -> None:
    """One word after the label of a secret; not a sentence, and not on a page that is no memo."""
    assert ("K401" in codes_of(written("Aide-mémoire pour voter", text))) == is_reported
    assert "K401" not in codes_of(written("Messagerie professionnelle", text))


def test_a_drawing_on_the_line_is_reported_and_a_word_not_repeated() -> None:
    """A password may be a picture of handwriting; of what is printed only the label is named."""

    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.5)
        canvas.drawString(20 * mm, 200 * mm, "Mot de passe :")
        canvas.line(60 * mm, 200 * mm, 130 * mm, 200 * mm)
        canvas.bezier(70 * mm, 202 * mm, 80 * mm, 206 * mm, 90 * mm, 200 * mm, 100 * mm, 204 * mm)

    assert "K401" in codes_of(drawn(draw))
    faults = Judge(CONTEXT).judge_bytes(card(("Mot de passe :", "tilleul")), "a.pdf").faults
    assert not any("tilleul" in line for fault in faults for line in fault.lines("fr"))


@pytest.mark.parametrize(("label", "is_secret"), tables_of(__file__)["labels"])
def test_labels_of_secrets(label: str, *, is_secret: bool) -> None:
    """Codes of every kind but those of places and schools."""
    assert asks_secret(label) == is_secret
