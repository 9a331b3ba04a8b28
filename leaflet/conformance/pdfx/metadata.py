"""XMP of a print-shop file (ISO 16684-1): which standard it claims, and that it says what print shops ask for.

Read with defusedxml, without document types, for anybody may have written it: nothing of ``leaflet/pdf`` is used.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import pikepdf
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from leaflet.conformance.pdf_objects import PressFile

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFX = "{http://www.npes.org/pdfx/ns/id/}"

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_TEXTS = {
    "dc:title": f"{_DC}title",
    "xmp:CreatorTool": f"{_XMP}CreatorTool",
    "xmpMM:DocumentID": f"{_MM}DocumentID",
    "xmpMM:InstanceID": f"{_MM}InstanceID",
    "xmpMM:VersionID": f"{_MM}VersionID",
    "xmpMM:RenditionClass": f"{_MM}RenditionClass",
}
_DATES = {f"xmp:{name}": f"{_XMP}{name}" for name in ("CreateDate", "ModifyDate", "MetadataDate")}


def read_xmp(file: PressFile) -> dict[str, str]:
    """Return the properties of the catalog's metadata stream by namespace and name; of lists the first item.

    Raises:
        ValueError: no stream, no XML, or XML with a document type.
    """
    stream = file.root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        raise ValueError("the catalog has no metadata stream")
    data = bytes(stream.read_bytes())
    try:
        tree = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise ValueError("the metadata declare a document type") from None
    except ParseError as error:
        raise ValueError(f"the metadata are no XML: {error}") from None
    return dict(_properties(tree))


def _properties(tree: Any) -> Iterator[tuple[str, str]]:
    for description in tree.iter(f"{_RDF}Description"):
        yield from description.attrib.items()
        for child in description:
            listed = child.find(f".//{_RDF}li")
            yield child.tag, ((child if listed is None else listed).text or "").strip()


def _xmp_or_nothing(file: PressFile) -> dict[str, str] | None:
    """Return the properties, None if they cannot be read, which `check_claim` reports once."""
    try:
        return read_xmp(file)
    except ValueError:
        return None


def check_claim(file: PressFile) -> Iterator[str]:
    """Check that the metadata stream is not compressed and claims PDF/X-4."""
    xmp = read_xmp(file)
    if "/Filter" in file.root.Metadata:
        yield "the metadata stream is filtered"
    claim = xmp.get(f"{_PDFX}GTS_PDFXVersion")
    if claim != "PDF/X-4":
        yield f"pdfxid:GTS_PDFXVersion is {_shown(claim)}, not “PDF/X-4”"


def check_properties(file: PressFile) -> Iterator[str]:
    """Check that title, program, dates and identifiers are there, and that dates are dates."""
    xmp = _xmp_or_nothing(file)
    if xmp is None:
        return
    for name, key in _TEXTS.items():
        if not xmp.get(key):
            yield f"{name} is missing in the metadata"
    for name, key in _DATES.items():
        if not _DATE.fullmatch(xmp.get(key, "")):
            yield f"{name} is {_shown(xmp.get(key))}, not a date as XMP writes it"


def check_trapped(file: PressFile) -> Iterator[str]:
    """Check that Info says whether the file is trapped, and that the metadata do not contradict it."""
    information = file.pdf.trailer.get("/Info")
    trapped = information.get("/Trapped") if isinstance(information, pikepdf.Dictionary) else None
    if not isinstance(trapped, pikepdf.Name) or trapped not in ("/True", "/False"):
        yield f"Info /Trapped is {_shown(trapped)}, not /True or /False"
        return
    stated = (_xmp_or_nothing(file) or {}).get(f"{_PDF}Trapped")
    if stated is not None and stated != str(trapped)[1:]:
        yield f"pdf:Trapped is {_shown(stated)} in the metadata, Info says {trapped}"


def _shown(value: Any) -> str:
    return "missing" if value is None else f"“{value}”"
