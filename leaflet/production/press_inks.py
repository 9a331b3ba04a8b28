"""The inks of a theme's colours on a press, through the profile of the paper it prints on, with a limit on total ink.

What a theme says itself (``[inks]``, such as the exact inks of a brand) is not converted.
"""

from leaflet.layout.theme import MOST_INK, Theme


def inks_of(theme: Theme, profile: bytes) -> dict[str, str]:
    """Return shares of cyan, magenta, yellow and black in percent, « 100 70 0 30 », of each colour not black alone.

    Args:
        theme: whose colours they are.
        profile: an ICC profile of a press (CMYK).
    """
    from leaflet.production.pictures import inks_by_color  # the libraries it needs are of no use without a press

    colors = {name: color for name, color in theme.colors.items() if color.startswith("#") and name not in theme.inks}
    inks = inks_by_color(sorted(set(colors.values())), profile, MOST_INK)
    return {**{name: inks[color] for name, color in colors.items()}, **theme.inks}
