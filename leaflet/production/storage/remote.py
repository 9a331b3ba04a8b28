"""Store objects under an address (``s3://``, ``memory://`` …); ``objects`` reaches them.

An object appears whole or not at all, so each file is written under its final name, and the manifest last. Objects
below ``.leaflet-partial/`` record the state of a build:

- ``begun/MANIFEST``: a build that writes this manifest has begun and not ended.
- ``doubted/MANIFEST``: another build has overwritten an object that this manifest names with other bytes. Several
  manifests may name the same objects: that of a whole build, and those of shards of one.
- all others are journals: the entries of finished files.

As long as there is no journal and no marker, an object is trusted if it has its size. Otherwise it is hashed. The
moments at which a process can be killed, and what is in the storage then:

1. Before ``begin``: nothing has changed.
2. After it: the marker ``begun``. Some objects may be new ones, and the manifest is the old one.
3. After each batch: a journal too, with which the next build goes on. All objects are hashed.
4. While ``commit`` removes objects, before the manifest is written: as 3.
5. After the manifest, before all other manifests are marked: the marker ``begun`` is still there, so the next build
   hashes all objects, whatever manifest it reads.
6. While journals are removed: as 5. Objects are hashed once more than needed.
7. After the markers of this manifest are removed: the build has ended.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from hashlib import file_digest, sha256
from io import BytesIO
from itertools import chain
from types import TracebackType
from typing import IO, Any, BinaryIO, Self

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.pdf.recognise import is_written_here
from leaflet.production.manifest import (
    MANIFEST_HEAD,
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
from leaflet.production.storage.archive import Target, is_of_a_build
from leaflet.production.storage.base import BuildIdentity, HeldFile, StoredFile, held_stream
from leaflet.production.storage.objects import Objects, open_url, storage_errors_as_faults

_IN_PROGRESS = f"{PARTIAL}/begun/"  # the name of a marker is this and the name of a manifest
_OVERWRITTEN = f"{PARTIAL}/doubted/"  # the same


class RemoteSink(Struct, frozen=True, tag=True):
    """A writer of objects below an address."""

    url: str
    others: frozenset[str] = frozenset()  # objects that were there and that no build has listed

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        """Write an object; who may read it is up to the storage.

        Raises:
            RenderError: an object has this name that no build made (W112), or it cannot be written (W106).
        """
        objects = Objects(self.url)
        if name in self.others:
            with storage_errors_as_faults(self.url), objects.open(name) as file:
                is_ours = is_written_here(file)
            if not is_ours:
                raise fail("W112", Place(file=f"{self.url.rstrip('/')}/{name}"))
        with storage_errors_as_faults(self.url):
            objects.write(name, data)
            return objects.read(name) if read_back else data

    def stream(self, name: str, *, private: bool = False) -> AbstractContextManager[BinaryIO]:
        """Open a file in memory: an object is written when it is complete."""
        return held_stream(self, name, private=private)

    def open_stored(self, name: str) -> AbstractContextManager[StoredFile]:
        """Read an object into memory."""
        with storage_errors_as_faults(self.url):
            return BytesIO(Objects(self.url).read(name))

    def discard(self, name: str) -> None:
        """Remove an object, if it is there."""
        with storage_errors_as_faults(self.url), suppress(FileNotFoundError):
            Objects(self.url).remove(name)

    def collect(self) -> Sequence[HeldFile]:
        """Return nothing: no file is held."""
        return ()


class RemoteStore:
    """The objects of one build below one address."""

    can_resume = True

    def __init__(self, url: str, identity: BuildIdentity, *, replace_others: bool = False) -> None:
        self._url, self._replace_others = url, replace_others
        self._identity = identity
        self._sizes: dict[str, int] = {}
        self._journals: list[str] = []
        self._in_progress = f"{_IN_PROGRESS}{identity.manifest_name}"
        self._overwritten = f"{_OVERWRITTEN}{identity.manifest_name}"
        self._must_verify = False  # a build was interrupted, or has overwritten what the manifest names
        self._checked: set[str] = set()
        self._other_manifests: list[str] = []
        self._written: dict[str, str] = {}  # hashes of objects by name, if there are other manifests
        self.finished = 0
        self.sink = RemoteSink(url)
        self.is_shared = Objects(url).is_shared
        self.earlier: Manifest | None = None
        self.recoverable: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        objects = Objects(self._url)
        with storage_errors_as_faults(self._url):
            self._sizes = dict(objects.sizes())
            left = [name for name in self._sizes if name.startswith(f"{PARTIAL}/")]
            self._must_verify = any(name == self._overwritten or not name.startswith(_OVERWRITTEN) for name in left)
            self._journals = [name for name in left if not name.startswith((_IN_PROGRESS, _OVERWRITTEN))]
            lists = (name for name in self._sizes if name == NAME or SHARD_NAME.fullmatch(name))
            self._other_manifests = [name for name in lists if name != self._identity.manifest_name]
            for name in self._journals:
                for line in objects.read(name).split(b"\n"):
                    if (entry := parse_entry(line)) is not None:
                        self.recoverable[entry.file] = entry
        own = self._read_manifest(self._identity.manifest_name)
        identity = self._identity
        self.earlier = go_on_from(own, identity.campaign, identity.election, self._sizes.__contains__)
        if not self._replace_others:
            self.sink = RemoteSink(self._url, self._find_others(own))
        return self

    def _read_manifest(self, name: str) -> Manifest | None:
        """Return a manifest; None if there is none, or it is damaged.

        Raises:
            RenderError: what has the name of this build's is something else, and is not to be replaced (W112).
        """
        if name not in self._sizes:
            return None
        with storage_errors_as_faults(self._url):
            data = Objects(self._url).read(name)
        found = parse_manifest(data)
        is_ours = found is not None or data.startswith(MANIFEST_HEAD) or name != self._identity.manifest_name
        if not (is_ours or self._replace_others):
            raise fail("W112", Place(file=f"{self._url.rstrip('/')}/{name}"))
        return found

    def _find_others(self, own: Manifest | None) -> frozenset[str]:
        """Return the objects that have no line in a manifest or a journal.

        Args:
            own: the manifest of this build; those of others are read only while an object has no line in one.
        """
        others = {name for name in self._sizes if name.endswith(".pdf")} - self.recoverable.keys()
        names = sorted(self._other_manifests, key=lambda name: (name != NAME, name))
        for manifest in chain([own], map(self._read_manifest, names)):
            if manifest is not None:
                others.difference_update(entry.file for entry in manifest.entries)
            if not others:
                break
        return frozenset(others)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Do nothing: finished objects stay, with the journals."""

    def has(self, entry: Entry) -> bool | None:
        """Check whether an object is as the earlier manifest says; None if there is none."""
        size = self._sizes.get(entry.file)
        if size is None:
            return None
        if self.earlier is not None and not self.earlier.is_sealed and entry.file not in self.recoverable:
            return False
        is_right = size == entry.size and (not self._must_verify or self._is_as_listed(entry))
        if is_right:
            self._checked.add(entry.file)
        return is_right

    def recover(self, entry: Entry) -> bool:
        """Check whether an object of a journal is as it was made."""
        return bool(self.has(entry))

    def _is_as_listed(self, entry: Entry) -> bool:
        """Check whether an object has the bytes that were written, without holding it as a whole."""
        with storage_errors_as_faults(self._url), Objects(self._url).open(entry.file) as file:
            return file_digest(file, "sha256").hexdigest() == entry.sha256

    def begin(self) -> None:
        """Write the marker that says that objects may differ from the manifest from now on."""
        self.sink.write(self._in_progress, f"{self._identity.campaign}\n".encode())

    def mark_finished(self, entries: Iterable[Entry], files: Iterable[HeldFile]) -> None:
        """Write a journal with these entries."""
        entries = list(entries)
        lines = b"".join(entry_line(entry) + b"\n" for entry in entries)
        name = f"{PARTIAL}/{sha256(lines).hexdigest()[:16]}"
        self.sink.write(name, lines)
        self._journals.append(name)
        self._checked.update(entry.file for entry in entries)
        if self._other_manifests:
            self._written.update((entry.file, entry.sha256) for entry in entries)
        self.finished += len(entries)

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Write the manifest; the marker stays if objects must be verified that this build did not verify."""
        removed = set(removed)
        is_sure = not self._must_verify or self._has_checked_all(removed)
        if not is_sure:
            self.begin()
        for name in removed:
            self.sink.discard(name)
        self.sink.write(self._identity.manifest_name, b"".join(manifest))
        for name in filter(self._is_overwritten, self._other_manifests if self._written else ()):
            self.sink.write(f"{_OVERWRITTEN}{name}", f"{self._identity.campaign}\n".encode())
        for name in self._journals:
            self.sink.discard(name)
        if is_sure:
            self.sink.discard(self._in_progress)
            self.sink.discard(self._overwritten)

    def _is_overwritten(self, name: str) -> bool:
        """Check whether another manifest has another hash for an object that this build wrote."""
        found: Manifest | None = None
        with storage_errors_as_faults(self._url), suppress(FileNotFoundError):  # it has just been removed
            found = parse_manifest(Objects(self._url).read(name))
        entries = found.entries if found else ()
        return any(self._written.get(entry.file, entry.sha256) != entry.sha256 for entry in entries)

    def _has_checked_all(self, removed: Collection[str]) -> bool:
        """Check whether this build made or verified all objects of the new manifest."""
        entries = self.earlier.entries if self.earlier else ()
        return all(entry.file in self._checked or entry.file in removed for entry in entries)


def archive_target(url: str, *, replace_others: bool = False) -> Target:
    """Return an object for an archive; it appears when it is complete.

    Raises:
        UsageError: there is no such kind of storage (U022).
    """
    open_url(url)
    return RemoteTarget(url, replace_others=replace_others)


class RemoteTarget:
    """An object for an archive."""

    def __init__(self, url: str, *, replace_others: bool = False) -> None:
        self._url, self._replace_others = url, replace_others
        self._file: Any = None

    def open(self) -> IO[bytes]:
        """Open a stream for the object."""
        files, root = open_url(self._url)
        with storage_errors_as_faults(self._url):
            is_ours = self._replace_others or not files.exists(root) or self._is_of_a_build()
        if not is_ours:
            raise fail("W112", Place(file=self._url))
        with storage_errors_as_faults(self._url):
            self._file = files.open(root, "wb", autocommit=False)
        stream: IO[bytes] = self._file
        return stream

    def _is_of_a_build(self) -> bool:
        """Check whether the object is an archive that a build wrote."""
        files, root = open_url(self._url)
        with files.open(root, "rb") as file:
            return is_of_a_build(file)

    def make_private(self) -> None:
        """Do nothing: who may read it is up to the storage."""

    def publish(self) -> None:
        """Let the complete object appear."""
        with storage_errors_as_faults(self._url):
            self._file.close()
            self._file.commit()

    def discard(self) -> None:
        """Discard what was written."""
        for end in (self._file.close, self._file.discard):
            with suppress(Exception):  # of whatever library: the archive has no name yet, and gets none
                end()
