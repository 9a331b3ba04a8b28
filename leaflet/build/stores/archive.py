"""One ZIP archive with all files and their list, streamed: a file is written and forgotten.

Nothing in it tells when or where it was made, so the same build gives the same bytes. PDF files are packed already
and are stored as they are. An archive is made as a whole each time.
"""

import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from leaflet.build.manifest import Entry, Manifest
from leaflet.build.staging import PARTIAL
from leaflet.build.stores.base import Head, Written
from leaflet.faults import Place, fail

SUFFIX = ".zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
_UNIX = 3  # the system whose permissions `external_attr` holds


@dataclass(slots=True)
class HeldSink:
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
        """A stream for a new archive under a temporary name, or none yet."""

    def keep(self) -> None:
        """Give the archive, which has been closed, its name."""

    def drop(self) -> None:
        """Take away what was written."""


class ZipStore:
    """The archive of one build."""

    is_shared = True
    keeps = False

    def __init__(self, target: Target, name: str, head: Head) -> None:
        self._target, self._name, self._head = target, name, head
        self._zip: zipfile.ZipFile | None = None
        self._stream: IO[bytes] | None = None
        self.sink = HeldSink()
        self.earlier: Manifest | None = None
        self.done: Mapping[str, Entry] = {}

    def __enter__(self) -> Self:
        with self._telling():
            self._stream = self._target.open()
            self._zip = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stream is not None:  # no commit
            with suppress(OSError, ValueError):
                self._stream.close()
            self._target.drop()

    def has(self, entry: Entry) -> bool | None:
        return None

    def adopt(self, entry: Entry) -> bool:
        return False

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        with self._telling():
            for name, data, private in files:
                self._put(name, data, private=private)

    def commit(self, manifest: bytes, removed: Iterable[str]) -> None:
        assert self._zip is not None and self._stream is not None, "a store is entered before it is used"
        with self._telling():
            self._put(self._head.listed, manifest, private=False)
            self._zip.close()
            self._stream.close()
            self._target.keep()
        self._stream = None

    def _put(self, name: str, data: bytes, *, private: bool) -> None:
        assert self._zip is not None, "a store is entered before it is used"
        entry = zipfile.ZipInfo(name, _EPOCH)
        entry.create_system = _UNIX
        mode = stat.S_IRUSR | stat.S_IWUSR | (0 if private else stat.S_IRGRP | stat.S_IROTH)
        entry.external_attr = (stat.S_IFREG | mode) << 16
        self._zip.writestr(entry, data)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise fail("W101", Place(file=self._name), problem=error.strerror or str(error)) from None


class LocalTarget:
    """A file of this disk: private, because it may hold names, until it has its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._partial = path.with_name(f"{PARTIAL}-{path.name}")

    def open(self) -> IO[bytes]:
        if self._path.is_dir():
            raise IsADirectoryError(None, os.strerror(21))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._partial.unlink(missing_ok=True)
        return self._partial.open("xb")

    def keep(self) -> None:
        self._partial.replace(self._path)

    def drop(self) -> None:
        self._partial.unlink(missing_ok=True)
