"""The inks of a theme's colours on a press, through the profile of the paper it prints on, with a limit on total ink.

What a theme says itself (``[inks]``, such as the exact inks of a brand) is not converted.
"""

from collections.abc import Mapping

from leaflet.layout.theme import MOST_INK, Theme


def inks_of(theme: Theme, profile: bytes) -> dict[str, str]:
    """Return shares of cyan, magenta, yellow and black in percent, « 100 70 0 30 », of each colour not black alone.

    Args:
        theme: whose colours they are.
        profile: an ICC profile of a press (CMYK).
    """
    from leaflet.production.pictures import convert_colors  # the libraries it needs are of no use without a press

    wanted = {name: color for name, color in theme.colors.items() if color[0] == "#" and name not in theme.inks}
    return {**_converted(wanted, convert_colors(list(wanted.values()), profile)), **theme.inks}


def _converted(colors: Mapping[str, str], shares: list[tuple[float, ...]]) -> dict[str, str]:
    """Write the inks of colours in whole percent, within the limit; paper has none, whatever the profile says."""
    inks = {}
    for (name, color), share in zip(colors.items(), shares, strict=True):
        inks[name] = "0 0 0 0" if color == "#ffffff" else " ".join(map(str, _limited(share)))
    return inks


def _limited(share: tuple[float, ...]) -> list[int]:
    """Return inks in whole percent, together no more than a press takes; the black is kept, colours are reduced."""
    *colors, black = (round(100 * part) for part in share)
    room = max(0, MOST_INK - black)
    total = sum(colors)
    if total > room:
        colors = [part * room // total for part in colors]
    return [*colors, black]
