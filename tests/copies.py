"""Photocopies, simulated: what is left of a page after three copies, and which codes can still be read on it."""

from typing import Literal, get_args

import numpy as np
from PIL import Image, ImageFilter

from tests.decoding import decode

Toner = Literal["dark", "mid", "light"]
TONERS: tuple[Toner, ...] = get_args(Toner)
COPY_DPI = 150  # at which a page is drawn before it is copied

_BIAS = {"dark": -40, "mid": 0, "light": 40}  # added to every grey level, 0 to 255
_GENERATIONS = 3  # a copy of a copy of a copy
_BLUR = 0.9  # radius, pixels
_TILT = 0.2  # degrees by which a sheet lies askew, to one side and to the other in turn
_CONTRAST = 1.5  # around mid-grey
_NOISE = 12  # standard deviation, grey levels
_MARGIN = 100  # pixels of white paper around a page, so that its edge is not the picture's


def copied(page: Image.Image, toner: Toner, seed: int = 1) -> Image.Image:
    """Return a page of grey levels, drawn at `COPY_DPI`, as it looks after three copies."""
    noise = np.random.default_rng(seed)
    copy = Image.new("L", (page.width + 2 * _MARGIN, page.height + 2 * _MARGIN), 255)
    copy.paste(page.convert("L"), (_MARGIN, _MARGIN))
    for number in range(_GENERATIONS):
        copy = copy.filter(ImageFilter.GaussianBlur(_BLUR))
        copy = copy.rotate(_TILT * (-1) ** number, resample=Image.Resampling.BILINEAR, fillcolor=255)
        levels = np.asarray(copy, dtype=float)
        levels = (levels - 128) * _CONTRAST + 128 + _BIAS[toner] + noise.normal(0, _NOISE, levels.shape)
        copy = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    return copy


def codes_read(picture: Image.Image, enlargement: int = 1) -> list[str]:
    """Return the texts of the QR codes that ZXing finds on a picture, sorted; enlarged, as from nearer by."""
    size = picture.width * enlargement, picture.height * enlargement
    shown = picture.resize(size, Image.Resampling.BICUBIC) if enlargement > 1 else picture
    return decode(np.asarray(shown))
