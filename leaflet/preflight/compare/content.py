"""Digests of what pages paint, made of their instructions: equal ones paint the same, without drawing them.

Two readings, each a digest, equal for pages that must look and read the same:

exact   decoded content and everything it uses, decoded: blind to compression, object numbers and order in the file
tidy    the same with each letter as what it looks like and means: blind to the letters a font has besides

Different digests mean nothing: such pages are drawn and read. Streams and pieces that many files share are read once
for a comparison. Links and tags are no part of either (``pdf_file``).
"""

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import Glyph

from leaflet.files.bounded_cache import BoundedCache
from leaflet.pdf.standards.content_stream import SHOW_TEXT, read_instructions
from leaflet.pdf.standards.pdf_objects import ObjectId, entries, is_dictionary, items

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # damage is reported as a fault, not on the terminal

CODES = 256
_BYTE_MAP = (1, 0)  # platform and encoding of a map from bytes (ISO 32000-1 §9.6.6.4)
_STRICTLY = 2  # fontTools raises where a table is not what its checksum says
_PROGRAMS = ("cvt ", "fpgm", "prep")  # instructions that all glyphs share
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)

GlyphDigests = tuple[bytes, ...]  # a digest for each code


def digest_glyphs(font: Any) -> GlyphDigests | None:
    """Return for each of 256 codes a digest of outline, width and character; None for fonts of other kinds."""
    descriptor = font.get("/FontDescriptor")
    if font.get("/Subtype") != "/TrueType" or "/Encoding" in font or not isinstance(descriptor, pikepdf.Dictionary):
        return None
    program, mapping = descriptor.get("/FontFile2"), font.get("/ToUnicode")
    if not isinstance(program, pikepdf.Stream) or not isinstance(mapping, pikepdf.Stream):
        return None
    characters = _characters(mapping.read_bytes())
    try:
        with TTFont(BytesIO(program.read_bytes()), lazy=True, checkChecksums=_STRICTLY) as file:
            # a whole glyph may be in a font that no renderer opens
            is_whole = all(len(file.reader[tag]) == entry.length for tag, entry in file.reader.tables.items())
            outlines = _outlines(file) if is_whole else None
    except (TTLibError, KeyError, AssertionError, IndexError, ValueError):  # what a damaged font makes it raise
        return None
    if characters is None or outlines is None:
        return None
    widths = _widths(font)
    return tuple(
        hashlib.sha256(b"%b|%b|%b" % (outlines[code], characters.get(code, b""), widths[code])).digest()
        for code in range(CODES)
    )


def _characters(cmap: bytes) -> dict[int, bytes] | None:
    """Return what each code means; None for a map with ranges."""
    if b"beginbfrange" in cmap:
        return None
    pairs = (pair for block in _BLOCK.findall(cmap) for pair in _PAIR.findall(block))
    return {int(code, 16): value.lower() for code, value in pairs}


def _widths(font: Any) -> list[bytes]:
    """Return the width of each code as written, the missing one where none is."""
    found = [str(font.FontDescriptor.get("/MissingWidth", 0)).encode()] * CODES
    for code, width in enumerate(font.get("/Widths", []), int(font.get("/FirstChar", 0))):
        if 0 <= code < CODES:
            found[code] = b"%g" % float(width)
    return found


def _outlines(file: TTFont) -> list[bytes] | None:
    """Return what draws each code; None if more than one map leads from codes to glyphs."""
    maps = file["cmap"].tables
    if len(maps) != 1 or (maps[0].platformID, maps[0].platEncID) != _BYTE_MAP:
        return None
    shared = b"".join(file.reader[tag] for tag in _PROGRAMS if tag in file.reader)
    common = hashlib.sha256(shared + b"%d" % file["head"].unitsPerEm).digest()
    names, missing = maps[0].cmap, file.getGlyphOrder()[0]
    glyphs = file["glyf"]
    return [common + _outline_of(glyphs, names.get(code, missing)) for code in range(CODES)]


def _outline_of(glyphs: Any, name: str, depth: int = 0) -> bytes:
    """Return the curves of a glyph; of one made of others, theirs with their places."""
    glyph = glyphs.glyphs[name]  # as it stands in the font
    if depth > 8:
        raise ValueError("glyphs made of one another")
    if not glyph.isComposite():
        return _compiled(getattr(glyph, "data", b""))  # an empty one has none
    parts = []
    for component in glyphs[name].components:
        place = (component.getComponentInfo()[1], component.flags)
        parts.append(repr(place).encode() + _outline_of(glyphs, component.glyphName, depth + 1))
    return b"composite" + b"".join(parts)


@lru_cache(4096)  # most fonts that are looked at are subsets of the same few
def _compiled(data: bytes) -> bytes:
    """Return a simple glyph written anew, without the padding that programs add."""
    glyph = Glyph(data)
    glyph.expand(None)
    return bytes(glyph.compile(None, recalcBBoxes=False))


