"""Do front and back meet, in files that ask to be printed on both sides?

A file states by ``/Duplex`` which edge the printer turns sheets about. Not here: files that do not.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leaflet.geometry import Um, mm, to_mm
from leaflet.imposition.records_on_sheets import Flip
from leaflet.preflight.pdf.duplex import Cards, Leaf, Point, find_flip, find_leaves, find_mark_shift, find_turn
from leaflet.preflight.pdf.fingerprint import digest
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule
from leaflet.preflight.rules.check_file import is_white_back, says_nothing

_EDGES: dict[Flip, tuple[str, str]] = {
    "long-edge": ("long edge", "bord long"),
    "short-edge": ("short edge", "bord court"),
}


def check_even(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every front has its back."""
    if find_flip(file) is not None and len(file.pages) % 2:
        yield Finding(values={"count": len(file.pages)}, page=len(file.pages))


def check_sizes(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that front and back have the same size, and are both upright or both landscape."""
    slack = mm(options["slack_mm"])
    for leaf in find_leaves(file):
        one, two = leaf.front.trim, leaf.back.trim
        if max(abs(one.width - two.width), abs(one.height - two.height)) > slack:
            values = {"front": _size(leaf.front), "back": _size(leaf.back)}
            yield Finding(values=values, page=leaf.back.number)


def _size(page: FinishedPage) -> str:
    return f"{to_mm(page.trim.width):.0f} × {to_mm(page.trim.height):.0f}"


def check_direction(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that backs are not upside down when the sheet is turned as the file asks."""
    for leaf in find_leaves(file):
        turn = find_turn(leaf)
        if turn is not None and turn != (0 if leaf.turns_like_a_page else 180):
            english, french = _EDGES[leaf.flip]
            yield Finding(values={"what_en": english, "what_fr": french}, page=leaf.back.number)


def check_marks(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that crop and fold marks of front and back meet through the paper."""
    for leaf in find_leaves(file):
        shift = find_mark_shift(leaf)
        if shift is not None and shift > mm(options["shift_mm"]):
            yield Finding(values={"shift": f"{to_mm(shift):.1f}"}, page=leaf.back.number)


def check_cards(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that the back of every card lies behind its front."""
    leaves = list(find_leaves(file))
    cards = next((found for leaf in leaves if (found := _cards(leaf)).is_known), None)
    if cards is None:
        return
    slack, offset = mm(options["slack_mm"]), _offset(leaves, cards)
    for leaf in leaves:
        fronts, backs = cards.fronts(leaf), cards.backs(leaf)
        if fronts and (offset is None or not _meet(fronts, backs, offset, slack)):
            values = {"count": len(fronts), "backs": len(backs)}
            yield Finding(values=values, page=leaf.back.number)


def _cards(leaf: Leaf) -> Cards:
    key = digest(leaf.front.content_key, leaf.back.content_key)
    return leaf.front.file.memory.recall(b"cards", key, lambda: Cards(leaf))


def _offset(leaves: Sequence[Leaf], cards: Cards) -> Point | None:
    """Measure the distance from a front's line to its back's, on the fullest sheet; None if no card is so large."""
    leaf = max(leaves, key=lambda leaf: len(cards.fronts(leaf)))
    fronts, backs = cards.fronts(leaf), cards.backs(leaf)
    if len(fronts) != len(backs):
        return None
    middle, behind = _middle(fronts), _middle(backs)
    offset = behind[0] - middle[0], behind[1] - middle[1]
    pitches = _pitch([x for x, _ in fronts]), _pitch([y for _, y in fronts])
    is_within = all(pitch is None or 2 * abs(part) < pitch for part, pitch in zip(offset, pitches, strict=True))
    return offset if is_within else None


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) // len(points), sum(y for _, y in points) // len(points)


def _pitch(values: Sequence[Um]) -> Um | None:
    """Return the least distance of columns or rows; None for a single one."""
    steps = sorted({round(value, -3) for value in values})
    return min((two - one for one, two in pairwise(steps) if two - one > mm(5)), default=None)


def _meet(fronts: Sequence[Point], backs: Sequence[Point], offset: Point, slack: Um) -> bool:
    """Check whether each front has its back, and each back its front."""
    left = list(backs)
    for x, y in fronts:
        wanted = x + offset[0], y + offset[1]
        found = [b for b in left if abs(b[0] - wanted[0]) <= slack and abs(b[1] - wanted[1]) <= slack]
        if not found:
            return False
        left.remove(found[0])
    return not left


def check_white(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no back is white, except those of our own print runs, which are meant to be."""
    file = page.file
    is_print_run = file.is_ours and file.root.get("/StructTreeRoot") is None
    if not is_print_run and says_nothing(page) and is_white_back(page):
        yield Finding()


_TABLE = "ISO 32000-1, table 150"
_HP = "HP universal driver manual: long and short edge binding"

RULES = (
    Rule(code="K951", family="duplex", name="every front has a back", source=_TABLE, file=check_even),
    Rule(
        code="K952",
        family="duplex",
        name="front and back have one size",
        source="house rule",
        file=check_sizes,
        options={"slack_mm": 0.5},
    ),
    Rule(code="K953", family="duplex", name="backs are upright", source=f"{_TABLE}; {_HP}", file=check_direction),
    Rule(
        code="K954",
        family="duplex",
        name="marks meet through the paper",
        source="Canon GP160DF service manual 2-20: 1 mm; a mark off by more was not mirrored",
        file=check_marks,
        options={"shift_mm": 1},
    ),
    Rule(
        code="K955",
        family="duplex",
        name="backs of cards lie behind their fronts",
        source=_HP,
        file=check_cards,
        options={"slack_mm": 3},
    ),
    Rule(code="K956", family="duplex", name="no back is white", source="house rule", page=check_white),
)
