"""Find where the pages of a draft say what is to be compared, and a free place beside each for its number."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from leaflet.geometry import Box, mm, pt
from leaflet.layout.face import Face, Placed
from leaflet.layout.fonts import FontBook, plain_zeros
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Modules, Path, Shape, Text

SIZES = (mm(7), mm(5.6))  # of a ring; on a page that is full, it is smaller
_CLEAR = mm(0.8)  # between a ring and all that is printed
_LARGEST = mm(40)  # a drawing that is larger has free places in it
_SHAPE = mm(8)  # a shape that is as low, such as a button, is covered by nothing
_ALIKE = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
_SIDES = (-1, 1, 0)


def find_rings(face: Face, wanted: Mapping[int, Sequence[str]], book: FontBook) -> dict[int, Box]:
    """Return, by number, the ring of each text that stands on a page, where there is room for it.

    Args:
        face: the page.
        wanted: the words of each fact, in the order in which they are looked for.
        book: the fonts it is set in.
    """
    if not wanted:
        return {}
    taken = [box for placed in face.placed for box in _printed(placed, book)]
    said = [(placed, *_letters(placed)) for placed in face.placed]
    rings: dict[int, Box] = {}
    for number, texts in wanted.items():
        found = (box for text in texts for one in said for box in _find(text, *one, book))
        if (box := next(found, None)) is not None and (ring := _free_place(box, taken, face)) is not None:
            rings[number] = ring
            taken.append(ring)
    return rings


_Starts = Sequence[tuple[Text, int] | None]
"""Tells where words begin: for each letter of a piece its mark and its place in it, None within a word."""


def _letters(placed: Placed) -> tuple[str, _Starts]:
    """Return what a piece says, without spaces: a text may go on on another line."""
    letters, starts = list[str](), list[tuple[Text, int] | None]()
    for group in placed.piece.groups:
        for mark in (mark for mark in group.marks if isinstance(mark, Text) and group.leaf is not None):
            read = plain_zeros(mark.text).casefold().translate(_ALIKE)
            for index, letter in enumerate(read if len(read) == len(mark.text) else ""):
                if letter != " ":
                    letters.append(letter)
                    starts.append((mark, index) if index == 0 or not read[index - 1].isalnum() else None)
    return "".join(letters), starts


def _find(text: str, placed: Placed, letters: str, starts: _Starts, book: FontBook) -> Iterator[Box]:
    """Yield where on its page a piece says a text; of one on several lines, where its first word is."""
    meant, at = text.casefold().translate(_ALIKE).replace(" ", ""), -1
    while meant and (at := letters.find(meant, at + 1)) >= 0:
        if (start := starts[at]) is not None:
            mark, index = start
            face, end = book.face(mark.weight), mark.text.find(" ", index)
            left = mark.x + to_um(face.width(mark.text[:index]), mark.size)
            width = to_um(face.width(mark.text[index : end if end > 0 else None]), mark.size)
            yield placed.locate(Box(left, mark.y - pt(0.75 * mark.size), width, pt(0.75 * mark.size)))


def _printed(placed: Placed, book: FontBook) -> Iterator[Box]:
    """Yield what a piece prints that no ring may cover: texts, lines to write on, codes, small drawings."""
    piece = placed.piece
    for blank in piece.blanks:
        yield placed.locate(blank.box)
    for mark in (mark for group in piece.groups for mark in group.marks):
        if isinstance(mark, Text):
            width, height = to_um(book.face(mark.weight).width(mark.text), mark.size), pt(mark.size)
            yield placed.locate(Box(mark.x, mark.y - height * 4 // 5, width, height))
        elif isinstance(mark, Modules):
            side = mark.module * len(mark.rows)
            yield placed.locate(Box(mark.x, mark.y, side, side))
        elif isinstance(mark, Shape) and mark.box.height < _SHAPE:
            yield placed.locate(mark.box)
        elif isinstance(mark, Path):
            xs, ys = ([n for step in mark.steps for n in step.points[axis::2]] for axis in (0, 1))
            box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
            if max(box.width, box.height) < _LARGEST:
                yield placed.locate(box)


def _free_place(box: Box, taken: Sequence[Box], face: Face) -> Box | None:
    """Return the place of a ring beside a text: at its left or right, above or below it; None if all are full."""
    page = Box(0, 0, face.width, face.height)
    for side, far in product(SIZES, (0, 1)):
        gap = _CLEAR + far * side // 2
        for down, across in product((0, -1, 1), _SIDES):
            x = (box.x - gap - side, box.x, box.right + gap)[across + 1]
            y = (box.y - gap - side, box.y + (box.height - side) // 2, box.bottom + gap)[down + 1]
            ring = Box(x, y, side, side)
            if (across or down) and page.contains(ring) and not any(map(ring.grown(_CLEAR // 2).overlaps, taken)):
                return ring
    return None
