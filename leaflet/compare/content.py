"""Whether two pages paint the same, told from their instructions, without drawing them.

Two readings, each a digest, equal for pages that must look and read the same:

exact   decoded content and everything it uses, decoded: blind to compression, object numbers and order in the file
tidy    the same with each letter as what it looks like and means: blind to the letters a font has besides

Different digests say nothing: such pages are drawn (``pixels``) and read (``words``). Streams and pieces that many
files share are read once for a comparison. Links and tags are no part of either (``pdf_file``).
"""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import pikepdf

from leaflet.compare.glyphs import Looks, glyph_looks
from leaflet.conformance.pdf_objects import ObjectId, entries, is_dictionary, items, parse_content

_BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
# What does not paint: how a stream is packed, and ways back up into the file.
_ASIDE = frozenset({"/Length", "/Filter", "/DecodeParms", "/Parent", "/P", "/StructParent", "/StructParents", "/Pg"})
_ASIDE |= {"/Metadata", "/PieceInfo", "/LastModified", "/Name"}
_DEEPEST = 40  # objects inside of one another before a file counts as damaged
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_MARKS = frozenset({"BMC", "MP", "DP"})  # say what content is, without painting; BDC and EMC may hide a layer
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")  # colour spaces that stand in for others (§8.6.5.6)
_KINDS = {  # the resources that operands of these operators name
    "gs": "/ExtGState",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "sh": "/Shading",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
}
_MEMORY = 50_000  # pieces remembered


class Reader:
    """Reads the pages of many files, each distinct piece once."""

    def __init__(self) -> None:
        self._looks: dict[bytes, Looks | None] = {}
        self._tidied: dict[tuple[bytes, bytes], bytes | None] = {}

    def open(self, pdf: pikepdf.Pdf) -> "FileReader":
        """For the pages of one file."""
        return FileReader(pdf, self)

    def looks(self, font: Any, digest: bytes) -> Looks | None:
        """What the codes of a font look like; `digest` is that of the font."""
        if digest not in self._looks:
            self._looks[digest] = glyph_looks(font)
        return self._looks[digest]

    def tidied(self, key: tuple[bytes, bytes], file: "FileReader", stream: Any, resources: Any) -> bytes | None:
        """The tidy digest of a content stream; `key` is its digest and that of its resources."""
        if key not in self._tidied:
            if len(self._tidied) >= _MEMORY:
                self._tidied.clear()
            self._tidied[key] = _Tidier(file, resources).digest(stream)
        return self._tidied[key]


class FileReader:
    """Reads the pages of one file; objects used by several are read once.

    Methods raise what ``leaflet.conformance.pdf_objects.UNREADABLE`` names if the file is damaged.
    """

    def __init__(self, pdf: pikepdf.Pdf, reader: Reader) -> None:
        self._pdf = pdf
        self.reader = reader
        self._digests: dict[ObjectId, bytes] = {}
        self._open: set[ObjectId] = set()

    def exact(self, page: pikepdf.Page) -> bytes:
        """What a page paints, instruction by instruction."""
        contents = b"\n".join(stream.read_bytes() for stream in _streams(page))
        return _joined((self._frame(page), hashlib.sha256(contents).digest(), self.digest(page.resources)))

    def tidy(self, page: pikepdf.Page) -> bytes | None:
        """What a page paints, letters by their looks; None if it shows text in fonts of other kinds."""
        parts = [self._frame(page)]
        resources = page.resources
        used = self.digest(resources)
        for stream in _streams(page):
            tidied = self.reader.tidied((self.digest(stream), used), self, stream, resources)
            if tidied is None:
                return None
            parts.append(tidied)
        return _joined(parts)

    def notes(self, page: pikepdf.Page) -> bytes:
        """Annotations that are no links: form fields, stamps, comments."""
        found = (note for note in items(page.obj.get("/Annots")) if is_dictionary(note))
        return _joined(self.digest(note) for note in found if note.get("/Subtype") != "/Link")

    def _frame(self, page: pikepdf.Page) -> bytes:
        return _joined(self.digest(_inherited(page.obj, key)) for key in _BOXES)

    def digest(self, value: Any, depth: int = 0) -> bytes:
        """An object with all it leads to, decoded."""
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
        keys = sorted(set(value.keys()) - _ASIDE)
        return _joined(part for key in keys for part in (key.encode(), self.digest(value.get(key), depth + 1)))


class _Shown(NamedTuple):
    """The state of text that matters here: the looks of the current font, its size."""

    looks: Looks | None
    size: bytes


