"""A finished PDF file that was opened: its metadata, its pages, and its damage.

Objects are read with pikepdf, what is seen on pages with PDFium (through ``pieces``). A damaged file raises no error:
what cannot be read is listed in `FinishedFile.damage`, and the rest is judged all the same.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import cached_property, partial
from io import BytesIO
from typing import Any

import pikepdf

from leaflet.campaign.model import DRAFT_MARKS
from leaflet.geometry import PT_PER_INCH, UM_PER_INCH, Box, PageView, Sides
from leaflet.pdf.standards.pdf_objects import (
    MOST_UNPACKED,
    clean_message,
    inherited,
    read_rectangle,
    unpacks_without_end,
)
from leaflet.pdf.standards.tags import check_tags, read_stream
from leaflet.preflight.compare.content import UPWARDS, FileDigests, digest
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.compare.with_expected import Difference, compare_with_expected
from leaflet.preflight.pdf.attachments import Attachments, find_attachments
from leaflet.preflight.pdf.evidence import Evidence, FoundLink, join_evidence
from leaflet.preflight.pdf.fingerprint import make_structure_key
from leaflet.preflight.pdf.page_pieces import Contents, Memory, contents_of, find_cut
from leaflet.preflight.pdf.web_addresses import FoundAddress, find_addresses
from leaflet.preflight.pdf.writing_lines import LabelledLine, find_labelled_lines
from leaflet.preflight.pdf.written_dates import WrittenDate, find_dates

Known = dict[str, tuple[Any, ...]]  # what rules found, by their codes

_TAIL = 64  # bytes that are searched for the end (ISO 32000-1 §7.5.5)
_HEAD = 1024  # bytes that are searched for the beginning
_BLANK = b"\xef\xbb\xbf\r\n\t\0 "  # before it, harmless: a byte order mark, white space


class FinishedPage:
    """A page of a finished file, counted from 1, whose boxes are in µm from the top left of its visible part."""

    def __init__(self, file: "FinishedFile", number: int, page: pikepdf.Page) -> None:
        self.file, self.number, self._page = file, number, page

    @property
    def obj(self) -> pikepdf.Dictionary:
        """The page's dictionary, for entries that have no attribute here."""
        return self._page.obj

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence of the page; if it cannot be read, it is empty."""
        return join_evidence([found for _, found in self._read])

    @cached_property
    def pieces(self) -> tuple["FinishedPage", ...]:
        """The page with each of its pieces alone."""
        cut = find_cut(self._page)
        pieces = [FinishedPage(self.file, self.number, self._page) for _ in self._read]
        for piece, (key, evidence) in zip(pieces, self._read, strict=True):
            piece.evidence, piece.content_key = evidence, digest(key, cut)
        return tuple(pieces)

    @cached_property
    def _read(self) -> tuple[tuple[bytes, Evidence], ...]:
        """The evidence of its pieces; if the page cannot be read, there is none, and the file has one more damage."""
        if not (self.visible.width and self.visible.height):  # readers take hours over a page as wide as an ocean
            self.file.add_damage(f"page {self.number}: its MediaBox is no sheet of paper")
            return ()
        if self.file.is_bomb:
            return ()
        try:
            if problem := self.file.memory.problem(self.contents):
                self.file.add_damage(f"page {self.number}: {clean_message(problem)}")
            return self.file.memory.read(self.file.pdf, self._page, self.contents)
        except DAMAGED as error:
            self.file.add_damage(f"page {self.number}: {clean_message(error)}")
            return ()

    @cached_property
    def turning(self) -> PageView:
        """The crop and rotation by which the page is seen."""
        return PageView(self._sides("/CropBox") or self._sides("/MediaBox") or (0.0, 0.0, 0.0, 0.0), self.rotation)

    @cached_property
    def addresses(self) -> tuple[FoundAddress, ...]:
        """The web addresses in its text."""
        return find_addresses(self.evidence)

    @cached_property
    def contents(self) -> Contents:
        """The content streams of the page."""
        return contents_of(self._page, self.file.prints, self.file.memory, self.file.root.get("/OCProperties"))

    @cached_property
    def content_key(self) -> bytes:
        """A hash of all that the page shows: contents, fonts, pictures, boxes; links and tags are not in it."""
        return digest(self.contents.frame, find_cut(self._page), *self.contents.hashes)

    @cached_property
    def seen_before(self) -> Known:
        """The findings on pages that show the same, in files with the same claims: rules add to them."""
        return self._known(self.content_key)

    @cached_property
    def linked_before(self) -> Known | None:
        """The findings on pages with the same links, likewise; None if these cannot be read."""
        return None if self.links_key is None else self._known(self.links_key)

    def _known(self, key: bytes) -> Known:
        return self.file.memory.recall(b"findings", digest(key, self.file.claimed), dict)

    @cached_property
    def links_key(self) -> bytes | None:
        """A hash of its annotations, and of bookmarks on the first page; None if they cannot be read."""
        with suppress(*DAMAGED):
            bookmarks = self.file.bookmarked if self.number == 1 else ()
            return digest(self.file.prints.digest(self.obj.get("/Annots")), repr((self.turning, bookmarks)).encode())
        return None

    @cached_property
    def text(self) -> str:
        """The text of the page, line by line."""
        return self.evidence.text

    @cached_property
    def labelled_lines(self) -> tuple[LabelledLine, ...]:
        """The lines to write on, with their labels."""
        return find_labelled_lines(self.evidence)

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """The dates in its text."""
        return find_dates(self.text)

    @property
    def visible(self) -> Box:
        """The visible part of the page, from whose top left all other boxes are measured."""
        return self.turning.visible

    def box(self, key: str) -> Box | None:
        """Return ``/MediaBox``, ``/TrimBox``, ``/BleedBox`` …; None if the page has none that is a rectangle."""
        sides = self._sides(key)
        return None if sides is None else self.turning.place(sides)

    @property
    def trim(self) -> Box:
        """The page after cutting."""
        return self.box("/TrimBox") or self.visible

    @property
    def rotation(self) -> int:
        """The degrees by which the page is turned when it is shown."""
        with suppress(*DAMAGED):
            return int(self.obj.get("/Rotate", 0)) % 360
        return 0

    @cached_property
    def annotations(self) -> tuple[pikepdf.Dictionary, ...]:
        """All annotations."""
        found = self.obj.get("/Annots")
        items = list(found) if isinstance(found, pikepdf.Array) else []
        return tuple(item for item in items if isinstance(item, pikepdf.Dictionary))

    @property
    def alternatives(self) -> Sequence[str]:
        """The texts that are read out in place of the page's pictures."""
        return self.file.alternatives.get(self.obj.objgen, ())

    @cached_property
    def links(self) -> tuple[FoundLink, ...]:
        """The link annotations, in the order of the file."""
        found = []
        for annotation in self.annotations:
            if annotation.get("/Subtype") != "/Link":
                continue
            action = annotation.get("/A")
            kind, uri = "", None
            if isinstance(action, pikepdf.Dictionary):
                kind = str(action.get("/S", ""))[1:]
                uri = read_text(action.get("/URI")) if kind == "URI" else None
            elif annotation.get("/Dest") is not None:
                kind = "GoTo"
            sides = _sides(annotation.get("/Rect"))
            box = self.turning.place(sides) if sides else Box(0, 0, 0, 0)
            contents = read_text(annotation.get("/Contents")) or ""
            found.append(FoundLink(uri=uri, action=kind, box=box, contents=contents))
        return tuple(found)

    def _sides(self, key: str) -> Sides | None:
        is_inherited = key in ("/MediaBox", "/CropBox")
        return _sides(inherited(self.obj, key) if is_inherited else self.obj.get(key))


