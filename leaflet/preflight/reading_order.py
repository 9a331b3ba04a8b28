"""The order of the tags against the places on the page: what is read next should stand below.

Columns, panels and cards are read in any order the author likes, so only what stands in one column of one section
is compared. What is printed head down is compared as it is read, and with nothing that stands upright.
"""

from collections.abc import Iterator, Mapping

from leaflet.conformance.struct_tree import Owned
from leaflet.geometry import Box
from leaflet.preflight.outline import Block, Outline
from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
from leaflet.units import Um, mm

_SLACK = mm(1)
_SHARED = 0.5  # of the narrower of two blocks that stand in one column
_MOST_WORDS = 5
_Place = tuple[bool, Box]  # whether it is printed head down, and its box as it is read


def find_upward(file: FinishedFile, outline: Outline) -> Iterator[tuple[FinishedPage, str, str]]:
    """Yield blocks that are read after another of their column and stand above it.

    Yields the page, the first words of the block, and those of the other.
    """
    pages = {page.obj.objgen: page for page in file.pages}
    places = {owned: place for page in file.pages for owned, place in _places(page)}
    for blocks in outline.sections:
        read: dict[tuple[tuple[int, int], bool], list[Box]] = {}
        for page_id, is_turned, box in filter(None, (_around(block, places) for block in blocks)):
            before = read.setdefault((page_id, is_turned), [])
            above = next((other for other in reversed(before) if _is_one_column(other, box)), None)
            if above is not None and box.bottom <= above.y + _SLACK:
                page = pages[page_id]
                yield page, _words(page, is_turned, box), _words(page, is_turned, above)
            before.append(box)


def _places(page: FinishedPage) -> Iterator[tuple[Owned, _Place]]:
    """Yield where the marked contents of a page are for readers: backs and flaps are often printed head down."""
    words = page.evidence.words
    angles = {word.angle for word in words}
    usual = angles.pop() if len(angles) == 1 else None
    for content in page.evidence.marked:
        area = content.box.grown(_SLACK)
        angle = next((word.angle for word in words if area.contains(word.box)), 0) if usual is None else usual
        if angle % 180 == 0:
            box = _turned(page, content.box) if angle else content.box
            yield (page.obj.objgen, content.identifier), (angle == 180, box)


def _turned(page: FinishedPage, box: Box) -> Box:
    visible = page.visible
    return Box(visible.width - box.right, visible.height - box.bottom, box.width, box.height)


def _around(block: Block, places: Mapping[Owned, _Place]) -> tuple[tuple[int, int], bool, Box] | None:
    """Return the page of a block, whether it is head down, and its box; None for one on two pages, or on none."""
    found = [(owned[0], *places[owned]) for owned in block if owned in places]
    if len({(page, is_turned) for page, is_turned, _ in found}) != 1:
        return None
    page, is_turned, _ = found[0]
    boxes = [box for _, _, box in found]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return page, is_turned, Box(left, top, right - left, bottom - top)


def _is_one_column(one: Box, two: Box) -> bool:
    shared: Um = min(one.right, two.right) - max(one.x, two.x)
    return shared > _SHARED * min(one.width, two.width)


def _words(page: FinishedPage, is_turned: bool, box: Box) -> str:
    """Return the first words in a box of the page as it is read."""
    area = (_turned(page, box) if is_turned else box).grown(_SLACK)
    found = [word.text for word in page.evidence.words if area.contains(word.box)]
    return " ".join(found[:_MOST_WORDS]) or "–"
