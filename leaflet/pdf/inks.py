"""Colours of a theme as operators: RGB and grey for screens and office printers, CMYK for the print shop.

On a press text and QR codes are black alone and overprint what is under them, so that nothing has to register;
white never overprints, for it would vanish (ISO 32000-1 §8.6.7).
"""

from collections.abc import Mapping
from typing import TypeAlias

from leaflet.pdf.objects import number

REGISTRATION = "registration"  # the colour of crop marks: every ink of the press
OVERPRINT, KNOCK_OUT = "Over", "Knock"  # names of graphics states in the resources
_LIGHT = 0.1  # total ink, 0 to 1, under which text is white on something dark


class ScreenInks:
    """Colours for screens: RGB, and grey for colours that are a share of black."""

    def __init__(self, colors: Mapping[str, str]) -> None:
        self._colors = {REGISTRATION: "K 100", **colors}

    def fill(self, name: str) -> str:
        """Return operators that fill with a colour."""
        value = parse_color(self._colors[name])
        return " ".join(map(number, value)) + (" g" if len(value) == 1 else " rg")

    def stroke(self, name: str) -> str:
        """Return operators that draw lines in a colour."""
        return self.fill(name).upper()

    text = fill  # sets text, or a QR code, in a colour


class PressInks:
    """Colours for the press: CMYK.

    Args:
        colors: of the theme, "#rrggbb" or "K 85".
        inks: shares of cyan, magenta, yellow and black in percent, « 100 70 0 30 », of each colour not black alone.
    """

    def __init__(self, colors: Mapping[str, str], inks: Mapping[str, str]) -> None:
        black = {name: f"0 0 0 {color[2:]}" for name, color in colors.items() if color.startswith("K ")}
        shares = {name: (dict(inks) | black).get(name, "").split() for name in colors}
        self._shares = {name: [int(share) / 100 for share in four] for name, four in shares.items()}

    def fill(self, name: str) -> str:
        """Return operators that fill with a colour."""
        return "/All cs 1 scn" if name == REGISTRATION else " ".join(map(number, self._shares[name])) + " k"

    def stroke(self, name: str) -> str:
        """Return operators that draw lines in a colour."""
        return "/All CS 1 SCN" if name == REGISTRATION else self.fill(name).upper()

    def text(self, name: str) -> str:
        """Return operators that set text, or a QR code, in a colour."""
        shares = self._shares[name]
        if sum(shares) < _LIGHT:
            return f"/{KNOCK_OUT} gs 0 0 0 0 k"
        black = shares[3] if not any(shares[:3]) else 1
        return f"/{OVERPRINT} gs 0 0 0 {number(black)} k"


def parse_color(text: str) -> tuple[float, ...]:
    """Parse a theme's colour into (grey,) or (red, green, blue), 0 to 1: « K 85 » is 15 % light, one ink."""
    if text.startswith("K "):
        return (round(1 - int(text[2:]) / 100, 3),)
    return tuple(round(int(text[i : i + 2], 16) / 255, 4) for i in (1, 3, 5))


Inks: TypeAlias = ScreenInks | PressInks