_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
# keys of how a stream is packed, and of ways back up into the file
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent", "/P"})
_NOT_PAINTED = PACKING.union(
    ("/StructParent", "/StructParents", "/Pg", "/Metadata", "/PieceInfo", "/LastModified", "/Name")
)
_DEEPEST = 40  # objects inside of one another before a file counts as damaged
_MARKS = frozenset({"BMC", "MP", "DP"})  # say what content is, without painting; BDC and EMC may hide a layer
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")  # colour spaces that stand in for others (§8.6.5.6)
_KINDS = {  # the resources that operands of these operators name
    "gs": "/ExtGState",
    "sh": "/Shading",
    "BDC": "/Properties",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
}
_MEMORY = 50_000  # pieces, and fonts, remembered


class ContentDigests:
    """Digests of the pages of many files, made once of each distinct piece."""

    def __init__(self) -> None:
        self._glyphs: BoundedCache[bytes, GlyphDigests | None] = BoundedCache(_MEMORY)
        self._tidied: BoundedCache[tuple[bytes, bytes], bytes | None] = BoundedCache(_MEMORY)

    def glyphs(self, font: Any, digest: bytes) -> GlyphDigests | None:
        """Return what the codes of a font look like; `digest` is that of the font."""
        return self._glyphs.get_or_make(digest, lambda: digest_glyphs(font))

    def tidied(self, key: tuple[bytes, bytes], file: "FileDigests", stream: Any, resources: Any) -> bytes | None:
        """Return the tidy digest of a content stream; `key` is its digest and that of its resources."""
        return self._tidied.get_or_make(key, lambda: _TidyReading(file, resources).digest(stream))


class FileDigests:
    """Digests of the pages of one file, made once of objects that several use.

    Methods raise what ``leaflet.pdf.standards.pdf_objects.UNREADABLE`` names if the file is damaged.

    Args:
        reader: has the digests of other files.
        aside: keys whose values are in no digest.
        known: digests of objects that are not looked into.
    """

    def __init__(
        self,
        reader: ContentDigests,
        aside: frozenset[str] = _NOT_PAINTED,
        known: Mapping[ObjectId, bytes] | None = None,
    ) -> None:
        self.reader, self._aside, self._digests = reader, aside, dict(known or {})
        self._open: set[ObjectId] = set()

    def exact(self, page: pikepdf.Page) -> bytes:
        """Return a digest of what a page paints, instruction by instruction."""
        return _joined((self._frame(page), hashlib.sha256(_contents(page)).digest(), self.digest(page.resources)))

    def tidy(self, page: pikepdf.Page) -> bytes | None:
        """Return a digest of what a page paints, letters by their looks; None with fonts of other kinds."""
        used = self.digest(page.resources)
        tidied = [
            self.reader.tidied((self.digest(stream), used), self, stream, page.resources) for stream in _streams(page)
        ]
        parts = [part for part in tidied if part is not None]
        return _joined((self._frame(page), *parts)) if len(parts) == len(tidied) else None

    def notes(self, page: pikepdf.Page) -> bytes:
        """Return a digest of the annotations that are no links: form fields, stamps, comments."""
        found = (note for note in items(page.obj.get("/Annots")) if is_dictionary(note))
        return _joined(self.digest(note) for note in found if note.get("/Subtype") != "/Link")

    def whole(self, page: pikepdf.Page) -> bytes:
        """Return a digest of all that a page has, whether it paints or not, however its contents are cut."""
        rest = sorted({*page.obj.keys()} - {"/Contents", "/Resources", "/Type", *_BOXES} - self._aside)
        values = [part for key in rest for part in (key.encode(), self.digest(page.obj[key]))]
        operators = hashlib.sha256(b" ".join(_contents(page).split())).digest()
        return _joined((self._frame(page), operators, self.digest(page.resources), *values))

    def _frame(self, page: pikepdf.Page) -> bytes:
        return _joined(self.digest(_inherited(page.obj, key)) for key in _BOXES)

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
        if depth > _DEEPEST:
            raise ValueError("objects inside of one another without end")
        if isinstance(value, pikepdf.Stream):
            return _joined((b"stream", self._entries(value, depth), _decoded(value)))
        if isinstance(value, pikepdf.Dictionary):
            return _joined((b"dictionary", self._entries(value, depth)))
        if isinstance(value, pikepdf.Array):
            return _joined((b"array", *(self.digest(item, depth + 1) for item in value)))
        return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()

    def _entries(self, value: Any, depth: int) -> bytes:
        keys = sorted(set(value.keys()) - self._aside)
        return _joined(part for key in keys for part in (key.encode(), self.digest(value.get(key), depth + 1)))


class _FontInForce(NamedTuple):
    """The state of text that matters here: what the current font draws, its size."""

    glyphs: GlyphDigests | None
    size: bytes


