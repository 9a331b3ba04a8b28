"""Pictures of pages: a letter that changed is found wherever it stands, the grain of a renderer never is."""

from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.geometry import PT_PER_INCH, mm
from leaflet.pdf.page_images import render_to_scale
from leaflet.preflight.compare.pages_drawn import (
    DPI,
    Picture,
    changed_areas,
    changed_blocks,
    side_of_block,
    usable_dpi,
)
from tests.preflight.samples import edited
from tests.preflight.support import POPPLER, draw_by_poppler, draw_shifted
from tests.support import compose_page, leaflet_pdf, write

pytestmark = pytest.mark.drill

SIDE = side_of_block(DPI)
# Pairs that differ in a few pixels; the legal line of a leaflet is set in 7.5 pt, the smallest type there is.
ALIKE = ["ec", "lI", "ij", "oö", "eé", "EÉ", "nh", "0O", "QO", "il", "1l", "cç", "uù", "38", "56", ".,", "ao", "CG"]
ALIKE += ["oc", "oô", "69", "bh", "VY", "àâ", "-–", ";:", "’‘"]
FOOTER = '<bottom at="t.xml:3"><footer at="t.xml:3"><p at="t.xml:4">Lieu {}</p></footer></bottom>'
SHIFT = st.floats(-0.3, 0.3)


@cache
def picture(theme: str = "default", number: int = 0) -> Picture:
    return draw_shifted(leaflet_pdf(theme), number)


