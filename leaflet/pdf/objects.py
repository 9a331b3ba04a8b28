"""PDF syntax as bytes: objects (ISO 32000-1 §7.3), cross-reference table and trailer (§7.5.4, §7.5.5)."""

import os
import re
import zlib
from functools import lru_cache
from typing import BinaryIO

from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Box, Um

WORTHWHILE = 1024  # bytes: setting up the compressor costs more than a shorter stream gains


def number(points: float) -> str:
    """Write a length in points, to a thousandth (0.35 µm), without trailing zeros."""
    text = f"{points:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def length(um: Um) -> str:
    """Write a length in µm as points."""
    return number(um * PT_PER_INCH / UM_PER_INCH)


def string(text: str) -> bytes:
    """Write a text string: printable ASCII as it is, everything else as UTF-16 (§7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})".encode("ascii")
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def ref(object_number: int) -> bytes:
    """Write a reference to an object."""
    return b"%d 0 R" % object_number


def stream(content: bytes, entries: bytes = b"", *, compress: bool = True, worthwhile: int = WORTHWHILE) -> bytes:
    """Write a stream object's body, with further `entries` of its dictionary, compressed where that is worthwhile.

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


INDIRECT = b"%d 0 obj\n%b\nendobj\n"  # an object with its number, ready to stand in a file
ENTRY = b"%010d 00000 n \n"  # an object in use, by its offset: 20 bytes
FREE = b"0000000000 65535 f \n"


def table_head(size: int) -> bytes:
    """Return the start of a table of the objects from 0, which is never in use, to `size` - 1."""
    return b"xref\n0 %d\n" % size + FREE


def trailer(size: int, root: int, information: int, identity: bytes, start: int) -> bytes:
    """Return a trailer; `size` is one more than the highest object number, `identity` has 32 hexadecimal digits.

    `root` and `information` are numbers of objects, `start` is the offset of the cross-reference table.
    """
    entries = (size, root, information, identity, identity, start)
    return b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % entries


_END = re.compile(
    rb"trailer\n<< /Size (\d+) /Root \d+ 0 R /Info (\d+) 0 R /ID \[<([0-9A-Fa-f]{32})> <\3>\] >>\n"
    rb"startxref\n(\d+)\n%%EOF\n\Z"
)
_PRODUCER = b"/Producer (leaflet "
_END_BYTES = 512
_INFORMATION_BYTES = 8192  # title and publisher are the longest entries
_ENTRY_BYTES = len(ENTRY % 0)


def is_written_here(file: BinaryIO) -> bool:
    """Check whether a PDF ends as this program ends its files, and says in its information that it made it.

    A program that saves such a file anew writes another end; one that appends to it leaves its own. Only the end and
    one object are read, however large the file is.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES))
    match = _END.search(file.read(_END_BYTES))
    if match is None:
        return False
    objects, information, start = int(match[1]), int(match[2]), int(match[4])
    if information >= objects or start >= size:
        return False
    file.seek(start + len(table_head(objects)) - _ENTRY_BYTES + _ENTRY_BYTES * information)
    offset = file.read(10)
    if not offset.isdigit() or int(offset) >= size:
        return False
    file.seek(int(offset))
    return _PRODUCER in file.read(_INFORMATION_BYTES).partition(b"endobj")[0]
