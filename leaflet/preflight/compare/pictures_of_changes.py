"""Pictures of changed pages in a folder: the old page, the new page, and an overlay of both.

They are named ``<document>/<record>-p<page>-old.png``, ``-new.png`` and ``-overlay.png``. A page added or removed has
one picture, ``-added.png`` or ``-removed.png``. All get their names together when the comparison is done. Those of
files that hold names are for their owner alone.

On the overlay, what both pages have is pale grey, what only the old page has is red, what only the new page has is
blue. Red is light and blue is dark: they differ for everybody, on a grey print too. Changes are framed.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from leaflet.geometry import PT_PER_INCH, Box, mm, to_px
from leaflet.layout.fonts import load_fontbook
from leaflet.pdf.page_images import render_to_scale
from leaflet.preflight.compare.builds import Pair
from leaflet.preflight.compare.differences import PageChange
from leaflet.preflight.compare.pages_drawn import Picture, usable_dpi
from leaflet.preflight.compare.pdf_file import ComparedFile
from leaflet.production.staging import Staging

DPI = 150  # of the pictures people look at
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 80  # characters of a part of a name
_BOTH, _OLD, _NEW, _FRAME = (188, 188, 188), (240, 100, 60), (0, 56, 150), (30, 30, 30)
_PAPER = 32  # of 255: how much darker than white counts as ink in full on an overlay
_MARGIN = mm(1.6)  # between a change and its frame
_LINE = mm(0.5)  # of the frame
_CAPTION = mm(9)
_LEGEND = ((_OLD, "−  ancien · old"), (_NEW, "+  nouveau · new"), (_BOTH, "identique · same"))


class PictureFolder:
    """A folder that pictures of changed pages are written into; `staging` gives them their names at the end."""

    def __init__(self, folder: Path, staging: Staging) -> None:
        self._folder, self._staging = folder, staging
        self._stems: set[str] = set()

    def draw_page(self, pair: Pair, old: ComparedFile, new: ComparedFile, page: PageChange) -> PageChange:
        """Draw a changed page of a record, and return the change with its pictures."""
        stem, paths = self._stem(pair, page), {}
        for key, image in draw_sides(old, new, page).items():
            name = f"{stem}-{key if page.status == 'changed' else page.status}.png"
            self._staging.write(name, _png(image), private=pair.is_personal)
            paths[key] = self._folder / name
        return replace(page, pictures=paths)

    def commit(self) -> None:
        """Give all pictures their names; without pictures nothing is made, no folder either."""
        if self._stems:
            self._staging.commit()

    def _stem(self, pair: Pair, page: PageChange) -> str:
        """Return an unused name for a page: several files of a school may have the same name."""
        record = _to_path_part(pair.either.record.removesuffix(".pdf"))
        folder = f"{_to_path_part(pair.either.document)}/" if pair.either.document else ""
        number, stem = 2, f"{folder}{record}-p{page.number}"
        while (free := f"{stem}-{page.status}") in self._stems:
            number, stem = number + 1, f"{folder}{record}-{number}-p{page.number}"
        self._stems.add(free)
        return stem


def _to_path_part(text: str) -> str:
    """Return a name that is safe as a part of a path, whatever a list calls a record."""
    return _UNSAFE.sub("-", text)[:_LONGEST] or "-"


def _png(image: Image.Image) -> bytes:
    """Return an image as PNG; the same pixels give the same bytes."""
    out, mark = BytesIO(), PngInfo()
    mark.add_text("Software", "leaflet")
    image.save(out, "PNG", optimize=False, compress_level=6, pnginfo=mark)
    return out.getvalue()


def draw_sides(old: ComparedFile, new: ComparedFile, page: PageChange) -> dict[str, Image.Image]:
    """Draw a changed page: old, new and overlay; of a page added or removed the one that there is."""
    numbers = {"old": (old, page.old_number), "new": (new, page.new_number)}
    sides = {key: (file, number - 1) for key, (file, number) in numbers.items() if number is not None}
    dpi = usable_dpi([file.size(number) for file, number in sides.values()], DPI)
    drawn = {key: render_to_scale(file.document[at], dpi / PT_PER_INCH) for key, (file, at) in sides.items()}
    images = {key: Image.fromarray(picture) for key, picture in drawn.items()}
    if len(drawn) > 1:
        images["overlay"] = overlay(drawn["old"], drawn["new"], page.boxes, dpi)
    return images


def overlay(old: Picture, new: Picture, boxes: Sequence[Box], dpi: int) -> Image.Image:
    """Draw both pages on one another, with frames around the changes and a legend below."""
    height, width = (max(old.shape[axis], new.shape[axis]) for axis in (0, 1))
    before, after = _ink(old, height, width), _ink(new, height, width)
    both, paper = np.minimum(before, after), np.full((height, width, 3), 255.0)
    for colour, ink in ((_BOTH, both), (_OLD, before - both), (_NEW, after - both)):
        paper -= (255.0 - np.array(colour)) * ink[:, :, None]
    image = Image.new("RGB", (width, height + round(to_px(_CAPTION, dpi))), "white")
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)))
    pen = ImageDraw.Draw(image)
    for box in boxes:
        around = box.grown(_MARGIN)
        left, top, right, bottom = (to_px(at, dpi) for at in (around.x, around.y, around.right, around.bottom))
        pen.rectangle((left, top, right, bottom), outline=_FRAME, width=max(2, round(to_px(_LINE, dpi))))
    _write_legend(pen, height, dpi)
    return image


def _ink(picture: Picture, height: int, width: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return how much is printed on each pixel, 0 to 1: pale tints count as ink too, so that a lost one is seen."""
    ink = np.zeros((height, width))
    dark = 255.0 - picture.min(axis=2)
    ink[: picture.shape[0], : picture.shape[1]] = np.minimum(dark / _PAPER, 1) * (0.35 + 0.65 * dark / 255)
    return ink


def _write_legend(pen: ImageDraw.ImageDraw, top: int, dpi: int) -> None:
    """Draw a square of each colour and its meaning, below the page that ends at `top`."""
    size, x = to_px(mm(3.6), dpi), to_px(mm(6), dpi)
    font = ImageFont.truetype(BytesIO(load_fontbook().face("regular").data), size)
    y = top + to_px(_CAPTION, dpi) / 2
    for colour, text in _LEGEND:
        pen.rectangle((x, y - size / 2, x + size, y + size / 2), fill=colour)
        pen.text((x + 1.5 * size, y), text, fill=_FRAME, font=font, anchor="lm")
        x += 3.5 * size + pen.textlength(text, font)
