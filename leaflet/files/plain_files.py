"""Read plain files that somebody names; nothing waits for a pipe, a device or a file without an end.

What was given in place of another kind of file is recognised by its first bytes, and named in both languages; for a
name that is not there, the file that is meant is found: a slip in it, no ending or another one.
"""

import errno
import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from leaflet.confidential import is_secret_file
from leaflet.faults import Lang
from leaflet.text import fold, nearest

_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LEAST = 1 << 16  # bytes read at once


def read_plain_file(path: Path, most: int) -> bytes:
    """Return the bytes of a file.

    A pipe would be waited for as long as nobody writes into it, and some files of a system (/proc/kmsg) say that they
    are plain ones and never end.

    Args:
        path: of the file.
        most: how many bytes it may have.

    Raises:
        OSError: it is no plain file, is longer, has nothing to read yet, or cannot be read.
        ValueError: its name has a NUL.
    """
    handle = os.open(path, _WITHOUT_WAITING)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            number = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
            raise OSError(number, os.strerror(number))
        pieces, left = [], most + 1
        while left and (piece := os.read(handle, min(left, max(_LEAST, status.st_size + 1)))):
            pieces.append(piece)
            left -= len(piece)
        if not left:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return b"".join(pieces)
    finally:
        os.close(handle)


FIRST_BYTES = 4096  # enough for `recognise`
_NO_HINT: Mapping[Lang, str] = MappingProxyType({"en": "", "fr": ""})


class FileKind(Struct, frozen=True, kw_only=True):
    """A kind of file, with its name and article.

    Args:
        hint: what may help somebody who gave such a file for a campaign, with a space before it.
    """

    name: Mapping[Lang, str]  # as it stands in a message: « un PDF »
    is_list: bool = False  # whether it may be a list of schools
    is_document: bool = False  # whether somebody may have written a campaign in it, whose text can be copied
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


LISTS = frozenset({".csv", ".ods", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx"})
PICTURES = frozenset({".jpeg", ".jpg", ".pdf", ".png", ".svg"})
PROFILES = frozenset({".icc", ".icm"})
SETTINGS = frozenset({".toml"})
FINISHED = frozenset({".pdf", ".toml", ".zip"})


def meant_file(name: str, endings: Collection[str], folder: Path = Path()) -> str:
    """Return the name of the file in the same folder that is most like a name; empty if there is none.

    Args:
        name: as somebody typed it, maybe with folders before it.
        endings: of the files that may be meant.
        folder: where the name is looked for.
    """
    typed = Path(name)
    try:
        found = sorted(os.listdir(folder / typed.parent))  # noqa: PTH208 - names alone
        meant = _most_like(typed, [one for one in found if _may_be_meant(Path(one), endings)])
        return typed.with_name(meant).as_posix() if meant else ""
    except (OSError, ValueError):  # no such folder, no name, NUL in it
        return ""


def _may_be_meant(path: Path, endings: Collection[str]) -> bool:
    is_left_by_a_program = path.name.startswith((".", "~"))
    return path.suffix.lower() in endings and not is_left_by_a_program and not is_secret_file(path.stem)


def _most_like(typed: Path, names: Collection[str]) -> str:
    """Return the name that differs by ending or case alone, else the most similar one; endings are not compared."""
    by_stem = {fold(Path(name).stem): name for name in names}
    return by_stem.get(nearest(typed.stem, by_stem), "")
