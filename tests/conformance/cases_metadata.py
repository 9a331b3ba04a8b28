"""Rules for metadata: what is claimed, titles, dates, identifiers, trapping."""

from typing import Any

import pikepdf
from pikepdf import Name, String

from tests.conformance.press_files import XMP, Edit, metadata, root, xmp


def information(value: Any) -> Edit:
    return lambda pdf: pdf.trailer.Info.__setitem__("/Trapped", value)


BROKEN: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "3 - no metadata": ("3", root("/Metadata", None)),
    "3 - metadata of another kind": ("3", metadata(pdfxid__GTS_PDFXVersion="PDF/X-3:2003")),
    "3 - no claim": ("3", metadata(pdfxid__GTS_PDFXVersion=None)),
    "3 - no XML": ("3", lambda pdf: pdf.Root.Metadata.write(b"<x:xmpmeta")),
    "3 - a document type": ("3", lambda pdf: pdf.Root.Metadata.write(b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xmp())),
    **{
        f"4 - no {name}": ("4", metadata(**{name.replace(":", "__"): None}))
        for name in list(XMP)[:9]
        if "Mod" not in name
    },
    "4 - no date of change": ("4", metadata(xmp__ModifyDate=None)),
    "4 - no date": ("4", metadata(xmp__CreateDate="hier")),
    "4 - an empty title": ("4", metadata(dc__title="<rdf:Alt><rdf:li/></rdf:Alt>")),
    "5 - unknown": ("5", information(Name.Unknown)),
    "5 - no name": ("5", information(String("False"))),
    "5 - no Info": ("5", lambda pdf: pdf.trailer.__delitem__("/Info")),
    "5 - metadata say otherwise": ("5", metadata(pdf__Trapped="True")),
}

FINE: dict[str, Edit] = {
    "3 - metadata in attributes": lambda pdf: _with_attributes(pdf),
    "4 - only a year": metadata(xmp__CreateDate="2026"),
    "5 - trapped": lambda pdf: (information(Name("/True"))(pdf), metadata(pdf__Trapped="True")(pdf)),
    "5 - metadata silent": metadata(pdf__Trapped=None),
}


def _with_attributes(pdf: pikepdf.Pdf) -> None:
    data = xmp(xmpMM__VersionID=None).replace(b'rdf:about=""', b'rdf:about="" xmpMM:VersionID="1"')
    pdf.Root.Metadata.write(data)
