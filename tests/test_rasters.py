"""Raster pictures: the PNG files of the program, and who decodes what a campaign brings."""

import sys
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from PIL import Image

from leaflet.campaign.logo import logo_faults
from leaflet.faults import RenderError
from leaflet.files.raster import PictureDecoder, Raster, make_png, picture_decoder, use_decoder
from leaflet.production.pictures import load_logo


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_png_has_the_pixels_it_was_made_from(mode: str) -> None:
    """Whatever the channels; every checksum is right, for Pillow reads the file."""
    raster = Raster(5, 3, bytes(range(7, 7 + 15 * len(mode))))
    with Image.open(BytesIO(make_png(raster))) as image:
        image.verify()
    with Image.open(BytesIO(make_png(raster))) as image:
        assert (image.mode, image.size, image.tobytes()) == (mode, (5, 3), raster.samples)


@pytest.fixture
def logo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PNG of one red pixel, where no decoder was asked for yet."""
    monkeypatch.setattr("leaflet.files.raster._decoders", [])
    path = tmp_path / "logo.png"
    path.write_bytes(make_png(Raster(1, 1, b"\xff\0\0")))
    return path


class Blue:
    """A decoder to which every picture is one blue pixel."""

    def measure(self, data: bytes, most: int = 0) -> tuple[int, int]:
        return 1, 1

    def decode(self, data: bytes, widest: int) -> Raster:
        return Raster(1, 1, b"\0\0\xff\xff")

    def flatten(self, raster: Raster, *, gray: bool) -> bytes:
        return raster.samples[:3]


def test_another_decoder_takes_the_place_of_pillow(logo: Path) -> None:
    """A browser brings one of its own."""
    assert getattr(load_logo(logo, gray=False), "samples", b"") == b"\xff\0\0"
    assert getattr(picture_decoder(), "__name__", "") == "leaflet.files.raster_pillow"
    use_decoder(cast(PictureDecoder, Blue()))
    assert getattr(load_logo(logo, gray=False), "samples", b"") == b"\0\0\xff"


def test_without_a_decoder_a_logo_is_a_fault(logo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the campaign when it is checked, and of the build; the reason names what is missing."""
    monkeypatch.delitem(sys.modules, "leaflet.files.raster_pillow", raising=False)
    monkeypatch.delattr("leaflet.files.raster_pillow", raising=False)
    monkeypatch.setitem(sys.modules, "PIL", None)
    ((code, values),) = logo_faults(logo)
    assert (code, "PIL" in str(values)) == ("C139", True)
    with pytest.raises(RenderError) as caught:
        load_logo(logo, gray=False)
    assert [(fault.code, "PIL" in str(fault.values)) for fault in caught.value.faults] == [("W104", True)]
