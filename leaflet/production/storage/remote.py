"""Storage with an address (``s3://``, ``memory://`` …), through fsspec: an optional extra.

An object appears whole or not at all, so files get their names at once, and the list of them last. What is finished
is noted in objects below ``.leaflet-partial/``, for a build that resumes; and an object there marks that a build has
begun. As long as none is left there, objects are those of the list if they have their size; else they may be those of
the build that left off, and are read. Several lists may name the same objects, of a whole build and of shards of one:
a build that ends well marks each list that now says something else of an object than its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import file_digest, sha256
from types import TracebackType
from typing import IO, Any, Self

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.production.manifest import (
    NAME,
    SHARD_NAME,
    Entry,
    Manifest,
    entry_line,
    go_on_from,
    parse_entry,
    parse_manifest,
)
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.archive import has_list
from leaflet.production.storage.base import Head, Written

_MARKS = f"{PARTIAL}/begun/"  # what objects are called that mark builds, less the name of the list of each
_DOUBTS = f"{PARTIAL}/doubted/"  # the same of lists whose objects others have written over
_ALONE = ("memory", "zip", "tar")  # storage that only the process that opened it can see


class RemoteSink(Struct, frozen=True):
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
        self._mark, self._doubt = f"{_MARKS}{head.listed}", f"{_DOUBTS}{head.listed}"
        self._is_doubted = False  # a build has left off here, or has written over what the list says
        self._checked: set[str] = set()
        self._others: list[str] = []  # further lists
        self._made: dict[str, str] = {}  # hashes of what was written, by name, if there are such
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
            left = [name for name in self._sizes if name.startswith(f"{PARTIAL}/")]
            self._is_doubted = any(name == self._doubt or not name.startswith(_DOUBTS) for name in left)
            self._journals = [name for name in left if not name.startswith((_MARKS, _DOUBTS))]
            lists = (name for name in self._sizes if name == NAME or SHARD_NAME.fullmatch(name))
            self._others = [name for name in lists if name != self._head.listed]
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
        if size is None:
            return None
        is_right = size == entry.size and (not self._is_doubted or self._is_as_listed(entry))
        if is_right:
            self._checked.add(entry.file)
        return is_right

    def adopt(self, entry: Entry) -> bool:
        return bool(self.has(entry))

    def _is_as_listed(self, entry: Entry) -> bool:
        """Whether an object has the bytes that were written; it is never held as a whole."""
        files, root = open_url(self._url)
        with telling(self._url), files.open(f"{root}/{entry.file}", "rb") as file:
            return file_digest(file, "sha256").hexdigest() == entry.sha256

    def begin(self) -> None:
        """Mark that objects may from now on be other than the list says."""
        self.sink.write(self._mark, f"{self._head.campaign}\n".encode())

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        entries = list(entries)
        lines = b"".join(entry_line(entry) + b"\n" for entry in entries)
        name = f"{PARTIAL}/{sha256(lines).hexdigest()[:16]}"
        self.sink.write(name, lines)
        self._journals.append(name)
        self._checked.update(entry.file for entry in entries)
        if self._others:
            self._made.update((entry.file, entry.sha256) for entry in entries)
        self.noted += len(entries)

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Write the list; of what is doubted and was not looked at now, the mark stays."""
        removed = set(removed)
        is_sure = not self._is_doubted or self._has_checked_all(removed)
        if not is_sure:
            self.begin()
        for name in removed:
            self.sink.discard(name)
        self.sink.write(self._head.listed, b"".join(manifest))
        for name in filter(self._is_contradicted, self._others if self._made else ()):
            self.sink.write(f"{_DOUBTS}{name}", f"{self._head.campaign}\n".encode())
        for name in self._journals:
            self.sink.discard(name)
        if is_sure:
            self.sink.discard(self._mark)
            self.sink.discard(self._doubt)

    def _is_contradicted(self, name: str) -> bool:
        """Whether a further list says something else of an object that was written now."""
        files, root = open_url(self._url)
        found: Manifest | None = None
        with telling(self._url), suppress(FileNotFoundError):  # somebody has just taken it away
            found = parse_manifest(files.cat_file(f"{root}/{name}"))
        entries = found.entries if found else ()
        return any(self._made.get(entry.file, entry.sha256) != entry.sha256 for entry in entries)

    def _has_checked_all(self, removed: Collection[str]) -> bool:
        """Whether all objects of the new list are known to be as it says."""
        entries = self.earlier.entries if self.earlier else ()
        return all(entry.file in self._checked or entry.file in removed for entry in entries)


class RemoteTarget:
    """An object for an archive; it appears when it is complete."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._file: Any = None

    def open(self) -> IO[bytes]:
        files, root = open_url(self._url)
        with telling(self._url):
            is_ours = not files.exists(root) or self._has_list()
        if not is_ours:
            raise fail("W112", Place(file=self._url))
        with telling(self._url):
            self._file = files.open(root, "wb", autocommit=False)
        stream: IO[bytes] = self._file
        return stream

    def _has_list(self) -> bool:
        files, root = open_url(self._url)
        with files.open(root, "rb") as file:
            return has_list(file)

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
