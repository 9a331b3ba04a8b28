"""A page as the pieces it is made of, each read once however many files show it.

A content stream that leaves the graphics state as it found it is a piece; pages of other programs, whose streams
may be cut anywhere, are one piece. A piece is known by its bytes, its fonts and pictures, and the size of its page.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from io import BytesIO
from typing import Any, TypeVar
from warnings import catch_warnings

import pikepdf
from msgspec import Struct

from leaflet.confidential import Kind, find_secret
from leaflet.preflight.evidence import Evidence, join_evidence
from leaflet.preflight.reader.fingerprint import Fingerprints, digest
from leaflet.preflight.reader.page_reader import read_pages

_MOST = 8192  # pieces remembered
_OPENING = {"q": "Q", "BT": "ET", "BMC": "EMC", "BDC": "EMC", "BX": "EX"}
_CLOSING = frozenset(_OPENING.values())
_UNPARSED = (pikepdf.PdfError, UserWarning, UnicodeError)  # what the parser of operators raises, or warns of
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_CUT_KEYS = ("/TrimBox", "/BleedBox", "/ArtBox")


class Memory:
    """What was read so far, by what it was read from; and streams known to be whole."""

    def __init__(self) -> None:
        self._evidence: OrderedDict[bytes, Evidence] = OrderedDict()
        self._numbered: OrderedDict[tuple[bytes, int], Evidence] = OrderedDict()
        self._balanced: OrderedDict[bytes, bool] = OrderedDict()
        self._made: OrderedDict[bytes, Any] = OrderedDict()
        self._problems: OrderedDict[bytes, str] = OrderedDict()
        self.whole: set[bytes] = set()
        self._secrets: OrderedDict[bytes, Kind | None] = OrderedDict()

    def secret_in(self, row: str) -> Kind | None:
        """What `find_secret` says of a row of text; only a hash of the row is kept."""
        key = digest(row.encode("utf-8", "surrogatepass"))
        if key not in self._secrets:
            _keep(self._secrets, key, find_secret(row))
        return self._secrets[key]

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
        pieces = {contents.frame + key: streams for key, streams in self.parts(contents)}
        known = {key: self._evidence[key] for key in pieces if key in self._evidence}
        missing = {key: streams for key, streams in pieces.items() if key not in known}
        if missing:
            known |= zip(missing, read_pages(_alone(pdf, page, list(missing.values()))), strict=True)
        for key in pieces:
            _keep(self._evidence, key, known[key])
        return join_evidence(tuple(self._in_line((key, known[key]) for key in pieces)))

    def problem(self, contents: "Contents") -> str:
        """What is wrong with the operators of a page; empty if nothing is."""
        if all(map(self._is_balanced, contents.hashes, contents.streams)):
            return ""
        key = digest(*contents.hashes)
        found = self._problems.get(key)
        if found is None:
            found = find_problem(contents.streams)
        _keep(self._problems, key, found)
        return found

    def parts(self, contents: "Contents") -> list[tuple[bytes, tuple[pikepdf.Stream, ...]]]:
        """Streams that can be read by themselves, each with its hash; all of them together if one cannot."""
        pairs = list(zip(contents.hashes, contents.streams, strict=True))
        is_cut = len(set(contents.hashes)) == len(pairs) > 1 and all(self._is_balanced(*pair) for pair in pairs)
        if is_cut:
            return [(key, (stream,)) for key, stream in pairs]
        return [(digest(*contents.hashes), tuple(contents.streams))]

    def _in_line(self, pieces: Iterable[tuple[bytes, Evidence]]) -> Iterator[Evidence]:
        """The pieces with their lines numbered on, which is remembered too: most stand where they stood before."""
        first = 0
        for key, found in pieces:
            numbered = self._numbered.get((key, first)) or found.numbered_from(first)
            _keep(self._numbered, (key, first), numbered)
            yield numbered
            first = numbered.words[-1].line + 1 if numbered.words else first

    def _is_balanced(self, key: bytes, stream: pikepdf.Stream) -> bool:
        found = self._balanced.get(key)
        if found is None:
            found = is_balanced(stream)
        _keep(self._balanced, key, found)
        return found


def _keep(memory: "OrderedDict[_Key, _Value]", key: _Key, value: _Value) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > _MOST:
        memory.popitem(last=False)


def _key(stream: pikepdf.Stream) -> bytes:
    return digest(stream.read_raw_bytes(), stream.stream_dict.unparse())


def find_problem(streams: Iterable[pikepdf.Stream]) -> str:
    """What the parser of operators says of the streams of a page, which are one text (ISO 32000-1 §7.8.2)."""
    scratch = pikepdf.new()
    try:
        with catch_warnings(action="error"):
            content = scratch.make_stream(b"\n".join(stream.read_bytes() for stream in streams))
            for instruction in pikepdf.parse_content_stream(content):
                str(instruction.operator)  # it is decoded here
    except _UNPARSED as error:
        return str(error)
    return "; ".join(map(str, scratch.get_warnings()))


def is_balanced(stream: pikepdf.Stream) -> bool:
    """Whether a content stream ends where it began: all it opens is closed again, in order."""
    open_: list[str] = []
    try:
        with catch_warnings(action="error"):
            instructions = pikepdf.parse_content_stream(stream)
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in _OPENING:
                open_.append(_OPENING[operator])
            elif operator in _CLOSING and (not open_ or open_.pop() != operator):
                return False
            elif not open_ and operator in ("cm", "gs", "w", "rg", "RG", "g", "G", "k", "K", "Tf"):
                return False  # what comes after would be drawn otherwise
    except _UNPARSED:
        return False
    return not open_


class Contents(Struct, frozen=True):
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
    return Contents(streams, [_key(stream) for stream in streams], frame)


def _streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    found = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _box(page: pikepdf.Page, key: str) -> bytes:
    found = page.obj.get(key)
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else repr(found).encode()


def _alone(pdf: pikepdf.Pdf, page: pikepdf.Page, pieces: Sequence[Sequence[pikepdf.Stream]]) -> bytes:
    """A file with a page for each piece that shows its streams and nothing else."""
    alone = pikepdf.new()
    frame = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=pikepdf.Array(page.mediabox))
    for key in _PAGE_KEYS:
        found = page.obj.get(key)
        if found is not None:
            frame[key] = pikepdf.Array(found) if isinstance(found, pikepdf.Array) else found
    resources = page.obj.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary):
        frame["/Resources"] = alone.copy_foreign(pdf.make_indirect(resources))
    for streams in pieces:
        made = copy(frame)
        made["/Contents"] = pikepdf.Array([alone.copy_foreign(stream) for stream in streams])
        alone.pages.append(pikepdf.Page(alone.make_indirect(made)))
    out = BytesIO()
    alone.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, static_id=True)
    return out.getvalue()
