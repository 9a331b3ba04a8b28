"""Hash what a PDF file is without its texts and places: files with equal keys have the same structure."""

import re
from collections.abc import Callable
from functools import partial

import pikepdf

from leaflet.preflight.compare.content import digest

_LENGTH = re.compile(rb"/Length \d+ ?")
# possessive (++, *+), so that damaged content does not take exponential time
_STRING = re.compile(rb"\((?:[^()\\]|\\.)++\)|<[0-9A-Fa-f\s]++>(?!>)", re.DOTALL)
_SHOWN = re.compile(rb"\[(?:[^\]()<]|\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>)*+\]\s*TJ", re.DOTALL)
_TEXT = re.compile(rb"\(\)\s*Tj\s*")
_SEGMENT = re.compile(rb"(?:\(\)Tj )+")
_NUMBER = re.compile(rb"(?<!MCID )(?<![\w/+.#-])[+-]?(?:\d{1,6}(?:\.\d*)?|\.\d+)(?![\w.])")
_PAINTED = re.compile(rb"BT|B[DM]C")
_AREAS = re.compile(rb"(?m)(?:^0 0 0 0 re\n)+")  # as the modules of a code
_PAGE_SIZE = re.compile(rb"/(?:Media|Crop)Box(?: \[ 0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?) \])?")
_PLACE = re.compile(rb"(/(?:BBox|Rect) \[)" + 4 * rb" (\d+(?:\.\d+)?)" + rb" \]")
_ELEMENT = re.compile(rb"(<[\w:]+[^<>]*>)([^<]*)(</)")
_ATTRIBUTE = re.compile(rb"(\s[\w:]+=[\"'])([^\"'<>]*)([\"'])")
_CLAIMING = re.compile(rb"(?:xmlns|xml|rdf:parseType|rdf:resource|pdf(?:a|ua|x|vt)\w+)\b")  # claims of standards
_DATE = re.compile(rb"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?")
_DIGIT = re.compile(rb"\d")

Recall = Callable[[bytes, bytes, Callable[[], bytes]], bytes]


def make_structure_key(pdf: pikepdf.Pdf, recall: Recall) -> bytes:
    """Hash a file without its texts and places: objects by number, operators, tags.

    Left out is what differs between files of one template: strings, the words of metadata except for claims of
    standards, the numbers of operators in contents, and places that lie in all pages. `recall` returns the hash that
    was computed from a stream before (`page_pieces.Memory.recall`).
    """
    heads, hashes = [], []
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            heads.append(item.unparse(resolved=True) if isinstance(item, pikepdf.Object) else repr(item).encode())
        elif item.get("/Type") not in ("/ObjStm", "/XRef"):  # which hold other objects, or say where they are
            raw, head = item.read_raw_bytes(), item.stream_dict.unparse()
            heads.append(_LENGTH.sub(b"", head))
            hashes.append(recall(b"bare", digest(head, raw), partial(_bare_stream, item, raw)))
    bare = _STRING.sub(b"(x)", b"\n".join(heads))
    sizes = _PAGE_SIZE.findall(bare) or [(b"", b"")]
    right, top = (min(float(side or 0) for side in sides) for sides in zip(*sizes, strict=True))
    return digest(_PLACE.sub(partial(_bare_place, right, top), bare), *hashes)


def _bare_place(right: float, top: float, match: re.Match[bytes]) -> bytes:
    """Leave out the sides of a place if that has an area, all of it on the least page."""
    x0, y0, x1, y1 = map(float, match.groups()[1:])
    return match[1] if x0 < x1 <= right and y0 < y1 <= top else match[0]


def _bare_stream(stream: pikepdf.Stream, raw: bytes) -> bytes:
    """Hash a stream: contents and metadata without their texts, others as they are."""
    kind = str(stream.get("/Subtype", ""))
    try:
        if kind == "/XML":
            # keep the elements of metadata and the claims of standards
            return digest(_ATTRIBUTE.sub(_bare_value, _ELEMENT.sub(_bare_value, stream.read_bytes())))
        if kind in ("", "/Form") and _PAINTED.search(content := stream.read_bytes()):
            # keep the operators with their names; numbers become 0 except for MCIDs, neighbouring texts and areas one
            shown = _TEXT.sub(b"()Tj ", _STRING.sub(b"()", _SHOWN.sub(b"()Tj ", content)))
            return digest(_AREAS.sub(b"re\n", _NUMBER.sub(b"0", _SEGMENT.sub(b"()Tj ", shown))))
    except pikepdf.PdfError:
        pass
    return digest(raw)


def _bare_value(match: re.Match[bytes]) -> bytes:
    """Keep the format of dates; other texts become one."""
    if match[2].strip() == b"" or _CLAIMING.match(match[1].lstrip(b"< ")):
        return match[0]
    value = _DIGIT.sub(b"0", match[2]) if _DATE.fullmatch(match[2]) else b"x"
    return match[1] + value + match[3]
