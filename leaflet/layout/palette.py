"""The palette of a theme: one colour of the brand in, every colour that follows from it out, with enough contrast.

Colours are written "#rrggbb", or "K 85" for 85 % black alone. Contrast is that of WCAG 2.2 (§1.4.3): from 1 to 21.
"""

from collections.abc import Mapping, Sequence

TEXT_CONTRAST = 4.5  # of text on its ground (WCAG 2.2, level AA)
_BRAND_TEXT_CONTRAST = 5.0  # of the brand as a colour of text: paper is never as white as a screen
_PLATE_CONTRAST = 1.6  # under it a white plate is lost on the brand, and gets an outline
_BLACK, _WHITE = "#000000", "#ffffff"
_TINT, _STRONG_TINT, _LINE = 0.08, 0.18, 0.45  # shares of the brand, the rest is white
_GREEKED = 0.28  # share of the ink in lines that stand for text
_DEEP = 0.28  # share of black in the strip beside the brand
_DARKER = 0.1  # share of black added at each step until the brand can be read


def derive(colors: Mapping[str, str]) -> dict[str, str]:
    """Return a theme's colours, `brand`, `ink` and `paper` among them, with those that follow from its brand.

    What the theme sets itself stays. `on-brand` is read on the brand; `brand-text` is the brand where it is read on
    white and on its tints; `brand-deep` and `on-deep` are a strip beside the brand; `tint` and `tint-strong` grounds;
    `line` hairlines; `grey` lines that stand for text; `plate-line` the outline of white plates on the brand.
    """
    brand, ink, paper = colors["brand"], colors["ink"], colors["paper"]
    on_brand = readable_on(brand, paper, ink)
    is_pale = contrast(brand, paper) < _PLATE_CONTRAST
    base = _darkened(brand, paper) if is_pale else brand  # tints of a pale brand would be white
    strong = mix(base, paper, 1 - _STRONG_TINT)
    deep = mix(brand, _BLACK, _DEEP) if on_brand == paper else ink
    follows = {
        "on-brand": on_brand,
        "brand-text": _darkened(brand, strong),
        "brand-deep": deep,
        "on-deep": readable_on(deep, paper, ink),
        "tint": mix(base, paper, 1 - _TINT),
        "tint-strong": strong,
        "line": mix(base, paper, 1 - _LINE),
        "grey": mix(ink, paper, 1 - _GREEKED),
        "plate-line": ink if is_pale else brand,
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
    shares = [level / 255 for level in levels]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
