"""Pictures of changed pages in a folder: ``<document>/<record>-p<page>-old.png``, ``-new.png``, ``-overlay.png``.

A page added or removed has one picture, ``-added.png`` or ``-removed.png``. All get their names together when the
comparison is done. Those of files that hold names are for their owner alone.
"""

import re
from pathlib import Path

from msgspec.structs import replace

from leaflet.compare.builds import Pair
from leaflet.compare.drawing import LOOK_DPI, overlay, png, usable_dpi
from leaflet.compare.pdf_file import PdfFile
from leaflet.compare.values import PageChange, PagePictures
from leaflet.production.staging import Staging
from leaflet.rendering import render_to_scale
from leaflet.units import PT_PER_INCH

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 80  # characters of a part of a name


class Album:
    """Draws changed pages into a folder; `staging` gives the files their names at the end."""

    def __init__(self, folder: Path, staging: Staging) -> None:
        self._folder = folder
        self._staging = staging
        self._stems: set[str] = set()

    def add(self, one: Pair, old: PdfFile, new: PdfFile, pages: list[PageChange]) -> list[PageChange]:
        """Draw the changed pages of a record; returns the changes with their pictures."""
        return [replace(page, pictures=self._draw(self._stem(one, page), one, old, new, page)) for page in pages]

    def close(self) -> None:
        """Give all pictures their names; without pictures nothing is made, no folder either."""
        if self._stems:
            self._staging.commit()

    def _stem(self, one: Pair, page: PageChange) -> str:
        """A name of its own for a page: several files of a school may be called alike."""
        record = _safe(one.either.record.removesuffix(".pdf"))
        folder = f"{_safe(one.either.document)}/" if one.either.document else ""
        number, stem = 2, f"{folder}{record}-p{page.number}"
        while (free := f"{stem}-{page.status}") in self._stems:
            number, stem = number + 1, f"{folder}{record}-{number}-p{page.number}"
        self._stems.add(free)
        return stem

    def _draw(self, stem: str, one: Pair, old: PdfFile, new: PdfFile, page: PageChange) -> PagePictures:
        sides = [
            (file, number - 1)
            for file, number in ((old, page.old_number), (new, page.new_number))
            if number is not None
        ]
        dpi = usable_dpi([file.size(number) for file, number in sides], LOOK_DPI)
        drawn = [render_to_scale(file.document[number], dpi / PT_PER_INCH) for file, number in sides]
        if len(drawn) == 1:
            only = self._write(f"{stem}-{page.status}.png", png(drawn[0]), one)
            return PagePictures(old=only) if page.status == "removed" else PagePictures(new=only)
        return PagePictures(
            old=self._write(f"{stem}-old.png", png(drawn[0]), one),
            new=self._write(f"{stem}-new.png", png(drawn[1]), one),
            overlay=self._write(f"{stem}-overlay.png", overlay(drawn[0], drawn[1], page.boxes, dpi), one),
        )

    def _write(self, name: str, data: bytes, one: Pair) -> Path:
        self._staging.write(name, data, private=one.is_personal)
        return self._folder / name


def _safe(text: str) -> str:
    """A name as a part of a path, whatever somebody's list calls a record."""
    return _UNSAFE.sub("-", text)[:_LONGEST] or "-"
