"""Pages as pictures: small, true to their colours, the same each time."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from leaflet.preflight.report.gallery import WIDTH_PX, draw_page, reduce_colors, shrink_picture
from tests.support import THEMES, leaflet_pdf

ROUNDING = 10  # of 255: at the edges of white letters on a coloured band


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"), np.int16)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pixel_keeps_its_colour(tmp_path: Path, theme: str) -> None:
    """Flat inks and the edges of letters: a soft blue box does not turn pink."""
    path = tmp_path / "a.pdf"
    path.write_bytes(leaflet_pdf(theme))
    picture = draw_page(path, 1)
    assert picture is not None and picture.width == WIDTH_PX
    page = pypdfium2.PdfDocument(path)[0]
    bitmap = page.render(scale=WIDTH_PX / page.get_width(), rev_byteorder=True)
    before = np.asarray(bitmap.to_pil().convert("RGB"), np.int16)
    assert np.abs(pixels(picture.data) - before).max() <= ROUNDING


def test_a_small_coloured_spot_keeps_its_colour() -> None:
    """What changed is a few orange and blue pixels on a page of greys."""
    levels = np.tile(np.linspace(0, 255, 800).astype(np.uint8)[None, :, None], (1100, 1, 3))
    levels[500:505, 300:306], levels[505:510, 300:306] = (240, 112, 74), (0, 62, 140)
    after = pixels(reduce_colors(Image.fromarray(levels)).data)
    assert np.abs(after - levels.astype(np.int16))[500:510, 300:306].max() <= ROUNDING


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(leaflet_pdf())
    one, other = draw_page(path, 1), draw_page(path, 1)
    assert one == other and one is not None and len(one.data) < 100_000
    assert one.uri.startswith("data:image/png;base64,iVBORw0KGgo")


def test_what_cannot_be_drawn_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "a.pdf").write_bytes(leaflet_pdf())
    assert draw_page(tmp_path / "absent.pdf", 1) is None and draw_page(tmp_path / "broken.pdf", 1) is None
    assert draw_page(tmp_path / "a.pdf", 99) is None


def test_a_large_picture_is_made_smaller() -> None:
    """In proportion; a small one stays as it is."""
    large, small = (shrink_picture(Image.new("RGB", size, "white"), 500) for size in ((2000, 1000), (20, 10)))
    assert (large.width, large.height) == (500, 250)
    assert (small.width, small.height) == (20, 10) and (pixels(large.data) == 255).all()
    assert reduce_colors(Image.new("L", (3, 3))).width == 3
