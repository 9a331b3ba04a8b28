"""The workbook of an XLSX file: its sheets, the texts that cells share, and the formats of numbers.

Source: ECMA-376 part 1, §18.2 (workbook), §18.4 (shared strings), §18.8 (styles); part 2, §9.3 (relationships).
"""

import posixpath
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from leaflet.faults import fail
from leaflet.tables.spreadsheet.archive import Archive
from leaflet.tables.spreadsheet.number_format import NumberFormat, builtin_format, parse_format
from leaflet.tables.spreadsheet.sheet import SheetEntry
from leaflet.tables.spreadsheet.xml_stream import MarkupStream, elements, local_name, place_number

_ROOTS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "http://purl.oclc.org/ooxml/spreadsheetml/main}",  # « strict »
)
TAGS = {
    root + tag: tag
    for root in _ROOTS
    for tag in ("sheetData", "row", "c", "v", "f", "is", "t", "rPh", "si", "r", "col")
}
FALSE = frozenset({"0", "false"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Workbook(Struct, frozen=True, kw_only=True):
    """The parts of a workbook that its sheets refer to.

    Attributes:
        entries: The sheets, without charts and macros.
        texts: The texts that cells refer to by number.
        formats: The number format of each style.
        epoch: Day 0 of the workbook's dates.
    """

    entries: Sequence[SheetEntry]
    texts: Sequence[str]
    formats: Sequence[tuple[NumberFormat, ...]]
    epoch: datetime


def load_workbook(archive: Archive) -> Workbook:
    """Load everything but the sheets themselves.

    Raises:
        DataError: T127, T130, T131, T135.
    """
    workbook = _find_workbook(archive)
    related = _relations(archive, workbook)
    entries, epoch = _list_sheets(archive, workbook, related)
    texts = _load_texts(archive, related)
    return Workbook(entries=entries, texts=texts, formats=_load_formats(archive, related), epoch=epoch)


def _find_workbook(archive: Archive) -> str:
    for element in elements(archive, "_rels/.rels"):
        if element.attributes.get("Type", "").endswith("/officeDocument"):
            return _join("", element.attributes.get("Target", ""))
    raise fail("T127", archive.place)


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return type and name of each part that a part refers to, by identifier."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}
    for element in elements(archive, f"{folder}/_rels/{name}.rels".lstrip("/")):
        values = element.attributes
        if element.name == "Relationship" and values.get("TargetMode") != "External":
            found[values.get("Id", "")] = (values.get("Type", ""), _join(folder, values.get("Target", "")))
    return found


def _join(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _list_sheets(
    archive: Archive, workbook: str, related: dict[str, tuple[str, str]]
) -> tuple[list[SheetEntry], datetime]:
    entries: list[SheetEntry] = []
    epoch = CALENDAR_WINDOWS_1900
    for name, _, values in elements(archive, workbook):
        if name == "workbookPr" and values.get("date1904", "0") not in FALSE:
            epoch = CALENDAR_MAC_1904
        elif name == "sheet":
            kind, part = related.get(values.get("id", ""), ("", ""))
            if kind.endswith("/worksheet"):
                is_hidden = values.get("state", "visible") != "visible"
                entries.append(SheetEntry(values.get("name", ""), part, is_hidden))
    return entries, epoch


def _load_texts(archive: Archive, related: dict[str, tuple[str, str]]) -> list[str]:
    """Return the texts that cells share, each cut one character past the limit of a cell."""
    part = next((part for kind, part in related.values() if kind.endswith("/sharedStrings")), None)
    if part is None or not archive.has(part):
        return []
    return _TextParser(archive, part).texts()


def _load_formats(archive: Archive, related: dict[str, tuple[str, str]]) -> list[tuple[NumberFormat, ...]]:
    part = next((part for kind, part in related.values() if kind.endswith("/styles")), None)
    custom: dict[str, str] = {}
    formats: list[tuple[NumberFormat, ...]] = []
    for name, parent, values in elements(archive, part) if part and archive.has(part) else ():
        if name == "numFmt" and parent == "numFmts":
            custom[values.get("numFmtId", "")] = values.get("formatCode", "")[:255]
        elif name == "xf" and parent == "cellXfs":
            number = values.get("numFmtId", "0")
            code = custom.get(number) or builtin_format(place_number(number) or 0)
            formats.append(parse_format(code))
            if len(formats) > 65_500:  # more than Excel writes
                raise archive.damaged(part or "")
    return formats


def unescape(text: str) -> str:
    """Replace ``_x000D_`` and the like, which Excel writes for characters that XML cannot hold."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    with suppress(UnicodeError):  # half a surrogate pair stays, to be refused with its cell
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16")
    return plain


class _TextParser:
    """Parses the shared texts: rich text is joined, phonetic guides are left out."""

    def __init__(self, archive: Archive, part: str) -> None:
        self.archive = archive
        self.limit = archive.limits.cell_chars + 1
        self.size = 0
        self.found: list[str] = []
        self.parts: list[str] = []
        self.length = 0
        self.phonetic = 0
        self.depth = 0
        self.stream = MarkupStream(archive, part, start=self.start, end=self.end)

    def texts(self) -> list[str]:
        """Parse the part, and return its texts."""
        for _ in self.stream.feed():
            if self.size > self.archive.limits.text_bytes:
                raise fail("T131", self.archive.place, limit=self.archive.limits.unzipped_bytes // 1_000_000)
        return self.found

    def start(self, name: str, attributes: list[str]) -> None:
        """Handle the start of an element."""
        self.depth += 1
        tag = TAGS.get(name)
        if tag == "t":
            if not self.phonetic:
                self.stream.expat.CharacterDataHandler = self._add_text
        elif tag == "si":
            self.parts, self.length = [], 0
        elif tag == "rPh":
            self.phonetic += 1
        elif self.depth > 50:
            raise self.archive.damaged(local_name(name))

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        self.depth -= 1
        tag = TAGS.get(name)
        if tag == "t":
            self.stream.expat.CharacterDataHandler = None
        elif tag == "si":
            text = unescape("".join(self.parts))[: self.limit]
            self.found.append(text)
            self.size += len(text) + 60
        elif tag == "rPh":
            self.phonetic -= 1

    def _add_text(self, data: str) -> None:
        if self.length < self.limit:
            self.parts.append(data[: self.limit - self.length])
            self.length += len(data)
