"""Tell the files of this program from those of others, so that nothing of somebody else's is replaced.

A PDF, a page and a picture say themselves that the program wrote them. Files of other kinds are known by their first
bytes, which whoever writes them gives. An archive of a build is known by its list (`leaflet.production.storage`).
"""

import stat
from collections.abc import Sequence
from pathlib import Path

from leaflet.faults import Place, fail
from leaflet.files.raster import PNG_MARK
from leaflet.pdf.objects import is_written_here

GENERATOR = b'<meta name="generator" content="leaflet">'  # in the pages that the program writes
_HEAD_BYTES = 4096


def is_own(path: Path, heads: Sequence[bytes] = ()) -> bool:
    """Check whether a file is one that this program wrote; never is what is no plain file, such as a link.

    `heads` say how the program's files of this name begin, if they do not say themselves who wrote them.
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
    """Check that a file may get the name of what is there, if anything is."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISDIR(mode):
        raise fail("W117", Place(file=str(path)))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise fail("W116", Place(file=str(path)))
    if not is_ours:
        raise fail("W112", Place(file=str(path)))
