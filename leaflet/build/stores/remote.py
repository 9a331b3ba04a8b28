"""Storage with an address (``s3://``, ``memory://`` …), through fsspec: an optional extra.

An object appears whole or not at all, so files get their names at once, and the list of them last. What is finished
is noted in objects below ``.leaflet-partial/``, for a build that resumes. Nothing there tells whether an object still
has the bytes that were written but its size.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import TracebackType
from typing import IO, Any, Self

from leaflet.build.manifest import Entry, Manifest, entry_line, go_on_from, parse_entry, parse_manifest
from leaflet.build.staging import PARTIAL
from leaflet.build.stores.base import Head, Written
from leaflet.faults import Place, fail

_ALONE = ("memory", "zip", "tar")  # storage that only the process that opened it can see


@dataclass(frozen=True, slots=True)
class RemoteSink:
    """Writes objects below an address."""

    url: str

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        files, root = open_url(self.url)
        path = f"{root}/{name}"
        with telling(self.url):
            files.pipe_file(path, data)
            return bytes(files.cat_file(path)) if read_back else data

    def discard(self, name: str) -> None:
        files, root = open_url(self.url)
        with telling(self.url), suppress(FileNotFoundError):
            files.rm_file(f"{root}/{name}")

    def take(self) -> Sequence[Written]:
        return ()


class RemoteStore:
    """What one build writes below one address."""

    keeps = True

    def __init__(self, url: str, head: Head) -> None:
        self._url = url
        self._head = head
        self._sizes: dict[str, int] = {}
        self._journals: list[str] = []
        self.noted = 0
        self.sink = RemoteSink(url)
        self.is_shared = not url.startswith(_ALONE)
        self.earlier: Manifest | None = None
        self.done: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        files, root = open_url(self._url)
        with telling(self._url):
            files.invalidate_cache()
            listed: Mapping[str, Any] = files.find(root, detail=True)
            self._sizes = {path[len(root) + 1 :]: int(found["size"] or 0) for path, found in listed.items()}
            self._journals = [name for name in self._sizes if name.startswith(f"{PARTIAL}/")]
            for name in self._journals:
                for line in files.cat_file(f"{root}/{name}").split(b"\n"):
                    if (entry := parse_entry(line)) is not None:
                        self.done[entry.file] = entry
            head = self._head
            if head.listed in self._sizes:
                found = parse_manifest(files.cat_file(f"{root}/{head.listed}"))
                self.earlier = go_on_from(found, head.campaign, head.election, self._sizes.__contains__)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing: what is finished stays, noted."""

    def has(self, entry: Entry) -> bool | None:
        size = self._sizes.get(entry.file)
        return None if size is None else size == entry.size

    def adopt(self, entry: Entry) -> bool:
        return bool(self.has(entry))

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        written = [entry_line(entry).encode() + b"\n" for entry in entries]
        lines = b"".join(written)
        name = f"{PARTIAL}/{sha256(lines).hexdigest()[:16]}"
        self.sink.write(name, lines)
        self._journals.append(name)
        self.noted += len(written)

    def commit(self, manifest: bytes, removed: Iterable[str]) -> None:
        for name in removed:
            self.sink.discard(name)
        self.sink.write(self._head.listed, manifest)
        for name in self._journals:
            self.sink.discard(name)


class RemoteTarget:
    """An object for an archive; it appears when it is complete."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._file: Any = None

    def open(self) -> IO[bytes]:
        files, root = open_url(self._url)
        with telling(self._url):
            self._file = files.open(root, "wb", autocommit=False)
        stream: IO[bytes] = self._file
        return stream

    def shield(self) -> None:
        """Nothing: who may read it the storage says."""

    def keep(self) -> None:
        with telling(self._url):
            self._file.close()
            self._file.commit()

    def drop(self) -> None:
        for end in (self._file.close, self._file.discard):
            with suppress(Exception):  # of any library: the archive has no name yet, which is what matters
                end()


@lru_cache(maxsize=8)
def open_url(url: str) -> tuple[Any, str]:
    """The file system of an address, and its path there.

    Raises:
        UsageError: fsspec, or what it needs for this kind of address, is not installed; no such kind.
    """
    try:
        from fsspec.core import url_to_fs  # an optional extra
    except ImportError:
        raise fail("U022", Place(file=url), problem="fsspec") from None
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise fail("U022", Place(file=url), problem=str(error)) from None
    return files, path.rstrip("/")


@contextmanager
def telling(url: str) -> Iterator[None]:
    """Whatever a library of storage raises is a fault of writing.

    Raises:
        RenderError: with what it said.
    """
    try:
        yield
    except Exception as error:  # each kind of storage has exceptions of its own
        problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise fail("W106", Place(file=url), problem=problem) from None
