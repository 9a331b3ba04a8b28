"""Folded leaflets and cards are folded where they say, and no text stands on a fold."""

from pathlib import Path

import numpy as np
import pikepdf
import pytest

from tests.one_school.boxes import Box
from tests.one_school.files import FOLDED_CARDS, file_in
from tests.one_school.letters import letters
from tests.one_school.painting import painted, sizes
from tests.one_school.stock import TOLERANCE, Cards

BEFORE_FOLD = 5

FOLDS = {"leaflet-trifold": [(97, 197), (100, 200)], "leaflet-a5": [(148.5,), (148.5,)]}


@pytest.mark.parametrize("document", FOLDS)
def test_folds_are_where_they_belong(example: Path, document: str) -> None:
    """Bands end and ticks stand at the folds of each side, and the folds of both sides meet through the paper."""
    path = file_in(example, document)
    assert np.allclose(sizes(path), [(297, 210), (297, 210)], rtol=0, atol=0.01)
    found = []
    for page, folds in enumerate(FOLDS[document]):
        items = painted(path)[page]
        bands = [item.box for item in items if item.kind == "fill" and item.box.top < 0.01 and item.box.width > 90]
        assert bands
        for edge in (edge for band in bands for edge in (band.left, band.right)):
            assert any(edge == pytest.approx(place, abs=TOLERANCE) for place in (0, *folds, 297))
        ticks = [item.box for item in items if item.kind == "stroke" and item.box.height > 10 * item.box.width]
        ticks = [box for box in ticks if box.top < 8 or box.bottom > 202]
        assert sorted(box.middle[0] for box in ticks) == pytest.approx(sorted([*folds, *folds]), abs=0.02)
        assert all(Box(4, 4, 293, 206).grown(0.01).contains(box) for box in ticks)
        found.append(folds)
    assert [297 - fold for fold in reversed(found[1])] == pytest.approx(list(found[0]), abs=TOLERANCE)


@pytest.mark.parametrize("document", FOLDS)
def test_no_text_near_folds_and_edges(example: Path, document: str) -> None:
    """Every letter is 5 mm from the paper's edges and from every fold."""
    path = file_in(example, document)
    for page, folds in enumerate(FOLDS[document]):
        panels = [Box(left, 0, right, 210) for left, right in zip([0, *folds], [*folds, 297], strict=True)]
        for letter in letters(path)[page]:
            assert any(panel.grown(-BEFORE_FOLD).contains(letter.box) for panel in panels), letter


@pytest.mark.parametrize("document", FOLDS)
def test_folded_sheets_turn_about_their_short_edge(example: Path, document: str) -> None:
    """A landscape sheet is turned like a page, so the file asks the printer for the short edge."""
    with pikepdf.open(file_in(example, document)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.parametrize("cards", FOLDED_CARDS, ids="-".join, indirect=True)
def test_no_text_on_the_fold_of_a_folded_card(cards: Cards) -> None:
    """A6 cards are folded in their middle, which text keeps clear of by 5 mm on both sides."""
    for page, places in cards.pages():
        for place in places:
            middle = place.middle[1]
            fold = Box(place.left, middle - BEFORE_FOLD, place.right, middle + BEFORE_FOLD)
            assert not any(letter.box.overlaps(fold) for letter in letters(cards.path)[page])
