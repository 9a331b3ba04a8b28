"""The areas of a page that look different, as boxes: changed blocks that touch, drawn tight around what differs."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from leaflet.compare.pixels import Blocks, Picture, changed_blocks, side_of_block
from leaflet.geometry import Box
from leaflet.units import UM_PER_INCH

_SEEN = 48  # of 255: pixels that draw the edge of an area

_Block = tuple[int, int]  # row and column


def changed_areas(old: Picture, new: Picture, dpi: int) -> Iterator[Box]:
    """The boxes around what differs, from the top."""
    side = side_of_block(dpi)
    for group in join_blocks(changed_blocks(old, new, dpi)):
        yield _around(group, old, new, side, dpi)


def join_blocks(blocks: Blocks) -> Iterator[list[_Block]]:
    """Changed blocks that touch, corners included, together; from the top."""
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
    """The box around the pixels that differ in a group of blocks and in those beside it."""
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
    x, y, width, height = (edge * UM_PER_INCH // dpi for edge in (left, top, right - left, bottom - top))
    return Box(x, y, width, height)
