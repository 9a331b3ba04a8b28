"""Pages look alike when the same lines stand in the same type, whatever they say."""

from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_appearance import PageAppearance, read_appearance
from leaflet.preflight.pdf.page_pieces import Memory
from tests.preflight.samples import FONT, drawn
from tests.support import LONG_NAME, NAMES, leaflet_pdf


def appearances(data: bytes) -> list[PageAppearance]:
    with FinishedFile("sample.pdf", data, Memory()) as file:
        return [read_appearance(page) for page in file.pages]


def lines(*texts: str, size: float = 12) -> bytes:
    """A page of these lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for number, text in enumerate(texts):
            canvas.drawString(72, 700 - 20 * number, text)

    return drawn(draw)


def test_other_words_have_the_same_look() -> None:
    """Bytes differ, and how much is written."""
    (one,), (other,) = appearances(lines("Lycée Balzac", "Tours")), appearances(lines("Lycée Descartes", "Loches"))
    assert one.layout_key == other.layout_key and one.exact != other.exact
    assert (one.characters, other.characters) == (len("LycéeBalzacTours"), len("LycéeDescartesLoches"))


def test_another_line_or_size_is_another_look() -> None:
    """What a reader sees at a glance."""
    found = [
        appearances(data)[0].layout_key
        for data in (lines("Lycée", "Tours"), lines("Lycée"), lines("Lycée", "Tours", size=14))
    ]
    assert len(set(found)) == 3


def test_the_same_page_is_exactly_the_same() -> None:
    """Twice in one file, and in two."""
    first, second = appearances(drawn(lambda canvas: canvas.drawString(72, 700, "Tours"), pages=2))
    assert (first.number, second.number) == (1, 2)
    assert first.exact == second.exact == appearances(lines("Tours"))[0].exact != b""


def test_leaflets_of_schools_differ_by_the_length_of_names_only() -> None:
    """Two names of one line look alike, one of two lines does not."""
    short, typical, long = (appearances(leaflet_pdf(name=name))[0].layout_key for name in NAMES)
    assert NAMES[-1] == LONG_NAME and short == typical != long


def test_a_page_that_cannot_be_read_has_a_look_of_its_own() -> None:
    """Nothing is raised."""
    data = lines("Tours")
    assert all(isinstance(look, PageAppearance) for look in appearances(data[: len(data) // 2]))
