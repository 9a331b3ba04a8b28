"""Draw pages with PDFium, and read codes from pictures with ZXing."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from tests.one_school.boxes import PT, Box

DPI, FINE_DPI = 150, 600


@lru_cache(maxsize=16)
def picture(path: Path, page: int) -> np.ndarray:
    """Return a page as grey levels at 150 dpi."""
    document = pypdfium2.PdfDocument(path)
    bitmap = document[page].render(scale=DPI / 72, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    document.close()
    return pixels


def enlarged(path: Path, page: int, boxes: list[Box]) -> Iterator[np.ndarray]:
    """Yield parts of a page as grey levels at 600 dpi."""
    document = pypdfium2.PdfDocument(path)
    sheet = document[page]
    width, height = sheet.get_size()
    for box in boxes:
        margins = (box.left / PT, height - box.bottom / PT, width - box.right / PT, box.top / PT)
        bitmap = sheet.render(scale=FINE_DPI / 72, grayscale=True, crop=margins)
        yield np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    document.close()


def cropped(pixels: np.ndarray, box: Box, *, shrink: int = 0) -> np.ndarray:
    """Return the part of a picture of 150 dpi that a box covers, without `shrink` pixels at its edges."""
    left, top, right, bottom = (
        round(side * DPI / 25.4) for side in (max(box.left, 0), max(box.top, 0), box.right, box.bottom)
    )
    return pixels[top + shrink : bottom - shrink, left + shrink : right - shrink]


def copied(pixels: np.ndarray, seed: int) -> np.ndarray:
    """Return a copy from a machine that knows black and white only: blurred, noisy, cut at a threshold."""
    blurred = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.9)), dtype=float)
    noisy = blurred + np.random.default_rng(seed).normal(0, 25, blurred.shape)
    return np.where(noisy < 140, 0, 255).astype(np.uint8)