@cache
def glyph() -> Picture:
    """A letter of the smallest type, as a mask: 255 where it is."""
    page = draw_shifted(write(compose_page(FOOTER.format("v"))))
    without = draw_shifted(write(compose_page(FOOTER.format("."))))
    rows, columns = np.nonzero((page != without).any(axis=2))
    return 255 - page[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def blank(grey: int = 255, side: int = 20) -> Picture:
    return np.full((side * SIDE, side * SIDE, 3), grey, np.uint8)


def touched(top: int, bottom: int, left: int, right: int) -> tuple[slice, slice]:
    """The blocks that a rectangle of pixels stands on."""
    return slice(top // SIDE, (bottom - 1) // SIDE + 1), slice(left // SIDE, (right - 1) // SIDE + 1)


@settings(max_examples=20)
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_letter_anywhere_is_found(x: float, y: float) -> None:
    """A letter of the smallest type turned over at any place of a page: there and nowhere else it changed."""
    old, mask = picture(), glyph()
    top, left = round(y * (old.shape[0] - mask.shape[0])), round(x * (old.shape[1] - mask.shape[1]))
    bottom, right = top + mask.shape[0], left + mask.shape[1]
    new = old.copy()
    place = new[top:bottom, left:right].astype(int)
    new[top:bottom, left:right] = np.where(
        place > 127, place - place * mask // 255, place + (255 - place) * mask // 255
    )
    blocks = changed_blocks(old, new)
    # a stroke at the edge of a block is seen from the block beside it
    around = touched(max(0, top - 2), bottom + 2, max(0, left - 2), right + 2)
    assert blocks[around].any()
    blocks[around] = False
    assert not blocks.any()


@pytest.mark.parametrize("pair", ALIKE)
def test_letters_that_are_easily_confused(pair: str) -> None:
    """One letter for another that looks nearly the same, in the smallest type."""
    old, new = (draw_shifted(write(compose_page(FOOTER.format(letter)))) for letter in pair)
    assert changed_blocks(old, new).any()


@settings(max_examples=6)
@given(SHIFT, SHIFT, st.sampled_from(["default", "grey", "ink-saver", "large-print"]), st.sampled_from([0, 1]))
def test_a_fraction_of_a_pixel_is_no_change(right: float, down: float, theme: str, number: int) -> None:
    """A page drawn up to 0.3 pixels further has other greys on all its edges, and nothing changed."""
    assert not changed_blocks(
        picture(theme, number), draw_shifted(leaflet_pdf(theme), number, right=right, down=down)
    ).any()


@pytest.mark.skipif(POPPLER is None, reason="pdftoppm is not installed")
@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("theme", ["default", "grey", "ink-saver", "large-print"])
def test_another_renderer_is_no_change(tmp_path: Path, theme: str, number: int) -> None:
    """PDFium and poppler draw every edge and every hairline otherwise, and nothing changed."""
    path = tmp_path / "a.pdf"
    path.write_bytes(leaflet_pdf(theme))
    assert not changed_blocks(picture(theme, number), draw_by_poppler(path, number)).any()


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_grain_all_over_is_no_change(seed: int) -> None:
    """Every pixel a little lighter or darker, by chance: a total would be large, no block changed."""
    old = picture()[: 20 * SIDE, : 20 * SIDE]
    grain = np.random.default_rng(seed).integers(-9, 10, old.shape)
    assert not changed_blocks(old, (old.astype(int) + grain).clip(0, 255).astype(np.uint8)).any()


def test_small_changes_are_found() -> None:
    """A pale panel darker by five levels of 255, over one square centimetre; a line that moved by a millimetre."""
    old, new = blank(240), blank(240)
    new[3 * SIDE : 5 * SIDE, 4 * SIDE : 6 * SIDE] = 235
    assert sorted(map(tuple, np.argwhere(changed_blocks(old, new)).tolist())) == [(3, 4), (3, 5), (4, 4), (4, 5)]


@pytest.mark.parametrize("colour", [(90, 90, 90), (0, 40, 110), (120, 0, 0)])
def test_text_of_another_colour_is_found(colour: tuple[int, int, int]) -> None:
    old = draw_shifted(write(compose_page('<p at="t.xml:3">La date limite est le 13 novembre</p>', "grey"), "grey"))
    ink = (255 - old.astype(int)) / 255
    new = (255 - ink * (255 - np.array(colour))).round().astype(np.uint8)
    assert changed_blocks(old, new).any()
    old, new = blank(), blank()
    old[50:52], new[60:62] = 150, 150
    assert changed_blocks(old, new).any() and changed_blocks(old, blank()).any()


def test_larger_paper_is_compared_with_white() -> None:
    """What stands beyond the smaller page is found; more white is not."""
    small, large = blank(side=10), blank(side=20)
    assert not changed_blocks(small, large).any()
    large[15 * SIDE : 16 * SIDE, 15 * SIDE : 16 * SIDE] = 0
    assert np.argwhere(changed_blocks(small, large)).tolist() == [[15, 15]]
    assert changed_blocks(large, small)[15, 15]


def test_areas_are_drawn_tight() -> None:
    """Blocks that touch are one area, around the pixels that differ; others are areas of their own."""
    old, new = blank(), blank()
    new[SIDE - 10 : SIDE + 10, SIDE - 10 : SIDE + 30] = 0
    new[10 * SIDE : 10 * SIDE + 20, 10 * SIDE : 10 * SIDE + 20] = 0
    first, second = changed_areas(old, new, DPI)
    sides = [round(side * DPI / 25_400) for side in (first.x, first.y, first.width, first.height)]
    assert sides == [SIDE - 10, SIDE - 10, 40, 20]
    assert (second.width, second.height) == (first.height, first.height)


def test_large_pages_are_drawn_at_fewer_dots() -> None:
    """A3 keeps its resolution; a banner of ten metres is a picture of a usual size all the same."""
    assert usable_dpi([(mm(297), mm(420))], DPI) == DPI
    assert 0 < usable_dpi([(mm(210), mm(297)), (mm(1000), mm(10_000))], DPI) < DPI


def test_points_are_drawn_to_scale() -> None:
    """A page of half a pixel more is the same picture at every other place: PDFium alone would stretch it."""
    data = leaflet_pdf()
    wider = edited(data, lambda pdf: pdf.pages[0].obj.MediaBox.__setitem__(2, 595.276 + 0.14))
    pictures = []
    for file in (data, wider):
        document = pypdfium2.PdfDocument(file)
        pictures.append(render_to_scale(document[0], DPI / PT_PER_INCH))
        document.close()
    width = min(picture.shape[1] for picture in pictures) - 2
    assert np.array_equal(pictures[0][:, :width], pictures[1][:, :width])
