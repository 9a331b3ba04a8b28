"""The browser decodes raster pictures, as `leaflet.files.raster.PictureDecoder` says, where this program runs in it.

It takes its time about a picture, while a call cannot wait. So a call that needs one ends with `Wanted`; who made it
has the picture decoded (`BrowserDecoder.learn`) and calls again. What else is done with pixels is done at once.
"""

import hashlib
from functools import cache
from typing import Any, Protocol

from msgspec.json import encode

from leaflet.files import raster as photocopier
from leaflet.files.bounded_cache import BoundedCache
from leaflet.files.raster import JPEG, PNG, HugeRasterError, Raster, RasterError, UnknownRasterError, read_size

_MOST_PIXELS = 89_478_485  # as Pillow allows
_MOST_KNOWN = 4  # pictures that stay decoded: a campaign has one


class Pixels(Protocol):
    """The script works on pixels: a byte a channel, row by row. What it returns has `to_bytes`."""

    def flatten(self, samples: bytes, width: int, height: int, gray: bool) -> Any:
        """Return RGBA without its transparency, as RGB or grey."""

    def shrink(self, samples: bytes, width: int, height: int, to_width: int, to_height: int) -> Any:
        """Return RGBA in another size; each pixel is the mean of those in its place."""

    def mainColors(self, samples: bytes) -> Any:  # noqa: N802 - a name of the script
        """Return the few colours of an RGBA picture, three bytes each, the most frequent first."""

    def photocopy(self, samples: bytes, width: int, height: int, copier: str) -> Any:
        """Return RGB as a photocopier gives it back, grey; `copier` is what it does, in numbers (JSON)."""


@cache
def _copier() -> str:
    """Return what a photocopier does, as the script reads it."""
    of = photocopier
    numbers = {"blur": of.BLUR, "tilts": of.TILTS, "levels": of.LEVELS, "tones": of.TONES, "grain": of.GRAIN}
    return encode({**numbers, "side": of.GRAIN_SIDE, "tile": [*of.grain()]}).decode()


class Wanted(BaseException):
    """A picture is needed that is not decoded yet; no handler of errors keeps this from who made the call."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data  # its file


class BrowserDecoder:
    """The pictures that the browser has decoded; a `PictureDecoder`."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        self._known: BoundedCache[bytes, Raster | None] = BoundedCache(_MOST_KNOWN)

    def learn(self, data: bytes, raster: Raster | None) -> None:
        """Know a picture from now on: its file, and RGBA; None if it cannot be decoded."""
        self._known[hashlib.sha256(data).digest()] = raster

    def measure(self, data: bytes, most: int = 0) -> tuple[int, int]:
        """Return the size of a picture."""
        size = _measure(data)
        if max(size) <= most:
            self._find(data)
        return size

    def decode(self, data: bytes, widest: int) -> Raster:
        """Return a picture as RGBA."""
        found = self._find(data)
        if found.width <= widest:
            return found
        return self.shrink(found, widest, round(found.height * widest / found.width))

    def flatten(self, raster: Raster, *, gray: bool) -> bytes:
        """Return the samples of a picture without its transparency."""
        return bytes(self._pixels.flatten(raster.samples, raster.width, raster.height, gray).to_bytes())

    def shrink(self, raster: Raster, width: int, height: int) -> Raster:
        """Return a picture in another size."""
        found = self._pixels.shrink(raster.samples, raster.width, raster.height, width, height)
        return Raster(width, height, found.to_bytes())

    def to_inks(self, raster: Raster, profile: bytes, most: int) -> bytes:
        """Refuse: no browser converts colours to inks."""
        raise RasterError("colours cannot be converted to inks here")

    def main_colors(self, data: bytes) -> list[tuple[int, int, int]]:
        """Return the few colours of a picture."""
        few = self._pixels.mainColors(self._find(data).samples).to_bytes()
        return [(red, green, blue) for red, green, blue in zip(few[0::3], few[1::3], few[2::3], strict=True)]

    def photocopy(self, raster: Raster) -> Raster:
        """Return a picture as a photocopier gives it back."""
        found = self._pixels.photocopy(raster.samples, raster.width, raster.height, _copier())
        return Raster(raster.width, raster.height, found.to_bytes())

    def _find(self, data: bytes) -> Raster:
        _measure(data)
        if not _is_whole(data):
            raise RasterError("image file is truncated")
        try:
            found = self._known[hashlib.sha256(data).digest()]
        except KeyError:
            raise Wanted(data) from None
        if found is None:
            raise RasterError("broken data stream when reading image file")
        return found


def _measure(data: bytes) -> tuple[int, int]:
    """Return the size of a picture as its file says it, before anything is decoded."""
    size = read_size(data)
    if size is None or not all(size):
        raise UnknownRasterError("neither PNG nor JPEG")
    width, height = size
    if width * height > _MOST_PIXELS:
        raise HugeRasterError(width, height)
    return width, height


def _is_whole(data: bytes) -> bool:
    """Tell whether a file goes on to its end; browsers show what there is of one that was cut off."""
    if data.startswith(JPEG):
        return b"\xff\xd9" in data[-1024:]
    at = len(PNG)
    while at + 12 <= len(data):
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return False
