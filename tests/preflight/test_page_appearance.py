"""Pages look alike when the same lines stand in the same type, whatever they say."""

from reportlab.lib.units import mm

from leaflet.preflight.judge import read_appearance
from leaflet.preflight.verdict import PageAppearance
from tests.preflight.samples import drawn, opened, written
from tests.support import LONG_NAME, NAMES, leaflet_pdf


def appearances(data: bytes) -> list[PageAppearance]:
    with opened(data) as file:
        return [read_appearance(page) for page in file.pages]


def test_pages_look_alike_by_their_lines_and_sizes() -> None:
    """Bytes differ, and how much is written."""
    (one,), (other,) = (
        appearances(written("Lycée Balzac", "Tours")),
        appearances(written("Lycée Descartes", "Loches")),
    )
    assert one.layout_key == other.layout_key and one.exact != other.exact
    assert (one.characters, other.characters) == (len("LycéeBalzacTours"), len("LycéeDescartesLoches"))
    found = [
        appearances(data)[0].layout_key
        for data in (written("Lycée", "Tours"), written("Lycée"), written("Lycée", "Tours", size=14))
    ]
    assert len(set(found)) == 3


def test_the_same_page_is_exactly_the_same() -> None:
    first, second = appearances(drawn(lambda canvas: canvas.drawString(20 * mm, 250 * mm, "Tours"), pages=2))
    assert (first.number, second.number) == (1, 2)
    assert first.exact == second.exact == appearances(written("Tours"))[0].exact != b""


def test_leaflets_of_schools_differ_by_the_length_of_names_only() -> None:
    """Two names of one line look alike, one of two lines does not."""
    short, typical, long = (appearances(leaflet_pdf(name=name))[0].layout_key for name in NAMES)
    assert NAMES[-1] == LONG_NAME and short == typical != long


def test_a_page_that_cannot_be_read_has_a_look_of_its_own() -> None:
    data = written("Tours")
    assert all(isinstance(look, PageAppearance) for look in appearances(data[: len(data) // 2]))
