"""Lock a folder or an archive, so that one build at a time writes to it.

The system frees the lock as soon as the process ends, however it ends.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from leaflet.faults import Place, fail

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_LOCK_FILE = ".leaflet-lock"
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL)  # some network drives have none


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder until the block ends.

    Raises:
        RenderError: another process holds it (W105).
        OSError: it cannot be opened.
    """
    with _errors_as_faults(folder):
        handle = _acquire(folder)
    try:
        yield
    finally:
        os.close(handle)


def open_exclusively(path: Path) -> BinaryIO:
    """Open a new file, locked as long as it is open; one that a killed build left there is removed.

    Raises:
        RenderError: another process has it open (W105).
        OSError: it cannot be made.
    """
    with _errors_as_faults(path):
        with suppress(FileNotFoundError):
            _remove_stale(path)
        file = path.open("xb")
        _flock(file.fileno())
    return file


def remove_alone(path: Path) -> None:
    """Remove a file that no build has open.

    Raises:
        RenderError: another process has it open (W105).
        OSError: it cannot be removed.
    """
    with _errors_as_faults(path):
        _remove_stale(path)


@contextmanager
def _errors_as_faults(place: Path) -> Iterator[None]:
    """Raise W105 where the system says that another process has the lock."""
    try:
        yield
    except (BlockingIOError, FileExistsError, PermissionError) as error:
        if isinstance(error, PermissionError) and fcntl is not None:
            raise
        raise fail("W105", Place(file=str(place))) from None


def _acquire(folder: Path) -> int:
    """Lock a folder; return the handle to close."""
    if fcntl is None:  # Windows removes such a file when its handle is closed
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / _LOCK_FILE, flags)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _flock(handle)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove_stale(path: Path) -> None:
    """Remove a file that no process has locked."""
    with path.open("rb") as file:
        _flock(file.fileno())
        path.unlink()


def _flock(handle: int) -> None:
    """Lock an open file or folder, where the disk has locks."""
    if fcntl is None:  # Windows removes no file that is open, so an open file is locked
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
