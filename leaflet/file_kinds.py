"""Recognise by its first bytes what a file is that was given in place of another, and name it in both languages.

What is not here: which workbook a list is (`leaflet.tables`), logos of a campaign (`leaflet.campaign.logo_format`).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from leaflet.faults import Lang

FIRST_BYTES = 4096  # enough for `recognise`
_NO_HINT: Mapping[Lang, str] = MappingProxyType({"en": "", "fr": ""})


class FileKind(Struct, frozen=True, kw_only=True):
    """A kind of file, with its name and article.

    Args:
        name: as it stands in a message: « un PDF ».
        is_list: whether it may be a list of schools.
        is_document: whether somebody may have written a campaign in it, whose text can be copied.
        hint: what may help somebody who gave such a file for a campaign, with a space before it.
    """

    name: Mapping[Lang, str]
    is_list: bool = False
    is_document: bool = False
    hint: Mapping[Lang, str] = _NO_HINT

    def hints(self, file: str) -> dict[Lang, str]:
        """Return the hint for a file of this name."""
        return {lang: text.format(file=file) for lang, text in self.hint.items()}


PDF = FileKind(
    name={"en": "a PDF", "fr": "un PDF"},
    hint={
        "en": " To check a finished PDF: leaflet check {file}",
        "fr": " Pour contrôler un PDF terminé\u00a0: leaflet check {file}",
    },
)
OFFICE = FileKind(
    name={"en": "a document or workbook of an old format", "fr": "un document ou un classeur d’un ancien format"},
    is_document=True,
)
MARKUP = FileKind(name={"en": "a web page", "fr": "une page web"})
_WORD = FileKind(
    name={"en": "a document of a word processor", "fr": "un document de traitement de texte"}, is_document=True
)
_WORKBOOK = FileKind(name={"en": "a workbook", "fr": "un classeur"}, is_list=True)
_ARCHIVE = FileKind(
    name={"en": "an archive", "fr": "une archive"},
    hint={
        "en": " If the campaign is in the archive, unpack it first.",
        "fr": " Si la campagne est dans l’archive, décompressez-la d’abord.",
    },
)
_PICTURE = FileKind(name={"en": "a picture", "fr": "une image"})
_PROGRAM = FileKind(name={"en": "a program", "fr": "un programme"})
_BY_HEAD: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", _WORD),
    (b"\xd0\xcf\x11\xe0", OFFICE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"MZ\x90", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IN_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (b"opendocument.text", _WORD),
    (b"opendocument.spreadsheet", _WORKBOOK),
    (b"word/", _WORD),
    (b"xl/", _WORKBOOK),
)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body|table|meta|!--)", re.IGNORECASE)


def recognise(data: bytes) -> FileKind | None:
    """Return what a file is, by its first bytes; None if it may be a text."""
    for head, kind in _BY_HEAD:
        if data.startswith(head):
            return kind
    if is_zip(data):
        return next((kind for sign, kind in _IN_ZIP if sign in data[:FIRST_BYTES]), _ARCHIVE)
    return MARKUP if _MARKUP.match(data) else None


def is_zip(data: bytes) -> bool:
    """Check whether a file is a ZIP by its first bytes; workbooks and documents are, too."""
    return data.startswith(_ZIP)
