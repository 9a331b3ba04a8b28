"""Define what is arranged and where it stands: sizes of blocks in areas of a page, and their spots."""

from typing import NamedTuple

from msgspec import Struct

from leaflet.units import Um

GRIDS = frozenset({"tiles", "trouble"})
"""Containers whose blocks stand in rows, side by side."""
LISTS = frozenset({"steps", "tiles"})
"""Containers that are lists to a screen reader."""


class Size(NamedTuple):  # a tuple, because arrangements are looked up by sizes for every record
    """A block as an arrangement sees it: its word and its height."""

    name: str
    height: Um


class Area(NamedTuple):
    """A container with what stands in it, in reading order; `at` names it among others of its kind."""

    tag: str
    at: str
    children: tuple["Area | Size", ...]


class Spot(Struct, frozen=True):
    """The place of a block: page (counted from 0), corner, height it is stretched to, the list it belongs to.

    `artifact` marks a repetition, which a screen reader must not read again. `turned` is 0, or the foot of the half
    of a folded page in which the block stands head down; its place is then the one before that half is turned.
    """

    page: int
    x: Um
    y: Um
    height: Um
    list_at: str = ""
    artifact: bool = False
    turned: Um = 0


class Arrangement(Struct, frozen=True):
    """The spots of an area's blocks in reading order, or which block does not fit and by how much.

    Attributes:
        spots: (index of the block, spot); a footer that recurs has several.
        overflow: index of the first block that does not fit, None if all do.
        missing: what is lacking then.
    """

    spots: tuple[tuple[int, Spot], ...]
    pages: int
    overflow: int | None = None
    missing: Um = 0
