"""Digests of what pages paint, made of their instructions: equal ones paint the same, without drawing them.

A digest takes in decoded content and everything it uses, decoded: it is blind to compression, to object numbers and
to their order. Different digests mean nothing: such pages are drawn and read. Links and tags are no part of it.
Equal pieces of two files of one program are packed alike: each is read once where streams are taken as they are.
"""

import hashlib
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

import pikepdf

from leaflet.pdf.standards.pdf_objects import ObjectId, content_streams, inherited, is_dictionary, items

_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
# keys of how a stream is packed, and of ways back up into the file
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent", "/P"})
_NOT_PAINTED = PACKING.union(
    ("/StructParent", "/StructParents", "/Pg", "/Metadata", "/PieceInfo", "/LastModified", "/Name")
)
UPWARDS = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Annots", "/B"})  # keys that lead to pages
_HOLDING = re.compile(rb" R\b|<<|.\[")  # in an array that holds dictionaries or arrays, or refers to objects
_DEEPEST = 40  # objects inside of one another before a file counts as damaged


class FileDigests:
    """Digests of the objects of one file with all they refer to, whatever their numbers, each made once.

    Methods raise what ``leaflet.pdf.standards.pdf_objects.UNREADABLE`` names if the file is damaged.

    Args:
        aside: keys whose values are in no digest.
        known: digests of objects that are not looked into.
        is_packed: whether streams are taken as they are packed, without a decoder; what is too deep is then left out.
    """

    def __init__(
        self,
        aside: frozenset[str] = _NOT_PAINTED,
        known: Mapping[ObjectId, bytes] | None = None,
        *,
        is_packed: bool = False,
    ) -> None:
        self._aside, self._digests, self._is_packed = aside, dict(known or {}), is_packed
        self._open: set[ObjectId] = set()

    def exact(self, page: pikepdf.Page) -> bytes:
        """Return a digest of what a page paints, instruction by instruction."""
        return digest(self._frame(page), hashlib.sha256(_contents(page)).digest(), self.digest(page.resources))

    def notes(self, page: pikepdf.Page) -> bytes:
        """Return a digest of the annotations that are no links: form fields, stamps, comments."""
        found = (note for note in items(page.obj.get("/Annots")) if is_dictionary(note))
        return digest(*(self.digest(note) for note in found if note.get("/Subtype") != "/Link"))

    def whole(self, page: pikepdf.Page) -> bytes:
        """Return a digest of all that a page has, whether it paints or not, however its contents are cut."""
        rest = sorted({*page.obj.keys()} - {"/Contents", "/Resources", "/Type", *_BOXES} - self._aside)
        values = [part for key in rest for part in (key.encode(), self.digest(page.obj[key]))]
        operators = hashlib.sha256(b" ".join(_contents(page).split())).digest()
        return digest(self._frame(page), operators, self.digest(page.resources), *values)

    def _frame(self, page: pikepdf.Page) -> bytes:
        return digest(*(self.digest(inherited(page.obj, key)) for key in _BOXES))

    def digest(self, value: Any, depth: int = 0) -> bytes:
        """Return the digest of an object with all it leads to, decoded."""
        number = value.objgen if isinstance(value, pikepdf.Object) and value.is_indirect else None
        if number is None:
            return self._digest(value, depth)
        if number in self._open:
            return b"round"
        if number not in self._digests:
            self._open.add(number)
            try:
                self._digests[number] = self._digest(value, depth)
            finally:
                self._open.discard(number)
        return self._digests[number]

    def _digest(self, value: Any, depth: int) -> bytes:
        if depth > _DEEPEST and self._is_packed:
            return b"deep"
        if depth > _DEEPEST:
            raise ValueError("objects inside of one another without end")
        if isinstance(value, pikepdf.Stream):
            data = value.read_raw_bytes() if self._is_packed else _decoded(value)
            return digest(b"stream", self._entries(value, depth), data)
        if isinstance(value, pikepdf.Dictionary):
            return digest(b"dictionary", self._entries(value, depth))
        if isinstance(value, pikepdf.Array):
            text = value.unparse()  # of numbers and texts, as most are, it tells all
            parts = (self.digest(item, depth + 1) for item in value) if _HOLDING.search(text) else (text,)
            return digest(b"array", *parts)
        return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()

    def _entries(self, value: Any, depth: int) -> bytes:
        keys = sorted(set(value.keys()) - self._aside)
        pairs = ((key.encode("utf-8", "surrogateescape"), self.digest(value.get(key), depth + 1)) for key in keys)
        return digest(*chain.from_iterable(pairs))


def _contents(page: pikepdf.Page) -> bytes:
    return b"\n".join(stream.read_bytes() for stream in content_streams(page))


def _decoded(stream: Any) -> bytes:
    """Return the digest of a stream's data, decoded; as it is, with its filters, where no decoder knows them."""
    try:
        return hashlib.sha256(stream.read_bytes()).digest()
    except pikepdf.PdfError:
        filters = repr((stream.get("/Filter"), stream.get("/DecodeParms"))).encode()
        return hashlib.sha256(filters + stream.read_raw_bytes()).digest()


def digest(*parts: bytes) -> bytes:
    """Return one digest of several parts, each with its length, so that none runs into the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"%d:" % len(part))
        total.update(part)
    return total.digest()
