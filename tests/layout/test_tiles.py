"""Tiles: in rows or one under the other, which those decide that are left; their titles have one size."""

from collections.abc import Sequence

import pytest

from leaflet.geometry import mm
from leaflet.layout.face import Placed
from leaflet.layout.marks import Shape
from leaflet.layout.page import Layouter
from leaflet.layout.theme import Cut
from leaflet.markup.flow import parse_flow
from tests.layout.pieces import piece_of, texts, theme_on
from tests.support import fault_of, fontbook, one_page, tables_of

BOOKLET = theme_on("a5")
MOST = BOOKLET.page.most_tiles
SHORT = "<h3>Voter</h3>"


def tile(title: str = SHORT, attributes: str = "") -> str:
    return f"<tile{attributes}>{title}<p>Texte</p></tile>"


def placed_tiles(tiles: Sequence[str]) -> list[Placed]:
    page = one_page(f"<tiles>{''.join(tiles)}</tiles>")
    (face,) = Layouter(fontbook(), BOOKLET, {}).lay_out(parse_flow(page)).faces
    return list(face.placed)


@pytest.mark.parametrize(
    "tiles",
    [
        [tile()] * MOST,
        [tile("<h3>Lire | écrire</h3>")] * MOST,
        [tile("<h3>Lire<br/>écrire</h3>")] * MOST,
        [tile("<h3>Lire</h3><h4>Écrire</h4>")] * MOST,
        [tile("")] * MOST,
        [tile()] * MOST + [tile(attributes=' pages="flow"')] * 2,
    ],
    ids=["one title", "with a bar", "broken", "two titles", "no title", "not on this page"],
)
def test_so_many_tiles_stand_in_rows(tiles: list[str]) -> None:
    """Two rows with a text under each picture, whatever titles look like and whatever is left out."""
    placed = placed_tiles(tiles)
    assert len({one.x for one in placed}) > 1
    for one in placed:
        assert {mark.x for mark in texts(one.piece).values()} == {0}


@pytest.mark.parametrize("title", [SHORT, "<h3>Lire | écrire</h3>", ""])
def test_more_tiles_stand_one_under_the_other(title: str) -> None:
    placed = placed_tiles([tile(title)] * (MOST + 1))
    assert len({one.x for one in placed}) == 1
    for one in placed:
        assert all(mark.x >= BOOKLET.space["tile-beside"] for mark in texts(one.piece).values())


@pytest.mark.parametrize(("other", "is_smaller"), tables_of(__file__)["titles"])
def test_titles_have_the_size_of_the_longest(other: str, is_smaller: bool) -> None:
    """What counts is what is printed on one line, in its own weights."""
    (alone, *_), (beside, *_) = placed_tiles([tile()] * 2), placed_tiles([tile(), tile(other)])
    assert (texts(beside.piece)["Voter"].size < texts(alone.piece)["Voter"].size) == is_smaller


def test_pictures_words_and_frames_of_tiles() -> None:
    """A picture is as high as the message beside it, outlines are alike; what is shown is clear of the number."""
    dialog = tile(f"<dialog>{'<p>Un message.</p>' * 9}</dialog>{SHORT}")
    (alone, *_), (one, other, *_) = placed_tiles([tile()] * 2), placed_tiles([tile(), dialog])
    heights = [texts(placed.piece)["Voter"].y for placed in (alone, one, other)]
    assert heights[0] < heights[1] == heights[2]
    assert list(texts(piece_of('<tile number="1"><p spare="1">Un</p></tile>', mm(50), Cut(1, 1)))) == ["1"]
    (tile_box, *_), (frame_box, disc, window) = (
        [
            mark
            for group in piece_of(f'<tile number="1">{shown}{SHORT}</tile>', mm(60), theme="ink-saver").groups
            for mark in group.marks
            if isinstance(mark, Shape) and mark.line
        ]
        for shown in ("", "<dialog><p>Un message.</p></dialog>")
    )
    assert frame_box == tile_box
    assert window.box.x - disc.box.right >= mm(1)
    assert window.box.x - frame_box.box.x == frame_box.box.right - window.box.right


def test_windows_of_messages_are_alike_and_clear_of_the_edges_of_their_tiles() -> None:
    """Windows keep the same distance from all edges; if one has much to say, all are as high as it is."""
    for paragraphs, is_as_far in ((1, True), (9, False)):
        long = tile(f"<dialog>{'<p>Un message.</p>' * paragraphs}</dialog>{SHORT}")
        short = tile(f"<dialog><p>Un message.</p></dialog>{SHORT}")
        boxes = [
            [mark.box for group in one.piece.groups for mark in group.marks if isinstance(mark, Shape)][:2]
            for one in placed_tiles([short, long])
        ]
        insets = {(window.y - frame.y, frame.bottom - window.bottom) for frame, window in boxes}
        assert len(insets) == 1
        (above, below), (frame, window) = insets.pop(), boxes[0]
        assert abs(above - below) <= 1 and (above == window.x - frame.x) == is_as_far
        assert mm(1) < above <= window.x - frame.x


@pytest.mark.parametrize(
    "markup", ['<tiles titles="a"><tile><p>a</p></tile></tiles>', '<tiles><tile titles="a"><p>a</p></tile></tiles>']
)
def test_titles_are_no_attribute(markup: str) -> None:
    """The program knows the titles; a template cannot say other ones."""
    layouter = Layouter(fontbook(), BOOKLET, {})
    assert fault_of(lambda: layouter.lay_out(parse_flow(one_page(markup)))).code == "M102"
