"""Flate streams: their checksums, which readers of PDF do not compare, and how large they unpack."""

import zlib

MOST_UNPACKED = 256 << 20  # bytes of a stream; a page of 200 dpi in colour is 12 MB


def unpacks_without_end(raw: bytes) -> bool:
    """Check whether a Flate stream unpacks to more than `MOST_UNPACKED` bytes.

    Raises:
        zlib.error: it is spoilt; what readers make of it is chance.
    """
    packed = zlib.decompressobj()
    packed.decompress(raw, MOST_UNPACKED)
    return bool(packed.unconsumed_tail)
