"""Tell the files of this program from those of others, so that nothing of somebody else's is replaced.

A PDF, a page and a picture say themselves that the program wrote them. Files of other kinds are known by their first
bytes, which whoever writes them gives. An archive of a build is known by its list (`leaflet.production.storage`).
"""

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from leaflet.faults import LeafletError, Place, fail
from leaflet.pdf.recognise import is_written_here
from leaflet.rasters import PNG_MARK

GENERATOR = b'<meta name="generator" content="leaflet">'  # in the pages that the program writes
_HEAD_BYTES = 4096


def is_own(path: Path, heads: Sequence[bytes] = ()) -> bool:
    """Check whether a file is one that this program wrote; never is what is no plain file, such as a link.

    Args:
        path: of the file.
        heads: how the program's files of this name begin, if they do not say themselves who wrote them.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head.startswith(b"%PDF-"):
                return is_written_here(file)
    except OSError:
        return False
    if head.startswith(b"\x89PNG"):
        return PNG_MARK in head
    return GENERATOR in head or (bool(heads) and head.startswith(tuple(heads)))


def check_replaceable(path: Path, *, is_ours: bool) -> None:
    """Check that a file may get the name of what is there, if anything is.

    Args:
        path: of what is there.
        is_ours: the program wrote it, or somebody said that it may be replaced whoever wrote it.

    Raises:
        RenderError: it is somebody else's (W112), a folder (W117), or neither file nor link (W116).
    """
    if (found := find_obstacle(path, is_ours=is_ours)) is not None:
        raise found


def find_obstacle(path: Path, *, is_ours: bool) -> LeafletError | None:
    """Return why a file may not get a name; see `check_replaceable`."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return None
    if stat.S_ISDIR(mode):
        return fail("W117", Place(file=str(path)))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        return fail("W116", Place(file=str(path)))
    return None if is_ours else fail("W112", Place(file=str(path)))


def check_out(out: Path) -> None:
    """Check that files can be written into a folder, which may be missing.

    Raises:
        RenderError: a file has its name (W102), or what is neither file nor folder (W116).
        OSError: the name is too long.
    """
    if out.exists() and not out.is_dir():
        raise fail("W102" if out.is_file() else "W116", Place(file=str(out)))


def make_folder(path: Path) -> None:
    """Make a folder with those above it, as far as they are missing.

    Raises:
        OSError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except RecursionError:  # a call of itself for each level
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)) from None
