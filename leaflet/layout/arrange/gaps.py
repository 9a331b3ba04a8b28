"""The space between two blocks that stand one under the other, by what they are; copy-fit narrows it."""

from leaflet.layout.theme import PageTokens, Theme
from leaflet.markup.vocabulary import SHEET_WIDE
from leaflet.units import Um

AGAIN = "again"  # the heading of tiles, on each further page on which they stand
HEADINGS = frozenset({"h1", "h2", "h3", "h4", AGAIN})
FOLD, TURNED = "fold", "turned"
_GAPS = ("section", "block", "step", "paragraph", "item", "heading", "under-heading")  # which copy-fit narrows
_BEFORE = {
    "h2": "section",
    "h3": "section",
    "h4": "section",
    "row": "heading",
    "tile": "step",
    "case": "item",
    "safety": "section",
    "message": "section",
    "step": "step",
    "item": "paragraph",
    "p": "paragraph",
    "ul": "paragraph",
    "ol": "paragraph",
}
_UNDER_HEADING = {
    "p": "heading",
    **dict.fromkeys(("tiles", "tile", "trouble", "case", "screen", "plates", "qr"), "under-heading"),
}


class Gaps:
    """The space between two blocks.

    Args:
        theme: its spaces.
        page: its measures.
        factor: times the space, at a step of copy-fit.
    """

    def __init__(self, theme: Theme, page: PageTokens, factor: float) -> None:
        self.theme = theme
        self.page = page
        self.sizes = {name: round(theme.space[name] * factor) for name in _GAPS}
        # Pictures shrink besides: with as little as other blocks, steps would touch.
        self.sizes["step"] = round(theme.space["step"] * max(factor, (factor + 1) / 2))

    def between(self, before: str, name: str) -> Um:
        """Return the space between two blocks."""
        if not before or name == "strip" or FOLD in (before, name) or before == TURNED:
            return 0
        if name == "footer":  # what is above it keeps its place near the foot, however much air the page has
            return min(self.sizes["block"], self.theme.space["block"])
        if name == "case" and before in ("case", "trouble"):  # as much as under the hairline
            return self.theme.space["case"]
        if before in SHEET_WIDE:
            return self.sizes["section"]
        if before in HEADINGS:
            return self.sizes[_UNDER_HEADING.get(name, "paragraph")]
        return self.sizes[_BEFORE.get(name, "block")]
