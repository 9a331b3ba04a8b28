"""Find words that are printed over each other, for a whole page at once."""

from collections.abc import Sequence

import numpy as np

from leaflet.preflight.evidence import FoundWord
from leaflet.units import Um, mm, pt

_HIGH = 0.4  # shared part of the lower word's height; lines set close share less, the tails of their letters
_WIDE = 0.3  # shared part of the narrower word's width
_LEAST = mm(0.6)  # shared in both directions; full stops and commas share less
_SAME = 0.85  # shared in both directions by a word that is printed twice to look bold
_ONE_LINE = 1.5  # em; the ink of one line is lower
_BLOCK = 64  # words that are compared at a time with those that begin above their lower edges


def find_overlaps(words: Sequence[FoundWord]) -> tuple[tuple[FoundWord, FoundWord], ...]:
    """Find pairs of words that share a good part of their place, in the order of the file.

    Left out are words printed twice at one place, which old programs do to make them bold, and words that are not
    level or upright, or that go on in the next line after a hyphen, whose boxes cannot be compared.
    """
    seen = [word for word in words if not word.is_hidden and word.angle % 90 == 0 and not _is_in_two_lines(word)]
    if len(seen) < 2:
        return ()
    order = sorted(range(len(seen)), key=lambda at: seen[at].box.y)
    boxes = [seen[at].box for at in order]
    sides = np.array(
        [
            [box.x for box in boxes],
            [box.y for box in boxes],
            [box.x + box.width for box in boxes],
            [box.y + box.height for box in boxes],
        ]
    )
    numbers = {
        tuple(sorted((order[one], order[two])))
        for start in range(0, len(seen), _BLOCK)
        for one, two in _pairs(sides, start)
    }
    pairs = [(seen[one], seen[two]) for one, two in sorted(numbers)]
    return tuple((one, two) for one, two in pairs if not _is_bold(one, two))


def _pairs(sides: np.ndarray[tuple[int, int], np.dtype[np.int64]], start: int) -> list[tuple[int, int]]:
    """Find the numbers of overlapping words, sorted by their tops, the first in the block that begins at `start`."""
    stop = int(np.searchsorted(sides[1], sides[3, start : start + _BLOCK].max()))
    left, top, right, bottom = sides[:, start : start + _BLOCK, None]
    others = sides[:, None, start:stop]
    shared_x = np.minimum(right, others[2]) - np.maximum(left, others[0])
    shared_y = np.minimum(bottom, others[3]) - np.maximum(top, others[1])
    narrow = np.minimum(right - left, others[2] - others[0])
    low = np.minimum(bottom - top, others[3] - others[1])
    found = (shared_x > np.maximum(narrow * _WIDE, _LEAST)) & (shared_y > np.maximum(low * _HIGH, _LEAST))
    return [(int(one) + start, int(two) + start) for one, two in zip(*found.nonzero(), strict=True) if one < two]


def _is_in_two_lines(word: FoundWord) -> bool:
    return min(word.box.width, word.box.height) > _ONE_LINE * pt(word.size)


def _is_bold(one: FoundWord, two: FoundWord) -> bool:
    """Check whether two words are one word printed twice."""
    return one.text == two.text and all(
        _share(a, b) > _SAME
        for a, b in (
            ((one.box.x, one.box.right), (two.box.x, two.box.right)),
            ((one.box.y, one.box.bottom), (two.box.y, two.box.bottom)),
        )
    )


def _share(one: tuple[Um, Um], two: tuple[Um, Um]) -> float:
    return (min(one[1], two[1]) - max(one[0], two[0])) / max(one[1] - one[0], two[1] - two[0], 1)
