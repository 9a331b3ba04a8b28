"""Headings: small words that end them, and lines that their author broke."""

import pytest

from leaflet.geometry import mm
from leaflet.layout.theme import Cut
from tests.layout.pieces import piece_of, texts
from tests.support import tables_of


@pytest.mark.parametrize(("markup", "paper"), tables_of(__file__)["headings"])
@pytest.mark.parametrize(
    "words",
    [
        "Vote <small>un</small> <small>deux</small>",
        "Vote <small>un</small> puis",
        "Vote <small>un</small><small> deux</small>",
    ],
)
def test_a_heading_says_all_its_words_in_their_order(markup: str, paper: str, words: str) -> None:
    """Small words at its end stand beside it, in the middle they are words like others; none covers another."""
    piece = piece_of(markup.format(words), mm(120), paper=paper)
    expected = words.replace("<small>", "").replace("</small>", "").split()
    assert piece.text.split() == expected
    marks = [mark for text, mark in texts(piece).items() if text]
    assert len({(mark.x, mark.y) for mark in marks}) == len(marks)


def test_small_words_that_end_a_heading_are_smaller() -> None:
    """Those in the middle are not: they would stand behind what follows them."""
    found = texts(piece_of("<h2>Voter <small>en</small> ligne <small>dix minutes</small></h2>", mm(150)))
    assert found["dix minutes"].size < found["Voter"].size == found["en"].size


@pytest.mark.parametrize(
    "words", ["<br/>Je vote", '<small spare="1">Demain</small><br/>Je vote', "<br/><br/>Je vote<br/>"]
)
def test_a_break_before_all_words_is_none(words: str) -> None:
    """As where the words before it are left out: the rest is the headline, as large as it would be alone."""
    alone = texts(piece_of("<hero><h1>Je vote</h1></hero>", mm(210), Cut(1, 1)))["Je vote"]
    found = texts(piece_of(f"<hero><h1>{words}</h1></hero>", mm(210), Cut(1, 1)))["Je vote"]
    assert (found.x, found.y, found.size) == (alone.x, alone.y, alone.size)
