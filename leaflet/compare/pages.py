"""Pages and their partners: which page of one file was which of the other, and what differs between two."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import NamedTuple

import numpy as np

from leaflet.compare.pdf_file import ComparedFile, PageLink
from leaflet.compare.pixels import DPI, Blocks, Picture, changed_blocks, side_of_block
from leaflet.compare.values import LinkChange, PageChange
from leaflet.compare.words import compare_words, has_same_words, is_same_order
from leaflet.geometry import Box
from leaflet.rendering import render_to_scale
from leaflet.units import PT_PER_INCH, UM_PER_INCH, Um, mm, to_px

_NEAR = mm(0.3)  # by how much a link may be elsewhere, or a page larger, without anybody noticing
_MOST = 40_000_000  # pixels of a picture; larger pages are drawn at fewer dots per inch
_SEEN = 48  # of 255: pixels that draw the edge of an area

_Block = tuple[int, int]  # row and column


class Partners(NamedTuple):
    """A page before and after, counted from 0; None where it is missing."""

    old: int | None
    new: int | None


def find_partners(old: ComparedFile, new: ComparedFile) -> list[Partners]:
    """Return all pages of both files, each with its partner, in the order of the new file.

    Files of as many pages, one of which looks the same at its place, are compared page by page; in others, pages with
    the same text belong together, and the pages between them in order.
    """
    if len(old.pages) == len(new.pages):
        numbers = range(len(new.pages))
        if len(numbers) == 1 or any(is_painted_alike(old, new, number, number) for number in numbers):
            return [Partners(number, number) for number in numbers]
    matcher = SequenceMatcher(None, _texts(old), _texts(new), autojunk=False)
    return [partners for span in matcher.get_opcodes() for partners in _partners(*span[1:])]


def _texts(file: ComparedFile) -> list[str]:
    """Return the letters of each page."""
    return [file.text(number).letters for number in range(len(file.pages))]


def _partners(old: int, old_end: int, new: int, new_end: int) -> Iterator[Partners]:
    """Yield the pages of two ranges one after the other; those that one range has more have no partner."""
    for step in range(max(old_end - old, new_end - new)):
        before, after = old + step, new + step
        yield Partners(before if before < old_end else None, after if after < new_end else None)


def is_painted_alike(old: ComparedFile, new: ComparedFile, before: int, after: int) -> bool:
    """Check whether the instructions of two pages already say that they look and read the same.

    The instructions of a repaired file say nothing: another reader may repair it otherwise.
    """
    is_alike = _has_same_digests(old, new, before, after)
    return is_alike and not old.repairs and not new.repairs  # damage is found while a file is read


def _has_same_digests(old: ComparedFile, new: ComparedFile, before: int, after: int) -> bool:
    """Compare two pages by their bytes, then by the looks of their letters."""
    if old.exact[before] == new.exact[after]:
        return True
    tidy = old.tidy(before)
    return tidy is not None and tidy == new.tidy(after)


def find_changed_pages(old: ComparedFile, new: ComparedFile) -> Iterator[PageChange]:
    """Yield the pages that differ, are missing or too many, in the order of the new file."""
    for before, after in find_partners(old, new):
        if before is not None and after is not None:
            if (changed := compare_pages(old, new, before, after)) is not None:
                yield changed
        elif before is not None:
            yield PageChange(status="removed", old_number=before + 1, new_number=None)
        elif after is not None:
            yield PageChange(status="added", old_number=None, new_number=after + 1)


def compare_pages(old: ComparedFile, new: ComparedFile, before: int, after: int) -> PageChange | None:
    """Return the differences between two pages; None if nobody could tell them apart.

    Args:
        old: the file before.
        new: the file after.
        before: the page of the old file, counted from 0.
        after: the page of the new file, counted from 0.
    """
    links = tuple(compare_links(old.links(before), new.links(after)))
    has_other_notes = old.reader.notes(old.pages[before]) != new.reader.notes(new.pages[after])
    found = PageChange(
        status="changed",
        old_number=before + 1,
        new_number=after + 1,
        links=links,
        has_other_notes=has_other_notes,
    )
    if not is_painted_alike(old, new, before, after):
        found = _compare_contents(old, new, found)
    is_changed = found.words or links or found.boxes or found.sizes or found.is_reordered or has_other_notes
    return found if is_changed else None


def _compare_contents(old: ComparedFile, new: ComparedFile, found: PageChange) -> PageChange:
    """Read and draw two pages, and return `found` with their differences."""
    assert found.old_number is not None and found.new_number is not None
    before, after = found.old_number - 1, found.new_number - 1
    pages, texts = (old.document[before], new.document[after]), (old.text(before), new.text(after))
    sizes = old.size(before), new.size(after)
    dpi = usable_dpi(sizes, DPI)
    pictures = [render_to_scale(page, dpi / PT_PER_INCH) for page in pages]
    boxes = tuple(changed_areas(pictures[0], pictures[1], dpi))
    is_reordered = not boxes and not is_same_order(*texts) and has_same_words(*texts)
    return PageChange(
        status="changed",
        old_number=found.old_number,
        new_number=found.new_number,
        words=() if is_reordered else compare_words(*texts),
        links=found.links,
        boxes=boxes,
        sizes=sizes if any(abs(a - b) > _NEAR for a, b in zip(*sizes, strict=True)) else None,
        is_reordered=is_reordered,
        has_other_notes=found.has_other_notes,
    )


def usable_dpi(sizes: Sequence[tuple[Um, Um]], dpi: int) -> int:
    """Return the resolution to draw pages of these sizes with: `dpi`, or less if a page is very large."""
    pixels = max(to_px(width, dpi) * to_px(height, dpi) for width, height in sizes)
    return dpi if pixels <= _MOST else max(1, int(dpi * (_MOST / pixels) ** 0.5))


# --- areas ----------------------------------------------------------------------------------------------------


def changed_areas(old: Picture, new: Picture, dpi: int) -> Iterator[Box]:
    """Yield the areas that look different, from the top: boxes drawn tight around changed blocks that touch."""
    side = side_of_block(dpi)
    for group in join_blocks(changed_blocks(old, new, dpi)):
        yield _around(group, old, new, side, dpi)


def join_blocks(blocks: Blocks) -> Iterator[list[_Block]]:
    """Yield groups of changed blocks that touch, corners included; from the top."""
    left = {(int(row), int(column)) for row, column in np.argwhere(blocks)}
    for start in sorted(left):
        if start not in left:
            continue
        left.discard(start)
        waiting, group = [start], []
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            steps = product((-1, 0, 1), repeat=2)
            around = {(row + down, column + right) for down, right in steps} & left
            left -= around
            waiting += around
        yield group


def _around(group: Sequence[_Block], old: Picture, new: Picture, side: int, dpi: int) -> Box:
    """Return the box around the pixels that differ in a group of blocks and in those beside it."""
    rows, columns = ([block[axis] for block in group] for axis in (0, 1))
    top, left = (max(0, min(places) - 1) * side for places in (rows, columns))
    part = slice(top, (max(rows) + 2) * side), slice(left, (max(columns) + 2) * side)
    a, b = old[part], new[part]
    if a.shape == b.shape:
        differs = np.abs(a.astype(np.int16) - b).max(axis=2) > _SEEN
        down, across = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if down.size:
            upper, lower = top + int(down[0]), top + int(down[-1]) + 1
            return _box(upper, lower, left + int(across[0]), left + int(across[-1]) + 1, dpi)
    return _box(min(rows) * side, (max(rows) + 1) * side, min(columns) * side, (max(columns) + 1) * side, dpi)


def _box(top: int, bottom: int, left: int, right: int, dpi: int) -> Box:
    """Return a box in µm of a part of a picture, given in pixels."""
    x, y, width, height = (edge * UM_PER_INCH // dpi for edge in (left, top, right - left, bottom - top))
    return Box(x, y, width, height)


# --- links ----------------------------------------------------------------------------------------------------


def compare_links(old: Sequence[PageLink], new: Sequence[PageLink]) -> Iterator[LinkChange]:
    """Yield links that lead elsewhere, are elsewhere, are new or gone; those at their place are found first."""
    before, after = list(old), list(new)
    _take_pairs(before, after, lambda a, b: a.target == b.target and _is_near(a.box, b.box))
    for a, b in _take_pairs(before, after, lambda a, b: a.target != b.target and a.box.overlaps(b.box)):
        yield LinkChange(kind="changed", old=a.target, new=b.target, box=b.box)
    for a, b in _take_pairs(before, after, lambda a, b: a.target == b.target):
        yield LinkChange(kind="moved", old=a.target, new=b.target, box=b.box)
    for link in before:
        yield LinkChange(kind="removed", old=link.target, new=None, box=link.box)
    for link in after:
        yield LinkChange(kind="added", old=None, new=link.target, box=link.box)


def _take_pairs(
    before: list[PageLink], after: list[PageLink], is_match: Callable[[PageLink, PageLink], bool]
) -> list[tuple[PageLink, PageLink]]:
    """Take links that match out of both lists, and return them in pairs."""
    found = []
    for link in tuple(before):
        partner = next((other for other in after if is_match(link, other)), None)
        if partner is not None:
            before.remove(link)
            after.remove(partner)
            found.append((link, partner))
    return found


def _is_near(a: Box, b: Box) -> bool:
    """Check whether two links have about the same place and size."""
    return all(abs(one - other) <= _NEAR for one, other in zip(a, b, strict=True))
