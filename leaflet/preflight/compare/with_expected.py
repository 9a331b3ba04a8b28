"""Hold a file against the one that was expected in its place: all that differs, but for how it is packed.

A file that was saved again by another program has other object numbers, other compression, another order; nobody sees
or reads anything else. Whatever differs besides is told by page where pages show it, by part where none does.
"""

from collections.abc import Iterator
from typing import Any, Literal
from xml.etree.ElementTree import ParseError, canonicalize, tostring

import pikepdf
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from msgspec import Struct

from leaflet.pdf.standards.pdf_objects import entries
from leaflet.preflight.compare.content import PACKING, FileDigests
from leaflet.preflight.compare.differences import PageChange
from leaflet.preflight.compare.pages_drawn import find_changed_pages
from leaflet.preflight.compare.pdf_file import ComparedFile

Part = Literal["pages", "tags", "metadata", "actions", "settings"]
_PARTS: dict[str, Part] = {  # of the catalogue; what is not named is a setting
    **dict.fromkeys(("/StructTreeRoot", "/MarkInfo", "/Lang"), "tags"),
    **dict.fromkeys(("/Metadata", "/PieceInfo"), "metadata"),
    **dict.fromkeys(("/Names", "/OpenAction", "/AA", "/AcroForm", "/Outlines", "/Dests", "/AF"), "actions"),
}
_BY_PAGES = frozenset({"/Pages", "/Type", "/Version", "/Extensions"})  # and what a program that saves may put
_SAVED = frozenset({"/Producer", "/ModDate", "/CreationDate"})  # what it says of itself, and SOURCE_DATE_EPOCH
_SAVED_XMP = frozenset(
    f"{{http://ns.adobe.com/{name}"
    for name in ("pdf/1.3/}Producer", "xap/1.0/}CreateDate", "xap/1.0/}ModifyDate", "xap/1.0/}MetadataDate")
)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


class Difference(Struct, frozen=True, kw_only=True):
    """The differences of a file from the one that was expected in its place."""

    pages: tuple[PageChange, ...]  # pages that look or read differently, are missing or too many
    parts: tuple[Part, ...]  # parts that differ although no page shows it; of actions, what is attached too

    @property
    def is_packing(self) -> bool:
        """Tell whether nothing differs but how the file is packed."""
        return not self.pages and not self.parts


def compare_with_expected(expected: bytes, found: bytes) -> Difference:
    """Return what differs between a file and the one that was expected, if both can be read."""
    with ComparedFile(expected) as old, ComparedFile(found) as new:
        pages = tuple(find_changed_pages(old, new))
        parts = dict.fromkeys(_changed_parts(old.pdf, new.pdf))
    if pages:
        parts.pop("pages", None)
    return Difference(pages=pages, parts=tuple(parts))


def _changed_parts(old: pikepdf.Pdf, new: pikepdf.Pdf) -> Iterator[Part]:
    """Yield the part of each thing that differs."""
    numbers = ({page.obj.objgen: b"page %d" % at for at, page in enumerate(pdf.pages)} for pdf in (old, new))
    before, after = (FileDigests(PACKING, known) for known in numbers)
    if [before.whole(page) for page in old.pages] != [after.whole(page) for page in new.pages]:
        yield "pages"
    for key in sorted({*old.Root.keys(), *new.Root.keys()} - _BY_PAGES):
        values = old.Root.get(key), new.Root.get(key)
        if key == "/Metadata" and all(isinstance(value, pikepdf.Stream) for value in values):
            is_same = _statements(values[0]) == _statements(values[1])
        else:
            is_same = before.digest(values[0]) == after.digest(values[1])
        if not is_same:
            yield _PARTS.get(key, "settings")
    infos = entries(old.trailer, "/Info"), entries(new.trailer, "/Info")
    keys = {key for info in infos for key in list(info.keys())} - _SAVED
    if any(str(infos[0].get(key)) != str(infos[1].get(key)) for key in keys):  # in whatever encoding
        yield "metadata"
    if old.is_encrypted != new.is_encrypted:
        yield "settings"


def _statements(metadata: Any) -> frozenset[str]:
    """Return what metadata say, in any order, without what a program that saves says of itself."""
    data = metadata.read_bytes()
    try:
        return frozenset(_read_statements(fromstring(data)))
    except (ParseError, DefusedXmlException, ValueError):
        return frozenset({repr(data)})


def _read_statements(root: Any) -> Iterator[str]:
    """Yield the properties of XMP, which may be attributes or elements (ISO 16684-1 §7.9)."""
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.items():
            if name not in _SAVED_XMP and name != f"{_RDF}about":
                yield f"{name}={value}"
        for item in description:
            if item.tag not in _SAVED_XMP:
                is_simple = not len(item) and not item.attrib
                text = (item.text or "").strip()
                yield f"{item.tag}={text}" if is_simple else canonicalize(tostring(item, "unicode"), strip_text=True)
