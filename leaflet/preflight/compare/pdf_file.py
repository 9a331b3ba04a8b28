"""A PDF file as the comparison opens it: its pages for two readers, its links, its properties.

pikepdf reads objects, PDFium draws and reads text. Both open every file: one may refuse what the other repairs.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2

from leaflet.faults import Fault, Place, Report
from leaflet.geometry import Box, PageView, Um
from leaflet.pdf.standards.pdf_objects import (
    UNREADABLE,
    entries,
    is_dictionary,
    items,
    read_rectangle,
    unpacks_without_end,
)
from leaflet.preflight.compare.content import FileDigests
from leaflet.preflight.compare.differences import PropertyChange, PropertyName, changed_texts
from leaflet.preflight.compare.word_changes import PageText, read_text

DAMAGED = (*UNREADABLE, pypdfium2.PdfiumError)  # what damaged files make both readers raise

_CLAIMS = (  # how standards are claimed in XMP, as an element or as an attribute
    ("PDF/A-", re.compile(r"pdfaid:part(?:>|=[\"'])\s*(\w+)")),
    ("PDF/A conformance ", re.compile(r"pdfaid:conformance(?:>|=[\"'])\s*(\w+)")),
    ("PDF/UA-", re.compile(r"pdfuaid:part(?:>|=[\"'])\s*(\w+)")),
    ("", re.compile(r"pdfxid:GTS_PDFXVersion(?:>|=[\"'])\s*([^<\"']+)")),
    ("", re.compile(r"pdfvtid:GTS_PDFVTVersion(?:>|=[\"'])\s*([^<\"']+)")),
)
_STREAM = re.compile(r"(?:stream )?<[^>]*>(?: \([^)]*\))?: ")
_DEEPEST = 200  # levels of a structure tree that are followed
_A4 = (0.0, 0.0, 595.0, 842.0)


class PageLink(NamedTuple):
    """A clickable place and where it leads: an address, ``#`` and a place in the file, or the kind of an action."""

    target: str
    box: Box


