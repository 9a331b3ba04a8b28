"""Raster pictures: what the program asks of whoever decodes them, and PNG files of its own.

Here Pillow decodes (`leaflet.rasters.pillow`), and is imported with the first picture. In a browser, which decodes
pictures itself, `use_decoder` puts another in its place. What has no raster picture needs none.
"""

import zlib
from struct import pack
from typing import NamedTuple, Protocol

_COMPRESSION = 1  # of 9: higher levels take longer and save little
PNG_MARK = b"tEXtSoftware\0leaflet"  # in every PNG file of the program, which is known by it
_KINDS = {1: 0, 3: 2, 4: 6}  # PNG's number for grey, RGB and RGBA


class Raster(NamedTuple):
    """A picture: its size in pixels, and a byte a channel (grey, RGB or RGBA), row by row from the top."""

    width: int
    height: int
    samples: bytes

    @property
    def channels(self) -> int:
        """The number of channels."""
        return len(self.samples) // (self.width * self.height)


class RasterError(Exception):
    """A picture that cannot be decoded; its text says why."""


class UnknownRasterError(RasterError):
    """A file that is neither PNG nor JPEG."""


class HugeRasterError(RasterError):
    """A picture with so many pixels that it is not even looked at; its size as its file says it."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"{width} × {height} pixels")
        self.width, self.height = width, height


class PictureDecoder(Protocol):
    """Whoever decodes pictures; all of it raises `RasterError`."""

    def measure(self, data: bytes, most: int = 0) -> tuple[int, int]:
        """Return the size of a PNG or JPEG; if no side is longer than `most`, it is known to be whole."""

    def decode(self, data: bytes, widest: int) -> Raster:
        """Return a PNG or JPEG as RGBA, upright, and no wider than `widest`."""

    def flatten(self, raster: Raster, *, gray: bool) -> bytes:
        """Return the samples of an RGBA picture as RGB or grey.

        Clear pixels have the colour of those beside them: where a viewer shrinks a picture, it mixes them in.
        """

    def shrink(self, raster: Raster, width: int, height: int) -> Raster:
        """Return an RGBA picture in another size; each pixel is the mean of those in its place."""

    def to_inks(self, raster: Raster, profile: bytes, most: int) -> bytes:
        """Return the CMYK samples of an RGB picture through an ICC profile, together `most` percent at most."""

    def main_colors(self, data: bytes) -> list[tuple[int, int, int]]:
        """Return the few colours that a PNG or JPEG consists of, on white, the most frequent first."""

    def photocopy(self, raster: Raster) -> Raster:
        """Return an RGB picture as a worn photocopier gives it back, three times (`leaflet.rasters.photocopy`)."""


_decoders: list[PictureDecoder] = []  # one, once it was asked for


def use_decoder(decoder: PictureDecoder) -> None:
    """Have pictures decoded by this one from now on."""
    _decoders[:] = [decoder]


def picture_decoder() -> PictureDecoder:
    """Return who decodes pictures.

    Raises:
        RasterError: nobody can.
    """
    if not _decoders:
        try:
            from leaflet.rasters import pillow
        except ModuleNotFoundError as error:
            raise RasterError(str(error)) from None
        use_decoder(pillow)
    return _decoders[0]


def make_png(raster: Raster) -> bytes:
    """Return a picture as a PNG file.

    Pages have large areas of one colour, which need no filter: the file is smaller than Pillow's, in half the time.
    """
    row = raster.width * raster.channels
    starts = range(0, row * raster.height, row)
    lines = b"".join([b"\0" + raster.samples[start : start + row] for start in starts])
    head = pack(">IIBBBBB", raster.width, raster.height, 8, _KINDS[raster.channels], 0, 0, 0)
    mark = PNG_MARK[:4], PNG_MARK[4:]
    chunks = ((b"IHDR", head), mark, (b"IDAT", zlib.compress(lines, _COMPRESSION)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
