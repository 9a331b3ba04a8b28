"""A page as the pieces it is made of, each read once however many files show it.

A content stream that leaves the graphics state as it found it is a piece; pages of other programs, whose streams
may be cut anywhere, are one piece. A piece is known by its bytes, its fonts and pictures, and the size of its page.
"""

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from typing import TypeVar

import pikepdf

from leaflet.confidential import Kind, find_secret
from leaflet.review.evidence import Evidence, joined
from leaflet.review.fingerprint import Fingerprints, digest, skeleton
from leaflet.review.reading import read_evidence

_MOST = 8192  # pieces remembered
_OPENING = {"q": "Q", "BT": "ET", "BMC": "EMC", "BDC": "EMC", "BX": "EX"}
_CLOSING = frozenset(_OPENING.values())
_Value = TypeVar("_Value")
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")


class Memory:
    """What was read so far, by what it was read from; and streams known to be whole."""

    def __init__(self) -> None:
        self._evidence: OrderedDict[bytes, Evidence] = OrderedDict()
        self._balanced: OrderedDict[bytes, bool] = OrderedDict()
        self.whole: set[bytes] = set()
        self._secrets: OrderedDict[bytes, Kind | None] = OrderedDict()
        self._bare: dict[bytes, bytes] = {}

    def skeleton(self, pdf: pikepdf.Pdf) -> bytes:
        """The skeleton of a file; streams that others had are not looked through again."""
        if len(self._bare) > 4 * _MOST:
            self._bare.clear()
        return skeleton(pdf, self._bare)

    def secret_in(self, row: str) -> Kind | None:
        """What `find_secret` says of a row of text; only a hash of the row is kept."""
        key = digest(row.encode("utf-8", "surrogatepass"))
        if key not in self._secrets:
            _keep(self._secrets, key, find_secret(row))
        return self._secrets[key]

    def read(self, pdf: pikepdf.Pdf, page: pikepdf.Page, prints: Fingerprints) -> Evidence:
        """The evidence of a page.

        Raises:
            pypdfium2.PdfiumError, pikepdf.PdfError: it cannot be read.
        """
        streams = _streams(page)
        frame = digest(
            prints.of(page.obj.get("/Resources") or pikepdf.Dictionary()), *(_box(page, key) for key in _PAGE_KEYS)
        )
        hashes = [digest(stream.read_raw_bytes(), stream.stream_dict.unparse()) for stream in streams]
        if len(streams) > 1 and all(
            self._is_balanced(key, stream) for key, stream in zip(hashes, streams, strict=True)
        ):
            parts = [
                self._piece(pdf, page, [stream], frame + key) for key, stream in zip(hashes, streams, strict=True)
            ]
            return joined(tuple(parts))
        return self._piece(pdf, page, streams, frame + digest(*hashes))

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


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    found = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _box(page: pikepdf.Page, key: str) -> bytes:
    found = page.obj.get(key)
    return found.unparse() if isinstance(found, pikepdf.Object) else repr(found).encode()


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
