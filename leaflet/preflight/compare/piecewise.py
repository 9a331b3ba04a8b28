"""Two files of ours compared piece by piece: each is cut at its own table, and equal objects are equal.

Two builds share all but a few pieces of their pages. A piece and what stands in its place are read and drawn once for
all files that have both, in their own box, with what else is painted there. Nothing is said of files that are written
otherwise, or have more pages or larger ones: those are compared whole (``pages_drawn``).
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from difflib import SequenceMatcher
from functools import lru_cache, reduce
from typing import NamedTuple

import pikepdf
import pypdfium2
from msgspec.structs import replace

from leaflet.files.bounded_cache import BoundedCache
from leaflet.geometry import Box, PageView, Sides, mm
from leaflet.pdf.objects import FREE, INDIRECT, CutFile, cut_file, end_of_file, ref, reference, stream
from leaflet.pdf.standards.pdf_objects import unpacks_without_end
from leaflet.preflight.compare.content import digest
from leaflet.preflight.compare.differences import PageChange, PropertyChange, PropertyName
from leaflet.preflight.compare.pages_drawn import ComparedPage, compare_contents, compare_links, is_changed
from leaflet.preflight.compare.pdf_file import ComparedFile, PageLink, claims, compare_properties
from leaflet.preflight.compare.word_changes import read_text
from leaflet.preflight.pdf.page_pieces import is_balanced

_STRING = rb"(?:\((?:[^()\\]|\\.)*\)|<[0-9A-F]*>)"
_REFERENCE = re.compile(rb"(\d+) 0 R")
_ROOT = re.compile(rb"<< /Type /Catalog /Pages (\d+) 0 R /Metadata (\d+) 0 R (?!.*/(?:OCProperties|AcroForm)).*>>")
_PAGES = re.compile(rb"<< /Type /Pages /Count \d+ /Kids \[([^]]*)\] >>")
_PAGE = re.compile(
    rb"<< /Type /Page /Parent \d+ 0 R (/MediaBox \[([-\d. ]+)\] /TrimBox \[[-\d. ]+\] /Resources \d+ 0 R) "
    rb"/Contents \[([^]]*)\] (?:/Annots \[([^]]*)\] )?/StructParents \d+ /Tabs /S >>"
)
_LINK = re.compile(
    rb"<< /Type /Annot /Subtype /Link /Rect \[([-\d. ]+)\] /Border \[0 0 0\] /F 4 /StructParent \d+ "
    rb"/Contents %b /A << /S /URI /URI (%b) >> >>" % (_STRING, _STRING)
)
_STREAM = re.compile(rb"<< (/Filter /FlateDecode )?/Length (\d+) >>\nstream\n(.*)\r\nendstream", re.DOTALL)
_METADATA = re.compile(rb"<< /Type /Metadata /Subtype /XML /Length \d+ >>\nstream\n(.*)\r\nendstream", re.DOTALL)
_MARK = re.compile(rb"/MCID \d+")
_MOVED = re.compile(rb"(q [-\d. ]+ cm\n)((?:.*\nEMC\n)?)Q\n", re.DOTALL)
_BEGIN_OF_MARK, _END_OF_MARK = re.compile(rb"B[DM]C\n"), b"EMC\n"
_NEAR = mm(0.2)  # around what a piece paints: edges are soft
_BLACK = b"q 0 g 0 0 9999 9999 re f Q\n"  # a whole page
_MEMORY = 20_000  # pieces, and pairs of them: the oldest are those that all files have
_OTHERWISE = "not as this program writes it"
_SAID: tuple[PropertyName, ...] = ("title", "author", "claims")  # what a file says of itself


class _Piece(NamedTuple):
    """Marked content of a page: a digest of what it is drawn with, and its operators."""

    resources: bytes
    operators: bytes


class _Page(NamedTuple):
    """A page as the pieces that paint it, in their order."""

    frame: bytes  # of its dictionary, sizes and what it draws with
    resources: bytes  # a digest of all that the frame leads to
    view: PageView
    pieces: tuple[_Piece, ...]
    links: tuple[tuple[bytes, bytes], ...]  # their places and addresses, as they are written

    def read_links(self) -> list[PageLink]:
        """Return the links in the order of the file."""
        return [PageLink(str(pikepdf.Object.parse(uri)), self.view.place(_sides(area))) for area, uri in self.links]


class _File(NamedTuple):
    """A file of ours, cut."""

    data: bytes
    cut: CutFile
    tree: int  # the number of its page tree
    said: dict[PropertyName, str]
    pages: tuple[_Page, ...]
    rest: list[bytes]  # all objects but those of a single page, and what the file says of itself

    def showing(self, page: _Page, pages: Sequence[Sequence[_Piece]]) -> bytes:
        """Return the file with other pages: as one of its own, each with some pieces (ISO 32000-1 §7.5.6)."""
        parts, place, first = [self.data], len(self.data), len(self.cut.references)
        kids = b" ".join(ref(first + 2 * at) for at in range(len(pages)))
        bodies = {self.tree: b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), kids)}
        for number, pieces in zip(range(first, first + 2 * len(pages), 2), pages, strict=True):
            entries = self.tree, page.frame, ref(number + 1)
            bodies[number] = b"<< /Type /Page /Parent %d 0 R %b /Contents %b >>" % entries
            bodies[number + 1] = stream(b"".join(piece.operators for piece in pieces), compress=False)
        references = [*self.cut.references, *[FREE] * (2 * len(pages) + 1)]
        for number, body in bodies.items():
            references[number] = reference(place)
            parts.append(INDIRECT % (number, body))
            place += len(parts[-1])
        references[-1] = reference(place)
        return b"".join((*parts, end_of_file(references, self.cut.roots, b"0" * 32, place)))


def _read(data: bytes) -> _File:
    """Return a file as its pages."""
    if (cut := cut_file(data)) is None:
        raise ValueError(_OTHERWISE)
    left, (root, about) = dict(cut.objects), cut.roots
    tree, metadata = map(int, _matched(_ROOT, left[root]).groups())
    information = pikepdf.Object.parse(left.pop(about))
    said = str(information.get("/Title", "")), str(information.get("/Author", ""))
    properties = dict(zip(_SAID, (*said, claims(_matched(_METADATA, left.pop(metadata))[1])), strict=True))
    kids, used = _numbers(_matched(_PAGES, left[tree])[1]), dict[bytes, bytes]()
    pages = tuple(_read_page(cut, left.pop(kid), left, used) for kid in kids)
    return _File(data, cut, tree, properties, pages, [b"%d %b" % one for one in left.items()])


def _read_page(cut: CutFile, body: bytes, left: dict[int, bytes], used: dict[bytes, bytes]) -> _Page:
    """Return a page, and take its own objects out of those that are left; `used` is known of frames."""
    frame, media, contents, notes = _matched(_PAGE, body).groups(b"")
    if frame not in used:
        used[frame] = digest(*_reach(cut, frame))
    found = [_matched(_LINK, left.pop(number)) for number in _numbers(notes)]
    links = tuple((link[1], link[2]) for link in found)
    bodies = [left.pop(number, cut.objects[number]) for number in _numbers(contents)]  # two pages may share one
    pieces = tuple(_Piece(used[frame], operators) for body in bodies for operators in _cut_stream(body))
    return _Page(frame, used[frame], PageView(_sides(media)), pieces, links)


def _reach(cut: CutFile, frame: bytes) -> Iterator[bytes]:
    """Yield all objects that a frame leads to."""
    met, waiting = set[int](), [frame]
    while waiting:
        for number in _numbers(waiting.pop()):
            if number not in met:
                met.add(number)
                waiting.append(cut.objects[number].partition(b"stream\n")[0])
                yield b"%d %b" % (number, cut.objects[number])


@lru_cache(4096)
def _cut_stream(body: bytes) -> tuple[bytes, ...]:
    """Return the marked contents of a stream without their numbers, each with what places it before."""
    packed, length, content = _matched(_STREAM, body).groups()
    try:
        if len(content) != int(length) or (packed and unpacks_without_end(content)):
            raise ValueError(_OTHERWISE)
        content = zlib.decompress(content) if packed else content
    except zlib.error as error:
        raise ValueError(_OTHERWISE) from error
    moved = _matched(_MOVED, _MARK.sub(b"/MCID 0", content))
    found = [b""]
    for part in moved[2].split(_END_OF_MARK)[:-1]:
        found[-1] += part + _END_OF_MARK
        if found[-1].count(_END_OF_MARK) == len(_BEGIN_OF_MARK.findall(found[-1])):
            found.append(b"")
    return tuple(b"%b%bQ\n" % (moved[1], part) for part in found if part)


def _matched(pattern: re.Pattern[bytes], body: bytes) -> re.Match[bytes]:
    if (found := pattern.fullmatch(body)) is None:
        raise ValueError(_OTHERWISE)
    return found


def _numbers(text: bytes) -> tuple[int, ...]:
    return tuple(map(int, _REFERENCE.findall(text)))


def _sides(text: bytes) -> Sides:
    left, bottom, right, top = map(float, text.split())
    return left, bottom, right, top


class _Unit(NamedTuple):
    """Pieces of two pages that stand for each other, by their places among all of the page, and their box."""

    old: frozenset[int]
    new: frozenset[int]
    box: Box

    def joined(self, other: "_Unit") -> "_Unit":
        """Return both as one."""
        return _Unit(self.old | other.old, self.new | other.new, self.box.joined(other.box))


class PiecewiseComparer:
    """A memory of the pieces that were compared, for all files of a comparison."""

    def __init__(self) -> None:
        self._boxes: BoundedCache[_Piece, Box | None] = BoundedCache(_MEMORY)
        self._units: BoundedCache[tuple[tuple[_Piece, ...], ...], PageChange] = BoundedCache(_MEMORY)
        self._rests: BoundedCache[tuple[bytes, bytes], tuple[PropertyChange, ...]] = BoundedCache(_MEMORY)

    def compare(self, before: bytes, after: bytes) -> tuple[tuple[PageChange, ...], tuple[PropertyChange, ...]]:
        """Return the pages and the properties that differ.

        Raises:
            DAMAGED: the files must be compared whole.
        """
        old, new = _read(before), _read(after)
        painted = [[page.pieces for page in file.pages] for file in (old, new)]
        is_moved = not any(map(tuple.__eq__, *painted)) and set(painted[0]) & set(painted[1])
        if is_moved or [page.view for page in old.pages] != [page.view for page in new.pages]:
            raise ValueError("other pages, or pages in other places")
        pages = (self._compare_pages(old, new, number) for number in range(len(old.pages)))
        said = compare_properties(old.said, new.said)
        return tuple(filter(is_changed, pages)), (*said, *self._compare_rest(old, new))

    def _compare_rest(self, old: _File, new: _File) -> tuple[PropertyChange, ...]:
        """Return the other properties that differ, as a reader finds them that knows whole files."""
        if old.rest == new.rest:
            return ()
        key = digest(*old.rest), digest(*new.rest)
        if key not in self._rests:
            with ComparedFile(old.data) as one, ComparedFile(new.data) as other:
                found = compare_properties(one.properties(), other.properties())
                for file in (one, other):
                    file.check_streams()
                    if file.repairs:
                        raise ValueError(file.repairs[0])
                self._rests[key] = tuple(change for change in found if change.name not in _SAID)
        return self._rests[key]

    def _compare_pages(self, old: _File, new: _File, at: int) -> PageChange:
        """Return what differs between two pages, which may be nothing."""
        one, other = old.pages[at], new.pages[at]
        links = () if one.links == other.links else tuple(compare_links(one.read_links(), other.read_links()))
        found = PageChange(status="changed", old_number=at + 1, new_number=at + 1, links=links)
        if one.pieces == other.pieces:
            return found
        pieces = dict.fromkeys(one.pieces + other.pieces)
        self._read_boxes(old, one, pieces)
        self._read_boxes(new, other, pieces)
        boxes = {piece: box for piece in pieces if (box := self._boxes[piece]) is not None}
        if len(boxes) < len(pieces):
            raise ValueError("a piece that may change how others are drawn")
        # with other fonts all pieces have other bytes; those that look the same, dark or light, are the same
        has_fonts = one.resources != other.resources
        same, units = list[_Unit](), list[_Unit]()
        for is_equal, unit in _pairs(one, other, boxes):
            if not is_equal and has_fonts:
                grounds = (self._compare_unit(old, new, at, unit, ground) for ground in (b"", _BLACK))
                is_equal = not any(map(is_changed, grounds))
            (same if is_equal else units).append(unit)
        parts = [self._compare_unit(old, new, at, unit) for unit in _joined(units, same)]
        return replace(
            found,
            words=tuple(change for part in parts for change in part.words),
            boxes=tuple(sorted({box for part in parts for box in part.boxes}, key=lambda box: (box.y, box.x))),
            is_reordered=any(part.is_reordered for part in parts),
        )

    def _read_boxes(self, file: _File, page: _Page, pieces: Iterable[_Piece]) -> None:
        """Read the box that each piece like those of a page paints into; None of one that changes how others look."""
        missing = [piece for piece in pieces if piece not in self._boxes and piece.resources == page.resources]
        if missing:
            scratch = pikepdf.new()
            with pypdfium2.PdfDocument(file.showing(page, [[piece] for piece in missing])) as document:
                for piece, drawn in zip(missing, document, strict=True):
                    places = [page.view.place(item.get_bounds()) for item in drawn.get_objects(max_depth=1)]
                    box = reduce(Box.joined, places or [Box(0, 0, 0, 0)]).grown(_NEAR)
                    self._boxes[piece] = box if is_balanced(pikepdf.Stream(scratch, piece.operators)) else None

    def _compare_unit(self, old: _File, new: _File, at: int, unit: _Unit, ground: bytes = b"") -> PageChange:
        """Return what differs between pieces of two pages, on pages of their own."""
        one, other = old.pages[at], new.pages[at]
        sides = [(one, sorted(unit.old)), (other, sorted(unit.new))]
        key = tuple((_Piece(b"", ground), *(page.pieces[place] for place in places)) for page, places in sides)
        if key not in self._units:
            files = [old.showing(one, key)]
            if one.resources != other.resources:
                files = [old.showing(one, key[:1]), new.showing(other, key[1:])]
            with ExitStack() as stack:
                documents = [stack.enter_context(pypdfium2.PdfDocument(file)) for file in files]
                alone = [page for document in documents for page in document]
                drawn = [ComparedPage(page, read_text(page, one.view), one.view.visible[2:]) for page in alone]
                found = PageChange(status="changed", old_number=1, new_number=1)
                self._units[key] = compare_contents(drawn[0], drawn[1], found, unit.box)
        return self._units[key]


def _pairs(one: _Page, other: _Page, boxes: dict[_Piece, Box]) -> Iterator[tuple[bool, _Unit]]:
    """Yield pieces that stand for each other, one for one where both pages have as many; first, if they are equal."""
    for kind, *ends in SequenceMatcher(None, one.pieces, other.pieces, autojunk=False).get_opcodes():
        before, after = range(*ends[:2]), range(*ends[2:])
        groups = [((a,), (b,)) for a, b in zip(before, after, strict=False)]
        for olds, news in groups if len(before) == len(after) else [(tuple(before), tuple(after))]:
            pieces = [*(one.pieces[at] for at in olds), *(other.pieces[at] for at in news if kind != "equal")]
            box = reduce(Box.joined, [boxes[piece] for piece in pieces])
            yield kind == "equal", _Unit(frozenset(olds), frozenset(news), box)


def _joined(units: list[_Unit], same: list[_Unit]) -> Iterator[_Unit]:
    """Yield units, those whose boxes overlap together, each with all that paints into its box."""
    joined = list[_Unit]()
    for unit in units:
        while near := next((known for known in joined if known.box.overlaps(unit.box)), None):
            joined.remove(near)
            unit = near.joined(unit)
        joined.append(unit)
    for unit in joined:
        context = [piece for piece in same if piece.box.overlaps(unit.box)]
        yield reduce(_Unit.joined, context, unit)._replace(box=unit.box)
