"""PDF syntax as bytes: objects (ISO 32000-1 §7.3), cross-reference table and trailer (§7.5.4, §7.5.5)."""

import os
import re
import zlib
from functools import lru_cache
from typing import BinaryIO, NamedTuple

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
    rb"trailer\n<< /Size (\d+) /Root (\d+) 0 R /Info (\d+) 0 R /ID \[<([0-9A-Fa-f]{32})> <\4>\] >>\n"
    rb"startxref\n(\d+)\n%%EOF\n\Z"
)
_PRODUCER = b"/Producer (leaflet "
_END_BYTES = 512
_INFORMATION_BYTES = 8192  # title and publisher are the longest entries
_ENTRY_BYTES = len(ENTRY % 0)
_END_OF_OBJECT = b"\nendobj\n"


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
    objects, information, start = int(match[1]), int(match[3]), int(match[5])
    if information >= objects or start >= size:
        return False
    file.seek(start + len(table_head(objects)) - _ENTRY_BYTES + _ENTRY_BYTES * information)
    offset = file.read(10)
    if not offset.isdigit() or int(offset) >= size:
        return False
    file.seek(int(offset))
    return _PRODUCER in file.read(_INFORMATION_BYTES).partition(b"endobj")[0]


class CutFile(NamedTuple):
    """A file's objects as they are written, by number, 0 for what stands before the first."""

    objects: dict[int, bytes]
    root: int  # the number of its catalogue
    information: int  # the number of its information
    start: int  # of its table


def cut_file(data: bytes) -> CutFile | None:
    """Cut a file at its own table; None unless it is written as here, from the first object to the end."""
    match = _END.search(data, max(0, len(data) - _END_BYTES))
    if match is None:
        return None
    size, start = int(match[1]), int(match[5])
    entries = data[start + len(table_head(size)) : match.start()]
    places = (entries[at : at + 10] for at in range(0, len(entries), _ENTRY_BYTES))
    offsets = [int(place) for place in places if place.isdigit()]
    if data[start : match.start()] != table_head(size) + b"".join([ENTRY % offset for offset in offsets]):
        return None
    order = sorted(range(len(offsets)), key=offsets.__getitem__)
    ends = [*(offsets[number] for number in order[1:]), start]
    objects = {0: data[: min(offsets, default=0)]}
    for number, end in zip(order, ends, strict=True):
        head, body = b"%d 0 obj\n" % (number + 1), data[offsets[number] : end]
        if not body.startswith(head) or not body.endswith(_END_OF_OBJECT):
            return None
        objects[number + 1] = body[len(head) : -len(_END_OF_OBJECT)]
    return CutFile(objects, int(match[2]), int(match[3]), start)
