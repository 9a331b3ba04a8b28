"""The marks that can be drawn, as plain values in µm: origin at the top left of the piece, y downwards.

Colours are names of the theme. Text stands on its baseline.
"""

from typing import Literal, NamedTuple

from msgspec import Struct

from leaflet.geometry import Box, Um
from leaflet.layout.fonts import Weight

StepKind = Literal["m", "l", "c", "z"]
LineEnd = Literal["butt", "round", "square"]
LineJoin = Literal["miter", "round", "bevel"]


class Text(NamedTuple):  # a tuple, as `Box` is
    """Characters of one face on one baseline, as they are set (with slashed zeros); `size` in points."""

    x: Um
    y: Um
    text: str
    weight: Weight
    size: float
    color: str


class Upright(Struct, frozen=True):
    """A text that is read upwards from its place, or downwards."""

    text: Text
    is_down: bool


class Shape(Struct, frozen=True):
    """A rectangle, round if `radius` is half its side; `dash` is (on, off)."""

    box: Box
    fill: str = ""
    line: str = ""
    line_width: Um = 0
    radius: Um = 0
    dash: tuple[Um, Um] | None = None


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: Um
    y1: Um
    x2: Um
    y2: Um
    width: Um
    color: str


class Tick(Struct, frozen=True):
    """A small filled disc: the bullet of a list."""

    x: Um
    y: Um
    radius: Um
    color: str


class Step(NamedTuple):
    """One step of a path: ``m`` moves, ``l`` draws a line, ``c`` a Bézier curve, ``z`` closes.

    `points` are the x and y of its points in turn: two control points and the end of a curve, else the end alone.
    """

    kind: StepKind
    points: tuple[Um, ...] = ()


class Path(Struct, frozen=True):
    """A path of lines and curves; colours are empty for none, `dash` has lengths on and off in turn."""

    steps: tuple[Step, ...]
    fill: str = ""
    line: str = ""
    line_width: Um = 0
    dash: tuple[Um, ...] = ()
    end: LineEnd = "round"
    join: LineJoin = "round"
    even_odd: bool = False


class Modules(Struct, frozen=True):
    """A QR code: dark modules as rows of ``0`` and ``1``, `x`, `y` at the code's corner without its quiet zone."""

    x: Um
    y: Um
    module: Um
    rows: tuple[str, ...]
    color: str


class Picture(Struct, frozen=True):
    """A bitmap of the campaign, by its key in the build's pictures."""

    box: Box
    key: str


Mark = Text | Upright | Shape | Rule | Tick | Path | Modules | Picture
