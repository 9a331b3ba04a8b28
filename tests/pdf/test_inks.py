"""Colours as operators: RGB and grey for screens, four inks for the press; text there is black alone."""

import pytest

from leaflet.pdf.inks import KNOCK_OUT, OVERPRINT, REGISTRATION, PressInks, ScreenInks, parse_color

COLORS = {"ink": "K 100", "mute": "K 85", "paper": "K 0", "haze": "K 9", "band": "#005fcc", "white": "#ffffff"}
SCREEN, PRESS = ScreenInks(COLORS), PressInks(COLORS, {"band": "100 70 0 10", "white": "0 0 0 0"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("K 100", (0,)), ("K 0", (1,)), ("K 85", (0.15,)), ("#000000", (0, 0, 0)), ("#ff8000", (1, 0.502, 0))),
        ("#005fcc", (0, 0.3725, 0.8)),
    ],
)
def test_a_colour_as_numbers(text: str, value: tuple[float, ...]) -> None:
    """A share of black is one number, the lighter the less black; the other colours are red, green and blue."""
    assert parse_color(text) == value


@pytest.mark.parametrize(
    ("name", "fill", "stroke"),
    [
        ("ink", "0 g", "0 G"), ("mute", "0.15 g", "0.15 G"), ("paper", "1 g", "1 G"),
        ("band", "0 0.372 0.8 rg", "0 0.372 0.8 RG"), (REGISTRATION, "0 g", "0 G"),
    ],
)  # fmt: skip
def test_on_screens(name: str, fill: str, stroke: str) -> None:
    """Grey is written as grey, so that it prints with one ink; text is filled like everything else."""
    assert SCREEN.fill(name) == SCREEN.text(name) == fill and SCREEN.stroke(name) == stroke


@pytest.mark.parametrize(
    ("name", "fill", "stroke"),
    [
        ("ink", "0 0 0 1 k", "0 0 0 1 K"), ("mute", "0 0 0 0.85 k", "0 0 0 0.85 K"),
        ("paper", "0 0 0 0 k", "0 0 0 0 K"), ("band", "1 0.7 0 0.1 k", "1 0.7 0 0.1 K"),
        (REGISTRATION, "/All cs 1 scn", "/All CS 1 SCN"),
    ],
)  # fmt: skip
def test_on_a_press(name: str, fill: str, stroke: str) -> None:
    """Shares of black stay black alone, other colours are the theme's inks, marks are all of them."""
    assert PRESS.fill(name) == fill and PRESS.stroke(name) == stroke


@pytest.mark.parametrize(
    ("name", "operators"),
    [
        ("ink", f"/{OVERPRINT} gs 0 0 0 1 k"),
        ("mute", f"/{OVERPRINT} gs 0 0 0 0.85 k"),
        ("band", f"/{OVERPRINT} gs 0 0 0 1 k"),  # four inks would have to register
        ("paper", f"/{KNOCK_OUT} gs 0 0 0 0 k"),  # overprinting white is invisible
        ("white", f"/{KNOCK_OUT} gs 0 0 0 0 k"),
        ("haze", f"/{KNOCK_OUT} gs 0 0 0 0 k"),
    ],
)
def test_text_on_a_press(name: str, operators: str) -> None:
    """Black alone over what is under it; what is nearly white is cut out of what is under it."""
    assert PRESS.text(name) == operators


def test_an_unknown_colour_is_no_colour() -> None:
    """A name that the theme does not have is a mistake of the program, and never printed as something else."""
    for inks in (SCREEN, PRESS):
        with pytest.raises(KeyError):
            inks.fill("rose")
