"""One ZIP archive with all files and their list, streamed: a file is written and forgotten.

Nothing in it tells when or where it was made, so the same build gives the same bytes. PDF files are packed already
and are stored as they are, their list is compressed. An archive is made as a whole each time.
"""

import errno
import io
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Protocol, Self

from msgspec import Struct, field

from leaflet.faults import Place, fail
from leaflet.production.manifest import NAME, SHARD_NAME, Entry, Manifest, begins_list
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.base import Head, Written
from leaflet.production.storage.lock import open_alone

SUFFIX = ".zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
_LINE = 1 << 20  # bytes that the first line of a list has at most
_UNIX = 3  # the system whose permissions `external_attr` holds


class HeldSink(Struct):
    """Holds files until they are sent to the process that has the archive."""

    _held: list[Written] = field(default_factory=list)

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        self._held.append((name, data, private))
        return data

    def discard(self, name: str) -> None:
        if self._held and self._held[-1][0] == name:
            self._held.pop()

    def take(self) -> Sequence[Written]:
        held, self._held = self._held, []
        return held


class Target(Protocol):
    """What an archive is written to."""

    def open(self) -> IO[bytes]:
        """A stream for a new archive under a temporary name, or none yet.

        Raises:
            RenderError: something is there that no build made (W112).
        """

    def shield(self) -> None:
        """From now on it holds names: its owner alone may read it."""

    def keep(self) -> None:
        """Close the archive, which is complete, and give it its name."""

    def drop(self) -> None:
        """Close it and take away what was written."""


class _Tail(io.BytesIO):
    """The end of an archive, where `zipfile` may go back to a member's head; what is before is in its stream.

    So an archive has the same bytes where one can go back and where one cannot.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream, self._before = stream, 0

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._before + super().seek(offset - (self._before if whence == os.SEEK_SET else 0), whence)

    def send(self) -> None:
        """Pass on what is there: nobody goes back behind it."""
        data = self.getvalue()
        self._stream.write(data)
        self._before += len(data)
        super().seek(0)
        self.truncate()


def _info(name: str, *, private: bool = False, compress_type: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """A member without time and place."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.compress_type = _UNIX, compress_type
    mode = stat.S_IRUSR | stat.S_IWUSR | (0 if private else stat.S_IRGRP | stat.S_IROTH)
    info.external_attr = (stat.S_IFREG | mode) << 16
    return info


def has_list(file: Path | IO[bytes]) -> bool:
    """Check whether a file is an archive with a list that a build wrote."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name == NAME or SHARD_NAME.fullmatch(name):
                    with archive.open(name) as member:
                        return begins_list(member.readline(_LINE))
    except Exception:  # whatever a strange file makes `zipfile` raise, it has no such list
        return False
    return False


def partial_of(path: Path) -> Path:
    """Return where an archive is until it is complete."""
    return path.with_name(f"{PARTIAL}-{path.name}")


class ZipStore:
    """The archive of one build."""

    is_shared = True
    keeps = False
    noted = 0

    def __init__(self, target: Target, name: str, head: Head) -> None:
        self._target, self._name, self._head = target, name, head
        self._tail: _Tail | None = None
        self._zip: zipfile.ZipFile | None = None
        self.sink = HeldSink()
        self.earlier: Manifest | None = None
        self.done: Mapping[str, Entry] = {}

    def __enter__(self) -> Self:
        with self._telling():
            self._tail = _Tail(self._target.open())
        self._zip = zipfile.ZipFile(self._tail, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._zip is not None:  # no commit
            self._zip.close()  # into memory: left open it would be closed, and complain, at some other time
            self._target.drop()

    def has(self, entry: Entry) -> bool | None:
        return None

    def adopt(self, entry: Entry) -> bool:
        return False

    def begin(self) -> None:
        """Nothing: an archive is not written over, but replaced."""

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        with self._telling():
            for name, data, private in files:
                if private:
                    self._target.shield()
                self._put(_info(name, private=private), (data,))

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        assert self._zip is not None and self._tail is not None, "a store is entered before it is used"
        with self._telling():
            self._put(_info(self._head.listed, compress_type=zipfile.ZIP_DEFLATED), manifest)
            self._zip.close()
            self._tail.send()
            self._target.keep()
        self._zip = None

    def _put(self, info: zipfile.ZipInfo, data: Iterable[bytes]) -> None:
        assert self._zip is not None and self._tail is not None, "a store is entered before it is used"
        with self._zip.open(info, "w") as member:
            for piece in data:
                member.write(piece)
        self._zip.NameToInfo.clear()  # nobody asks for a member again
        self._tail.send()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise fail("W101", Place(file=self._name), problem=error.strerror or str(error)) from None


class LocalTarget:
    """A file of this disk; as long as it is written no other build writes to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = partial_of(path)
        self._stream: BinaryIO | None = None

    def open(self) -> IO[bytes]:
        if self._path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._spare_others()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = open_alone(self._partial)
        return self._stream

    def _spare_others(self) -> None:
        """Stop before anything is replaced that no build made: a file, or a link, a pipe or a device.

        Raises:
            RenderError: it is there (W112).
        """
        if os.path.lexists(self._path) and not (self._path.is_file() and has_list(self._path)):
            raise fail("W112", Place(file=str(self._path)))

    def shield(self) -> None:
        self._partial.chmod(stat.S_IRUSR | stat.S_IWUSR)

    def keep(self) -> None:
        assert self._stream is not None, "a target is opened before it is kept"
        self._spare_others()  # which may have come while files were made
        self._stream.flush()
        if os.name == "nt":  # where what is open cannot be renamed
            self._stream.close()
        self._partial.replace(self._path)  # before it is closed, when somebody else may take its place
        self._stream.close()

    def drop(self) -> None:
        assert self._stream is not None, "a target is opened before it is dropped"
        with suppress(OSError):  # what it still holds does not fit on the disk
            self._stream.close()
        self._partial.unlink(missing_ok=True)
