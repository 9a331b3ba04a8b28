"""Words printed over each other, on pages with few and with many words."""

from leaflet.geometry import Box
from leaflet.preflight.evidence import FoundWord
from leaflet.preflight.text.overlaps import find_overlaps
from leaflet.units import mm


def word(text: str, x: float, y: float, *, width: float = 10, height: float = 3, angle: int = 0) -> FoundWord:
    box = Box(mm(x), mm(y), mm(width), mm(height))
    return FoundWord(text=text, box=box, size=11, font="", ink=(0, 0, 0), contrast=21, line=0, angle=angle)


def pairs(*words: FoundWord) -> list[tuple[str, str]]:
    return [(one.text, two.text) for one, two in find_overlaps(words)]


def test_a_good_part_must_be_shared() -> None:
    """Tails of letters reach into the line below, and italics lean over their neighbour."""
    assert pairs(word("a", 0, 0), word("b", 0, 1.5)) == [("a", "b")]
    assert pairs(word("a", 0, 0), word("b", 0, 2.2)) == []
    assert pairs(word("a", 0, 0), word("b", 8, 0)) == []
    assert pairs(word("a", 0, 0), word("b", 5, 0)) == [("a", "b")]


def test_a_word_printed_twice_is_bold() -> None:
    """Another word on the same place is not."""
    assert pairs(word("a", 0, 0), word("a", 0.1, 0)) == []
    assert pairs(word("a", 0, 0), word("b", 0.1, 0)) == [("a", "b")]


def test_a_word_aslant_is_not_compared() -> None:
    """The box of a watermark is full of other words."""
    assert pairs(word("BROUILLON", 0, 0, width=100, height=100, angle=45), word("a", 20, 20)) == []
    assert pairs(word("haut", 0, 0, width=3, height=30, angle=270), word("a", 1, 10)) == [("haut", "a")]


def test_many_words_are_compared_with_all_others() -> None:
    """Three thousand words, of which the first and the last meet another."""
    grid = [word(f"{x}-{y}", 12 * x, 4 * y) for y in range(60) for x in range(50)]
    strays = [word("premier", 2, 1), word("dernier", 12 * 49 + 2, 4 * 59 - 1)]
    assert pairs(*grid, *strays) == [("0-0", "premier"), ("49-59", "dernier")]
    assert find_overlaps([]) == ()


def test_a_word_in_two_lines_is_not_compared() -> None:
    """A name that goes on after its hyphen has one box around both lines, with other words in it."""
    assert pairs(word("Tour-Prunelle", 0, 0, width=30, height=8), word("de", 5, 0)) == []
