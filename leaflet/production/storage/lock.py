"""One build at a time in one folder, or at one archive. The system frees the lock as soon as its process ends."""

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

_FILE = ".leaflet-lock"
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL)  # some network drives have none


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder.

    Raises:
        RenderError: another process holds it (W105).
        OSError: it cannot be opened.
    """
    with _telling(folder):
        handle = _take(folder)
    try:
        yield
    finally:
        os.close(handle)


def open_alone(path: Path) -> BinaryIO:
    """A new file that no other build writes to as long as it is open; what a killed one left there goes.

    Raises:
        RenderError: another process has it open (W105).
        OSError: it cannot be made.
    """
    with _telling(path):
        with suppress(FileNotFoundError):
            _bury(path)
        file = path.open("xb")
        _hold(file.fileno())
    return file


def remove_alone(path: Path) -> None:
    """Remove a file that no build has open.

    Raises:
        RenderError: another process has it open (W105).
        OSError: it cannot be removed.
    """
    with _telling(path):
        _bury(path)


@contextmanager
def _telling(place: Path) -> Iterator[None]:
    try:
        yield
    except (BlockingIOError, FileExistsError, PermissionError) as error:
        if isinstance(error, PermissionError) and fcntl is not None:
            raise
        raise fail("W105", Place(file=str(place))) from None


def _take(folder: Path) -> int:
    if fcntl is None:  # a file that disappears with its handle
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / _FILE, flags)
    handle = os.open(folder, os.O_RDONLY)
    try:
        _hold(handle)
    except OSError:
        os.close(handle)
        raise
    return handle


def _bury(path: Path) -> None:
    """Take away a file that nobody holds."""
    with path.open("rb") as file:
        _hold(file.fileno())
        path.unlink()


def _hold(handle: int) -> None:
    if fcntl is None:  # Windows takes no file away that is open
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
