"""Fronts and backs of sheets that are printed on both sides: how the sheet turns, what meets through the paper.

A sheet that turns about a vertical axis shows x of its front as W − x; about a horizontal axis, y as H − y. Cards are
known by a line that each of them has: where those lines are, the cards are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
from msgspec import Struct

from leaflet.imposition import Flip
from leaflet.imposition.sheets import has_vertical_axis
from leaflet.preflight.evidence import Evidence, find_main_angle
from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
from leaflet.preflight.sheets import find_edge_marks
from leaflet.preflight.text.paragraphs import find_lines
from leaflet.units import Um

_FLIPS: dict[str, Flip] = {"/DuplexFlipLongEdge": "long-edge", "/DuplexFlipShortEdge": "short-edge"}
_LEAST_WORDS = 3  # of a side whose direction is known

Point = tuple[Um, Um]


class Leaf(Struct, frozen=True):
    """The two sides of one sheet, as they follow each other in a file, and how it is turned between them."""

    front: FinishedPage
    back: FinishedPage
    flip: Flip

    @property
    def turns_like_a_page(self) -> bool:
        """Whether it turns about a vertical axis, so that an upright back is read upright."""
        visible = self.front.visible
        return has_vertical_axis(visible.width, visible.height, self.flip)

    def through(self, point: Point) -> Point:
        """Where a point of the back is, seen from the front through the paper."""
        x, y = point
        visible = self.back.visible
        return (visible.width - x, y) if self.turns_like_a_page else (x, visible.height - y)


def find_flip(file: FinishedFile) -> Flip | None:
    """The edge that a file asks the printer to turn sheets about (table 150 of ISO 32000-1); None if it does not."""
    preferences = file.root.get("/ViewerPreferences")
    asked = preferences.get("/Duplex") if isinstance(preferences, pikepdf.Dictionary) else None
    return _FLIPS.get(str(asked))


def find_leaves(file: FinishedFile) -> Iterator[Leaf]:
    """The sheets of a file that asks to be printed on both sides; a last page without a back is none."""
    flip = find_flip(file)
    if flip is not None:
        for front, back in zip(file.pages[::2], file.pages[1::2], strict=False):
            yield Leaf(front, back, flip)


def find_turn(leaf: Leaf) -> int | None:
    """Degrees by which the text of the back is turned against the front's; None if one says too little."""
    if min(len(leaf.front.evidence.words), len(leaf.back.evidence.words)) < _LEAST_WORDS:
        return None
    return (find_main_angle(leaf.back.evidence) - find_main_angle(leaf.front.evidence)) % 360


def find_mark_shift(leaf: Leaf) -> Um | None:
    """How far marks at the edges of front and back are from meeting, at their worst; None without marks on both."""
    worst: Um | None = None
    for axis in (0, 1):
        fronts = find_edge_marks(leaf.front.evidence, leaf.front.trim, axis)
        backs = [_mirrored(leaf, place, axis) for place in find_edge_marks(leaf.back.evidence, leaf.back.trim, axis)]
        if fronts and backs:
            apart = max(*(_nearest(place, backs) for place in fronts), *(_nearest(place, fronts) for place in backs))
            worst = max(apart, worst or 0)
    return worst


def _mirrored(leaf: Leaf, place: Um, axis: int) -> Um:
    return leaf.through((place, 0) if axis == 0 else (0, place))[axis]


def _nearest(place: Um, others: Sequence[Um]) -> Um:
    return min(abs(place - other) for other in others)


class Cards:
    """The cards of sheets, found by one line of their fronts and one of their backs.

    Args:
        leaf: a sheet with two cards and more.
    """

    def __init__(self, leaf: Leaf) -> None:
        self._fronts, self._backs = _repeated(leaf.front.evidence), _repeated(leaf.back.evidence)
        counts = Counter(len(places) for places in self._fronts.values())
        common = [count for count in counts if any(len(places) == count for places in self._backs.values())]
        count = max(common, default=0)
        self.front_line = _longest(self._fronts, count)
        self.back_line = _longest(self._backs, count)

    @property
    def is_known(self) -> bool:
        return bool(self.front_line and self.back_line)

    def fronts(self, leaf: Leaf) -> list[Point]:
        """Where the cards are on the front of a sheet."""
        return _places(leaf.front.evidence).get(self.front_line, [])

    def backs(self, leaf: Leaf) -> list[Point]:
        """Where their backs are, seen through the paper."""
        return [leaf.through(point) for point in _places(leaf.back.evidence).get(self.back_line, [])]


def _repeated(evidence: Evidence) -> Mapping[str, list[Point]]:
    return {text: places for text, places in _places(evidence).items() if len(places) > 1}


def _longest(places: Mapping[str, list[Point]], count: int) -> str:
    return max((text for text, found in places.items() if len(found) == count), key=len, default="")


def _places(evidence: Evidence) -> dict[str, list[Point]]:
    """The middles of all lines, by what they say."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for line in find_lines(evidence, find_main_angle(evidence)):
        box = line.box
        found[line.text].append((box.x + box.width // 2, box.y + box.height // 2))
    return found