class _TidyReading:
    """A reading of one content stream, letters by their looks; fonts must be selected in it.

    The digest takes in every instruction in its order, known or not, and the reading ends at the first that it cannot
    tell apart.
    """

    def __init__(self, file: FileDigests, resources: Any) -> None:
        self._file, self._resources = file, resources
        self._state = _FontInForce(None, b"")
        self._saved: list[_FontInForce] = []
        self._parts: list[bytes] = []

    def digest(self, stream: Any) -> bytes | None:
        """Return the tidy digest; None if letters cannot be told apart."""
        spaces = entries(self._resources, "/ColorSpace")
        self._append("defaults", *(self._file.digest(spaces.get(name)) for name in _DEFAULTS))
        for instruction in read_instructions(stream, strict=True):
            if not self._read(str(instruction.operator), list(instruction.operands)):
                return None
        return _joined(self._parts)

    def _read(self, operator: str, operands: list[Any]) -> bool:
        if operator in SHOW_TEXT:
            return self._show(operator, operands)
        if operator == "Tf":
            return self._select(operands)
        if operator == "Q" and not self._saved:
            return False  # what was saved before this stream is not known
        if operator == "q":
            self._saved.append(self._state)
        if operator == "Q":
            self._state = self._saved.pop()
        if operator == "Do":
            return self._paint(operands)
        if operator == "INLINE IMAGE" or (operator == "Tw" and float(operands[0])):
            return False  # spaces between words are wider where code 32 is shown, whatever it looks like
        if operator == "gs" and "/Font" in entries(entries(self._resources, "/ExtGState"), str(operands[0])):
            return False
        if operator == "BDC" and str(operands[0]) != "/OC":
            operands = []
        if operator not in _MARKS:
            self._append(operator, *(self._name(operator, operand) for operand in operands))
        return True

    def _append(self, operator: str, *operands: bytes) -> None:
        self._parts.append(b" ".join((operator.encode(), *operands)))

    def _name(self, operator: str, operand: Any) -> bytes:
        """Return the digest of an operand; names of resources count as what they stand for."""
        is_name = isinstance(operand, pikepdf.Name)
        found = entries(self._resources, _KINDS.get(operator, "")).get(str(operand)) if is_name else None
        return self._file.digest(operand if found is None else found)

    def _select(self, operands: list[Any]) -> bool:
        font = entries(self._resources, "/Font").get(str(operands[0]))
        if not is_dictionary(font):
            return False
        glyphs = self._file.reader.glyphs(font, self._file.digest(font))
        self._state = _FontInForce(glyphs, str(operands[1]).encode())
        return glyphs is not None

    def _show(self, operator: str, operands: list[Any]) -> bool:
        glyphs = self._state.glyphs
        if glyphs is None or operator not in ("Tj", "TJ"):
            return False
        self._append("show", self._state.size)
        for item in operands[0] if operator == "TJ" else operands:
            is_text = isinstance(item, pikepdf.String)
            self._parts += [glyphs[code] for code in bytes(item)] if is_text else [str(item).encode()]
        return True

    def _paint(self, operands: list[Any]) -> bool:
        found = entries(self._resources, "/XObject").get(str(operands[0]))
        if not isinstance(found, pikepdf.Stream):
            return False
        if found.get("/Subtype") != "/Form":
            self._append("Do", self._file.digest(found))
            return True
        resources = found.get("/Resources")
        if not is_dictionary(resources):
            return False
        key = (self._file.digest(found), self._file.digest(resources))
        tidied = self._file.reader.tidied(key, self._file, found, resources)
        frame = (self._file.digest(found.get(name)) for name in ("/BBox", "/Matrix", "/Group", "/OC"))
        self._append("Do", tidied or b"", *frame)
        return tidied is not None


def _contents(page: pikepdf.Page) -> bytes:
    return b"\n".join(stream.read_bytes() for stream in _streams(page))


def _streams(page: pikepdf.Page) -> Iterable[Any]:
    return [stream for stream in items(page.obj.get("/Contents")) if isinstance(stream, pikepdf.Stream)]


def _inherited(node: Any, key: str) -> Any:
    """Return the value of a page's key, or of a node above it (§7.7.3.4)."""
    for _ in range(_DEEPEST):
        if not is_dictionary(node) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if is_dictionary(node) else None


def _decoded(stream: Any) -> bytes:
    """Return the digest of a stream's data, decoded; as it is, with its filters, where no decoder knows them."""
    try:
        return hashlib.sha256(stream.read_bytes()).digest()
    except pikepdf.PdfError:
        filters = repr((stream.get("/Filter"), stream.get("/DecodeParms"))).encode()
        return hashlib.sha256(filters + stream.read_raw_bytes()).digest()


def _joined(parts: Iterable[bytes]) -> bytes:
    """Return one digest of several parts, each with its length, so that none runs into the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"%d:" % len(part))
        total.update(part)
    return total.digest()
