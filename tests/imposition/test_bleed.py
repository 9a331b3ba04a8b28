"""Bleed: fills that touch the edge go on exactly to the bleed's edge, all else stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.geometry import Box, Um, mm, pt
from leaflet.imposition.bleed import Bleeder, press_box
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Mark, Picture, Rule, Shape, Text
from leaflet.layout.piece import Group, Piece
from tests.imposition.support import area, meets
from tests.support import leaflet_layout, marks_of

WIDTH, HEIGHT = mm(100), mm(60)
BLEED, ZONE = mm(3), mm(10)
BORDER = BLEED + ZONE


def piece(*marks: Mark, width: Um = WIDTH, height: Um = HEIGHT) -> Piece:
    return Piece("p", "t.xml:1", width, height, (Group(marks, 0, "P"),), (), 1)


def page_of(*placed: Placed, bleed: Um = BLEED) -> Face:
    return Bleeder(bleed, "registration").page(Face(WIDTH, HEIGHT, placed))


def printed(page: Face) -> list[Box]:
    """Where the shapes of all pieces but the marks are, from the corner of the trim."""
    assert page.trim is not None
    return [
        placed.locate(mark.box).moved(-page.trim.x, -page.trim.y)
        for placed in page.placed[:-1]
        for mark in marks_of(placed)
        if isinstance(mark, Shape)
    ]


def filled(box: Box) -> Shape:
    return Shape(box, fill="band")


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """A box within the face, often at one of its edges."""
    sides = []
    for length in (WIDTH, HEIGHT):
        ends = st.sampled_from([0, length]) | st.integers(0, length)
        start, end = sorted((draw(ends), draw(ends)))
        sides.append((start, end - start))
    (x, width), (y, height) = sides
    return Box(x, y, width, height)


def beyond(box: Box, bleed: Um) -> Box:
    """What is to be printed of a filled box."""
    left, top = (-bleed if start <= 0 else start for start in (box.x, box.y))
    right = WIDTH + bleed if box.right >= WIDTH else box.right
    bottom = HEIGHT + bleed if box.bottom >= HEIGHT else box.bottom
    return Box(left, top, right - left, bottom - top)


@given(boxes(), boxes(), st.booleans(), st.sampled_from([mm(3), mm(4.5), mm(5)]))
def test_fills_reach_the_bleed_where_they_touch_the_edge(outer: Box, inner: Box, turned: bool, bleed: Um) -> None:
    """In a piece of any size and place, upright or turned, a fill goes to the bleed's edge there and only there."""
    left, top = max(inner.x - outer.x, 0), max(inner.y - outer.y, 0)
    inside = Box(left, top, min(inner.width, outer.width - left), min(inner.height, outer.height - top))
    if min(inside.width, inside.height) < 0:
        inside = Box(0, 0, outer.width, outer.height)
    placed = Placed(piece(filled(inside), width=outer.width, height=outer.height), outer.x, outer.y, turned=turned)
    assert printed(page_of(placed, bleed=bleed)) == [beyond(placed.locate(inside), bleed)]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("gap", [1, mm(1)])
def test_what_does_not_touch_the_edge_stays(gap: Um, turned: bool) -> None:
    """A micrometre is enough; such pieces are the very same, so that they are written once."""
    same = piece(filled(Box(0, 0, WIDTH - 2 * gap, HEIGHT - 2 * gap)), width=WIDTH - 2 * gap, height=HEIGHT - 2 * gap)
    page = page_of(Placed(same, gap, gap, turned=turned))
    assert page.placed[0].piece is same and printed(page) == [Box(gap, gap, WIDTH - 2 * gap, HEIGHT - 2 * gap)]


OTHERS: tuple[Mark, ...] = (
    Text(0, mm(5), "Bord", "regular", 12, "ink"),
    Rule(0, 0, WIDTH, 0, 100, "ink"),
    Picture(Box(0, 0, WIDTH, HEIGHT), "logo"),
    Shape(Box(0, 0, WIDTH, HEIGHT), line="line", line_width=100),
    filled(Box(mm(10), mm(10), mm(5), mm(5))),
)


@pytest.mark.parametrize("turned", [False, True])
def test_only_fills_are_widened(turned: bool) -> None:
    """Text, lines, frames, pictures and fills inside the page are the same marks, in the same order."""
    band = filled(Box(0, 0, WIDTH, mm(20)))
    (group,) = page_of(Placed(piece(*OTHERS[:2], band, *OTHERS[2:]), 0, 0, turned=turned)).placed[0].piece.groups
    assert (*group.marks[:2], *group.marks[3:]) == OTHERS and group.marks[2] != band
    assert (group.leaf, group.role) == (0, "P")


