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

Pages and their partners: which page of one file was which of the other, and what differs between two.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import product, zip_longest
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2
from msgspec.structs import replace

from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Box, Um, mm, to_px
from leaflet.pdf.page_images import render_to_scale
from leaflet.preflight.compare.differences import LinkChange, PageChange
from leaflet.preflight.compare.pdf_file import ComparedFile, PageLink
from leaflet.preflight.compare.word_changes import PageText, compare_words

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
    channels, height, width = difference.shape
    means = difference.reshape(channels, height // side, side, width // side, side).mean(axis=(2, 4))
    greys: Blocks = np.abs(means).max(axis=0) > _GREY
    return _greatest(pixels, side) | greys


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


def _filtered(choose: np.ufunc, levels: _Levels) -> _Levels:
    """One of each pixel and its neighbours, first above and below, then left and right."""
    rows = levels.copy()
    choose(rows[:, 1:], levels[:, :-1], out=rows[:, 1:])
    choose(rows[:, :-1], levels[:, 1:], out=rows[:, :-1])
    both = rows.copy()
    choose(both[..., 1:], rows[..., :-1], out=both[..., 1:])
    choose(both[..., :-1], rows[..., 1:], out=both[..., :-1])
    return both


_minimum, _maximum = partial(_filtered, np.minimum), partial(_filtered, np.maximum)  # of 3 × 3

_NEAR = mm(0.3)  # by how much a link may be elsewhere, or a page larger, without anybody noticing
_MOST = 40_000_000  # pixels of a picture; larger pages are drawn at fewer dots per inch
_SEEN = 48  # of 255: pixels that draw the edge of an area

_Block = tuple[int, int]  # row and column


def find_partners(old: ComparedFile, new: ComparedFile) -> list[tuple[int | None, int | None]]:
    """Return all pages of both files, counted from 0, each with its partner or None, in the order of the new file.

    Of files of as many pages, pages that paint the same belong together if none does at its own place; of others,
    pages with the same text; and the pages between them in order.
    """
    before: list[Any]
    after: list[Any]
    if len(old.pages) == len(new.pages):
        numbers = range(len(new.pages))
        if len(numbers) == 1 or any(is_painted_alike(old, new, number, number) for number in numbers):
            return [(number, number) for number in numbers]
        before, after = old.exact, new.exact
    else:
        before, after = ([file.text(number).letters for number in range(len(file.pages))] for file in (old, new))
    spans = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pairs = (zip_longest(range(*span[1:3]), range(*span[3:])) for span in spans)  # some may have no partner
    return [pair for group in pairs for pair in group]


def is_painted_alike(old: ComparedFile, new: ComparedFile, before: int, after: int) -> bool:
    """Check whether the instructions of two pages already say that they look and read the same.

    The instructions of a repaired file say nothing: another reader may repair it otherwise.
    """
    is_alike = old.exact[before] == new.exact[after]
    return is_alike and not old.repairs and not new.repairs  # damage is found while a file is read


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
    """Return the differences between two pages, counted from 0; None if nobody could tell them apart."""
    links = tuple(compare_links(old.links(before), new.links(after)))
    has_other_notes = old.reader.notes(old.pages[before]) != new.reader.notes(new.pages[after])
    found = PageChange(
        status="changed", old_number=before + 1, new_number=after + 1, links=links, has_other_notes=has_other_notes
    )
    if not is_painted_alike(old, new, before, after):
        pages = ((old, before), (new, after))
        one, other = (ComparedPage(file.document[at], file.text(at), file.size(at)) for file, at in pages)
        found = compare_contents(one, other, found)
    return found if is_changed(found) else None


def is_changed(page: PageChange) -> bool:
    """Check whether anything differs on a page that somebody could notice."""
    return bool(page.words or page.links or page.boxes or page.sizes) or page.is_reordered or page.has_other_notes


class ComparedPage(NamedTuple):
    """A page as it is compared."""

    page: pypdfium2.PdfPage
    text: PageText
    size: tuple[Um, Um]  # as it is seen


def compare_contents(
    old: ComparedPage, new: ComparedPage, found: PageChange, around: Box | None = None
) -> PageChange:
    """Return `found` with the differences of two pages in their words and their looks, all or those in a box."""
    texts, sizes = (old.text, new.text), (old.size, new.size)
    dpi = usable_dpi(sizes, DPI)
    part = _whole_blocks(around, dpi) if around is not None else None
    pictures = [render_to_scale(page.page, dpi / PT_PER_INCH, part) for page in (old, new)]
    areas = changed_areas(pictures[0], pictures[1], dpi, part[:2] if part else (0, 0))
    boxes = tuple(sorted(areas, key=lambda box: (box.y, box.x)))
    is_same_order = texts[0].letters == texts[1].letters
    is_reordered = not boxes and not is_same_order and Counter(texts[0].texts) == Counter(texts[1].texts)
    return replace(
        found,
        words=() if is_reordered else compare_words(*texts),
        boxes=boxes,
        sizes=sizes if any(abs(a - b) > _NEAR for a, b in zip(*sizes, strict=True)) else None,
        is_reordered=is_reordered,
    )


def usable_dpi(sizes: Sequence[tuple[Um, Um]], dpi: int) -> int:
    """Return the resolution to draw pages of these sizes with: `dpi`, or less if a page is very large."""
    pixels = max(to_px(width, dpi) * to_px(height, dpi) for width, height in sizes)
    return dpi if pixels <= _MOST else max(1, int(dpi * (_MOST / pixels) ** 0.5))


def _whole_blocks(box: Box, dpi: int) -> tuple[int, int, int, int]:
    """Return the pixels that a box takes up, left, top, right, bottom, in whole blocks of the page."""
    side = side_of_block(dpi)
    left, top = (max(0, int(to_px(at, dpi) // side)) * side for at in box[:2])
    right, bottom = (int(to_px(at, dpi) // side + 1) * side for at in (box.right, box.bottom))
    return left, top, max(right, left + side), max(bottom, top + side)


def changed_areas(old: Picture, new: Picture, dpi: int, corner: tuple[int, int] = (0, 0)) -> Iterator[Box]:
    """Yield the areas that look different, from the top: boxes drawn tight around changed blocks that touch.

    `corner` is where on the page the pictures begin, in pixels from the left and the top.
    """
    side = side_of_block(dpi)
    for group in join_blocks(changed_blocks(old, new, dpi)):
        upper, lower, first, last = _around(group, old, new, side)
        yield _box(upper + corner[1], lower + corner[1], first + corner[0], last + corner[0], dpi)


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
            around = {(row + down, column + right) for down, right in product((-1, 0, 1), repeat=2)} & left
            left -= around
            waiting += around
        yield group


def _around(group: Sequence[_Block], old: Picture, new: Picture, side: int) -> tuple[int, int, int, int]:
    """Return upper, lower, left and right edge of what differs in a group of blocks and in those beside it."""
    rows, columns = ([block[axis] for block in group] for axis in (0, 1))
    top, left = (max(0, min(places) - 1) * side for places in (rows, columns))
    part = slice(top, (max(rows) + 2) * side), slice(left, (max(columns) + 2) * side)
    a, b = old[part], new[part]
    if a.shape == b.shape:
        differs = np.abs(a.astype(np.int16) - b).max(axis=2) > _SEEN
        down, across = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if down.size:
            upper, lower = top + int(down[0]), top + int(down[-1]) + 1
            return upper, lower, left + int(across[0]), left + int(across[-1]) + 1
    return min(rows) * side, (max(rows) + 1) * side, min(columns) * side, (max(columns) + 1) * side


def _box(top: int, bottom: int, left: int, right: int, dpi: int) -> Box:
    """Return a box in µm of a part of a picture, given in pixels."""
    x, y, width, height = (edge * UM_PER_INCH // dpi for edge in (left, top, right - left, bottom - top))
    return Box(x, y, width, height)


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
