"""The size of a PNG or JPEG as the head of its file says it, before anything is decoded."""

from collections.abc import Iterator
from struct import unpack

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_NO_SIZE = {0xC4, 0xC8, 0xCC}  # markers of a JPEG between those of its frames
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


def read_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None if the file does not say them."""
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) > 24:
        width, height = unpack(">II", data[16:24])
        return width, height
    return next(_jpeg_sizes(data), None) if data.startswith(JPEG) else None


def _jpeg_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    at = len(JPEG)
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = unpack(">HH", data[at + 5 : at + 9])
            yield width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
