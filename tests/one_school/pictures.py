"""Draw pages with PDFium, and read codes from pictures with ZXing."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from tests.one_school.boxes import PT, Box
from tests.support import opened, render_page

DPI, FINE_DPI = 150, 600


@lru_cache(maxsize=16)
def picture(path: Path, page: int) -> np.ndarray:
    return render_page(path, page, scale=DPI / 72)


def enlarged(path: Path, page: int, boxes: list[Box]) -> Iterator[np.ndarray]:
    with opened(path) as document:
        width, height = document[page].get_size()
        for box in boxes:
            margins = (box.left / PT, height - box.bottom / PT, width - box.right / PT, box.top / PT)
            bitmap = document[page].render(scale=FINE_DPI / 72, grayscale=True, crop=margins)
            yield np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)


def cropped(pixels: np.ndarray, box: Box, *, shrink: int = 0) -> np.ndarray:
    """Return the part of a picture of 150 dpi that a box covers, without `shrink` pixels at its edges."""
    sides = (max(box.left, 0), max(box.top, 0), box.right, box.bottom)
    left, top, right, bottom = (round(side * DPI / 25.4) for side in sides)
    return pixels[top + shrink : bottom - shrink, left + shrink : right - shrink]


def copied(pixels: np.ndarray, seed: int) -> np.ndarray:
    """Return a copy from a machine that knows black and white only: blurred, noisy, cut at a threshold."""
    blurred = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.9)), dtype=float)
    noisy = blurred + np.random.default_rng(seed).normal(0, 25, blurred.shape)
    return np.where(noisy < 140, 0, 255).astype(np.uint8)
