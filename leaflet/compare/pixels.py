"""Compares two pictures of a page: block by block, by the worst pixel, never by a total.

A picture is an array of rows, columns and the channels red, green, blue, 0 to 255. Two renderers, or one renderer a
fraction of a pixel further, put other greys along every edge; that is no change. What counts is told by three nets,
and a block is changed if anything is caught in one of them:

strokes  a pixel (mean of 3 × 3) lies outside of what its 3 × 3 neighbourhood holds in the other picture, by more than
         a share of the contrast around it; also in colour differences, so that coloured text turned black is caught
tints    all pixels of a 7 × 7 square are lighter, or all are darker, however little
greys    the mean of a whole block is lighter or darker: thin text that turned from grey to black

Measured at 300 dpi (docs/fr/comparer.md): between PDFium and poppler the strokes of our pages differ by 0.21 of the
contrast at most, those of two letters that are easily confused (i and l, à and â, a stop and a comma) at 7.5 pt, the
smallest type there is, by 0.39 at least, of opening and closing quotes by 0.33.
Not here: where pictures come from and what is made of them (``pages``, ``pictures``).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from leaflet.units import mm, to_px

DPI = 300
BLOCK = mm(4)
_SHARE, _PARTS = 18, 64  # of the contrast around: what strokes may differ by
_ROUNDING = 10  # of 255, on top of it
_LEAST = 44  # of 255: less than that may be the end of a dash, drawn or not; no letter on white is so pale
_TINT = 3  # of 255: rounding of colours
_GREY = 11  # of 255, of the mean of a block: edges moved by a third of a pixel, strokes drawn thinner
_SAME = 2  # of 255: pixels that need no second look
_ROWS = 2  # of blocks judged at a time: a whole page would not stay in the processor's own memory
_REACH = 6  # pixels that the filters below see beyond their own

Picture = npt.NDArray[np.uint8]
Blocks = npt.NDArray[np.bool_]
_Levels = npt.NDArray[np.int16]  # channels, rows, columns


def changed_blocks(old: Picture, new: Picture, dpi: int = DPI) -> Blocks:
    """Return which blocks of 4 × 4 mm show something else; rows from the top, columns from the left.

    Of pictures of different sizes, what one has beyond the other is compared with white paper.
    """
    side = side_of_block(dpi)
    old, new = _same_size(old, new, side)
    differs = _greatest(np.maximum(old, new) - np.minimum(old, new), side) > _SAME
    changed = np.zeros_like(differs)
    for top, bottom in _runs(differs.max(axis=1)):
        columns = np.flatnonzero(differs[top:bottom].any(axis=0))
        patch = slice(top, bottom), slice(int(columns[0]), int(columns[-1]) + 1)
        changed[patch] = _judge(old, new, patch, side)
    return changed


def side_of_block(dpi: int) -> int:
    """The side of a block in whole pixels."""
    return max(1, round(to_px(BLOCK, dpi)))


def _judge(old: Picture, new: Picture, patch: tuple[slice, slice], side: int) -> Blocks:
    """The changed blocks of a part of the pictures, given in blocks."""
    outer, inner = [], []
    for blocks in patch:
        start = max(0, blocks.start * side - _REACH)
        outer.append(slice(start, blocks.stop * side + _REACH))
        inner.append(slice(blocks.start * side - start, blocks.stop * side - start))
    a, b = (np.moveaxis(picture[tuple(outer)], 2, 0).astype(np.int16, order="C") for picture in (old, new))
    rows, columns = inner
    pixels = (_strokes(a, b) | _tints(a, b))[rows, columns, None]
    difference = (a - b)[:, rows, columns]
    return _greatest(pixels, side) | _greys(difference, side)


def _same_size(old: Picture, new: Picture, side: int) -> tuple[Picture, Picture]:
    """Both on a canvas of whole blocks, white where a picture ends before."""
    height, width = (-(-max(old.shape[axis], new.shape[axis]) // side) * side for axis in (0, 1))
    canvases = []
    for picture in (old, new):
        canvas = np.full((height, width, 3), 255, np.uint8)
        canvas[: picture.shape[0], : picture.shape[1]] = picture
        canvases.append(canvas)
    return canvases[0], canvases[1]


def _runs(rows: Blocks) -> Iterator[tuple[int, int]]:
    """Runs of rows that are true, a few rows at a time: first, and the one after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False])).astype(np.int8)))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        for top in range(first, end, _ROWS):
            yield top, min(end, top + _ROWS)


def _greatest(picture: npt.NDArray[Any], side: int) -> npt.NDArray[Any]:
    """The greatest value of each block; rows, columns, channels."""
    height, width, channels = picture.shape
    found: npt.NDArray[Any] = picture.reshape(height // side, side, width // side, side * channels).max(axis=(1, 3))
    return found


def _strokes(a: _Levels, b: _Levels) -> Blocks:
    """Pixels that are neither what stands there in the other picture nor between its neighbours."""
    a, b = _with_chroma(_mean(a)), _with_chroma(_mean(b))
    low_a, high_a, low_b, high_b = _minimum(a), _maximum(a), _minimum(b), _maximum(b)
    beyond = np.maximum(np.maximum(low_b - a, a - high_b), np.maximum(low_a - b, b - high_a))
    caught: Blocks = beyond > _LEAST
    if caught.any():
        low, high = np.minimum(low_a, low_b), np.maximum(high_a, high_b)
        for _ in range(2):
            low, high = _minimum(low), _maximum(high)
        caught &= _PARTS * (beyond - _ROUNDING) > _SHARE * (high - low)
    found: Blocks = caught.max(axis=0)
    return found


def _tints(a: _Levels, b: _Levels) -> Blocks:
    """Pixels in the middle of 7 × 7 that are all lighter, or all darker."""
    lighter, darker = a - b, b - a
    for _ in range(3):
        lighter, darker = _minimum(lighter), _minimum(darker)
    found: Blocks = np.maximum(lighter, darker).max(axis=0) > _TINT
    return found


def _greys(difference: _Levels, side: int) -> Blocks:
    """Blocks whose mean differs."""
    channels, height, width = difference.shape
    means = difference.reshape(channels, height // side, side, width // side, side).mean(axis=(2, 4))
    found: Blocks = np.abs(means).max(axis=0) > _GREY
    return found


def _with_chroma(levels: _Levels) -> _Levels:
    """Red, green, blue and two differences of them, which are nought for every grey."""
    red, green, blue = levels
    return np.stack((red, green, blue, red - green, blue - green))


def _mean(levels: _Levels) -> _Levels:
    """The mean of 3 × 3; at the edge, of what repeats there."""
    padded = np.pad(levels, ((0, 0), (1, 1), (1, 1)), mode="edge")
    rows = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    total: _Levels = rows[..., :-2] + rows[..., 1:-1] + rows[..., 2:]
    return total // 9


def _minimum(levels: _Levels) -> _Levels:
    """The least of 3 × 3."""
    return _filtered(np.minimum, levels)


def _maximum(levels: _Levels) -> _Levels:
    """The most of 3 × 3."""
    return _filtered(np.maximum, levels)


def _filtered(choose: np.ufunc, levels: _Levels) -> _Levels:
    """One of each pixel and its neighbours, first above and below, then left and right."""
    rows = levels.copy()
    choose(rows[:, 1:], levels[:, :-1], out=rows[:, 1:])
    choose(rows[:, :-1], levels[:, 1:], out=rows[:, :-1])
    both = rows.copy()
    choose(both[..., 1:], rows[..., :-1], out=both[..., 1:])
    choose(both[..., :-1], rows[..., 1:], out=both[..., :-1])
    return both
