"""The inks of a brand, through the profile of a press."""

import pytest

from leaflet.files.resources import program_resources
from leaflet.layout.theme import MOST_INK, load_theme
from leaflet.production.pictures import inks_of
from tests.layout.test_palette import BRANDS
from tests.press_profile import FOGRA39, needs_profile

pytestmark = needs_profile


def shares(ink: str) -> list[int]:
    return [*map(int, ink.split())]


@pytest.mark.parametrize("brand", BRANDS.values(), ids=BRANDS)
def test_every_colour_has_inks_within_the_limit(brand: str) -> None:
    """Four whole shares of a hundred, together no more than the limit; blacks need none."""
    theme = load_theme(program_resources(), "default", brand=brand)
    inks = inks_of(theme, FOGRA39.read_bytes())
    assert inks.keys() == {name for name, color in theme.colors.items() if color.startswith("#")}
    for ink in inks.values():
        assert len(shares(ink)) == 4
        assert all(0 <= share <= 100 for share in shares(ink))
        assert sum(shares(ink)) <= MOST_INK


def test_paper_has_no_ink_and_the_brand_has_its_own() -> None:
    """A blue is mostly cyan and magenta; a lighter tint of it has less of both."""
    inks = inks_of(load_theme(program_resources(), "default", brand="#1f3a93"), FOGRA39.read_bytes())
    cyan, magenta, yellow, _ = shares(inks["brand"])
    assert inks["paper"] == "0 0 0 0"
    assert min(cyan, magenta) > yellow
    assert sum(shares(inks["tint"])) < sum(shares(inks["tint-strong"])) < sum(shares(inks["brand"]))


def test_the_theme_s_own_inks_are_kept() -> None:
    """A house may know the inks of its brand better than a profile does."""
    own = load_theme(program_resources(), "default").model_copy(update={"inks": {"brand": "100 72 0 18"}})
    assert inks_of(own, FOGRA39.read_bytes())["brand"] == "100 72 0 18"
