"""A drawing as plain values: paths and texts in painting order, in µm from its top left corner, y downwards."""

from collections.abc import Mapping

from msgspec import Struct, field

from leaflet.geometry import Um
from leaflet.layout.fonts import Weight
from leaflet.layout.marks import Path

# Colours a drawing may name. The place where an icon stands chooses the last two. `grey` are lines in place of text;
# `mark-line` goes around the highlighter, which has no colour where a theme saves ink.
TOKENS = frozenset({"ink", "mute", "paper", "line", "tint", "tint-strong", "mark", "mark-line", "brand-text", "grey"})
TOKENS |= {"button", "on-button", "button-line", "good", "bad", "icon-line", "icon-fill"}
WORDS = frozenset({"address", "sender", "login", "name"})  # that a template hands in
# The face of each weight of SVG, in hundreds.
FACES: Mapping[int, Weight] = {4: "regular", 5: "medium", 6: "bold", 7: "bold", 8: "extrabold"}


class DrawnText(Struct, frozen=True):
    """A line of text: `x` is where it begins, ends or has its middle, as `anchor` says, `y` its baseline."""

    x: Um
    y: Um
    text: str  # with ``{words}`` that the template hands in
    weight: Weight
    size: Um  # of its type
    fill: str
    anchor: str = "start"
    room: Um = 0  # its greatest width; 0 for none


class Drawing(Struct, frozen=True):
    """An icon, a scene or a logo."""

    name: str  # of its file
    width: Um
    height: Um
    shapes: tuple[Path | DrawnText, ...]  # in painting order; colours of paths are tokens, or #rrggbb in a logo
    anchors: dict[str, tuple[Um, Um]] = field(default_factory=dict)  # points that callouts lead to, by name
