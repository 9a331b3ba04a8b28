"""Read plain files that somebody names; nothing waits for a pipe, a device or a file without an end."""

import errno
import os
import stat
from pathlib import Path

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