def test_fills_keep_their_look_and_pieces_are_one() -> None:
    """Colour, line and corners are as they were; a piece at the same edge of two faces is widened once."""
    shape = Shape(Box(0, 0, WIDTH, mm(10)), fill="band", line="line", line_width=50, radius=mm(2), dash=(1, 2))
    (group,) = page_of(Placed(piece(shape), 0, 0)).placed[0].piece.groups
    (wide,) = group.marks
    assert isinstance(wide, Shape) and replace(wide, box=shape.box) == shape
    bleeder, same = Bleeder(BLEED, "registration"), piece(filled(Box(0, 0, WIDTH, mm(20))))
    one, two = (bleeder.page(Face(WIDTH, HEIGHT, (Placed(same, 0, 0),))) for _ in range(2))
    assert one.placed[0].piece is two.placed[0].piece and one.placed[1].piece is two.placed[1].piece


@pytest.mark.parametrize("bleed", [mm(3), mm(5)])
def test_boxes_and_marks_of_a_page(bleed: Um) -> None:
    """The trim in the middle, bleed and room for marks around it; marks keep clear of the bleed."""
    page = page_of(bleed=bleed)
    border = bleed + ZONE
    assert (page.width, page.height) == (WIDTH + 2 * border, HEIGHT + 2 * border)
    assert (page.trim, page.bleed) == (Box(border, border, WIDTH, HEIGHT), bleed)
    (marks,) = page.placed
    assert marks.artifact
    inside = page.trim.grown(bleed)
    sheet = Box(0, 0, page.width, page.height)
    assert len(marks.piece.areas) == 8
    assert not any(area.grown(-1).overlaps(inside.grown(-mm(0.1))) for area in marks.piece.areas)
    assert all(sheet.contains(area) for area in marks.piece.areas)
    assert {mark.color for mark in marks_of(marks) if isinstance(mark, Rule)} == {"registration"}


def test_folds_are_marked_outside_of_the_trim() -> None:
    """Dashes above and below the page where it is folded, none on it."""
    folds = (mm(33), mm(66))
    page = Bleeder(BLEED, "registration").page(Face(WIDTH, HEIGHT, (), folds=folds))
    assert page.trim is not None
    marks = [mark for group in page.placed[-1].piece.groups for mark in group.marks if isinstance(mark, Rule)]
    dashes = [mark for mark in marks if mark.x1 == mark.x2 and mark.x1 - BORDER in folds]
    assert {mark.x1 - BORDER for mark in dashes} == set(folds)
    for end in (True, False):
        assert any((mark.y2 < page.trim.y) is end for mark in dashes)
    assert not any(area.overlaps(page.trim.grown(BLEED - 100)) for area in page.placed[-1].piece.areas)


@pytest.mark.parametrize("theme", ["default", "grey", "ink-saver", "large-print"])
def test_a_leaflet_keeps_everything_but_its_fills_at_the_edge(theme: str) -> None:
    """Of the real leaflet every text and code is where it was, moved by the border alone."""
    bleeder = Bleeder(BLEED, "registration")
    for face in leaflet_layout(theme=theme).faces:
        for before, after in zip(face.placed, bleeder.page(face).placed, strict=False):
            assert (after.x - before.x, after.y - before.y) == (BORDER, BORDER)
            assert (after.piece.codes, after.piece.blanks) == (before.piece.codes, before.piece.blanks)
            marks = [[mark for mark in marks_of(one) if not isinstance(mark, Shape)] for one in (before, after)]
            assert marks[0] == marks[1]


@given(st.integers(mm(20), mm(500)), st.integers(mm(20), mm(500)), st.integers(0, mm(5)))
def test_press_page(width: Um, height: Um, bleed: Um) -> None:
    """Trim centred in the media; bleed around it; marks start at the bleed's edge and stay on the page."""
    media, trim, marks = press_box(width, height, bleed, (width // 3,))
    assert (media.x, media.y) == (0, 0)
    assert (media.width, media.height) == (width + 2 * (bleed + mm(10)), height + 2 * (bleed + mm(10)))
    assert (trim.width, trim.height, trim.x) == (width, height, media.right - trim.right)
    assert trim.y == media.bottom - trim.bottom
    assert len(marks) == 8 + 6
    for mark in marks:
        assert media.contains(area(mark)) and mark.width == pt(0.25)
        line = Box(mark.x1, mark.y1, mark.x2 - mark.x1, mark.y2 - mark.y1)
        assert not meets(line, trim.grown(bleed or mm(3)))
    crops = [mark for mark in marks if (mark.x2 - mark.x1 + mark.y2 - mark.y1) == mm(5)]
    assert len(crops) == 8
    assert {min(abs(end - edge) for edge in _edges(trim) for end in _ends(mark)) for mark in crops} == {0}


def _edges(box: Box) -> tuple[Um, ...]:
    return (box.x, box.right, box.y, box.bottom)


def _ends(mark: Rule) -> tuple[Um, ...]:
    return (mark.x1,) if mark.x1 == mark.x2 else (mark.y1,)


def test_press_page_by_hand() -> None:
    """A6 with 3 mm of bleed: 131 × 174 mm, first mark from 5 to 10 mm above the corner."""
    media, trim, marks = press_box(mm(105), mm(148), mm(3))
    assert (media, trim) == (Box(0, 0, mm(131), mm(174)), Box(mm(13), mm(13), mm(105), mm(148)))
    assert marks[0] == Rule(mm(13), mm(5), mm(13), mm(10), pt(0.25), "ink")
