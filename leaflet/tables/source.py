"""The bytes of a list, read whole under a cap; what kind of file they are is the business of `kinds`."""

import stat
from pathlib import Path

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.tables.table import Limits


class Source(Struct, frozen=True, kw_only=True):
    """A file's name as messages show it, and its bytes."""

    name: str
    data: bytes

    @property
    def place(self) -> Place:
        return Place(file=self.name)


def load_source(path: Path, limits: Limits) -> Source:
    """Read a file.

    Raises:
        DataError: T101 to T103 there is no such file, T104 it is empty, T107 it is too large.
    """
    name = path.name or str(path)
    place = Place(file=name)
    data = _load_bytes(path, place, limits)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise fail("T104", place)
    return Source(name=name, data=data)


def _load_bytes(path: Path, place: Place, limits: Limits) -> bytes:
    try:
        _check_stat(path, place, limits)
        with path.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise fail("T101", place) from None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise fail("T103", place, reason=reason or type(error).__name__) from None
    if len(data) > limits.file_bytes:
        raise _too_large(place, len(data), limits)
    return data


def _check_stat(path: Path, place: Place, limits: Limits) -> None:
    # Asked before opening: opening a named pipe would wait for ever.
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise fail("T102", place)
    if status.st_size > limits.file_bytes:
        raise _too_large(place, status.st_size, limits)


def _too_large(place: Place, size: int, limits: Limits) -> Exception:
    megabytes = f"{size / 1_000_000:.1f}"
    return fail("T107", place, size=megabytes, limit=f"{limits.file_bytes / 1_000_000:.0f}")
