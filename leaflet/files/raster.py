"""Hold raster pictures, and what the program asks of whoever decodes them; write PNG files of its own.

Here Pillow decodes (`leaflet.files.raster_pillow`), and is imported with the first picture. In a browser, which
decodes pictures itself, `use_decoder` puts another in its place.

A worn photocopier is described in numbers (`PictureDecoder.photocopy`): it blurs a little, feeds the sheet askew,
hardens greys towards black and white, and adds grain; the paper that comes out is not white, its black not quite
black. `tests/copies.py` simulates harder copies.
"""

import zlib
from struct import pack, unpack
from typing import NamedTuple, Protocol

_COMPRESSION = 1  # of 9: higher levels take longer and save little
PNG_MARK = b"tEXtSoftware\0leaflet"  # in every PNG file of the program, which is known by it
_KINDS = {1: 0, 3: 2, 4: 6}  # PNG's number for grey, RGB and RGBA


class Raster(NamedTuple):
    """A picture: its size in pixels, and a byte a channel (grey, RGB or RGBA), row by row from the top."""

    width: int
    height: int
    samples: bytes


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
    """Whoever decodes pictures of PNG and JPEG files; all of it raises `RasterError`."""

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
        """Return an RGB picture as a worn photocopier gives it back, three times (`leaflet.files.raster`)."""


_decoders: list[PictureDecoder] = []  # one, once it was asked for


def use_decoder(decoder: PictureDecoder) -> None:
    """Have pictures decoded by this one from now on."""
    _decoders[:] = [decoder]


def picture_decoder() -> PictureDecoder:
    """Return who decodes pictures; raise `RasterError` if nobody can."""
    if not _decoders:
        try:
            from leaflet.files import raster_pillow as pillow
        except ModuleNotFoundError as error:
            raise RasterError(str(error)) from None
        use_decoder(pillow)
    return _decoders[0]


def make_png(raster: Raster) -> bytes:
    """Return a picture as a PNG file.

    Pages have large areas of one colour, which need no filter: the file is smaller than Pillow's, in half the time.
    """
    channels = len(raster.samples) // (raster.width * raster.height)
    row = raster.width * channels
    starts = range(0, row * raster.height, row)
    lines = b"".join([b"\0" + raster.samples[start : start + row] for start in starts])
    head = pack(">IIBBBBB", raster.width, raster.height, 8, _KINDS[channels], 0, 0, 0)
    chunks = (b"IHDR" + head, PNG_MARK, b"IDAT" + zlib.compress(lines, _COMPRESSION), b"IEND")
    return PNG + b"".join([pack(">I", len(one) - 4) + one + pack(">I", zlib.crc32(one)) for one in chunks])


PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_NO_SIZE = {0xC4, 0xC8, 0xCC}  # markers of a JPEG between those of its frames
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


def read_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None if the file does not say them."""
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) > 24:
        width, height = unpack(">II", data[16:24])
        return width, height
    at = len(JPEG) if data.startswith(JPEG) else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


BLUR = 0.35  # pixels, standard deviation
TILTS = (0.5, -0.3, 0.3)  # degrees, one for each copy
GRAIN = 9  # most that grain adds or takes away, levels
GRAIN_SIDE = 97  # pixels of a tile of grain; no measure of a page divides by it
_CONTRAST, _AROUND = 1.25, 180  # darker than mid-grey becomes darker
_INK, _PAPER = 26, 232  # levels of the last copy
_MULTIPLIER, _ADDEND, _MODULUS = 1_103_515_245, 12_345, 1 << 31  # of a plain linear congruential generator

# The grey that each level becomes in one copy, and that is shown for each of the last: its paper and black are greys.
LEVELS = [min(255, max(0, round((level - _AROUND) * _CONTRAST + _AROUND))) for level in range(256)]
TONES = [round(_INK + level * (_PAPER - _INK) / 255) for level in range(256)]


def grain() -> bytes:
    """Return a square tile of grain, row by row: levels from 0 to twice `GRAIN`, the same each time."""
    state, levels = 1, bytearray()
    for _ in range(GRAIN_SIDE * GRAIN_SIDE):
        state = (state * _MULTIPLIER + _ADDEND) % _MODULUS
        levels.append((state >> 16) % (2 * GRAIN + 1))
    return bytes(levels)
