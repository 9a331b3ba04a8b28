"""Hash objects of a PDF file with all they refer to, whatever their numbers.

Equal pieces of two files have equal hashes, so that each piece is read once. The structure key of a file is a hash
that leaves out texts and places: files with equal keys have the same structure.
"""

import re
from collections.abc import Callable
from functools import partial

import pikepdf

from leaflet.preflight.compare.content import digest

_REFERENCE = re.compile(rb"(?<![\w.+-])(\d{1,10}) (\d{1,5}) R\b")
_BACK = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Annots", "/B"})
_LENGTH = re.compile(rb"/Length \d+ ?")
# possessive (++, *+), so that damaged content does not take exponential time
_STRING = re.compile(rb"\((?:[^()\\]|\\.)++\)|<[0-9A-Fa-f\s]++>(?!>)", re.DOTALL)
_SHOWN = re.compile(rb"\[(?:[^\]()<]|\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>)*+\]\s*TJ", re.DOTALL)
_TEXT = re.compile(rb"\(\)\s*Tj\s*")
_SEGMENT = re.compile(rb"(?:\(\)Tj )+")
_NUMBER = re.compile(rb"(?<!MCID )(?<![\w/+.#-])[+-]?(?:\d{1,6}(?:\.\d*)?|\.\d+)(?![\w.])")
_ELEMENT = re.compile(rb"(<[\w:]+[^<>]*>)([^<]*)(</)")
_ATTRIBUTE = re.compile(rb"(\s[\w:]+=[\"'])([^\"'<>]*)([\"'])")
_CLAIMING = re.compile(rb"(?:xmlns|xml|rdf:parseType|rdf:resource|pdf(?:a|ua|x|vt)\w+)\b")  # claims of standards
_DATE = re.compile(rb"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?")
_DIGIT = re.compile(rb"\d")
_DEEP = 40

Recall = Callable[[bytes, bytes, Callable[[], bytes]], bytes]


class Fingerprints:
    """The hashes of the objects of one open file, each computed once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, item: object, depth: int = 0) -> bytes:
        """Return the hash of an object and of all below it, without the references that lead back up to pages."""
        if not isinstance(item, pikepdf.Object):
            return digest(repr(item).encode())
        if (key := item.objgen) == (0, 0):
            return self._make(item, depth)
        if key not in self._known:
            self._known[key] = b"cycle"
            self._known[key] = self._make(item, depth)
        return self._known[key]

    def _make(self, item: pikepdf.Object, depth: int) -> bytes:
        if depth > _DEEP:
            return b"deep"
        stream = item.read_raw_bytes() if isinstance(item, pikepdf.Stream) else b""
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            names = [name for name in sorted(item.keys()) if name not in _BACK]
            pairs = ((name.encode("utf-8", "surrogateescape"), self.of(item.get(name), depth + 1)) for name in names)
            return digest(b"<<", *(part for pair in pairs for part in pair), stream)

        def put(match: re.Match[bytes]) -> bytes:  # the hash of what is referred to in the place of its number
            return self.of(self._pdf.get_object(int(match[1]), int(match[2])), depth + 1)

        return digest(_REFERENCE.sub(put, item.unparse(resolved=True)))


def make_structure_key(pdf: pikepdf.Pdf, recall: Recall) -> bytes:
    """Hash a file without its texts and places: objects by number, operators, tags.

    Left out is what differs between files of one template: strings, the words of metadata except for claims of
    standards, and the numbers of operators in contents. `recall` returns the hash that was computed from a stream
    before (`page_pieces.Memory.recall`).
    """
    heads, hashes = [], []
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            heads.append(item.unparse(resolved=True) if isinstance(item, pikepdf.Object) else repr(item).encode())
        elif item.get("/Type") not in ("/ObjStm", "/XRef"):  # which hold other objects, or say where they are
            raw, head = item.read_raw_bytes(), item.stream_dict.unparse()
            heads.append(_LENGTH.sub(b"", head))
            hashes.append(recall(b"bare", digest(head, raw), partial(_bare_stream, item, raw)))
    return digest(_STRING.sub(b"(x)", b"\n".join(heads)), *hashes)


def _bare_stream(stream: pikepdf.Stream, raw: bytes) -> bytes:
    """Hash a stream: contents and metadata without their texts, others as they are."""
    kind = str(stream.get("/Subtype", ""))
    try:
        if kind == "/XML":
            # keep the elements of metadata and the claims of standards
            return digest(_ATTRIBUTE.sub(_bare_value, _ELEMENT.sub(_bare_value, stream.read_bytes())))
        if kind in ("", "/Form") and b"BT" in (content := stream.read_bytes()):
            # keep the operators with their names; numbers become 0 except for MCIDs, neighbouring texts become one
            shown = _TEXT.sub(b"()Tj ", _STRING.sub(b"()", _SHOWN.sub(b"()Tj ", content)))
            return digest(_NUMBER.sub(b"0", _SEGMENT.sub(b"()Tj ", shown)))
    except pikepdf.PdfError:
        pass
    return digest(raw)


def _bare_value(match: re.Match[bytes]) -> bytes:
    """Keep the format of dates; other texts become one."""
    if match[2].strip() == b"" or _CLAIMING.match(match[1].lstrip(b"< ")):
        return match[0]
    value = _DIGIT.sub(b"0", match[2]) if _DATE.fullmatch(match[2]) else b"x"
    return match[1] + value + match[3]
