"""The palette of a theme: one colour of the brand in, every colour that follows from it out, with enough contrast.

Colours are written "#rrggbb", or "K 85" for 85 % black alone. Contrast is that of WCAG 2.2 (§1.4.3): from 1 to 21.
"""

from collections.abc import Mapping, Sequence
from math import atan2, cos, hypot, sin
from operator import mul

TEXT_CONTRAST = 4.5  # of text on its ground (WCAG 2.2, level AA)
_BRAND_TEXT_CONTRAST = 5.0  # of the brand as a colour of text: paper is never as white as a screen
_PLATE_CONTRAST = 1.6  # under it a white plate is lost on the brand, and gets an outline
_BLACK, _WHITE = "#000000", "#ffffff"
_TINT, _STRONG_TINT = (0.97, 0.03), (0.94, 0.06)  # OKLCH lightness of tints of the brand, and their most chroma
_LESS_LIGHT = (0, 0.02, 0.04, 0.06, 0.08)  # OKLCH lightness that a brand may lose for white to be read on it
_LINE = 0.45  # share of the brand as a colour of text, the rest is white
_GREEKED = 0.28  # share of the ink in lines that stand for text
_DEEP = 0.28  # share of black in the strip beside the brand
# Linear red, green and blue to cones, these to OKLab, and back (Björn Ottosson, 2020-12-23, and CSS Color 4 §9.2).
_CONES = ((0.4122215, 0.5363325, 0.0514460), (0.2119035, 0.6806995, 0.1073970), (0.0883025, 0.2817188, 0.6299787))
_LAB = ((0.2104543, 0.7936178, -0.0040720), (1.9779985, -2.4285922, 0.4505937), (0.0259040, 0.7827718, -0.8086758))
_FROM_LAB = ((1, 0.3963378, 0.2158038), (1, -0.1055613, -0.0638542), (1, -0.0894842, -1.2914855))
_FROM_CONES = ((4.076742, -3.307712, 0.23097), (-1.268438, 2.609757, -0.341319), (-0.004196, -0.703419, 1.707615))
_DARKER = 0.1  # share of black added at each step until the brand can be read


def derive(colors: Mapping[str, str]) -> dict[str, str]:
    """Return a theme's colours, `brand`, `ink` and `paper` among them, with those that follow from its brand.

    What the theme sets itself stays. `head` is the brand, a little darker if white can be read on it then, and
    `on-brand` is read on it; `brand-text` is the brand where it is read on white and on its tints; `brand-deep` and
    `on-deep` are a strip beside it; `tint` and `tint-strong` grounds; `line` hairlines; `grey` lines that stand for
    text; `plate-line` the outline of white plates on the brand.
    """
    brand, ink, paper = colors["brand"], colors["ink"], colors["paper"]
    darker = (_shade(brand, less=less) for less in _LESS_LIGHT)
    head = next((color for color in darker if contrast(color, paper) >= TEXT_CONTRAST), brand)
    on_brand = readable_on(head, paper, ink)
    strong = _shade(brand, *_STRONG_TINT)
    text = _darkened(brand, strong)
    deep = mix(head, _BLACK, _DEEP) if on_brand == paper else ink
    follows = {
        "head": head,
        "on-brand": on_brand,
        "brand-text": text,
        "brand-deep": deep,
        "on-deep": readable_on(deep, paper, ink),
        "tint": _shade(brand, *_TINT),
        "tint-strong": strong,
        "line": mix(text, paper, 1 - _LINE),
        "grey": mix(ink, paper, 1 - _GREEKED),
        "plate-line": ink if contrast(head, paper) < _PLATE_CONTRAST else head,
    }
    return {**follows, **colors}


def readable_on(ground: str, paper: str, ink: str) -> str:
    """Return the colour of text on a ground: the paper's, else the ink, else black, where white cannot be read."""
    for color in (paper, ink):
        if contrast(ground, color) >= TEXT_CONTRAST:
            return color
    return "K 100" if ground.startswith("K ") else _BLACK


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    return contrast_of(_levels(one), _levels(other))


def contrast_of(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the contrast of two colours given as red, green and blue, 0 to 255."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it, 0 to 1; of blacks alone if the first is one."""
    if one.startswith("K "):
        return f"K {round((1 - _light(one) * (1 - share) - _light(other) * share) * 100)}"
    levels = [round(a * (1 - share) + b * share) for a, b in zip(_levels(one), _levels(other), strict=True)]
    return "#" + "".join(f"{level:02x}" for level in levels)


def _darkened(brand: str, tint: str) -> str:
    """Return the brand, darkened until it can be read on white and on its strong tint."""
    color = brand
    while contrast(color, _WHITE) < _BRAND_TEXT_CONTRAST or contrast(color, tint) < TEXT_CONTRAST:
        color = mix(color, _BLACK, _DARKER)
    return color


def _shade(color: str, light: float = 0, chroma: float = 1, *, less: float = 0) -> str:
    """Return a colour as light as is asked for, else `less` so, in its own hue, with no more chroma than it may have.

    Lightness and chroma are those of OKLCH (CSS Color 4 §9.3); what no screen can show has less chroma.
    """
    if color.startswith("K ") or (not light and not less):
        return mix(color, _WHITE, light)
    linear = [_linear(level) for level in _levels(color)]
    cones = [sum(map(mul, row, linear)) ** (1 / 3) for row in _CONES]
    own, a, b = (sum(map(mul, row, cones)) for row in _LAB)
    light, chroma, hue = light or own - less, min(chroma, hypot(a, b)), atan2(b, a)
    while True:
        lab = (light, chroma * cos(hue), chroma * sin(hue))
        shares = [sum(map(mul, row, (sum(map(mul, one, lab)) ** 3 for one in _FROM_LAB))) for row in _FROM_CONES]
        if all(-0.001 <= share <= 1.001 for share in shares):
            levels = (1.055 * share ** (1 / 2.4) - 0.055 if share > 0.0031308 else 12.92 * share for share in shares)
            return "#" + "".join(f"{min(255, max(0, round(level * 255))):02x}" for level in levels)
        chroma *= 0.98


def _light(color: str) -> float:
    """Return how light a grey is: 0 for black, 1 for white."""
    return 1 - int(color[2:]) / 100 if color.startswith("K ") else _levels(color)[0] / 255


def _levels(color: str) -> tuple[int, ...]:
    """Return red, green and blue, 0 to 255."""
    if color.startswith("K "):
        return (round(_light(color) * 255),) * 3
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(levels: Sequence[int]) -> float:
    """Return the relative luminance (WCAG 2.2, « relative luminance »), 0 to 1."""
    red, green, blue = map(_linear, levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(level: int) -> float:
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
