"""The order of the tags against the places on the page: what is read next should stand below.

Columns, panels and cards are read in any order the author likes, so only what stands in one column of one section
is compared; a page that is printed head down is compared as it is read.
"""

from collections.abc import Iterator

from leaflet.conformance.struct_tree import Owned
from leaflet.geometry import Box
from leaflet.preflight.evidence import find_main_angle
from leaflet.preflight.outline import Block, Outline
from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
from leaflet.units import Um, mm

_SLACK = mm(1)
_SHARED = 0.5  # of the narrower of two blocks that stand in one column
_MOST_WORDS = 5


def find_upward(file: FinishedFile, outline: Outline) -> Iterator[tuple[FinishedPage, str, str]]:
    """Yield blocks that are read after another of their column and stand above it.

    Yields the page, the first words of the block, and those of the other.
    """
    pages = {page.obj.objgen: page for page in file.pages}
    places = {place: box for page in file.pages for place, box in _places(page)}
    for blocks in outline.sections:
        read: dict[tuple[int, int], list[Box]] = {}
        for page_id, box in filter(None, (_around(block, places) for block in blocks)):
            before = read.setdefault(page_id, [])
            above = next((other for other in reversed(before) if _is_one_column(other, box)), None)
            if above is not None and box.bottom <= above.y + _SLACK:
                page = pages[page_id]
                yield page, _words(page, box), _words(page, above)
            before.append(box)


def _places(page: FinishedPage) -> Iterator[tuple[Owned, Box]]:
    """Yield where the marked contents of a page are for readers: backs are often printed head down."""
    turn = find_main_angle(page.evidence)
    if turn % 180:
        return
    visible = page.visible
    for content in page.evidence.marked:
        box = content.box
        if turn:
            box = Box(visible.width - box.right, visible.height - box.bottom, box.width, box.height)
        yield (page.obj.objgen, content.identifier), box


def _around(block: Block, places: dict[Owned, Box]) -> tuple[tuple[int, int], Box] | None:
    """Return the page and the box of a block; None for one on two pages, or on none."""
    found = [(owned[0], places[owned]) for owned in block if owned in places]
    if not found or len({page for page, _ in found}) > 1:
        return None
    boxes = [box for _, box in found]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return found[0][0], Box(left, top, right - left, bottom - top)


def _is_one_column(one: Box, two: Box) -> bool:
    shared: Um = min(one.right, two.right) - max(one.x, two.x)
    return shared > _SHARED * min(one.width, two.width)


def _words(page: FinishedPage, box: Box) -> str:
    """Return the first words in a box of the page as it is read."""
    visible = page.visible
    if find_main_angle(page.evidence) == 180:
        box = Box(visible.width - box.right, visible.height - box.bottom, box.width, box.height)
    area = box.grown(_SLACK)
    found = [word.text for word in page.evidence.words if area.contains(word.box)]
    return " ".join(found[:_MOST_WORDS]) or "–"