class ComparedFile(AbstractContextManager["ComparedFile"]):
    """An open file of a comparison; a context manager.

    Raises:
        DAMAGED: here or when a page is asked for.
    """

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))  # for pikepdf, as its pages
        self.reader = FileDigests()  # reads the contents of pages
        self.pages: list[pikepdf.Page] = list(self.pdf.pages)
        self._repairs: list[str] = []
        try:
            if not self.pages:
                raise ValueError("the file has no page")
            self.document = pypdfium2.PdfDocument(data)  # PDFium may refuse what pikepdf repairs, as a printer would
            if (count := len(self.document)) != len(self.pages):
                self.document.close()
                raise ValueError(f"one reader finds {len(self.pages)} pages, another one {count}")
        except Exception:
            self.pdf.close()
            raise

    def __exit__(self, *_: object) -> None:
        self.document.close()
        self.pdf.close()

    @cached_property
    def exact(self) -> list[bytes]:
        """The digest of each page's contents."""
        return [self.reader.exact(page) for page in self.pages]

    @property
    def repairs(self) -> list[str]:
        """The damages that pikepdf could repair so far."""
        # pikepdf gives each warning only once
        self._repairs += [_cleaned(str(warning)) for warning in self.pdf.get_warnings()]
        return self._repairs

    def check_streams(self) -> None:
        """Raise a ValueError if the checksum of a compressed stream is wrong, which PDF readers do not look at."""
        for item in self.pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/FlateDecode":
                try:
                    unpacks_without_end(item.read_raw_bytes())
                except zlib.error as error:
                    raise ValueError(f"object {item.objgen[0]}: {error}") from None

    def read_through(self) -> None:
        """Read all pages with both readers, which raises if the file is damaged."""
        for number in range(len(self.exact)):
            self.text(number)
            self.links(number)
        self.properties()

    def text(self, number: int) -> PageText:
        """Return the words of a page, counted from 0, as PDFium reads them."""
        return read_text(self.document[number], self.view(number))

    def view(self, number: int) -> PageView:
        """Return the part of a page, counted from 0, that is seen."""
        page = self.pages[number]
        media = read_rectangle(page.mediabox) or _A4
        crop = read_rectangle(page.cropbox) or media
        left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
        right, top = min(media[2], crop[2]), min(media[3], crop[3])
        return PageView((left, bottom, right, top), page.rotation % 360)

    def size(self, number: int) -> tuple[Um, Um]:
        """Return the width and the height of a page, counted from 0, as it is seen."""
        visible = self.view(number).visible
        return abs(visible.width), abs(visible.height)  # a crop box beside the page has its sides in another order

    def links(self, number: int) -> list[PageLink]:
        """Return the links of a page, counted from 0, in the order of the file."""
        view, found = self.view(number), []
        for note in items(self.pages[number].obj.get("/Annots")):
            if is_dictionary(note) and note.get("/Subtype") == "/Link" and (box := read_rectangle(note.get("/Rect"))):
                found.append(PageLink(self._target(note), view.place(box)))
        return found

    def _target(self, link: Any) -> str:
        """Return where a link annotation leads, as in `PageLink.target`."""
        action = entries(link, "/A")
        kind = str(action.get("/S", ""))
        if kind == "/URI":
            return str(action.get("/URI", ""))
        if kind in ("", "/GoTo"):
            return "#" + self._destination(action.get("/D") if kind else link.get("/Dest"))
        return kind[1:]

    def _destination(self, place: Any) -> str:
        """Return a page and the way it is shown, or the name of a place."""
        if not isinstance(place, pikepdf.Array) or not len(place):
            return str(place) if place is not None else ""
        number = next((n for n, page in enumerate(self.pages, 1) if page.obj.objgen == place[0].objgen), 0)
        return " ".join((str(number), *(str(item) for item in list(place)[1:])))

    def properties(self) -> dict[PropertyName, str]:
        """Return the properties that no page shows; those that the file does not have are empty."""
        root, info = self.pdf.Root, entries(self.pdf.trailer, "/Info")
        view, intents = entries(root, "/ViewerPreferences"), items(root.get("/OutputIntents"))
        metadata = root.get("/Metadata")
        profiles = (  # name and the beginning of the digest of each
            f"{intent.get('/OutputConditionIdentifier', '')} "
            f"({self.reader.digest(intent.get('/DestOutputProfile')).hex()[:8]})"
            if is_dictionary(intent)
            else ""
            for intent in intents
        )
        return {
            "title": str(info.get("/Title", "")),
            "author": str(info.get("/Author", "")),
            "language": str(root.get("/Lang", "")),
            "claims": claims(metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""),
            "tags": "tagged" if "/StructTreeRoot" in root else "",
            "alternative": "\n".join(_alternatives(root.get("/StructTreeRoot"))),
            "duplex": str(view.get("/Duplex", "")).lstrip("/"),
            "scaling": str(view.get("/PrintScaling", "")).lstrip("/"),
            "profile": " ".join(profiles),
            "actions": " ".join(key[1:] for key in ("/OpenAction", "/AA") if key in root),
        }


def compare_properties(
    old: Mapping[PropertyName, str], new: Mapping[PropertyName, str]
) -> tuple[PropertyChange, ...]:
    """Return the properties that differ; of lists, the lines that differ."""
    return tuple(
        PropertyChange(name=name, old=before, new=after)
        for name, value in old.items()
        for before, after in changed_texts(value.split("\n"), new[name].split("\n"))
    )


def claims(metadata: bytes) -> str:
    """Return the standards that a file claims to conform to, from its XMP."""
    text = metadata.decode("utf-8", "replace")
    found = ((name, pattern.search(text)) for name, pattern in _CLAIMS)
    return ", ".join(name + match[1] for name, match in found if match)


def _alternatives(root: Any) -> Iterator[str]:
    """Yield the texts read out instead of pictures, in the order of the structure tree (ISO 32000-1 §14.9.3)."""
    waiting, met = [(root, 0)], set()
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST or (node.is_indirect and node.objgen in met):
            continue
        met.add(node.objgen)
        yield from (str(node.get(key)) for key in ("/Alt", "/ActualText") if key in node)
        waiting += [(kid, depth + 1) for kid in reversed(items(node.get("/K")))]


def open_pdf(data: bytes, place: Place, report: Report) -> ComparedFile | None:
    """Open a file; None after reporting why it cannot be read."""
    try:
        return ComparedFile(data)
    except pikepdf.PasswordError:
        report.add("D104", place)
    except DAMAGED as error:
        report.extend([unreadable(place, error)])
    return None


def _cleaned(message: str) -> str:
    """Return a message on one line, without the name of the stream, a number that differs from call to call."""
    return " ".join(_STREAM.sub("", message).split())


def unreadable(place: Place, error: Exception) -> Fault:
    """Return the fault of a file that is damaged, or turned out to be while it was read."""
    return Fault("D103", place, {"problem": _cleaned(str(error)) or type(error).__name__})
