"""What kind of file a list is: told by its first bytes; its extension is only checked against them.

A kind that cannot be read is refused by name, each with its own way out.
"""

import re
from pathlib import PurePath
from typing import Literal
from zipfile import ZipFile

from leaflet.faults import Report, fail
from leaflet.tables.archive import open_archive
from leaflet.tables.source import Source
from leaflet.tables.table import Limits

Kind = Literal["text", "xlsx", "ods"]

_TITLES: dict[Kind, str] = {"text": "CSV", "xlsx": "XLSX", "ods": "ODS"}
_SUFFIXES: dict[str, Kind] = {".csv": "text", ".tsv": "text", ".txt": "text", ".xlsx": "xlsx", ".ods": "ods"}
_REFUSED = {".xls": "T105", ".xlt": "T105", ".xlsm": "T123", ".xltm": "T123", ".xlsb": "T124", ".numbers": "T125"}
_REFUSED |= {".pdf": "T106"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body|table|meta|!--)", re.IGNORECASE)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def find_kind(source: Source, limits: Limits, report: Report) -> Kind:
    """The kind of a file; a name that says otherwise gets a warning (T128).

    Raises:
        DataError: T105, T106, T123 to T129: no kind that can be read; T130 to T134: no sound ZIP.
    """
    suffix = PurePath(source.name).suffix.lower()
    kind = _by_contents(source, suffix, limits)
    if _SUFFIXES.get(suffix, kind) != kind:
        report.add("T128", source.place, suffix=suffix, kind=_TITLES[kind])
    return kind


def _by_contents(source: Source, suffix: str, limits: Limits) -> Kind:
    data = source.data
    if data.startswith(b"%PDF-"):
        raise fail("T106", source.place)
    if data.startswith(_OLE[:4]):
        raise fail("T126" if _LOCKED in data else "T105", source.place)
    if _MARKUP.match(data):
        raise fail("T129", source.place)
    if suffix in _REFUSED:
        raise fail(_REFUSED[suffix], source.place)
    if data.startswith(_ZIP):
        return _by_parts(source, limits)
    return "text"


def _by_parts(source: Source, limits: Limits) -> Kind:
    archive = open_archive(source, limits)
    names = archive.zip.NameToInfo
    if "xl/vbaProject.bin" in names:
        raise fail("T123", source.place)
    if "xl/workbook.bin" in names:
        raise fail("T124", source.place)
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise fail("T125", source.place)
    if "mimetype" in names and _mimetype(archive.zip) == _ODS:
        return "ods"
    if "_rels/.rels" in names and "[Content_Types].xml" in names and "word/document.xml" not in names:
        return "xlsx"
    raise fail("T127", source.place)


def _mimetype(archive: ZipFile) -> bytes:
    with archive.open("mimetype") as part:
        return part.read(200).strip()
