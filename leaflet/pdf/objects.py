"""PDF syntax (ISO 32000-1 §7.3): numbers, strings, references, streams and indirect objects as bytes."""

import zlib
from functools import lru_cache

from leaflet.geometry import Box
from leaflet.units import Um, to_pt

WORTHWHILE = 1024  # bytes: setting up the compressor costs more than a shorter stream gains


def number(points: float) -> str:
    """Write a length in points, to a thousandth (0.35 µm), without trailing zeros."""
    text = f"{points:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def length(um: Um) -> str:
    """Write a length in µm as points."""
    return number(to_pt(um))


def string(text: str) -> bytes:
    """Write a text string: printable ASCII as it is, everything else as UTF-16 (§7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})".encode("ascii")
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def ref(object_number: int) -> bytes:
    """Write a reference to an object."""
    return b"%d 0 R" % object_number


def indirect(object_number: int, body: bytes) -> bytes:
    """Write an indirect object, ready to stand in a file."""
    return b"%d 0 obj\n%b\nendobj\n" % (object_number, body)


def stream(content: bytes, entries: bytes = b"", *, compress: bool = True, worthwhile: int = WORTHWHILE) -> bytes:
    """Write a stream object's body; `entries` are further entries of its dictionary.

    With `compress` it is compressed from so many bytes on as are `worthwhile`.

    PDF/A asks for an end-of-line before ``endstream`` (ISO 19005-2 §6.1.7.1). It is CR LF, because with a bare
    LF a reader cannot tell whether a CR before it belongs to the data.
    """
    if compress and len(content) >= worthwhile:
        content = zlib.compress(content, 9)
        entries += b"/Filter /FlateDecode "
    return b"<< %b/Length %d >>\nstream\n%b\r\nendstream" % (entries, len(content), content)


def rectangle(box: Box, page_height: Um) -> bytes:
    """Write a box of a page (µm, y down) as a PDF rectangle (points, y up)."""
    left, right = length(box.x), length(box.right)
    lower, upper = length(page_height - box.bottom), length(page_height - box.y)
    return f"[{left} {lower} {right} {upper}]".encode("ascii")
