"""Cards stand where the maker of the stock says, and each back lies behind its front."""

import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from leaflet.program import assets
from tests.one_school.boxes import PT, Box, union
from tests.one_school.files import PEOPLE, file_in
from tests.one_school.letters import letters, places_of
from tests.one_school.painting import codes, painted
from tests.one_school.sections import sections
from tests.one_school.stock import FLIPS, HEADLINES, MADE_FOR, STOCKS, TOLERANCE, Cards


def test_every_stock_that_fits_is_here() -> None:
    """A stock that the program has for cards or folded cards stands in this specification, too."""
    known = tomllib.loads((assets() / "stock.toml").read_text("utf-8"))
    fitting = set()
    for key, table in known.items():
        width, height = (float(side.removesuffix(" mm")) for side in table["card"])
        if any(abs(width - w) <= 3 and abs(height - h) <= 3 for w, h in MADE_FOR.values()):
            fitting.add(key)
    assert set(STOCKS) == fitting


def heads(cards: Cards) -> Iterator[tuple[int, Box, Box]]:
    """Yield for each headline its page, the place it stands in, and where it is."""
    for page in cards.fronts:
        for boxes in places_of(letters(cards.path)[page], cards.headline):
            head = union(boxes)
            (place,) = [place for place in cards.places(back=False) if place.contains(head)]
            yield page, place, head


def test_fronts_have_the_pitch_of_the_stock(cards: Cards) -> None:
    """Headlines are as far apart as the maker says the cards are, on every sheet."""
    offsets = [(head.left - place.left, head.top - place.top) for _, place, head in heads(cards)]
    assert len(offsets) == len(sections(cards.path))
    assert np.ptp(offsets, axis=0).max() <= TOLERANCE


def test_fronts_stand_in_the_middle_of_their_places(cards: Cards) -> None:
    """The band of a headline, or the rule under it, has the same distance to both edges; a band to the third too."""
    for page, place, _ in heads(cards):
        inside = [item for item in painted(cards.path)[page] if place.grown(0.01).contains(item.box)]
        band = max(inside, key=lambda item: item.box.width)
        assert band.box.width > 0.8 * place.width
        assert band.box.middle[0] == pytest.approx(place.middle[0], abs=TOLERANCE)
        if band.kind == "fill":
            assert band.box.top - place.top == pytest.approx(band.box.left - place.left, abs=TOLERANCE)


def back_anchors(cards: Cards) -> Iterator[tuple[Box, Box]]:
    """Yield for each card the place of its front, seen through the paper, and what the codes of its back cover."""
    for section in sections(cards.path):
        front, back = section.pages
        start = next(item.box for item in section.painted(cards.path, front) if item.kind == "text")
        (number,) = [n for n, place in enumerate(cards.places(back=False)) if place.contains(start)]
        found = [item.box for item in section.painted(cards.path, back) if len(item.rectangles) > 50]
        yield cards.places(back=True)[number], union(found)


def code_depth(cards: Cards, place: Box, pair: Box) -> float:
    return place.bottom - pair.bottom if cards.flip == "short-edge" else pair.top - place.top


def test_backs_lie_behind_their_fronts(cards: Cards) -> None:
    """Turned with the sheet, the back of every card is where its front is: of the same person, in the same place."""
    offsets = []
    for behind, pair in back_anchors(cards):
        assert behind.contains(pair)
        offsets.append((code_depth(cards, behind, pair), pair.left - behind.left))
    assert len(offsets) == len(sections(cards.path))
    assert np.ptp(offsets, axis=0).max() <= TOLERANCE


@pytest.mark.parametrize("template", MADE_FOR)
def test_cards_are_the_same_on_every_stock(small: Path, template: str) -> None:
    """However the sheet is turned, headline and codes are as deep in their places as on a card printed alone."""
    alone = file_in(small, f"{template}-alone")
    head_depth = union(places_of(letters(alone)[0], HEADLINES[template])[0]).top
    depth = union([code.box for code in codes(alone, 1)]).top
    stocks = [stock for stock, grid in STOCKS.items() if grid.edge == (template == "memo-a6")]
    for stock, flip in product(stocks, FLIPS):
        cards = Cards(file_in(small, f"{stock}-{flip}"), STOCKS[stock], flip)
        depths = [head.top - place.top for _, place, head in heads(cards)]
        assert depths == pytest.approx([head_depth] * PEOPLE, abs=TOLERANCE)
        depths = [code_depth(cards, behind, pair) for behind, pair in back_anchors(cards)]
        assert depths == pytest.approx([depth] * PEOPLE, abs=TOLERANCE)


def test_backs_can_be_read_when_the_card_is_turned(cards: Cards) -> None:
    """A back stands on its head if the sheet is turned about its short edge, else upright; a front is upright."""
    for page, items in enumerate(painted(cards.path)):
        tagged = [item for item in items if item.content is not None]
        assert tagged
        is_turned = page % 2 == 1 and cards.flip == "short-edge"  # half of a folded one, to be upright then
        assert {item.turned for item in tagged} == ({True, False} if page % 2 and cards.grid.edge else {is_turned})
        apart = [item for item in items if item.kind == "text" and item.content is None and page % 2 == 0]
        assert not any(item.turned for item in apart)


def test_the_file_asks_for_the_right_edge_and_no_scaling(cards: Cards) -> None:
    """The file asks the printer for both sides, the edge the backs are made for, and no scaling."""
    with pikepdf.open(cards.path) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == FLIPS[cards.flip]
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        for page in pdf.pages:
            assert [float(side) * PT for side in page.mediabox] == pytest.approx([0, 0, 210, 297], abs=0.01)
            assert page.get("/Rotate", 0) == 0
