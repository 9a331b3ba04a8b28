"""Compare front and back of sheets that are printed on both sides: how they turn, which places meet.

On the back of a sheet of width W and height H, x of the front is at W − x if the sheet turns about a vertical axis,
and y is at H − y if it turns about a horizontal one. Cards are found by a line of text that each of them has.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
from msgspec import Struct

from leaflet.geometry import Um, mm
from leaflet.imposition.records_on_sheets import Flip, has_vertical_axis
from leaflet.preflight.pdf.evidence import Evidence, find_main_angle
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.paper_sheets import find_edge_marks
from leaflet.preflight.pdf.text_lines import find_lines

_FLIPS: dict[str, Flip] = {"/DuplexFlipLongEdge": "long-edge", "/DuplexFlipShortEdge": "short-edge"}
_BOTH_WAYS = 0.25  # share of the words of a side that are turned against the others
_LEAST_WORDS = 3  # with fewer words the direction of a side is not certain

Point = tuple[Um, Um]


class Leaf(Struct, frozen=True):
    """A sheet of two pages that follow each other in a file."""

    front: FinishedPage  # the first page
    back: FinishedPage  # the second page
    flip: Flip  # the edge that the printer turns the sheet about

    @property
    def turns_like_a_page(self) -> bool:
        """Tell whether it turns about a vertical axis, as pages of a book do: an upright back stays upright."""
        visible = self.front.visible
        return has_vertical_axis(visible.width, visible.height, self.flip)

    def mirror(self, point: Point) -> Point:
        """Return the place of a point of the back, seen from the front through the paper."""
        x, y = point
        visible = self.back.visible
        return (visible.width - x, y) if self.turns_like_a_page else (x, visible.height - y)


def find_flip(file: FinishedFile) -> Flip | None:
    """Find the edge that a file asks the printer to turn sheets about (ISO 32000-1, table 150); None without one."""
    preferences = file.root.get("/ViewerPreferences")
    asked = preferences.get("/Duplex") if isinstance(preferences, pikepdf.Dictionary) else None
    return _FLIPS.get(str(asked))


def find_leaves(file: FinishedFile) -> Iterator[Leaf]:
    """Yield the sheets of a file that asks to be printed on both sides, without a last page that has no back."""
    flip = find_flip(file)
    if flip is not None:
        for front, back in zip(file.pages[::2], file.pages[1::2], strict=False):
            yield Leaf(front, back, flip)


def find_turn(leaf: Leaf) -> int | None:
    """Return the degrees by which the back's text is turned against the front's; None if that is not certain.

    It is not if a side has few words, or much text both upright and upside down, as what is folded has.
    """
    angles = []
    for side in (leaf.front.evidence, leaf.back.evidence):
        main = find_main_angle(side)
        others = sum(word.angle != main for word in side.words)
        if len(side.words) < _LEAST_WORDS or others > _BOTH_WAYS * len(side.words):
            return None
        angles.append(main)
    return (angles[1] - angles[0]) % 360


def find_mark_shift(leaf: Leaf) -> Um | None:
    """Return the largest distance between marks at the edges of front and back; None without marks on both."""
    worst: Um | None = None
    for axis in (0, 1):
        fronts = find_edge_marks(leaf.front.evidence, leaf.front.trim, axis)
        behind = find_edge_marks(leaf.back.evidence, leaf.back.trim, axis)
        backs = [leaf.mirror((place, 0) if axis == 0 else (0, place))[axis] for place in behind]
        for places, others in ((fronts, backs), (backs, fronts)) if fronts and backs else ():
            apart = max(min(abs(place - other) for other in others) for place in places)
            worst = max(apart, worst or 0)
    return worst


class Cards:
    """The cards of a print run's sheets, found by one line of their fronts and one of their backs.

    A sheet has cards if most of its lines recur, on both sides as often. Of those, lines are taken that stand at one
    place of every card, and then the two that lie nearest to each other, seen through the paper.
    """

    def __init__(self, leaf: Leaf) -> None:
        fronts, backs = _places(leaf.front.evidence), _places(leaf.back.evidence)
        common = {count for count in _recurring(fronts) if count in _recurring(backs)}
        count = max(common, default=0)
        pairs = [
            (_unlike(places, mirrored), _distance(places, mirrored), front, back)
            for front, places in fronts.items()
            for back, behind in backs.items()
            if len(places) == len(behind) == count
            for mirrored in [[*map(leaf.mirror, behind)]]
        ]
        *_, self.front_line, self.back_line = min(pairs, default=(0, 0, "", ""))

    @property
    def is_known(self) -> bool:
        """Tell whether both lines were found."""
        return bool(self.front_line and self.back_line)

    def fronts(self, leaf: Leaf) -> list[Point]:
        """Return the places of cards on the front of a sheet."""
        return _places(leaf.front.evidence).get(self.front_line, [])

    def backs(self, leaf: Leaf) -> list[Point]:
        """Return the places of their backs, seen through the paper."""
        return [leaf.mirror(point) for point in _places(leaf.back.evidence).get(self.back_line, [])]


def holds_cards(evidence: Evidence) -> bool:
    """Tell whether a page is a sheet of cards: most of its lines recur."""
    return bool(_recurring(_places(evidence)))


def _recurring(places: Mapping[str, list[Point]]) -> set[int]:
    """Return how often lines recur, if those that recur as often are most of a page's lines."""
    lines = Counter(len(found) for found in places.values())
    total = sum(count * texts for count, texts in lines.items())
    return {count for count, texts in lines.items() if count > 1 and 2 * count * texts > total}


def _unlike(fronts: Sequence[Point], backs: Sequence[Point]) -> int:
    """Return by how many millimetres the pattern of some places differs from that of others, wherever it stands."""
    apart = 0
    for front, back in zip(zip(*fronts, strict=True), zip(*backs, strict=True), strict=True):
        steps = [sorted(value - min(values) for value in values) for values in (front, back)]
        apart += max(abs(one - other) for one, other in zip(*steps, strict=True))
    return apart // mm(1)


def _distance(fronts: Sequence[Point], backs: Sequence[Point]) -> Um:
    """Return how far the middle of some places is from that of others."""
    axes = zip(zip(*fronts, strict=True), zip(*backs, strict=True), strict=True)
    return sum(abs((sum(front) - sum(back)) // len(fronts)) for front, back in axes)


def _places(evidence: Evidence) -> dict[str, list[Point]]:
    """Return the middles of all lines, by their text."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for line in find_lines(evidence, find_main_angle(evidence)):
        box = line.box
        found[line.text].append((box.x + box.width // 2, box.y + box.height // 2))
    return found
