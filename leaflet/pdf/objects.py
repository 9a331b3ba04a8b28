"""PDF syntax as bytes: objects (ISO 32000-1 §7.3), streams of objects and of cross-references (§7.5.7, §7.5.8)."""

import os
import re
import struct
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
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
FREE = 0xFFFF  # the cross-reference of a number that no object has


def reference(offset: int) -> int:
    """Return the cross-reference of an object that stands in the file itself: eight bytes, as a number."""
    return 1 << 56 | offset << 16


def offset_of(found: int) -> int:
    """Return where an object begins, by its cross-reference; 0 for one that does not stand in the file itself."""
    return found >> 16 & 0xFF_FFFF_FFFF if found >> 56 == 1 else 0


def object_stream(objects: Mapping[int, bytes]) -> bytes:
    """Write the body of a stream that holds objects, by their numbers; none may be a stream itself."""
    first, content = _join_held(objects)
    return stream(content, b"/Type /ObjStm /N %d /First %d " % (len(objects), first))


def _join_held(objects: Mapping[int, bytes]) -> tuple[int, bytes]:
    """Return the content of a stream of objects, and where the first begins in it."""
    places, at = [], 0
    for number, body in objects.items():
        places.append(b"%d %d\n" % (number, at))
        at += len(body) + 1
    head = b"".join(places)
    return len(head), head + b"\n".join(objects.values())


def held(holder: int, objects: Iterable[int]) -> dict[int, int]:
    """Return the cross-references of the objects in a stream of objects, which has the number `holder`."""
    return {number: 2 << 56 | holder << 16 | place for place, number in enumerate(objects)}


def end_of_file(
    references: Collection[int], roots: tuple[int, int], identity: bytes, start: int, only: Iterable[int] = ()
) -> bytes:
    """Return the end of a file: the stream of its cross-references, where that begins (`start`), the mark of the end.

    The references are of the objects from 0 to that stream, or of those in `only`, rising, the stream the last.
    `roots` are the numbers of catalogue and information; `identity` has 32 hexadecimal digits.
    """
    index, size = b" ".join(b"%d 1" % number for number in only), max(only, default=len(references) - 1) + 1
    entries = size, b"/Index [%b] " % index if index else b"", *roots, identity, identity
    body = stream(struct.pack(f">{len(references)}Q", *references), _REFERENCES % entries, compress=False)
    return INDIRECT % (size - 1, body) + b"startxref\n%d\n%%%%EOF\n" % start


_REFERENCES = b"/Type /XRef /Size %d /W [1 5 2] %b/Root %d 0 R /Info %d 0 R /ID [<%b> <%b>] "
_HEAD = re.compile(
    rb"\d+ 0 obj\n<< /Type /XRef /Size (\d+) /W \[1 5 2\] /Root (\d+) 0 R /Info (\d+) 0 R "
    rb"/ID \[<([0-9A-Fa-f]{32})> <\4>\] /Length (\d+) >>\nstream\n"
)
_END = re.compile(rb"\r\nendstream\nendobj\nstartxref\n(\d+)\n%%EOF\n\Z")
_HOLDER = re.compile(rb"<< /Type /ObjStm /N (\d+) /First (\d+) (/Filter /FlateDecode )?/Length \d+ >>\nstream\n")
_PRODUCER = b"/Producer (leaflet "
_END_BYTES = 512
_INFORMATION_BYTES = 8192  # title and publisher are the longest entries
_MOST_HELD = 1 << 24  # bytes of objects that a stream may hold to be read here


def is_written_here(file: BinaryIO) -> bool:
    """Check whether a PDF ends as this program ends its files, and says in its information that it made it.

    A program that saves such a file anew writes another end; one that appends to it leaves its own. Only the end is
    read, however large the file is: the information stands before the cross-references.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES))
    match = _END.search(file.read(_END_BYTES))
    if match is None or int(match[1]) >= size:
        return False
    start = int(match[1])
    file.seek(max(0, start - _INFORMATION_BYTES))
    before, head = file.read(min(start, _INFORMATION_BYTES)), file.read(_END_BYTES)
    return _HEAD.match(head) is not None and _PRODUCER in before.rpartition(b" 0 obj\n")[2]


class CutFile(NamedTuple):
    """A file's objects as they are written, by number, 0 for what stands before the first."""

    objects: dict[int, bytes]
    references: Sequence[int]  # its cross-references
    roots: tuple[int, int]  # the numbers of its catalogue and of its information


def cut_file(data: bytes) -> CutFile | None:
    """Cut a file at its own cross-references; None unless it is written as here, from the first object to the end."""
    match = _END.search(data, max(0, len(data) - _END_BYTES))
    head = _HEAD.match(data, int(match[1])) if match else None
    if match is None or head is None or match.start() - head.end() != 8 * int(head[1]):
        return None
    found, start = struct.unpack(f">{head[1].decode()}Q", data[head.end() : match.start()]), int(match[1])
    order = sorted((at, number) for number, one in enumerate(found) if (at := offset_of(one)))
    objects, references = {0: data[: min(order)[0]] if order else b""}, {0: FREE, len(found) - 1: reference(start)}
    for (at, number), (end, _) in pairwise(order):
        body = data[at:end].removeprefix(b"%d 0 obj\n" % number).removesuffix(b"\nendobj\n")
        if data[at:end] != INDIRECT % (number, body):
            return None
        inside = _held_objects(body)
        objects |= inside or {number: body}
        references |= held(number, inside) | {number: reference(at)}
    if found != tuple(map(references.get, range(len(found)))):
        return None
    return CutFile(objects, found, (int(head[2]), int(head[3])))


@lru_cache(maxsize=64)  # that of many files is the same
def _held_objects(body: bytes) -> dict[int, bytes]:
    """Return what a stream of objects holds; nothing if the body of an object is none, or is written otherwise."""
    match = _HOLDER.match(body)
    if match is None:
        return {}
    content = body[match.end() :].removesuffix(b"\r\nendstream")
    with suppress(zlib.error):
        content = zlib.decompressobj().decompress(content, _MOST_HELD) if match[3] else content
    words = [*map(int, re.findall(rb"\d+", content[: (first := int(match[2]))]))]
    ends = [*(first + at - 1 for at in words[3::2]), len(content)]
    objects = {n: content[first + at : end] for n, at, end in zip(words[::2], words[1::2], ends, strict=False)}
    return objects if _join_held(objects) == (first, content) else {}
