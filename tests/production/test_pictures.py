"""Logos become 8-bit samples that look like the picture, or a fault that names the file."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from leaflet.faults import RenderError
from leaflet.production.pictures import load_logo
from tests.support import fault_of


def samples(path: Path, *, gray: bool = False) -> np.ndarray:
    bitmap = load_logo(path, gray=gray)
    return np.frombuffer(bitmap.samples, np.uint8).reshape(bitmap.height, bitmap.width, -1)


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)
    return path


@pytest.mark.parametrize("gray", [False, True])
def test_sixteen_bits_keep_their_tones(tmp_path: Path, gray: bool) -> None:
    """A ramp of 16-bit grey is a ramp of 8-bit grey, not white paper."""
    ramp = np.linspace(0, 65_535, 256).astype(np.uint16).reshape(1, 256).repeat(4, 0)
    found = samples(saved(Image.fromarray(ramp), tmp_path / "a.png"), gray=gray)[0, :, 0].astype(int)
    assert np.abs(found - np.arange(256)).max() <= 1


def test_cmyk_is_neither_inverted_nor_lost(tmp_path: Path) -> None:
    """White paper, black ink and pure magenta of a JPEG for print come out as such."""
    inks = {"w": (0, 0, 0, 0), "k": (0, 0, 0, 255), "m": (0, 255, 0, 0)}
    paths = {name: saved(Image.new("CMYK", (16, 16), ink), tmp_path / f"{name}.jpg") for name, ink in inks.items()}
    white, black, magenta = (samples(path)[8, 8] for path in paths.values())
    assert white.min() > 245 and black.max() < 10 and magenta[1] < 20 < 200 < magenta[0]
    assert samples(paths["k"], gray=True).max() < 10 and samples(paths["w"], gray=True).min() > 245


def test_a_palette_keeps_colour_and_transparency(tmp_path: Path) -> None:
    """The transparent entry of a palette becomes the mask, the others their colour."""
    picture = Image.new("P", (4, 1), 1)
    picture.putpalette([0, 255, 0, 255, 0, 0])
    picture.putpixel((0, 0), 0)
    bitmap = load_logo(saved(picture, tmp_path / "a.png", transparency=0), gray=False)
    assert (list(bitmap.alpha), list(bitmap.samples[3:6])) == ([0, 255, 255, 255], [255, 0, 0])


def test_opaque_pictures_have_no_mask(tmp_path: Path) -> None:
    """A mask is written only where it hides something."""
    assert load_logo(saved(Image.new("RGBA", (4, 4), (1, 2, 3, 255)), tmp_path / "a.png"), gray=False).alpha == b""
    assert load_logo(saved(Image.new("RGBA", (4, 4), (1, 2, 3, 254)), tmp_path / "b.png"), gray=False).alpha


def test_grey_themes_get_luminance(tmp_path: Path) -> None:
    """Red and yellow are told apart in grey."""
    red = samples(saved(Image.new("RGB", (4, 4), "red"), tmp_path / "r.png"), gray=True)
    yellow = samples(saved(Image.new("RGB", (4, 4), "yellow"), tmp_path / "y.png"), gray=True)
    assert red.shape == (4, 4, 1)
    assert red[0, 0, 0] + 100 < yellow[0, 0, 0]


def test_pictures_stand_upright_and_are_not_too_large(tmp_path: Path) -> None:
    """The orientation a camera notes is applied; no more than 1000 pixels in width, the proportions kept."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    for given, options, expected in (((40, 20), {"exif": exif}, (20, 40)), ((3000, 1500), {}, (1000, 500))):
        bitmap = load_logo(saved(Image.new("RGB", given, "white"), tmp_path / "a.jpg", **options), gray=False)
        assert (bitmap.width, bitmap.height) == expected


@pytest.mark.parametrize("format_", ["GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_only_png_and_jpeg_are_opened(tmp_path: Path, format_: str) -> None:
    """Another format is refused, also under the name of a PNG: fewer decoders, fewer holes."""
    path = saved(Image.new("RGB", (4, 4)), tmp_path / "logo.png", format=format_)
    fault = fault_of(lambda: load_logo(path, gray=False), RenderError)
    assert (fault.code, fault.place.file) == ("W104", "logo.png")


@pytest.mark.parametrize("gray", [False, True])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_pictures_of_any_mode_are_opened(tmp_path: Path, mode: str, gray: bool) -> None:
    found = samples(saved(Image.new(mode, (40, 20)), tmp_path / "a.png"), gray=gray)
    assert found.shape == (20, 40, 1 if gray else 3)


def test_text_and_a_bomb_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_bytes(b"not a picture")
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    for path in tmp_path.iterdir():
        fault = fault_of(lambda path=path: load_logo(path, gray=False), RenderError)
        assert (fault.code, fault.place.file) == ("W104", path.name)


def test_any_cut_or_changed_file_is_decoded_or_refused(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    noise = Image.effect_noise((40, 40), 50)
    for name in ("a.png", "a.jpg"):
        whole = np.frombuffer(saved(noise, tmp_path / name).read_bytes(), np.uint8)
        for _ in range(150):
            data = whole[: random.integers(1, len(whole) + 1)].copy()
            data[random.integers(0, len(data), 3)] = random.integers(0, 256, 3)
            (tmp_path / name).write_bytes(data.tobytes())
            try:
                load_logo(tmp_path / name, gray=False)
            except RenderError as error:
                assert error.faults[0].code == "W104"


def test_half_a_picture_is_refused_whoever_allows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint, imported in the same process, tells Pillow to fill what is missing with grey."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    path = saved(Image.effect_noise((100, 100), 50), tmp_path / "logo.png")
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(RenderError):
        load_logo(path, gray=False)
    assert ImageFile.LOAD_TRUNCATED_IMAGES
