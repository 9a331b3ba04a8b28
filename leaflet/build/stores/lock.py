"""One build at a time in one folder. The system frees the lock when its process ends, however it ends."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaflet.faults import Place, fail

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_FILE = ".leaflet-lock"
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL)  # some network drives have none


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder.

    Raises:
        RenderError: another process holds it (W105).
        OSError: it cannot be opened.
    """
    try:
        handle = _take(folder)
    except (BlockingIOError, FileExistsError, PermissionError) as error:
        if isinstance(error, PermissionError) and fcntl is not None:
            raise
        raise fail("W105", Place(file=str(folder))) from None
    try:
        yield
    finally:
        os.close(handle)


def _take(folder: Path) -> int:
    if fcntl is None:  # a file that disappears with its handle
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / _FILE, flags)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(handle)
            raise
    return handle
