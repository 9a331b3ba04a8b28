"""Read plain files that somebody names, and replace them; nothing waits for a pipe or a file without an end.

What was given in place of another kind of file is recognised by its first bytes, and named in both languages; for a
name that is not there, the file that is meant is found: a slip in it, no ending or another one.
"""

import errno
import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from leaflet.confidential import is_secret_file
from leaflet.faults import Place, fault_of
from leaflet.text import fold, nearest

_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LEAST = 1 << 16  # bytes read at once
FIRST_BYTES = 4096  # enough for `recognise`


def read_plain_file(path: Path, most: int) -> bytes:
    """Return the bytes of a file that has `most` at most.

    A pipe would be waited for as long as nobody writes into it, and some files of a system (/proc/kmsg) say that they
    are plain ones and never end.

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


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path leads into a folder, wherever links lead."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # a loop of links
        return False


@contextmanager
def disk_faults(place: Place | Path | str, code: str = "W101", **values: object) -> Iterator[None]:
    """Raise what the system refuses within the block as a fault, by default of writing."""
    try:
        yield
    except OSError as error:
        raise fault_of(error, code, place, **values) from None


@contextmanager
def writing_new(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write files, none of which may be there; none stays if one cannot be written, or what follows fails."""
    with ExitStack() as begun:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:  # x: a file that appears in between is not overwritten either
                begun.callback(path.unlink, missing_ok=True)
                file.write(data)
        yield
        begun.pop_all()


def replace_file(path: Path, data: bytes, code: str) -> None:
    """Write a file as a whole or not at all, else with a fault; a link stays one, rights stay as they are."""
    target = path.resolve()
    with (
        disk_faults(path, code),
        TemporaryDirectory(prefix=".leaflet-partial-", dir=target.parent, ignore_cleanup_errors=True) as folder,
    ):
        partial = Path(folder, target.name)
        partial.write_bytes(data)
        if target.exists():
            shutil.copymode(target, partial)
        partial.replace(target)  # one system call, so the file is the old one or the new one


FileKind = Literal["pdf", "old", "page", "document", "workbook", "archive", "picture", "program"]
"""Names what a file is: a PDF, a document or workbook of an old format, a web page, a document, an archive, …"""

_BY_HEAD: Mapping[bytes, FileKind] = {
    b"%PDF-": "pdf",
    b"{\\rtf": "document",
    b"\xd0\xcf\x11\xe0": "old",
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00"), "picture"),
    **dict.fromkeys((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "archive"),
    **dict.fromkeys((b"MZ\x90", b"\x7fELF"), "program"),
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IN_ZIP: Mapping[bytes, FileKind] = {
    b"opendocument.text": "document",
    b"opendocument.spreadsheet": "workbook",
    b"word/": "document",
    b"xl/": "workbook",
}
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body|table|meta|!--)", re.IGNORECASE)


def recognise(data: bytes) -> FileKind | None:
    """Return what a file is, by its first bytes; None if it may be a text."""
    for head, kind in _BY_HEAD.items():
        if data.startswith(head):
            return kind
    if is_zip(data):
        return next((kind for sign, kind in _IN_ZIP.items() if sign in data[:FIRST_BYTES]), "archive")
    return "page" if _MARKUP.match(data) else None


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

    That is one which differs by ending or case alone, else the most similar one; endings are not compared, but a file
    that may be meant has one of `endings`. Folders may stand before the name.
    """
    typed = Path(name)
    try:
        found = map(Path, sorted(os.listdir(folder / typed.parent)))  # noqa: PTH208 - names alone
        by_stem = {
            fold(path.stem): path.name
            for path in found
            if path.suffix.lower() in endings
            and not path.name.startswith((".", "~"))  # left by a program
            and not is_secret_file(path.stem)
        }
        meant = by_stem.get(nearest(typed.stem, by_stem), "")
        return typed.with_name(meant).as_posix() if meant else ""
    except (OSError, ValueError):  # no such folder, no name, NUL in it
        return ""