class _Tidier:
    """Reads one content stream; what it shows must be in fonts it selects itself."""

    def __init__(self, file: FileReader, resources: Any) -> None:
        self._file = file
        self._resources = resources
        self._state = _Shown(None, b"")
        self._saved: list[_Shown] = []
        self._parts: list[bytes] = []

    def digest(self, stream: Any) -> bytes | None:
        """The tidy digest; None if letters cannot be told apart."""
        spaces = entries(self._resources, "/ColorSpace")
        self._say("defaults", *(self._file.digest(spaces.get(name)) for name in _DEFAULTS))
        for instruction in parse_content(stream):
            if not self._read(str(instruction.operator), list(instruction.operands)):
                return None
        return _joined(self._parts)

    def _read(self, operator: str, operands: list[Any]) -> bool:
        if operator in _SHOWING:
            return self._show(operator, operands)
        if operator == "Tf":
            return self._select(operands)
        if operator == "Q" and not self._saved:
            return False  # what was saved before this stream is not known
        if operator in ("q", "Q"):
            self._save(is_saving=operator == "q")
        if operator == "Do":
            return self._paint(operands)
        if operator == "INLINE IMAGE" or (operator == "Tw" and float(operands[0])):
            return False  # spaces between words are wider where code 32 is shown, whatever it looks like
        if operator == "gs" and "/Font" in entries(entries(self._resources, "/ExtGState"), str(operands[0])):
            return False
        if operator == "BDC" and str(operands[0]) != "/OC":
            operands = []
        if operator not in _MARKS:
            self._say(operator, *(self._name(operator, operand) for operand in operands))
        return True

    def _say(self, operator: str, *operands: bytes) -> None:
        self._parts.append(b" ".join((operator.encode(), *operands)))

    def _name(self, operator: str, operand: Any) -> bytes:
        """An operand; names of resources as what they stand for."""
        if isinstance(operand, pikepdf.Name):
            found = entries(self._resources, _KINDS.get(operator, "")).get(str(operand))
            if found is not None:
                return self._file.digest(found)
        return self._file.digest(operand)

    def _save(self, *, is_saving: bool) -> None:
        if is_saving:
            self._saved.append(self._state)
        else:
            self._state = self._saved.pop()

    def _select(self, operands: list[Any]) -> bool:
        font = entries(self._resources, "/Font").get(str(operands[0]))
        if not is_dictionary(font):
            return False
        looks = self._file.reader.looks(font, self._file.digest(font))
        self._state = _Shown(looks, str(operands[1]).encode())
        return looks is not None

    def _show(self, operator: str, operands: list[Any]) -> bool:
        looks = self._state.looks
        if looks is None or operator not in ("Tj", "TJ"):
            return False
        self._say("show", self._state.size)
        for item in operands[0] if operator == "TJ" else operands:
            if isinstance(item, pikepdf.String):
                self._parts += [looks[code] for code in bytes(item)]
            else:
                self._parts.append(str(item).encode())
        return True

    def _paint(self, operands: list[Any]) -> bool:
        found = entries(self._resources, "/XObject").get(str(operands[0]))
        if not isinstance(found, pikepdf.Stream):
            return False
        if found.get("/Subtype") != "/Form":
            self._say("Do", self._file.digest(found))
            return True
        resources = found.get("/Resources")
        if not is_dictionary(resources):
            return False
        key = (self._file.digest(found), self._file.digest(resources))
        tidied = self._file.reader.tidied(key, self._file, found, resources)
        frame = (self._file.digest(found.get(name)) for name in ("/BBox", "/Matrix", "/Group", "/OC"))
        self._say("Do", tidied or b"", *frame)
        return tidied is not None


def _streams(page: pikepdf.Page) -> Iterable[Any]:
    return [stream for stream in items(page.obj.get("/Contents")) if isinstance(stream, pikepdf.Stream)]


def _inherited(node: Any, key: str) -> Any:
    """The value of a page's key, or of a node above it (§7.7.3.4)."""
    for _ in range(_DEEPEST):
        if not is_dictionary(node) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if is_dictionary(node) else None


def _decoded(stream: Any) -> bytes:
    """The digest of a stream's data: decoded, or as it is with its filters where no decoder knows them."""
    try:
        return hashlib.sha256(stream.read_bytes()).digest()
    except pikepdf.PdfError:
        filters = repr((stream.get("/Filter"), stream.get("/DecodeParms"))).encode()
        return hashlib.sha256(filters + stream.read_raw_bytes()).digest()


def _joined(parts: Iterable[bytes]) -> bytes:
    """One digest of several parts, each with its length, so that none runs into the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"%d:" % len(part))
        total.update(part)
    return total.digest()
