"""A screen reader meets cards in the order of the list, panels as they are unfolded, and nothing twice."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.one_school.boxes import union
from tests.one_school.files import EXAMPLE_CARDS, PEOPLE, file_in, staff
from tests.one_school.letters import squeezed
from tests.one_school.painting import painted
from tests.one_school.sections import sections
from tests.one_school.stock import TOLERANCE, Cards


def test_each_card_is_read_whole(cards: Cards) -> None:
    """A section is one card: its front, then its back on the same sheet, and nothing of its neighbours."""
    for section in sections(cards.path):
        front, back = section.pages
        assert (front % 2, back) == (0, front + 1)
        assert [page for page, _ in section.contents] == sorted(page for page, _ in section.contents)
        assert section.text(cards.path).count(cards.headline) == 1
        both = [item for page in (front, back) for item in section.painted(cards.path, page)]
        assert len([item for item in both if len(item.rectangles) > 50]) == 2
        for page in (front, back):
            places = [place.grown(TOLERANCE) for place in cards.places(back=page % 2 == 1)]
            boxes = [item.box for item in section.painted(cards.path, page)]
            assert sum(any(map(place.contains, boxes)) for place in places) == 1


def test_cards_are_read_in_the_order_of_the_list(cards: Cards) -> None:
    """The staff list's order is the reading order, whichever place a card has, and nobody is there twice."""
    texts = [section.text(cards.path) for section in sections(cards.path)]
    if cards.path.parent.name == "cartes-sans-nom":
        assert len(texts) == len(staff())
        assert not any(squeezed(name) in text for name in staff() for text in texts)
        return
    names = staff() if cards.path.parent.name in EXAMPLE_CARDS else staff()[:PEOPLE]
    assert len(texts) == len(names)
    everything = "".join(texts)
    for name, text in zip(names, texts, strict=True):
        assert squeezed(name) in text
        assert everything.count(squeezed(name)) == 1, name


def test_the_whole_file_is_in_its_sections(cards: Cards) -> None:
    counts = Counter(content for section in sections(cards.path) for content in section.contents)
    contents = [(page, item.content) for page, items in enumerate(painted(cards.path)) for item in items]
    assert (set(counts), set(counts.values())) == ({one for one in contents if one[1] is not None}, {1})


PANELS = {  # page, left and right edge of each, in the order of reading, though the flap of the first is drawn first
    "leaflet-trifold": [(0, 197, 297), (1, 0, 100), (1, 100, 200), (1, 200, 297), (0, 0, 97), (0, 97, 197)],
    "leaflet-a5": [(0, 148.5, 297), (1, 0, 148.5), (1, 148.5, 297), (0, 0, 148.5)],  # printed as 4 | 1 and 2 | 3
}


@pytest.mark.parametrize("document", PANELS)
def test_a_folded_leaflet_is_read_as_it_is_unfolded(example: Path, document: str) -> None:
    path = file_in(example, document)
    for section, (page, start, end) in zip(sections(path), PANELS[document], strict=True):
        assert section.pages == [page]
        box = union([item.box for item in section.painted(path, page)])
        assert start <= box.left < box.right <= end


@pytest.mark.drill
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
def test_poppler_reads_the_same_order(example: Path) -> None:
    path = file_in(example, "cartes-papier")  # in piles: neighbours in the list are on different sheets
    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True)
    texts = [squeezed(text) for text in re.split(r"^  Sect\n", done.stdout, flags=re.MULTILINE)[1:]]
    assert len(texts) == len(staff())
    for name, text in zip(staff(), texts, strict=True):
        assert squeezed(name) in text
