"""Cards have lines to write the password on, and ask for nothing that must be kept apart from it."""

from pathlib import Path

import pytest

from tests.one_school.boxes import PT, Box, union
from tests.one_school.letters import letters, places_of
from tests.one_school.painting import painted
from tests.one_school.pictures import cropped, picture
from tests.one_school.sections import sections
from tests.one_school.stock import Cards

WRITING_LINE = 0.9 * PT
ABOVE_LINE = 7.4  # mm that are free to write in
LABEL_ABOVE = 16  # mm between a line and the top of its label


def writing_lines(path: Path, page: int) -> list[Box]:
    """Return the level strokes that are as thick as lines to write on."""
    strokes = [item for item in painted(path)[page] if item.kind == "stroke" and item.box.width > 40]
    return [item.box for item in strokes if item.line_width == pytest.approx(WRITING_LINE, abs=0.005)]


def test_writing_lines_are_free(cards: Cards) -> None:
    """Above every line there is white paper to write on, and every card has one for the password."""
    for page in cards.fronts:
        lines, pixels = writing_lines(cards.path, page), picture(cards.path, page)
        for line in lines:
            assert cropped(pixels, Box(line.left, line.top - ABOVE_LINE, line.right, line.top), shrink=1).min() == 255
        labels = [union(boxes) for boxes in places_of(letters(cards.path)[page], "motdepasseélections")]
        assert len(labels) == sum(page in section.pages for section in sections(cards.path))
        for label in labels:
            near = Box(label.left, label.top, label.right + 10, label.bottom + 14)
            assert len([line for line in lines if line.overlaps(near)]) >= 1
        # What is written on a folded card is inside.
        assert bool(writing_lines(cards.path, page + 1)) != cards.grid.edge


def test_neither_vote_code_nor_numen_is_asked_for(cards: Cards) -> None:
    """No label of a line has a word about the code de vote or the NUMEN: only the password is written down."""
    for page, found in enumerate(letters(cards.path)):
        for line in writing_lines(cards.path, page):
            above = [letter for letter in found if line.left <= letter.box.middle[0] <= line.right]
            label = "".join(letter.char for letter in above if 0 < line.top - letter.box.top < LABEL_ABOVE).casefold()
            assert label and "codedevote" not in label and "numen" not in label
