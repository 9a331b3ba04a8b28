"""The palette of a brand: whatever its colour, what is printed can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.files.resources import program_resources
from leaflet.layout.palette import TEXT_CONTRAST, contrast, derive, mix
from leaflet.layout.theme import Theme, load_theme
from tests.support import tables_of, theme_named

BRANDS, DRAWN = (tables_of(__file__)[name] for name in ("brands", "drawn"))
COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def grounds(theme: Theme) -> list[tuple[str, str]]:
    """Every colour of text with every ground that a theme puts it on."""
    colors = theme.colors
    pairs = [
        (colors[text], colors[surface.fill or "paper"])
        for surface in theme.surfaces.values()
        for text in (surface.text, surface.quiet)
    ]
    on_paper = ("ink", "mute", "brand-text", "good", "bad")
    return [*pairs, *((colors[name], colors["paper"]) for name in on_paper), (colors["ink"], colors["mark"])]


@pytest.mark.parametrize("brand", BRANDS.values(), ids=BRANDS)
def test_text_can_be_read_on_every_ground(brand: str) -> None:
    """4.5 at least, whatever the brand (WCAG 2.2 §1.4.3)."""
    theme = load_theme(program_resources(), "default", brand=brand)
    assert theme.colors["brand"] == brand
    assert min(contrast(text, ground) for text, ground in grounds(theme)) >= TEXT_CONTRAST


@given(brand=COLORS)
def test_any_brand_has_a_palette_that_can_be_read(brand: str) -> None:
    """What follows from a brand is read on the brand, on white and on its tints."""
    colors = derive({"brand": brand, "ink": "#16213a", "paper": "#ffffff"})
    assert contrast(colors["on-brand"], colors["head"]) >= TEXT_CONTRAST
    assert contrast(colors["on-deep"], colors["brand-deep"]) >= TEXT_CONTRAST
    for ground in ("tint", "tint-strong", "paper"):
        assert contrast(colors["brand-text"], colors[ground]) >= TEXT_CONTRAST
        assert contrast(colors["ink"], colors[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("brand", DRAWN)
def test_tints_are_of_the_brand_s_own_hue(brand: str) -> None:
    """A yellow has no khaki, plates on a pale brand an outline; one that is nearly dark enough for white darkens."""
    colors = load_theme(program_resources(), "default", brand=brand).colors
    assert [colors[name] for name in ("head", "tint-strong", "plate-line")] == DRAWN[brand]


@pytest.mark.parametrize("name", ["grey", "ink-saver"])
def test_the_copier_s_themes_are_grey(name: str) -> None:
    """They print in one ink, which can be read as colours can."""
    assert load_theme(program_resources(), name, brand="#c8102e") == theme_named(name)
    assert all(color.startswith("K ") for color in theme_named(name).colors.values())
    assert min(contrast(text, ground) for text, ground in grounds(theme_named(name))) >= TEXT_CONTRAST


def test_what_a_palette_fills() -> None:
    """What is missing; no driver has to make a grey of three colours."""
    assert derive({"brand": "#1f3a93", "ink": "#16213a", "paper": "#ffffff", "tint": "#eeeeee"})["tint"] == "#eeeeee"
    assert mix("K 100", "K 0", 0.92) == "K 8"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
