"""A page as the pieces it is made of, each read once however many files show it.

A content stream that leaves the graphics state as it found it is a piece; pages of other programs, whose streams
may be cut anywhere, are one piece. A piece is known by its bytes, its fonts and pictures, and the size of its page.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

import pikepdf

from leaflet.review.evidence import Evidence, joined
from leaflet.review.fingerprint import Fingerprints, digest
from leaflet.review.reading import read_evidence

_MOST = 8192  # pieces remembered
_OPENING = {"q": "Q", "BT": "ET", "BMC": "EMC", "BDC": "EMC", "BX": "EX"}
_CLOSING = frozenset(_OPENING.values())
_Value = TypeVar("_Value")
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_CUT_KEYS = ("/TrimBox", "/BleedBox", "/ArtBox")


class Memory:
    """What was read so far, by what it was read from; and streams known to be whole."""

    def __init__(self) -> None:
        self._evidence: OrderedDict[bytes, Evidence] = OrderedDict()
        self._balanced: OrderedDict[bytes, bool] = OrderedDict()
        self._made: OrderedDict[bytes, Any] = OrderedDict()
        self.whole: set[bytes] = set()

    def recall(self, kind: bytes, key: bytes, make: Callable[[], _Value]) -> _Value:
        """What was made from something once, made now if it is the first time.

        Args:
            kind: what is made; one kind is always of one type.
            key: a hash of all it depends on.
        """
        name = kind + b" " + key
        if name in self._made:
            self._made.move_to_end(name)
        else:
            _keep(self._made, name, make())
        found: _Value = self._made[name]
        return found

    def read(self, pdf: pikepdf.Pdf, page: pikepdf.Page, contents: "Contents") -> Evidence:
        """The evidence of a page.

        Raises:
            pypdfium2.PdfiumError, pikepdf.PdfError: it cannot be read.
        """
        parts = self.parts(contents)
        return joined(tuple(self._piece(pdf, page, streams, contents.frame + key) for key, streams in parts))

    def parts(self, contents: "Contents") -> list[tuple[bytes, tuple[pikepdf.Stream, ...]]]:
        """Streams that can be read by themselves, each with its hash; all of them together if one cannot."""
        streams, hashes = contents.streams, contents.hashes
        pairs = list(zip(hashes, streams, strict=True))
        if len(streams) > 1 and all(self._is_balanced(key, stream) for key, stream in pairs):
            return [(key, (stream,)) for key, stream in pairs]
        return [(digest(*hashes), tuple(streams))]

    def _piece(self, pdf: pikepdf.Pdf, page: pikepdf.Page, streams: Sequence[pikepdf.Stream], key: bytes) -> Evidence:
        found = self._evidence.get(key)
        if found is None:
            found = read_evidence(_alone(pdf, page, streams))
            _keep(self._evidence, key, found)
        else:
            self._evidence.move_to_end(key)
        return found

    def _is_balanced(self, key: bytes, stream: pikepdf.Stream) -> bool:
        found = self._balanced.get(key)
        if found is None:
            found = is_balanced(stream)
            _keep(self._balanced, key, found)
        return found


def _keep(memory: "OrderedDict[bytes, _Value]", key: bytes, value: "_Value") -> None:
    memory[key] = value
    if len(memory) > _MOST:
        memory.popitem(last=False)


def is_balanced(stream: pikepdf.Stream) -> bool:
    """Whether a content stream ends where it began: all it opens is closed again, in order."""
    open_: list[str] = []
    try:
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            if operator in _OPENING:
                open_.append(_OPENING[operator])
            elif operator in _CLOSING and (not open_ or open_.pop() != operator):
                return False
            elif not open_ and operator in ("cm", "gs", "w", "rg", "RG", "g", "G", "k", "K", "Tf"):
                return False  # what comes after would be drawn otherwise
    except pikepdf.PdfError:
        return False
    return not open_


@dataclass(frozen=True, slots=True)
class Contents:
    """The content streams of a page with their hashes, and one of all they are shown with, sizes included."""

    streams: Sequence[pikepdf.Stream]
    hashes: Sequence[bytes]
    frame: bytes

    def look(self, page: pikepdf.Page) -> bytes:
        """What a page shows, as a hash: contents, fonts, pictures, boxes. Links and tags are not in it."""
        return digest(self.frame, *(_box(page, key) for key in _CUT_KEYS), *self.hashes)


def contents_of(page: pikepdf.Page, prints: Fingerprints) -> Contents:
    """What a page paints.

    Raises:
        pikepdf.PdfError: a stream cannot be read.
    """
    streams = _streams(page)
    resources = prints.of(page.obj.get("/Resources") or pikepdf.Dictionary())
    frame = digest(resources, *(_box(page, key) for key in _PAGE_KEYS))
    return Contents(streams, [_hash(stream) for stream in streams], frame)


def _hash(stream: pikepdf.Stream) -> bytes:
    return digest(stream.read_raw_bytes(), stream.stream_dict.unparse())


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    found = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _box(page: pikepdf.Page, key: str) -> bytes:
    found = page.obj.get(key)
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else repr(found).encode()


def _alone(pdf: pikepdf.Pdf, page: pikepdf.Page, streams: Sequence[pikepdf.Stream]) -> bytes:
    """A file of one page that shows these streams and nothing else."""
    alone = pikepdf.new()
    made = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=pikepdf.Array(page.mediabox))
    for key in _PAGE_KEYS:
        found = page.obj.get(key)
        if found is not None:
            made[key] = pikepdf.Array(found) if isinstance(found, pikepdf.Array) else found
    resources = page.obj.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary):
        made["/Resources"] = alone.copy_foreign(pdf.make_indirect(resources))
    made["/Contents"] = pikepdf.Array([alone.copy_foreign(stream) for stream in streams])
    alone.pages.append(pikepdf.Page(alone.make_indirect(made)))
    out = BytesIO()
    alone.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, static_id=True)
    return out.getvalue()
