"""Do front and back meet, in files that ask by ``/Duplex`` to be printed on both sides?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leaflet.files.words import in_both
from leaflet.geometry import Um, mm, to_mm
from leaflet.preflight.pdf.duplex import Cards, Leaf, Point, find_flip, find_leaves, find_mark_shift, find_turn
from leaflet.preflight.pdf.fingerprint import digest
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, RuleFamily
from leaflet.preflight.rules.check_file import is_white_back, says_nothing

_TABLE = "ISO 32000-1, table 150"
_HP = "HP universal driver manual: long and short edge binding"
_CANON = "Canon GP160DF service manual 2-20: 1 mm; a mark off by more was not mirrored"

rules = RuleFamily("duplex")


@rules.file("K951", "every front has a back", _TABLE)
def _check_even(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if find_flip(file) is not None and len(file.pages) % 2:
        yield Finding(values={"count": len(file.pages)}, page=len(file.pages))


@rules.file("K952", "front and back have one size", "house rule", slack_mm=0.5)
def _check_sizes(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that front and back have the same size, and are both upright or both landscape."""
    for leaf in find_leaves(file):
        one, two = leaf.front.trim, leaf.back.trim
        if max(abs(one.width - two.width), abs(one.height - two.height)) > mm(options["slack_mm"]):
            front, back = (f"{to_mm(box.width):.0f} × {to_mm(box.height):.0f}" for box in (one, two))
            yield Finding(values={"front": front, "back": back}, page=leaf.back.number)


@rules.file("K953", "backs are upright", f"{_TABLE}; {_HP}")
def _check_direction(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that backs are not upside down when the sheet is turned as the file asks."""
    for leaf in find_leaves(file):
        turn = find_turn(leaf)
        if turn is not None and turn != (0 if leaf.turns_like_a_page else 180):
            yield Finding(values=in_both("what", f"edge_{leaf.flip}"), page=leaf.back.number)


@rules.file("K954", "marks meet through the paper", _CANON, shift_mm=1)
def _check_marks(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    for leaf in find_leaves(file):
        shift = find_mark_shift(leaf)
        if shift is not None and shift > mm(options["shift_mm"]):
            yield Finding(values={"shift_mm": f"{to_mm(shift):.1f}"}, page=leaf.back.number)


@rules.file("K955", "backs of cards lie behind their fronts", _HP, slack_mm=3)
def _check_cards(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    leaves = list(find_leaves(file))
    cards = next((found for leaf in leaves if (found := _cards(leaf)).is_known), None)
    if cards is None:
        return
    slack, offset = mm(options["slack_mm"]), _offset(leaves, cards)
    for leaf in leaves:
        fronts, backs = cards.fronts(leaf), cards.backs(leaf)
        if fronts and (offset is None or not _meet(fronts, backs, offset, slack)):
            yield Finding(values={"count": len(fronts), "backs": len(backs)}, page=leaf.back.number)


def _cards(leaf: Leaf) -> Cards:
    key = digest(leaf.front.content_key, leaf.back.content_key)
    return leaf.front.file.memory.recall(b"cards", key, lambda: Cards(leaf))


def _offset(leaves: Sequence[Leaf], cards: Cards) -> Point | None:
    """Measure the distance from a front's line to its back's, on the fullest sheet; None if no card is so large."""
    leaf = max(leaves, key=lambda leaf: len(cards.fronts(leaf)))
    fronts, backs = cards.fronts(leaf), cards.backs(leaf)
    if len(fronts) != len(backs):
        return None
    axes = list(zip(zip(*fronts, strict=True), zip(*backs, strict=True), strict=True))
    x, y = (sum(behind) // len(behind) - sum(front) // len(front) for front, behind in axes)
    pitches = [_pitch(front) for front, _ in axes]
    is_within = all(pitch is None or 2 * abs(part) < pitch for part, pitch in zip((x, y), pitches, strict=True))
    return (x, y) if is_within else None


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


@rules.page("K956", "no back is white", "house rule")
def _check_white(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check all backs but those of our own print runs, which are meant to be white."""
    is_print_run = page.file.is_ours and page.file.root.get("/StructTreeRoot") is None
    if not is_print_run and says_nothing(page) and is_white_back(page):
        yield Finding()