class FinishedFile(AbstractContextManager["FinishedFile"]):
    """A finished PDF file, opened to be judged.

    Args:
        name: its name in messages.
        data: its bytes.
        memory: the evidence of pieces that other files had too.
        is_personal: whether it holds names of persons.
        expected: the bytes of the file that is expected in its place; None if it is that one, or nobody knows.
    """

    def __init__(
        self, name: str, data: bytes, memory: Memory, *, is_personal: bool = False, expected: bytes | None = None
    ) -> None:
        self.name, self.data, self.memory, self.is_personal = name, data, memory, is_personal
        self.expected = expected
        self._damage: list[str] = []
        self.is_bomb = False  # whether a stream unpacks to too much
        self.pages: list[FinishedPage] = []
        self.pdf = self._open()
        self.prints = FileDigests(UPWARDS, is_packed=True)
        if not self._damage or len(self.pdf.Root.keys()):
            try:
                self.pages.extend(FinishedPage(self, number, page) for number, page in enumerate(self.pdf.pages, 1))
            except DAMAGED as error:
                self.add_damage(clean_message(error))
        self._check_bytes()
        self._damage_of_bytes = self.damage  # without what is found later, while pages are read

    def __exit__(self, *_: object) -> None:
        self.pdf.close()

    @property
    def damage(self) -> tuple[str, ...]:
        """The damage of the file, each once; more may be found while pages are read."""
        return tuple(dict.fromkeys(self._damage))

    def add_damage(self, text: str) -> None:
        """Add a damage."""
        self._damage.append(text)

    @cached_property
    def info(self) -> dict[str, str]:
        """The document information dictionary, keys without their slash."""
        with suppress(*DAMAGED):
            return {str(key)[1:]: read_text(value) or "" for key, value in self.pdf.docinfo.items()}
        return {}

    @cached_property
    def xmp(self) -> str:
        """The metadata stream as text."""
        found = self.root.get("/Metadata")
        with suppress(*DAMAGED):
            if isinstance(found, pikepdf.Stream):
                return bytes(found.read_bytes()).decode("utf-8", "replace")
        return ""

    @property
    def root(self) -> pikepdf.Object:
        """The catalogue."""
        return self.pdf.Root

    @cached_property
    def claims(self) -> frozenset[str]:
        """The standards that the file claims to follow: ``ua1``, ``2a``, ``x4``, and so on."""
        patterns = {
            "ua": r"pdfuaid:part\W+(\d)",
            "": r"pdfaid:part\W+(\d)(?:[^A-Za-z]|/?pdfaid:part|rdf:\w+)*pdfaid:conformance\W+([ABUabu])",
            "x": r"GTS_PDFXVersion\W+PDF/X-(\d)",
            "vt": r"GTS_PDFVTVersion\W+PDF/VT-(\d)",
        }
        found = {name: re.search(pattern, self.xmp) for name, pattern in patterns.items()}
        return frozenset(name + "".join(match.groups()).lower() for name, match in found.items() if match)

    @cached_property
    def claimed(self) -> bytes:
        """The claims, and whose file it is, as a part of keys."""
        return repr((sorted(self.claims), self.is_ours)).encode()

    @property
    def is_ours(self) -> bool:
        """Tell whether leaflet has made the file."""
        return self.info.get("Producer", "").startswith("leaflet ")

    @property
    def is_draft(self) -> bool:
        """Tell whether the file is one of our drafts, whose pages are smaller than they will be."""
        return self.is_ours and self.info.get("Title", "").partition(" – ")[0] in DRAFT_MARKS.values()

    @property
    def is_print_run(self) -> bool:
        """Tell whether the file is one of our print runs: leaflets of many schools, without tags."""
        return self.is_ours and self.root.get("/StructTreeRoot") is None

    @cached_property
    def structure_key(self) -> bytes:
        """A hash of its structure without texts and places, equal for files of one template, unless damaged."""
        head, damage = self.data[:_HEAD].partition(b"%PDF-")[0], "\n".join(self._damage_of_bytes).encode()
        return digest(make_structure_key(self.pdf, self.memory.recall), head, damage)

    @cached_property
    def carried(self) -> Attachments:
        """The scripts, attached files and filled forms in the file."""
        return find_attachments(self.pdf)

    @cached_property
    def bookmarked(self) -> tuple[str, ...]:
        """The addresses that bookmarks open; most structures have no such bookmark."""
        is_any = self.memory.recall(b"bookmarked", self.structure_key, lambda: bool(self.carried.addresses))
        return self.carried.addresses if is_any else ()

    @cached_property
    def difference(self) -> Difference | None:
        """The differences from the file that is expected in its place, if both can be read; None if none is."""
        return None if self.expected is None else compare_with_expected(self.expected, self.data)

    @cached_property
    def alternatives(self) -> Mapping[tuple[int, int], Sequence[str]]:
        """The texts that are read out in place of pictures, by the object number of their page."""
        found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        with suppress(*DAMAGED):
            for item in self.pdf.objects:
                if isinstance(item, pikepdf.Dictionary) and "/Alt" in item and "/Pg" in item:
                    found[item["/Pg"].objgen].append(read_text(item["/Alt"]) or "")
        return found

    @cached_property
    def structure(self) -> tuple[str, ...]:
        """The contradictions in its structure; see `leaflet.pdf.standards.tags`."""
        try:
            return tuple(check_tags(self.pdf, self._read_marks))
        except pikepdf.PdfError as error:
            return (f"the file cannot be read: {error}",)
        except DAMAGED as error:
            return (f"the structure cannot be read: {clean_message(error)}",)

    def _read_marks(self, stream: pikepdf.Stream, resources: pikepdf.Object) -> Counter[int] | None:
        key = digest(stream.read_raw_bytes(), stream.stream_dict.unparse(), self.prints.digest(resources))
        return self.memory.recall(b"marks", key, partial(read_stream, stream, resources))

    def _open(self) -> pikepdf.Pdf:
        try:
            pdf = pikepdf.open(BytesIO(self.data), conversion_mode="implicit")
            _ = pdf.Root
        except pikepdf.PasswordError:
            raise
        except DAMAGED as error:
            self.add_damage(clean_message(error))
            return pikepdf.new()
        return pdf

    def _check_bytes(self) -> None:
        """Find damage that readers repair and archives refuse: a missing end, streams that do not unpack."""
        head, mark, _ = self.data[:_HEAD].partition(b"%PDF-")
        if not mark:
            self.add_damage("it does not begin as a PDF file")
        elif head.strip(_BLANK):
            self.add_damage("something else stands before its beginning")
        if not self.data[-_TAIL:].rstrip(b"\r\n\0 ").endswith(b"%%EOF"):
            self.add_damage("its end is missing")
        try:
            for item in self.pdf.objects:
                if isinstance(item, pikepdf.Stream):
                    self._check_stream(item)
        except DAMAGED as error:
            self.add_damage(clean_message(error))
        self._add_warnings()

    def _check_stream(self, stream: pikepdf.Stream) -> None:
        raw = stream.read_raw_bytes()
        key = digest(*(self.prints.digest(stream.get(name)) for name in ("/Filter", "/DecodeParms")), raw)
        if key in self.memory.whole:
            return
        try:  # to unpack it, all but JPEG data, so that its checksum is compared, which readers of PDF do not do
            kind = str(stream.get("/Filter"))
            if kind == "/FlateDecode" and unpacks_without_end(raw):
                self.is_bomb = True
                raise zlib.error(f"it unpacks to more than {MOST_UNPACKED >> 20} MiB")
            if "/DCTDecode" not in kind:
                stream.read_bytes()
        except (pikepdf.PdfError, zlib.error) as error:
            self.add_damage(f"object {stream.objgen[0]}: {clean_message(error)}")
            return
        if not self._add_warnings():
            self.memory.whole.add(key)

    def _add_warnings(self) -> bool:
        """Add what the parser has complained of since it was asked last; tell whether there was anything."""
        found = self.pdf.get_warnings()
        for warning in found:
            self.add_damage(clean_message(warning))
        return bool(found)


def _sides(item: Any) -> Sides | None:
    """Read a rectangle in points, its corners in order; None if it is none, or reaches further than ten metres."""
    found, limit = read_rectangle(item), 1e7 * PT_PER_INCH / UM_PER_INCH
    return found if found is not None and all(abs(side) < limit for side in found) else None


def read_text(item: object) -> str | None:
    """Read a text string of the file; None for anything else."""
    if isinstance(item, str):
        return item
    if isinstance(item, pikepdf.String):
        with suppress(*DAMAGED):
            return str(item)
    return None
