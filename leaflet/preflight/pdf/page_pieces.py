"""A page as the pieces it is made of, each read once however many files show it.

A content stream that leaves the graphics state as it found it is a piece; pages of other programs, whose streams
may be cut anywhere, are one piece, and so are pages whose streams paint over each other. A piece is known by its
bytes, its fonts and pictures, and the size of its page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import partial, reduce
from io import BytesIO
from typing import Any, TypeVar

import pikepdf
from msgspec import Struct

from leaflet.confidential import Kind, find_secret
from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Box, mm
from leaflet.pdf.standards.pdf_objects import content_streams, items, read_instructions
from leaflet.preflight.compare.content import FileDigests, digest
from leaflet.preflight.pdf.evidence import Evidence
from leaflet.preflight.pdf.page_reader import read_pages
from leaflet.preflight.pdf.writing_lines import find_labelled_lines

_LINE = mm(1)  # below an area to write in, where its line is


class _Areas(Struct, frozen=True):
    """Some boxes, and the one around all of them; None if there are none."""

    boxes: tuple[Box, ...]
    around: Box | None

    def meet(self, others: "_Areas") -> bool:
        """Check whether any box overlaps any of the others; most pairs of pieces stand apart as a whole."""
        if self.around is None or others.around is None or not self.around.overlaps(others.around):
            return False
        near = [box for box in self.boxes if box.overlaps(others.around)]
        return any(one.overlaps(other) for one in near for other in others.boxes)


class Footprint(Struct, frozen=True):
    """The areas of a piece."""

    shown: _Areas  # words and codes
    painted: _Areas  # all else that is painted
    rooms: _Areas  # areas to write in that have a label, with their lines


def footprint(piece: Evidence) -> Footprint:
    """Return the areas of a piece."""
    words = [word.box for word in piece.words if not word.is_hidden]
    rooms = [line.room for line in find_labelled_lines(piece)]
    return Footprint(
        shown=_areas([*words, *(code.box for code in piece.codes)]),
        painted=_areas(piece.painted),
        rooms=_areas(Box(room.x, room.y, room.width, room.height + _LINE) for room in rooms),
    )


def is_painted_over(pieces: Sequence[Footprint]) -> bool:
    """Check whether a piece paints over words or codes of an earlier one, or stands where one writes on another."""
    for number, piece in enumerate(pieces):
        later = pieces[number + 1 :]
        if any(piece.shown.meet(other.painted) for other in later):
            return True
        others = (*pieces[:number], *later)
        if any(piece.rooms.meet(areas) for other in others for areas in (other.shown, other.painted)):
            return True
    return False


def _areas(boxes: Iterable[Box]) -> _Areas:
    found = tuple(boxes)
    return _Areas(found, reduce(Box.joined, found)) if found else _Areas((), None)


_MOST = 8192  # pieces remembered
_CLOSED_BY = {"q": "Q", "BT": "ET", "BMC": "EMC", "BDC": "EMC", "BX": "EX"}
_CLOSING = frozenset(_CLOSED_BY.values())
# what comes after is drawn otherwise
_LASTING = frozenset({"W", "W*", "cm", "gs", "w", "rg", "RG", "g", "G", "k", "K", "Tf"})
_UNPARSED = (pikepdf.PdfError, UserWarning, UnicodeError)  # what the parser of operators raises, or warns of
_Value = TypeVar("_Value")
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_ANNOTATION_KEYS = (
    *("/Subtype", "/Rect", "/AP", "/AS", "/C", "/IC", "/BS", "/Border"),
    *("/InkList", "/QuadPoints", "/Contents"),
)
_UNPAINTED = frozenset({"/Link", "/Popup", "/Widget"})  # without an appearance
_HIDDEN, _PRINTED = 2, 4  # flags of annotations, ISO 32000-1 table 165
_MARK = re.compile(rb"(?m)^(/\w+ << /MCID )\d+(?= >> BDC$)")  # as our own streams have it, on a line
_LENGTH = re.compile(rb"/Length \d+ ?")
_CUT_KEYS = ("/TrimBox", "/BleedBox", "/ArtBox")


class Memory:
    """A memory of the pieces that were read, by what they were read from, and of streams known to be whole."""

    def __init__(self) -> None:
        self._evidence: BoundedCache[bytes, Evidence] = BoundedCache(_MOST)
        self._numbered: BoundedCache[tuple[bytes, int], Evidence] = BoundedCache(_MOST)
        self._made: BoundedCache[bytes, Any] = BoundedCache(4 * _MOST)
        self.whole: set[bytes] = set()  # keys of streams that unpack without fault

    def content_key(self, stream: pikepdf.Stream) -> bytes:
        """Return a hash of a content stream, whatever the numbers of its marked content: nobody sees them."""
        raw, head = stream.read_raw_bytes(), stream.stream_dict.unparse()
        return self.recall(b"unnumbered", digest(raw, head), partial(_unnumbered, stream, raw, head))

    def secret_in(self, row: str) -> Kind | None:
        """Return what `find_secret` says of a row of text; only a hash of the row is kept."""
        return self.recall(b"secret", digest(row.encode("utf-8", "surrogatepass")), lambda: find_secret(row))

    def recall(self, kind: bytes, key: bytes, make: Callable[[], _Value]) -> _Value:
        """Return what was made from something once; the key is a hash of all it depends on, a kind has one type."""
        name = kind + b" " + key
        found: _Value = self._made.pop(name) if name in self._made else make()
        self._made[name] = found  # as the newest: what is asked for again is kept, others are of one file
        return found

    def read(self, pdf: pikepdf.Pdf, page: pikepdf.Page, contents: "Contents") -> tuple[tuple[bytes, Evidence], ...]:
        """Return the evidence of each piece of a page, with a hash of all that it was read from."""
        pieces = {contents.frame + key: streams for key, streams in self.parts(contents)}
        known = {key: found for key in pieces if (found := self._evidence.get(key)) is not None}
        if missing := {key: streams for key, streams in pieces.items() if key not in known}:
            known |= zip(missing, read_pages(_alone(pdf, page, list(missing.values()))), strict=True)
        for key in missing:
            self._evidence[key] = known[key]
        prints = [self.recall(b"footprint", key, partial(footprint, known[key])) for key in pieces]
        if is_painted_over(prints):
            whole = digest(contents.frame, *contents.hashes)
            make = partial(_alone, pdf, page, [contents.streams])
            return ((whole, self._evidence.get_or_make(whole, lambda: read_pages(make())[0])),)
        return tuple(self._in_line((key, known[key]) for key in pieces))

    def problem(self, contents: "Contents") -> str:
        """Return what is wrong with the operators of a page; empty if nothing is."""
        if all(map(self._is_balanced, contents.hashes, contents.streams)):
            return ""
        return self.recall(b"problem", digest(*contents.hashes), lambda: find_problem(contents.streams))

    def parts(self, contents: "Contents") -> list[tuple[bytes, tuple[pikepdf.Stream, ...]]]:
        """Return streams that can be read by themselves, each with its hash; all together if one cannot."""
        pairs = list(zip(contents.hashes, contents.streams, strict=True))
        is_cut = len(set(contents.hashes)) == len(pairs) > 1 and all(self._is_balanced(*pair) for pair in pairs)
        together = [(digest(*contents.hashes), tuple(contents.streams))]
        return [(key, (stream,)) for key, stream in pairs] if is_cut else together

    def _in_line(self, pieces: Iterable[tuple[bytes, Evidence]]) -> Iterator[tuple[bytes, Evidence]]:
        """Yield the pieces with their lines counted on; remembered, for most stand where they stood before."""
        first = 0
        for key, found in pieces:
            numbered = self._numbered.get_or_make((key, first), partial(found.numbered_from, first))
            yield key, numbered
            first = numbered.words[-1].line + 1 if numbered.words else first

    def _is_balanced(self, key: bytes, stream: pikepdf.Stream) -> bool:
        return self.recall(b"balanced", key, lambda: is_balanced(stream))


def find_problem(streams: Iterable[pikepdf.Stream]) -> str:
    """Return what the parser says of the streams of a page, which are one text (§7.8.2); empty if nothing."""
    scratch = pikepdf.new()
    try:
        content = scratch.make_stream(b"\n".join(stream.read_bytes() for stream in streams))
        for instruction in read_instructions(content, strict=True):
            str(instruction.operator)  # it is decoded here
    except _UNPARSED as error:
        return str(error)
    return "; ".join(map(str, scratch.get_warnings()))


def is_balanced(stream: pikepdf.Stream) -> bool:
    """Check whether a content stream ends as it began: all it opens is closed again, in order."""
    open_: list[str] = []
    try:
        for instruction in read_instructions(stream, strict=True):
            operator = str(instruction.operator)
            if operator in _CLOSED_BY:
                open_.append(_CLOSED_BY[operator])
            elif operator in _CLOSING:
                if not open_ or open_.pop() != operator:
                    return False
            elif operator in _LASTING and not open_:
                return False
    except _UNPARSED:
        return False
    return not open_


class Contents(Struct, frozen=True):
    """The content streams of a page."""

    streams: Sequence[pikepdf.Stream]  # in the order of the page
    hashes: Sequence[bytes]  # one of each stream
    frame: bytes  # a hash of all that streams are shown with: resources and sizes


def contents_of(
    page: pikepdf.Page, prints: FileDigests, memory: Memory, layers: pikepdf.Object | None = None
) -> Contents:
    """Return what a page paints, with the hashes of its file, and which optional contents (layers) are shown."""
    streams = content_streams(page)
    resources = prints.digest(page.obj.get("/Resources") or pikepdf.Dictionary())
    drawn = [prints.digest(one.get(key)) for one in _painted_annotations(page) for key in _ANNOTATION_KEYS]
    shown = [prints.digest(layers)] if isinstance(layers, pikepdf.Dictionary) else []
    frame = digest(resources, *(_box(page, key) for key in _PAGE_KEYS), *drawn, *shown)
    return Contents(streams, [memory.content_key(one) for one in streams], frame)


def find_cut(page: pikepdf.Page) -> bytes:
    """Return a hash of the boxes that say where a page is cut."""
    return digest(*(_box(page, key) for key in _CUT_KEYS))


def _unnumbered(stream: pikepdf.Stream, raw: bytes, head: bytes) -> bytes:
    try:
        content, count = _MARK.subn(rb"\1", stream.read_bytes())
    except pikepdf.PdfError:
        count = 0
    return digest(content, _LENGTH.sub(b"", head)) if count else digest(raw, head)


def _box(page: pikepdf.Page, key: str) -> bytes:
    found = page.obj.get(key)
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else repr(found).encode()


def _painted_annotations(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    """Yield the annotations that paint on the page: on the screen, on paper, or on both."""
    for annotation in items(page.obj.get("/Annots")):
        if isinstance(annotation, pikepdf.Dictionary):
            flags, kind = annotation.get("/F", 0), str(annotation.get("/Subtype", ""))
            is_hidden = isinstance(flags, int) and bool(flags & _HIDDEN)
            if not is_hidden and ("/AP" in annotation or kind not in _UNPAINTED):
                yield annotation


def _copy_annotation(alone: pikepdf.Pdf, pdf: pikepdf.Pdf, annotation: pikepdf.Dictionary) -> pikepdf.Object:
    """Return an annotation that is drawn whatever it is for: PDFium draws fields of forms elsewhere."""
    made = pikepdf.Dictionary({key: annotation[key] for key in _ANNOTATION_KEYS if key in annotation})
    if "/AP" in made:
        made["/Subtype"] = pikepdf.Name.Stamp
    made["/Type"], made["/F"] = pikepdf.Name.Annot, _PRINTED
    return alone.copy_foreign(pdf.make_indirect(made))


def _alone(pdf: pikepdf.Pdf, page: pikepdf.Page, pieces: Sequence[Sequence[pikepdf.Stream]]) -> bytes:
    """Return a file with a page for each piece that shows its streams and nothing else."""
    alone = pikepdf.new()
    frame = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=pikepdf.Array(page.mediabox))
    for key in _PAGE_KEYS:
        if (found := page.obj.get(key)) is not None:
            frame[key] = pikepdf.Array(found) if isinstance(found, pikepdf.Array) else found
    resources = page.obj.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary):
        frame["/Resources"] = alone.copy_foreign(pdf.make_indirect(resources))
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, pikepdf.Dictionary):
        alone.Root["/OCProperties"] = alone.copy_foreign(pdf.make_indirect(layers))
    if drawn := [_copy_annotation(alone, pdf, one) for one in _painted_annotations(page)]:
        frame["/Annots"] = pikepdf.Array(drawn)
    for streams in pieces:
        made = copy(frame)
        made["/Contents"] = pikepdf.Array([alone.copy_foreign(stream) for stream in streams])
        alone.pages.append(pikepdf.Page(alone.make_indirect(made)))
    out = BytesIO()
    alone.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, static_id=True)
    return out.getvalue()
