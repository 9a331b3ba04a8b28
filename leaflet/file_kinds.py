"""Recognise by its first bytes what a file is that was given in place of another, and name it in both languages.

What is not here: which lists can be read (`leaflet.tables`), pictures of a campaign (`leaflet.campaign.logo_format`).
"""

from msgspec import Struct

from leaflet.faults import Lang

FIRST_BYTES = 4096  # enough for `recognise`


class FileKind(Struct, frozen=True, kw_only=True):
    """A kind of file, with its name and article.

    Args:
        name: as it stands in a message: « un PDF ».
        is_list: whether it may be a list of schools.
    """

    name: dict[Lang, str]
    is_list: bool = False

    def hints(self, file: str) -> dict[Lang, str]:
        """Return what may help somebody who gave such a file for a campaign, with a space before it."""
        if self is _PDF:
            return {
                "en": f" To check a finished PDF: leaflet check {file}",
                "fr": f" Pour contrôler un PDF terminé\u00a0: leaflet check {file}",
            }
        if self is _ARCHIVE:
            return {
                "en": " If the campaign is in the archive, unpack it first.",
                "fr": " Si la campagne est dans l’archive, décompressez-la d’abord.",
            }
        return {"en": "", "fr": ""}


_PDF = FileKind(name={"en": "a PDF", "fr": "un PDF"})
_WORD = FileKind(name={"en": "a document of a word processor", "fr": "un document de traitement de texte"})
_WORKBOOK = FileKind(name={"en": "a workbook", "fr": "un classeur"}, is_list=True)
_OFFICE = FileKind(
    name={"en": "a document or workbook of an old format", "fr": "un document ou un classeur d’un ancien format"}
)
_ARCHIVE = FileKind(name={"en": "an archive", "fr": "une archive"})
_PICTURE = FileKind(name={"en": "a picture", "fr": "une image"})
_PAGE = FileKind(name={"en": "a web page", "fr": "une page web"})
_PROGRAM = FileKind(name={"en": "a program", "fr": "un programme"})
_BY_HEAD: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", _PDF),
    (b"{\\rtf", _WORD),
    (b"\xd0\xcf\x11\xe0", _OFFICE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
)
_IN_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (b"opendocument.text", _WORD),
    (b"opendocument.spreadsheet", _WORKBOOK),
    (b"word/", _WORD),
    (b"xl/", _WORKBOOK),
)
_PAGE_HEADS = (b"<!doctype html", b"<html")


def recognise(data: bytes) -> FileKind | None:
    """Return what a file is, by its first bytes; None if it may be a text."""
    for head, kind in _BY_HEAD:
        if data.startswith(head):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _IN_ZIP if sign in data), _ARCHIVE)
    return _PAGE if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGE_HEADS) else None
