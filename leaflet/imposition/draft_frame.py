"""Turn pages into those of a draft: smaller, in a frame that says so, without codes and without links.

Nothing is covered. A small page, such as a card, keeps its size, and the paper is larger.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.draft_numbers import SIZES
from leaflet.layout.face import Face, Placed
from leaflet.layout.fonts import FontBook, Weight
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Mark, Modules, Path, Rule, Shape, Step, Text, Upright
from leaflet.layout.piece import Group, Node, Piece

BLACK, PAPER = "code", "paper"  # colours of every theme; codes are black ink alone
EDGE, BAND, AIR = mm(4.6), mm(9), mm(0.9)  # from the edge of the paper to the frame, its width, and inside of it
LEGEND = mm(12)  # below the page, where it says how much is to be compared
_ASIDE = EDGE + BAND + AIR
_SMALLEST = 0.7  # of its size; a page that were smaller still keeps its own
_SIZE, _LEGEND_SIZE, _NUMBER_SIZE = 19.0, 12.0, 11.0  # of letters, in points
_LINE, _HATCH = pt(1.5), mm(4)
_TWICE = 2.3  # a side that is so many times as long as the text has it twice
_LEAST_SIZE = 4.5  # points; a field of a code that is too small for that has no words
_OF_SHEETS = ("marks", "caption")  # pieces by which sheets are cut, and measured at full size
_PIECES = 1024  # without codes; those of a document number in the dozens


class DraftFrame:
    """A maker of pages with a frame: `said` stands around them, `no_code` on two lines in the place of each code."""

    def __init__(self, book: FontBook, weight: Weight, said: str, no_code: Sequence[str]) -> None:
        self._book, self._weight, self._said, self._no_code = book, weight, said, no_code
        self._bare = lru_cache(maxsize=_PIECES)(self._without_codes)
        self._around = lru_cache(maxsize=_PIECES)(self._frame)

    def put_around(self, face: Face, legend: str, rings: Mapping[int, Box]) -> Face:
        """Return the page of a draft, with ringed numbers at places of the page, and a legend at its foot."""
        scale = min(1 - 2 * _ASIDE / face.width, 1 - (2 * _ASIDE + LEGEND) / face.height)
        width, height = face.width, face.height
        if scale < _SMALLEST:
            scale, width, height = 1, width + 2 * _ASIDE, height + 2 * _ASIDE + LEGEND
        inner = Box(0, 0, face.width, face.height).scaled(scale)
        inner = inner.moved((width - inner.width) // 2, _ASIDE)
        of_face = zip(face.placed, face.sections or [None] * len(face.placed), strict=True)
        standing = [(self._inside(one, scale, inner), n) for one, n in of_face if one.piece.name not in _OF_SHEETS]
        if rings:
            numbers = Placed(self._numbers(face, rings), 0, 0, artifact=True)
            standing.append((self._inside(numbers, scale, inner), None))
        standing.append((Placed(self._around(width, height, inner, legend), 0, 0, artifact=True), None))
        placed, sections = zip(*standing, strict=True)
        return Face(width, height, placed, sections)

    def _inside(self, placed: Placed, scale: float, inner: Box) -> Placed:
        x, y = inner.x + round(placed.x * scale), inner.y + round(placed.y * scale)
        return placed._replace(piece=self._bare(placed.piece), x=x, y=y, scale=scale)

    def _without_codes(self, piece: Piece) -> Piece:
        """Return a piece with a hatched field in the place of each code, and with addresses that open nothing."""
        codes, groups = set[int](), list[Group]()
        for group in piece.groups:
            marks: list[Mark] = [mark for mark in group.marks if not isinstance(mark, Modules)]
            for code in (mark for mark in group.marks if isinstance(mark, Modules)):
                side = code.module * len(code.rows)
                marks += self._field(Box(code.x, code.y, side, side))
                codes |= {group.leaf} if group.leaf is not None else set()
            groups.append(group if len(marks) == len(group.marks) else group._replace(marks=tuple(marks)))
        said = " ".join(self._no_code)

        def bare(node: Node) -> Node:
            kids = tuple([bare(kid) if isinstance(kid, Node) else kid for kid in node.kids])
            role = "Span" if node.role == "Link" else node.role
            return node._replace(role=role, kids=kids, link=None, alt=said if codes & {*kids} else node.alt)

        return replace(piece, groups=tuple(groups), nodes=tuple(map(bare, piece.nodes)), codes=(), stencil=None)

    def _field(self, box: Box) -> Iterator[Mark]:
        """Yield the marks of a field where a code will stand."""
        yield Shape(box, fill=PAPER, line=BLACK, line_width=pt(1))
        for shift in range(_HATCH, 2 * box.width, _HATCH):
            near, far = min(shift, box.width), max(0, shift - box.width)
            yield Rule(box.x + near, box.y + far, box.x + far, box.y + near, pt(0.4), BLACK)
        widest = max(self._width(text, 1000) for text in self._no_code)
        size = 1000 * 0.86 * box.width / widest
        if size < _LEAST_SIZE:
            return
        leading, middle = pt(1.25 * size), box.y + box.height // 2
        high = leading * len(self._no_code)
        yield Shape(Box(box.x + pt(1), middle - high // 2 - mm(0.6), box.width - pt(2), high + mm(1.2)), fill=PAPER)
        for number, text in enumerate(self._no_code):
            x = box.x + (box.width - self._width(text, size)) // 2
            yield Text(x, middle - high // 2 + number * leading + pt(size), text, self._weight, size, BLACK)

    def _numbers(self, face: Face, rings: Mapping[int, Box]) -> Piece:
        """Return the ringed numbers on a page."""
        marks: list[Mark] = []
        for number, box in rings.items():
            size, shown = _NUMBER_SIZE * box.width / SIZES[0], str(number)
            x = box.x + (box.width - self._width(shown, size)) // 2
            y = box.y + (box.height + pt(0.7 * size)) // 2
            marks.append(Shape(box.grown(-_LINE // 2), PAPER, BLACK, _LINE, radius=box.width // 2))
            marks.append(Text(x, y, shown, self._weight, size, BLACK))
        group = Group(tuple(marks), None)
        return Piece("numbers", "", face.width, face.height, (group,), (), 0, areas=tuple(rings.values()))

    def _frame(self, width: Um, height: Um, inner: Box, legend: str) -> Piece:
        """Return what stands around a page: four bands with black corners, lines, and the legend."""
        outer = Box(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE)
        within = outer.grown(-BAND)
        marks: list[Mark] = [_outline(outer), _outline(within), _outline(inner)]
        corners = [(x, y) for x in (outer.x, within.right) for y in (outer.y, within.bottom)]
        marks += [Shape(Box(x, y, BAND, BAND), fill=BLACK) for x, y in corners]
        base = (BAND + pt(0.7 * _SIZE)) // 2  # letters are 0.7 of their size high
        for text in self._along(within.x, within.width, 1):
            marks += [text._replace(y=y + base) for y in (outer.y, within.bottom)]
        times = 2 if within.height > _TWICE * self._width(self._said, _SIZE) else 1
        for text in self._along(within.y, within.height, times):
            marks.append(Upright(text._replace(x=outer.right - base, y=text.x), is_down=True))
            marks.append(Upright(text._replace(x=outer.x + base, y=height - text.x), is_down=False))
        room = within.width - mm(4)
        size = min(_LEGEND_SIZE, _LEGEND_SIZE * room / self._width(legend, _LEGEND_SIZE))
        middle = (inner.bottom + within.bottom) // 2
        marks.append(Text(within.x + mm(2), middle + pt(0.35 * size), legend, self._weight, size, BLACK))
        top = Box(outer.x, outer.y, outer.width, inner.y - outer.y)
        sides = [Box(x, outer.y, inner.x - outer.x, outer.height) for x in (outer.x, inner.right)]
        foot = Box(outer.x, inner.bottom, outer.width, outer.bottom - inner.bottom)
        areas = (top, *sides, foot)
        return Piece("frame", "", width, height, (Group(tuple(marks), None),), (), 0, areas=areas)

    def _along(self, start: Um, length: Um, times: int) -> Iterator[Text]:
        """Yield the text so many times along a band."""
        room = length // times
        size = min(_SIZE, _SIZE * 0.94 * room / self._width(self._said, _SIZE))
        for number in range(times):
            at = start + number * room + (room - self._width(self._said, size)) // 2
            yield Text(at, 0, self._said, self._weight, size, BLACK)

    def _width(self, text: str, size: float) -> Um:
        return to_um(self._book.face(self._weight).width(text), size)


def _outline(box: Box) -> Path:
    corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    steps = [Step("l" if number else "m", corner) for number, corner in enumerate(corners)]
    return Path((*steps, Step("z")), line=BLACK, line_width=_LINE, end="butt", join="miter")
