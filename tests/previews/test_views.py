"""Pages become pictures of their size, the same each time."""

from io import BytesIO

import pytest
from PIL import Image

from leaflet.previews.views import draw_pages
from tests.support import leaflet_pdf


@pytest.mark.parametrize(("dpi", "size"), [(72, (595, 842)), (110, (909, 1286)), (144, (1191, 1684))])
def test_an_a4_page(dpi: int, size: tuple[int, int]) -> None:
    """210 × 297 mm in pixels, and a PNG of just that size, in colour."""
    pictures = draw_pages(leaflet_pdf(), dpi)
    assert [picture.number for picture in pictures] == [1, 2]
    for picture in pictures:
        assert picture.width_px == pytest.approx(size[0], abs=1)
        assert picture.height_px == pytest.approx(size[1], abs=1)
        image = Image.open(BytesIO(picture.data))
        assert (image.format, image.size) == ("PNG", (picture.width_px, picture.height_px))
        assert len({pixel for _, pixel in image.convert("RGB").getcolors(1 << 24) or []}) > 2


def test_the_same_bytes_are_the_same_picture() -> None:
    """And another page is another one; its key tells them apart."""
    first, second = draw_pages(leaflet_pdf(), 60), draw_pages(leaflet_pdf(), 60)
    assert first == second
    assert len({picture.key for picture in first}) == 2


def test_the_first_pages_only() -> None:
    """No more than asked for are drawn."""
    assert len(draw_pages(leaflet_pdf(), 36, most=1)) == 1
    assert len(draw_pages(leaflet_pdf(), 36, most=9)) == 2
